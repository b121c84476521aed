"""The changes of a MySQL database: each with the algorithm and the lock that it asks for, or it does not begin.

Which operation takes which: MySQL 8.4 manual, "Online DDL Operations"; a CHECK is always added by copying the table.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from archsmith.knowledge.dialects import mysql_checks
from archsmith.model.architecture import Service
from archsmith.model.contracts import Table
from archsmith.model.shapes import Shape
from archsmith.model.upkeep import Upkeep
from archsmith.render import show
from archsmith.render.contracts.evolution.changes import (
    HEAD,
    also,
    biggest,
    least_tied,
    made_of,
    optional,
    said_of,
    stated,
    time,
)
from archsmith.render.contracts.sql.mysql import column_line, mysql_literal, mysql_name
from archsmith.render.markdown import code, fence, join, table, text
from archsmith.render.view import View

_BESIDE = "none (INPLACE, LOCK=NONE): reads and writes go on"


def state(view: View, tables: Sequence[Table], shapes: dict[str, Shape], upkeep: Upkeep) -> str:
    """One more state for the largest table that has states."""
    found = stated(view, tables, shapes)
    if found is None:
        return ""
    made, field = found
    work = upkeep.of(made.name)
    old = next(c.name for c in mysql_checks(made) if c.name.startswith(f"{made.name}__{field.name}_"))
    states = ", ".join(map(mysql_literal, (*field.states, "NEW_STATE")))
    sql = (
        f"ALTER TABLE {mysql_name(made.name)}\n    DROP CONSTRAINT {mysql_name(old)},\n"
        f"    ADD CONSTRAINT {mysql_name(f'{old[:62]}_2')} CHECK ({mysql_name(field.name)} IN ({states})),\n"
        "    ALGORITHM=COPY, LOCK=SHARED;"
    )
    rows = [
        (
            "Expand: the constraint that knows the new state takes the place of the old one",
            "SHARED: reads go on, writes wait, since MySQL adds a CHECK by copying the table",
            time(work.twice),
        ),
        ("Release the version that writes the state; every reader must know it before", "none", "–"),
    ]
    said = f"{said_of(work)}; today {', '.join(map(code, field.states))}.{also(view, tables, shapes, made)}"
    if work.twice > upkeep.statement:
        said += (
            f" Writes would wait longer than the usual {show.duration(upkeep.statement)}: run it beside the table "
            "with gh-ost or pt-online-schema-change, or in a quiet hour."
        )
    head = f"## A new state of {code(f'{made.name}.{field.name}')}"
    return join([head, said, table(HEAD, rows), fence("sql", sql)])


def required(view: View, tables: Sequence[Table], shapes: dict[str, Shape], upkeep: Upkeep) -> str:
    """The largest table's first optional attribute, once it must be there."""
    found = optional(view, tables, shapes)
    if found is None:
        return ""
    made, field = found
    column = made_of(made, field)
    assert column is not None, "it was chosen for its column"
    work, own, named = upkeep.of(made.name), mysql_name(made.name), mysql_name(field.name)
    sql = (
        f"-- Again until it changes no row, {show.duration(work.pause)} after each; :value is what the business says "
        "for old rows.\n"
        f"UPDATE {own} SET {named} = :value WHERE {named} IS NULL ORDER BY id LIMIT {upkeep.batch};\n\n"
        f"ALTER TABLE {own}\n    MODIFY COLUMN {column_line(replace(column, nullable=False))},\n"
        "    ALGORITHM=INPLACE, LOCK=NONE;"
    )
    rows = [
        ("Release the version that always writes it", "none", "–"),
        (f"Migrate: batches of {show.number(upkeep.batch)} rows", "the rows of a batch", time(work.change)),
        ("Contract: NOT NULL, for which the rows are written anew beside the old ones", _BESIDE, time(work.twice)),
    ]
    head = f"## {code(f'{made.name}.{field.name}')} becomes required"
    said = (
        f"{said_of(work)}. In the API it is required only with the next major version: an old client does not send it."
    )
    return join([head, said, table(HEAD, rows), fence("sql", sql)])


def outgrown(view: View, tables: Sequence[Table], upkeep: Upkeep) -> str:
    """What the largest table comes to."""
    made = biggest(view, tables)[0]
    now, ten = upkeep.of(made.name), upkeep.of(made.name, 10.0)
    said = (
        f"{code(made.name)}: {said_of(now)}; {show.number(ten.rows)} rows, {show.size(ten.size)} at ten times the load."
    )
    if ten.rows < upkeep.cut:
        said += f" It stays whole: tables are cut from {show.number(upkeep.cut)} rows on."
    else:
        said += (
            f" From {show.number(upkeep.cut)} rows on tables are cut. A partitioned table of InnoDB has no foreign "
            "keys, and each of its unique keys holds the column of the cut: decide before it is that large what checks "
            "the references instead."
        )
    return join(["## The table that grows most", said])


def split(service: Service, tables: Sequence[Table]) -> str:
    """The module that is easiest to take out of the service, and what ties it to the rest."""
    found = least_tied(service, tables)
    if found is None:
        return ""
    module, own, ties = found
    rows = [
        (
            "Expand: the new service reads and writes its own copy, filled from the binary log of these tables",
            "none",
            "–",
        ),
        ("Migrate: the old one asks it instead of joining; the keys below are dropped", _BESIDE, "–"),
        ("Contract: the tables go from the old database once a week has passed without a read", "EXCLUSIVE", "–"),
    ]
    said = (
        f"Of the modules of {text(service.name)}, {text(module)} is tied least: {len(ties)} foreign keys cross its "
        f"border. Its tables: {', '.join(map(code, own))}."
    )
    sql = "\n".join(
        f"ALTER TABLE {mysql_name(t.name)} DROP FOREIGN KEY {mysql_name(k.name)}, ALGORITHM=INPLACE, LOCK=NONE;"
        for t, k in ties
    )
    blocks = [f"## {text(module)} as a service of its own", said, table(HEAD, rows)]
    return join([*blocks, fence("sql", sql)] if sql else blocks)
