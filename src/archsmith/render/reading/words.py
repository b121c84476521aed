"""Readings in words: figures with their units, operations as actor, verb and object, entities with what is known."""

from collections.abc import Callable
from typing import Any, Final

from archsmith.kernel.names import plain
from archsmith.kernel.provenance import Assumed, Derived, Given, Provenance, Stated
from archsmith.model.domain import (
    Attribute,
    Cardinality,
    DataClass,
    Domain,
    Entity,
    Operation,
    Relation,
)
from archsmith.model.requirements import Number, NumberStatus, OperationKind, Priority
from archsmith.render import show
from archsmith.render.markdown import clean

ENTITY_FACTS: Final[dict[str, Callable[[Any], str]]] = {
    "retention": lambda months: f"kept for {show.months(months)}",
    "file size": lambda size: f"a file of {show.size(size)} with each",
    "count": lambda count: f"{show.number(count)} at the horizon",
}
_ITS_OWN: Final = frozenset({"id", "created_at", "updated_at"})
"""Every entity has them; to name them tells nothing."""


def name(raw: str) -> str:
    """The name of an entity or an actor, as in a sentence."""
    return plain(clean(raw))


def number(n: Number) -> str:
    """`visits: 5,200 per day`, `price: 10 to 20 EUR`.

    The unit is that of the model, in the form that a reader expects.
    """
    shown = _figure(n.value, n.unit)
    if n.high is not None:
        shown = f"{show.number(n.value)} to {_figure(n.high, n.unit)}"
    return f"{clean(n.what)}: {shown}" if n.what not in ("", "figure") else shown


def _figure(value: float, unit: str) -> str:
    """With a per cent sign for the word, which no reader writes out."""
    percent, _, per = unit.partition("percent")
    return f"{value:g}%{per}" if not percent and unit != per else show.figure(value, unit)


def number_notes(n: Number) -> tuple[str, ...]:
    """Role, status where it is not simply a target, and what the figure is attached to."""
    status = "" if n.status is NumberStatus.TARGET else str(n.status)
    attached = "" if n.subject in ("", n.what) or n.subject in n.unit else f"of “{clean(n.subject)}”"
    return (str(n.role), status, "at the peak" if n.peak else "", attached)


def operation(o: Operation, domain: Domain) -> str:
    """Actor, verb and object: `customer: place order`."""
    actor = next((name(a.name) for a in domain.actors if a.id == o.actor), str(o.actor))
    return f"{actor} → {clean(o.name)}"


def operation_notes(o: Operation, domain: Domain) -> tuple[str, ...]:
    """What sets an operation apart from a plain command of the first release."""
    systems = {s.id: clean(s.name) for s in domain.systems}
    called = ", ".join(systems.get(c, str(c)) for c in o.calls)
    return (
        "" if o.kind is OperationKind.COMMAND else str(o.kind),
        "" if o.priority is Priority.MUST else str(o.priority),
        f"to {clean(o.to_state)}" if o.to_state else "",
        f"every {show.duration(o.every.value)}" if o.every else "",
        "pushed as it happens" if o.real_time else "",
        f"{'calls' if o.calls_sync else 'then calls'} {called}" if called else "",
    )


def entity_notes(e: Entity, domain: Domain) -> tuple[str, ...]:
    """Data class, owner, tenant and master."""
    actors = {a.id: name(a.name) for a in domain.actors}
    systems = {s.id: clean(s.name) for s in domain.systems}
    return (
        "" if e.data_class is DataClass.INTERNAL else f"{e.data_class} data",
        f"owned by the {actors.get(e.owner, str(e.owner))}" if e.owner else "",
        "of one tenant" if e.tenant_scoped else "",
        f"master: {systems.get(e.master, str(e.master))}" if e.master else "",
    )


def entity_parts(e: Entity, domain: Domain) -> tuple[str, ...]:
    """States, relations and attributes, a line each; what the brief does not say is marked so."""
    lines = [f"states: {' → '.join(clean(s) for s in a.states)}{_mark(a.why)}" for a in e.attributes if a.states]
    lines += _relations(e, domain)
    told = [a for a in e.attributes if a.name not in _ITS_OWN and not a.states]
    for origin, label in ((Stated, "has"), (Given, "has"), (Derived, "follows"), (Assumed, "assumed")):
        names = ", ".join(attribute(a) for a in told if isinstance(a.why, origin))
        if names:
            lines.append(f"{label}: {names}")
    return tuple(lines)


def _relations(e: Entity, domain: Domain) -> list[str]:
    """`belongs to one patient, slot (assumed)`: those of a kind together."""
    found: dict[str, list[str]] = {}
    for r in e.relations:
        found.setdefault(_relates(r), []).append(f"{_target(r, domain)}{_mark(r.why)}")
    return [f"{how} {', '.join(whom)}" for how, whom in found.items()]


def _mark(why: Provenance) -> str:
    return " (assumed)" if isinstance(why, Assumed) else ""


def attribute(a: Attribute) -> str:
    """Its name as words, with the states where it has some."""
    states = f" ({' → '.join(clean(s) for s in a.states)})" if a.states else ""
    return f"{clean(a.name).replace('_', ' ')}{states}"


_CARDINALITIES: Final = {
    Cardinality.MANY_TO_ONE: "belongs to one",
    Cardinality.ONE_TO_ONE: "goes with one",
    Cardinality.MANY_TO_MANY: "goes with many",
}


def relation(r: Relation, domain: Domain) -> str:
    """`belongs to one customer`, `part of one order`, with the relation's own name where it is another."""
    return f"{_relates(r)} {_target(r, domain)}"


def _relates(r: Relation) -> str:
    many = r.cardinality is Cardinality.MANY_TO_MANY
    return "part of one" if r.owns and not many else _CARDINALITIES[r.cardinality]


def _target(r: Relation, domain: Domain) -> str:
    target = next((e for e in domain.entities if e.id == r.target), None)
    many = r.cardinality is Cardinality.MANY_TO_MANY
    known = name((target.plural if many else target.name) if target else str(r.target))
    role = clean(r.name).replace("_", " ")
    return known + ("" if role in (known, str(r.target).replace("-", " ")) else f" (as {role})")


def origin(why: Provenance) -> str:
    """Where a value comes from, in a few words."""
    match why:
        case Stated():
            return f"line {why.at.line}"
        case Given():
            return f"set at {clean(why.key)}" if why.key else "set by you"
        case Assumed():
            return f"assumed: {clean(why.reason)}"
        case Derived():
            return clean(why.rule) or "computed"
