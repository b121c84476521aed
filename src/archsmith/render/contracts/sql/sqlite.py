"""`db/schema-sqlite.sql`: the tables of an SQLite database, with foreign keys turned on."""

from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.phrases import listed
from archsmith.knowledge.dialects import sql_folder, sqlite_tables
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Column, Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.order import in_order
from archsmith.render.contracts.sql.overlaps import sqlite_triggers
from archsmith.render.contracts.sql.quoting import comment, name, names
from archsmith.render.contracts.sql.tables import column_line
from archsmith.render.view import View, product_of

_STRICT: Final = frozenset({"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"})
"""The types of STRICT tables, which refuse a value of another type."""


def sqlite_schemas(design: Design) -> Iterable[Artifact]:
    """One file for each SQLite database that has tables."""
    view = View(design)
    for store, tables in sqlite_tables(design.architecture).items():
        path = f"{sql_folder(design.architecture, store)}/schema-sqlite.sql"
        head = comment(f"Tables of {view.domain.title}: {view.stores[store].name}, {product_of(view.stores[store])}.")
        head += comment("Written by archsmith from design.json. Change the brief or the requirements, not this file.")
        opening = [
            "PRAGMA journal_mode = WAL;",
            "-- Each connection turns this on for itself.",
            "PRAGMA foreign_keys = ON;",
        ]
        made = ["\n".join(block) for block in sqlite_blocks(tables)]
        blocks = ["\n".join(head), "\n".join(opening), "BEGIN;", *made, "COMMIT;"]
        shows = [element("store", store), *(element("entity", t.entity) for t in tables if t.entity)]
        text = "\n\n".join(blocks) + "\n"
        yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=tuple(dict.fromkeys(shows)))


def sqlite_blocks(tables: Iterable[Table]) -> list[list[str]]:
    """What makes the tables: blocks of whole statements."""
    return [_block(table) for table in in_order(tables)]


def _block(table: Table) -> list[str]:
    """The table with its words beside it: SQLite keeps the text of a statement, comments included."""
    lines = [line for column in table.columns for line in _column(column)]
    lines.append(f"PRIMARY KEY ({names(table.primary_key)}),")
    lines += [f"UNIQUE ({names(columns)})," for columns in table.uniques]
    lines += [f"CONSTRAINT {name(c.name)} CHECK ({c.expression})," for c in table.checks]
    lines += [
        f"FOREIGN KEY ({names(key.columns)}) REFERENCES {name(key.target)} ({names(key.target_columns)}) "
        f"ON DELETE {key.on_delete},"
        for key in table.foreign_keys
    ]
    lines[-1] = lines[-1].removesuffix(",")
    body = "\n".join(f"    {line}" for line in lines)
    strict = " STRICT" if all(c.type.upper() in _STRICT for c in table.columns) else ""
    made = ["\n".join([*comment(table.comment), f"CREATE TABLE {name(table.name)} (\n{body}\n){strict};"])]
    for index in table.indexes:
        said = comment(f"Serves {listed(index.operations, 8)}.") if index.operations else []
        unique, where = "UNIQUE " if index.unique else "", f" WHERE {index.where}" if index.where else ""
        put = f"CREATE {unique}INDEX {name(index.name)} ON {name(table.name)} ({names(index.columns)}){where};"
        made.append("\n".join([*said, put]))
    return made + [line for rule in table.overlaps for line in sqlite_triggers(table, rule)]


def _column(column: Column) -> list[str]:
    said = comment(column.comment, 110) if column.comment else []
    return [*said, column_line(column) + ","]
