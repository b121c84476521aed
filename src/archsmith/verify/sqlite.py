"""SQL for SQLite, executed by SQLite itself in memory."""

import sqlite3
from collections.abc import Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import verdict


class RunsOnSqlite:
    """Each file runs in an empty database."""

    id = "V-SQLITE-RUN"
    what = "SQL runs on SQLite"
    tool = "SQLite"
    patterns = ("db/schema-sqlite.sql", "db/*/schema-sqlite.sql")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Runs each file in memory."""
        facts = []
        for file in files:
            database = sqlite3.connect(":memory:")
            try:
                database.executescript(file.content.decode())
            except sqlite3.Error as error:
                facts.append(f"{file.path}: {error}")
            finally:
                database.close()
        return verdict(self, files, facts, version=sqlite3.sqlite_version, command="executescript in :memory:")
