"""How each engine says a field in SQL: its types, its defaults and its conditions, straight from the field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from archsmith.compose.draft import Draft
from archsmith.compose.fields import CURRENCY, PHONE, REFERENCE
from archsmith.kernel.ids import StoreId
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field

_INDEXED_MAX: Final = 768
"""Characters of four bytes that a key of InnoDB (3072 bytes) has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The words of one engine.

    `types` by the abstract type, numbers with digits and texts apart (`digits`, `text`). `matches`: the condition that
    a column matches a pattern, empty where the engine cannot say it. `number`: a column as a number in a condition.
    `reference`: twelve random hexadecimal digits in capitals.
    `key_ordered`: new keys follow the older ones. `full_text`, `row_security`, `partitions`, `partial_indexes`: what
    its tables can have.
    """

    name: str
    types: Mapping[AttributeType, str]
    digits: Callable[[Field], str]
    text: Callable[[Field], str]
    octets: str
    place: str
    key: str
    reference: str
    key_ordered: bool = False
    now: str
    length: str
    matches: Callable[[str, str], str]
    number: Callable[[str], str] = str
    truth: Callable[[str], str] = lambda _name: ""
    full_text: bool = False
    row_security: bool = False
    partitions: bool = False
    partial_indexes: bool = True
    takes: str = "FOR UPDATE SKIP LOCKED"
    """How one of several workers takes a row."""
    digest: str = ""
    """The type of a SHA-256 where that of any octets is too long for a key; empty where it is not."""

    def type_of(self, field: Field) -> str:
        """The type of a field's column."""
        if field.encrypted:
            return self.octets
        if field.precision is not None:
            return self.digits(field)
        return self.types.get(field.type) or self.text(field)

    def check_of(self, field: Field) -> str:
        """What must hold of a field's column, as an SQL expression; empty where its type says all."""
        if field.encrypted:
            return ""
        return " AND ".join(part for part in self._parts(field) if part)

    def _parts(self, field: Field) -> list[str]:
        if field.states:
            return [f"{field.name} IN ({', '.join(quoted(state) for state in field.states)})"]
        if field.type is AttributeType.BOOLEAN:
            return [self.truth(field.name)]
        if field.minimum is not None or field.maximum is not None:
            value = self.number(field.name) if field.precision is not None else field.name
            return [within(value, field.minimum, field.maximum)]
        match = self.matches(field.name, field.pattern) if field.pattern else ""
        closed = bool(match) and not _open_ended(field.pattern)
        size = within(f"{self.length}({field.name})", field.min_length, field.max_length)
        address = f"{field.name} LIKE '%_@_%'" if field.type is AttributeType.EMAIL and not match else ""
        return [match, "" if closed else size, address]


def within(value: str, low: int | None, high: int | None) -> str:
    """The condition that a value lies between two bounds, each of which may be missing.

    >>> within("char_length(name)", 1, 200), within("amount", 0, None), within("x", None, None)
    ('char_length(name) BETWEEN 1 AND 200', 'amount >= 0', '')
    """
    if low is not None and high is not None:
        return f"{value} = {low}" if low == high else f"{value} BETWEEN {low} AND {high}"
    if low is not None:
        return f"{value} >= {low}"
    return f"{value} <= {high}" if high is not None else ""


def quoted(text: str) -> str:
    """A string constant, the same in every dialect: without backslashes, which MySQL reads as escapes."""
    return "'" + text.replace("'", "''") + "'"


def _open_ended(pattern: str) -> bool:
    """Whether a pattern matches texts of any length."""
    return bool(re.search(r"(?<!\\)[*+]|,\}", pattern))


def _numeric(field: Field) -> str:
    return f"numeric({field.precision},{field.scale})"


def _varchar(field: Field) -> str:
    """MySQL indexes no text without a length."""
    longest = field.max_length or 255
    return f"varchar({longest})" if longest <= _INDEXED_MAX else "text"


_GLOBS: Final = {
    CURRENCY: "{0} GLOB '[A-Z][A-Z][A-Z]'",
    REFERENCE: "{0} NOT GLOB '*[^0-9A-F]*' AND length({0}) = 12",
    PHONE: "{0} GLOB '+[1-9]*' AND substr({0}, 2) NOT GLOB '*[^0-9]*' AND length({0}) BETWEEN 8 AND 16",
}
"""Patterns as SQLite says them, which has no regular expressions of its own."""


def _glob(name: str, pattern: str) -> str:
    return _GLOBS.get(pattern, "").format(name)


_NAMED: Final = AttributeType

POSTGRESQL: Final = Dialect(
    name="postgresql",
    types={
        _NAMED.UUID: "uuid",
        _NAMED.INTEGER: "bigint",
        _NAMED.BOOLEAN: "boolean",
        _NAMED.DATE: "date",
        _NAMED.TIMESTAMP: "timestamptz",
        _NAMED.JSON: "jsonb",
    },
    digits=_numeric,
    text=lambda _field: "text",
    octets="bytea",
    place="double precision",
    key="uuid_v7()",
    reference="upper(right(gen_random_uuid()::text, 12))",
    key_ordered=True,
    now="now()",
    length="char_length",
    matches=lambda name, pattern: f"{name} ~ {quoted(pattern)}",
    full_text=True,
    row_security=True,
    partitions=True,
)
SQLITE: Final = Dialect(
    name="sqlite",
    types={_NAMED.INTEGER: "INTEGER", _NAMED.BOOLEAN: "INTEGER"},
    digits=lambda _field: "TEXT",  # REAL would lose cents
    text=lambda _field: "TEXT",
    octets="BLOB",
    place="REAL",
    key="(lower(hex(randomblob(16))))",
    reference="(upper(hex(randomblob(6))))",
    now="(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
    length="length",
    matches=_glob,
    number=lambda name: f"CAST({name} AS REAL)",
    truth=lambda name: f"{name} IN (0, 1)",
    takes="BEGIN IMMEDIATE",
)
MYSQL: Final = Dialect(
    name="mysql",
    types={
        _NAMED.UUID: "char(36)",
        _NAMED.INTEGER: "bigint",
        _NAMED.BOOLEAN: "boolean",
        _NAMED.DATE: "date",
        _NAMED.TIMESTAMP: "datetime(6)",
        _NAMED.JSON: "json",
    },
    digits=_numeric,
    text=_varchar,
    octets="varbinary(8000)",
    place="double",
    key="(uuid())",
    reference="(upper(hex(random_bytes(6))))",
    now="CURRENT_TIMESTAMP(6)",
    length="char_length",
    matches=lambda name, pattern: f"{name} REGEXP {quoted(pattern.replace(chr(92), chr(92) * 2))}",
    partial_indexes=False,
    digest="varbinary(32)",
)
_OTHERS: Final[Mapping[str, Dialect]] = {"sqlite": SQLITE, "mysql": MYSQL}


def dialect_of(draft: Draft, store: StoreId) -> Dialect:
    """What the engine of a store speaks: PostgreSQL's words, unless it has its own."""
    return _OTHERS.get(str(draft.store(store).engine), POSTGRESQL)
