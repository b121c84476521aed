"""What is kept for sums: rows that are only added, and masses of them; records that change stay in transactions."""

import msgspec
import pytest
from tests.decide.shop import COMMAND, DERIVATION, DOMAIN, REQUIREMENTS, entity, fact, operation

from archsmith.decide.gather import gather
from archsmith.kernel.units import Count
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.domain import Access, Operation
from archsmith.model.requirements import OperationKind

ADDS = operation("log-view", "customer", "view", OperationKind.STREAM, Access.APPEND, 500, 900)
LEAVES = operation("leave-list", "customer", "view", COMMAND, Access.DELETE, 2000, 4000)
TAKES_IN = operation("import-view", "customer", "view", OperationKind.BATCH, Access.IMPORT, 0.01, 0.01)
OPENS = operation("open-view", "customer", "view", COMMAND, Access.TRANSITION, 0.1, 0.2)


def logs(*operations: Operation, rows_a_second: float) -> tuple[str, ...]:
    row = entity("view", 36 * rows_a_second * 2_630_000)
    row = msgspec.structs.replace(row, rows_per_month=fact(Count(rows_a_second * 2_630_000)))
    domain = msgspec.structs.replace(
        DOMAIN, entities=(*DOMAIN.entities, row), operations=(*DOMAIN.operations, *operations)
    )
    return gather(REQUIREMENTS, msgspec.structs.replace(DERIVATION, domain=domain), Catalogue()).logs


@pytest.mark.parametrize("rows_a_second", [1.0, 500.0])
def test_what_a_stream_adds_is_kept_for_sums(rows_a_second: float) -> None:
    assert logs(ADDS, rows_a_second=rows_a_second) == ("view",)


@pytest.mark.parametrize("changing", [(LEAVES, TAKES_IN), (ADDS, OPENS)], ids=["deleted", "opened"])
def test_records_that_change_stay_where_transactions_are(changing: tuple[Operation, ...]) -> None:
    assert logs(*changing, rows_a_second=1.0) == ()


def test_masses_that_change_are_masses() -> None:
    assert logs(ADDS, OPENS, rows_a_second=500.0) == ("view",)
