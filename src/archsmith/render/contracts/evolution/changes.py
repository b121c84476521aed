"""The changes: each as steps that run beside the old and the new version of the service, with lock and time."""

from collections.abc import Sequence

from archsmith.model.architecture import Service
from archsmith.model.contracts import Column, ForeignKey, Table
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape, Source
from archsmith.model.upkeep import TableWork, Upkeep
from archsmith.render import show
from archsmith.render.contracts.sql.quoting import literal, name, names
from archsmith.render.contracts.sql.tables import add_key
from archsmith.render.contracts.sql.tenants import policies
from archsmith.render.markdown import code, fence, join, table, text
from archsmith.render.view import View

HEAD = ("Step", "Lock", "Takes")
_BRIEF = "ACCESS EXCLUSIVE, milliseconds"


def time(seconds: float) -> str:
    """A time that is spent; short ones do not matter."""
    return "under a second" if seconds < 1 else f"about {show.duration(seconds)}"


def said_of(work: TableWork) -> str:
    """How large a table is."""
    return f"{show.number(work.rows)} rows, {show.size(work.size)} at the horizon"


def _patient(upkeep: Upkeep, work: TableWork) -> str:
    """A step that takes longer than a statement may sets its own limit."""
    if work.scan < upkeep.statement:
        return ""
    return f"SET statement_timeout = 0;  -- it takes longer than the usual {show.duration(upkeep.statement)}\n"


def biggest(view: View, tables: Sequence[Table]) -> list[Table]:
    """Tables of entities, those with the most rows first."""
    held = [t for t in tables if t.entity in view.entities]
    return sorted(held, key=lambda t: (-view.entities[t.entity].rows.value if t.entity else 0, t.name))


def stated(view: View, tables: Sequence[Table], shapes: dict[str, Shape]) -> tuple[Table, Field] | None:
    """The largest table that has states, and the field."""
    for made in biggest(view, tables):
        field = next((f for f in shapes[str(made.entity)].fields if f.states and made_of(made, f)), None)
        if field is not None:
            return made, field
    return None


def also(view: View, tables: Sequence[Table], shapes: dict[str, Shape], made: Table) -> str:
    """The other tables that have states."""
    others = [
        t.name for t in biggest(view, tables) if t is not made and any(f.states for f in shapes[str(t.entity)].fields)
    ]
    return f" In the same way: {', '.join(map(code, others))}." if others else ""


def optional(view: View, tables: Sequence[Table], shapes: dict[str, Shape]) -> tuple[Table, Field] | None:
    """The largest table that is not cut and has an optional attribute, and the field."""
    for made in biggest(view, tables):
        field = next((f for f in shapes[str(made.entity)].fields if _may_be_asked(made, f)), None)
        if field is not None and not made.partition_by:
            return made, field
    return None


def state(view: View, tables: Sequence[Table], shapes: dict[str, Shape], upkeep: Upkeep) -> str:
    """One more state for the largest table that has states."""
    found = stated(view, tables, shapes)
    if found is None:
        return ""
    made, field = found
    work, old = upkeep.of(made.name), f"{made.name}_{field.name}_check"
    states = ", ".join(map(literal, (*field.states, "NEW_STATE")))
    sql = (
        f"ALTER TABLE {name(made.name)} ADD CONSTRAINT {name(f'{old}_2')}\n"
        f"    CHECK ({field.name} IN ({states})) NOT VALID;\n"
        f"{_patient(upkeep, work)}ALTER TABLE {name(made.name)} VALIDATE CONSTRAINT {name(f'{old}_2')};\n"
        f"ALTER TABLE {name(made.name)} DROP CONSTRAINT {name(old)};\n"
        f"ALTER TABLE {name(made.name)} RENAME CONSTRAINT {name(f'{old}_2')} TO {name(old)};"
    )
    rows = [
        ("Expand: the constraint with the new state, unchecked for old rows", _BRIEF, "–"),
        ("Migrate: validate it, reading every row", "SHARE UPDATE EXCLUSIVE: reads and writes go on", time(work.scan)),
        ("Release the version that writes the state; every reader must know it before", "none", "–"),
        ("Contract: drop the old constraint, take over its name", _BRIEF, "–"),
    ]
    more = also(view, tables, shapes, made)
    head = f"## A new state of {code(f'{made.name}.{field.name}')}"
    return join(
        [
            head,
            f"{said_of(work)}; today {', '.join(map(code, field.states))}.{more}",
            table(HEAD, rows),
            fence("sql", sql),
        ]
    )


def made_of(made: Table, field: Field) -> Column | None:
    """The column of a field."""
    return next((c for c in made.columns if c.name == field.name), None)


def required(view: View, tables: Sequence[Table], shapes: dict[str, Shape], upkeep: Upkeep) -> str:
    """The largest table's first optional attribute, once it must be there."""
    found = optional(view, tables, shapes)
    if found is None:
        return ""
    made, field = found
    work, rule = upkeep.of(made.name), f"{made.name}_{field.name}_present"
    own, column = name(made.name), name(field.name)
    batch = f"SELECT id FROM {own} WHERE {column} IS NULL ORDER BY id LIMIT {upkeep.batch} FOR UPDATE SKIP LOCKED"  # noqa: S608 - written, not run
    sql = (
        f"ALTER TABLE {own} ADD CONSTRAINT {name(rule)} CHECK ({column} IS NOT NULL) NOT VALID;\n\n"
        f"-- Again until it changes no row, {show.duration(work.pause)} after each; :value is what the business says "
        "for old rows.\n"
        f"UPDATE {own} SET {column} = :value\nWHERE id IN (\n    {batch}\n);\n\n"
        f"{_patient(upkeep, work)}ALTER TABLE {own} VALIDATE CONSTRAINT {name(rule)};\n"
        f"ALTER TABLE {own} ALTER COLUMN {column} SET NOT NULL;\n"
        f"ALTER TABLE {own} DROP CONSTRAINT {name(rule)};"
    )
    rows = [
        ("Release the version that always writes it", "none", "–"),
        ("Expand: new rows must have it", _BRIEF, "–"),
        (
            f"Migrate: batches of {show.number(upkeep.batch)} rows",
            "ROW EXCLUSIVE, the rows of a batch",
            time(work.change),
        ),
        ("Validate: every row is read", "SHARE UPDATE EXCLUSIVE: reads and writes go on", time(work.scan)),
        ("Contract: NOT NULL, which trusts the constraint and reads nothing", _BRIEF, "–"),
    ]
    head = f"## {code(f'{made.name}.{field.name}')} becomes required"
    said = (
        f"{said_of(work)}. In the API it is required only with the next major version: an old client does not send it."
    )
    return join([head, said, table(HEAD, rows), fence("sql", sql)])


def _may_be_asked(made: Table, field: Field) -> bool:
    column = made_of(made, field)
    emptied = {c for k in made.foreign_keys if k.on_delete == "SET NULL" for c in k.columns}
    told = (
        field.name not in emptied
        and field.source in (Source.ATTRIBUTE, Source.REFERENCE)
        and not field.read_only
        and not field.encrypted
    )
    return column is not None and column.nullable and told and field.type is not AttributeType.TIMESTAMP


def outgrown(view: View, tables: Sequence[Table], upkeep: Upkeep) -> str:
    """What the first table that outgrows one piece comes to; or that none does at ten times the load."""
    whole = [t for t in biggest(view, tables) if not t.partition_by]
    if not whole:
        return ""
    made = whole[0]
    now, ten = upkeep.of(made.name), upkeep.of(made.name, 10.0)
    head = "## The table that grows most"
    said = (
        f"{code(made.name)}: {said_of(now)}; {show.number(ten.rows)} rows, {show.size(ten.size)} at ten times the load."
    )
    if ten.rows < upkeep.cut:
        return join([head, f"{said} It stays whole: tables are cut from {show.number(upkeep.cut)} rows on."])
    pointing = sorted({t.name for t in tables for k in t.foreign_keys if k.target == made.name and t.name != made.name})
    own, part, rule = made.name, f"{made.name}_before", f"{made.name}_before_cut"
    cut = "created_at" if any(c.name == "created_at" for c in made.columns) else made.primary_key[0]
    free = "".join(
        f"ALTER TABLE {name(t.name)} DROP CONSTRAINT {name(k.name)};\n"
        for t in tables
        for k in t.foreign_keys
        if k.target == own and t.name != own
    )
    again = [add_key(own, k) for k in made.foreign_keys] + list(policies(made))
    after = [
        f"CREATE INDEX {name(f'{x.name}_all'[-63:])} ON {name(own)} USING {x.method} ({names(x.columns)});"
        for x in made.indexes
        if not x.unique and not x.where
    ]
    sql = "\n".join(
        [
            "-- :cut is a moment to come, the first of a month.",
            f"ALTER TABLE {name(own)} ADD CONSTRAINT {name(rule)} CHECK ({cut} < :cut) NOT VALID;",
            f"{_patient(upkeep, ten)}ALTER TABLE {name(own)} VALIDATE CONSTRAINT {name(rule)};",
            f"CREATE UNIQUE INDEX CONCURRENTLY {name(f'{own}_cut_key')} ON {name(own)} (id, {cut});",
            "",
            f"BEGIN;\n{free}ALTER TABLE {name(own)} RENAME TO {name(part)};",
            f"ALTER TABLE {name(part)} DROP CONSTRAINT {name(f'{own}_pkey')};",
            f"CREATE TABLE {name(own)} (LIKE {name(part)}",
            "    INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS,",
            f"    PRIMARY KEY (id, {cut})) PARTITION BY RANGE ({cut});",
            f"ALTER TABLE {name(own)} DROP CONSTRAINT {name(rule)};",
            *again,
            f"ALTER TABLE {name(own)} ATTACH PARTITION {name(part)} FOR VALUES FROM (MINVALUE) TO (:cut);",
            "COMMIT;",
            *(["", "-- Made on the whole, they take in the indexes that the first part has."] if after else []),
            *after,
        ]
    )
    lost = f" {', '.join(map(code, pointing))} lose their foreign key to it: the service checks it." if pointing else ""
    if made.uniques:
        alone = "; ".join(", ".join(map(code, u)) for u in made.uniques)
        lost += f" Unique within a part only from then on: {alone}."
    rows = [
        ("Expand: all rows so far lie before the cut, checked", "SHARE UPDATE EXCLUSIVE", time(ten.scan)),
        ("Migrate: the key with the column of the cut, made beside", "SHARE UPDATE EXCLUSIVE", time(ten.twice)),
        ("Contract: the old table becomes the first part of the new one", _BRIEF, "–"),
    ]
    return join(
        [
            head,
            f"{said} From {show.number(upkeep.cut)} rows on it is cut by {code(cut)}.{lost}",
            table(HEAD, rows),
            fence("sql", sql),
        ]
    )


def split(service: Service, tables: Sequence[Table]) -> str:
    """The module that is easiest to take out of the service, and what ties it to the rest."""
    found = least_tied(service, tables)
    if found is None:
        return ""
    module, own, ties = found
    sql = "\n".join(f"ALTER TABLE {name(t.name)} DROP CONSTRAINT {name(k.name)};" for t, k in ties)
    rows = [
        (
            "Expand: the new service reads and writes its own copy, filled from a publication of these tables",
            "none",
            "–",
        ),
        ("Migrate: the old one asks it instead of joining; the keys below are dropped", _BRIEF, "–"),
        (
            "Contract: the tables go from the old database once a week has passed without a read",
            "ACCESS EXCLUSIVE",
            "–",
        ),
    ]
    said = (
        f"Of the modules of {text(service.name)}, {text(module)} is tied least: {len(ties)} foreign keys cross "
        f"its border. Its tables: {', '.join(map(code, own))}."
    )
    publish = f"CREATE PUBLICATION {name(f'{module}_out'.replace('-', '_'))} FOR TABLE {names(own)};"
    return join(
        [f"## {text(module)} as a service of its own", said, table(HEAD, rows), fence("sql", f"{publish}\n{sql}")]
    )


Tie = tuple[Table, ForeignKey]


def least_tied(service: Service, tables: Sequence[Table]) -> tuple[str, list[str], list[Tie]] | None:
    """The module with the fewest foreign keys across its border, its tables, and those keys."""
    homes = {t.name: m.name for m in service.modules for t in tables if t.entity in m.entities}
    ties: dict[str, list[tuple[Table, ForeignKey]]] = {m: [] for m in homes.values()}
    for t in tables:
        for key in t.foreign_keys:
            one, other = homes.get(t.name), homes.get(key.target)
            if one and other and one != other:
                ties[one].append((t, key))
                ties[other].append((t, key))
    if len(ties) < 2:
        return None
    module = min(ties, key=lambda m: (len(ties[m]), -sum(h == m for h in homes.values()), m))
    own = sorted(t for t, m in homes.items() if m == module)
    return module, own, ties[module]
