"""Pass: columns as the store's engine types them. Tables are made in PostgreSQL's words; here SQLite gets its own."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.model.contracts import Column, Index, Table

_TYPES: Final = {
    "uuid": "TEXT",
    "text": "TEXT",
    "timestamptz": "TEXT",
    "date": "TEXT",
    "jsonb": "TEXT",
    "boolean": "INTEGER",
    "integer": "INTEGER",
    "bigint": "INTEGER",
    "smallint": "INTEGER",
    "double precision": "REAL",
    "bytea": "BLOB",
}
"""Types of SQLite's STRICT tables. Amounts are text: REAL would lose cents."""
_DEFAULTS: Final = {
    "gen_random_uuid()": "(lower(hex(randomblob(16))))",
    "now()": "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
}
_NUMERIC: Final = re.compile(r"numeric\(\d+,\s*\d+\)")
_CURRENCY: Final = re.compile(r"(\w+) ~ '\^\[A-Z\]\{3\}\$'")


def dialects(ctx: Context, draft: Draft) -> None:
    """Rewrites the tables of stores whose engine is SQLite."""
    engines = {store.id: store.engine for store in draft.stores}
    draft.tables[:] = [_sqlite(t) if engines.get(t.store) == "sqlite" else t for t in draft.tables]


def _sqlite(table: Table) -> Table:
    """The table without what SQLite has not: words of a search are a virtual table of its own there."""
    dropped = {c.name for c in table.columns if c.type == "tsvector"}
    columns = tuple(_column(c) for c in table.columns if c.name not in dropped)
    indexes = tuple(_index(i) for i in table.indexes if not dropped & set(i.columns))
    return replace(table, columns=columns, indexes=indexes, partition_by="", tenant_column="")


def _column(column: Column) -> Column:
    amount = _NUMERIC.fullmatch(column.type) is not None
    kind = "TEXT" if amount else _TYPES.get(column.type, "TEXT")
    return replace(
        column,
        type=kind,
        default=_DEFAULTS.get(column.default, column.default),
        check=_check(column, amount),
    )


def _check(column: Column, amount: bool) -> str:
    if column.type == "boolean":
        return f"{column.name} IN (0, 1)"
    if amount and column.check:
        return re.sub(rf"\b{column.name}\b", f"CAST({column.name} AS REAL)", column.check)
    said = _CURRENCY.sub(r"\1 GLOB '[A-Z][A-Z][A-Z]'", column.check)
    said = re.sub(r"position\('@' in (\w+)\)", r"instr(\1, '@')", said)
    return said.replace("char_length(", "length(")


def _index(index: Index) -> Index:
    return replace(index, method="btree")
