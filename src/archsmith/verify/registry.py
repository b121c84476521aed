"""The ordered list of checks, and how they are run."""

from collections.abc import Sequence
from typing import Final

from archsmith.kernel.cores import beside
from archsmith.model.artifacts import Artifact, Check, Evidence
from archsmith.verify.asyncapi import AsyncApi, AsyncApiStyle, MessageExamples, SharedSchemas
from archsmith.verify.data_files import JsonReads, YamlLints, YamlReads
from archsmith.verify.dockerfile import Compose, Hadolint
from archsmith.verify.graphql import GraphQl
from archsmith.verify.mermaid import Mermaid
from archsmith.verify.migrations import RunsMigrations
from archsmith.verify.mysql import RunsOnMysql
from archsmith.verify.openapi import Examples, OpenApi
from archsmith.verify.openapi_style import RedoclyLints, SpectralLints
from archsmith.verify.parity import OpenApiParity
from archsmith.verify.parity_dictionary import DictionaryParity
from archsmith.verify.parity_documents import DocumentParity
from archsmith.verify.parity_er import ErParity
from archsmith.verify.parity_events import EventsParity
from archsmith.verify.parity_evolution import EvolutionParity
from archsmith.verify.parity_graphql import GraphQlParity
from archsmith.verify.parity_infra import InfraParity
from archsmith.verify.parity_migrations import MigrationsParity
from archsmith.verify.parity_proto import ProtoParity
from archsmith.verify.parity_rights import RightsParity
from archsmith.verify.parity_schemas import SchemasParity
from archsmith.verify.parity_seed import SeedParity
from archsmith.verify.parity_sql import SqlParity
from archsmith.verify.parity_stores import StoreParity
from archsmith.verify.ports import Tool, ToolMissing, chosen, not_run, verdict
from archsmith.verify.postgres import RunsOnPostgres
from archsmith.verify.proto import Proto
from archsmith.verify.seed import SeedLoads
from archsmith.verify.sql import SqlParses
from archsmith.verify.sqlite import RunsOnSqlite
from archsmith.verify.squawk import Squawk
from archsmith.verify.store_servers import LoadsIntoValkey, MakesDynamoTables, RunsOnClickHouse, TakesBucketRules
from archsmith.verify.store_texts import CASSANDRA, COMMANDS, SEARCH, MongoSchemas, StoreSqlParses

TOOLS: Final[tuple[Tool, ...]] = (
    JsonReads(),
    YamlReads(),
    YamlLints(),
    OpenApi(),
    Examples(),
    SpectralLints(),
    RedoclyLints(),
    OpenApiParity(),
    GraphQl(),
    GraphQlParity(),
    Proto(),
    ProtoParity(),
    AsyncApi(),
    AsyncApiStyle(),
    MessageExamples(),
    EventsParity(),
    SharedSchemas(),
    SchemasParity(),
    SqlParses(),
    RunsOnPostgres(),
    SqlParity(),
    RightsParity(),
    Squawk(),
    RunsOnSqlite(),
    RunsOnMysql(),
    RunsMigrations(),
    MigrationsParity(),
    StoreSqlParses(),
    RunsOnClickHouse(),
    MongoSchemas(),
    MakesDynamoTables(),
    LoadsIntoValkey(),
    TakesBucketRules(),
    CASSANDRA,
    SEARCH,
    COMMANDS,
    StoreParity(),
    SeedLoads(),
    SeedParity(),
    EvolutionParity(),
    Hadolint(),
    Compose(),
    InfraParity(),
    DictionaryParity(),
    DocumentParity(),
    ErParity(),
    Mermaid(),
)


def verify(files: Sequence[Artifact], *, full: bool, tools: Sequence[Tool] = TOOLS) -> Evidence:
    """Runs each check that has something to check. Without `full` the slow ones are entered as not run."""
    wanted = [(t, found) for t in tools if (found := chosen(files, t.patterns))]
    aside = beside(lambda: [_run(t, found, full) for t, found in wanted if _LONG in t.tool])
    checks = [_run(t, found, full) for t, found in wanted if _LONG not in t.tool] + aside()
    by_id = {c.id: c for c in checks}
    return Evidence(checks=tuple(by_id[t.id] for t, _ in wanted))


_LONG: Final = "pglast"
"""What stands on this parser takes as long as all else, and shares what it has parsed: it has a core of its own."""


def _run(tool: Tool, files: Sequence[Artifact], full: bool) -> Check:
    if tool.slow and not full:
        return not_run(tool, files, "takes seconds; run: archsmith verify FOLDER")
    try:
        return tool.check(files)
    except ToolMissing as missing:
        return not_run(tool, files, str(missing))
    except (LookupError, TypeError, AttributeError, ValueError, StopIteration) as error:
        return verdict(tool, files, [f"its reader met what it does not know: {type(error).__name__}: {error}"])
