"""SQL for MySQL, executed by the server on PATH: MySQL itself, or MariaDB, which stands in for it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import TIMEOUT, ToolMissing, program, verdict
from archsmith.verify.server_user import unprivileged

_SCHEMAS = ("db/schema-mysql.sql", "db/*/schema-mysql.sql")
_WAIT = 30
"""Seconds in which a server answers."""


class RunsOnMysql:
    """Each schema runs in an empty database, and its seed after it."""

    id = "V-MYSQL"
    what = "SQL for MySQL runs, and its seed loads"
    tool = "MySQL or MariaDB"
    patterns = (*_SCHEMAS, "db/seed-mysql.sql", "db/*/seed-mysql.sql")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Schemas stand before seeds by their names."""
        facts = []
        with mysql_server() as server:
            folders = sorted({str(f.path).rpartition("/")[0] for f in files})
            for number, folder in enumerate(folders):
                server.run(f"CREATE DATABASE d{number} CHARACTER SET utf8mb4")
                for file in sorted((f for f in files if f.path.rpartition("/")[0] == folder), key=lambda f: f.path):
                    said = server.run(file.content.decode(), f"d{number}")
                    facts += [f"{file.path}: {said}"] if said else []
            version = server.version
        stands = "; MariaDB stands in for MySQL" if "MariaDB" in version else ""
        return verdict(self, files, facts, version=version, command=f"schema, then seed, in an empty database{stands}")


class Server:
    """A running server: its `socket`, and the client's program."""

    def __init__(self, client: str, socket: Path) -> None:
        self.socket = socket
        self._command = [client, "--no-defaults", f"--socket={socket}", "--batch", "--default-character-set=utf8mb4"]
        self._command += ["--user=root", "--skip-column-names"]
        self.version = self.answer("SELECT VERSION()")

    def answer(self, sql: str, database: str = "") -> str:
        """What a query gives. Raises ToolMissing where it fails."""
        done = self._call(sql, database)
        if done.returncode:
            raise ToolMissing(done.stderr.decode(errors="replace").strip()[-300:])
        return done.stdout.decode(errors="replace").strip()

    def run(self, sql: str, database: str = "") -> str:
        """Runs statements; what went wrong, or nothing."""
        done = self._call(sql, database)
        return done.stderr.decode(errors="replace").strip()[-300:] if done.returncode else ""

    def _call(self, sql: str, database: str) -> subprocess.CompletedProcess[bytes]:
        command = [*self._command, *([database] if database else [])]
        return subprocess.run(command, input=sql.encode(), capture_output=True, timeout=TIMEOUT, check=False)


@contextmanager
def mysql_server() -> Iterator[Server]:
    """A throw-away server that listens on a socket only. Raises ToolMissing where none can be started."""
    daemon, client = program("mysqld", "mariadbd"), program("mysql", "mariadb")
    with tempfile.TemporaryDirectory(prefix="archsmith-my-") as name:
        folder = Path(name)
        user = unprivileged(folder, "mysql")
        data, socket = folder / "data", folder / "s"
        _make(daemon, data, user)
        options = [f"--datadir={data}", f"--socket={socket}", "--skip-networking", "--innodb-flush-log-at-trx-commit=0"]
        options += [f"--pid-file={folder / 'pid'}", *([f"--user={user}"] if user else [])]
        running = subprocess.Popen(
            [daemon, "--no-defaults", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield _answering(client, socket, running)
        finally:
            running.terminate()
            running.wait(timeout=_WAIT)


def _answering(client: str, socket: Path, running: subprocess.Popen[bytes]) -> Server:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and running.poll() is None:
        if socket.exists():
            try:
                return Server(client, socket)
            except ToolMissing:
                pass
        time.sleep(0.1)
    raise ToolMissing(f"the server did not answer within {_WAIT} s")


def _make(daemon: str, data: Path, user: str) -> None:
    """Makes the system tables: each of the two has its own way."""
    own = [f"--user={user}"] if user else []
    if "mariadb" in Path(daemon).resolve().name:
        command = [program("mariadb-install-db", "mysql_install_db"), "--no-defaults", f"--datadir={data}"]
        command += ["--auth-root-authentication-method=normal", "--skip-test-db", *own]
    else:
        command = [daemon, "--no-defaults", "--initialize-insecure", f"--datadir={data}", *own]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    if done.returncode:
        raise ToolMissing(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()[-300:]}")
