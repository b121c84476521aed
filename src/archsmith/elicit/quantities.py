"""Quantities of a sentence: value or range, unit, period and hedge, with the tokens that they cover."""

from collections.abc import Mapping
from typing import Final

from archsmith.elicit.fractions import fraction
from archsmith.elicit.hedges import hedge_before, hedge_behind, hedge_between
from archsmith.elicit.identifiers import identifies
from archsmith.elicit.intervals import interval_or_factor, odds, one_span, zero_goal
from archsmith.elicit.measures import money_before, unit_after, unit_at
from archsmith.elicit.numerals import numeral
from archsmith.elicit.periods import period_after
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.units import UnitRow, find_unit
from archsmith.elicit.words import Token, is_number, low_at


def quantities(tokens: list[Token], units: Mapping[str, UnitRow]) -> list[Quantity]:
    """The quantities of a sentence from left to right, without version numbers, clause numbers, dates and clock
    times.
    """
    out: list[Quantity] = []
    n = 0
    while n < len(tokens):
        found = (
            zero_goal(tokens, n, units)
            or interval_or_factor(tokens, n, units)
            or fraction(tokens, n)
            or _plain(tokens, n, units)
        )
        if found is None:
            n += 1
            continue
        out.append(found)
        n = max(found.end, n + 1)
    return out


def _plain(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
    first = numeral(tokens, n, units) or one_span(tokens, n, units)
    if first is None or identifies(tokens, n, first[1], units):
        return None
    value, end = first
    start = n
    money = money_before(tokens, n, units)
    high: float | None = None
    if low_at(tokens, end) in ("%",) and low_at(tokens, end + 1) in ("to", "-", "–"):
        second = numeral(tokens, end + 2, units) if end + 2 < len(tokens) else None
        if second and low_at(tokens, second[1]) in ("%", "percent"):
            high, end = second
    if high is None:
        high, end, value = _range(tokens, n, end, value, units)
    end = _said_twice(tokens, end, value, units)
    between, end = hedge_between(tokens, end)
    unit, kind, end = unit_after(tokens, end, units)
    if kind == "time" and tokens[n].low in ("a", "an"):
        high, end = _or_two(tokens, end, units)
    elif kind == "time" and high is None:
        value, unit, end = _with_parts(tokens, end, value, unit, units)
    if money is not None:
        start = n - 1
        unit, kind = (money.unit, "money") if kind in ("count", "money") else (unit, kind)
    share_of = _share_of(tokens, end, value) if kind == "count" else 0
    if share_of:
        share = odds(tokens, n, share_of, value, units)
        if share is not None:
            return share
    if kind == "odds":
        return odds(tokens, n, end, value, units)
    if kind == "scaled_money":
        kind = "money"
    per, each, stop = ("", False, end) if kind == "time" else period_after(tokens, end, kind)
    hedge, start = hedge_before(tokens, start)
    behind = between or hedge_behind(tokens, end)
    hedge = behind if behind and hedge in ("", "for", "in", "about", "after", "within") else hedge
    if kind == "rate":
        per = unit.removeprefix("per ")
        unit = ""
    if unit == "nines":
        value, unit, kind = _nines(value), "percent", "percent"
    return Quantity(
        kind=kind,
        value=value,
        high=high,
        unit=unit,
        per=per,
        hedge=hedge,
        each=each,
        start=start,
        core=n,
        mid=end,
        end=stop,
    )


def _range(
    tokens: list[Token], n: int, end: int, value: float, units: Mapping[str, UnitRow]
) -> tuple[float | None, int, float]:
    """The upper end of "2 to 8", "10-20k", "between 5 and 7"; a scale of the second is taken for the first too."""
    join = low_at(tokens, end)
    between = n > 0 and tokens[n - 1].low in ("between", "from")
    if join not in ("to", "-", "–", "—", "till", "until") and not (join == "and" and between) and join != "or":
        return None, end, value
    if end + 1 >= len(tokens):
        return None, end, value
    second = numeral(tokens, end + 1, units)
    if second is None or _grows_to(tokens, n, join) or (second[0] <= value and second[0] * 1000 <= value):
        return None, end, value
    if join == "or" and second[0] - value > max(2.0, value * 0.5):
        return None, end, value
    high, stop = second
    if high <= value and not tokens[end - 1].low.isdigit():
        return None, end, value
    raw = tokens[end + 1]
    if stop > end + 2 or not raw.text.replace(",", "").replace(".", "").isdigit():
        scale = _scale(tokens, end + 2, stop, units)
        if scale > 1 and value < high / scale * 10 and end == n + 1:
            value *= scale
    if high <= value:
        return None, end, value
    return high, stop, value


def _said_twice(tokens: list[Token], end: int, value: float, units: Mapping[str, UnitRow]) -> int:
    """The index behind the bracket of "seven (7) years", which says the number again."""
    if low_at(tokens, end) != "(" or end + 1 >= len(tokens):
        return end
    again = numeral(tokens, end + 1, units)
    return again[1] + 1 if again is not None and again[0] == value and low_at(tokens, again[1]) == ")" else end


def _share_of(tokens: list[Token], end: int, value: float) -> int:
    """The index of the whole in "nine visits out of ten", "one customer in five"; 0 where there is none."""
    if end >= len(tokens) or tokens[end].tag != "NOUN":
        return 0
    if low_at(tokens, end + 1) == "out" and low_at(tokens, end + 2) == "of":
        return end + 3 if is_number(tokens, end + 3) else 0
    alone = value == 1 and low_at(tokens, end + 1) in ("in", "of") and is_number(tokens, end + 2)
    closed = end + 3 >= len(tokens) or tokens[end + 3].tag not in ("NOUN", "ADJ")
    return end + 2 if alone and closed else 0


def _or_two(tokens: list[Token], end: int, units: Mapping[str, UnitRow]) -> tuple[float | None, int]:
    """The upper end of "a second or two", "an hour or three"."""
    following = numeral(tokens, end + 1, units) if low_at(tokens, end) == "or" and end + 1 < len(tokens) else None
    if following is None or unit_at(tokens, following[1], units) is not None:
        return None, end
    return (following[0], following[1]) if 1 < following[0] <= 10 else (None, end)


def _with_parts(
    tokens: list[Token], end: int, value: float, unit: str, units: Mapping[str, UnitRow]
) -> tuple[float, str, int]:
    """ "2 h 10 min", "one hour and thirty minutes", "3 years 6 months": one span, in the unit of its last part.

    "Two days and two hours before" are two spans.
    """
    at = end + 1 if low_at(tokens, end) == "and" else end
    if at >= len(tokens) or tokens[at].low in ("a", "an") or (part := numeral(tokens, at, units)) is None:
        return value, unit, end
    row = unit_at(tokens, part[1], units)
    times = 0 if row is None or row.kind != "time" else _PARTS.get((unit, row.unit), 0)
    apart = at > end and low_at(tokens, part[1] + 1) in ("before", "after", "later", "ago", "prior", "ahead")
    if row is None or apart or not 0 < part[0] < times:
        return value, unit, end
    return value * times + part[0], row.unit, part[1] + 1


_PARTS: Final = {
    ("years", "months"): 12,
    ("weeks", "days"): 7,
    ("days", "hours"): 24,
    ("hours", "minutes"): 60,
    ("minutes", "s"): 60,
}
"""How many of the second unit make one of the first."""


def _grows_to(tokens: list[Token], n: int, join: str) -> bool:
    """ "Grow from 300 to 5,000 users" tells two figures, no range."""
    before = tokens[max(0, n - 5) : n]
    return join == "to" and low_at(tokens, n - 1) == "from" and any(t.lemma in _GROWS for t in before)


_GROWS: Final = frozenset("grow go rise increase jump climb move expand scale double drop fall shrink come".split())


def _scale(tokens: list[Token], start: int, stop: int, units: Mapping[str, UnitRow]) -> float:
    out = 1.0
    for k in range(start, stop):
        row = find_unit(units, tokens[k].text)
        if row is not None and row.kind == "scale":
            out *= row.factor
    return out


def _nines(count: float) -> float:
    """Three nines are 99.9 percent; four and a half are 99.995."""
    whole = int(min(count, 9))
    base = 100.0 - 10.0 ** (2 - whole)
    return round(base + (5 * 10.0 ** (1 - whole) if count - whole >= 0.5 else 0.0), 9)
