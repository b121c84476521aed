"""Packages that make it safe to open: watching, restores, controls, load, and the launch itself."""

from archsmith.kernel.ids import WorkPackageId, element
from archsmith.kernel.phrases import counted, duration, listed, money, number, percent
from archsmith.model.decisions import Dimension
from archsmith.model.report import ControlStatus
from archsmith.plan.backlog import Backlog
from archsmith.plan.packages.foundation import BACKEND, PLATFORM

SECURITY, QUALITY = "security", "quality"


def watching(backlog: Backlog, base: WorkPackageId | None) -> WorkPackageId | None:
    """Metrics, alerts and runbooks for the objectives."""
    context = backlog.context
    slos = context.architecture.slos
    tech = context.chosen(Dimension.OBSERVABILITY)
    effort = backlog.effort().set_up(tech).add("watch.objective", len(slos), counted(len(slos), "objective"))
    up = next((a for a in context.report.availability), None)
    budget = f", of which {duration(up.error_budget_month)} a month may be spent" if up else ""
    names = listed((f"{context.name(s.subject)} {s.indicator}" for s in slos), 3)
    watched = context.name(slos[0].subject) if slos else listed(s.name for s in context.architecture.services)
    return backlog.add(
        f"Watching {names} with {tech.name if tech else 'the provider'}",
        phase="hardening",
        role=PLATFORM,
        effort=effort,
        done_when=f"a forced fault of {watched} alerts within minutes{budget}",
        depends=(base,),
        delivers=[element("utility", u.id) for u in context.architecture.utilities if u.kind == "observability"],
    )


def restores(backlog: Backlog) -> WorkPackageId | None:
    """Each store that must survive is restored once before launch."""
    context = backlog.context
    kept = [s for s in context.kept if s.backup and "object_store" not in s.kinds]
    return backlog.add(
        f"Restore drill of {listed(s.name for s in kept)}",
        phase="hardening",
        role=PLATFORM,
        effort=backlog.effort().add("restore.store", len(kept), counted(len(kept), "store")),
        done_when="; ".join(
            f"{s.name} is back within {duration(context.targets.rto.value)} and has lost at most "
            f"{duration(context.targets.rpo.value)}"
            for s in kept
        ),
        depends=[backlog.builds.get(element("store", s.id)) for s in kept],
        delivers=[element("utility", u.id) for u in context.architecture.utilities if u.kind == "backup"],
    )


def controls(backlog: Backlog, identity: WorkPackageId | None) -> WorkPackageId | None:
    """What the regimes ask beyond the features: gaps closed, measures of people assigned, evidence collected."""
    context = backlog.context
    found = context.report.controls
    if not found:
        return None
    answers = {status: {_main(c.answer) for c in found if c.status is status} for status in ControlStatus}
    effort = backlog.effort()
    for status, row, what in (
        (ControlStatus.OPEN, "control.open", "gap"),
        (ControlStatus.BY_TEAM, "control.team", "measure of people"),
        (ControlStatus.BY_DESIGN, "control.design", "proof"),
    ):
        n = len(answers[status])
        plural = counted(n, what) if what != "measure of people" else f"{n} measures of people"
        effort.add(row, n, plural)
    regimes = listed(dict.fromkeys(c.regime for c in found))
    gaps = list(dict.fromkeys(_main(c.answer) for c in found if c.status is ControlStatus.OPEN))
    closed = f"closed: {listed(gaps, 2)}; " if gaps else ""
    return backlog.add(
        f"Controls of {regimes}: {counted(len(found), 'clause')}",
        phase="hardening",
        role=SECURITY,
        effort=effort,
        done_when=f"{closed}each of {counted(len(found), 'clause')} has an owner and its evidence",
        depends=(identity, *backlog.of("features")[:1]),
        delivers=dict.fromkeys(e for c in found for e in c.elements[:1]),
        requirements=dict.fromkeys(r for c in found for r in c.requirements),
    )


def _main(answer: str) -> str:
    """The first measure of an answer: clauses that it meets together are one piece of work."""
    return answer.removeprefix("where the regime applies: ").split("; ")[0]


def load_test(backlog: Backlog) -> WorkPackageId | None:
    """The predicted peak, driven against the system of production size."""
    context = backlog.context
    keys = context.key_operations
    peak = context.test_rate
    predicted = context.workload.peak.value
    times = f", {number(peak / predicted)} times the predicted peak" if peak > predicted > 0 else ""
    first = context.report.stations[0] if context.report.stations else None
    busy = (
        f"; {context.name(first.element)} is at most {(1 - context.targets.headroom.value) * 100:.0f}% busy"
        if first
        else ""
    )
    tight = [context.latencies[o.id] for o in keys if o.id in context.latencies]
    goals = listed((f"{context.operations[x.operation].name} p95 below {duration(x.target_p95)}" for x in tight), 3)
    return backlog.add(
        f"Load test of {listed((o.name for o in keys), 3)} at {number(peak)} requests/s",
        phase="hardening",
        role=QUALITY,
        effort=backlog.effort().add("loadtest.base", 1, "environment").add("loadtest.operation", len(keys),
                                                                           counted(len(keys), "operation")),
        done_when=f"at {number(peak)} requests/s for 30 min{times}: {goals}{busy}",
        depends=backlog.of("features", "integrations"),
        delivers=[element("operation", o.id) for o in keys],
    )  # fmt: skip


def launch(backlog: Backlog) -> WorkPackageId | None:
    """Going live by the chosen way."""
    context = backlog.context
    way = context.chosen(Dimension.DEPLOYMENT)
    decision = context.decision(Dimension.DEPLOYMENT)
    how = decision.choice if decision else "one release"
    effort = backlog.effort().add("launch.base", 1, "go-live").set_up(way)
    outside = listed(a.name for a in context.domain.actors if not a.internal)
    crowd = outside if outside != "none" else listed(a.name for a in context.domain.actors)
    aim = percent(context.targets.availability.value)
    return backlog.add(
        f"Launch for {crowd} ({how})",
        phase="launch",
        role=BACKEND,
        effort=effort,
        done_when=f"a week with real {crowd}: availability at least {aim}, bill on course for "
        f"{money(context.report.cost.infrastructure)} a month",
        depends=backlog.of("features", "integrations", "hardening"),
    )
