"""`db/EVOLUTION.md`: the first foreseeable changes of each database, as expand, migrate, contract."""

import re
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.ids import ArtifactPath
from archsmith.kernel.names import snake
from archsmith.kernel.provenance import Provenance
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.migration_tools import migration_tool
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.model.requirements import Priority
from archsmith.render import show
from archsmith.render.contracts.evolution import changes, mysql, sqlite
from archsmith.render.contracts.evolution.changes import biggest
from archsmith.render.contracts.sql.databases import Database, databases
from archsmith.render.markdown import code, join, table, text
from archsmith.render.prose import origin
from archsmith.render.view import View

_WAITS: Final = {"postgresql": "a lock", "mysql": "a lock", "sqlite": "the writer before it"}
_ADDED: Final = {
    "postgresql": (
        "ADD COLUMN, milliseconds under ACCESS EXCLUSIVE",
        "a key from them to one of today is added NOT VALID, then validated",
    ),
    "mysql": (
        "ADD COLUMN, ALGORITHM=INSTANT, milliseconds",
        "a key from them to one of today is made with them, while they are empty",
    ),
    "sqlite": (
        "ADD COLUMN, milliseconds",
        "a key from them to one of today is made with them: SQLite adds none later",
    ),
}
"""What a new column takes, and how a new table is tied to one of today."""


def evolutions(design: Design) -> Iterable[Artifact]:
    """One page for each database that keeps entities."""
    view, catalogue = View(design), Catalogue()
    for database in databases(view):
        if view.arch.upkeep and biggest(view, database.tables):
            body = _page(view, database, catalogue)
            path = ArtifactPath(f"{database.folder}/EVOLUTION.md")
            yield Artifact(path=path, content=f"{body}\n".encode("utf-8", "replace"), shows=database.shows)


def _page(view: View, database: Database, catalogue: Catalogue) -> str:
    shapes = {str(s.entity): s for s in view.arch.shapes}
    tool = migration_tool(catalogue, str(database.service.language), database.dialect)
    upkeep = view.arch.upkeep
    assert upkeep is not None, "the pass has run where there are tables"
    runs = text(tool.name) if tool else "The migration tool"
    said = (
        f"Each change of {text(view.title)} is three releases, so that the old version of the service works beside "
        f"the new one: expand, migrate, contract. {runs} runs each as a step of its own; a statement gives up after "
        f"{show.duration(upkeep.lock)} of waiting for {_WAITS[database.dialect]} and is run again. Backfills work "
        f"{show.percent(upkeep.busy)} of the time. Times are for the rows at the horizon, before which all is faster."
    )
    of = {"mysql": mysql, "sqlite": sqlite}.get(database.dialect, changes)
    blocks = [
        f"# Changes to {text(database.store.name)} of {text(view.title)}",
        said,
        _later(view, database),
        of.state(view, database.tables, shapes, upkeep),
        of.required(view, database.tables, shapes, upkeep),
        of.outgrown(view, database.tables, upkeep),
        "" if view.small or database.dialect == "sqlite" else of.split(database.service, database.tables),
    ]
    return join(blocks)


def _later(view: View, database: Database) -> str:
    """What the brief keeps for later, and which tables of today its words name."""
    rows = []
    added, tied = _ADDED[database.dialect]
    for what, why in _waiting(view):
        met = [t.name for t in database.tables if t.entity in view.entities and _names(what, t)]
        if met:
            change = f"new columns of {', '.join(map(code, met))}, empty at first ({added}, no row is rewritten)"
        else:
            change = f"no table of today; tables of its own lock nothing, and {tied}"
        rows.append((text(what), origin(why), change))
    return join(["## What the brief keeps for later", table(("Later", "Said", "Here"), rows)]) if rows else ""


def _waiting(view: View) -> list[tuple[str, Provenance]]:
    needs = view.design.requirements
    found = [(x.what, x.why) for x in needs.excluded]
    found += [(r.statement, r.why) for r in needs.requirements if r.priority is Priority.LATER]
    return list({what: (what, why) for what, why in found}.values())


def _names(what: str, made: Table) -> bool:
    """Whether one of the words is the table's, in the singular or the plural."""
    words = {snake(w) for w in re.findall(r"[^\W\d_]+", what)}
    return made.name in words or made.name.rstrip("s") in words
