"""A decision told in full: choice, why, what lost and why in numbers, margin, flip point."""

from collections.abc import Container, Iterable, Iterator
from typing import Final

from archsmith.kernel.ids import DecisionId
from archsmith.kernel.provenance import Stated
from archsmith.model.decisions import Decision, Dimension, Loser, LossKind
from archsmith.render import doubt, show
from archsmith.render.markdown import bullets, clause, join, listed, sentence, text
from archsmith.render.prose import capital, quoted, record_link, some
from archsmith.render.view import View, grouped

D = Dimension
TOLD: Final = 3
"""Losers that are argued in the document, one in a small one; the others are argued in the record."""
SHAPE: Final = (D.STYLE, D.PARTITION, D.CONSISTENCY, D.PLATFORM, D.PROVIDER, D.REGION, D.ZONES, D.DEPLOYMENT)
API: Final = (D.API_STYLE,)
SECURITY: Final = (D.IDENTITY, D.SESSION, D.AUTHORIZATION, D.CARD_DATA, D.TENANCY)
SCALE: Final = (D.SIZING, D.BACKUP)
TECHNOLOGY: Final = tuple(d for d in D if d not in {*SHAPE, *API, *SECURITY, *SCALE})
KEY: Final = (
    D.STYLE,
    D.PLATFORM,
    D.REGION,
    D.PRIMARY_STORE,
    D.STORE_HOSTING,
    D.SPECIAL_STORE,
    D.BROKER,
    D.CACHE,
    D.SEARCH,
    D.CDN,
    D.TENANCY,
    D.IDENTITY,
    D.FRAMEWORK,
)
"""Choices that shape all others; a small design argues these alone in the document, the others in their records."""
TOOLS: Final = (D.IAC, D.CI)
"""Parts of the stack that stand in its table only: their arguments are in their records."""


def among(view: View, dimensions: Iterable[Dimension]) -> Iterator[Decision]:
    """Decisions on these dimensions, in the order of the dimensions."""
    for dimension in dimensions:
        yield from view.by_dimension.get(dimension, ())


def told(view: View, dimensions: Iterable[Dimension]) -> str:
    """Each decision with its losers; those that left no choice follow as one list, then what several have in common."""
    decisions = list(among(view, dimensions))
    alike = {
        flip: tuple(ds) for flip, ds in grouped((d.flips_at, d) for d in decisions).items() if flip and len(ds) > 1
    }
    argued = [d for d in decisions if d.losers and (d.dimension in KEY or not view.small)]
    open_ones = [argument(view, d, alike) for d in argued]
    forced = [head(view, d) for d in decisions if d not in argued]
    shared = [
        f"{listed(record_link(view, d.id) for d in ds)} flip alike: {clause(flip)}." for flip, ds in alike.items()
    ]
    return join([*open_ones, bullets(forced), "" if view.small else bullets(shared)])


def head(view: View, decision: Decision) -> str:
    """What was chosen, and why."""
    link = record_link(view, decision.id)
    return f"**{link} {capital(decision.title)}: {text(decision.choice)}.** {because(view, decision)}"


def argument(view: View, decision: Decision, alike: Container[str] = ()) -> str:
    """One decision as a paragraph and the list of what lost. `alike`: flip points that are told for several at once."""
    most = 1 if view.small else TOLD
    together = list(grouped(((x.kind, x.reason, x.extra), x) for x in decision.losers).values())
    points = [lost(losers) for losers in together[:most]]
    if len(together) > most:
        others = listed(text(x.label) for losers in together[most:] for x in losers)
        points.append(f"Nor {others}: see {record_link(view, decision.id)}.")
    return f"{head(view, decision)}\n\n{bullets([*points, *limits(decision, alike)])}"


def because(view: View, decision: Decision) -> str:
    """The reason, with the requirements that bind it in the brief's own words."""
    bound = [bound_by(view, decision)] if decision.binding else []
    rests = "" if view.small else listed(_named(view, d) for d in decision.rests_on)
    return " ".join([sentence(decision.reason), *bound, *([f"Rests on {rests}."] if rests else [])])


def _named(view: View, ident: DecisionId) -> str:
    """Another decision with its choice."""
    found = view.decisions.get(ident)
    return f"{record_link(view, ident)} ({text(found.choice)})" if found else text(ident)


def bound_by(view: View, decision: Decision) -> str:
    """`Bound by R-004 (“up 99.9% of the time”, line 12: rules out one zone) and R-007 (…).`: the first in its words."""
    first, *others = decision.binding
    known = view.requirements.get(first.requirement)
    words = f"{quoted(known.why.at, 90)}: " if known and isinstance(known.why, Stated) and not view.small else ""
    told = [f"{text(first.requirement)} ({words}{clause(first.how)})"]
    told += [f"{text(b.requirement)} ({clause(b.how)})" for b in others]
    return f"Bound by {listed(told)}."


def lost(losers: tuple[Loser, ...]) -> str:
    """Options that were not chosen for one and the same reason."""
    loser, names = losers[0], some([text(x.label) for x in losers])
    if loser.kind is LossKind.VIOLATES:
        return f"Not {names}: {sentence(loser.reason)}"
    known = loser.extra is None or f"{loser.extra:,.2f}" in loser.reason
    extra = "" if known or loser.extra is None else f" (+{show.money(loser.extra)} a month)"
    return f"Not {names}: {clause(loser.reason)}{extra}."


def limits(decision: Decision, alike: Container[str] = ()) -> Iterator[str]:
    """How far the choice is from the next one, and what would change it."""
    if decision.margin is not None and f"{decision.margin:,.2f}" not in decision.reason:
        runner = f" over {text(decision.runner_up)}" if decision.runner_up else ""
        yield f"Margin{runner}: {show.money(decision.margin)} a month."
    if decision.robustness and decision.losers:
        yield f"Over other values of what was assumed it {text(doubt.holds(decision.robustness))}."
    if decision.flips_at and decision.flips_at not in alike:
        yield f"Flips: {sentence(decision.flips_at)}"
