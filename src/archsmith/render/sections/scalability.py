"""Section 7: the load and its arithmetic, what the design reaches, what saturates first, and the step that mends it."""

from typing import Any

from archsmith.kernel.phrases import counted
from archsmith.kernel.provenance import Assumed, Derived, Fact, Stated
from archsmith.model.base import Figure
from archsmith.model.domain import Operation
from archsmith.model.report import CostLine, GrowthRow, GrowthStep, PathAvailability, StationLoad
from archsmith.render import show
from archsmith.render.markdown import clause, code, join, sentence, table, text
from archsmith.render.prose import capital, met, origin, step
from archsmith.render.sections.arguments import SCALE, told
from archsmith.render.view import View, grouped

BUSIEST = 12
TOLD = (1.0, 10.0)


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
            "### Today and at ten times the load",
            *[_growth(view, row) for row in _told_rows(report.growth)],
            table(
                ("Load", "Peak", "Saturates first", "Busy", "Holds", "Step", "Reached", "A month"),
                [_growth_row(view, r) for r in report.growth],
                right=(1, 3, 7),
            ),
            _to_ten(view),
            table(
                ("From load", "Reached", "What is full then", "Step", "Lasts until", "A month there"),
                [_step(view, s) for s in report.path if s.until <= _TEN],
                right=(5,),
            ),
            table(
                ("Resource", "Arrivals", "Service time", "Servers", "Busy", "Capacity", "Full at", "Arithmetic"),
                [_station(view, s) for s in report.stations],
                right=(1, 2, 3, 4, 5, 6),
            ),
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


_TEN = 10.0
"""The load, over today's, to which the way is told."""


def _to_ten(view: View) -> str:
    """Whether ten times the load is reached without another structure."""
    steps = [s for s in view.design.report.path if s.until <= _TEN]
    peak = next((show.requests(r.peak) for r in view.design.report.growth if r.factor == _TEN), "more load")
    if not steps:
        return f"{capital(text(view.title))} carries {peak}, ten times its peak, as it stands: no step is due before."
    splits = [s for s in steps if s.rewrite]
    due = f"{counted(len(steps), 'step')} {'leads' if len(steps) == 1 else 'lead'} {text(view.title)} to {peak}"
    if splits:
        first = splits[0]
        return f"{due}, ten times its peak; from {show.factor(first.at)} on one is a split: {clause(first.step)}."
    return f"{due}, ten times its peak, and none of them is a rewrite: machines are added or enlarged."


def _step(view: View, step: GrowthStep) -> tuple[str, ...]:
    return (
        show.factor(step.at),
        clause(step.reached_after),
        capital(view.name(step.element)),
        clause(step.step) + (" (a split)" if step.rewrite else ""),
        show.factor(step.until),
        show.money(step.month),
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


def _told_rows(growth: tuple[GrowthRow, ...]) -> list[GrowthRow]:
    """Today, ten times, and where the design first gives way if that lies beyond."""
    beyond = next((r for r in growth if not r.holds), None)
    return [r for r in growth if r.factor in TOLD or r is beyond]


def _growth(view: View, row: GrowthRow) -> str:
    """Today and ten times as a sentence; the other rows stand in the table."""
    first, busy = capital(view.name(row.first)), show.percent(row.utilisation)
    today = float(row.factor) == TOLD[0]
    when = f"**Today** ({show.requests(row.peak)} at the peak)"
    if not today:
        when = f"**At {show.factor(row.factor)} the load** ({show.requests(row.peak)})"
    if row.holds:
        return f"{when} the design holds; {first} is the busiest part, {busy} busy."
    fixed = f" The step that fixes it: {sentence(row.step)}" if row.step else ""
    return f"{when} the design as it stands does not hold: {first} saturates first and would be {busy} busy.{fixed}"


def _growth_row(view: View, row: GrowthRow) -> tuple[str, ...]:
    return (
        show.factor(row.factor),
        show.rate(row.peak),
        capital(view.name(row.first)),
        show.percent(row.utilisation),
        "yes" if row.holds else "**no**",
        clause(row.step),
        clause(row.reached_after),
        show.money(row.month),
    )


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
