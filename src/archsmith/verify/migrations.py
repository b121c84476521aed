"""Migrations, run by their own tool on a real database: up, down, up; and they make what the schema beside makes."""

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.catalog import mysql_facts, postgres_facts, sqlite_facts
from archsmith.verify.mysql import mysql_server
from archsmith.verify.ports import ToolMissing, call, chosen, laid_out, program, verdict
from archsmith.verify.postgres import fresh_database, server

MIGRATIONS: Final = ("db/migrations/*", "db/*/migrations/*")
_URL: Final = re.compile(r'os\.environ\["([A-Z0-9_]+)"\]')
_MARKS: Final = (("-- Up Migration", "-- Down Migration"), ("-- migrate:up", "-- migrate:down"))


class RunsMigrations:
    """Each folder of migrations goes up, down and up again; the tables are those of the schema, and none after down.

    Alembic runs its own; SQL files are run as they are, in the order in which their tool does it.
    """

    id = "V-MIGRATIONS"
    what = "migrations go up, down and up, and make what the schema makes"
    tool = "Alembic and PostgreSQL, SQLite or MySQL"
    patterns = (*MIGRATIONS, "db/schema*.sql", "db/*/schema*.sql")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Runs each folder in a database of its own."""
        folders = sorted({f.path.split("/migrations/")[0] for f in chosen(files, MIGRATIONS)})
        if not folders:
            raise ToolMissing("there are no migrations")
        facts: list[str] = []
        done: list[str] = []
        with laid_out(files) as root:
            for folder in folders:
                if (root / folder / "schema.sql").exists():
                    facts += _on_postgres(root / folder, folder)
                    done.append(folder)
                elif (root / folder / "schema-sqlite.sql").exists():
                    facts += _on_sqlite(root / folder, folder)
                    done.append(folder)
                elif (root / folder / "schema-mysql.sql").exists():
                    facts += _on_mysql(root / folder, folder)
                    done.append(folder)
        if not done:
            raise ToolMissing("no schema stands beside the migrations")
        left_out = [f"{folder}: no schema stands beside its migrations" for folder in folders if folder not in done]
        return verdict(self, files, facts, command=f"up, down, up: {', '.join(done)}", left_out=left_out)


def _on_postgres(home: Path, folder: str) -> Iterator[str]:
    try:
        import psycopg
    except ImportError as error:
        raise ToolMissing("psycopg is not installed: pip install 'archsmith[verify]'") from error
    with server() as url, psycopg.connect(url, autocommit=True) as admin:
        with fresh_database(admin) as info, psycopg.connect(**info, autocommit=True) as db:
            try:
                db.execute((home / "schema.sql").read_bytes())
            except psycopg.Error as error:
                yield f"{folder}/schema.sql: {error}"
                return
            wanted = postgres_facts(db)
        with fresh_database(admin) as info, psycopg.connect(**info, autocommit=True) as db:
            address = f"postgresql://{info['user']}:{info['password'] or ''}@/{info['dbname']}?host={info['host']}"
            address += f"&port={info['port']}"
            run = _runner(home / "migrations", address, lambda sql: db.execute(sql.encode()))
            yield from _up_down_up(folder, run, lambda: postgres_facts(db), wanted, psycopg.Error)


def _on_sqlite(home: Path, folder: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="archsmith-sqlite-") as name:
        model, path = sqlite3.connect(":memory:"), Path(name) / "test.db"
        db = sqlite3.connect(path)
        try:
            model.executescript((home / "schema-sqlite.sql").read_text())
            run = _runner(home / "migrations", f"sqlite:///{path}", db.executescript)
            yield from _up_down_up(folder, run, lambda: sqlite_facts(db), sqlite_facts(model), sqlite3.Error)
        finally:
            model.close()
            db.close()


def _on_mysql(home: Path, folder: str) -> Iterator[str]:
    with mysql_server() as server:

        def execute(sql: str) -> None:
            if said := server.run(sql, "steps"):
                raise _Failed(said)

        for name in ("model", "steps"):
            server.run(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        if said := server.run((home / "schema-mysql.sql").read_text(), "model"):
            yield f"{folder}/schema-mysql.sql: {said}"
            return
        address = f"mysql://root@localhost/steps?unix_socket={server.socket}"
        run = _runner(home / "migrations", address, execute)
        yield from _up_down_up(folder, run, lambda: mysql_facts(server, "steps"), mysql_facts(server, "model"), _Failed)


class _Failed(Exception):
    """The tool said no."""


def _up_down_up(folder: str, run: Any, facts: Any, wanted: frozenset[str], errors: type[Exception]) -> Iterator[str]:
    for way, expected in (("up", wanted), ("down", frozenset[str]()), ("up", wanted)):
        try:
            run(way)
        except (_Failed, errors) as error:
            yield f"{folder}/migrations: {way}: {str(error).strip()[-300:]}"
            return
        found = facts()
        yield from (f"{folder}: after {way}: missing {fact}" for fact in sorted(expected - found))
        yield from (f"{folder}: after {way}: there is {fact}" for fact in sorted(found - expected))


def _runner(home: Path, address: str, execute: Any) -> Any:
    """What runs one way: Alembic where it is Alembic's folder, else the text of the SQL file for that way."""
    if (home / "alembic.ini").exists():
        return lambda way: _alembic(home, address, way)
    return lambda way: execute(_sql(home, way))


def _alembic(home: Path, address: str, way: str) -> None:
    named = _URL.search((home / "env.py").read_text())
    if named is None:
        raise _Failed("env.py reads no address from the environment")
    steps = ("upgrade", "head") if way == "up" else ("downgrade", "base")
    done = call((program("alembic"), *steps), home, {named[1]: address})
    if "No module named" in done.stderr:
        raise ToolMissing(done.stderr.strip().splitlines()[-1])
    if done.returncode:
        raise _Failed(done.stderr or done.stdout)


def _sql(home: Path, way: str) -> str:
    files = {p.name: p.read_text() for p in sorted(home.glob("*.sql"))}
    for up, down in _MARKS:
        for text in files.values():
            if up in text and down in text:
                before, after = text.split(down, 1)
                return before.split(up, 1)[1] if way == "up" else after
    wanted = (".up.sql", "V1__initial.sql") if way == "up" else (".down.sql", "U1__initial.sql")
    return next(text for name, text in files.items() if name.endswith(wanted))
