"""Fills the tables of a design at scale, in SQL: rows that satisfy every constraint, and values to ask for."""

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from psycopg import sql

from archsmith.knowledge.dialects import is_home
from archsmith.model.contracts import Column, Query, Table
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.render.contracts.sql.order import in_order
from archsmith.render.contracts.sql.queries import far_column
from archsmith.render.contracts.sql.quoting import literal, name

MOST = 10_000
"""Rows of a large table."""
FEW = 500
"""Rows of a table that is read whole (index.rows): it stays as small as it is."""
TENANTS = 20
_BASE = "timestamptz '2026-01-01 00:00Z'"


class Filling:
    """Which rows each table of one database gets: row `i` (1, 2, ...) is of tenant `i mod 20`, its key a hash."""

    def __init__(self, design: Design, tables: Iterable[Table], most: int = MOST) -> None:
        self._most = most
        self.tables = in_order(tables)
        self._by_name = {t.name: t for t in self.tables}
        shapes = {s.entity: s for s in design.architecture.shapes}
        self._fields = {t.name: {f.name: f for f in shapes[t.entity].fields} if t.entity else {} for t in self.tables}
        rows = {e.id: e.rows.value for e in design.derivation.domain.entities}
        self.rows = {t.name: self._size(t, rows.get(t.entity, MOST) if t.entity else MOST) for t in self.tables}
        for table in self.tables:  # one row a target, where only one may refer to it
            for target in self._single(table):
                self.rows[table.name] = min(self.rows[table.name], self.rows[target])
        self._home = next((t.name for t in self.tables if is_home(t)), "")
        if self._home in self.rows:
            self.rows[self._home] = TENANTS

    def _size(self, table: Table, rows: float) -> int:
        """As many as there will be; of tables that tenants share enough that each tenant has pages of them."""
        least = self._most if table.tenant_column else self._most // 5
        few = int(max(rows, TENANTS)) if rows < FEW else min(max(int(rows), least), self._most)
        return few - few % TENANTS

    def _single(self, table: Table) -> Iterator[str]:
        once = [*table.uniques, *(i.columns for i in table.indexes if i.unique)]
        for key in table.foreign_keys:
            if any(key.columns[-1] in u for u in once) and key.target != table.name and key.columns[-1] != "tenant_id":
                yield key.target

    def run(self, db: psycopg.Connection[Any]) -> None:
        """Inserts and counts. Keys in cycles are looked at once all rows stand."""
        db.execute("SET session_replication_role = replica")
        for table in self.tables:
            db.execute(self._insert(table).encode())
        db.execute("SET session_replication_role = origin")
        for table in self.tables:
            db.execute(f"VACUUM (ANALYZE) {name(table.name)}".encode())  # GIN keeps new words in a list until then
            for key in table.foreign_keys:
                self._holds(db, table, key.columns, key.target, key.target_columns)

    def _holds(
        self, db: psycopg.Connection[Any], table: Table, own: tuple[str, ...], target: str, theirs: tuple[str, ...]
    ) -> None:
        pairs = " AND ".join(f"b.{name(t)} = a.{name(c)}" for c, t in zip(own, theirs, strict=True))
        said = " AND ".join(f"a.{name(c)} IS NOT NULL" for c in own)
        joined = f"{name(table.name)} a LEFT JOIN {name(target)} b ON {pairs}"
        found = db.execute(f"SELECT count(*) FROM {joined} WHERE {said} AND b IS NULL".encode()).fetchone()
        assert found == (0,), f"{table.name} {own} -> {target}: {found}"

    def _insert(self, table: Table) -> str:
        columns = [c for c in table.columns if not c.generated]
        values = ",\n  ".join(self._value(table, c) for c in columns)
        listed = ", ".join(name(c.name) for c in columns)
        count = self.rows[table.name]
        return f"INSERT INTO {name(table.name)} ({listed}) SELECT {values} FROM generate_series(1, {count}) i"

    def _value(self, table: Table, column: Column) -> str:
        if column.name == "tenant_id":
            return f"md5('{self._home}' || (1 + i % 20))::uuid"
        if column.name == "id":
            return f"md5({literal(table.name)} || i)::uuid"
        for key in table.foreign_keys:
            if key.columns[-1] == column.name:
                return self._reference(table, key.target)
        return self._plain(table, column, self._fields[table.name].get(column.name))

    def _reference(self, table: Table, target: str) -> str:
        """A row of the same tenant; every one in turn where each may be had once."""
        if target in self._single(table):
            return f"md5({literal(target)} || i)::uuid"
        count = self.rows[target]
        other = f"(1 + (i % 20) + 20 * ((i::bigint * 7919 / 20) % {count // TENANTS}))"
        other = f"CASE WHEN {other} % 20 = i % 20 THEN {other} ELSE {other} - 1 END"
        return f"md5({literal(target)} || CASE WHEN ({other}) < 1 THEN 20 ELSE ({other}) END)::uuid"

    def _plain(self, table: Table, column: Column, field: Field | None) -> str:
        last = any(f" {column.name} >" in f" {c.expression}" for c in table.checks) or any(
            column.name == o.ends for o in table.overlaps
        )
        match column.type:
            case "uuid":
                return f"md5({literal(table.name + column.name)} || i % 997)::uuid"
            case "timestamptz":
                return f"{_BASE} + i * interval '2 minutes' + interval '{1 if last else 0} minute'"
            case "date":
                return f"date '2020-01-01' + i{' + 1' if last else ''}"
            case "boolean":
                return "i % 2 = 0"
            case "jsonb":
                return "'{}'::jsonb"
            case "bytea":
                return "decode(md5(i::text), 'hex')"
            case "double precision":
                return "i % 90"
            case "bigint":
                low = (field.minimum if field else None) or (100 if column.name == "status" else 1)
                return f"{low} + (i % 300){' + 300' if last else ''}"
            case "text" if field and field.pattern and column.default:
                return column.default  # what the database makes itself fits its own rule
            case "text":
                return _text(column, field)
            case _:
                return f"(i % 1000)::numeric / 100{' + 10' if last else ''}"


def _text(column: Column, field: Field | None) -> str:
    if field is not None and field.states:
        return f"({'ARRAY[' + ', '.join(map(literal, field.states)) + ']'})[1 + (i / 20) % {len(field.states)}]"
    if column.name == "state":
        return "CASE WHEN i % 50 = 0 THEN 'ready' ELSE 'done' END"
    if field is not None and field.type is AttributeType.EMAIL:
        return "'u' || i || '@example.com'"
    if field is not None and field.type is AttributeType.PHONE:
        return "'+49' || (1000000000 + i)"
    if field is not None and field.max_length == 3:
        return "'EUR'"
    limit = field.max_length if field is not None and field.max_length else 40
    return f"left('w' || i || ' of {name(column.name)[:20]}', {limit})"


def ask(db: psycopg.Connection[Any], ident: str, tables: dict[str, Table], table: Table, query: Query) -> Any:
    """The plan of a prepared query for values that stand in a row in the middle of its table."""
    last = tables[query.through[-1][1]] if query.through else table
    far = far_column(table, query)
    values = [_middle(db, last if c == far else table, c) for c in query.equal]
    if query.span and query.kind not in ("old", "taken"):
        values += [_middle(db, table, query.span, 0.49), _middle(db, table, query.span, 0.51)]
    if query.vacancy is not None:
        spans = tables[query.vacancy.table]
        values += [_middle(db, spans, query.vacancy.ends, 0.98), _middle(db, spans, query.vacancy.starts, 0.99)]
    if query.kind == "words":
        values += [str(_middle(db, table, _worded(table))).split(" ")[0], 50]
    if query.kind == "page":
        values += [*(_middle(db, table, c) for c in query.order), 50]
    if query.kind == "old":
        values.append(_middle(db, table, query.span, 0.01))
    said = sql.SQL(", ").join(sql.Literal(str(v) if not isinstance(v, bytes) else v) for v in values)
    call = sql.SQL("EXPLAIN (FORMAT JSON) EXECUTE {}").format(sql.Identifier(ident))
    row = db.execute(call + sql.SQL("({})").format(said) if values else call).fetchone()
    assert row is not None
    return row[0][0]["Plan"]


def _worded(table: Table) -> str:
    words = next(c for c in table.columns if c.type == "tsvector").generated
    return words.split("coalesce(", 1)[1].split(",", 1)[0]


def _middle(db: psycopg.Connection[Any], table: Table, column: str, share: float = 0.5) -> Any:
    text = f"SELECT percentile_disc({share}) WITHIN GROUP (ORDER BY {name(column)}) FROM {name(table.name)}"
    row = db.execute(text.encode()).fetchone()
    return row[0] if row else None


def nodes(plan: Any) -> Iterator[Any]:
    """A plan's nodes."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)
