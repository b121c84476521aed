"""A decision told in full: choice, why, what lost and why in numbers, margin, flip point."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.model.decisions import Decision, Dimension, Loser, LossKind
from archsmith.render import show
from archsmith.render.markdown import bullets, clause, join, listed, sentence, text
from archsmith.render.prose import capital, record_link
from archsmith.render.view import View

D = Dimension
TOLD: Final = 3
"""Losers that are argued in the document, one less in a small one; the others are argued in the record."""
SHAPE: Final = (D.STYLE, D.PARTITION, D.CONSISTENCY, D.PLATFORM, D.PROVIDER, D.REGION, D.ZONES, D.DEPLOYMENT)
API: Final = (D.API_STYLE,)
SECURITY: Final = (D.IDENTITY, D.TENANCY)
SCALE: Final = (D.SIZING, D.BACKUP)
TECHNOLOGY: Final = tuple(d for d in D if d not in {*SHAPE, *API, *SECURITY, *SCALE})


def among(view: View, dimensions: Iterable[Dimension]) -> Iterator[Decision]:
    """Decisions on these dimensions, in the order of the dimensions."""
    for dimension in dimensions:
        yield from view.by_dimension.get(dimension, ())


def told(view: View, dimensions: Iterable[Dimension]) -> str:
    """Each decision with its losers; those that left no choice follow as one list."""
    decisions = list(among(view, dimensions))
    open_ones = [argument(view, d) for d in decisions if d.losers]
    forced = [head(view, d) for d in decisions if not d.losers]
    return join([*open_ones, bullets(forced)])


def head(view: View, decision: Decision) -> str:
    """What was chosen, and why."""
    link = record_link(view, decision.id)
    return f"**{link} {capital(decision.title)}: {text(decision.choice)}.** {because(view, decision)}"


def argument(view: View, decision: Decision) -> str:
    """One decision as a paragraph and the list of what lost."""
    most = TOLD - view.small
    points = [lost(loser) for loser in decision.losers[:most]]
    if len(decision.losers) > most:
        others = listed(text(x.label) for x in decision.losers[most:])
        points.append(f"Nor {others}: see {record_link(view, decision.id)}.")
    return f"{head(view, decision)}\n\n{bullets([*points, *limits(decision)])}"


def because(view: View, decision: Decision) -> str:
    """The reason, with the requirements that bind it in the brief's own words."""
    bound = [bound_by(view, decision)] if decision.binding else []
    rests = ", ".join(record_link(view, d) for d in decision.rests_on)
    return " ".join([sentence(decision.reason), *bound, *([f"Rests on {rests}."] if rests else [])])


def bound_by(view: View, decision: Decision) -> str:
    """`Bound by R-004 (line 12).`: the words stand in the requirements table."""
    return f"Bound by {', '.join(text(r) for r in decision.binding)}."


def lost(loser: Loser) -> str:
    """One option that was not chosen."""
    if loser.kind is LossKind.VIOLATES:
        return f"Not {text(loser.label)}: {sentence(loser.reason)}"
    known = loser.extra is None or f"{loser.extra:,.2f}" in loser.reason
    extra = "" if known or loser.extra is None else f" (+{show.money(loser.extra)} a month)"
    return f"Not {text(loser.label)}: {clause(loser.reason)}{extra}."


def limits(decision: Decision) -> Iterator[str]:
    """How far the choice is from the next one, and what would change it."""
    if decision.margin is not None and f"{decision.margin:,.2f}" not in decision.reason:
        runner = f" over {text(decision.runner_up)}" if decision.runner_up else ""
        yield f"Margin{runner}: {show.money(decision.margin)} a month."
    if decision.flips_at:
        yield f"Flips: {sentence(decision.flips_at)}"
