"""What the design is held to and what it is predicted to reach: one table for the summary and the scalability plan."""

from collections.abc import Iterator

from archsmith.kernel.phrases import listed
from archsmith.model.report import Latency, Recovery
from archsmith.render import doubt, show
from archsmith.render.markdown import text
from archsmith.render.prose import met, told
from archsmith.render.view import View

Row = tuple[str, str, str, str]


def rows(view: View) -> Iterator[Row]:
    """Availability, latency, recovery, money, time: target with its origin, prediction, verdict."""
    targets, report, plan = view.design.derivation.targets, view.design.report, view.design.plan
    for path in report.availability:
        slo = view.slos.get(path.slo)
        of = text(view.name(slo.subject)) if slo else text(path.slo)
        asked = (
            told(targets.availability, show.nines)
            if path.target == targets.availability.value
            else show.nines(path.target)
        )
        reached = f"{show.nines(path.predicted)}, {show.duration(path.downtime_month)} down a month"
        yield f"Availability of {of}", asked, reached, met(path.met)
    worst = slowest(report.latencies)
    if worst:
        asked = (
            told(targets.latency_p95, show.duration)
            if worst.target_p95 == targets.latency_p95.value
            else show.duration(worst.target_p95)
        )
        between = doubt.between(report, "latency.tightest")
        reached = f"{show.duration(worst.p95)}{between} for {text(view.operation_name(worst.operation))}"
        yield "Response time, p95, at worst", asked, reached, met(all(x.met for x in report.latencies))
    yield from _recovery(view, report.recovery)
    if targets.budget:
        bill, total = (doubt.between(report, f"cost.{name}") for name in ("infrastructure", "total"))
        reached = f"{show.money(report.cost.infrastructure)}{bill} infrastructure, "
        reached += f"{show.money(report.cost.total)}{total} with people"
        yield "Cost a month", told(targets.budget, show.money), reached, met(report.cost.within_budget)
    if targets.deadline:
        people = "1 engineer" if plan.engineers == 1 else f"{plan.engineers} engineers"
        reached = f"{show.months(plan.months)} with {people}"
        yield "First release", told(targets.deadline, show.months), reached, met(plan.fits)


def exact_check(view: View) -> str:
    """What the exact evaluation sent back to the choice, in the words of its cuts; empty where it agreed at once."""
    decisions = view.design.decisions
    reasons = list(dict.fromkeys(text(c.reason) for c in decisions.cuts))
    if not reasons:
        return ""
    rounds = f"chosen in {decisions.rounds} rounds"
    return f"The exact check of response times, availability and load changed this design, {rounds}: {listed(reasons)}."


def slowest(latencies: tuple[Latency, ...]) -> Latency | None:
    """The operation that is nearest to its limit, or furthest beyond it."""
    return max(latencies, key=lambda x: (not x.met, x.p95 / x.target_p95 if x.target_p95 else 0.0), default=None)


def _recovery(view: View, found: tuple[Recovery, ...]) -> Iterator[Row]:
    targets = view.design.derivation.targets
    regional = [r for r in found if r.element.startswith("region:")]
    found = tuple(r for r in found if r not in regional)
    for row in regional:
        lost = f"{show.duration(row.rto)}, {show.duration(row.rpo)} of writes lost"
        allowed = f"{show.duration(row.rto_target)}, {show.duration(row.rpo_target)} of writes lost"
        yield "Working again after the loss of a region", allowed, lost, met(row.met)
    if not found:
        return
    data = max(found, key=lambda r: r.rpo)
    back = max(found, key=lambda r: r.rto)
    lost = (
        f"{show.duration(data.rpo)} ({text(view.name(data.element))})"
        if data.rpo
        else f"nothing ({text(view.name(data.element))})"
    )
    yield "Data lost at most", told(targets.rpo, show.duration), lost, met(data.rpo <= data.rpo_target)
    reached = f"{show.duration(back.rto)} ({text(view.name(back.element))})"
    yield "Working again after", told(targets.rto, show.duration), reached, met(back.rto <= back.rto_target)
