"""Section 1: the design in a paragraph, its targets, its key decisions, and what needs a person's eye."""

from collections.abc import Iterator
from typing import Final

from archsmith.kernel.findings import Severity, sort_findings
from archsmith.model.decisions import Decision, Dimension
from archsmith.model.design import Status
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import by_worth
from archsmith.render import doubt, show
from archsmith.render.markdown import bullets, clause, clip, join, listed, sentence, table, text
from archsmith.render.prose import capital, lower, product, quoted, record_link, some, tech, told
from archsmith.render.sections.arguments import KEY
from archsmith.render.sections.targets import exact_check, rows
from archsmith.render.view import View

D = Dimension

_SHAPES: Final = {
    "monolith": "a monolith",
    "modular_monolith": "a modular monolith",
    "event_driven": "an event-driven system",
    "serverless": "a set of functions",
    "microservices": "a set of small services",
}


def executive(view: View) -> str:
    """The section's text, without its heading."""
    targets = table(("Target", "Asked for", "This design", "Verdict"), rows(view))
    decided = [row(view, d) for dimension in KEY for d in view.by_dimension.get(dimension, ())]
    return join(
        [
            clash(view),
            " ".join(outline(view)),
            targets,
            doubt.why(view.design.report),
            exact_check(view),
            "### Key decisions",
            table(("Id", "Decision", "Choice", "Margin a month", "Holds in", "Flips when"), decided),
            "### What needs your eye" if attention(view) else "",
            bullets(attention(view)),
        ]
    )


def outline(view: View) -> Iterator[str]:
    """What is built, for whom, at what cost, by when."""
    arch, load, cost, plan = view.arch, view.design.derivation.workload, view.design.report.cost, view.design.plan
    style = view.first(D.STYLE)
    services = listed([f"*{text(s.name)}*" for s in arch.services])
    stack = ""
    if arch.services:
        stack = f" in {_stack(view)}"
    shape = arch.style.replace("_", " ")
    said = f", {lower(style.choice)}" if style and shape not in style.choice.lower() else ""
    yield f"{capital(view.title)} becomes {_SHAPES.get(arch.style, text(shape))}{said}: {services}{stack}."
    runs = listed(f"{d.count} × {product(d.product)}" for d in arch.deployments)
    zones = f" across {arch.zones} zones" if arch.zones > 1 else ""
    if runs:
        here = arch.regions[:1] if arch.second else arch.regions
        yield f"It runs on {runs} in {listed(text(r) for r in here)}{zones}."
    if arch.second:
        takes = show.duration(arch.second.takeover)
        yield f"{text(arch.second.region)} is its second region ({text(arch.second.label)}): it takes over in {takes}."
    kept = [s for s in arch.stores if s.entities]
    if kept:
        held = some([text(view.entity_name(e)) for e in kept[0].entities], 4)
        yield f"{capital(kept[0].name)} holds {held}."
    users = f" from {show.number(load.users.value)} users" if load.users.value else ""
    yield (
        f"It is sized for {show.requests(load.peak.value)} at the peak, {show.rate(load.average.value)} on average"
        f"{users}, with {show.percent(view.design.derivation.targets.headroom.value)} left free."
    )
    between = doubt.between(view.design.report, "cost.infrastructure")
    budget = view.design.derivation.targets.budget
    allowed = f"; the budget is {told(budget, show.money)}" if budget else ""
    yield (
        f"Running it costs {show.money(cost.infrastructure)}{between} a month and {show.hours(cost.ops_hours)} of "
        f"operations work worth {show.money(cost.people)}{allowed}."
    )
    people = "one engineer" if plan.engineers == 1 else f"{plan.engineers} engineers"
    effort = f"{show.person_days(plan.effort)}, {show.money(plan.cost)}"
    yield f"Building it takes {people} {show.months(plan.months)} ({effort})."


def row(view: View, d: Decision) -> tuple[str, ...]:
    """A decision in the key table."""
    margin = show.money(d.margin) if d.margin is not None else "no other option" if d.losers else ""
    runner = f" over {text(d.runner_up)}" if d.margin is not None and d.runner_up else ""
    return (
        record_link(view, d.id),
        capital(d.title),
        f"**{text(d.choice)}**",
        f"{margin}{runner}",
        doubt.share(d.robustness),
        clause(clip(d.flips_at, 120)),
    )


def clash(view: View) -> str:
    """Where the requirements can't all be met: which, in whose words, and the ways out."""
    found = view.design.decisions.clash
    if found is None:
        return ""
    title = capital(view.title)
    words = [quoted(span) for span in found.spans]
    ways = [sentence(way) for way in found.relaxations]
    return join(
        [
            f"**The requirements of {title} can't all be met.** {sentence(found.fact)}",
            bullets(words),
            "The cheapest ways out:" if ways else "",
            bullets(ways),
        ]
    )


def attention(view: View) -> list[str]:
    """Missed targets, then what the brief leaves open, the most valuable first."""
    design = view.design
    findings = sort_findings((*design.report.findings, *design.plan.findings))
    serious = [f for f in findings if f.severity in (Severity.DANGER, Severity.BLOCKER)]
    points = [f"**{capital(view.name(f.place))}**: {sentence(f.fact)} Fix: {sentence(f.fix)}" for f in serious]
    ranked = by_worth(design.requirements.questions, design.decisions.worths)
    measured = bool(design.decisions.worths)
    points += [_question(q, doubt.worth(q, w, measured=measured)) for q, w in ranked[:3]]
    points += [
        f"The brief contradicts itself on {clause(c.what)}: {sentence(c.resolution)}"
        for c in design.requirements.conflicts[:2]
    ]
    if design.status is Status.PARTIAL and not serious:
        points.append(f"{capital(design.requirements.title)} misses a target: see the table above.")
    return points


def _question(q: Question, worth: str) -> str:
    return f"Open: {sentence(q.question)} Meanwhile: {clause(q.used)}. Worth: {clause(worth)}."


def _stack(view: View) -> str:
    used = dict.fromkeys((tech(view, s.language), tech(view, s.framework)) for s in view.arch.services)
    return listed(f"{language} with {framework}" for language, framework in used)
