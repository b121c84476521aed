"""Numbers that name something instead of counting: versions, clauses, phases, years, clock times."""

from collections.abc import Mapping
from typing import Final

from archsmith.elicit.units import UnitRow, find_unit
from archsmith.elicit.words import Token, is_number

_VERSIONED: Final = frozenset(
    "version v phase step stage level tier release section article clause chapter page figure table appendix annex item"
    " paragraph no nr number line room track part option scenario sprint milestone year quarter week day rule"
    " type iso iec en"
    " din bs rfc nist sp iab wcag tls oauth http python java node php postgresql postgres mysql windows act pci"
    " dss openapi"
    " asyncapi angular react vue django rails spring dotnet .net ios android soc psd hb sb ab title schedule"
    " regulation".split()
)


def identifies(tokens: list[Token], n: int, end: int, units: Mapping[str, UnitRow]) -> bool:
    """Whether the number names something (WCAG 2.1, phase 2, 24/7, 3rd, 2027) instead of counting."""
    token = tokens[n]
    after = tokens[end] if end < len(tokens) else None
    before = tokens[n - 1] if n else None
    if after is not None and after.start == tokens[end - 1].end:
        if after.low in ("st", "nd", "rd", "th"):
            return True
        if after.low == "/" and is_number(tokens, end + 1) and tokens[end + 1].start == after.end:
            return True
    if after is not None and after.start == tokens[end - 1].end and after.text in ("G", "D", "FA", "P"):
        return True
    if after is not None and after.low in ("am", "pm", "o'clock", "uhr", "a.m", "p.m"):
        return True
    if before is not None and before.low == "/" and n >= 2 and is_number(tokens, n - 2) and before.end == token.start:
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
