"""Artifacts read back and compared with design.json: a name or a type that differs is a failure."""

import re
from collections.abc import Sequence
from typing import Any, Final

from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import from_json
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.verify.openapi import OPENAPI_FILES
from archsmith.verify.ports import ToolMissing, chosen, verdict
from archsmith.verify.sql import SQL_FILES

_PARAMETER: Final = re.compile(r"\{([^}]+)\}")


class OpenApiParity:
    """Every endpoint of the model is in the OpenAPI documents, with its method, path and operationId, and no other."""

    id = "V-PARITY-API"
    what = "OpenAPI says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *OPENAPI_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the sets of method, path and operationId."""
        design = _design(files)
        wanted = {(e.method.lower(), e.path, e.operation_id) for e in design.architecture.endpoints}
        found: set[tuple[str, str, str]] = set()
        for file in chosen(files, OPENAPI_FILES):
            found |= set(_operations(safeyaml.load(file.content.decode())))
        facts = [f"missing: {m.upper()} {p} ({o})" for m, p, o in sorted(wanted - found)]
        facts += [f"not in the model: {m.upper()} {p} ({o})" for m, p, o in sorted(found - wanted)]
        return verdict(self, files, facts, command="compare with design.json")


def _operations(document: Any) -> list[tuple[str, str, str]]:
    methods = {"get", "put", "post", "delete", "patch"}
    return [
        (method, path, str(operation.get("operationId")))
        for path, item in document.get("paths", {}).items()
        for method, operation in item.items()
        if method in methods
    ]


class SqlParity:
    """Every table and column of the model is in the SQL, with its type and nullability, and no other."""

    id = "V-PARITY-SQL"
    what = "SQL says what the model says"
    tool = "archsmith with pglast"
    patterns = ("design.json", *SQL_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares tables, columns, types and NOT NULL."""
        try:
            from pglast import parse_sql
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        design = _design(files)
        found: dict[str, dict[str, str]] = {}
        for file in chosen(files, SQL_FILES):
            found |= _tables(parse_sql(file.content.decode()))
        wanted = {t.name: t for t in design.architecture.tables}
        facts = [f"missing table: {n}" for n in sorted(wanted.keys() - found.keys())]
        facts += [f"table not in the model: {n}" for n in sorted(found.keys() - wanted.keys())]
        for name in sorted(wanted.keys() & found.keys()):
            facts += _columns(wanted[name], found[name])
        return verdict(self, files, facts, command="compare with design.json")


def _tables(statements: Any) -> dict[str, dict[str, str]]:
    from pglast import ast

    tables: dict[str, dict[str, str]] = {}
    for raw in statements:
        statement: Any = raw.stmt
        if isinstance(statement, ast.CreateStmt) and not statement.partbound:
            columns: list[Any] = [e for e in statement.tableElts or () if isinstance(e, ast.ColumnDef)]
            name: Any = statement.relation
            tables[str(name.relname)] = {str(c.colname): _type(c.typeName) for c in columns}
    return tables


def _columns(table: Table, found: dict[str, str]) -> list[str]:
    from pglast import parse_sql

    facts = []
    for column in table.columns:
        cast: Any = parse_sql(f"SELECT NULL::{column.type}")[0].stmt
        wanted = _type(cast.targetList[0].val.typeName)
        if column.name not in found:
            facts.append(f"{table.name}: missing column {column.name}")
        elif found[column.name] != wanted:
            facts.append(f"{table.name}.{column.name}: {found[column.name]}, the model says {wanted}")
    known = {c.name for c in table.columns}
    return facts + [f"{table.name}: column not in the model: {c}" for c in sorted(found.keys() - known)]


def _type(node: Any) -> str:
    """A type in PostgreSQL's own spelling, so that `varchar` and `character varying` are the same."""
    from pglast.stream import RawStream

    return str(RawStream()(node)).lower().replace("pg_catalog.", "")


def _design(files: Sequence[Artifact]) -> Design:
    for file in files:
        if file.path == "design.json":
            return from_json(file.content, Design)
    raise ToolMissing("there is no design.json to compare with")
