"""The GraphQL schema and the persisted operations, read by the reference implementation."""

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, chosen, verdict

GRAPHQL_FILES: Final = ("+api/schema.graphql", "api/persisted/*")
"""The schema, the operations and their manifest."""


class GraphQl:
    """The schema is valid, and so is each persisted operation against it; the manifest has their hashes."""

    id = "V-GRAPHQL"
    what = "the GraphQL schema and its persisted operations are valid"
    tool = "graphql-core"
    patterns = GRAPHQL_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Builds and validates the schema, then the operations."""
        core = graphql_core()
        (source,) = (f.content.decode() for f in files if f.path == "api/schema.graphql")
        try:
            schema = core.build_schema(source)
        except (core.GraphQLError, TypeError) as error:
            return verdict(self, files, [f"api/schema.graphql: {error}"], version=_version(), command="build_schema")
        facts = [f"api/schema.graphql: {e.message}" for e in core.validate_schema(schema)]
        for file in chosen(files, ("api/persisted/*.graphql",)):
            facts += [f"{file.path}: {e}" for e in _wrong(core, schema, file.content.decode())]
        return verdict(self, files, facts + _unlisted(files), version=_version(), command="validate_schema, validate")


def graphql_core() -> Any:
    """The module. Raises ToolMissing where it is not installed."""
    try:
        import graphql
    except ImportError as error:
        raise ToolMissing("graphql-core is not installed: pip install 'archsmith[verify]'") from error
    return graphql


def _version() -> str:
    return importlib.metadata.version("graphql-core")


def _wrong(core: Any, schema: Any, text: str) -> list[str]:
    try:
        document = core.parse(text)
    except core.GraphQLError as error:
        return [error.message]
    return [e.message for e in core.validate(schema, document)]


def _unlisted(files: Sequence[Artifact]) -> list[str]:
    """Operations whose text is not in the manifest under its hash, and hashes without a file."""
    manifests = [json.loads(f.content) for f in files if f.path.endswith("/manifest.json")]
    listed = {row["id"]: row["name"] for manifest in manifests for row in manifest["operations"]}
    there = {hashlib.sha256(f.content).hexdigest(): f.path for f in chosen(files, ("api/persisted/*.graphql",))}
    alone = [name for ident, name in listed.items() if ident not in there]
    alone += [path.rpartition("/")[2] for ident, path in there.items() if ident not in listed]
    return [f"api/persisted/manifest.json: {name} and its file differ" for name in sorted(alone)]
