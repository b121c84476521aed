"""The changes of an SQLite database: a rule of a column changes by making the table anew, in one transaction.

The order is the one of "Making Other Kinds Of Table Schema Changes" (sqlite.org/lang_altertable.html).
"""

from collections.abc import Sequence

from msgspec.structs import replace

from archsmith.model.contracts import Column, Table
from archsmith.model.shapes import Shape
from archsmith.model.upkeep import Upkeep
from archsmith.render import show
from archsmith.render.contracts.evolution.changes import (
    HEAD,
    also,
    biggest,
    made_of,
    optional,
    said_of,
    stated,
    time,
)
from archsmith.render.contracts.sql.quoting import literal, name, names
from archsmith.render.contracts.sql.sqlite import sqlite_blocks
from archsmith.render.markdown import code, fence, join, table
from archsmith.render.view import View

_WRITER = "the writer's: reads go on, writes wait"


def state(view: View, tables: Sequence[Table], shapes: dict[str, Shape], upkeep: Upkeep) -> str:
    """One more state for the largest table that has states."""
    found = stated(view, tables, shapes)
    if found is None:
        return ""
    made, field = found
    column = made_of(made, field)
    assert column is not None, "it was chosen for its column"
    work = upkeep.of(made.name)
    states = ", ".join(map(literal, (*field.states, "NEW_STATE")))
    rows = [
        ("Expand: the table anew, with the state in its rule", _WRITER, time(work.twice)),
        ("Release the version that writes the state; every reader must know it before", "none", "–"),
    ]
    said = f"{said_of(work)}; today {', '.join(map(code, field.states))}.{also(view, tables, shapes, made)}"
    said += _while(work.twice, upkeep)
    sql = _anew(made, replace(column, check=f"{field.name} IN ({states})"))
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
    work, own, named = upkeep.of(made.name), name(made.name), name(field.name)
    batch = f"SELECT id FROM {own} WHERE {named} IS NULL ORDER BY id LIMIT {upkeep.batch}"  # noqa: S608 - written, not run
    sql = (
        f"-- Again until it changes no row, {show.duration(work.pause)} after each; :value is what the business says "
        "for old rows.\n"
        f"UPDATE {own} SET {named} = :value WHERE id IN ({batch});\n\n"
        f"{_anew(made, replace(column, nullable=False))}"
    )
    rows = [
        ("Release the version that always writes it", "none", "–"),
        (f"Migrate: batches of {show.number(upkeep.batch)} rows", _WRITER, time(work.change)),
        ("Contract: the table anew, with NOT NULL", _WRITER, time(work.twice)),
    ]
    head = f"## {code(f'{made.name}.{field.name}')} becomes required"
    said = (
        f"{said_of(work)}. In the API it is required only with the next major version: an old client does not send it."
    )
    said += _while(work.twice, upkeep)
    return join([head, said, table(HEAD, rows), fence("sql", sql)])


def _while(seconds: float, upkeep: Upkeep) -> str:
    if seconds <= upkeep.lock:
        return ""
    waits = show.duration(upkeep.lock)
    return f" Writes of the service give up after {waits} while the table is made anew: choose a quiet hour."


def _anew(made: Table, changed: Column) -> str:
    """The table with another column, filled from the old one, under its name; then what hangs on it."""
    after = replace(made, columns=tuple(changed if c.name == changed.name else c for c in made.columns))
    beside = replace(after, name=f"{made.name}_new", indexes=(), overlaps=())
    kept = names(c.name for c in made.columns if not c.generated)
    own, new = name(made.name), name(beside.name)
    return "\n".join(
        [
            "PRAGMA foreign_keys = OFF;  -- it counts outside a transaction only",
            "BEGIN IMMEDIATE;",
            *sqlite_blocks((beside,))[0],
            f"INSERT INTO {new} ({kept}) SELECT {kept} FROM {own};",  # noqa: S608 - written, not run
            f"DROP TABLE {own};",
            f"ALTER TABLE {new} RENAME TO {own};",
            *sqlite_blocks((after,))[0][1:],
            "PRAGMA foreign_key_check;  -- it must give no row, else ROLLBACK",
            "COMMIT;",
            "PRAGMA foreign_keys = ON;",
        ]
    )


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
            f" From {show.number(upkeep.cut)} rows on tables are cut, and SQLite cuts none: move to PostgreSQL before, "
            "while one pass over the file is short."
        )
    return join(["## The table that grows most", said])
