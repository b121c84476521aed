"""Limits of a value as its column's CHECK states them, so that the API and the database refuse the same things."""

import re
from typing import Any, Final

from archsmith.model.contracts import Column

_LENGTH: Final = re.compile(r"char_length\(\w+\) <= (\d+)")
_AT_LEAST: Final = re.compile(r"\w+ >= (-?\d+)")
_MORE_THAN: Final = re.compile(r"\w+ > (-?\d+)")
_BETWEEN: Final = re.compile(r"\w+ BETWEEN (-?\d+) AND (-?\d+)")
_ONE_OF: Final = re.compile(r"\w+ IN \(('[a-z0-9_]+'(?:, '[a-z0-9_]+')*)\)")
_MATCHES: Final = re.compile(r"\w+ ~ '([^']+)'")
_NUMERIC: Final = re.compile(r"numeric\((\d+),\s*(\d+)\)")


def bounds(column: Column | None) -> dict[str, Any]:
    """JSON Schema keywords that say what the column's CHECK says; empty where there is none."""
    check = column.check if column else ""
    if found := _LENGTH.match(check):
        return {"maxLength": int(found[1])}
    if found := _AT_LEAST.fullmatch(check):
        return {"minimum": int(found[1])}
    if found := _MORE_THAN.fullmatch(check):
        return {"exclusiveMinimum": int(found[1])}
    if found := _BETWEEN.fullmatch(check):
        return {"minimum": int(found[1]), "maximum": int(found[2])}
    if found := _ONE_OF.fullmatch(check):
        return {"enum": [word.strip("'") for word in found[1].split(", ")]}
    if found := _MATCHES.fullmatch(check):
        return {"pattern": found[1]}
    return {}


def decimal_pattern(column: Column | None, signed: bool) -> str:
    """A pattern for a decimal number as text, with the digits that a `numeric(p,s)` column holds."""
    found = _NUMERIC.fullmatch(column.type) if column else None
    sign = "-?" if signed else ""
    if not found:
        return rf"^{sign}\d+(\.\d+)?$"
    whole, fraction = int(found[1]) - int(found[2]), int(found[2])
    return rf"^{sign}\d{{1,{whole}}}(\.\d{{1,{fraction}}})?$" if fraction else rf"^{sign}\d{{1,{whole}}}$"
