"""Units of the brief: what a word after or before a number measures."""

import functools
from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class UnitRow(Value, frozen=True, kw_only=True):
    """A unit: `kind` is scale, time, size, bits, money, percent or rate; `words` as briefs write it."""

    id: str
    kind: str
    factor: float
    words: str
    unit: str = ""


UNITS: Final = Table("units", UnitRow)


@functools.lru_cache(maxsize=8)
def unit_words(catalogue: Catalogue) -> Mapping[str, UnitRow]:
    """Units by the words that name them; a word with a capital is found only as it is written."""
    out: dict[str, UnitRow] = {}
    for row in catalogue.table(UNITS).values():
        for word in row.words.split():
            out.setdefault(word, row)
    return out


def find_unit(words: Mapping[str, UnitRow], text: str) -> UnitRow | None:
    """The unit that a word names, first as written, then in lower case."""
    row = words.get(text)
    if row is not None:
        return row
    low = words.get(text.lower())
    return low if low is not None and len(text) > 1 else None


def seconds(value: float, unit: str) -> float:
    """A duration in seconds; units as the reader names them."""
    return value * _SECONDS[unit]


_SECONDS: Final = {
    "us": 1e-6,
    "ms": 1e-3,
    "s": 1.0,
    "minutes": 60.0,
    "hours": 3600.0,
    "days": 86_400.0,
    "weeks": 604_800.0,
    "months": 2_630_000.0,
    "quarters": 7_890_000.0,
    "years": 31_560_000.0,
}
