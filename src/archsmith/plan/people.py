"""Who is needed for how much work, the milestones on the way, and whether it fits."""

from collections.abc import Iterator, Mapping

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import WorkPackageId
from archsmith.kernel.phrases import counted, listed, number
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import Days, Months, PersonDays
from archsmith.model.plan import Milestone, Role, WorkPackage
from archsmith.model.requirements import Priority
from archsmith.plan.context import Context
from archsmith.plan.draft import Draft

NINE_IN_TEN = 1.2816
"""Deviations above the mean that nine in ten of normally spread values stay below."""


def roles(context: Context, packages: tuple[WorkPackage, ...]) -> tuple[Role, ...]:
    """Each role's work, as people over the whole time; a small team shares the roles among itself."""
    total = sum(p.estimate.mean for p in packages) or 1.0
    days: dict[str, float] = {}
    for package in packages:
        days[package.role] = days.get(package.role, 0.0) + package.estimate.mean
    return tuple(
        Role(
            name=name,
            people=round(context.engineers * work / total, 2),
            days=PersonDays(work),
            skills=_skills(context, name),
        )
        for name, work in sorted(days.items(), key=lambda x: (-x[1], x[0]))
    )


def _skills(context: Context, role: str) -> tuple[str, ...]:
    technology = context.technology
    stores = [t.name for s in context.architecture.stores if (t := technology(s.engine)) is not None]
    services = context.architecture.services
    code = [t.name for s in services for x in (s.language, s.framework) if (t := technology(x)) is not None]
    machines = [t.name for d in context.architecture.deployments if (t := technology(d.platform)) is not None]
    found = {
        "backend": [*code, *stores[:2]],
        "platform": [*machines, *stores[:1], str(context.architecture.provider)],
        "security": [*dict.fromkeys(c.regime for c in context.report.controls)],
        "quality": [*code[:1], "load testing"],
    }
    return tuple(dict.fromkeys(found.get(role, code)))


def milestones(context: Context, packages: tuple[WorkPackage, ...]) -> tuple[Milestone, ...]:
    """What can be shown, and when."""
    return tuple(_milestones(context, packages))


def _milestones(context: Context, packages: tuple[WorkPackage, ...]) -> Iterator[Milestone]:
    names = listed(s.name for s in context.architecture.services)
    outside = [a.name for a in context.domain.actors if not a.internal] or [a.name for a in context.domain.actors]
    by_phase: dict[str, list[WorkPackage]] = {}
    for package in packages:
        by_phase.setdefault(package.phase, []).append(package)
    features = sorted(by_phase.get("features", ()), key=lambda p: (p.end, p.id))
    shown = [p for p in features if any(e.startswith("operation:") for e in p.delivers)]
    if by_phase.get("foundation"):
        needed = set(shown[0].depends) if shown else set()
        rows = [p for p in by_phase["foundation"] if p.id in needed] or by_phase["foundation"][:1]
        where = listed(context.architecture.regions)
        yield _milestone("Walking skeleton", rows, f"an empty {names} in {where}, by the pipeline, with sign-in")
    if shown:
        what = listed((context.name(e) for e in shown[0].delivers if e.startswith("operation:")), 2)
        yield _milestone("First module in use", shown[:1], f"to be tried: {what}")
        half = [p for p in features if p.end <= features[-1].end / 2] or features[:1]
        if len(features) > 4 and shown and half[-1].end > shown[0].end:
            yield _milestone("Half of the features", half, f"{counted(len(half), 'package')} of {len(features)} done")
        everything = [*features, *by_phase.get("integrations", ())]
        ends = listed(s.name for s in context.domain.systems)
        with_ = f" with {ends}" if ends != "none" else ""
        yield _milestone(
            "Feature complete", everything, f"{counted(len(context.domain.operations), 'operation')}{with_}"
        )
    hard = by_phase.get("hardening", [])
    if hard:
        peak = number(context.workload.peak.value)
        yield _milestone("Ready to open", hard, f"{peak} requests/s held, a restore timed, controls with evidence")
    if by_phase.get("launch"):
        yield _milestone("Launch", by_phase["launch"], f"a week with real {outside[0]} traffic on {names}")


def _milestone(title: str, rows: list[WorkPackage], shows: str) -> Milestone:
    last = max(rows, key=lambda p: (p.end, p.id))
    return Milestone(title=title, day=Days(last.end), after=(last.id,), shows=shows)


def findings(
    context: Context,
    packages: tuple[WorkPackage, ...],
    drafts: Mapping[WorkPackageId, Draft],
    months: Months,
    spread: float,
) -> tuple[Finding, ...]:
    """That the plan misses the deadline or the build budget, with the packages to leave out first.

    `spread`: deviation of the effort over its mean. What may well be met after all is a warning.
    """
    found: list[Finding] = []
    deadline = context.targets.deadline
    if deadline is not None and months > deadline.value:
        over = months - deadline.value
        team = counted(context.engineers, "engineer")
        found.append(
            Finding(
                id="PLN001",
                severity=_weight(months, deadline.value, spread),
                place="plan",
                fact=f"it takes {number(months)} months with {team}, the deadline is {number(deadline.value)} months",
                fix=_cuts(context, packages, drafts, over),
                at=deadline.why.at if isinstance(deadline.why, Stated) else None,
            )
        )
    money = context.targets.build_budget
    spent = sum(p.estimate.mean for p in packages) * 8 * context.rate
    if money is not None and spent > money.value:
        found.append(
            Finding(
                id="PLN002",
                severity=_weight(spent, money.value, spread),
                place="plan",
                fact=f"building costs ${spent:,.0f}, the budget is ${money.value:,.0f}",
                fix=_cuts(context, packages, drafts, (spent - money.value) / (8 * context.rate * 21)),
                at=money.why.at if isinstance(money.why, Stated) else None,
            )
        )
    return tuple(found)


def _weight(planned: float, allowed: float, spread: float) -> Severity:
    """DANGER where nine plans in ten of this spread would miss it."""
    return Severity.DANGER if planned > allowed * (1 + NINE_IN_TEN * spread) else Severity.WARNING


def _cuts(
    context: Context, packages: tuple[WorkPackage, ...], drafts: Mapping[WorkPackageId, Draft], months: float
) -> str:
    """Feature packages whose work makes up for the missing months: least urgent first, then those nothing rests on."""
    rank = {Priority.COULD: 0, Priority.SHOULD: 1, Priority.MUST: 2, Priority.LATER: 0}
    wanted = months * 21 * context.engineers * 0.75
    feature = [p for p in packages if p.phase in ("features", "integrations")]
    rests = {d for p in feature for d in p.depends}
    loose = sorted(feature, key=lambda p: (rank[drafts[p.id].priority], p.id in rests, -p.estimate.mean, p.id))
    chosen: list[WorkPackage] = []
    saved = 0.0
    for package in loose:
        if saved >= wanted:
            break
        chosen.append(package)
        saved += package.estimate.mean
    names = listed((f"{p.id} {p.title.partition(':')[0]}" for p in chosen), 5)
    time = context.targets.deadline.value if context.targets.deadline else 6.0
    more = counted(max(1, round(wanted / (max(1.0, time) * 21 * 0.75))), "engineer")
    return f"{more} more, or after launch: {names} ({number(saved)} person-days)"
