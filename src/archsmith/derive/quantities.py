"""The stated numbers in plain units: what is counted, in which dimension, how often."""

import enum
import re
from typing import Final

from msgspec import Struct

from archsmith.derive.words import phrase, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import DAY, MONTH, YEAR
from archsmith.model.requirements import Number, NumberRole, NumberStatus

PERIODS: Final[dict[str, float]] = {
    "second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0, "hr": 3600.0, "h": 3600.0,
    "day": float(DAY), "night": float(DAY), "d": float(DAY), "week": 7 * float(DAY), "month": float(MONTH),
    "quarter": float(YEAR) / 4, "year": float(YEAR), "season": float(YEAR) / 4,
}  # fmt: skip
"""Seconds in a period of time, by its name in the singular."""
_BYTES: Final = {
    "byte": 1.0, "b": 1.0, "kb": 1e3, "kib": 1024.0, "mb": 1e6, "mib": 1024.0**2, "gb": 1e9, "gib": 1024.0**3,
    "tb": 1e12, "tib": 1024.0**4, "pb": 1e15, "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12,
}  # fmt: skip
_BITS: Final = {"kbit": 125.0, "mbit": 125e3, "gbit": 125e6, "bit": 0.125}
_SHORT: Final = {"rps": "request", "qps": "query", "tps": "transaction", "rpm": "request", "rph": "request"}
_SHORT_PERIOD: Final = {"rps": "second", "qps": "second", "tps": "second", "rpm": "minute", "rph": "hour"}
_MS: Final = frozenset({"ms", "millisecond"})
_MONEY: Final = frozenset("eur usd gbp chf jpy inr cad aud sek nok dkk pln czk brl mxn euro dollar pound $ € £".split())
_SHARE: Final = frozenset({"percent", "%", "pct", "percentage", "share"})
_NO_NOUN: Final = frozenset({"", "ratio", "factor", "times", "x", "count", "number", "unit", "each"})
_ONE_IN: Final = re.compile(r"\b(?:1|one|every)\b[^.\d]{0,20}?\b(?:out of|in|of)\b")


_ACTIVE: Final = re.compile(r"\b(?:daus?|maus?|(?:daily|monthly) active)\b")
_PER: Final = " per "
_PER_ROLES: Final = frozenset({NumberRole.RATIO, NumberRole.SIZE, NumberRole.LOAD})


def quote_of_number(number: Number) -> str:
    """The words of a number in lower case, or nothing where a person set it."""
    return number.why.at.quote.lower() if isinstance(number.why, Stated) else ""


class Dim(enum.StrEnum):
    """What sort of quantity a number is."""

    COUNT = "count"
    RATE = "rate"
    BYTES = "bytes"
    SECONDS = "seconds"
    MONEY = "money"
    SHARE = "share"
    FACTOR = "factor"


class Quantity(Struct, frozen=True, kw_only=True):
    """A number of the brief, normalised.

    `value` in plain units of `dim`: bytes, seconds, things; a rate is counted per `period` seconds (`period_name`); a
    share is 0 to 1. `noun` is the counted thing, `per` another noun that it holds for each of ("per portal").
    `order` is the place in the brief: line and column as one number.
    """

    number: Number
    noun: str
    dim: Dim
    value: float
    period: float = 0.0
    period_name: str = ""
    per: str = ""
    order: int = 0

    @property
    def quote(self) -> str:
        """The words of the brief, in lower case; empty where a person set the number."""
        return quote_of_number(self.number)

    @property
    def line(self) -> int:
        """The line of the brief, 0 where there is none."""
        return self.number.why.at.line if isinstance(self.number.why, Stated) else 0

    @property
    def per_second(self) -> float:
        """A rate in events a second."""
        return self.value / self.period if self.period else self.value

    @property
    def binding(self) -> bool:
        """False for figures of today, of the past, and those corrected by the brief."""
        return self.number.status in (NumberStatus.TARGET, NumberStatus.CONFLICT)


def quantity(number: Number) -> Quantity:
    """The number in plain units. What no rule knows is a count of its noun."""
    unit = number.unit.strip().lower().replace("/", " per ")
    what, _, what_per = number.what.lower().partition(" per ")
    base, *pers = [piece.strip() for piece in re.split(r"\bper\b|\ban?\b(?= \w)", f" {unit}")]
    if base in _SHORT:
        pers, base = [_SHORT_PERIOD[base], *pers], _SHORT[base]
    value = number.value if number.high is None or number.role is NumberRole.LIMIT else number.high
    period_name, per, period = "", "", 0.0
    for piece in pers:
        words = [singular(w) for w in tokens(piece)]
        if words and words[-1] in PERIODS and not period:
            count = float(words[0]) if len(words) > 1 and words[0].isdigit() else 1.0
            period_name, period = words[-1], PERIODS[words[-1]] * (count or 1.0)
        elif words and words[-1] not in PERIODS:
            per = phrase(piece)
    if not per and what_per and singular(what_per.split()[0]) not in PERIODS:
        per = phrase(what_per)
    subject = phrase(number.subject)
    if (
        not per
        and subject
        and subject not in PERIODS
        and (period or number.role in _PER_ROLES)
        and _PER in quote_of_number(number)
    ):
        per = subject
    noun = phrase(what) or (phrase(base) if base not in _NO_NOUN else "") or phrase(number.subject)
    if _ACTIVE.search(f"{what} {unit} {quote_of_number(number)}"):
        noun, period, period_name = "user", 0.0, ""
        return Quantity(number=number, noun=noun, dim=Dim.COUNT, value=value, order=_order(number))
    dim, value = _dimension(base, value, period, number, per)
    return Quantity(number=number, noun=noun, dim=dim, value=value, period=period, period_name=period_name, per=per,
                    order=_order(number))  # fmt: skip


def _dimension(base: str, value: float, period: float, number: Number, per: str) -> tuple[Dim, float]:
    word = singular(base.split()[-1]) if base else ""
    quote = quote_of_number(number)
    if base in _SHARE or word in _SHARE:
        return Dim.SHARE, value / 100 if base != "share" else value
    if word in _BYTES or base in _BYTES:
        return Dim.BYTES, value * _BYTES.get(base, _BYTES.get(word, 1.0))
    if word in _BITS:
        return Dim.BYTES, value * _BITS[word]
    if base.split(" ")[0] in _MONEY or word in _MONEY or number.role is NumberRole.BUDGET:
        return Dim.MONEY, value
    if base in _MS or word in _MS:
        return Dim.SECONDS, value / 1000
    if (word in PERIODS or base in PERIODS) and not period:
        return Dim.SECONDS, value * PERIODS.get(base, PERIODS.get(word, 1.0))
    if period:
        return Dim.RATE, value
    if base in ("ratio", "factor", "times", "x") or number.role in (NumberRole.RATIO, NumberRole.GROWTH):
        if _ONE_IN.search(quote) and value > 1:
            return Dim.SHARE, 1 / value
        if per or value > 1 or number.role is NumberRole.GROWTH:
            return Dim.FACTOR, value
        return Dim.SHARE, value
    return Dim.COUNT, value


def _order(number: Number) -> int:
    return number.why.at.line * 10_000 + min(number.why.at.column, 9_999) if isinstance(number.why, Stated) else 0


def quantities(numbers: tuple[Number, ...]) -> tuple[Quantity, ...]:
    """All numbers in plain units, in the order of the brief; superseded ones are left out."""
    kept = [quantity(n) for n in numbers if n.status is not NumberStatus.SUPERSEDED and n.value >= 0]
    return tuple(sorted(kept, key=lambda q: (q.order, q.number.id)))
