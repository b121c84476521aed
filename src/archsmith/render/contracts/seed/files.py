"""`db/seed.sql`: rows for development and tests, in the order in which keys allow them."""

from collections.abc import Iterable, Iterator, Mapping

from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.phrases import listed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import is_home
from archsmith.knowledge.examples.seed import Row, Seed
from archsmith.knowledge.samples import Samples
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import ForeignKey, Table
from archsmith.model.design import Design
from archsmith.render.contracts.seed.literals import written
from archsmith.render.contracts.sql.databases import Database, databases
from archsmith.render.contracts.sql.order import in_order, late_keys
from archsmith.render.contracts.sql.quoting import comment, literal, name, names
from archsmith.render.contracts.sql.tenants import setting
from archsmith.render.view import View

Late = Mapping[str, tuple[ForeignKey, ...]]
_OPENING = {
    "postgresql": ["BEGIN;"],
    "sqlite": ["PRAGMA foreign_keys = ON;", "BEGIN;"],
    "mysql": ["SET NAMES utf8mb4;", "SET time_zone = '+00:00';", "START TRANSACTION;"],
}


def seeds(design: Design) -> Iterable[Artifact]:
    """One file for each database."""
    view = View(design)
    samples = Samples(Catalogue())
    for database in databases(view):
        text = _text(view, database, Seed(database.tables, {s.entity: s for s in view.arch.shapes}, samples))
        path = ArtifactPath(database.file("seed", "sql"))
        yield Artifact(path=path, content=text.encode("utf-8", "replace"), shows=database.shows)


def _text(view: View, database: Database, seed: Seed) -> str:
    ordered = in_order(sorted(database.tables, key=lambda t: not is_home(t)))
    late = late_keys(ordered)
    blocked = _blocked(ordered, late, {t.name for t in ordered if not seed.fits(t)})
    rows = {t.name: [] if t.name in blocked else _without(t, blocked, seed.of(t)) for t in ordered}
    body = list(_inserts(database.dialect, ordered, late, rows))
    head = [line for said in _about(view, database, ordered, rows) for line in comment(said)]
    return "\n\n".join(["\n".join(head), "\n".join(_OPENING[database.dialect]), *body, "COMMIT;"]) + "\n"


def _about(view: View, database: Database, ordered: tuple[Table, ...], rows: Mapping[str, list[Row]]) -> Iterator[str]:
    schema = database.file("schema", "sql").rpartition("/")[2]
    yield (
        f"Rows of {view.title} for development and tests: made up, and the same as in the examples of the API. "
        f"Run once, after {schema} or the migrations, in a database of its own; never in production."
    )
    if any(t.tenant_column for t in ordered):
        yield (
            "Whoever may add rows loads them, the owner of the tables or a member of the application's role: before "
            "its rows each tenant is named, as the service does."
        )
    empty = [t.name for t in ordered if not rows[t.name]]
    if empty:
        yield f"Empty, since the service fills them while it runs: {listed(empty, 12)}."
    if any(isinstance(value, bytes) for made in rows.values() for row in made for value in row.values()):
        yield "Encrypted columns hold random octets: no key opens them."


def _blocked(ordered: tuple[Table, ...], late: Late, full: set[str]) -> set[str]:
    """Tables in a circle of required references, which no row can enter, and those that need a row of them."""
    required = {t.name: {c.name for c in t.columns if not c.nullable} for t in ordered}
    found = full | {n for n, keys in late.items() for k in keys if set(k.columns) <= required[n] and k.target != n}
    while (
        more := {
            t.name for t in ordered for k in t.foreign_keys if k.target in found and set(k.columns) <= required[t.name]
        }
        - found
    ):
        found |= more
    return found


def _without(table: Table, empty: set[str], rows: list[Row]) -> list[Row]:
    """The rows without references into tables that stay empty."""
    gone = {c for k in table.foreign_keys if k.target in empty for c in k.columns if c != "tenant_id"}
    return [{c: None if c in gone else v for c, v in row.items()} for row in rows]


def _inserts(dialect: str, ordered: tuple[Table, ...], late: Late, rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """The rows of each table, those of the tenant at hand first; then references that close a circle."""
    current = ""
    for table in ordered:
        later = {c for k in late.get(table.name, ()) for c in k.columns if c != "tenant_id"}
        for tenant, own in _by_tenant(table, rows[table.name], current):
            lines = [_named(table, tenant)] if tenant and tenant != current else []
            current = tenant or current
            yield "\n".join([*lines, _insert(dialect, table, own, later)])
    for table in ordered:
        for key in late.get(table.name, ()):
            for tenant, own in _by_tenant(table, rows[table.name], current):
                lines = [_named(table, tenant)] if tenant and tenant != current else []
                current = tenant or current
                lines += [line for row in own for line in _update(dialect, table, key, row)]
                yield "\n".join(lines)


def _by_tenant(table: Table, rows: list[Row], current: str) -> list[tuple[str, list[Row]]]:
    if not table.tenant_column:
        return [("", rows)] if rows else []
    tenants = sorted({str(row[table.tenant_column]) for row in rows}, key=lambda t: (t != current, t))
    return [(t, [row for row in rows if row[table.tenant_column] == t]) for t in tenants]


def _named(table: Table, tenant: str) -> str:
    return f"SELECT set_config({literal(setting(table))}, {literal(tenant)}, true);"


def _insert(dialect: str, table: Table, rows: list[Row], later: set[str]) -> str:
    columns = [c for c in table.columns if any(c.name in row for row in rows)]
    lines = [
        ", ".join(written(None if c.name in later else row.get(c.name), c, dialect) for c in columns) for row in rows
    ]
    values = ",\n".join(f"    ({line})" for line in lines)
    return f"INSERT INTO {name(table.name)} ({names(c.name for c in columns)}) VALUES\n{values};"


def _update(dialect: str, table: Table, key: ForeignKey, row: Row) -> list[str]:
    own = written(row["id"], next(c for c in table.columns if c.name == "id"), dialect)
    later = [c for c in table.columns if c.name in key.columns and c.name != "tenant_id" and row.get(c.name)]
    said = [f"{name(c.name)} = {written(row[c.name], c, dialect)}" for c in later]
    return [f"UPDATE {name(table.name)} SET {assigned} WHERE id = {own};" for assigned in said]  # noqa: S608 - written, not run
