"""What holds for every derivation, whatever the brief said."""

import ast
import math
import operator
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.derive.ideal import NAMES, ideal
from tests.derive.saying import CATALOGUE, Said

from archsmith.derive import derive
from archsmith.kernel.canonical import from_json, to_json
from archsmith.kernel.provenance import Assumed, Derived
from archsmith.model.domain import Access, AttributeType, Derivation
from archsmith.model.requirements import NumberRole, NumberStatus, OperationKind, Requirements

NOUNS = [
    "order",
    "customer",
    "photo",
    "claim",
    "box",
    "measurement",
    "lunch",
    "room",
    "x",
    "../../etc/passwd",
    '"; drop table',
    "{{7*7}}",
    "<script>",
    "Bestellung",
    "訂單",
    "order line",
    "order-line",
    "order_line",
    "select",
    "😀",
    "a b c d e",
    "payment",
    "patient",
    "id",
    "status",
    "1st order",
    "",
    " ",
]
VERBS = [
    "place",
    "approve",
    "cancel",
    "send",
    "search",
    "view",
    "pay",
    "",
    "sync",
    "rm -rf",
    "blorp",
    "hand in",
    "export",
]
UNITS = [
    "per day",
    "per month",
    "per second",
    "per minute per box",
    "users",
    "ratio",
    "percent",
    "KB",
    "MB",
    "bytes",
    "s",
    "ms",
    "minutes",
    "years",
    "EUR",
    "EUR per month",
    "rps",
    "GB per day",
    "",
    "per fortnight",
    "%",
    "boxes",
]
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def worked_out(formula: str) -> float:
    """The value of an arithmetic formula of figures."""

    def walk(node: ast.AST) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return float(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -walk(node.operand)
        assert isinstance(node, ast.BinOp), ast.dump(node)
        return _OPERATORS[type(node.op)](walk(node.left), walk(node.right))

    return walk(ast.parse(formula, mode="eval").body)


def check(requirements: Requirements) -> Derivation:
    found = derive(requirements, CATALOGUE)
    again = derive(requirements, CATALOGUE)
    assert to_json(found) == to_json(again)
    assert from_json(to_json(found), Derivation) == found
    domain, work = found.domain, found.workload
    entities = {e.id: e for e in domain.entities}
    actors, systems, events = (
        {a.id for a in domain.actors},
        {s.id for s in domain.systems},
        {e.id for e in domain.events},
    )
    assert len(entities) == len(domain.entities)
    assert len({o.id for o in domain.operations}) == len(domain.operations)
    assert len(events) == len(domain.events)
    assert len({e.name for e in domain.events}) == len(domain.events)
    for entity in domain.entities:
        assert entity.id.replace("-", "").isalnum() and entity.id[0].isalpha() and entity.id.isascii()
        assert entity.aggregate in entities
        assert entities[entity.aggregate].aggregate == entity.aggregate, "a root is its own root"
        assert len({a.name for a in entity.attributes}) == len(entity.attributes)
        assert entity.attributes[0].name == "id"
        for attribute in entity.attributes:
            assert bool(attribute.states) == (attribute.type is AttributeType.STATE)
        for relation in entity.relations:
            assert relation.target in entities
        assert len({r.target for r in entity.relations}) == len(entity.relations)
        assert sum(r.owns for r in entity.relations) <= 1
        assert entity.owner is None or entity.owner in actors
        assert entity.master is None or entity.master in systems
        assert entity.rows.value >= 0 and entity.row_bytes.value > 0
    for operation in domain.operations:
        assert operation.entity in entities and operation.actor in actors
        states = next((a.states for a in entities[operation.entity].attributes if a.states), ())
        assert not operation.to_state or operation.to_state in states
        assert (operation.access is Access.TRANSITION) == bool(operation.to_state)
        assert set(operation.touches) <= set(entities) and operation.entity not in operation.touches
        assert set(operation.calls) <= systems and set(operation.emits) <= events
        assert 0 <= operation.average.value <= operation.peak.value * (1 + 1e-9)
        assert (operation.every is not None) == (operation.kind is OperationKind.BATCH)
    for event in domain.events:
        assert event.entity in entities and event.operation in {o.id for o in domain.operations}
    seen = {n.id.lower().replace("-", "_") for n in requirements.numbers} | {n.id for n in requirements.numbers}
    seen |= {r.id for r in requirements.requirements} | {str(o.id) for o in domain.operations}
    for step in work.steps:
        assert math.isfinite(step.value) and step.value >= 0, step
        if isinstance(step.why, Derived):
            things = {f"entity.{name}" for e in domain.entities for name in (e.id, e.id.replace("-", "_"))}
            assert set(step.why.inputs) <= seen | {"average_rps"} | things, step
        if isinstance(step.why, Assumed):
            assert step.why.reason and step.why.source
        assert worked_out(step.formula) == pytest.approx(step.value, rel=1e-4, abs=1e-12), step
        seen.add(step.id)
    assert len({s.id for s in work.steps}) == len(work.steps)
    assert work.peak.value >= work.average.value * (1 - 1e-9)
    assert 0 <= work.reads.value <= 1 + 1e-9
    assert work.users.value >= work.concurrent.value * (1 - 1e-9), "nobody is there who is not a user"
    assert work.stored_3y.value >= work.stored_1y.value * (1 - 1e-9)
    assert work.blobs_3y.value >= work.blobs_1y.value * (1 - 1e-9)
    assert work.egress.value >= 0 and work.blobs.value >= 0 and work.connections.value >= 0
    outside = [o for o in domain.operations if o.kind is not OperationKind.BATCH and o.access is not Access.NOTIFY]
    assert work.average.value == pytest.approx(sum(o.average.value for o in outside), rel=1e-6, abs=1e-9)
    assert 0 < found.targets.availability.value <= 1
    assert found.targets.regions
    return found


@pytest.mark.parametrize("name", NAMES)
def test_corpus(name: str) -> None:
    check(ideal(name))


def test_nothing_said() -> None:
    found = check(Requirements(title="", source=""))
    assert found.domain.entities == ()


@given(st.data())
def test_anything_said(data: st.DataObject) -> None:
    noun, verb = st.sampled_from(NOUNS), st.sampled_from(VERBS)
    text = (
        " ".join(data.draw(st.lists(noun | verb, max_size=12)))
        + ". every day within 10 minutes, double that in summer."
    )
    said = Said(text, title=data.draw(noun))
    for name in data.draw(st.lists(noun, max_size=8)):
        said.thing(name, tuple(data.draw(st.lists(noun, max_size=2))), tuple(data.draw(st.lists(noun, max_size=2))))
    for name in data.draw(
        st.lists(st.sampled_from([n for n in NOUNS if n.isalpha() and n.isascii()]), max_size=3, unique=True)
    ):
        said.actor(name, data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(0, 6))):
        said.does(
            data.draw(noun),
            data.draw(verb),
            data.draw(noun),
            data.draw(st.sampled_from([k.value for k in OperationKind])),
        )
    for _ in range(data.draw(st.integers(0, 8))):
        value = data.draw(st.sampled_from([0, 0.5, 1, 2, 3, 20, 99.9, 400, 1e4, 5e6, 1e12]))
        said.number(
            data.draw(st.sampled_from(["every day", "10 minutes", "double that", "order", "zzz"])),
            data.draw(noun),
            value,
            data.draw(st.sampled_from(UNITS)),
            data.draw(st.sampled_from([r.value for r in NumberRole])),
            subject=data.draw(noun),
            peak=data.draw(st.booleans()),
            status=data.draw(st.sampled_from([s.value for s in NumberStatus])),
        )
    if data.draw(st.booleans()):
        said.without(data.draw(noun))
    check(said.requirements)
