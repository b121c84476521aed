"""Tables of an SQLite database: as its engine types them, and held to the same rules."""

import sqlite3
import uuid

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, rendered, shop
from tests.render.contracts.engines import on_engine

from archsmith.kernel.ids import StoreId, TechId
from archsmith.model.artifacts import Outcome
from archsmith.model.design import Design
from archsmith.verify.registry import verify

SCHEMA = "db/schema-sqlite.sql"


def small_shop() -> Design:
    """The seed shop on SQLite."""
    return on_engine(shop(), "sqlite")


@pytest.fixture
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(rendered(small_shop())[SCHEMA])
    return connection


def test_every_check_passes() -> None:
    found = {c.id: c for c in verify(artifacts(small_shop()), full=False).checks}
    assert found["V-SQLITE-RUN"].outcome is Outcome.PASSED, found["V-SQLITE-RUN"].facts
    assert found["V-PARITY-SQL"].outcome is Outcome.PASSED, found["V-PARITY-SQL"].facts
    assert "sqlglot" in found["V-PARITY-SQL"].version
    assert "db/schema.sql" not in rendered(small_shop())


def test_columns_are_those_of_the_model(database: sqlite3.Connection) -> None:
    for table in small_shop().architecture.tables:
        rows = database.execute(f'PRAGMA table_xinfo("{table.name}")').fetchall()
        assert [(r[1], r[2]) for r in rows] == [(c.name, c.type) for c in table.columns], table.name


def test_two_engines_have_a_folder_each() -> None:
    """Whatever they speak: schema, seed and migrations of a database lie together."""
    design = shop()
    arch = design.architecture
    side = replace(arch.stores[0], id=StoreId("side"), engine=TechId("sqlite"))
    tables = tuple(replace(t, store=side.id) if t.name == "accounts" else t for t in arch.tables)
    files = rendered(replace(design, architecture=replace(arch, stores=(*arch.stores, side), tables=tables)))
    homes = {path.rpartition("/")[0] for path in files if path.startswith("db/") and "schema" in path}
    assert homes == {f"db/{arch.stores[0].id}", "db/side"}
    assert {f"{home}/{name}" for home in homes for name in ("migrations/env.py",)} <= set(files)
    assert {"db/side/seed-sqlite.sql", f"db/{arch.stores[0].id}/seed.sql"} <= set(files)


def test_rules_hold(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    add = "INSERT INTO products (id, name, price, stock, currency) VALUES (?, ?, ?, ?, ?)"
    database.execute(add, (str(uuid.uuid4()), "Kale", "2.50", 3, "EUR"))
    assert database.execute("SELECT price, version FROM products").fetchone() == ("2.50", 1)
    for wrong in (
        ("Kale", "-1", 3, "EUR"),
        ("Kale", "1", -3, "EUR"),
        ("Kale", "1", 3, "eur"),
        ("K" * 201, "1", 3, "EUR"),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(add, (str(uuid.uuid4()), *wrong))
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("INSERT INTO orders (customer_id, total, placed_at, currency) VALUES ('x', '1', 'y', 'EUR')")
