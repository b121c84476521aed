"""The foreseeable changes run on a real PostgreSQL that holds the schema and the seed, and say nothing of no table."""

import re
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import sql
from tests.render.contracts.designs import many_shops, rendered, shop

from archsmith.kernel.units import Count
from archsmith.render.contracts.evolution.changes import outgrown
from archsmith.render.view import View

PAGE = "db/EVOLUTION.md"


@pytest.fixture
def database(postgres_url: str) -> Iterator[psycopg.Connection]:
    fresh = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        with psycopg.connect(psycopg.conninfo.make_conninfo(postgres_url, dbname=fresh), autocommit=True) as db:
            files = rendered(many_shops())
            db.execute(files["db/schema.sql"].encode())
            db.execute(files["db/seed.sql"].encode())
            yield db
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(fresh)))


def run(db: psycopg.Connection, page: str) -> None:
    """Runs the statements of a page, the two values of its reader put in."""
    for block in re.findall(r"```sql\n(.*?)```", page, re.DOTALL):
        for statement in block.replace(":value", "'told later'").replace(":cut", "'2100-01-01'").split(";\n"):
            if statement.strip():
                db.execute(statement.encode())


@pytest.mark.postgres
def test_a_new_state_and_a_required_column(database: psycopg.Connection) -> None:
    page = rendered(many_shops())[PAGE]
    assert "## A new state of `payments.status`" in page or "## A new state of `orders.status`" in page
    run(database, page)
    changed = re.findall(r"## `(\w+)\.(\w+)` becomes required", page)
    for table, column in changed:
        asked = "SELECT is_nullable FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
        assert database.execute(asked, (table, column)).fetchone() == ("NO",)
    allowed = database.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname ~ '_status_check$'")
    assert [row for row in allowed.fetchall() if "NEW_STATE" in row[0]]


@pytest.mark.postgres
def test_a_table_that_outgrows_one_piece_is_cut(database: psycopg.Connection) -> None:
    design = many_shops()
    view = View(design)
    assert view.arch.upkeep is not None
    page = outgrown(view, view.arch.tables, replace(view.arch.upkeep, cut=Count(1)))
    table = re.findall(r"^`(\w+)`", page, re.MULTILINE)[0]
    before = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    run(database, page)
    after = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert before == after
    kind = "SELECT relkind, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert database.execute(kind, (table,)).fetchone() == ("p", True, True)


def test_small_tables_stay_whole_and_only_known_tables_are_named() -> None:
    design = shop()
    page = rendered(design)[PAGE]
    assert "It stays whole" in page
    tables = {t.name for t in design.architecture.tables}
    assert set(re.findall(r"ALTER TABLE (\w+)", page)) <= tables
