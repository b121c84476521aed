"""Section 8: the work, its order, the people, the gates on the way, and what could go wrong."""

from archsmith.model.plan import Gate, Milestone, Risk, Role, RolloutStep, WorkPackage
from archsmith.render import show
from archsmith.render.diagrams import gantt
from archsmith.render.markdown import bullets, clause, fence, join, listed, sentence, table, text
from archsmith.render.prose import capital, elements, origin, some
from archsmith.render.view import View

FEW = 4
RISKS = ("Id", "Risk", "Chance", "Costs", "Expected", "Done about it", "Sign")


def timeline(view: View) -> str:
    """The section's text, without its heading."""
    plan = view.design.plan
    title = view.design.requirements.title
    drawn = fence("mermaid", gantt.mermaid(plan, title)) if plan.packages and not view.small else ""
    return join(
        [
            outline(view),
            drawn,
            table(("Id", "Work", "Role", "Days", "From–to", "After", "Done when"), _packages(view), right=(3,)),
            "### People" if plan.roles else "",
            table(("Role", "People", "Days", "Skills"), [_role(r) for r in plan.roles], right=(1, 2)),
            "### Milestones" if plan.milestones else "",
            table(
                ("Day", "Milestone", "Shows"),
                [_milestone(m) for m in sorted(plan.milestones, key=lambda m: (m.day, m.title))],
                right=(0,),
            ),
            _elsewhere(view) if view.small else control(view),
            "### Risks",
            table(RISKS, risks(view)[: FEW if view.small else None], right=(2, 3, 4)),
            "### Not in the first release" if plan.deferred else "",
            bullets(clause(d) for d in plan.deferred),
        ]
    )


def control(view: View) -> str:
    """What stops a change, and how it is put out and taken back."""
    return join(
        [
            "### Gates",
            table(("Gate", "Where", "Check", "Stops at", "For"), gates(view)),
            "### Roll-out",
            table(("Step", "Go on when", "Roll back"), [_rollout(s) for s in view.design.plan.rollout]),
        ]
    )


def _elsewhere(view: View) -> str:
    if not view.design.plan.gates:
        return ""
    names = some([clause(g.name) for g in view.design.plan.gates], 4)
    return (
        f"What stops a change to {text(view.title)} ({names}) and how it is rolled out: [plan/gates.md](plan/gates.md)."
    )


def packages(view: View) -> list[tuple[str, ...]]:
    """Work packages as rows, in the plan's order; critical ones are bold."""
    return [_package(p) for p in view.design.plan.packages]


def _packages(view: View) -> list[tuple[str, ...]]:
    """The same; a small design leaves the last column to plan/roadmap.md."""
    rows = packages(view)
    return [(*row[:-1], "") for row in rows] if view.small else rows


def gates(view: View) -> list[tuple[str, ...]]:
    """Gates as rows."""
    return [_gate(view, g) for g in view.design.plan.gates]


def risks(view: View) -> list[tuple[str, ...]]:
    """Risks as rows, the most expensive first."""
    ranked = sorted(view.design.plan.risks, key=lambda r: (-r.exposure, r.id))
    return [_risk(r) for r in ranked]


def outline(view: View) -> str:
    """Time, effort and money of the whole, and whether it fits."""
    plan, targets = view.design.plan, view.design.derivation.targets
    people = "One engineer needs" if plan.engineers == 1 else f"{plan.engineers} engineers need"
    said = (
        f"{people} {show.months(plan.months)} for {capital(view.title)}: "
        f"{show.person_days(plan.effort)} give or take {show.work(plan.deviation)}, {show.days(plan.duration)} of "
        f"calendar work, {show.money(plan.cost)} at {show.money(targets.hourly_rate.value)} an hour."
    )
    if targets.deadline:
        verdict = "That fits" if plan.fits else "**That does not fit**"
        said += f" {verdict} the {show.months(targets.deadline.value)} of the brief ({origin(targets.deadline.why)})."
    critical = [capital(p.title) for p in plan.packages if p.critical]
    return f"{said} The critical path: {listed(critical)}." if 0 < len(critical) < len(plan.packages) else said


def _package(p: WorkPackage) -> tuple[str, ...]:
    name = f"**{capital(p.title)}**" if p.critical else capital(p.title)
    span = f"{show.number(p.start)}–{show.number(p.end)}"
    return (
        text(p.id),
        name,
        text(p.role),
        show.work(p.estimate.mean),
        span,
        ", ".join(map(text, p.depends)),
        clause(p.done_when),
    )


def _role(r: Role) -> tuple[str, ...]:
    return capital(r.name), show.number(r.people), show.work(r.days), ", ".join(map(text, r.skills))


def _milestone(m: Milestone) -> tuple[str, ...]:
    return show.number(m.day), capital(m.title), clause(m.shows)


def _gate(view: View, g: Gate) -> tuple[str, ...]:
    return capital(g.name), clause(g.stage), clause(g.check), clause(g.threshold), elements(view, g.elements, 4)


def _rollout(s: RolloutStep) -> tuple[str, ...]:
    return sentence(s.step), clause(s.go_on_when), clause(s.roll_back)


def _risk(r: Risk) -> tuple[str, ...]:
    return (
        text(r.id),
        clause(r.title),
        show.percent(r.probability),
        show.money(r.impact),
        show.money(r.exposure),
        clause(r.mitigation),
        clause(r.sign),
    )
