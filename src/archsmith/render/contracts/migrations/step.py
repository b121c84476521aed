"""The first migration of a database, before any tool's form."""

from dataclasses import dataclass

from archsmith.kernel.names import snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.migration_tools import MigrationFile, MigrationTool, migration_files, session_limits
from archsmith.render.contracts.migrations.undo import undone
from archsmith.render.contracts.sql.databases import Database, statements
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Step:
    """The first migration of a database: `up` as blocks of whole statements, `down`, and what `limits` both."""

    database: Database
    title: str
    tool: MigrationTool
    url: str
    up: tuple[tuple[str, ...], ...]
    down: tuple[str, ...]
    limits: tuple[str, ...]
    files: tuple[MigrationFile, ...]


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
        limits=session_limits(catalogue, database.dialect),
        files=migration_files(catalogue, tool.id),
    )
