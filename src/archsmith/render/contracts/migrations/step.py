"""The first migration of a database, before any tool's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.names import snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.migration_tools import MigrationTool, evolution
from archsmith.render.contracts.migrations.undo import undone
from archsmith.render.contracts.sql.databases import Database, statements
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Step:
    """The first migration of a database: `up` as blocks of whole statements, `down`, and the limits of both in ms."""

    database: Database
    title: str
    tool: MigrationTool
    url: str
    up: tuple[tuple[str, ...], ...]
    down: tuple[str, ...]
    lock_timeout: int
    statement_timeout: int


def first_step(view: View, database: Database, tool: MigrationTool, catalogue: Catalogue) -> Step:
    """The step that makes all tables of a database."""
    made = statements(view, database)
    return Step(
        database=database,
        title=view.title,
        tool=tool,
        url=f"{snake(database.store.id).upper()}_URL",
        up=tuple(map(tuple, made)),
        down=tuple(undone(made, database.dialect)),
        lock_timeout=round(evolution(catalogue, "lock_timeout") * 1000),
        statement_timeout=round(evolution(catalogue, "statement_timeout") * 1000),
    )


_LIMITS: Final[Mapping[str, tuple[str, ...]]] = {
    "postgresql": ("SET lock_timeout = {lock};", "SET statement_timeout = {statement};"),
    "mysql": ("SET lock_wait_timeout = {lock_s};", "SET time_zone = '+00:00';"),
    "sqlite": ("PRAGMA busy_timeout = {lock};", "PRAGMA foreign_keys = ON;"),
}
"""How a session gives up waiting, by dialect: a statement that waits for a lock holds up all that come after it."""


def limits(step: Step) -> list[str]:
    """The statements that bound how long a migration waits, in milliseconds or, for MySQL, seconds."""
    seconds = max(1, step.lock_timeout // 1000)
    return [
        said.format(lock=step.lock_timeout, statement=step.statement_timeout, lock_s=seconds)
        for said in _LIMITS[step.database.dialect]
    ]
