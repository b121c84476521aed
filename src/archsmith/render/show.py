"""Numbers as people read them: the one place where a value of the model becomes digits.

Every function rounds one value and adds its unit; none combines two. `forms` gives all ways in which a value may be
shown, which is how the tests find each number of a document again in design.json.
"""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

_WORDS: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_BYTES: Final = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_DAY: Final = 86_400.0
_POWER: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?e[+-]?\d{1,3}(?![\w.])")


def number(value: float) -> str:
    """A plain number: whole ones below a million in full, others with about three digits.

    >>> number(4200), number(61.12), number(0.0214), number(2_640_000)
    ('4,200', '61.1', '0.021', '2.64 million')
    """
    if value < 0:
        return f"-{number(-value)}"
    for scale, word in _WORDS:
        if value >= scale:
            return f"{_three(value / scale)} {word}"
    return f"{int(value):,}" if value == int(value) else _three(value)


def rate(value: float) -> str:
    """Events a second; slow ones a day or a month.

    >>> rate(61.12), rate(0.0022), rate(0.000002)
    ('61.1/s', '190/day', '5.26/month')
    """
    if value >= 0.1 or value <= 0:
        return f"{number(value)}/s"
    if value * _DAY >= 1:
        return f"{_three(value * _DAY)}/day"
    return f"{_three(value * 2_630_000)}/month"


def requests(value: float) -> str:
    """`rate` of requests, to be read in a sentence.

    >>> requests(61.12), requests(0.0022)
    ('61.1 requests/s', '190 requests a day')
    """
    shown, _, unit = rate(value).rpartition("/")
    return f"{shown} requests/s" if unit == "s" else f"{shown} requests a {unit}"


def size(value: float) -> str:
    """Bytes in decimal multiples.

    >>> size(10_080_000_000), size(512)
    ('10.1 GB', '512 B')
    """
    for scale, unit in _BYTES:
        if value >= 0.9995 * scale:
            return f"{_three(value / scale)} {unit}"
    return f"{_three(value)} B"


def memory(value: float) -> str:
    """Bytes of memory as providers name them: binary multiples where the value is one.

    >>> memory(2 * 2**30), memory(4e9)
    ('2 GiB', '4 GB')
    """
    for scale, unit in ((2**30, "GiB"), (2**20, "MiB")):
        if value >= scale and value % (scale / 4) == 0:
            return f"{_three(value / scale)} {unit}"
    return size(value)


def duration(value: float) -> str:
    """Seconds, from milliseconds to days.

    >>> duration(0.35), duration(1.5), duration(900), duration(86400), duration(20 * 86400)
    ('350 ms', '1.5 s', '15 min', '24 h', '20 days')
    """
    if 0 < value < 1:
        return f"{_three(value * 1e3)} ms"
    if value < 60 or (value < 120 and value % 60):
        return f"{_three(value)} s"
    if value < 3600 or (value < 7200 and value % 3600):
        return f"{_three(value / 60)} min"
    if value < 2 * _DAY:
        return f"{_three(value / 3600)} h"
    return days(value / _DAY)


def days(value: float) -> str:
    """Days.

    >>> days(1), days(7.5)
    ('1 day', '7.5 days')
    """
    shown = _three(value)
    return f"{shown} day" if shown == "1" else f"{shown} days"


def person_days(value: float) -> str:
    """Days of work, to the half day below a hundred.

    >>> person_days(12.26), person_days(140.2)
    ('12.5 person-days', '140 person-days')
    """
    return f"{work(value)} person-days"


def work(value: float) -> str:
    """Days of work without their unit, for a table whose header names it.

    >>> work(12.26), work(3)
    ('12.5', '3')
    """
    return _trim(f"{round(value * 2) / 2:.1f}") if value < 100 else f"{value:,.0f}"


def effort(value: float) -> str:
    """Days of a small piece of work, which half days would hide.

    >>> effort(0.3), effort(1), effort(25.5)
    ('0.3 person-days', '1 person-day', '25.5 person-days')
    """
    return f"{number(value)} person-{'day' if value == 1 else 'days'}"


def months(value: float) -> str:
    """Months; whole years from two years on, days below one month (of 30.44 days).

    >>> months(84), months(18), months(4.26), months(0.5)
    ('7 years', '18 months', '4.3 months', '15 days')
    """
    if 0 < value < 0.95:
        return days(round(value * 30.4375) or value * 30.4375)
    if value >= 24 and value % 12 == 0:
        return f"{_three(value / 12)} years"
    shown = _trim(f"{value:.1f}")
    return f"{shown} month" if shown == "1" else f"{shown} months"


def hours(value: float) -> str:
    """Hours of work.

    >>> hours(12.44)
    '12.4 h'
    """
    return f"{_three(value)} h"


def money(value: float) -> str:
    """US dollars, cents only below a hundred.

    >>> money(812.4), money(3.4), money(1_250_000)
    ('$812', '$3.40', '$1.25 million')
    """
    if value < 0:
        return f"-{money(-value)}"
    if value >= 1e6:
        return f"${number(value)}"
    if value >= 99.995 or value == int(value):
        return f"${value:,.0f}"
    return f"${value:.2f}" if value >= 0.01 else f"${_three(value)}"


def price(value: float) -> str:
    """A unit price in US dollars, with the digits it needs.

    >>> price(0.0000125), price(0.115), price(32)
    ('$0.0000125', '$0.115', '$32')
    """
    if value <= 0 or value >= 1:
        return money(value)
    return f"${_trim(f'{value:.{2 - math.floor(math.log10(value))}f}')}"


def percent(value: float) -> str:
    """A share of one, to the percent; two digits below ten.

    >>> percent(0.613), percent(0.0234), percent(1.2)
    ('61%', '2.3%', '120%')
    """
    share = value * 100
    return f"{share:,.0f}%" if share >= 10 or share <= 0 else f"{_significant(share, 2)}%"


def nines(value: float) -> str:
    """An availability, with the digits that tell it from one.

    >>> nines(0.999), nines(0.99953), nines(1.0)
    ('99.9%', '99.953%', '100%')
    """
    away = 1 - value
    if away <= 1e-9:
        return "100%"
    decimals = max(0, min(7, 1 - math.floor(math.log10(away * 100))))
    return f"{_trim(f'{value * 100:.{decimals}f}')}%"


def factor(value: float) -> str:
    """A multiple.

    >>> factor(10), factor(2.5)
    ('10×', '2.5×')
    """
    return f"{number(value)}×"


def decimal(value: float) -> str:
    """A quantity of a bill: whole ones in full, others to two places at most.

    >>> decimal(1460), decimal(12.345)
    ('1,460', '12.35')
    """
    if value == int(value):
        return f"{int(value):,}"
    return _trim(f"{value:,.2f}") if abs(value) >= 1 else _three(value)


def figure(value: float, unit: str) -> str:
    """A number with the unit that the model gives it, in the form of its kind.

    >>> figure(61.12, "rps"), figure(2e6, "bytes"), figure(1500, "users"), figure(0.04048, "USD per GB-month")
    ('61.1/s', '2 MB', '1,500 users', '$0.0405 per GB-month')
    """
    shown = _UNITS.get(unit.strip().lower())
    if shown:
        return shown(value)
    if unit.startswith("USD per "):
        return f"{price(value)} {unit[4:]}"
    one = value == 1 and unit.isalpha() and unit.endswith("s")
    return f"{number(value)} {unit[:-1] if one else unit}"


def formula(raw: str) -> str:
    """Arithmetic with its digits written out: no powers of ten.

    >>> formula("3.80228e-07 * 2630000")
    '0.000000380228 * 2630000'
    """
    return _POWER.sub(lambda found: format(Decimal(found.group()), "f"), raw)


def _monthly(shown: Callable[[float], str]) -> Callable[[float], str]:
    return lambda value: f"{shown(value)} a month"


_UNITS: Final[dict[str, Callable[[float], str]]] = {
    **dict.fromkeys(("rps", "requests/s", "per second", "1/s", "per s", "/s", "queries/s", "messages/s"), rate),
    **dict.fromkeys(("bytes", "byte", "b"), size),
    **dict.fromkeys(("bytes per month", "bytes/month"), _monthly(size)),
    **dict.fromkeys(("bytes/s", "bytes per second"), lambda value: f"{size(value)}/s"),
    **dict.fromkeys(("s", "second", "seconds"), duration),
    **dict.fromkeys(("usd", "$"), money),
    **dict.fromkeys(("usd/month", "usd per month"), _monthly(money)),
    **dict.fromkeys(("usd/hour", "usd per hour"), lambda value: f"{money(value)} an hour"),
    **dict.fromkeys(("probability", "availability"), nines),
    **dict.fromkeys(("utilisation", "share"), percent),
    **dict.fromkeys(("month", "months"), months),
    **dict.fromkeys(("day", "days"), days),
    **dict.fromkeys(("hour", "hours", "h"), hours),
    **dict.fromkeys(("ratio", "count", ""), number),
    "person-days": person_days,
    "factor": factor,
}

FORMATS: Final[tuple[Callable[[float], str], ...]] = (
    number,
    rate,
    requests,
    size,
    memory,
    duration,
    days,
    person_days,
    work,
    effort,
    months,
    hours,
    money,
    price,
    percent,
    nines,
    factor,
    decimal,
)


def forms(value: float) -> frozenset[str]:
    """Every way in which this module shows a value."""
    return frozenset(show(value) for show in FORMATS)


def _three(value: float) -> str:
    if value >= 100 or value == 0:
        return f"{value:,.0f}"
    if value >= 10:
        return _trim(f"{value:.1f}")
    return _trim(f"{value:.2f}") if value >= 1 else _significant(value, 2)


def _significant(value: float, digits: int) -> str:
    return _trim(f"{value:.{max(0, digits - 1 - math.floor(math.log10(value)))}f}") if value > 0 else "0"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
