"""Quantities of a sentence: value or range, unit, period and hedge, with the tokens that they cover."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from archsmith.elicit.numerals import numeral
from archsmith.elicit.tokens import Token
from archsmith.elicit.units import UnitRow, find_unit

_HEDGES: Final = {
    "about": "about",
    "around": "about",
    "roughly": "about",
    "approximately": "about",
    "approx": "about",
    "ca": "about",
    "circa": "about",
    "some": "about",
    "perhaps": "about",
    "maybe": "about",
    "nearly": "about",
    "almost": "about",
    "~": "about",
    "≈": "about",
    "over": "over",
    "above": "over",
    ">": "over",
    "≥": "at least",
    "under": "under",
    "below": "under",
    "within": "within",
    "<": "under",
    "≤": "at most",
    "max": "at most",
    "maximum": "at most",
    "min": "at least",
    "every": "every",
    "each": "every",
    "after": "after",
    "in": "in",
    "for": "for",
}
_PERIODS: Final = {
    "second": "second",
    "sec": "second",
    "s": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "h": "hour",
    "day": "day",
    "night": "day",
    "evening": "day",
    "morning": "day",
    "afternoon": "day",
    "weekday": "day",
    "workday": "day",
    "weekend": "week",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "annum": "year",
    "sunday": "day",
    "monday": "day",
    "tuesday": "day",
    "wednesday": "day",
    "thursday": "day",
    "friday": "day",
    "saturday": "day",
}
_ADVERBS: Final = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}
_FACTOR_NEXT: Final = frozenset(
    "that as the more higher normal usual average larger bigger today's our this these what".split()
)
_VERSIONED: Final = frozenset(
    "version v phase step stage level tier release section article clause chapter page figure table appendix annex item"
    " paragraph no nr number line room track part option scenario sprint milestone year quarter week day rule"
    " type iso iec en"
    " din bs rfc nist sp iab wcag tls oauth http python java node php postgresql postgres mysql windows act pci"
    " dss openapi"
    " asyncapi angular react vue django rails spring dotnet .net ios android soc psd hb sb ab title schedule"
    " regulation".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`kind`: count, time, size, bits, money, percent, rate, factor, interval, odds.

    `value` (with `high` in a range) is in `unit` (empty for a count); `per` is the period of a rate, `each` marks
    "each".
    `start` and `end` are indexes of tokens; the hedge before and the period after are inside. `core` is the numeral's
    first
    token and `mid` the one after its unit.
    """

    kind: str
    value: float
    high: float | None
    unit: str
    per: str
    hedge: str
    each: bool
    start: int
    core: int
    mid: int
    end: int


def quantities(tokens: list[Token], units: Mapping[str, UnitRow]) -> list[Quantity]:
    """The quantities of a sentence from left to right, without version numbers, clause numbers, dates and clock
    times.
    """
    out: list[Quantity] = []
    n = 0
    while n < len(tokens):
        found = _special(tokens, n, units) or _plain(tokens, n, units)
        if found is None:
            n += 1
            continue
        out.append(found)
        n = max(found.end, n + 1)
    return out


def _plain(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
    first = numeral(tokens, n, units)
    if first is None or _identifies(tokens, n, first[1], units):
        return None
    value, end = first
    start = n
    money = _money_before(tokens, n, units)
    high: float | None = None
    if _low(tokens, end) in ("%",) and _low(tokens, end + 1) in ("to", "-", "–"):
        second = numeral(tokens, end + 2, units) if end + 2 < len(tokens) else None
        if second and _low(tokens, second[1]) in ("%", "percent"):
            high, end = second
    if high is None:
        high, end, value = _range(tokens, n, end, value, units)
    unit, kind, end = _unit_after(tokens, end, units)
    if money is not None:
        start = n - 1
        unit, kind = (money.unit, "money") if kind in ("count", "money") else (unit, kind)
    if kind == "odds":
        return _odds(tokens, n, end, value, units)
    if kind == "scaled_money":
        kind = "money"
    per, each, stop = ("", False, end) if kind == "time" else _period(tokens, end, kind)
    hedge, start = _hedge(tokens, start)
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


def _identifies(tokens: list[Token], n: int, end: int, units: Mapping[str, UnitRow]) -> bool:
    """Whether the number names something (WCAG 2.1, phase 2, 24/7, 3rd, 2027) instead of counting."""
    token = tokens[n]
    after = tokens[end] if end < len(tokens) else None
    before = tokens[n - 1] if n else None
    if after is not None and after.start == tokens[end - 1].end:
        if after.low in ("st", "nd", "rd", "th"):
            return True
        if after.low == "/" and _is_num(tokens, end + 1) and tokens[end + 1].start == after.end:
            return True
    if after is not None and after.low in ("am", "pm", "o'clock", "uhr", "a.m", "p.m"):
        return True
    if before is not None and before.low == "/" and n >= 2 and _is_num(tokens, n - 2) and before.end == token.start:
        return True
    if before is None:
        return bool(
            token.kind == "num"
            and after is not None
            and after.low in (")", ".")
            and after.start == token.end
            and n == 0
        )
    if before.low in ("§", "#"):
        return True
    unit = find_unit(units, after.text) if after is not None else None
    measured = unit is not None or (after is not None and after.tag in ("NOUN", "ADJ") and after.kind == "word")
    if before.low in _VERSIONED and before.text.isupper() and unit is None:
        return True
    if before.low in _VERSIONED and not (measured and after is not None and after.text[0].islower()):
        return before.low not in ("no", "number", "day", "week", "page", "part", "level", "line") or not measured
    if before.kind == "word" and before.text.isupper() and len(before.text) > 1 and token.kind == "num":
        currency = find_unit(units, before.text)
        if currency is None or currency.kind != "money":
            if "." in token.text and unit is None:
                return True
            if not measured:
                return "," not in token.text
    if token.kind == "num" and len(token.text) == 4 and token.text[:2] in ("19", "20") and not measured:
        return before.tag in ("PREP", "SUB", "NOUN", "MARK") or before.low in (
            "by",
            "q1",
            "q2",
            "q3",
            "q4",
            "since",
            "early",
            "late",
            "mid",
        )
    if before.text[:1] in "Qq" and before.text[1:].isdigit():
        return True
    return before.low in MONTHS and not measured


MONTHS: Final = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul"
    " aug sep oct"
    " nov dec".split()
)


def _range(
    tokens: list[Token], n: int, end: int, value: float, units: Mapping[str, UnitRow]
) -> tuple[float | None, int, float]:
    """The upper end of "2 to 8", "10-20k", "between 5 and 7"; a scale of the second is taken for the first too."""
    join = _low(tokens, end)
    between = n > 0 and tokens[n - 1].low in ("between", "from")
    if join not in ("to", "-", "–", "—", "till", "until") and not (join == "and" and between) and join != "or":
        return None, end, value
    if end + 1 >= len(tokens):
        return None, end, value
    second = numeral(tokens, end + 1, units)
    if second is None or (second[0] <= value and second[0] * 1000 <= value):
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


def _scale(tokens: list[Token], start: int, stop: int, units: Mapping[str, UnitRow]) -> float:
    out = 1.0
    for k in range(start, stop):
        row = find_unit(units, tokens[k].text)
        if row is not None and row.kind == "scale":
            out *= row.factor
    return out


def _unit_after(tokens: list[Token], end: int, units: Mapping[str, UnitRow]) -> tuple[str, str, int]:
    """Unit, kind and the index after it."""
    if end >= len(tokens):
        return "", "count", end
    token = tokens[end]
    low = token.low
    if low == "-" and end + 1 < len(tokens) and token.start == tokens[end - 1].end:
        row = find_unit(units, tokens[end + 1].text)
        if row is not None and row.kind in ("time", "size"):
            return row.unit, row.kind, end + 2
    if low == "per" and _low(tokens, end + 1) == "cent":
        return "percent", "percent", end + 2
    if low in ("nines", "9s"):
        return "nines", "nines", end + 1
    if (
        low in ("in", "of")
        and _is_num(tokens, end + 1)
        and tokens[end - 1].low in ("1", "one")
        and not _unit_at(tokens, end + 2, units)
    ):
        return "", "odds", end + 1
    if low == "out" and _low(tokens, end + 1) == "of" and _is_num(tokens, end + 2):
        return "", "odds", end + 2
    if low in ("x", "×") and (token.start == tokens[end - 1].end or _low(tokens, end + 1) in _FACTOR_NEXT):
        return "ratio", "factor", end + 1
    if low in ("fold", "-fold"):
        return "ratio", "factor", end + 1
    if low == "-" and _low(tokens, end + 1) == "fold":
        return "ratio", "factor", end + 2
    if low == "times" and _low(tokens, end + 1) in _FACTOR_NEXT:
        return "ratio", "factor", end + 1
    for skip in (0, 1):
        if skip and low not in ("business", "calendar", "working", "full", "short", "long", "whole"):
            break
        row = _unit_at(tokens, end + skip, units)
        if row is not None and row.kind != "scale":
            return row.unit, row.kind, end + skip + 1
    return "", "count", end


def _unit_at(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> UnitRow | None:
    if n >= len(tokens):
        return None
    row = find_unit(units, tokens[n].text)
    if row is None or row.kind == "scale":
        return None
    if tokens[n].text in ("B", "d", "s", "h") and n + 1 < len(tokens) and tokens[n + 1].low == "'":
        return None
    return row


def _money_before(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> UnitRow | None:
    if n == 0:
        return None
    before = tokens[n - 1]
    row = units.get(before.text) or (units.get(before.low) if before.kind == "word" and before.text.isalpha() else None)
    if row is None or row.kind != "money":
        return None
    if before.kind == "word" and not before.text.isupper():
        return None
    return row


def _period(tokens: list[Token], end: int, kind: str) -> tuple[str, bool, int]:
    """The period after a number and its noun: looks past at most six words, not past a mark."""
    each = False
    k = end
    while k < len(tokens) and k < end + 7:
        low = tokens[k].low
        if low in ("each", "apiece") and (k + 1 >= len(tokens) or tokens[k + 1].tag not in ("NOUN", "ADJ")):
            each = True
        follows = _low(tokens, k + 1)
        if low in ("a", "an", "per", "each", "every", "/"):
            step = k + 1
            if follows in ("normal", "typical", "single", "average", "busy", "working", "peak", "calendar"):
                step += 1
            name = _low(tokens, step)
            if name in _PERIODS:
                return _PERIODS[name], each or _low(tokens, step + 1) == "each", step + 1
            if low == "/" and k > end + 1:
                break
        if low == "on" and follows in ("a", "an", "the", "every", "each"):
            step = k + 2
            if _low(tokens, step) in (
                "normal",
                "typical",
                "average",
                "busy",
                "ordinary",
                "peak",
                "good",
                "bad",
                "busiest",
                "usual",
            ):
                step += 1
            if _low(tokens, step) in _PERIODS and _low(tokens, step) not in (
                "night",
                "evening",
                "second",
                "minute",
                "hour",
                "month",
                "year",
            ):
                return _PERIODS[_low(tokens, step)], each, step + 1
        if low in ("on", "in") and follows in ("one", "a") and _low(tokens, k + 2) in ("day", "single"):
            return "day", each, k + 3 + (_low(tokens, k + 2) == "single")
        if low == "on" and (
            follows.rstrip("s") in _DAYS or (follows in ("other", "normal", "most") and _low(tokens, k + 2) == "days")
        ):
            return "day", each, k + 2
        if low in _ADVERBS and follows != "active":
            return _ADVERBS[low], each, k + 1
        if tokens[k].tag in ("VERB", "AUX", "MODAL", "NUM", "SUB") or tokens[k].low in (
            ",",
            ";",
            ".",
            "(",
            ")",
            ":",
            "and",
            "or",
            "but",
        ):
            break
        k += 1
    return "", each, end


_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday weekday".split())


def _hedge(tokens: list[Token], n: int) -> tuple[str, int]:
    """The hedge before a number: "about", "up to", "at least", "no more than"."""
    low = [tokens[k].low for k in range(max(0, n - 4), n)]
    if low[-1:] == ["."] and low[-2:-1] and low[-2] in ("max", "min", "approx", "ca"):
        name = {"max": "at most", "min": "at least"}.get(low[-2], "about")
        return name, n - 2
    two, three = " ".join(low[-2:]), " ".join(low[-3:])
    if three in (
        "no more than",
        "not more than",
        "no later than",
        "no longer than",
        "not longer than",
        "no greater than",
    ):
        return "at most", n - 3
    for words, name in (
        ("up to", "up to"),
        ("at least", "at least"),
        ("at most", "at most"),
        ("more than", "over"),
        ("greater than", "over"),
        ("longer than", "over"),
        ("less than", "under"),
        ("fewer than", "under"),
        ("lower than", "under"),
        ("better than", "under"),
        ("faster than", "under"),
        ("on average", "about"),
        ("as many", "about"),
    ):
        if two == words:
            wider = [t.low for t in tokens[max(0, n - 6) : n - 2]]
            negated = (
                bool({"no", "not", "never"} & set(wider))
                and name == "over"
                and "," not in wider
                and "for" not in wider[-1:]
            )
            return ("at most" if negated else name), n - 2
    if low and low[-1] in _HEDGES:
        return _HEDGES[low[-1]], n - 1
    return "", n


def _special(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> Quantity | None:
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
        if counted is not None and _low(tokens, counted[1]) in ("times", "time"):
            times, end = counted[0], counted[1] + 1
    if times is not None:
        if low == "twice" and _low(tokens, n + 1) in ("as", "that", "the", "this", "our"):
            return _factor(2.0, n, n + 1)
        join = _low(tokens, end)
        name = _low(tokens, end + 1)
        if join in ("a", "an", "per", "each", "every") and name in _PERIODS and name not in _DAYS:
            blank = {"kind": "interval", "high": None, "hedge": "", "each": False, "start": n, "core": n}
            return Quantity(value=times, unit="times", per=_PERIODS[name], mid=end, end=end + 2, **blank)  # type: ignore[arg-type]
        return None
    if low in ("double", "triple", "treble", "quadruple") and _low(tokens, n + 1) in (
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
        low == "double"
        and tokens[n].tag == "VERB"
        and _low(tokens, n + 1) in ("", ".", ",", "by", "every", "within", "next", "over")
    ):
        return _factor(2.0, n, n + 1)
    if low in ("tenfold", "twofold", "threefold", "fivefold", "fourfold", "hundredfold"):
        names = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "hundred": 100.0}
        return _factor(names[low.removesuffix("fold")], n, n + 1)
    if (
        low in ("x", "×")
        and n + 1 < len(tokens)
        and tokens[n + 1].kind == "num"
        and tokens[n + 1].start == tokens[n].end
    ):
        found = numeral(tokens, n + 1, units)
        return _factor(found[0], n, found[1]) if found else None
    return None


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
    row = _unit_at(tokens, end, units)
    if row is None or row.kind != "time" or (found is None and row.unit not in ("s", "minutes")):
        return None
    if (
        tokens[end].low in ("second", "sec")
        and found is None
        and _low(tokens, end + 1) in ("day", "week", "month", "year")
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


def _odds(tokens: list[Token], n: int, at: int, value: float, units: Mapping[str, UnitRow]) -> Quantity | None:
    found = numeral(tokens, at, units)
    if found is None or value <= 0:
        return None
    hedge, start = _hedge(tokens, n)
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


def _nines(count: float) -> float:
    """Three nines are 99.9 percent; four and a half are 99.995."""
    whole = int(min(count, 9))
    base = 100.0 - 10.0 ** (2 - whole)
    return round(base + (5 * 10.0 ** (1 - whole) if count - whole >= 0.5 else 0.0), 9)


def _is_num(tokens: list[Token], n: int) -> bool:
    return 0 <= n < len(tokens) and (tokens[n].kind == "num" or tokens[n].tag == "NUM")


def _low(tokens: list[Token], n: int) -> str:
    return tokens[n].low if 0 <= n < len(tokens) else ""


def moved(quantity: Quantity, **changes: object) -> Quantity:
    """The quantity with other fields."""
    return replace(quantity, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass
