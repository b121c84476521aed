"""The SQL of each database read back and compared with design.json: whatever differs is a failure."""

import importlib.metadata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from archsmith.kernel.ids import StoreId
from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.parity_queries import query_facts
from archsmith.verify.parity_sql_model import database_facts, right_facts, schema_facts
from archsmith.verify.ports import ToolMissing, chosen, verdict
from archsmith.verify.sql import AFTER_SCHEMA, SQL_FILES
from archsmith.verify.sql_facts import read

Tables = tuple[Table, ...]
_MODELS: Final[dict[str, Callable[[Tables], Iterable[Fact]]]] = {
    "schema.sql": lambda tables: (*database_facts(tables), *schema_facts()),
    "queries.sql": query_facts,
    "roles.sql": right_facts,
}
"""By the name of a file: what the model says of the database's tables there."""


class SqlParity:
    """Each SQL file of a database that PostgreSQL keeps says what the model says, statement by statement, and no more.

    Of each table: columns with type, NOT NULL, DEFAULT, CHECK and generation; keys and other constraints; indexes;
    partitions and storage; comments; row-level security. Then functions, queries and rights.
    """

    id = "V-PARITY-SQL"
    what = "SQL says what the model says"
    tool = "archsmith with pglast"
    patterns = ("design.json", *SQL_FILES, *AFTER_SCHEMA)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares each file with the tables of its database."""
        try:
            import pglast
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        arch, facts = design_of(files).architecture, list[str]()
        kept = postgresql_tables(arch)
        shown = chosen(files, (*SQL_FILES, *AFTER_SCHEMA))
        facts += [f"missing: {folder}/schema.sql" for folder in _missing(arch, shown)]
        for file in shown:
            folder, _, name = file.path.rpartition("/")
            tables = tables_of(kept, folder)
            try:
                said = list(read(file.content.decode()))
            except pglast.Error as error:
                facts.append(f"{file.path}: {error}")
                continue
            where = "" if name == "schema.sql" and folder == "db" else f"{file.path}: "
            facts += [f"{where}{fact}" for fact in compare(said, _MODELS[name](tables))]
        version = importlib.metadata.version("pglast")
        return verdict(self, files, facts, version=version, command="compare with design.json")


def tables_of(kept: dict[StoreId, Tables], folder: str) -> Tables:
    """The tables of the database whose files lie in `folder`: `db` where there is one, else `db/<store>`."""
    return next(iter(kept.values()), ()) if folder == "db" else kept.get(StoreId(folder.partition("/")[2]), ())


def _missing(arch: Architecture, shown: Sequence[Artifact]) -> list[str]:
    """Folders of databases without their schema."""
    kept = postgresql_tables(arch)
    folders = ["db"] if len(kept) == 1 else [f"db/{store}" for store in kept]
    return [f for f in folders if f"{f}/schema.sql" not in {s.path for s in shown}]
