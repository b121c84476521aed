"""Figures of two designs: load, targets, latency, availability, recovery, capacity, cost and plan."""

import math
from collections.abc import Iterator

from archsmith.compare.matching import pairs
from archsmith.kernel.provenance import Fact
from archsmith.model.base import Value
from archsmith.model.comparison import FigureChange
from archsmith.model.design import Design

_LOAD = (
    ("users", "users", "users"),
    ("concurrent", "users at the same moment", "users"),
    ("average", "requests on average", "rps"),
    ("peak", "requests at the peak", "rps"),
    ("peak_factor", "peak over average", "ratio"),
    ("reads", "share of reads", "share"),
    ("connections", "connections held open", "connections"),
    ("egress", "data sent out a month", "bytes"),
    ("stored_1y", "database after 1 year", "bytes"),
    ("stored_3y", "database after 3 years", "bytes"),
    ("blobs_1y", "files after 1 year", "bytes"),
    ("blobs_3y", "files after 3 years", "bytes"),
)
_TARGETS = (
    ("availability", "availability", "probability"),
    ("latency_p95", "response time, p95", "s"),
    ("rpo", "data that may be lost", "s"),
    ("rto", "time until it works again", "s"),
    ("budget", "budget", "USD per month"),
    ("build_budget", "budget for building", "USD"),
    ("deadline", "deadline", "months"),
    ("team", "engineers", "engineers"),
    ("teams", "teams", "teams"),
    ("headroom", "capacity left free", "share"),
    ("outage_cost", "an hour of outage", "USD"),
)
_SAME = 1e-9
"""Figures closer than this, relative to the larger one, are equal."""


class Known(Value, frozen=True, kw_only=True):
    """A figure of one design. `met`: whether it keeps its target, `allowed`; both None where it has none."""

    group: str
    id: str
    what: str
    unit: str
    value: float
    met: bool | None = None
    allowed: float | None = None


def figures(before: Design, after: Design) -> Iterator[FigureChange]:
    """Those that differ, or that keep their target in one of the designs only, in the order of the second design."""
    for old, new in pairs(known(before), known(after), lambda f: f.id):
        if old is not None and new is not None and _alike(old, new):
            continue
        either = new or old
        assert either is not None
        both = old is not None and new is not None
        yield FigureChange(
            group=either.group,
            id=either.id,
            what=either.what,
            unit=either.unit,
            before=old.value if old else None,
            after=new.value if new else None,
            change=new.value - old.value if both and old and new else None,
            ratio=new.value / old.value if both and old and new and old.value else None,
            met_before=old.met if old else None,
            met_after=new.met if new else None,
            allowed_before=old.allowed if old else None,
            allowed_after=new.allowed if new else None,
        )


def _alike(old: Known, new: Known) -> bool:
    if old.met != new.met or not same(old.value, new.value):
        return False
    if old.allowed is None or new.allowed is None:
        return old.allowed == new.allowed
    return same(old.allowed, new.allowed)


def same(a: float, b: float) -> bool:
    """Whether two figures are equal but for the last digits."""
    return math.isclose(a, b, rel_tol=_SAME, abs_tol=1e-12)


def known(design: Design) -> Iterator[Known]:
    """All figures of a design that are worth comparing, group by group; the ids are unique."""
    yield from _facts("load", design.derivation.workload, _LOAD)
    yield from _facts("target", design.derivation.targets, _TARGETS)
    yield from _operations(design)
    yield from _quality(design)
    yield from _capacity(design)
    yield from _money(design)
    yield from _margins(design)


def _facts(group: str, holder: object, fields: tuple[tuple[str, str, str], ...]) -> Iterator[Known]:
    for field, what, unit in fields:
        fact = getattr(holder, field)
        if isinstance(fact, Fact):
            yield Known(group=group, id=f"{group}.{field}", what=what, unit=unit, value=float(fact.value))


def _operations(design: Design) -> Iterator[Known]:
    for o in design.derivation.domain.operations:
        what = f"{o.name}, peak"
        yield Known(group="operation", id=f"operation.{o.id}.peak", what=what, unit="rps", value=o.peak.value)


def _quality(design: Design) -> Iterator[Known]:
    names = {o.id: o.name for o in design.derivation.domain.operations}
    for row in design.report.latencies:
        name = names.get(row.operation, row.operation)
        yield Known(
            group="latency",
            id=f"latency.{row.operation}.p95",
            what=f"{name}, p95",
            unit="s",
            value=row.p95,
            met=row.met,
            allowed=row.target_p95,
        )
    subjects = {s.id: s.subject for s in design.architecture.slos}
    for path in design.report.availability:
        of = _named(design, str(subjects.get(path.slo, path.slo)))
        yield Known(
            group="availability",
            id=f"availability.{path.slo}",
            what=f"availability of {of}",
            unit="probability",
            value=path.predicted,
            met=path.met,
            allowed=path.target,
        )
    for lost in design.report.recovery:
        of = _named(design, lost.element)
        yield Known(
            group="recovery",
            id=f"recovery.{lost.element}.rpo",
            what=f"{of}: data lost at most",
            unit="s",
            value=lost.rpo,
            met=lost.rpo <= lost.rpo_target,
            allowed=lost.rpo_target,
        )
        yield Known(
            group="recovery",
            id=f"recovery.{lost.element}.rto",
            what=f"{of}: back after",
            unit="s",
            value=lost.rto,
            met=lost.rto <= lost.rto_target,
            allowed=lost.rto_target,
        )


def _capacity(design: Design) -> Iterator[Known]:
    for station in design.report.stations:
        what = f"{_named(design, station.element)}: {station.resource} busy at the peak"
        ident = f"capacity.{station.element}.{station.resource}"
        yield Known(group="capacity", id=ident, what=what, unit="share", value=station.utilisation)
    first = min(design.report.stations, key=lambda s: s.saturates_at, default=None)
    if first is not None and math.isfinite(first.saturates_at):
        what = "load at which the first part saturates, over that of the peak"
        yield Known(group="capacity", id="capacity.saturates", what=what, unit="ratio", value=first.saturates_at)


def _money(design: Design) -> Iterator[Known]:
    cost, month = design.report.cost, "USD per month"
    bill = cost.infrastructure
    yield Known(
        group="cost",
        id="cost.infrastructure",
        what="infrastructure",
        unit=month,
        value=bill,
        met=cost.within_budget,
        allowed=cost.budget,
    )
    rows = (
        ("people", "people who run it", month, cost.people),
        ("total", "bill and people", month, cost.total),
        ("ops_hours", "work to run it, a month", "hours", cost.ops_hours),
        ("ownership", "cost of ownership, outages and risks included", month, _ownership(design)),
    )
    for field, what, unit, value in rows:
        yield Known(group="cost", id=f"cost.{field}", what=what, unit=unit, value=value)
    plan = design.plan
    yield Known(
        group="plan",
        id="plan.months",
        what="time to build",
        unit="months",
        value=plan.months,
        met=plan.fits,
        allowed=plan.deadline,
    )
    yield Known(group="plan", id="plan.effort", what="work to build", unit="person-days", value=plan.effort)
    yield Known(group="plan", id="plan.cost", what="cost to build", unit="USD", value=plan.cost)


def _ownership(design: Design) -> float:
    return sum(t.month for t in design.decisions.objective)


def _named(design: Design, element: str) -> str:
    """The name of an element of the architecture, else its id."""
    a = design.architecture
    named: dict[str, str] = {
        **{f"service:{s.id}": s.name for s in a.services},
        **{f"store:{s.id}": s.name for s in a.stores},
        **{f"edge:{e.id}": e.name for e in a.edges},
    }
    return named.get(element, element)


def _margins(design: Design) -> Iterator[Known]:
    """What the runner-up of each decision would cost more: how firmly it stands."""
    for d in design.decisions.decisions:
        if d.margin is not None:
            what, month = f"{d.title}: {d.choice} before {d.runner_up}", "USD per month"
            yield Known(group="margin", id=f"margin.{d.dimension}.{d.title}", what=what, unit=month, value=d.margin)
