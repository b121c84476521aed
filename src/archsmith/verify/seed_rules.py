"""What every row of a seed keeps, whatever made it: the limits of its fields, keys, and that it reaches nobody."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.knowledge.examples.seed import field_of
from archsmith.model.contracts import Table
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape
from archsmith.verify.seed_statements import Changed, Put, Said, Value

_NOBODY: Final = re.compile(r"(?:^|[.@/])(?:example\.(?:com|net|org)|[\w-]+\.(?:example|test|invalid))(?:[/:?#]|$)")
"""Domains that are nobody's (RFC 2606)."""
_NO_PHONE: Final = re.compile(r"\+(?:442079460\d{3}|1\d{3}55501\d{2})")
"""Numbers that ring nowhere: kept for drama by Ofcom and NANPA."""
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s/]+")
Row = dict[str, Value]


def faults(
    said: Iterable[Said], dialect: str, tables: Mapping[str, Table], shapes: Mapping[EntityId, Shape]
) -> Iterator[str]:
    """What is wrong with the rows, in the order in which they come."""
    rows: dict[str, list[Row]] = {name: [] for name in tables}
    for each in said:
        if isinstance(each, Put) and each.table in tables:
            table = tables[each.table]
            shape = shapes.get(table.entity) if table.entity else None
            made = [dict(zip(each.columns, values, strict=False)) for values in each.rows]
            if dialect != "mysql":  # which looks at keys row by row
                rows[each.table] += made
            for row in made:
                rows[each.table] += [row] if dialect == "mysql" else []
                place = f"{each.table} row {row.get('id', row)}"
                yield from (f"{place}: {fault}" for fault in (*_limits(table, shape, row), *_leads(table, row, rows)))
        elif isinstance(each, Changed) and each.table in tables:
            for row in rows[each.table]:
                if row.get("id") == each.id:
                    row[each.column] = each.value
                    place = f"{each.table} row {each.id!s}"
                    yield from (f"{place}: {fault}" for fault in _leads(tables[each.table], row, rows))
    for name, table in tables.items():
        yield from (f"{name}: two rows with the same {', '.join(key)}" for key in _twice(table, rows[name]))


def _limits(table: Table, shape: Shape | None, row: Row) -> Iterator[str]:
    for column in table.columns:
        value = row.get(column.name)
        if value is None:
            if not column.nullable and not column.default and not column.generated:
                yield f"{column.name} is empty"
            continue
        field = field_of(shape, column.name) if shape else None
        if isinstance(value, str) and (found := _ADDRESS.search(value)) and not _NOBODY.search(found[0]):
            yield f"{column.name}: {found[0]} may be somebody's"
        if field is not None and not isinstance(value, bytes) and not field.encrypted:
            yield from (f"{column.name}: {fault}" for fault in _field(field, value))


def _field(field: Field, value: Value) -> Iterator[str]:
    text = str(value)
    if field.states and text not in field.states:
        yield f"{text} is none of {', '.join(field.states)}"
    if field.type is AttributeType.UUID and not _is_uuid(text):
        yield f"{text} is no UUID"
    if field.type is AttributeType.PHONE and not _NO_PHONE.fullmatch(text):
        yield f"{text} may be somebody's"
    if field.minimum is not None and _number(text) < field.minimum:
        yield f"{text} is less than {field.minimum}"
    if field.maximum is not None and _number(text) > field.maximum:
        yield f"{text} is more than {field.maximum}"
    if field.type in (AttributeType.INTEGER, AttributeType.BOOLEAN, AttributeType.JSON) or field.precision is not None:
        return
    if field.max_length is not None and len(text) > field.max_length:
        yield f"is longer than {field.max_length}"
    if field.min_length is not None and len(text) < field.min_length:
        yield f"is shorter than {field.min_length}"
    if field.pattern and not re.search(field.pattern, text):
        yield f"{text} does not match {field.pattern}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")  # never within limits, nor outside: that it is no number, the comparison of rows finds


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _leads(table: Table, row: Row, rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """References lead to rows that stand by then."""
    for key in table.foreign_keys:
        wanted = tuple(row.get(c) for c in key.columns)
        if None in wanted or key.target not in rows:
            continue
        if not any(tuple(r.get(c) for c in key.target_columns) == wanted for r in rows[key.target]):
            yield f"{', '.join(key.columns)} leads to no row of {key.target}"


def _twice(table: Table, rows: list[Row]) -> Iterator[tuple[str, ...]]:
    keys = (table.primary_key, *table.uniques, *(i.columns for i in table.indexes if i.unique and not i.where))
    for key in keys:
        values = [tuple(row.get(c) for c in key) for row in rows]
        whole = [v for v in values if None not in v]
        if len(whole) != len(set(whole)):
            yield key
