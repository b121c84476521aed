"""Which tool changes the schema of a store step by step, and by which figures it is done while the store is in use."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.resilience import Parameter
from archsmith.model.base import Value


class MigrationTool(Value, frozen=True, kw_only=True):
    """A tool for `languages` (any where there are none). `up`, `down`: files of the first step; where a file holds both
    ways, `up_mark` and `down_mark` stand before each. `calls`: the file in the framework's language that runs them.
    `run` is the command, with `{url}` for the variable that holds the address. `note`: what one should know of it.
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
    calls: str = ""
    run: str
    note: str = ""
    source: str


MIGRATION_TOOLS: Final = Table("migration_tools", MigrationTool)
EVOLUTION: Final = Table("evolution", Parameter)


def migration_tool(catalogue: Catalogue, language: str, engine: str) -> MigrationTool | None:
    """The first tool that fits the language and speaks the engine's SQL."""
    fitting = (t for t in catalogue.table(MIGRATION_TOOLS).values() if engine in t.engines)
    return next((t for t in fitting if language in t.languages or not t.languages), None)


def evolution(catalogue: Catalogue, ident: str) -> float:
    """A parameter of changes in use, in its unit. Raises KeyError for an unknown one, which is a bug of the caller."""
    return catalogue.table(EVOLUTION)[ident].value
