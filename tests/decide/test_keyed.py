"""Masses of single rows: which entities are such, what keeps them, and when a relational primary is not enough."""

from typing import Any

import msgspec
import pytest
from tests.decide.shop import COMMAND, DOMAIN, QUERY, REQUIREMENTS, demand, entity, fact, ground, operation

from archsmith.decide.constraints import masses_by_key
from archsmith.decide.demand import Demand
from archsmith.decide.dimensions.keyed import APART
from archsmith.decide.dimensions.keyed import keyed as options_of
from archsmith.decide.keyed import Keyed, keyed
from archsmith.decide.option import Ban, Option
from archsmith.decide.scaling import peak, traffic
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.kernel.provenance import Given
from archsmith.kernel.units import Count
from archsmith.model.domain import Access, Cardinality, DataClass, Domain, Entity, Operation, Relation

WHY = Given(file="chat.yaml", key="all")
SENDS = operation("send-message", "customer", "message", COMMAND, Access.CREATE, 100, 250)
READS = operation("read-message", "customer", "message", QUERY, Access.LIST, 400, 900)


def message(rows_a_second: float = 100.0, **change: Any) -> Entity:
    row = entity("message", 36 * rows_a_second * 2_630_000, data=DataClass.PERSONAL)
    row = msgspec.structs.replace(row, rows_per_month=fact(Count(rows_a_second * 2_630_000)))
    return msgspec.structs.replace(row, **change)


def found(row: Entity, *operations: Operation, streams: tuple[Operation, ...] = ()) -> Keyed:
    domain: Domain = msgspec.structs.replace(DOMAIN, entities=(*DOMAIN.entities, row), operations=operations)
    return keyed(domain, streams, (), 200.0)


def test_messages_are_masses_of_single_rows() -> None:
    rows = found(message(), SENDS, READS)
    assert rows.entities == (EntityId("message"),)
    assert rows.gb == pytest.approx(36 * 100 * 2_630_000 * 500 / 1e9)
    assert (rows.reads, rows.writes, rows.streamed, rows.searched) == (900, 250, 0, False)


def test_a_stream_counts_only_where_its_rows_are_asked_for() -> None:
    assert not found(message(), SENDS, streams=(SENDS,)).entities
    assert found(message(), SENDS, READS, streams=(SENDS,)).streamed == 250


def test_few_rows_sums_money_and_whole_changes_are_something_else() -> None:
    assert not found(message(rows_a_second=1.0), SENDS, READS).entities
    assert not found(message(), SENDS, READS, operation("count", "staff", "message", QUERY, Access.AGGREGATE, 1, 1)).gb
    assert not found(message(data_class=DataClass.FINANCIAL), SENDS, READS).entities
    whole = msgspec.structs.replace(SENDS, touches=(EntityId("order"),))
    assert not found(message(), whole, READS).entities


def test_what_refers_to_money_stays_with_it() -> None:
    account = entity("account", 100, data=DataClass.FINANCIAL)
    of = Relation(name="account", target=account.id, cardinality=Cardinality.MANY_TO_ONE, why=WHY)
    domain = msgspec.structs.replace(
        DOMAIN, entities=(account, message(relations=(of,), owner=ActorId("customer"))), operations=(SENDS, READS)
    )
    assert not keyed(domain, (), (), 200.0).entities


def with_rows(**change: Any) -> Demand:
    rows = Keyed(entities=(EntityId("message"),), gb=1000.0, reads=1000.0, writes=500.0)
    return msgspec.structs.replace(demand(), keyed=msgspec.structs.replace(rows, **change))


def offered(asked: Demand) -> tuple[Option, ...]:
    return options_of(ground(asked))


def test_the_options_are_tables_and_stores_that_spread_rows() -> None:
    ids = {str(o.id) for o in offered(with_rows())}
    assert ids == {"tables", *APART}
    assert [o.key for o in offered(demand())] == ["none"]


def test_more_rows_take_more_nodes() -> None:
    def nodes(option: str, asked: Demand) -> int:
        return min(o.parts[0].count for o in offered(asked) if o.id == option)

    assert nodes("cassandra", with_rows()) == 3
    assert nodes("cassandra", with_rows(gb=20_000.0)) == 30  # three copies of 20 TB, 2 TB a node
    assert nodes("bigtable", with_rows(writes=25_000.0, reads=0.0)) == 3


def test_a_store_apart_spares_the_primary_and_one_inside_does_not() -> None:
    for option in offered(with_rows()):
        assert (option.store < 0) == (option.id in APART)


def test_rows_that_are_searched_by_words_need_an_index_elsewhere() -> None:
    for option in offered(with_rows(searched=True)):
        assert (("search:own",) in option.needs) == (option.id in APART)


def bans(asked: Demand) -> set[str]:
    here = ground(asked)
    rules = masses_by_key.CONSTRAINT.check(here, options_of(here), REQUIREMENTS, ())
    return {r.key.split("/")[0] for r in rules if isinstance(r, Ban)}


def test_beyond_one_writer_the_relational_primary_is_out() -> None:
    assert not bans(with_rows(gb=5_000.0, writes=2_900.0))
    assert bans(with_rows(writes=3_100.0)) == {"postgresql", "mysql"}
    assert bans(with_rows(gb=7_000.0)) == {"postgresql", "mysql"}


def test_rows_grow_with_the_traffic_and_a_burst_only_asks_more() -> None:
    assert traffic(with_rows(), 3).keyed.gb == 3000
    assert peak(with_rows(), 3).keyed.gb == 1000
    assert peak(with_rows(), 3).keyed.writes == 1500
