"""Files of stores that do not run here: read by the closest parser or schema there is, or told as not run."""

import importlib.metadata
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, not_run, verdict

MONGODB_FILES: Final = ("db/*/collections.js",)
STORE_SQL_FILES: Final = ("db/*/*.clickhouse.sql", "db/*/*.bigquery.sql")
COMMAND: Final = re.compile(r"(?ms)^db\.(runCommand|adminCommand)\((\{.*?^\})\);$")
_BSON: Final = frozenset(
    "object array string bool int long double decimal date binData objectId timestamp null regex number".split()
)
_UNKNOWN: Final = frozenset({"$ref", "$schema", "default", "definitions", "format", "id", "const", "$defs"})
"""Keywords that MongoDB does not take (manual, $jsonSchema, omissions), or that draft 4 has not."""
_JSON_TYPES: Final = {
    "object": "object", "array": "array", "bool": "boolean", "int": "integer", "long": "integer", "double": "number",
    "decimal": "number",
}  # fmt: skip


class StoreSqlParses:
    """Every statement is one that the engine's grammar has; nothing is taken as a command of an unknown kind."""

    id = "V-STORES-SQL"
    what = "SQL of ClickHouse and BigQuery parses"
    tool = "sqlglot"
    patterns = STORE_SQL_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Parses each file in the dialect that its name tells."""
        try:
            import sqlglot
        except ImportError as error:
            raise ToolMissing("sqlglot is not installed: pip install sqlglot") from error
        facts = []
        for file in files:
            try:
                read = sqlglot.parse(file.content.decode(), dialect=file.path.split(".")[-2])
                odd = [s.sql()[:80] for s in read if s is not None and s.key != "create"]
                facts += [f"{file.path}: not understood: {said}" for said in odd]
            except sqlglot.errors.SqlglotError as error:
                facts.append(f"{file.path}: {str(error).splitlines()[0][:300]}")
        return verdict(self, files, facts, version=importlib.metadata.version("sqlglot"), command="parse")


class MongoSchemas:
    """Commands are documents; each validator is a JSON Schema of draft 4 in the keywords that MongoDB takes, and a
    document that is filled by it passes, while one without its required fields does not."""

    id = "V-MONGODB"
    what = "validators of MongoDB are sound (no MongoDB runs here)"
    tool = "jsonschema-rs"
    patterns = MONGODB_FILES
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Reads each command and checks its validator."""
        facts = []
        for file in files:
            for command in commands(file.content.decode()):
                if "create" in command:
                    facts += [f"{file.path}: {command['create']}: {fact}" for fact in _validator(command)]
        return verdict(
            self, files, facts, version=importlib.metadata.version("jsonschema-rs"), command="Draft4Validator"
        )


def commands(text: str) -> list[dict[str, Any]]:
    """The documents of the commands in a file for mongosh. Raises ValueError where one is no JSON."""
    return [json.loads(found[2]) for found in COMMAND.finditer(text)]


def _validator(command: dict[str, Any]) -> Iterator[str]:
    import jsonschema_rs

    schema = command.get("validator", {}).get("$jsonSchema")
    if schema is None:
        yield "has no validator"
        return
    yield from _words(schema, "$")
    try:
        check = jsonschema_rs.Draft4Validator(_as_json_schema(schema))
    except jsonschema_rs.ValidationError as error:
        yield f"is no schema: {error.message}"
        return
    filled = _filled(schema)
    yield from (f"refuses {e.message}" for e in check.iter_errors(filled))
    if schema["required"] and check.is_valid({}):
        yield "takes an empty document"


def _words(schema: Any, place: str) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    yield from (f"{place} has the keyword {word}" for word in sorted(_UNKNOWN & schema.keys()))
    if schema.get("bsonType") not in _BSON:
        yield f"{place} has the type {schema.get('bsonType')}"
    for name, inner in schema.get("properties", {}).items():
        yield from _words(inner, f"{place}.{name}")
    if "items" in schema:
        yield from _words(schema["items"], f"{place}[]")


def _as_json_schema(schema: dict[str, Any]) -> dict[str, Any]:
    found = {k: v for k, v in schema.items() if k != "bsonType"}
    found["type"] = _JSON_TYPES.get(schema["bsonType"], "string")
    if "properties" in schema:
        found["properties"] = {name: _as_json_schema(s) for name, s in schema["properties"].items()}
        if not schema.get("required"):
            found.pop("required", None)
    if "items" in schema:
        found["items"] = _as_json_schema(schema["items"])
    return found


def _filled(schema: dict[str, Any]) -> Any:
    """A value that the schema should take: the first state, the least number, letters up to the least length."""
    kind = _JSON_TYPES.get(schema["bsonType"], "string")
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        return {name: _filled(s) for name, s in schema.get("properties", {}).items()}
    if kind == "array":
        return [_filled(schema["items"]) for _ in range(schema.get("minItems", 0))]
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    return _MATCHING.get(schema.get("pattern", ""), "A" * max(1, schema.get("minLength", 1)))


_MATCHING: Final = {"^[A-Z]{3}$": "EUR", "^[0-9A-F]{12}$": "0123456789AB", r"^\+[1-9][0-9]{6,14}$": "+4930123456"}
"""A value of each pattern that fields have."""


class NotHere:
    """Files for which no server and no parser of the engine is in a package registry that we may use."""

    slow = False

    def __init__(self, ident: str, engine: str, patterns: tuple[str, ...]) -> None:
        self.id = ident
        self.what = f"files of {engine} hold on {engine}"
        self.tool = engine
        self.patterns = patterns

    def check(self, files: Sequence[Artifact]) -> Check:
        """Never passes."""
        return not_run(self, files, f"{self.tool} does not run here, and no package brings a parser of its language")


CASSANDRA: Final = NotHere("V-CASSANDRA", "Cassandra", ("db/*/schema.cql",))
SEARCH: Final = NotHere("V-SEARCH", "OpenSearch or Meilisearch", ("db/*/indexes/*.json",))
COMMANDS: Final = NotHere("V-STORE-COMMANDS", "Bigtable or InfluxDB", ("db/*/tables.sh",))
