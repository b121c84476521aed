"""`db/migrations/`: the first step, up and down, and what the tool needs to run it."""

from collections.abc import Iterable

from archsmith.kernel.ids import ArtifactPath
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.migration_tools import migration_tool
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.render.contracts.migrations.alembic import alembic_files
from archsmith.render.contracts.migrations.plain import plain_files
from archsmith.render.contracts.migrations.step import first_step
from archsmith.render.contracts.sql.databases import databases
from archsmith.render.view import View


def migrations(design: Design) -> Iterable[Artifact]:
    """The files of each database whose service's language has a tool for it."""
    view, catalogue = View(design), Catalogue()
    for database in databases(view):
        tool = migration_tool(catalogue, str(database.service.language), database.dialect)
        if tool is None:
            continue
        step = first_step(view, database, tool, catalogue)
        files = alembic_files(step) if tool.id == "alembic" else plain_files(step)
        for path, text in files.items():
            whole = ArtifactPath(f"{database.folder}/migrations/{path}")
            yield Artifact(path=whole, content=text.encode("utf-8", "replace"), shows=database.shows)
