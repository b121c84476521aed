"""Whether a quote says a number: in digits or words, as a percentage, a duration or a share of one."""

import functools

from archsmith.elicit.lexicon import lexicon
from archsmith.elicit.quantities import quantities
from archsmith.elicit.tokens import tokenize
from archsmith.elicit.units import seconds, unit_words
from archsmith.knowledge.catalogue import Catalogue

_LONGEST = 400


@functools.cache
def shared_catalogue() -> Catalogue:
    """The package's own knowledge, for reading quotes back without a run's catalogue."""
    return Catalogue()


def says(quote: str, value: float) -> bool:
    """Whether one of the quantities in the quote has the value, plain or in a unit that the model uses.

    >>> says("99.9% during term", 0.999), says("fourteen small hotels", 14.0), says("fourteen small hotels", 15.0)
    (True, True, False)
    """
    if len(quote) > _LONGEST:
        return False
    tokens = tokenize(quote, 0, len(quote), lexicon(shared_catalogue()))
    said: set[float] = set()
    for q in quantities(tokens, unit_words(shared_catalogue())):
        for amount in (q.value, q.high):
            if amount is None:
                continue
            said.add(amount)
            if q.kind == "percent":
                said.add(round(amount / 100, 9))
            if q.kind in ("time", "interval") and q.unit != "times":
                span = seconds(amount, q.unit)
                said.update((span, round(span / 2_630_000.0, 1), float(round(span / 2_630_000.0))))
    return value in said
