"""What the DDL does on a real PostgreSQL, and what it looks like to a parser."""

import uuid
from collections.abc import Iterator
from typing import Any

import pglast
import psycopg
import pytest
from msgspec.structs import replace
from pglast import ast
from psycopg import sql
from tests.render.contracts.designs import many_shops, rendered, shop

from archsmith.kernel.ids import DecisionId, StoreId, TechId
from archsmith.kernel.units import Months
from archsmith.model.contracts import Column, ForeignKey, Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.order import in_order, late_keys
from archsmith.render.contracts.sql.quoting import comment, literal, name

SCHEMA = "db/schema.sql"


@pytest.fixture
def database(postgres_url: str) -> Iterator[str]:
    """An empty database."""
    fresh = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        yield psycopg.conninfo.make_conninfo(postgres_url, dbname=fresh)
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(fresh)))


def table(title: str, *keys: str, **more: Any) -> Table:
    columns = [Column(name="id", type="uuid", nullable=False, comment="key")]
    columns += [Column(name=f"{key}_id", type="uuid", nullable=True, comment="reference") for key in keys]
    foreign = tuple(
        ForeignKey(
            name=f"{title}_{key}", columns=(f"{key}_id",), target=key, target_columns=("id",), on_delete="SET NULL"
        )
        for key in keys
    )
    columns += more.pop("columns", [])
    return Table(
        store=StoreId("main"), name=title, entity=None, comment=title, columns=tuple(columns),
        primary_key=more.pop("primary_key", ("id",)), foreign_keys=foreign, because=(DecisionId("D-001"),), **more,
    )  # fmt: skip


def with_tables(*tables: Table, engine: str = "postgresql") -> Design:
    design = shop()
    stores = tuple(replace(s, engine=TechId(engine)) for s in design.architecture.stores)
    return replace(design, architecture=replace(design.architecture, tables=tables, stores=stores))


def text_of(*tables: Table, engine: str = "postgresql") -> str:
    return rendered(with_tables(*tables, engine=engine))[SCHEMA]


def test_what_is_referred_to_stands_before() -> None:
    ordered = in_order((table("a", "b"), table("b", "c"), table("c")))
    assert [t.name for t in ordered] == ["c", "b", "a"]
    assert late_keys(ordered) == {}


def test_a_cycle_is_closed_afterwards(database: str) -> None:
    tables = (table("a", "b"), table("b", "c"), table("c", "a"), table("self", "self"))
    text = text_of(*tables)
    assert text.count("ALTER TABLE") == 1
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(text.encode())
        row = db.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f'").fetchone()
    assert row == (4,)


@pytest.mark.postgres
def test_a_tenant_reads_and_writes_its_own_rows_only(database: str) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    add = "INSERT INTO customers (tenant_id, name, email) VALUES (%s, %s, %s)"
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(rendered(many_shops())[SCHEMA].encode())
        for tenant in (one, other):
            db.execute("INSERT INTO tenants (id, name) VALUES (%s, 'x')", (tenant,))
        db.execute("CREATE ROLE application NOSUPERUSER NOBYPASSRLS")
        try:
            db.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO application")
            db.execute("SET ROLE application")
            for tenant in (one, other):
                db.execute("SELECT set_config('app.tenant_id', %s, false)", (str(tenant),))
                db.execute(add, (tenant, "Mara", f"{tenant}@example.com"))
                assert db.execute("SELECT tenant_id FROM customers").fetchall() == [(tenant,)]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(add, (one, "Eve", "eve@example.com"))
            assert db.execute("UPDATE customers SET name = 'Eve' WHERE tenant_id = %s", (one,)).rowcount == 0
            db.execute("SELECT set_config('app.tenant_id', '', false)")
            assert db.execute("SELECT count(*) FROM customers").fetchone() == (0,), "no tenant, no rows"
        finally:
            db.execute("RESET ROLE")
            db.execute("DROP OWNED BY application")
            db.execute("DROP ROLE application")


def test_every_table_of_a_tenant_is_guarded() -> None:
    design = many_shops()
    text = rendered(design)[SCHEMA]
    guarded = [t for t in design.architecture.tables if t.tenant_column]
    assert guarded
    for t in guarded:
        assert f"ALTER TABLE {name(t.name)} FORCE ROW LEVEL SECURITY;" in text


def cut(title: str = "readings") -> Table:
    at = Column(name="at", type="timestamptz", nullable=False, comment="when", default="now()")
    return table(title, columns=[at], primary_key=("id", "at"), partition_by="at")


@pytest.mark.postgres
@pytest.mark.parametrize("title", ["readings", "r" * 63])
def test_partitions_take_this_month_and_any_other(database: str, title: str) -> None:
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(text_of(cut(title)).encode())
        for when in ("now()", "now() + interval '1 month'", "timestamptz '1999-01-01'"):
            db.execute(f"INSERT INTO {title} (id, at) VALUES (gen_random_uuid(), {when})".encode())
        default = db.execute(f"SELECT count(*) FROM {title[:54]}_default".encode()).fetchone()
        parts = db.execute("SELECT count(*) FROM pg_inherits").fetchone()
    assert default == (1,), "only what no month takes"
    assert parts is not None
    assert parts[0] >= 3


def test_timescale_cuts_its_tables_itself(database: str) -> None:
    text = text_of(replace(cut(), hypertable=True, compress_days=7, retention=Months(13.0)))
    assert "create_hypertable('readings', by_range('at', interval '1 month'))" in text
    assert "add_retention_policy('readings', interval '13 months')" in text
    assert "PARTITION BY" not in text
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(text.encode())


def test_other_engines_get_no_file() -> None:
    assert not [path for path in rendered(with_tables(table("a"), engine="dynamodb")) if path.endswith(".sql")]


def test_indexes_name_what_they_serve() -> None:
    design = shop()
    text = rendered(design)[SCHEMA]
    served = [o for t in design.architecture.tables for i in t.indexes for o in i.operations]
    assert served
    assert [o for o in served if o not in text] == []


@pytest.mark.parametrize(
    "words", ["it's", "a\\'; DROP TABLE b; --", "x\n-- y", "$$", "\x00\u2028", "😀 {{7*7}}", "E'\\n'"]
)
def test_words_stay_words(words: str) -> None:
    statements = pglast.parse_sql(
        "\n".join([*comment(words), f"CREATE TABLE {name(words or 'x')} ({name(words)} text);",
                   f"COMMENT ON TABLE {name(words)} IS {literal(words)};"])
    )  # fmt: skip
    assert [type(s.stmt) for s in statements] == [ast.CreateStmt, ast.CommentStmt]


def test_reserved_words_are_quoted() -> None:
    for word in ("order", "user", "table", "select", "Mixed", "1st", ""):
        assert name(word).startswith('"')
    assert name("orders") == "orders"
