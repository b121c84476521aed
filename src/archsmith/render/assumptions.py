"""What nobody said and the design uses all the same: every assumed fact, with its value and its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from archsmith.kernel.phrases import listed
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.model.base import Figure
from archsmith.model.domain import Derivation
from archsmith.render import show


@dataclass(frozen=True, slots=True)
class Assumption:
    """`value` is plain text as it is shown, empty where only the existence of something is assumed."""

    what: str
    value: str
    reason: str
    source: str


_TARGETS = {
    "availability": ("availability", show.nines),
    "latency_p95": ("response time, p95", show.duration),
    "rpo": ("data lost at most", show.duration),
    "rto": ("working again after", show.duration),
    "headroom": ("capacity left free at the peak", show.percent),
    "horizon": ("planning horizon", show.months),
    "hourly_rate": ("an hour of work", show.money),
    "outage_cost": ("an hour of outage", show.money),
    "budget": ("budget a month", show.money),
    "build_budget": ("budget for building", show.money),
    "deadline": ("first release in", show.months),
    "team": ("engineers", show.number),
    "teams": ("teams", show.number),
}
_WORKLOAD = {
    "users": ("users", show.number),
    "concurrent": ("users at once", show.number),
    "average": ("requests, average", show.rate),
    "peak": ("requests, peak", show.rate),
    "peak_factor": ("peak over average", show.factor),
    "reads": ("share of reads", show.percent),
    "connections": ("open connections", show.number),
    "egress": ("traffic out a month", show.size),
    "blobs": ("files a month", show.size),
    "growth_per_month": ("growth a month", show.percent),
}
_OPERATION = {
    "average": ("average rate", show.rate),
    "peak": ("peak rate", show.rate),
    "latency_p95": ("response time, p95", show.duration),
    "request_bytes": ("request size", show.size),
    "response_bytes": ("response size", show.size),
    "freshness": ("freshness", show.duration),
    "from_states": ("possible from", listed),
    "every": ("interval", show.duration),
}
_ENTITY = {
    "rows": ("rows at the horizon", show.number),
    "rows_per_month": ("new rows a month", show.number),
    "row_bytes": ("row size", show.size),
    "blob_bytes": ("file size", show.size),
    "retention": ("retention", show.months),
}


def assumptions(derived: Derivation) -> tuple[Assumption, ...]:
    """All of them, targets first. Those of operations, entities and steps that share a reason and a value are one."""
    facts = tuple(dict.fromkeys(_all(derived)))
    told = {reason for a in facts for reason in (a.reason, _general(a.reason))}
    steps = [a for step in derived.workload.steps for a in _figure(step) if _general(a.reason) not in told]
    return (*facts, *_merged(steps))


def _all(derived: Derivation) -> Iterator[Assumption]:
    yield from _of(derived.targets, _TARGETS)
    for region in derived.targets.regions:
        yield from _one(region, "data lives in", str(region.value))
    yield from _of(derived.workload, _WORKLOAD)
    if isinstance(derived.domain.multi_tenant.why, Assumed):
        yield from _one(
            derived.domain.multi_tenant, "several tenants", "yes" if derived.domain.multi_tenant.value else "no"
        )
    yield from _grouped(derived.domain.operations, _OPERATION)
    yield from _grouped(derived.domain.entities, _ENTITY)
    named = [(a.name, a.why) for a in derived.domain.actors] + [(s.name, s.why) for s in derived.domain.systems]
    named += [(o.name, o.why) for o in derived.domain.operations]
    for name, why in named:
        if isinstance(why, Assumed):
            yield Assumption(name, "", why.reason, why.source)


def _of(holder: object, fields: dict[str, Any]) -> Iterator[Assumption]:
    for field, (what, shown) in fields.items():
        fact = getattr(holder, field, None)
        if isinstance(fact, Fact) and isinstance(fact.why, Assumed):
            yield from _one(fact, what, shown(fact.value))


def _one(fact: Fact[Any], what: str, value: str) -> Iterator[Assumption]:
    if isinstance(fact.why, Assumed):
        yield Assumption(what, value, fact.why.reason, fact.why.source)


def _figure(step: Figure) -> Iterator[Assumption]:
    if isinstance(step.why, Assumed):
        yield Assumption(step.what, show.figure(step.value, step.unit), step.why.reason, step.why.source)


def _grouped(holders: tuple[msgspec.Struct, ...], fields: dict[str, Any]) -> Iterator[Assumption]:
    """One assumption for all elements that share field, value and reason: `row size of order, basket`."""
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for holder in holders:
        for one in _of(holder, fields):
            key = (one.what, one.value, _general(one.reason), one.source)
            found.setdefault(key, []).append((str(getattr(holder, "name", "")), one.reason))
    for (what, value, general, source), those in found.items():
        reason = those[0][1] if len(those) == 1 else general
        yield Assumption(f"{what} of {_some([name for name, _ in those])}", value, reason, source)


def _merged(steps: list[Assumption]) -> Iterator[Assumption]:
    """Steps that share value and reason are one: `share of 'book' in the requests, share of 'pay' in the requests`."""
    found: dict[tuple[str, str, str], list[Assumption]] = {}
    for one in steps:
        found.setdefault((one.value, _general(one.reason), one.source), []).append(one)
    for (value, general, source), those in found.items():
        reason = those[0].reason if len(those) == 1 else general
        yield Assumption(_some([one.what for one in those]), value, reason, source)


def _general(reason: str) -> str:
    """The part of a reason that is not about one element: what follows its first colon."""
    return reason.partition(": ")[2] or reason


def _some(names: list[str]) -> str:
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
