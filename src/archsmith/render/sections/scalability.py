"""Section 7: the load and its arithmetic, what the design reaches, what saturates first, and the step that mends it."""

from typing import Any

from archsmith.kernel.provenance import Assumed, Derived, Fact, Stated
from archsmith.model.base import Figure
from archsmith.model.domain import Operation
from archsmith.model.report import CostLine, PathAvailability, StationLoad
from archsmith.render import show
from archsmith.render.markdown import clause, code, join, table, text
from archsmith.render.prose import capital, met, origin, step
from archsmith.render.sections.arguments import SCALE, told
from archsmith.render.sections.growth import ceilings, growth
from archsmith.render.view import View, grouped

BUSIEST = 12


def scalability(view: View) -> str:
    """The section's text, without its heading."""
    report = view.design.report
    return join(
        [
            "### Load",
            _load(view),
            table(
                ("Step", "Value", "Arithmetic", "From"),
                [step(s, 60 if view.small else 110) for s in chain(view) if not (view.small and _guessed(s))],
                right=(1,),
            ),
            _all_steps(view),
            "### Targets",
            table(
                ("Operation", "Average", "Peak", "p50", "p95", "p99", "p95 asked for", "Verdict"),
                _operations(view),
                right=(1, 2, 3, 4, 5, 6),
            ),
            _rest(view),
            growth(view),
            table(
                ("Resource", "Arrivals", "Service time", "Servers", "Busy", "Capacity", "Full at", "Arithmetic"),
                [_station(view, s) for s in report.stations],
                right=(1, 2, 3, 4, 5, 6),
            ),
            ceilings(view),
            _names(view),
            "### Availability" if report.availability else "",
            *[_availability(view, p) for p in report.availability],
            table(("After the loss of", "Data lost", "Allowed", "Back after", "Allowed", "How"), _recovery(view)),
            told(view, SCALE),
            "### Cost a month",
            _cost(view),
            table(
                ("For", "What", "Quantity", "Unit price", "A month"),
                [_line(view, x) for x in report.cost.lines],
                right=(2, 3, 4),
            ),
        ]
    )


def _load(view: View) -> str:
    load, targets = view.design.derivation.workload, view.design.derivation.targets
    said = (
        f"{capital(view.title)} answers {show.requests(load.peak.value)} at the peak, "
        f"{show.factor(load.peak_factor.value)} its average of {show.rate(load.average.value)} "
        f"({origin(load.peak_factor.why)}); {show.percent(load.reads.value)} are reads."
    )
    if load.connections.value:
        said += f" It holds {show.number(load.connections.value)} connections open."
    if load.growth_per_month.value > 0:
        said += f" It grows {show.percent(load.growth_per_month.value)} a month ({origin(load.growth_per_month.why)})."
    free = targets.headroom
    return (
        f"{said} {show.percent(free.value)} of the capacity of {text(view.title)} stays free then ({origin(free.why)})."
    )


def chain(view: View) -> list[Figure]:
    """The steps that lead to the rates of the whole, without those of single operations and entities.

    The members of a sum stand in the tables of operations and entities; all steps are in plan/workload.md.
    """
    load = view.design.derivation.workload
    steps = {s.id: s for s in load.steps}
    queue = _inputs(load.users, load.concurrent, load.average, load.peak, load.reads, load.egress)
    reached = set(_inputs(load.stored_3y, load.blobs_3y))
    members: set[str] = set()
    while queue:
        ident = queue.pop()
        if ident in reached or ident not in steps:
            continue
        reached.add(ident)
        why = steps[ident].why
        if isinstance(why, Derived):
            queue += why.inputs
            if " + " in why.formula or why.rule.startswith("sum"):
                members |= set(why.inputs)
    users = grouped((i, s.id) for s in load.steps if isinstance(s.why, Derived) for i in s.why.inputs)
    only = {i for i in reached if isinstance(steps[i].why, Assumed) and set(users.get(i, ())) <= members}
    few = [s for s in load.steps if s.id in reached - members - only or isinstance(s.why, Stated)]
    return few or list(load.steps)


def _guessed(step: Figure) -> bool:
    """Whether a figure is an assumption, which a small document lists at its end only."""
    return isinstance(step.why, Assumed)


def _inputs(*facts: Fact[Any]) -> list[str]:
    return [i for fact in facts if isinstance(fact.why, Derived) for i in fact.why.inputs]


def _operations(view: View) -> list[tuple[str, ...]]:
    return [_operation(view, o) for o in busiest(view)]


def busiest(view: View) -> list[Operation]:
    """The operations with the highest peaks, and every one that misses its target."""
    ranked = sorted(view.domain.operations, key=lambda o: (-o.peak.value, o.id))
    missed = {x.operation for x in view.design.report.latencies if not x.met}
    return [o for n, o in enumerate(ranked) if n < _most(view) or o.id in missed]


def _most(view: View) -> int:
    return BUSIEST // 2 if view.small else BUSIEST


def _operation(view: View, operation: Operation) -> tuple[str, ...]:
    found = view.latencies.get(operation.id)
    reached = (found.p50, found.p95, found.p99) if found else ()
    return (
        capital(operation.name),
        show.rate(operation.average.value),
        show.rate(operation.peak.value),
        *(tuple(show.duration(x) for x in reached) or ("", "", "")),
        show.duration(found.target_p95 if found else operation.latency_p95.value),
        met(found.met) if found else "",
    )


def _all_steps(view: View) -> str:
    if not view.design.derivation.workload.steps:
        return ""
    return (
        f"Every step for {text(view.title)}, down to single operations and rows: [plan/workload.md](plan/workload.md)."
    )


def _rest(view: View) -> str:
    if len(view.domain.operations) <= _most(view):
        return ""
    return f"The less busy operations of {text(view.title)} are in `design.json`, each with its rate."


def _station(view: View, s: StationLoad) -> tuple[str, ...]:
    return (
        f"{capital(view.name(s.element))}: {text(s.resource)}",
        show.rate(s.arrivals),
        show.duration(s.service_time),
        show.number(s.servers),
        show.percent(s.utilisation),
        show.rate(s.capacity),
        f"{show.factor(s.saturates_at)} the peak",
        code(s.formula, in_table=True),
    )


def _names(view: View) -> str:
    """How a figure of these tables is traced, by the names of this design."""
    report = view.design.report
    names = [f"station.{s.deployment or s.element}" for s in report.stations[:1]]
    names += [f"latency.{x.operation}" for x in report.latencies[:1]]
    names += [f"bill.{x.id}" for x in report.cost.lines[:1]]
    if not names:
        return ""
    shown = ", ".join(f"`archsmith explain {n}`" for n in names)
    return f"{shown}, and so on, trace a figure down to the brief; `archsmith explain figures` lists their names."


def _availability(view: View, path: PathAvailability) -> str:
    slo = view.slos.get(path.slo)
    of = capital(view.name(slo.subject)) if slo else text(path.slo)
    said = (
        f"**{of}** reaches {show.nines(path.predicted)} against {show.nines(path.target)}: "
        f"{show.duration(path.downtime_month)} down a month, {show.duration(path.error_budget_month)} allowed."
    )
    parts = [
        (
            capital(view.name(p.element)),
            show.nines(p.single),
            f"{p.needed} of {p.of}",
            show.nines(p.result),
            clause(p.source),
        )
        for p in path.parts
    ]
    if view.small:
        return said
    return join([said, table(("Part", "One alone", "Needed", "Together", "Source"), parts, right=(1, 3))])


def _recovery(view: View) -> list[tuple[str, ...]]:
    return [
        (
            capital(view.name(r.element)),
            show.duration(r.rpo),
            show.duration(r.rpo_target),
            show.duration(r.rto),
            show.duration(r.rto_target),
            clause(r.how),
        )
        for r in view.design.report.recovery
    ]


def _cost(view: View) -> str:
    cost = view.design.report.cost
    said = (
        f"{capital(view.title)} costs {show.money(cost.total)} a month: "
        f"{show.money(cost.infrastructure)} of infrastructure and {show.money(cost.people)} for "
        f"{show.hours(cost.ops_hours)} of work."
    )
    if cost.budget is not None:
        said += f" The budget is {show.money(cost.budget)}."
    return said


def _line(view: View, line: CostLine) -> tuple[str, ...]:
    unit = f"{show.decimal(line.quantity)} {text(line.unit)}"
    return (
        capital(view.name(line.element)),
        clause(line.what),
        unit,
        show.price(line.unit_price),
        show.money(line.month),
    )
