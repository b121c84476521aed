"""Pass: columns as the engine types them. Passes before it speak PostgreSQL; SQLite and MySQL get their own words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.model.contracts import Column, Table

_LENGTH: Final = re.compile(r"char_length\(\w+\) <= (\d+)")
_NUMERIC: Final = re.compile(r"numeric\(\d+,\s*\d+\)")
_CURRENCY: Final = re.compile(r"(\w+) ~ '\^\[A-Z\]\{3\}\$'")


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Types and defaults of an engine by those of PostgreSQL; `check` rewrites what a CHECK says."""

    types: Mapping[str, str]
    defaults: Mapping[str, str]
    amount: str
    check: Callable[[Column], str]
    strings: bool = False
    """Whether a short text is a varchar: MySQL indexes no column without a length."""


def dialects(_ctx: Context, draft: Draft) -> None:
    """Rewrites the tables of stores whose engine does not speak PostgreSQL."""
    engines = {store.id: str(store.engine) for store in draft.stores}
    draft.tables[:] = [
        _told(t, _DIALECTS[engines[t.store]]) if engines.get(t.store) in _DIALECTS else t for t in draft.tables
    ]


def _told(table: Table, dialect: _Dialect) -> Table:
    """The table without what only PostgreSQL has: search words, row-level security, partitions, methods of indexes."""
    dropped = {c.name for c in table.columns if c.type == "tsvector"}
    columns = tuple(_column(c, dialect) for c in table.columns if c.name not in dropped)
    indexes = tuple(replace(i, method="btree") for i in table.indexes if not dropped & set(i.columns))
    if dialect.strings:
        indexes = tuple(replace(i, where="") for i in indexes)
    return replace(table, columns=columns, indexes=indexes, partition_by="", tenant_column="")


def _column(column: Column, dialect: _Dialect) -> Column:
    kind = dialect.amount or column.type if _NUMERIC.fullmatch(column.type) else dialect.types.get(column.type)
    if kind is None:
        kind = _text(column, dialect)
    return replace(
        column,
        type=kind,
        default=dialect.defaults.get(column.default, column.default),
        check=dialect.check(column),
    )


def _text(column: Column, dialect: _Dialect) -> str:
    if not dialect.strings:
        return "TEXT"
    found = _LENGTH.match(column.check)
    longest = int(found[1]) if found else 255
    return f"varchar({longest})" if longest <= 768 else "text"


def _sqlite_check(column: Column) -> str:
    if column.type == "boolean":
        return f"{column.name} IN (0, 1)"
    if _NUMERIC.fullmatch(column.type) and column.check:
        return re.sub(rf"\b{column.name}\b", f"CAST({column.name} AS REAL)", column.check)
    said = _CURRENCY.sub(r"\1 GLOB '[A-Z][A-Z][A-Z]'", column.check)
    said = re.sub(r"position\('@' in (\w+)\)", r"instr(\1, '@')", said)
    return said.replace("char_length(", "length(")


def _mysql_check(column: Column) -> str:
    return _CURRENCY.sub(r"REGEXP_LIKE(\1, '^[A-Z]{3}$', 'c')", column.check)


_SQLITE: Final = _Dialect(
    types={
        "boolean": "INTEGER",
        "integer": "INTEGER",
        "bigint": "INTEGER",
        "smallint": "INTEGER",
        "double precision": "REAL",
        "bytea": "BLOB",
    },
    defaults={
        "gen_random_uuid()": "(lower(hex(randomblob(16))))",
        "gen_random_uuid()::text": "(lower(hex(randomblob(16))))",
        "now()": "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
        "true": "1",
        "false": "0",
    },
    amount="TEXT",  # REAL would lose cents
    check=_sqlite_check,
)
_MYSQL: Final = _Dialect(
    types={
        "uuid": "char(36)",
        "boolean": "boolean",
        "integer": "int",
        "bigint": "bigint",
        "smallint": "smallint",
        "double precision": "double",
        "date": "date",
        "timestamptz": "datetime(6)",
        "jsonb": "json",
        "bytea": "varbinary(8000)",
    },
    defaults={
        "gen_random_uuid()": "(uuid())",
        "gen_random_uuid()::text": "(uuid())",
        "now()": "CURRENT_TIMESTAMP(6)",
    },
    amount="",
    check=_mysql_check,
    strings=True,
)
_DIALECTS: Final[Mapping[str, _Dialect]] = {"sqlite": _SQLITE, "mysql": _MYSQL}
