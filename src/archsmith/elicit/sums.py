"""Sums of money written without their currency: "cloud budget 4.5 lakh per month", "3,100 € today, target is 2k"."""

from collections import Counter
from typing import Final

from archsmith.elicit.attach import Attached
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Reading, Sentence

_SUMS: Final = frozenset("budget cost price fee spend spending bill salary rent".split())
_BOUNDS: Final = frozenset("target limit cap max maximum ceiling figure amount total renewal".split())
_PERIODS: Final = frozenset("month year quarter".split())
_ALIKE: Final = 20.0
"""How many times a sum may differ from the one before it, of which it is another value."""
_LEAST: Final = 100.0


def usual_currency(reading: Reading) -> str:
    """The currency that the brief names most often, the first in the alphabet of several; empty where it names none."""
    named = Counter(q.unit for s in reading.sentences for q in s.quantities if q.kind == "money")
    return min(named, key=lambda unit: (-named[unit], unit)) if named else ""


def as_money(
    sentence: Sentence, quantity: Quantity, attached: Attached, last: Quantity | None, currency: str
) -> Quantity:
    """A bare number as money, where its noun is a sum or where it restates the sum before it."""
    if quantity.kind != "count" or attached.how in ("after", "pronoun") or quantity.value < _LEAST:
        return quantity
    head = attached.noun.rpartition(" ")[2]
    if currency and any(t.low == "grand" for t in sentence.tokens[quantity.core : quantity.mid]):
        return moved(quantity, kind="money", unit=currency)
    if head in _SUMS and attached.how in ("left", "label", "heading") and currency:
        return moved(quantity, kind="money", unit=currency)
    if last is None or not 1 / _ALIKE <= quantity.value / max(last.value, 1e-9) <= _ALIKE:
        return quantity
    restated = head in _BOUNDS or attached.how == "bracket" or _pointed_at(sentence, quantity)
    same_period = quantity.per in _PERIODS and quantity.per == last.per
    if not restated and not same_period:
        return quantity
    return moved(quantity, kind="money", unit=last.unit, per=quantity.per or last.per)


def _pointed_at(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Go with the nine hundred": an article and nothing behind."""
    tokens = sentence.tokens
    article = quantity.start > 0 and tokens[quantity.start - 1].low == "the"
    return article and (quantity.mid >= len(tokens) or tokens[quantity.mid].tag == "MARK")
