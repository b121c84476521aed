"""`db/schema-mysql.sql`: the tables of a MySQL database: InnoDB, utf8mb4, times in UTC."""

import re
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.phrases import listed
from archsmith.knowledge.dialects import mysql_checks, mysql_tables, sql_folder
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Column, ForeignKey, Index, Table
from archsmith.model.design import Design
from archsmith.render import show
from archsmith.render.contracts.sql.order import in_order, late_keys
from archsmith.render.contracts.sql.overlaps import mysql_triggers
from archsmith.render.contracts.sql.quoting import comment, literal
from archsmith.render.view import View, product_of

_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_]*")
_SAID: Final = 1024
"""Characters of a column's or an index's comment; a table's may have twice as many."""
_PREFIX: Final = 191
"""Characters of a long text that an index takes."""
_OPENING: Final = """\
SET NAMES utf8mb4;
-- Each connection does the same: times are kept in UTC, and have no zone of their own.
SET time_zone = '+00:00';"""
_TENANTS: Final = (
    "Tenants: MySQL has no row-level security. The service adds tenant_id to every query, in the one place that makes "
    "them; a test reads another tenant's rows and must get none."
)


def mysql_schemas(design: Design) -> Iterable[Artifact]:
    """One file for each MySQL database that has tables."""
    view = View(design)
    for store, tables in mysql_tables(design.architecture).items():
        path = f"{sql_folder(design.architecture, store)}/schema-mysql.sql"
        head = comment(f"Tables of {view.domain.title}: {view.stores[store].name}, {product_of(view.stores[store])}.")
        head += comment("Written by archsmith from design.json. Change the brief or the requirements, not this file.")
        head += comment(_TENANTS) if any(c.name == "tenant_id" for t in tables for c in t.columns) else []
        made = ["\n".join(block) for block in mysql_blocks(tables)]
        text = "\n\n".join(["\n".join(head), _OPENING, *made]) + "\n"
        shows = [element("store", store), *(element("entity", t.entity) for t in tables if t.entity)]
        yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=tuple(dict.fromkeys(shows)))


def mysql_blocks(tables: tuple[Table, ...]) -> list[list[str]]:
    """What makes the tables: blocks of whole statements. A foreign key that closes a cycle is added at the end."""
    ordered = in_order(tables)
    late = late_keys(ordered)
    found = [_block(table, late.get(table.name, ())) for table in ordered]
    return found + [[f"ALTER TABLE {mysql_name(name)} ADD {_key(key)};"] for name, keys in late.items() for key in keys]


def _block(table: Table, late: tuple[ForeignKey, ...]) -> list[str]:
    once = [i for i in table.indexes if i.unique and i.where]
    lines = [column_line(column) for column in table.columns]
    lines += [_counting(table, index) for index in once]
    lines.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    lines += [f"UNIQUE ({_names(columns)})" for columns in table.uniques]
    lines += [f"CONSTRAINT {mysql_name(c.name)} CHECK ({c.expression})" for c in (*mysql_checks(table), *table.checks)]
    lines += [_key(key) for key in table.foreign_keys if key not in late]
    body = ",\n".join(f"    {line}" for line in lines)
    said = table.comment.strip().rstrip(".")
    said = f"{said}. Kept for {show.months(table.retention)}" if table.retention else said
    made = f"CREATE TABLE {mysql_name(table.name)} (\n{body}\n) ENGINE = InnoDB, DEFAULT CHARACTER SET utf8mb4, "
    made += f"DEFAULT COLLATE utf8mb4_bin, COMMENT = {_words(said, 2 * _SAID)};"
    apart = [line for rule in table.overlaps for line in mysql_triggers(table, rule)]
    return [made, *(_index(table, index) for index in table.indexes), *apart]


def _counting(table: Table, index: Index) -> str:
    """MySQL has no partial index: a column that is empty where a row does not count, and unique where it does."""
    last = next(c for c in table.columns if c.name == index.columns[-1])
    said = _words(f"{last.name} where the row counts: {index.where}", _SAID)
    made = f"(CASE WHEN {index.where} THEN {mysql_name(last.name)} END) VIRTUAL"
    return f"{mysql_name(counting_column(index))} {_kind(last)} GENERATED ALWAYS AS {made} COMMENT {said}"


def counting_column(index: Index) -> str:
    """The generated column of a unique index of some rows."""
    return index.name[:64]


def column_line(column: Column) -> str:
    """A column without its condition, which stands under a name of its own."""
    parts = [mysql_name(column.name), _kind(column)]
    if column.generated:
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) STORED")
    parts += [] if column.nullable else ["NOT NULL"]
    if column.default:
        parts.append(f"DEFAULT {column.default}")
    if column.comment:
        parts.append(f"COMMENT {_words(column.comment, _SAID)}")
    return " ".join(parts)


def _kind(column: Column) -> str:
    """Keys are ASCII: a fourth of the bytes in each index."""
    return f"{column.type} CHARACTER SET ascii COLLATE ascii_bin" if column.type == "char(36)" else column.type


def _key(key: ForeignKey) -> str:
    return (
        f"CONSTRAINT {mysql_name(key.name)} FOREIGN KEY ({_names(key.columns)}) "
        f"REFERENCES {mysql_name(key.target)} ({_names(key.target_columns)}) ON DELETE {key.on_delete}"
    )


def _index(table: Table, index: Index) -> str:
    wide = {c.name for c in table.columns if c.type == "text"}
    counted = (*index.columns[:-1], counting_column(index)) if index.unique and index.where else index.columns
    columns = ", ".join(f"{mysql_name(c)} ({_PREFIX})" if c in wide else mysql_name(c) for c in counted)
    unique = "UNIQUE " if index.unique else ""
    said = f" COMMENT {_words(f'Serves {listed(index.operations, 8)}', _SAID)}" if index.operations else ""
    return f"CREATE {unique}INDEX {mysql_name(index.name)} ON {mysql_name(table.name)} ({columns}){said};"


def mysql_name(text: str) -> str:
    """An identifier; compose keeps MySQL's reserved words out of names."""
    return text if _PLAIN.fullmatch(text) else f"`{text.replace('`', '``')}`"


def _names(texts: Iterable[str]) -> str:
    return ", ".join(map(mysql_name, texts))


def _words(text: str, limit: int) -> str:
    return mysql_literal(text if len(text) <= limit else f"{text[: limit - 1]}…")


def mysql_literal(text: str) -> str:
    r"""A string constant, in which a backslash is one too.

    >>> mysql_literal("it's \\")
    "'it''s \\\\'"
    """
    return literal(text.replace("\\", "\\\\"))
