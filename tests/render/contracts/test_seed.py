"""Seed data on real databases: it satisfies every rule, for any domain, and under row-level security."""

import sqlite3
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from psycopg import sql
from tests.compose.domains import cases
from tests.render.contracts.designs import artifacts, designed, many_shops, rendered, shop
from tests.render.contracts.test_sqlite import small_shop

from archsmith.kernel.ids import TechId
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.verify.ports import chosen
from archsmith.verify.seed import SeedLoads

SEED = "db/seed.sql"


@pytest.fixture(scope="module")
def database(postgres_url: str) -> Iterator[str]:
    """A database that is emptied by whoever uses it."""
    fresh = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        yield psycopg.conninfo.make_conninfo(postgres_url, dbname=fresh)
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(fresh)))


def emptied(db: psycopg.Connection) -> None:
    db.execute("DROP SCHEMA public CASCADE")
    db.execute("CREATE SCHEMA public")


@pytest.mark.postgres
@pytest.mark.slow
@settings(max_examples=10)
@given(cases())
def test_any_small_domain_loads(database: str, case: tuple[Derivation, Decisions]) -> None:
    design = designed(*case)
    files = rendered(design)
    if SEED not in files:
        return
    with psycopg.connect(database, autocommit=True) as db:
        emptied(db)
        db.execute(files["db/schema.sql"].encode())
        db.execute(files[SEED].encode())


@pytest.mark.postgres
def test_a_member_of_the_application_loads_two_tenants_after_the_migrations(database: str) -> None:
    design = many_shops()
    services = tuple(replace(s, language=TechId("go")) for s in design.architecture.services)
    files = rendered(replace(design, architecture=replace(design.architecture, services=services)))
    with psycopg.connect(database, autocommit=True) as db:
        emptied(db)
        db.execute(files["db/migrations/000001_initial.up.sql"].encode())
        db.execute("CREATE ROLE loader NOSUPERUSER NOBYPASSRLS")
        try:
            db.execute("GRANT USAGE ON SCHEMA public TO loader")
            db.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO loader")
            db.execute("SET ROLE loader")
            db.execute(files[SEED].encode())
            tenants = [row[0] for row in db.execute("SELECT id FROM tenants").fetchall()]
            seen = []
            for tenant in tenants:
                db.execute("SELECT set_config('app.tenant_id', %s, false)", (str(tenant),))
                seen.append({row[0] for row in db.execute("SELECT id FROM orders").fetchall()})
        finally:
            db.execute("RESET ROLE")
            db.execute("DROP OWNED BY loader")
            db.execute("DROP ROLE loader")
    assert len(tenants) == 2
    assert all(seen)
    assert not seen[0] & seen[1]


def test_sqlite_takes_its_seed_and_the_values_of_the_examples() -> None:
    files = rendered(small_shop())
    db = sqlite3.connect(":memory:")
    db.executescript(files["db/schema-sqlite.sql"])
    db.executescript(files["db/seed-sqlite.sql"])
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    first, email = db.execute("SELECT id, email FROM customers ORDER BY created_at DESC").fetchone()
    assert first in files["api/openapi.yaml"]
    assert email.endswith("@example.com")
    for table in ("customers", "products", "orders", "order_lines", "payments"):
        assert 2 <= db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= 5
    assert {row[0] for row in db.execute("SELECT status FROM orders")} == {"placed", "paid", "shipped"}


@pytest.mark.postgres
def test_a_broken_rule_is_found(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)
    tool = SeedLoads()

    def outcome(files: tuple[Artifact, ...]) -> Outcome:
        return tool.check(chosen(files, tool.patterns)).outcome

    files = artifacts(shop())
    broken = tuple(
        replace(f, content=f.content.replace(b"'EUR'", b"'euro'", 1)) if f.path == SEED else f for f in files
    )
    assert outcome(files) is Outcome.PASSED
    assert outcome(broken) is Outcome.FAILED
