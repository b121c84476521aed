"""A key with its value as a phrase that people would write: "orders_per_day: 300" reads "orders: 300 per day"."""

import re
from array import array
from typing import Final

from archsmith.elicit.source import Piece, Source

_SUFFIXES: Final = {
    "ms": "ms", "s": "s", "sec": "s", "secs": "s", "seconds": "seconds", "min": "minutes", "mins": "minutes",
    "minutes": "minutes", "h": "hours", "hours": "hours", "days": "days", "weeks": "weeks", "months": "months",
    "years": "years", "kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB", "pct": "%", "percent": "%", "eur": "EUR",
    "usd": "USD", "gbp": "GBP", "chf": "CHF", "rps": "requests per second", "qps": "queries per second",
    "tps": "transactions per second", "rpm": "requests per minute", "daily": "per day", "monthly": "per month",
    "yearly": "per year", "hourly": "per hour",
}  # fmt: skip
"""The last word of a key that is the unit of its value."""
_COUNTED: Final = {
    "team": "engineers",
    "team size": "engineers",
    "headcount": "engineers",
    "concurrency": "concurrent users",
}
"""What a bare number under such a key counts."""
_PERIODS: Final = frozenset("second minute hour day week month quarter year user customer order device".split())
_NUMBER: Final = re.compile(r"[~<>≤≥]?\s*[\d.,_]+\s*[kKmM]?(?:\s*-\s*[\d.,]+\s*[kKmM]?)?$")
_DIGITS: Final = re.compile(r"(?<=\d)_(?=\d)")
_FLOW: Final = re.compile(r"[\[\]{}\"']")


def phrased(source: Source, key: tuple[int, int] | None, values: list[tuple[int, int]]) -> Piece:
    """The words of a key and its value in reading order; what is put in stands for the character before it."""
    out: list[str] = []
    at = array("L")

    def add(text: str, places: list[int]) -> None:
        out.append(text)
        at.extend(places)

    unit = ""
    if key is not None:
        words = source.text[key[0] : key[1]]
        bare = len(values) == 1 and _NUMBER.match(source.text[values[0][0] : values[0][1]].strip())
        kept, unit = split_unit(words) if bare else (len(words), "")
        plain = re.sub(r"[_ ]+", " ", words.lower())
        unit = unit or (_COUNTED.get(plain, "") if bare else "")
        name = re.sub(r"[_/]|(?<=[a-z])-(?=[a-z])", " ", words[:kept])
        add(name, list(range(key[0], key[0] + kept)))
        if values:
            add(": ", [key[0] + kept - 1] * 2)
    for n, (start, end) in enumerate(values):
        if n:
            add(" ", [start])
        text = _DIGITS.sub(",", source.text[start:end])
        add(_FLOW.sub(" ", text), list(range(start, end)))
    if unit and values:
        add(f" {unit}", [values[-1][1] - 1] * (len(unit) + 1))
    return Piece(source=source, text="".join(out), at=at)


def split_unit(key: str) -> tuple[int, str]:
    """How much of a key is its name, and the unit that its end says; the empty string where it says none.

    >>> (
    ...     split_unit("orders_per_day"),
    ...     split_unit("latency_p95_ms"),
    ...     split_unit("budget_eur_per_month"),
    ...     split_unit("team"),
    ... )
    ((6, 'per day'), (11, 'ms'), (6, 'EUR per month'), (4, ''))
    """
    words = re.split(r"[_ ]", key.lower())
    units: list[str] = []
    while len(words) > 1:
        if len(words) > 2 and words[-2] == "per" and words[-1] in _PERIODS:
            units.insert(0, f"per {words[-1]}")
            words = words[:-2]
        elif words[-1] in _SUFFIXES:
            units.insert(0, _SUFFIXES[words[-1]])
            words = words[:-1]
        else:
            break
    return (len(" ".join(words)), " ".join(units)) if units else (len(key), "")
