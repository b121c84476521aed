"""How a changed value is written: `20k`, `10x`, `+20%`, `99.99`, `200ms`, `30 min`, `5000EUR`, `2TB`, `6 months`."""

import enum
import math
import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from archsmith.kernel.units import DAY, MONTH


class Kind(enum.StrEnum):
    """What sort of value a lever takes."""

    COUNT = "count"
    RATIO = "ratio"
    RATE = "rate"
    SHARE = "share"
    TIME = "time"
    MONTHS = "months"
    MONEY = "money"
    SIZE = "size"
    WORDS = "words"
    FLAG = "flag"


class Amount(Struct, frozen=True):
    """Either a `factor` on what there is, or a new `value` in plain units (seconds, bytes, months, 0 to 1).

    `currency` of money as it was written, empty where none was; `words` of a list; `flag` of yes or no.
    """

    factor: float | None = None
    value: float | None = None
    currency: str = ""
    words: tuple[str, ...] = ()
    flag: bool | None = None


class Unfit(ValueError):
    """The text is no value of that kind; the message says what one looks like."""


MOST: Final = 1e4
"""Times as much, or as little: beyond it nothing of the brief is left to compare with."""
_LONGEST: Final = 60
_LARGEST: Final = 1e15
_FACTOR: Final = re.compile(r"(?:[x×*]\s?([0-9.]+)|([0-9.]+)\s?[x×])")
_PERCENT_MORE: Final = re.compile(r"([+-])\s?([0-9.]+)\s?%")
_NUMBER: Final = re.compile(r"([^0-9.,\s]*)\s*([0-9][0-9,_]*(?:\.[0-9]+)?)\s*(.*)")
_SCALES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_TIMES: Final = {
    **dict.fromkeys(("ms", "msec", "milliseconds", "millisecond"), 1e-3),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), float(DAY)),
    **dict.fromkeys(("w", "week", "weeks"), 7.0 * DAY),
    **dict.fromkeys(("month", "months"), float(MONTH)),
    **dict.fromkeys(("y", "year", "years"), 12.0 * MONTH),
}
_SIZES: Final = {"b": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15}
_SYMBOLS: Final = {"$": "USD", "€": "EUR", "£": "GBP"}
_FLAGS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
}
_LIKE: Final = {
    Kind.COUNT: "a number or a factor: 20000, 20k, 10x, +20%",
    Kind.RATIO: "a number or a factor: 4, 2x, +20%",
    Kind.RATE: "requests a second or a factor: 500, 10x, +20%",
    Kind.SHARE: "a percentage below 100: 99.95",
    Kind.TIME: "a time with its unit or a factor: 200ms, 5min, 4h, 0.5x",
    Kind.MONTHS: "months, or a time with its unit, or a factor: 6, 20 weeks, 0.5x",
    Kind.MONEY: "an amount or a factor: 5000, 5000EUR, 2x, -20%",
    Kind.SIZE: "a size with its unit or a factor: 500GB, 2TB, 3x",
    Kind.WORDS: "names joined by commas: de,fr",
    Kind.FLAG: "yes or no",
}


def like(kind: Kind) -> str:
    """What a value of this kind looks like."""
    return _LIKE[kind]


def amount(text: str, kind: Kind) -> Amount:
    """The value. Raises Unfit where the text is none of that kind."""
    raw = " ".join(text.split())
    if not raw or len(raw) > _LONGEST:
        raise Unfit(like(kind))
    low = raw.lower()
    if kind is Kind.FLAG:
        if low not in _FLAGS:
            raise Unfit(like(kind))
        return Amount(flag=_FLAGS[low])
    if kind is Kind.WORDS:
        words = tuple(dict.fromkeys(w.strip() for w in low.split(",") if w.strip()))
        if not words or not all(re.fullmatch(r"[a-z0-9][a-z0-9 _.+#-]*", w) for w in words):
            raise Unfit(like(kind))
        return Amount(words=words)
    factor = _factor(low)
    if factor is not None:
        if kind is Kind.SHARE or not 1 / MOST <= factor <= MOST:
            raise Unfit(like(kind))
        return Amount(factor=factor)
    return _absolute(raw, kind)


def _factor(low: str) -> float | None:
    times = _FACTOR.fullmatch(low)
    if times:
        return _float(times[1] or times[2])
    more = _PERCENT_MORE.fullmatch(low)
    share = _float(more[2]) if more else None
    if more is None or share is None:
        return None
    return 1 + share / 100 if more[1] == "+" else 1 - share / 100


def _absolute(raw: str, kind: Kind) -> Amount:
    match = _NUMBER.fullmatch(raw)
    value = _float(re.sub("[,_]", "", match[2])) if match else None
    if match is None or value is None:
        raise Unfit(like(kind))
    before, after = match[1].strip(), match[3].strip()
    currency = ""
    if kind is Kind.MONEY:
        currency, after = _currency(before, after)
        before = ""
    scale = None if before else _scale(after.lower(), kind)
    if scale is None:
        raise Unfit(like(kind))
    value *= scale
    if kind is Kind.SHARE and value > 1:
        value = round(value / 100, 12)
    fits = 0 < value < 1 if kind is Kind.SHARE else 0 < value <= _LARGEST
    if not fits or not math.isfinite(value) or (kind is Kind.COUNT and value < 1):
        raise Unfit(like(kind))
    return Amount(value=value, currency=currency)


def _scale(unit: str, kind: Kind) -> float | None:
    if kind is Kind.TIME:
        return _TIMES.get(unit)
    if kind is Kind.MONTHS:
        return 1.0 if not unit else _TIMES[unit] / MONTH if unit in _TIMES else None
    if kind is Kind.SIZE:
        return _SIZES.get(unit)
    if kind is Kind.SHARE:
        return 1.0 if unit in ("", "%", "percent") else None
    if kind is Kind.RATE and unit in ("/s", "rps", "requests/s", "per second", "a second"):
        return 1.0
    return _SCALES.get(unit)


def _currency(before: str, after: str) -> tuple[str, str]:
    """The currency and what is left behind the number: `$`, `5k EUR`, `5000 euros a month`."""
    rest = re.sub(r"\s*(?:/|per|a)\s*month$", "", after, flags=re.IGNORECASE)
    word = re.fullmatch(r"(k|m|mn|bn)?\s*([a-z]{3}|[$€£])?", rest, re.IGNORECASE)
    if word is None:
        raise Unfit(like(Kind.MONEY))
    named = before or word[2] or ""
    return _SYMBOLS.get(named, named.upper()), word[1] or ""


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
