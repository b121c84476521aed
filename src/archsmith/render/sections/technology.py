"""Section 5: the stack as one table, then each choice argued."""

from archsmith.kernel.provenance import quote_of
from archsmith.model.decisions import Decision
from archsmith.render import show
from archsmith.render.markdown import clause, join, listed, table, text
from archsmith.render.prose import capital, origin, record_link
from archsmith.render.sections.arguments import KEY, TECHNOLOGY, TOOLS, among, told
from archsmith.render.view import View


def technology(view: View) -> str:
    """The section's text, without its heading."""
    chosen = [_row(view, d) for d in among(view, TECHNOLOGY)]
    return join(
        [
            _weighing(view),
            _wishes(view),
            table(("Id", "Part of the stack", "Choice", "Runner-up", "Margin a month"), chosen, right=(4,)),
            "### Why these",
            told(view, [d for d in TECHNOLOGY if d in KEY or not (view.small or d in TOOLS)]),
        ]
    )


def _row(view: View, d: Decision) -> tuple[str, ...]:
    margin = show.money(d.margin) if d.margin is not None else ""
    return record_link(view, d.id), capital(d.title), text(d.choice), text(d.runner_up), margin


def _weighing(view: View) -> str:
    """What the choices were weighed in: the terms of the objective with their figures."""
    terms = [f"{clause(t.name)} {show.money(t.month)}" for t in view.design.decisions.objective]
    targets = view.design.derivation.targets
    if not terms:
        return ""
    said = f"Choices were weighed by what they cost a month over {show.months(targets.horizon.value)}: {listed(terms)}."
    rate, hour = targets.hourly_rate, targets.outage_cost
    said += f" An hour of work counts {show.money(rate.value)} ({origin(rate.why)}),"
    said += f" an hour of outage {show.money(hour.value)} ({origin(hour.why)})."
    weights = [
        f"{clause(w.quality)} {show.factor(w.weight)} ({origin(w.why)})" for w in view.design.requirements.priorities
    ]
    return f"{said} Weighted by the brief: {listed(weights)}." if weights else said


def _wishes(view: View) -> str:
    """Technologies that the brief names, what it wants of them, and what obeying costs."""
    needs = view.design.requirements
    every = dict.fromkeys((*needs.must_use, *needs.must_not_use, *needs.technologies))
    became = {(w.name, w.stance): w.fact for w in view.design.decisions.wishes}
    rows = [
        (
            capital(w.name),
            text(w.stance.replace("_", " ")),
            origin(w.why),
            capital(clause(became.get((w.name, w.stance), ""))),
        )
        for w in every
    ]
    named = {quote_of(w.why) or w.name for w in every}
    words = {quote_of(s.why) or s.value: s for s in needs.needs.skills}
    skills = [(capital(said), "known to the team", origin(s.why), "") for said, s in words.items() if said not in named]
    return table(("Named in the brief", "As", "Words", "What became of it"), [*rows, *skills])
