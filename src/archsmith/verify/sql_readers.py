"""Which reader a file of SQL has, and what the model says in its dialect: PostgreSQL's by pglast, others by sqlglot."""

import functools
import importlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import StoreId
from archsmith.knowledge.dialects import mysql_tables, postgresql_tables, sqlite_tables
from archsmith.model.architecture import Architecture
from archsmith.model.contracts import Table
from archsmith.verify import dialect_facts, parity_mysql_model, parity_sql_model, parity_sqlite_model, sql_facts
from archsmith.verify.parity_facts import Fact
from archsmith.verify.parity_queries import query_facts
from archsmith.verify.ports import ToolMissing

Tables = tuple[Table, ...]
_INSTALLED: Final = {"pglast": "'archsmith[verify]'", "sqlglot": "sqlglot"}


@dataclass(frozen=True, slots=True)
class SqlReader:
    """How SQL of one dialect is read and what it has to say. `files`: by the name of a file, what the model says of
    the database's tables there. `made`: what makes its tables, wherever it stands. Raises ValueError on bad SQL."""

    dialect: str
    library: str
    schema: str
    tables: Callable[[Architecture], Mapping[StoreId, Tables]]
    facts: Callable[[str], Iterable[Fact]]
    statement: Callable[[str], str]
    made: Callable[[Tables], Iterable[Fact]]
    files: Mapping[str, Callable[[Tables], Iterable[Fact]]]

    @property
    def version(self) -> str:
        """The library's version. Raises ToolMissing where it is not installed."""
        try:
            importlib.import_module(self.library)
        except ImportError as error:
            raise ToolMissing(f"{self.library} is not installed: pip install {_INSTALLED[self.library]}") from error
        return importlib.metadata.version(self.library)


def _postgresql(text: str) -> Iterator[Fact]:
    import pglast

    try:
        yield from sql_facts.read(text)
    except pglast.Error as error:
        raise ValueError(str(error)) from error


READERS: Final = (
    SqlReader(
        dialect="postgresql",
        library="pglast",
        schema="schema.sql",
        tables=postgresql_tables,
        facts=_postgresql,
        statement=sql_facts.statement,
        made=parity_sql_model.database_facts,
        files={
            "schema.sql": lambda ts: (*parity_sql_model.database_facts(ts), *parity_sql_model.schema_facts()),
            "queries.sql": query_facts,
            "roles.sql": parity_sql_model.right_facts,
        },
    ),
    SqlReader(
        dialect="mysql",
        library="sqlglot",
        schema="schema-mysql.sql",
        tables=mysql_tables,
        facts=functools.partial(dialect_facts.read, dialect="mysql"),
        statement=functools.partial(dialect_facts.statement, dialect="mysql"),
        made=parity_mysql_model.database_facts,
        files={
            "schema-mysql.sql": lambda ts: (
                *parity_mysql_model.database_facts(ts),
                *parity_mysql_model.schema_facts(),
            )
        },
    ),
    SqlReader(
        dialect="sqlite",
        library="sqlglot",
        schema="schema-sqlite.sql",
        tables=sqlite_tables,
        facts=functools.partial(dialect_facts.read, dialect="sqlite"),
        statement=functools.partial(dialect_facts.statement, dialect="sqlite"),
        made=parity_sqlite_model.database_facts,
        files={
            "schema-sqlite.sql": lambda ts: (
                *parity_sqlite_model.database_facts(ts),
                *parity_sqlite_model.schema_facts(),
            )
        },
    ),
)
"""By dialect."""


def readable(arch: Architecture) -> tuple[dict[StoreId, tuple[SqlReader, Tables]], str, list[str]]:
    """Each database with the reader of its dialect and its tables; the readers' versions; what has none installed.
    Raises ToolMissing where a database speaks SQL and no reader is installed for any."""
    found, versions, left_out = dict[StoreId, tuple[SqlReader, Tables]](), dict[str, str](), list[str]()
    missing = ""
    for reader in READERS:
        for store, tables in reader.tables(arch).items():
            try:
                versions[reader.library] = reader.version
                found[store] = (reader, tables)
            except ToolMissing as error:
                missing = str(error)
                left_out.append(f"{store}: {missing}")
    if missing and not found:
        raise ToolMissing(missing)
    return found, ", ".join(f"{library} {version}" for library, version in versions.items()), left_out
