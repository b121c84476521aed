"""Which tool changes the schema of a store step by step, and by which figures it is done while the store is in use."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.resilience import Parameter
from archsmith.model.base import Value


class MigrationTool(Value, frozen=True, kw_only=True):
    """A tool for `languages` (any where there are none). `up`, `down`: files of the first step; where a file holds both
    ways, `up_mark` and `down_mark` stand before each. `run` is the command, with `{url}` for the variable that holds
    the address. `note`: what one should know of it.
    """

    id: str
    name: str
    version: str
    languages: tuple[str, ...]
    engines: tuple[str, ...]
    up: str
    down: str = ""
    up_mark: str = ""
    down_mark: str = ""
    run: str
    note: str = ""
    source: str


class MigrationFile(Value, frozen=True, kw_only=True):
    """A file that a tool wants in its own language: `path` within db/migrations, `text` with names in braces."""

    id: str
    tool: str
    path: str
    text: str


MIGRATION_TOOLS: Final = Table("migration_tools", MigrationTool)
MIGRATION_FILES: Final = Table("migration_files", MigrationFile)
DRIVERS: Final = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
"""What SQLAlchemy calls an engine with the driver that we use."""
EVOLUTION: Final = Table("evolution", Parameter)


def migration_tool(catalogue: Catalogue, language: str, engine: str) -> MigrationTool | None:
    """The first tool that fits the language and speaks the engine's SQL."""
    fitting = (t for t in catalogue.table(MIGRATION_TOOLS).values() if engine in t.engines)
    return next((t for t in fitting if language in t.languages or not t.languages), None)


def evolution(catalogue: Catalogue, ident: str) -> float:
    """A parameter of changes in use, in its unit. Raises KeyError for an unknown one, which is a bug of the caller."""
    return catalogue.table(EVOLUTION)[ident].value


def migration_files(catalogue: Catalogue, tool: str) -> tuple[MigrationFile, ...]:
    """The files that a tool wants, in the order of the catalogue."""
    return tuple(f for f in catalogue.table(MIGRATION_FILES).values() if f.tool == tool)


def session_limits(catalogue: Catalogue, dialect: str) -> tuple[str, ...]:
    """The statements by which a session gives up waiting: one that waits for a lock holds up all that come after it."""
    lock, statement = (round(evolution(catalogue, f"{name}_timeout") * 1000) for name in ("lock", "statement"))
    seconds = max(1, lock // 1000)
    return tuple(said.format(lock=lock, statement=statement, lock_s=seconds) for said in _LIMITS[dialect])


_LIMITS: Final = {
    "postgresql": ("SET lock_timeout = {lock};", "SET statement_timeout = {statement};"),
    "mysql": ("SET lock_wait_timeout = {lock_s};", "SET time_zone = '+00:00';"),
    "sqlite": ("PRAGMA busy_timeout = {lock};", "PRAGMA foreign_keys = ON;"),
}
"""By dialect: in milliseconds, of MySQL in seconds."""
