"""The foreseeable changes run on real databases that hold the schema and the seed, and say nothing of no table."""

import os
import re
import sqlite3
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from msgspec.structs import replace
from psycopg import sql
from tests.render.contracts.designs import many_shops, rendered, shop
from tests.render.contracts.engines import on_engine

from archsmith.kernel.units import Count
from archsmith.render.contracts.evolution.changes import outgrown
from archsmith.render.view import View
from archsmith.verify.mysql import Server, mysql_server
from archsmith.verify.ports import ToolMissing

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


def blocks(page: str) -> list[str]:
    """The SQL of a page, the two values of its reader put in."""
    found = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    return [block.replace(":value", "'told later'").replace(":cut", "'2100-01-01'") for block in found]


def run(db: psycopg.Connection, page: str) -> None:
    """Runs the statements of a page."""
    for block in blocks(page):
        for statement in block.split(";\n"):
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


@pytest.fixture(scope="module")
def mysql() -> Iterator[Server]:
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{path}:/usr/sbin"
    try:
        with mysql_server() as running:
            yield running
    except ToolMissing as missing:
        pytest.skip(f"no server: {missing}")
    finally:
        os.environ["PATH"] = path


@pytest.mark.slow
def test_mysql_changes_as_the_page_says(mysql: Server) -> None:
    """MariaDB stands in: a statement that asks for an algorithm or a lock that it has not is refused."""
    files = rendered(on_engine(many_shops(), "mysql"))
    mysql.run("CREATE DATABASE shop CHARACTER SET utf8mb4")
    for path in ("db/schema-mysql.sql", "db/seed-mysql.sql"):
        assert mysql.run(files[path], "shop") == ""
    orders = mysql.answer("SELECT id FROM orders ORDER BY id", "shop")
    assert "CONSTRAINT" in mysql.run("UPDATE orders SET status = 'NEW_STATE'", "shop").upper()
    page = files[PAGE]
    for block in blocks(page):
        assert mysql.run(block, "shop") == ""
    (table, column), *_ = re.findall(r"## `(\w+)\.(\w+)` becomes required", page)
    assert "cannot be null" in mysql.run(f"UPDATE {table} SET {column} = NULL", "shop")
    assert mysql.run("UPDATE orders SET status = 'NEW_STATE'", "shop") == ""
    assert "CONSTRAINT" in mysql.run("UPDATE orders SET status = 'lost'", "shop").upper()
    assert mysql.answer("SELECT id FROM orders ORDER BY id", "shop") == orders


def made_by(db: sqlite3.Connection) -> dict[str, str]:
    """What stands in a database, as it was made, by name."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sql.replace('"', "") for name, sql in rows}


def test_sqlite_changes_as_the_page_says() -> None:
    files = rendered(on_engine(many_shops(), "sqlite"))
    db = sqlite3.connect(":memory:")
    for path in ("db/schema-sqlite.sql", "db/seed-sqlite.sql"):
        db.executescript(files[path])
    before, rows = made_by(db), db.execute("SELECT * FROM orders ORDER BY id").fetchall()
    page = files[PAGE]
    for block in blocks(page):
        db.executescript(block)
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("SELECT * FROM orders ORDER BY id").fetchall() == rows
    (table, column), *_ = re.findall(r"## `(\w+)\.(\w+)` becomes required", page)
    with pytest.raises(sqlite3.IntegrityError, match=f"NOT NULL constraint failed: {table}.{column}"):
        db.execute(f"UPDATE {table} SET {column} = NULL")
    db.execute("UPDATE orders SET status = 'NEW_STATE'")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        db.execute("UPDATE orders SET status = 'lost'")
    changed = {name for name, sql in made_by(db).items() if sql != before[name]}
    assert changed == {"orders", table}
    assert made_by(db)["orders"] == before["orders"].replace("'cancelled')", "'cancelled', 'NEW_STATE')")
