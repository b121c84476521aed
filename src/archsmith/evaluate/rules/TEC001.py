"""A technology that the brief demands and that is not there, or is there at a price."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.model.requirements import Stance

_SHARE = 0.05
"""Of the cost of ownership, from which on the price of a demand is worth a word."""


@rule("TEC001", severity=Severity.WARNING, title="Demanded technology is missing, or dear")
def demanded(found: Evaluated) -> Iterator[Hit]:
    """What: looks at each technology that the brief demands: whether it is in the design, and what obeying costs.

    Why: whoever demanded it may not know the price, and a demand that can't be kept must not pass in silence. Fix: ask
    who demanded it, and what for; drop the demand, or pay for it knowingly.
    """
    decisions = found.view.decisions
    total = sum(t.month for t in decisions.objective)
    for wish in decisions.wishes:
        if wish.stance is not Stance.MUST_USE:
            continue
        if not wish.obeyed:
            fix = f"ask what {wish.name} is demanded for, or drop the demand"
            yield Hit(wish.name, wish.fact, fix, words_of(wish.why))
        elif wish.month is not None and wish.month > _SHARE * total:
            fact = f"{wish.fact}; the brief demands it"
            fix = f"drop the demand for {wish.name} if nothing else speaks for it"
            yield Hit(wish.name, fact, fix, words_of(wish.why), severity=Severity.NOTE)
