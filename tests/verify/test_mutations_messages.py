"""A deliberate edit of what crosses brokers is found, whatever the broker.

Left out are words for people (titles, summaries, descriptions without figures, the name of a contact) and the values of
examples, which are made up; that those fit their schemas is V-ASYNCAPI-EXAMPLES' part.
"""

import random
from collections.abc import Iterator
from typing import Any, Final

import pytest
from tests.designs import example
from tests.render.contracts.designs import artifacts
from tests.render.contracts.wired import gateway, over
from tests.verify.tree_mutants import Path, edits

from archsmith.kernel import safeyaml
from archsmith.model.design import Design
from archsmith.verify.parity_events import event_differences
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
    return (value and edit not in ("drop", "rename")) or (inside == ("source",) and edit == "figure")


def _document(design: Design) -> Any:
    return safeyaml.load(next(f.content for f in artifacts(design) if f.path == "api/asyncapi.yaml").decode())


def unseen(design: Design, count: int = 0) -> Iterator[str]:
    """Edits that parity does not see; `count` of them tried, drawn with a fixed seed, or all."""
    document = _document(design)
    assert event_differences(design, document) == []
    total = sum(1 for _ in edits(document, _free))
    wanted = set(random.Random(total).sample(range(total), min(count or total, total)))
    for number, (name, edited) in enumerate(edits(document, _free)):
        if number in wanted and not _seen(design, edited):
            yield name


def _seen(design: Design, document: Any) -> bool:
    try:
        return bool(event_differences(design, document))
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration):
        return True  # what can't be read is found, by the check that reads it


_BROKERS: Final = ("kafka", "kinesis", "nats", "sqs", "pubsub", "rabbitmq", "service_bus")
_GATEWAYS: Final = ("mosquitto", "emqx", "aws_iot_core")


@pytest.mark.parametrize("engine", ["kafka", "nats", "sqs"])
def test_edits_are_found(engine: str) -> None:
    assert list(unseen(over(engine), SAMPLE)) == []


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
