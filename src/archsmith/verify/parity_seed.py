"""Seeds read back: every row is the one that the examples' rule makes, and that rule's rows keep the model's limits."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import sql_folder
from archsmith.knowledge.examples.seed import Seed
from archsmith.knowledge.samples import Samples
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Column, Table
from archsmith.model.shapes import Shape
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at, seen
from archsmith.verify.ports import chosen, verdict
from archsmith.verify.seed_rules import faults
from archsmith.verify.seed_statements import Changed, Number, Other, Put, Said, Value, read
from archsmith.verify.sql_readers import readable

SEEDS: Final = {"postgresql": "seed.sql", "mysql": "seed-mysql.sql", "sqlite": "seed-sqlite.sql"}
_FILES: Final = tuple(f"{folder}/{name}" for folder in ("db", "db/*") for name in SEEDS.values())
_FRAME: Final = {
    "postgresql": ("BEGIN", "COMMIT"),
    "mysql": ("SET NAMES utf8mb4", "SET time_zone = '+00:00'", "START TRANSACTION", "COMMIT"),
    "sqlite": ("PRAGMA foreign_keys = ON", "BEGIN", "COMMIT"),
}
"""What stands around the rows: all of them come, or none."""
Row = dict[str, Value]


class SeedParity:
    """A seed has the rows of the examples in the columns of the model, in an order that its keys allow, each tenant's
    under its name. Whatever made them, they keep the limits of the fields, lead somewhere, differ where they must, and
    reach nobody: addresses and numbers are those that are kept for examples."""

    id = "V-PARITY-SEED"
    what = "seed data is that of the examples, within the model's limits"
    tool = "archsmith with pglast or sqlglot"
    patterns = ("design.json", *_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the rows of each seed."""
        arch, facts = design_of(files).architecture, list[str]()
        kept, versions, left_out = readable(arch)
        shown = {str(f.path): f for f in chosen(files, _FILES)}
        shapes, samples = {s.entity: s for s in arch.shapes}, Samples(Catalogue())
        for store, (reader, tables) in kept.items():
            path = f"{sql_folder(arch, store)}/{SEEDS[reader.dialect]}"
            file = shown.pop(path, None)
            if file is None:
                facts.append(f"missing: {path}")
                continue
            try:
                said = list(read(file.content.decode(), reader.dialect))
            except ValueError as error:
                facts.append(f"{path}: {error}")
                continue
            facts += [f"{path}: {fact}" for fact in _differences(said, reader.dialect, tables, shapes, samples)]
        facts += [f"{path}: no database has it" for path in shown if not left_out]
        return verdict(self, files, facts, version=versions, command="compare with design.json", left_out=left_out)


def _differences(
    said: Sequence[Said],
    dialect: str,
    tables: tuple[Table, ...],
    shapes: Mapping[EntityId, Shape],
    samples: Samples,
) -> Iterator[str]:
    by_name = {t.name: t for t in tables}
    wanted = _filled(tables, Seed(tables, shapes, samples))
    yield from compare(_said_facts(said, by_name), _model_facts(dialect, by_name, wanted))
    yield from faults(said, dialect, by_name, shapes)


def _filled(tables: tuple[Table, ...], seed: Seed) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table. One can have rows once all that its rows must refer to can; a reference that may be empty
    is, where it leads to a table without rows."""
    fits, full = {t.name: t for t in tables if seed.fits(t)}, set[str]()
    while more := {name for name, t in fits.items() if name not in full and _required(t) - {name} <= full}:
        full |= more
    rows = dict[str, list[dict[str, Any]]]()
    for name in full:
        empty = {c for k in fits[name].foreign_keys if k.target not in full for c in k.columns if c != "tenant_id"}
        rows[name] = [{c: None if c in empty else v for c, v in row.items()} for row in seed.of(fits[name])]
    return rows


def _required(table: Table) -> set[str]:
    needed = {c.name for c in table.columns if not c.nullable}
    return {k.target for k in table.foreign_keys if set(k.columns) <= needed}


def _said_facts(said: Iterable[Said], tables: Mapping[str, Table]) -> Iterator[Fact]:
    """Each row as it is in the end; what else the file does."""
    rows = dict[tuple[str, str], tuple[Row, str]]()
    for number, each in enumerate(said):
        match each:
            case Put():
                for values in each.rows:
                    row = dict(zip(each.columns, values, strict=False))
                    place = (each.table, _key(row, tables.get(each.table)))
                    if place in rows or len(values) != len(each.columns):
                        yield Fact(f"statement {number}", "puts a row again, or another number of values")
                    rows[place] = (row, each.tenant)
            case Changed():
                place = (each.table, str(each.id))
                if place in rows:
                    rows[place][0][each.column] = each.value
                else:
                    yield Fact(f"statement {number} changes {each.table} {each.id!r}, which is no row")
            case Other():
                yield Fact(f"statement {each.said}")
    for (name, key), (row, tenant) in rows.items():
        yield from facts_at(f"{name} row {key}", {c: _shown(v) for c, v in row.items()} | {"under tenant": tenant})


def _model_facts(dialect: str, tables: Mapping[str, Table], rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[Fact]:
    from archsmith.verify.dialect_facts import statement

    for said in _FRAME[dialect]:
        yield Fact(f"statement {said if dialect == 'postgresql' else statement(said, dialect)}")
    for name, made in rows.items():
        table = tables[name]
        columns = [c for c in table.columns if any(c.name in row for row in made)]
        for row in made:
            shown = {c.name: _kept(row.get(c.name), c, dialect) for c in columns}
            tenant = f"{table.tenant_column} {row[table.tenant_column]}" if table.tenant_column else ""
            told = {c: _shown(v) for c, v in shown.items()} | {"under tenant": tenant}
            yield from facts_at(f"{name} row {_key(shown, table)}", told)


def _key(row: Mapping[str, Any], table: Table | None) -> str:
    if table is None or "id" in row:
        return str(row.get("id"))
    return " ".join(str(row.get(c)) for c in table.primary_key)


def _kept(value: Any, column: Column, dialect: str) -> Value:
    """A value as the dialect keeps it: octets, numbers as such or as text, moments as far as the column goes."""
    match value:
        case None | bool() | bytes():
            kept: Value = int(value) if isinstance(value, bool) and dialect == "sqlite" else value
        case int() | float() if column.type == "TEXT":
            kept = str(value)
        case int():
            kept = value
        case float():
            kept = Number(value)
        case dict() | list():
            kept = json.dumps(value, ensure_ascii=False)
        case _:
            kept = _moment(str(value), column, dialect)
    if isinstance(kept, bytes) and dialect == "postgresql":
        return f"\\x{kept.hex()}"
    return kept


def _moment(value: str, column: Column, dialect: str) -> str:
    """In MySQL without a zone, in SQLite with thousandths where the column's own moments have them."""
    if dialect == "mysql" and column.type == "datetime(6)":
        return value.replace("T", " ").rstrip("Z")
    if dialect == "sqlite" and column.default.startswith("(strftime"):
        return f"{value[:-1]}.000Z" if value.endswith("Z") else value
    return value


def _shown(value: Value) -> str:
    """Numbers, texts, octets and truth values told apart."""
    if isinstance(value, Number):
        return f"number {float(value):.12g}"
    if isinstance(value, str):
        return repr(seen(value))
    return f"number {value}" if isinstance(value, int) and not isinstance(value, bool) else repr(value)
