"""The unit after a number, or the currency before it."""

from collections.abc import Mapping
from typing import Final

from archsmith.elicit.units import UnitRow, find_unit
from archsmith.elicit.words import Token, is_number, low_at

FACTOR_NEXT: Final = frozenset(
    "that as the more higher normal usual average larger bigger today's our this these what".split()
)


_KIND_OF_SPAN: Final = frozenset(
    "business calendar working full short long whole consecutive successive straight continuous elapsed bank trading"
    " office solid busy further additional more extra other good".split()
)


_ABBREVIATED: Final = frozenset("rs eur fr".split())


def unit_after(tokens: list[Token], end: int, units: Mapping[str, UnitRow]) -> tuple[str, str, int]:
    """Unit, kind and the index after it."""
    if end >= len(tokens):
        return "", "count", end
    token = tokens[end]
    low = token.low
    if low == "-" and end + 1 < len(tokens) and token.start == tokens[end - 1].end:
        row = find_unit(units, tokens[end + 1].text)
        if row is not None and row.kind in ("time", "size"):
            return row.unit, row.kind, end + 2
    if low == "per" and low_at(tokens, end + 1) == "cent":
        return "percent", "percent", end + 2
    if low in ("nines", "9s"):
        return "nines", "nines", end + 1
    if (
        low in ("in", "of")
        and is_number(tokens, end + 1)
        and (tokens[end - 1].low in ("1", "one") or tokens[end + 1].low in ("10", "ten", "100"))
        and not unit_at(tokens, end + 2, units)
    ):
        return "", "odds", end + 1
    if low == "out" and low_at(tokens, end + 1) == "of" and is_number(tokens, end + 2):
        return "", "odds", end + 2
    if low in ("x", "×") and (token.start == tokens[end - 1].end or low_at(tokens, end + 1) in FACTOR_NEXT):
        return "ratio", "factor", end + 1
    if low in ("fold", "-fold"):
        return "ratio", "factor", end + 1
    if low == "-" and low_at(tokens, end + 1) == "fold":
        return "ratio", "factor", end + 2
    if low == "times" and low_at(tokens, end + 1) in FACTOR_NEXT:
        return "ratio", "factor", end + 1
    for skip in (0, 1):
        if skip and low not in _KIND_OF_SPAN:
            break
        row = unit_at(tokens, end + skip, units)
        if row is not None and row.kind != "scale":
            return row.unit, row.kind, end + skip + 1
    return "", "count", end


def unit_at(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> UnitRow | None:
    """The unit that the token at `n` names; a scale such as "million" is none."""
    if n >= len(tokens):
        return None
    row = find_unit(units, tokens[n].text)
    if row is None or row.kind == "scale":
        return None
    if tokens[n].text in ("B", "d", "s", "h") and n + 1 < len(tokens) and tokens[n + 1].low == "'":
        return None
    return row


def money_before(tokens: list[Token], n: int, units: Mapping[str, UnitRow]) -> UnitRow | None:
    """The currency that stands before the number at `n`: "EUR 1,500", "$5"."""
    if n == 0:
        return None
    before = tokens[n - 1]
    if n > 1 and before.start == tokens[n - 2].end:
        pair = units.get(tokens[n - 2].text + before.text)
        if pair is not None and pair.kind == "money":
            return pair
        if before.low == "." and tokens[n - 2].low in _ABBREVIATED:
            before = tokens[n - 2]
    row = units.get(before.text) or (units.get(before.low) if before.kind == "word" and before.text.isalpha() else None)
    if row is None or row.kind != "money":
        return None
    if before.kind == "word" and not before.text.isupper() and before.text[0].islower():
        return None
    return row
