"""What the pages of foreseeable changes have to say, out of the model: which table, which statements, how long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from archsmith.knowledge.dialects import mysql_checks
from archsmith.model.architecture import Service
from archsmith.model.contracts import Column, ForeignKey, Index, Table
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source
from archsmith.model.upkeep import Upkeep
from archsmith.verify.parity_mysql_model import column_text
from archsmith.verify.parity_sql_model import policy_text, refers_text

NEW: Final = "NEW_STATE"
Step = tuple[frozenset[str], float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A section. `of`: what it is about; `names` and `figures`: those of its prose, in their order; `steps`: of each
    the locks in capitals and the seconds, None where it takes none; `sql`: its statements; `pauses`: figures of their
    comments; `batches`: those of the steps. `anew`: the table as SQLite makes it anew, under another name."""

    kind: str
    of: str = ""
    names: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    steps: tuple[Step, ...] = ()
    sql: tuple[str, ...] = ()
    pauses: tuple[float, ...] = ()
    anew: Table | None = None
    batches: tuple[float, ...] = ()


def changes(design: Design, dialect: str, tables: tuple[Table, ...], service: Service) -> Iterator[Change]:
    """The sections of a database's page but the first two, in any order."""
    upkeep = design.architecture.upkeep
    ranked = _ranked(design, tables)
    if upkeep is None or not ranked:
        return
    fields = {s.entity: s.fields for s in design.architecture.shapes}
    states = [(t, f) for t in ranked if t.entity for f in fields[t.entity] if f.states and _column(t, f)]
    if states:
        table, field = states[0]
        others = [t.name for t in ranked if t.entity and t is not table and any(f.states for f in fields[t.entity])]
        yield _state(dialect, upkeep, table, field, others)
    asked = [(t, f) for t in ranked if t.entity and not t.partition_by for f in fields[t.entity] if _optional(t, f)]
    if asked:
        yield _required(dialect, upkeep, *asked[0])
    growing = [t for t in ranked if dialect != "postgresql" or not t.partition_by]
    if growing:
        yield _growth(dialect, upkeep, growing[0], tables)
    small = len(design.architecture.services) == 1 and design.derivation.targets.team.value <= 3
    if dialect != "sqlite" and not small:
        yield from _split(dialect, service, tables)


def _ranked(design: Design, tables: Iterable[Table]) -> list[Table]:
    rows = {e.id: e.rows.value for e in design.derivation.domain.entities}
    return sorted((t for t in tables if t.entity in rows), key=lambda t: (-rows[t.entity] if t.entity else 0, t.name))


def _column(table: Table, field: Field) -> Column | None:
    return next((c for c in table.columns if c.name == field.name), None)


def _optional(table: Table, field: Field) -> bool:
    """What whoever makes a row may leave out, and nothing empties later."""
    column = _column(table, field)
    emptied = any(field.name in k.columns for k in table.foreign_keys if k.on_delete == "SET NULL")
    given = field.source in (Source.ATTRIBUTE, Source.REFERENCE) and not field.read_only and not field.encrypted
    return (
        column is not None and column.nullable and given and not emptied and field.type is not AttributeType.TIMESTAMP
    )


def _q(name: str, dialect: str) -> str:
    return f"`{name}`" if dialect == "mysql" else f'"{name}"'


def _step(locks: str, takes: float | None = None) -> Step:
    return frozenset(filter(None, locks.split(", "))), takes


_SHORT: Final = _step("ACCESS EXCLUSIVE")
_SHARED: Final = "SHARE UPDATE EXCLUSIVE"
_FREE: Final = _step("")
_BESIDE: Final = "INPLACE, LOCK=NONE"


def _patient(upkeep: Upkeep, seconds: float) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """A statement that would be stopped says so before, and how long others may take."""
    return (("SET statement_timeout = 0",), (upkeep.statement,)) if seconds >= upkeep.statement else ((), ())


def _state(dialect: str, upkeep: Upkeep, table: Table, field: Field, others: Sequence[str]) -> Change:
    work = upkeep.of(table.name)
    own, column = _q(table.name, dialect), _q(field.name, dialect)
    rule = f"CHECK ({column} IN ({', '.join(_text(s, dialect) for s in (*field.states, NEW))}))"
    figures: tuple[float, ...] = (work.rows, work.size)
    steps: tuple[Step, ...]
    sql: tuple[str, ...]
    anew, pauses = None, tuple[float, ...]()
    if dialect == "postgresql":
        old = f"{table.name}_{field.name}_check"
        wait, pauses = _patient(upkeep, work.scan)
        sql = (
            f'ALTER TABLE {own} ADD CONSTRAINT "{old}_2" {rule} NOT VALID',
            *wait,
            f'ALTER TABLE {own} VALIDATE CONSTRAINT "{old}_2"',
            f'ALTER TABLE {own} DROP CONSTRAINT "{old}"',
            f'ALTER TABLE {own} RENAME CONSTRAINT "{old}_2" TO "{old}"',
        )
        steps = (_SHORT, _step(_SHARED, work.scan), _FREE, _SHORT)
    elif dialect == "mysql":
        old = next(c.name for c in mysql_checks(table) if c.expression.startswith(f"{field.name} IN ("))
        sql = (
            f"ALTER TABLE {own} DROP CONSTRAINT `{old}`, ADD CONSTRAINT `{old[:62]}_2` {rule}, "
            "ALGORITHM=COPY, LOCK=SHARED",
        )
        steps = (_step("SHARED, CHECK", work.twice), _FREE)
        figures += (upkeep.statement,) if work.twice > upkeep.statement else ()
    else:
        check = f"{field.name} IN ({', '.join(_text(s, dialect) for s in (*field.states, NEW))})"
        sql, anew = _anew(table, field.name, check=check)
        steps = (_step("", work.twice), _FREE)
        figures += (upkeep.lock,) if work.twice > upkeep.lock else ()
    names = (*field.states, *others)
    return Change("state", f"{table.name}.{field.name}", names, figures, steps, sql, pauses, anew)


def _required(dialect: str, upkeep: Upkeep, table: Table, field: Field) -> Change:
    work = upkeep.of(table.name)
    own, column, anew = _q(table.name, dialect), _q(field.name, dialect), None
    empty = f"SELECT id FROM {own} WHERE {column} IS NULL ORDER BY id LIMIT {upkeep.batch}"  # noqa: S608 - compared, not run
    figures: tuple[float, ...] = (work.rows, work.size)
    pauses: tuple[float, ...] = (work.pause,)
    steps: tuple[Step, ...]
    sql: tuple[str, ...]
    batches = _step("", work.change)
    if dialect == "postgresql":
        rule = f"{table.name}_{field.name}_present"
        wait, told = _patient(upkeep, work.scan)
        pauses += told
        sql = (
            f'ALTER TABLE {own} ADD CONSTRAINT "{rule}" CHECK ({column} IS NOT NULL) NOT VALID',
            f"UPDATE {own} SET {column} = :value WHERE id IN ({empty} FOR UPDATE SKIP LOCKED)",  # noqa: S608 - compared, not run
            *wait,
            f'ALTER TABLE {own} VALIDATE CONSTRAINT "{rule}"',
            f"ALTER TABLE {own} ALTER COLUMN {column} SET NOT NULL",
            f'ALTER TABLE {own} DROP CONSTRAINT "{rule}"',
        )
        steps = (_FREE, _SHORT, _step("ROW EXCLUSIVE", work.change), _step(_SHARED, work.scan), _SHORT)
    elif dialect == "mysql":
        made = next(c for c in table.columns if c.name == field.name)
        sql = (
            f"UPDATE {own} SET {column} = :value WHERE {column} IS NULL ORDER BY id LIMIT {upkeep.batch}",  # noqa: S608 - compared, not run
            f"ALTER TABLE {own} MODIFY COLUMN {column_text(replace(made, nullable=False))}, "
            "ALGORITHM=INPLACE, LOCK=NONE",
        )
        steps = (_FREE, batches, _step(_BESIDE, work.twice))
    else:
        sql, anew = _anew(table, field.name, nullable=False)
        sql = (f"UPDATE {own} SET {column} = :value WHERE id IN ({empty})", *sql)  # noqa: S608 - compared, not run
        steps = (_FREE, batches, _step("", work.twice))
        figures += (upkeep.lock,) if work.twice > upkeep.lock else ()
    of = f"{table.name}.{field.name}"
    return Change("required", of, (), figures, steps, sql, pauses, anew, (upkeep.batch,))


def _anew(table: Table, column: str, **changed: object) -> tuple[tuple[str, ...], Table]:
    """SQLite's way (lang_altertable.html): what is made stands in the table, here is what is done around it."""
    columns = tuple(replace(c, **changed) if c.name == column else c for c in table.columns)
    kept = ", ".join(f'"{c.name}"' for c in table.columns if not c.generated)
    own, new = f'"{table.name}"', f'"{table.name}_new"'
    around = (
        "PRAGMA foreign_keys = OFF",
        "BEGIN IMMEDIATE",
        f"INSERT INTO {new} ({kept}) SELECT {kept} FROM {own}",  # noqa: S608 - compared, not run
        f"DROP TABLE {own}",
        f"ALTER TABLE {new} RENAME TO {own}",
        "PRAGMA foreign_key_check",
        "COMMIT",
        "PRAGMA foreign_keys = ON",
    )
    return around, replace(table, columns=columns)


def _growth(dialect: str, upkeep: Upkeep, table: Table, tables: tuple[Table, ...]) -> Change:
    now, ten = upkeep.of(table.name), upkeep.of(table.name, 10.0)
    figures = (now.rows, now.size, ten.rows, ten.size, upkeep.cut)
    whole = Change("growth", "", (table.name,), figures)
    return whole if dialect != "postgresql" or ten.rows < upkeep.cut else _cut(upkeep, whole, table, tables)


def _cut(upkeep: Upkeep, whole: Change, table: Table, tables: tuple[Table, ...]) -> Change:
    """PostgreSQL: the table becomes the first part of one that is cut."""
    ten = upkeep.of(table.name, 10.0)
    by = "created_at" if any(c.name == "created_at" for c in table.columns) else table.primary_key[0]
    own, part, rule = f'"{table.name}"', f'"{table.name}_before"', f'"{table.name}_before_cut"'
    pointing = [(t, k) for t in tables for k in t.foreign_keys if k.target == table.name and t.name != table.name]
    wait, pauses = _patient(upkeep, ten.scan)
    sql = (
        f'ALTER TABLE {own} ADD CONSTRAINT {rule} CHECK ("{by}" < :cut) NOT VALID',
        *wait,
        f"ALTER TABLE {own} VALIDATE CONSTRAINT {rule}",
        f'CREATE UNIQUE INDEX CONCURRENTLY "{table.name}_cut_key" ON {own} (id, "{by}")',
        "BEGIN",
        *(f'ALTER TABLE "{t.name}" DROP CONSTRAINT "{k.name}"' for t, k in pointing),
        f"ALTER TABLE {own} RENAME TO {part}",
        f'ALTER TABLE {part} DROP CONSTRAINT "{table.name}_pkey"',
        f"CREATE TABLE {own} (LIKE {part} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS, "
        f'PRIMARY KEY (id, "{by}")) PARTITION BY RANGE ("{by}")',
        f"ALTER TABLE {own} DROP CONSTRAINT {rule}",
        *(f'ALTER TABLE {own} ADD CONSTRAINT "{k.name}" {refers_text(k)}' for k in table.foreign_keys),
        *_apart(table),
        f"ALTER TABLE {own} ATTACH PARTITION {part} FOR VALUES FROM (MINVALUE) TO (:cut)",
        "COMMIT",
        *(_again(table, x) for x in table.indexes if not x.unique and not x.where),
    )
    names = (table.name, by, *sorted({t.name for t, _ in pointing}), *(c for u in table.uniques for c in u))
    steps = (_step(_SHARED, ten.scan), _step(_SHARED, ten.twice), _SHORT)
    return Change("growth", "", names, whole.figures, steps, sql, pauses)


def _apart(table: Table) -> Iterator[str]:
    if table.tenant_column:
        yield f'ALTER TABLE "{table.name}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table.name}" FORCE ROW LEVEL SECURITY'
        yield policy_text(table)


def _again(table: Table, index: Index) -> str:
    columns = ", ".join(f'"{c}"' for c in index.columns)
    return f'CREATE INDEX "{f"{index.name}_all"[-63:]}" ON "{table.name}" USING {index.method} ({columns})'


def _split(dialect: str, service: Service, tables: tuple[Table, ...]) -> Iterator[Change]:
    """The module with the fewest keys to and from the others; of equals the one with the most tables."""
    homes = {t.name: m.name for t in tables for m in service.modules if t.entity in m.entities}
    ties: dict[str, list[tuple[Table, ForeignKey]]] = {module: [] for module in homes.values()}
    for table in tables:
        for key in table.foreign_keys:
            ends = {homes.get(table.name), homes.get(key.target)}
            if len(ends) == 2 and None not in ends:
                for module in ends:
                    ties[str(module)].append((table, key))
    if len(ties) < 2:
        return
    module = min(ties, key=lambda m: (len(ties[m]), -list(homes.values()).count(m), m))
    own = sorted(t for t, m in homes.items() if m == module)
    if dialect == "postgresql":
        name = f"{module}_out".replace("-", "_")
        sql = [f'CREATE PUBLICATION "{name}" FOR TABLE {", ".join(_q(t, dialect) for t in own)}']
        sql += [f'ALTER TABLE "{t.name}" DROP CONSTRAINT "{k.name}"' for t, k in ties[module]]
        steps = (_FREE, _SHORT, _SHORT)
    else:
        lock = "ALGORITHM=INPLACE, LOCK=NONE"
        sql = [f"ALTER TABLE `{t.name}` DROP FOREIGN KEY `{k.name}`, {lock}" for t, k in ties[module]]
        steps = (_FREE, _step(_BESIDE), _step("EXCLUSIVE"))
    yield Change("split", "", tuple(own), (len(ties[module]),), steps, tuple(sql))


def _text(value: str, dialect: str) -> str:
    escaped = value.replace("\\", "\\\\") if dialect == "mysql" else value
    return "'" + escaped.replace("'", "''") + "'"
