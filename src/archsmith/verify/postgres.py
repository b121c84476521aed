"""SQL, executed on a real PostgreSQL: that of ARCHSMITH_POSTGRES_URL, or a throw-away cluster of the programs here."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import TIMEOUT, ToolMissing, chosen, verdict
from archsmith.verify.server_user import unprivileged
from archsmith.verify.sql import AFTER_SCHEMA, SQL_FILES

URL: Final = "ARCHSMITH_POSTGRES_URL"
_DEBIAN: Final = Path("/usr/lib/postgresql")
_DATABASE: Final = "archsmith_verify"


class RunsOnPostgres:
    """All SQL files of one store run in an empty database: the schema, then its statements and rights, without a trace.

    A role is the server's and not the database's: what comes after the schema is rolled back.
    """

    id = "V-SQL-RUN"
    what = "SQL runs on a real PostgreSQL"
    tool = "PostgreSQL"
    patterns = (*SQL_FILES, *AFTER_SCHEMA)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Runs each folder's files in a database of their own."""
        try:
            import psycopg
        except ImportError as error:
            raise ToolMissing("psycopg is not installed: pip install 'archsmith[verify]'") from error
        with server() as url, psycopg.connect(url, autocommit=True) as admin:
            version = str(admin.info.parameter_status("server_version") or "")
            facts: list[str] = []
            for folder in sorted({f.path.rpartition("/")[0] for f in files}):
                facts += _run(admin, [f for f in files if f.path.rpartition("/")[0] == folder])
        return verdict(self, files, facts, version=version.split(" ")[0], command="each file in an empty database")


def _run(admin: Any, files: Sequence[Artifact]) -> list[str]:
    import psycopg

    facts = list[str]()
    with fresh_database(admin) as info, psycopg.connect(**info, autocommit=True) as db:
        for file in chosen(files, SQL_FILES):
            facts += _tried(db, file)
        if facts:
            return facts  # a transaction that failed is open still, and its tables are not there
        for file in chosen(files, AFTER_SCHEMA):
            with db.transaction(force_rollback=True):
                facts += _tried(db, file)
    return facts


@contextmanager
def fresh_database(admin: Any) -> Iterator[dict[str, Any]]:
    """An empty database, and how one connects to it; it goes with the block."""
    admin.execute(f"DROP DATABASE IF EXISTS {_DATABASE}")
    admin.execute(f"CREATE DATABASE {_DATABASE}")
    i = admin.info
    try:
        yield {"host": i.host, "port": i.port, "user": i.user, "password": i.password or None, "dbname": _DATABASE}
    finally:
        admin.execute(f"DROP DATABASE IF EXISTS {_DATABASE}")


def _tried(db: Any, file: Artifact) -> list[str]:
    import psycopg

    try:
        db.execute(file.content)
    except psycopg.Error as error:
        return [f"{file.path}: {_first_line(error)}"]
    return []


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server: that of the environment, else a new one that ends with the block."""
    given = os.environ.get(URL)
    if given:
        yield given
        return
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="archsmith-pg-") as name:
        folder = Path(name)
        user = unprivileged(folder, "postgres")
        data = folder / "data"
        _call([programs / "initdb", "-D", data, "-U", "archsmith", "-A", "trust", "-E", "UTF8", "--no-locale"], user)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _call([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], user)
        try:
            yield f"postgresql://archsmith@/postgres?host={folder}"
        finally:
            _call([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user)


def _programs() -> Path:
    """The folder of initdb and pg_ctl: PATH first, then where Debian keeps the newest."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    versions = sorted((p for p in _DEBIAN.glob("*/bin") if (p / "initdb").exists()), key=lambda p: p.parent.name)
    if not versions:
        raise ToolMissing(f"neither {URL} is set nor is initdb on PATH")
    return versions[-1]


def _call(command: Sequence[object], user: str) -> None:
    try:
        done = subprocess.run(
            [str(c) for c in command],
            user=user or None,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolMissing(f"{command[0]} does not run here: {error}") from error
    if done.returncode:
        raise ToolMissing(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
