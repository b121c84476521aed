"""Shares told in words: "half of our users", "two thirds of the traffic", "a quarter of all bookings"."""

from typing import Final

from archsmith.elicit.hedges import hedge_before
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.words import Token, low_at

_PARTS: Final = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip
_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
_PERIODS: Final = frozenset(
    "year month week day hour season century decade january february march april may june july august september october"
    " november december".split()
)


def fraction(tokens: list[Token], n: int) -> Quantity | None:
    """The share that begins at token `n`, in percent; the thing that it is a share of follows after "of"."""
    left, _, right = tokens[n].low.partition("-")
    if left in _COUNTS and right in _PARTS:
        count, part, end = _COUNTS[left], _PARTS[right], n + 1
    elif tokens[n].low == "half":
        count, part, end = 1, 2, n + 1
    elif tokens[n].low in _COUNTS and low_at(tokens, n + 1) in _PARTS:
        count, part, end = _COUNTS[tokens[n].low], _PARTS[low_at(tokens, n + 1)], n + 2
    else:
        return None
    whole = low_at(tokens, end) == "of" or (part == 2 and low_at(tokens, end) in ("the", "our", "their", "all"))
    grown = low_at(tokens, n - 1) in ("by", "about", "roughly", "around", "almost", "nearly") and _by(tokens, n)
    if not (whole or grown) or count >= part or low_at(tokens, n - 1) in ("first", "second", "last", "other"):
        return None
    if not grown and any(t.lemma in _PERIODS or t.kind == "num" for t in tokens[end + 1 : end + 3]):
        return None
    hedge, start = hedge_before(tokens, n)
    return Quantity(
        kind="percent",
        value=round(100.0 * count / part, 2),
        high=None,
        unit="percent",
        per="",
        hedge=hedge,
        each=False,
        start=start,
        core=n,
        mid=end,
        end=end,
    )


def _by(tokens: list[Token], n: int) -> bool:
    """ "Growing by a quarter", "up by about half": the share by which something grows."""
    part = low_at(tokens, n + 1) in ("a", "an") or low_at(tokens, n + 2) in ("a", "an")
    return (low_at(tokens, n - 1) == "by" or low_at(tokens, n - 2) == "by") and not part
