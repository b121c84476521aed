"""The DDL read back and compared with design.json: whatever differs is a failure."""

import importlib.metadata
from collections.abc import Iterator, Sequence

from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import NoOverlap, Table
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import ToolMissing, chosen, verdict
from archsmith.verify.sql import SQL_FILES
from archsmith.verify.sql_facts import exclusion, expression, foreign_key, index, read, type_name


class SqlParity:
    """Every table of the model that PostgreSQL keeps is in the SQL as the model has it, and no other.

    Of each table: columns with type, NOT NULL, DEFAULT, CHECK and generation; keys and other constraints; indexes;
    partitions and storage; row-level security.
    """

    id = "V-PARITY-SQL"
    what = "SQL says what the model says"
    tool = "archsmith with pglast"
    patterns = ("design.json", *SQL_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the facts of all files with those of the model's tables."""
        try:
            import pglast
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        tables = [t for kept in postgresql_tables(design_of(files).architecture).values() for t in kept]
        said, facts = list[Fact](), list[str]()
        for file in chosen(files, SQL_FILES):
            try:
                said += read(file.content.decode())
            except pglast.Error as error:
                facts.append(f"{file.path}: {error}")
        facts += compare(said, [fact for table in tables for fact in table_facts(table)])
        version = importlib.metadata.version("pglast")
        return verdict(self, files, facts, version=version, command="compare with design.json")


def table_facts(table: Table) -> Iterator[Fact]:
    """What the DDL has to say of a table."""
    tenant = "on" if table.tenant_column else ""
    cut = table.partition_by if not table.hypertable else ""
    said = {
        "cut by": cut,
        "partition step": table.partition_step if cut else "",
        "primary key": ", ".join(table.primary_key),
        "row-level security": tenant,
        "row-level security for its owner": tenant,
        "fillfactor": str(table.fill) if table.fill < 100 else "",
        "autovacuum_vacuum_scale_factor": "" if table.vacuum_scale is None else str(table.vacuum_scale),
    }
    yield from facts_at(table.name, said)
    yield from _columns(table)
    yield from (Fact(f"{table.name} unique ({', '.join(columns)})") for columns in table.uniques)
    for check in table.checks:
        yield from facts_at(f"{table.name} check {check.name}", {"is": expression(check.expression)})
    for rule in table.overlaps:
        yield from facts_at(f"{table.name} no overlap {rule.name}", {"is": exclusion(_apart(rule))})
    for key in table.foreign_keys:
        only = key.columns[-1] if key.on_delete == "SET NULL" and len(key.columns) > 1 else ""
        said = {"is": foreign_key(key.columns, key.target, key.target_columns, key.on_delete, only)}
        yield from facts_at(f"{table.name} foreign key {key.name}", said)
    for each in table.indexes:
        where = expression(each.where) if each.where else ""
        said = {"is": index(each.columns, each.unique, each.method, where)}
        yield from facts_at(f"{table.name} index {each.name}", said)
    yield from _policy(table)


def _columns(table: Table) -> Iterator[Fact]:
    for column in table.columns:
        said = {
            "type": type_name(column.type),
            "NULL": "may be NULL" if column.nullable else "NOT NULL",
            "DEFAULT": expression(column.default) if column.default else "",
            "CHECK": expression(column.check) if column.check else "",
            "generation": expression(column.generated) if column.generated else "",
        }
        yield from facts_at(f"{table.name}.{column.name}", said)


def _apart(rule: NoOverlap) -> str:
    """No two rows with the same keys have spans that meet."""
    keys = "".join(f"uuid_range({key}, {key}, '[]') WITH =, " for key in rule.keys)
    ends = f"{rule.starts}, {rule.ends}"
    span = f"daterange({ends}, '[]')" if rule.dates else f"tstzrange({ends})"
    return f"USING gist ({keys}{span} WITH &&)" + (f" WHERE ({rule.where})" if rule.where else "")


def _policy(table: Table) -> Iterator[Fact]:
    """Rows of the tenant that the connection has named, and no others."""
    if table.tenant_column:
        name, column = table.tenant_column, next(c for c in table.columns if c.name == table.tenant_column)
        same = "IS NOT DISTINCT FROM" if column.nullable else "="
        own = expression(f"{name} {same} nullif(current_setting('app.{name}', true), '')::{column.type}")
        yield from facts_at(f"{table.name} policy tenant_isolation", {"sees": own, "writes": own, "for": "all"})
