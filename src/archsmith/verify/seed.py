"""Seed data, loaded into the schema that it is for: every rule of the tables holds for it."""

import sqlite3
from collections.abc import Iterator, Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, verdict
from archsmith.verify.postgres import fresh_database, server

_PAIRS = {"seed.sql": "schema.sql", "seed-sqlite.sql": "schema-sqlite.sql"}


class SeedLoads:
    """Each seed goes in after the schema beside it. MySQL's is loaded with its schema, by V-MYSQL."""

    id = "V-SEED"
    what = "seed data satisfies the schema"
    tool = "PostgreSQL or SQLite"
    patterns = tuple(f"{folder}/{name}" for folder in ("db", "db/*") for pair in _PAIRS.items() for name in pair)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Loads each pair into an empty database."""
        by_path = {str(f.path): f for f in files}
        pairs = []
        for path, file in sorted(by_path.items()):
            folder, _, name = path.rpartition("/")
            schema = by_path.get(f"{folder}/{_PAIRS.get(name, '')}")
            if schema is not None:
                pairs.append((schema, file))
        if not pairs:
            raise ToolMissing("no seed is for PostgreSQL or SQLite")
        lone = [str(p) for p in by_path if "seed" in p.rpartition("/")[2] and p not in {s.path for _, s in pairs}]
        facts = [fact for schema, seed in pairs for fact in _loaded(schema, seed)]
        return verdict(self, files, facts, command="schema, then seed, in an empty database", left_out=lone)


def _loaded(schema: Artifact, seed: Artifact) -> Iterator[str]:
    yield from _on_sqlite(schema, seed) if seed.path.endswith("-sqlite.sql") else _on_postgres(schema, seed)


def _on_sqlite(schema: Artifact, seed: Artifact) -> Iterator[str]:
    database = sqlite3.connect(":memory:")
    try:
        for file in (schema, seed):
            database.executescript(file.content.decode())
    except sqlite3.Error as error:
        yield f"{seed.path}: {error}"
    finally:
        database.close()


def _on_postgres(schema: Artifact, seed: Artifact) -> Iterator[str]:
    try:
        import psycopg
    except ImportError as error:
        raise ToolMissing("psycopg is not installed: pip install 'archsmith[verify]'") from error
    with (
        server() as url,
        psycopg.connect(url, autocommit=True) as admin,
        fresh_database(admin) as info,
        psycopg.connect(**info, autocommit=True) as database,
    ):
        for file in (schema, seed):
            try:
                database.execute(file.content)
            except psycopg.Error as error:
                yield f"{file.path}: {str(error).strip().splitlines()[0]}"
                return
