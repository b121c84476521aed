"""A deliberate edit of what crosses brokers is found, whatever the broker: of AsyncAPI and of the shared schemas.

Left out are words for people (titles, summaries, descriptions without figures, the name of a contact) and the values of
examples, which are made up; that those fit their schemas is V-ASYNCAPI-EXAMPLES' part.
"""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from msgspec.structs import replace
from tests.compose.test_messages import logged, streaming
from tests.designs import example
from tests.render.contracts.designs import artifacts, designed, shop
from tests.render.contracts.wired import brokered, gateway, over
from tests.samples.parts import fact
from tests.verify.tree_mutants import Free, Path, edits

from archsmith.kernel import safeyaml
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.verify.parity_events import event_differences
from archsmith.verify.parity_schemas import schema_differences
from archsmith.verify.parity_tree import WORDS

SAMPLE: Final = 200
"""Edits of a document in `make check`; `make check-all` makes all of them."""
_STATED: Final = frozenset({"channels", "servers", "parameters", "securitySchemes"})
"""What has figures in its description."""
_MADE_UP: Final = frozenset({"id", "subject", "time", "partitionkey", "tenantid"})


def _free(path: Path, edit: str) -> bool:
    if path[-2:] in (("contact", "name"), ("license", "name")):
        return True
    if path[-1] in WORDS and "properties" not in path[-2:-1]:
        states = path[-1] == "description" and bool(_STATED & set(path[-3:-2]))
        return not states or edit != "figure"
    if "payload" in path and "examples" in path:
        return _made_up(path[path.index("payload") + 1 :], edit)
    return False


def _made_up(inside: Path, edit: str) -> bool:
    """Values within an example: which there are is a fact, but for parts of a value."""
    if len(inside) > 2:
        return True
    value = (inside[0:1] and inside[0] in _MADE_UP) or len(inside) == 2
    kept = ("rename",) if len(inside) == 2 else ("drop", "rename")
    return (value and edit not in kept) or (inside == ("source",) and edit == "figure")


def _document(design: Design) -> Any:
    return safeyaml.load(next(f.content for f in artifacts(design) if f.path == "api/asyncapi.yaml").decode())


def unseen(design: Design, count: int = 0) -> Iterator[str]:
    """Edits that parity does not see; `count` of them tried, drawn with a fixed seed, or all."""
    yield from _unseen(_document(design), lambda d: event_differences(design, d), _free, count)


def unseen_of_schemas(design: Design, count: int = 0) -> Iterator[str]:
    """The same of the shared schemas, all files as one tree."""
    files = {str(f.path): json.loads(f.content) for f in artifacts(design) if f.path.startswith("api/schemas/")}
    yield from _unseen(files, lambda d: schema_differences(design.architecture, d), _free_in_schemas, count)


def _free_in_schemas(path: Path, edit: str) -> bool:
    if "examples" in path:
        inside = path[path.index("examples") + 1 :]
        return len(inside) > 2 or (len(inside) == 2 and edit != "rename")
    if path[-1] == "required":
        return edit == "swap"  # in no order
    return path[-1] == "description" and "properties" not in path[-2:-1]


def _unseen(document: Any, differences: Callable[[Any], list[str]], free: Free, count: int) -> Iterator[str]:
    assert differences(document) == []
    total = sum(1 for _ in edits(document, free))
    wanted = set(random.Random(total).sample(range(total), min(count or total, total)))
    for number, (name, edited) in enumerate(edits(document, free)):
        if number in wanted and not _seen(differences, edited):
            yield name


def _seen(differences: Callable[[Any], list[str]], document: Any) -> bool:
    try:
        return bool(differences(document))
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration):
        return True  # what can't be read is a failure, by registry.verify


_BROKERS: Final = ("kafka", "kinesis", "nats", "sqs", "pubsub", "rabbitmq", "service_bus")
_GATEWAYS: Final = ("mosquitto", "emqx", "aws_iot_core")


@pytest.mark.parametrize("engine", ["kafka", "nats", "sqs"])
def test_edits_are_found(engine: str) -> None:
    assert list(unseen(over(engine), SAMPLE)) == []


def located() -> Design:
    """The shop whose products have a place, and tenants."""
    derivation = streaming()
    entities = tuple(
        replace(
            e,
            tenant_scoped=True,
            attributes=tuple(replace(a, type=AttributeType.GEO) if a.name == "stock" else a for a in e.attributes),
        )
        for e in derivation.domain.entities
    )
    domain = replace(derivation.domain, entities=entities, multi_tenant=fact(True))
    return designed(replace(derivation, domain=domain), brokered(logged(), "kafka"))


@pytest.mark.parametrize("make", [shop, located])
def test_edits_of_schemas_are_found(make: Callable[[], Design]) -> None:
    assert list(unseen_of_schemas(make(), SAMPLE)) == []


@pytest.mark.all
@pytest.mark.parametrize("make", [shop, located, lambda: example("tickets"), lambda: example("startup")])
def test_every_edit_of_schemas_is_found(make: Callable[[], Design]) -> None:
    assert list(unseen_of_schemas(make())) == []


@pytest.mark.all
def test_every_edit_for_many_tenants_is_found() -> None:
    assert list(unseen(located())) == []


@pytest.mark.all
@pytest.mark.parametrize("engine", _BROKERS)
def test_every_edit_is_found(engine: str) -> None:
    assert list(unseen(over(engine))) == []


@pytest.mark.all
@pytest.mark.parametrize("engine", _GATEWAYS)
def test_every_edit_of_what_devices_send_is_found(engine: str) -> None:
    assert list(unseen(gateway(engine))) == []


@pytest.mark.all
def test_every_edit_of_the_tickets_is_found() -> None:
    assert list(unseen(example("tickets"))) == []
