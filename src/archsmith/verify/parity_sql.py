"""The DDL read back and compared with design.json: whatever differs is a failure."""

import importlib.metadata
from collections.abc import Iterator, Sequence

from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Column, Table
from archsmith.verify.parity import design_of
from archsmith.verify.ports import ToolMissing, chosen, verdict
from archsmith.verify.sql import SQL_FILES
from archsmith.verify.sql_facts import FoundTable, Said, expression, foreign_key, index, read, type_name


class SqlParity:
    """Every table of the model that PostgreSQL keeps is in the SQL as the model has it, and no other.

    Of each table: columns with type, NOT NULL, DEFAULT, CHECK and generation; keys; indexes; row-level security.
    """

    id = "V-PARITY-SQL"
    what = "SQL says what the model says"
    tool = "archsmith with pglast"
    patterns = ("design.json", *SQL_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the tables by name, then each with its like."""
        try:
            import pglast
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        wanted = {t.name: t for tables in postgresql_tables(design_of(files).architecture).values() for t in tables}
        found: dict[str, FoundTable] = {}
        facts = []
        for file in chosen(files, SQL_FILES):
            try:
                found |= read(file.content.decode())
            except pglast.Error as error:
                facts.append(f"{file.path}: {error}")
        facts += [f"missing table: {name}" for name in sorted(wanted.keys() - found.keys())]
        facts += [f"table not in the model: {name}" for name in sorted(found.keys() - wanted.keys())]
        for name in sorted(wanted.keys() & found.keys()):
            facts += _differences(wanted[name], found[name])
        return verdict(
            self, files, facts, version=importlib.metadata.version("pglast"), command="compare with design.json"
        )


def _differences(table: Table, found: FoundTable) -> Iterator[str]:
    yield from _columns(table, found)
    keys = {foreign_key(k.columns, k.target, k.target_columns, k.on_delete) for k in table.foreign_keys}
    indexes = {i.name: index(i.columns, i.unique, i.method, i.where) for i in table.indexes}
    tenant = {"ENABLE", "FORCE", "POLICY"} if table.tenant_column else set()
    for what, said, model in (
        ("primary key", found.primary_key, table.primary_key),
        ("unique columns", found.uniques, set(table.uniques)),
        ("foreign keys", found.foreign_keys, keys),
        ("row-level security", found.security, tenant),
    ):
        if said != model:
            yield f"{table.name}: {what} {_shown(said)}, the model says {_shown(model)}"
    for name in sorted(indexes.keys() | found.indexes.keys()):
        made, asked = found.indexes.get(name, "missing"), indexes.get(name, "not there")
        if made != asked:
            yield f"{table.name}: index {name} {made}, the model says {asked}"


def _columns(table: Table, found: FoundTable) -> Iterator[str]:
    for column in table.columns:
        if column.name not in found.columns:
            yield f"{table.name}: missing column {column.name}"
            continue
        said, model = found.columns[column.name], _facts(column)
        for what in model.keys() | said.keys():
            if said.get(what) != model.get(what):
                got, wanted = (facts.get(what) or f"no {what}" for facts in (said, model))
                yield f"{table.name}.{column.name}: {got}, the model says {wanted}"
    known = {c.name for c in table.columns}
    yield from (f"{table.name}: column not in the model: {c}" for c in sorted(found.columns.keys() - known))


def _facts(column: Column) -> dict[str, Said | str]:
    return {
        "type": type_name(column.type),
        "NULL": "may be NULL" if column.nullable else "NOT NULL",
        "DEFAULT": expression(column.default, "DEFAULT ") if column.default else "",
        "CHECK": expression(column.check, "CHECK ") if column.check else "",
        "generation": expression(column.generated, "generated as ") if column.generated else "",
    }


def _shown(value: object) -> str:
    names = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else value
    return str(names)
