"""What the SQL of ClickHouse and BigQuery says, as facts, read by sqlglot."""

import re
from collections.abc import Iterator
from typing import Any

from archsmith.model.artifacts import Artifact
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.ports import ToolMissing


def sql(store: str, file: Artifact) -> Iterator[Fact]:
    """Tables and views with columns, sorting, cut, end. Raises ToolMissing without sqlglot, ValueError on bad SQL."""
    try:
        import sqlglot
        from sqlglot import exp
    except ImportError as error:
        raise ToolMissing("sqlglot is not installed: pip install sqlglot") from error
    dialect = file.path.split(".")[-2]
    try:
        read = sqlglot.parse(file.content.decode(), dialect=dialect)
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    for statement in read:
        if not isinstance(statement, exp.Create):
            continue
        table = statement.find(exp.Table)
        name = table.name if table is not None else ""
        if statement.kind == "VIEW":
            yield from facts_at(f"{store}.{name}", {"view": _flat(statement.expression.sql(dialect=dialect))})
            continue
        if "Distributed" in statement.sql(dialect=dialect):
            yield from facts_at(f"{store}.{name}", {"engine": "Distributed"})
            continue
        yield from facts_at(f"{store}.{name}", _properties(statement, dialect, exp))
        for column in statement.find_all(exp.ColumnDef):
            kind = column.kind.sql(dialect=dialect) if column.kind is not None else ""
            needed = any(isinstance(c.kind, exp.NotNullColumnConstraint) for c in column.constraints)
            yield from facts_at(
                f"{store}.{name}.{column.name}", {"type": _flat(kind), "NULL": "NOT NULL" if needed else ""}
            )


def _properties(statement: Any, dialect: str, exp: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    properties = statement.args.get("properties")
    for each in properties.expressions if properties else ():
        said = _flat(each.sql(dialect=dialect))
        if isinstance(each, exp.EngineProperty):
            found["engine"] = said.removeprefix("engine=")
        elif isinstance(each, exp.PartitionedByProperty):
            found["cut"] = said.removeprefix("partition by ")
        elif isinstance(each, exp.Order):
            found["order"] = said.removeprefix("order by ")
        elif isinstance(each, (exp.Cluster, exp.ClusterProperty)):
            found["order"] = said.removeprefix("cluster by ")
        elif isinstance(each, exp.MergeTreeTTL):
            found["ends"] = "".join(re.findall(r"tointervalday\((\d+)\)", said))
        elif said.startswith("partition_expiration_days"):
            found["ends"] = said.partition("=")[2]
    return found


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("`", "").replace('"', "")).strip().lower()
