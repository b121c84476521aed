"""Intervals ("every 20 seconds", "twice a day"), factors ("twice as many", "20x") and odds ("1 out of 60")."""

import re
from collections.abc import Mapping
from typing import Final

from archsmith.elicit.hedges import hedge_before
from archsmith.elicit.measures import unit_at
from archsmith.elicit.numerals import numeral
from archsmith.elicit.periods import DAYS, PERIODS
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.units import UnitRow
from archsmith.elicit.words import Token, low_at


def interval_or_factor(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
    """Intervals ("every 20 seconds", "once a minute", "twice a day") and factors in words ("twice as many",
    "double").
    """
    low = tokens[n].low
    if low in ("every", "each"):
        return _every(tokens, n, units)
    times = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(low)
    end = n + 1
    if times is None and low not in ("a", "an"):
        counted = numeral(tokens, n, units)
        if counted is not None and low_at(tokens, counted[1]) in ("times", "time"):
            times, end = counted[0], counted[1] + 1
        elif counted is not None and low_at(tokens, counted[1]) in ("x", "×"):
            often = low_at(tokens, counted[1] + 1) in ("a", "an", "per", "each", "every", "/")
            times, end = (counted[0], counted[1] + 1) if often else (None, end)
            adverb = _DAILY.get(low_at(tokens, counted[1] + 1), "")
            if adverb:
                return _times(tokens, n, counted[0], adverb, counted[1] + 1)
    if times is not None:
        if low == "twice" and low_at(tokens, n + 1) in ("as", "that", "the", "this", "our"):
            return _factor(2.0, n, n + 1)
        join = low_at(tokens, end)
        name = low_at(tokens, end + 1)
        if join in ("a", "an", "per", "each", "every") and name in PERIODS and name not in DAYS:
            return _times(tokens, n, times, PERIODS[name], end + 1)
        return None
    if low in ("double", "triple", "treble", "quadruple") and low_at(tokens, n + 1) in (
        "that",
        "the",
        "this",
        "our",
        "in",
        "today's",
    ):
        return _factor({"double": 2.0, "quadruple": 4.0}.get(low, 3.0), n, n + 1)
    if low in ("doubles", "doubled", "doubling", "triples", "tripled", "tripling", "quadruples"):
        return _factor(2.0 if low[0] == "d" else 4.0 if low[0] == "q" else 3.0, n, n + 1)
    if (
        low in ("double", "triple", "treble", "quadruple")
        and tokens[n].tag == "VERB"
        and low_at(tokens, n + 1) in ("", ".", ",", "by", "every", "within", "next", "over", "in")
    ):
        return _factor({"double": 2.0, "quadruple": 4.0}.get(low, 3.0), n, n + 1)
    if low in ("tenfold", "twofold", "threefold", "fivefold", "fourfold", "hundredfold"):
        names = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "hundred": 100.0}
        return _factor(names[low.removesuffix("fold")], n, n + 1)
    times_of = re.fullmatch(r"[x×](\d{1,3}(?:\.\d+)?)", low)
    if times_of is not None and low not in ("x86", "x64") and n and tokens[n - 1].kind == "word":
        return _factor(float(times_of[1]), n, n + 1)
    if (
        low in ("x", "×")
        and n + 1 < len(tokens)
        and tokens[n + 1].kind == "num"
        and tokens[n + 1].start == tokens[n].end
    ):
        found = numeral(tokens, n + 1, units)
        return _factor(found[0], n, found[1]) if found else None
    return None


def _times(tokens: list[Token], n: int, value: float, per: str, end: int) -> Quantity:
    """So many times a period; `end` is the index of its last word."""
    hedge, start = hedge_before(tokens, n)
    if hedge in ("in", "for", "every", "after", "within"):
        hedge, start = "", n
    return Quantity(
        kind="interval",
        value=value,
        high=None,
        unit="times",
        per=per,
        hedge=hedge,
        each=False,
        start=start,
        core=n,
        mid=end,
        end=end + 1,
    )


_DAILY: Final = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}


def _factor(value: float, start: int, end: int) -> Quantity:
    return Quantity(
        kind="factor",
        value=value,
        high=None,
        unit="ratio",
        per="",
        hedge="",
        each=False,
        start=start,
        core=start,
        mid=end,
        end=end,
    )


def _every(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
    if n + 1 >= len(tokens):
        return None
    found = numeral(tokens, n + 1, units)
    value, end = found if found else (1.0, n + 1)
    row = unit_at(tokens, end, units)
    if row is None or row.kind != "time" or (found is None and row.unit not in ("s", "minutes")):
        return None
    if (
        tokens[end].low in ("second", "sec")
        and found is None
        and low_at(tokens, end + 1) in ("day", "week", "month", "year")
    ):
        return None
    return Quantity(
        kind="interval",
        value=value,
        high=None,
        unit=row.unit,
        per="",
        hedge="",
        each=False,
        start=n,
        core=n,
        mid=end + 1,
        end=end + 1,
    )


def odds(tokens: list[Token], n: int, at: int, value: float, units: Mapping[str, UnitRow]) -> Quantity | None:
    """One out of so many: a ratio of the second number over the first. `at` is the index of the second."""
    found = numeral(tokens, at, units)
    if found is None or value <= 0:
        return None
    hedge, start = hedge_before(tokens, n)
    return Quantity(
        kind="odds",
        value=found[0] / value,
        high=None,
        unit="ratio",
        per="",
        hedge=hedge,
        each=False,
        start=start,
        core=n,
        mid=found[1],
        end=found[1],
    )


_GOALS: Final = frozenset("rpo rto".split())
_LINKS: Final = frozenset(": = of is be shall must should at → - – objective |".split())


def zero_goal(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
    """ "RPO zero", "RPO: 0", "zero RPO", "recovery point objective 0": a span of no length."""
    if tokens[n].low not in ("0", "zero", "nil") or unit_at(tokens, n + 1, units) is not None:
        return None
    k = n - 1
    while k > 0 and tokens[k].low in _LINKS:
        k -= 1
    point = k > 0 and tokens[k].low == "point" and tokens[k - 1].low == "recovery"
    if not point and (k < 0 or tokens[k].low not in _GOALS) and low_at(tokens, n + 1) not in _GOALS:
        return None
    return Quantity(
        kind="time", value=0.0, high=None, unit="s", per="", hedge="", each=False, start=n, core=n, mid=n + 1, end=n + 1
    )


_BEFORE_ONE: Final = frozenset({"at most", "under", "after", "within", "up to"})
_GONE: Final = frozenset("down out offline off-line unavailable away unreachable off".split())


def one_span(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> tuple[float, int] | None:
    """The article of "within an hour", "at most a day", "down for an hour": the number one, before a unit of time."""
    if tokens[n].low not in ("a", "an") or n == 0:
        return None
    row = unit_at(tokens, n + 1, units)
    if row is None or row.kind != "time" or low_at(tokens, n + 1) in ("s", "h", "min", "d", "m"):
        return None
    hedge, start = hedge_before(tokens, n)
    counted = any(
        t.tag == "NUM" and low_at(tokens, k + 1) not in ("%", "percent")
        for k, t in enumerate(tokens[max(0, start - 6) : start], max(0, start - 6))
    )
    told = {t.low for t in tokens[max(0, start - 5) : start]}
    longer = hedge == "over" and low_at(tokens, n - 1) in ("than", "over", "exceed", "exceeds", "exceeding")
    gone = hedge in ("for", "about") and bool(_GONE & told)
    several = low_at(tokens, n + 2) == "or" and low_at(tokens, n + 3) in ("two", "three", "so")
    bound = hedge in _BEFORE_ONE or longer or gone or (several and hedge in ("in", "for", "about"))
    return (1.0, n + 1) if bound and not counted else None
