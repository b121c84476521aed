"""What a real PostgreSQL does with a design's tables at scale: plans, rights, and two who want the same thing."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import sql
from tests.compose.test_queries import GAUGE, READING, asking
from tests.designs import EVERY_BRIEF, EXAMPLES, name_of, undoubted
from tests.render.contracts.designs import designed, many_shops
from tests.render.contracts.filled import Filling, ask, nodes
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation
from tests.test_examples import made

from archsmith.kernel.units import Months
from archsmith.knowledge.dialects import SERVICE_ROLE as ROLE
from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.model.domain import Access
from archsmith.render.contracts.sql.functions import UUID_V7
from archsmith.render.contracts.sql.queries import named, query_files
from archsmith.render.contracts.sql.roles import role_files
from archsmith.render.contracts.sql.schema import schemas

pytestmark = pytest.mark.postgres


def example(title: str) -> Callable[[], Design]:
    return lambda: made(title)[0]


@contextmanager
def database(url: str) -> Iterator[str]:
    """An empty database."""
    fresh = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        try:
            yield psycopg.conninfo.make_conninfo(url, dbname=fresh)
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(fresh)))


def explained(url: str, design: Design) -> list[str]:
    """Every query that is not answered by the index it is meant for, and every index that answers none."""
    found = []
    texts = [(s.content, q.content) for s, q in zip(schemas(design), query_files(design), strict=True)]
    stores = postgresql_tables(design.architecture).values()
    for (schema, asked), tables in zip(texts, stores, strict=True):
        with database(url) as own, psycopg.connect(own, autocommit=True) as db:
            db.execute(schema)
            filling = Filling(design, tables)
            filling.run(db)
            db.execute(asked)
            found += wrong_plans(db, tables, filling.rows)
    return found


FEW = 1000
"""Rows that are read as quickly without their key."""


def wrong_plans(db: psycopg.Connection[Any], tables: tuple[Table, ...], rows: dict[str, int]) -> list[str]:
    found, used, by_name = [], set[str](), {t.name: t for t in tables}
    keys = {row[0]: (row[1], tuple(row[2] or ())) for row in db.execute(_INDEX_COLUMNS)}
    for ident, table, query in named(tables):
        plan = ask(db, ident, by_name, table, query)
        scanned = {keys[n["Index Name"]][0] for n in nodes(plan) if "Index Name" in n}
        used |= scanned
        columns = {v[1] for v in keys.values() if v[0] in scanned}
        wanted = tuple(query.index.split(", "))
        served = query.index in scanned or any(c[: len(wanted)] == wanted for c in columns)
        rules = (", ".join(u) for u in (table.primary_key, *table.uniques))
        small = query.index in ("", *rules) and rows[table.name] < FEW
        if query.index and not served and not small:
            shown = [(n["Node Type"], n.get("Index Name", "")) for n in nodes(plan)]
            found.append(f"{table.name}: {query.name} wants {query.index}, the plan is {shown}")
    indexes = {i.name for t in tables for i in t.indexes if not i.unique}
    return found + [f"no query uses {name}" for name in sorted(indexes - used)]


_INDEX_COLUMNS = """
SELECT c.relname,
    coalesce((SELECT p.relname FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent WHERE h.inhrelid = c.oid),
             c.relname),
    (SELECT array_agg(a.attname::text ORDER BY k.n)
     FROM unnest(x.indkey) WITH ORDINALITY k(att, n)
     JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.att)
FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
"""
"""Of each index: its name, that of the index of which it is a part, and its columns."""


def with_readings() -> Design:
    """The seed shop with gauges that report for ever: rows cut by month."""
    derivation, domain = sample_derivation(), sample_derivation().domain
    more = (asking(READING, Access.APPEND), asking(READING, Access.AGGREGATE, ("gauge_id",)))
    kept = replace(READING, retention=fact(Months(13.0)))
    domain = replace(domain, entities=(*domain.entities, GAUGE, kept), operations=(*domain.operations, *more))
    return designed(replace(derivation, domain=domain), sample_decisions())


@pytest.mark.parametrize("design", [*map(example, ("startup", "clinic", "tickets")), many_shops, with_readings])
def test_every_query_has_its_index_and_every_index_its_query(postgres_url: str, design: Callable[[], Design]) -> None:
    assert explained(postgres_url, design()) == []


@pytest.mark.all
@pytest.mark.parametrize("brief", [b for b in EVERY_BRIEF if b not in EXAMPLES], ids=name_of)
def test_every_query_of_every_brief_has_its_index(postgres_url: str, brief: Path) -> None:
    assert explained(postgres_url, undoubted(brief)) == []


def test_a_month_that_ended_goes_with_its_partition(postgres_url: str) -> None:
    text = b"".join(f.content for f in schemas(with_readings()))
    with database(postgres_url) as own, psycopg.connect(own, autocommit=True) as db:
        db.execute(text)
        for month in ("2019-01-31", "2019-02-01"):
            db.execute("SELECT add_partition('readings', 'readings', 'month', %s::date)", (month,))
        gauge = b"INSERT INTO gauges (id, name) VALUES (gen_random_uuid(), 'x') RETURNING id"
        (ident,) = db.execute(gauge).fetchone() or ()
        for when in ("2019-01-31 23:59Z", "2019-02-01 00:00Z", "now"):
            db.execute("INSERT INTO readings (gauge_id, measured_at, kind) VALUES (%s, %s, 'k')", (ident, when))
        parts = "SELECT tableoid::regclass::text FROM readings ORDER BY measured_at LIMIT 2"
        assert db.execute(parts).fetchall() == [("readings_201901",), ("readings_201902",)]
        january = "SELECT drop_old_partitions('readings', now() - timestamptz '2019-02-15Z')"
        assert db.execute(january).fetchone() == (1,)
        assert db.execute(parts).fetchone() == ("readings_201902",)
        assert db.execute("SELECT drop_old_partitions('readings', interval '13 months')").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM readings").fetchone() == (1,), "what is due stays, and the default too"


def test_keys_follow_each_other_in_time(postgres_url: str) -> None:
    with database(postgres_url) as own, psycopg.connect(own, autocommit=True) as db:
        db.execute(UUID_V7.encode())
        made = [db.execute("SELECT uuid_v7(), pg_sleep(0.002)").fetchone() for _ in range(20)]
    keys = [row[0] for row in made if row]
    assert keys == sorted(keys)
    assert {(k.version, k.variant) for k in keys} == {(7, uuid.RFC_4122)}


@pytest.fixture(scope="module")
def shared(postgres_url: str) -> Iterator[str]:
    """The shop of many tenants, filled, with the rights of its application."""
    design = many_shops()
    (tables,) = postgresql_tables(design.architecture).values()
    with database(postgres_url) as own, psycopg.connect(own, autocommit=True) as db:
        db.execute(b"".join(f.content for f in schemas(design)))
        Filling(design, tables).run(db)
        db.execute(b"".join(f.content for f in role_files(design)))
        yield own
        db.execute(f"DROP OWNED BY {ROLE}".encode())
        db.execute(f"DROP ROLE {ROLE}".encode())


GUARDED = [t for t in many_shops().architecture.tables if t.tenant_column]


@pytest.mark.parametrize("table", GUARDED, ids=lambda t: t.name)
def test_no_row_of_another_tenant_can_be_read_changed_or_added(shared: str, table: Table) -> None:
    own = table.name.encode()
    with psycopg.connect(shared, autocommit=True) as db:
        mine, theirs = (row[0] for row in db.execute(b"SELECT id FROM tenants ORDER BY id LIMIT 2"))
        everybody = db.execute(b"SELECT count(DISTINCT tenant_id) FROM " + own).fetchone()
        assert everybody is not None
        assert everybody[0] > 1, "else the test could not fail"
        db.execute(f"SET ROLE {ROLE}".encode())
        assert db.execute(b"SELECT count(*) FROM " + own).fetchone() == (0,), "no tenant named, no rows"
        db.execute("SELECT set_config('app.tenant_id', %s, false)", (str(mine),))
        assert db.execute(b"SELECT DISTINCT tenant_id FROM " + own).fetchall() == [(mine,)]
        if not table.append_only:
            changed = db.execute(b"UPDATE " + own + b" SET tenant_id = tenant_id WHERE tenant_id = %s", (theirs,))
            assert changed.rowcount == 0
            assert db.execute(b"DELETE FROM " + own + b" WHERE tenant_id = %s", (theirs,)).rowcount == 0
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                db.execute(b"UPDATE " + own + b" SET tenant_id = %s", (theirs,))
        columns = ", ".join(c.name for c in table.columns if not c.generated and c.name not in ("id", "tenant_id"))
        copied = f"INSERT INTO {table.name} (tenant_id, {columns}) SELECT %s, {columns} FROM {table.name} LIMIT 1"
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            db.execute(copied.encode(), (theirs,))


def test_a_policy_keeps_no_query_from_its_index(shared: str) -> None:
    """As the application: only operators that leak nothing read an index under a policy."""
    design = many_shops()
    (tables,) = postgresql_tables(design.architecture).values()
    with psycopg.connect(shared, autocommit=True) as db:
        (tenant,) = db.execute("SELECT id FROM tenants ORDER BY id LIMIT 1").fetchone() or ()
        db.execute(f"SET ROLE {ROLE}".encode())
        db.execute("SELECT set_config('app.tenant_id', %s, false)", (str(tenant),))
        db.execute(b"".join(f.content for f in query_files(design)))
        assert wrong_plans(db, tables, Filling(design, tables).rows) == []


def test_no_row_refers_to_a_row_of_another_tenant(shared: str) -> None:
    keys = [(t, k) for t in GUARDED for k in t.foreign_keys if "tenant_id" in k.columns and len(k.columns) == 2]
    assert keys
    with psycopg.connect(shared, autocommit=True) as db:
        for table, key in keys:
            column = key.columns[-1]
            other = f"SELECT b.id FROM {key.target} b WHERE b.tenant_id <> {table.name}.tenant_id LIMIT 1"
            one = f"id = (SELECT min(id::text)::uuid FROM {table.name} WHERE {column} IS NOT NULL)"
            with pytest.raises((psycopg.errors.ForeignKeyViolation, psycopg.errors.UniqueViolation)):
                db.execute(f"UPDATE {table.name} SET {column} = ({other}) WHERE {one}".encode())


def test_what_is_only_added_stays(postgres_url: str) -> None:
    design = made("startup")[0]
    added = [t.name for t in design.architecture.tables if t.append_only]
    assert added == ["audit_entries"]
    with database(postgres_url) as own, psycopg.connect(own) as db:  # one transaction: the role is gone at its end
        db.execute(b"".join(f.content for f in schemas(design)).replace(b"COMMIT;", b""))
        db.execute(b"".join(f.content for f in role_files(design)))
        db.execute(f"SET ROLE {ROLE}".encode())
        for said in ("UPDATE audit_entries SET at = now()", "DELETE FROM audit_entries", "TRUNCATE audit_entries"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
                db.execute(said.encode())
        db.execute("INSERT INTO audit_entries (actor, action, subject_table) VALUES ('a', 'b', 'c')")
        db.rollback()


def test_two_who_book_the_same_desk_at_once_do_not_both_get_it(postgres_url: str) -> None:
    design = made("startup")[0]
    (tables,) = postgresql_tables(design.architecture).values()
    assert [o.keys for t in tables for o in t.overlaps if t.name == "bookings"] == [("desk_id",)]
    add = (
        "INSERT INTO bookings (desk_id, member_id, starts_at, ends_at, price, currency) "
        "SELECT (SELECT id FROM desks ORDER BY id OFFSET %s LIMIT 1), id, %s, %s, 12, 'EUR' FROM members LIMIT 1"
    )
    nine, noon, one, five = (f"2030-05-01 {h}:00Z" for h in ("09", "12", "13", "17"))
    with database(postgres_url) as own, psycopg.connect(own, autocommit=True) as db:
        db.execute(b"".join(f.content for f in schemas(design)))
        Filling(design, tables, 100).run(db)
        with psycopg.connect(own) as first, ThreadPoolExecutor(1) as other:
            first.execute(add, (0, nine, one))
            waiting = other.submit(booked, own, add, (0, noon, five))
            wait_for_lock(db)
            first.commit()
            assert not waiting.result(timeout=30), "the second waits for the first, and then it is taken"
        assert booked(own, add, (0, one, five)), "when one ends the next may begin"
        assert booked(own, add, (1, noon, five)), "another desk"
        db.execute("UPDATE bookings SET status = 'cancelled' WHERE starts_at = %s", (nine,))
        assert booked(own, add, (0, nine, noon)), "a cancelled booking gives the desk back"


def test_who_looks_for_a_free_desk_gets_those_that_nobody_has_then(postgres_url: str) -> None:
    design = made("startup")[0]
    (tables,) = postgresql_tables(design.architecture).values()
    nine, noon, one, five = (f"2030-05-01 {h}:00Z" for h in ("09", "12", "13", "17"))
    with database(postgres_url) as own, psycopg.connect(own, autocommit=True) as db:
        db.execute(b"".join(f.content for f in schemas(design)))
        Filling(design, tables, 100).run(db)
        db.execute(b"".join(f.content for f in query_files(design)))
        desk, place = db.execute("SELECT id, place_id FROM desks ORDER BY id LIMIT 1").fetchone() or ()

        def is_free(start: str, end: str) -> bool:
            asked = "EXECUTE list_desk_free_ones({}, {}, {}, 'infinity', {}, 1000)"
            values = (sql.Literal(str(v)) for v in (place, start, end, desk))
            return desk in [row[0] for row in db.execute(sql.SQL(asked).format(*values))]

        assert is_free(nine, five)
        add = (
            "INSERT INTO bookings (desk_id, member_id, starts_at, ends_at, price, currency) "
            "SELECT %s, id, %s, %s, 12, 'EUR' FROM members LIMIT 1"
        )
        db.execute(add, (desk, noon, one))
        assert [is_free(*span) for span in ((nine, five), (nine, noon), (one, five))] == [False, True, True]
        db.execute("UPDATE bookings SET status = 'cancelled' WHERE desk_id = %s AND starts_at = %s", (desk, noon))
        assert is_free(nine, five), "a cancelled booking is in nobody's way"


def booked(url: str, add: str, values: tuple[object, ...]) -> bool:
    """Whether a booking of one's own connection came through."""
    with psycopg.connect(url, autocommit=True) as db:
        try:
            db.execute(add.encode(), values)
        except psycopg.errors.ExclusionViolation:
            return False
    return True


def wait_for_lock(db: psycopg.Connection[Any]) -> None:
    """Until somebody waits for a row of another's open transaction."""
    for _ in range(1000):
        if db.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
            return
        db.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")
