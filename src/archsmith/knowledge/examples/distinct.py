"""Makes rows obey what a table says of several values at once: ends after beginnings, no two rows alike."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Final

from archsmith.knowledge.examples.values import stamp
from archsmith.model.contracts import Table
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape

Row = dict[str, Any]
_SPAN: Final = re.compile(
    r"(?:CAST\()?(?P<last>\w+)(?: AS REAL\))? (?P<sign>>=?) (?:CAST\()?(?P<first>\w+)(?: AS REAL\))?"
)
_LOWER: Final = re.compile(r"lower\((\w+)\)")


def ordered_spans(table: Table, row: Row) -> Row:
    """The row with each beginning before its end."""
    for check in table.checks:
        found = _SPAN.fullmatch(check.expression)
        if found is None or row.get(found["first"]) is None or row.get(found["last"]) is None:
            continue
        first, last = row[found["first"]], row[found["last"]]
        if _size(first) > _size(last):
            row = row | {found["first"]: last, found["last"]: first}
        elif first == last and found["sign"] == ">":
            row = row | {found["last"]: _later(last)}
    return row


def _size(value: Any) -> Any:
    try:
        return float(value)
    except ValueError:
        return str(value)


def _later(value: Any) -> Any:
    if isinstance(value, str) and "T" in value:
        return stamp(datetime.fromisoformat(value) + timedelta(hours=1))
    return value + 1 if isinstance(value, int | float) else value


def distinct(table: Table, shape: Shape, rows: list[Row], roots: int) -> list[Row]:
    """The rows with no two alike in what must be unique. One that cannot be told apart goes, if nothing refers to it:
    only the first `roots` rows are referred to."""
    generated = {c.name: m[1] for c in table.columns if (m := _LOWER.fullmatch(c.generated))}
    rules = (*table.uniques, *(i.columns for i in table.indexes if i.unique))
    seen: dict[tuple[str, ...], set[tuple[Any, ...]]] = {tuple(generated.get(c, c) for c in r): set() for r in rules}
    kept: list[Row] = []
    for index, made in enumerate(rows):
        row = made
        for group, taken in seen.items():
            row = _told_apart(row, group, taken, shape, index)
        keys = {group: _key(row, group) for group in seen}
        if index >= roots and any(key in seen[group] for group, key in keys.items()):
            continue
        for group, key in keys.items():
            seen[group] |= {key} if key is not None else set()
        kept.append(row)
    return kept


def _key(row: Row, group: tuple[str, ...]) -> tuple[Any, ...] | None:
    values = tuple(row.get(c) for c in group)
    return None if None in values else tuple(v if isinstance(v, bytes) else str(v).lower() for v in values)


def is_crowded(table: Table, shape: Shape) -> bool:
    """Whether something that has only a few values must be unique: no three rows fit."""
    few = {f.name for f in shape.fields if f.states or f.type is AttributeType.BOOLEAN}
    return any(set(group) <= few | {"tenant_id"} for group in table.uniques)


def _told_apart(row: Row, group: tuple[str, ...], seen: set[tuple[Any, ...]], shape: Shape, index: int) -> Row:
    fields = [f for c in reversed(group) if (f := shape.field(c)) is not None and f.refers is None]
    field = next((f for f in fields if f.type is not AttributeType.UUID and not f.states), None)
    if field is None or row.get(field.name) is None:
        return row
    for salt in range(index + 1, index + 50):
        if _key(row, group) not in seen:
            break
        row = row | {field.name: _other(field, row[field.name], salt)}
    return row


def _other(field: Field, value: Any, salt: int) -> Any:
    """Another value of the same kind, within the field's limits."""
    if isinstance(value, bytes):
        return bytes([salt % 256]) + value[1:]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + salt if field.maximum is None or value + salt <= field.maximum else value - salt
    if isinstance(value, dict):
        return value | {"number": salt}
    text = str(value)
    match field.type:
        case AttributeType.EMAIL:
            name, _, host = text.partition("@")
            return f"{name.partition('+')[0]}+{salt}@{host}"
        case AttributeType.PHONE:
            return f"{text[:-2]}{salt:02d}"
        case AttributeType.DATE:
            return (date.fromisoformat(text) - timedelta(days=salt)).isoformat()
        case AttributeType.TIMESTAMP:
            return stamp(datetime.fromisoformat(text) - timedelta(days=salt))
        case AttributeType.MONEY | AttributeType.DECIMAL:
            return f"{float(text) + salt:.2f}"
    end = f" {salt}" if " " in text else f"-{salt}"
    most = field.max_length or len(text) + len(end)
    return f"{text[: max(0, most - len(end))]}{end}"[-most:]
