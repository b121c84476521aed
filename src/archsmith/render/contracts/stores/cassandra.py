"""`db/<store>/schema.cql`: a table for each query, its partitions bounded."""

import re
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.names import snake
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import KeyPart, Keyspace, Period
from archsmith.model.shapes import Field
from archsmith.render.contracts.stores.kept import Kept, kept, plain
from archsmith.render.view import View

ENGINES: Final = ("cassandra",)
TYPES: Final = {
    AttributeType.UUID: "uuid",
    AttributeType.DECIMAL: "decimal",
    AttributeType.MONEY: "decimal",
    AttributeType.BOOLEAN: "boolean",
    AttributeType.DATE: "date",
    AttributeType.TIMESTAMP: "timestamp",
}
"""Types by what they hold; all others are text."""
_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*")
_WORDS: Final = frozenset(
    "add allow alter and apply asc authorize batch begin by columnfamily create default delete desc describe drop "
    "entries execute from full grant if in index infinity insert into is keyspace limit materialized mbean mbeans "
    "modify nan norecursive not null of on or order primary rename replace revoke schema select set table to token "
    "truncate unlogged unset update use using view where with".split()
)
"""Reserved words of CQL 3 (Apache Cassandra documentation, appendix A)."""
_DAY: Final = 86_400
_HOUR: Final = 3_600


def cassandra(design: Design) -> Iterable[Artifact]:
    """One file for each Cassandra."""
    view = View(design)
    for store in kept(view, ENGINES):
        keyspace = name(snake(view.title))
        copies = max(k.copies for k in store.keyspaces)
        made = f"{{'class': 'NetworkTopologyStrategy', 'replication_factor': {copies}}}"
        blocks = ["\n".join(f"-- {line}" for line in store.head())]
        blocks.append(
            f"CREATE KEYSPACE {keyspace} WITH replication = {made} AND durable_writes = true;\nUSE {keyspace};"
        )
        blocks += ["\n".join([*(f"-- {x}" for x in store.said(k)), _create(store, k)]) for k in store.keyspaces]
        yield store.file("schema.cql", "\n\n".join(blocks) + "\n")


def name(text: str) -> str:
    """An identifier of CQL, in quotes where it needs them.

    >>> name("orders"), name("token")
    ('orders', '"token"')
    """
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    return '"' + plain(text).replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string constant of CQL."""
    return "'" + plain(text).replace("'", "''") + "'"


def _create(store: Kept, keyspace: Keyspace) -> str:
    fields = store.fields(keyspace)
    known = {f.name for f in fields}
    parts = (*keyspace.partition, *keyspace.order)
    columns = [line for f in fields for line in _columns(f)]
    columns += [f"{name(p.name)} {_part_type(p)}" for p in parts if p.name not in known]
    partition = ", ".join(name(p.name) for p in keyspace.partition)
    key = ", ".join([f"({partition})", *(name(p.name) for p in keyspace.order)])
    body = ",\n".join(f"    {line}" for line in (*columns, f"PRIMARY KEY ({key})"))
    options = []
    if keyspace.order:
        order = ", ".join(f"{name(p.name)} {'DESC' if p.descending else 'ASC'}" for p in keyspace.order)
        options.append(f"CLUSTERING ORDER BY ({order})")
    options += _settings(keyspace)
    return f"CREATE TABLE {name(keyspace.name)} (\n{body}\n) WITH " + "\n  AND ".join(options) + ";"


def _settings(keyspace: Keyspace) -> list[str]:
    """Rows that end by themselves and never change lie in files by time, which are dropped whole."""
    found = [f"comment = {literal(keyspace.comment)}"]
    if keyspace.window is not None:
        unit, size = ("DAYS", _DAY) if keyspace.window >= _DAY else ("HOURS", _HOUR)
        found.append(
            "compaction = {'class': 'TimeWindowCompactionStrategy', "
            f"'compaction_window_unit': '{unit}', 'compaction_window_size': {round(keyspace.window / size)}}}"
        )
    else:
        found.append("compaction = {'class': 'UnifiedCompactionStrategy'}")
    if keyspace.keep is not None:
        found.append(f"default_time_to_live = {(keyspace.keep_days or 0) * _DAY}")
    return found


def _columns(field: Field) -> list[str]:
    if field.type is AttributeType.GEO and not field.encrypted:
        return [f"{name(f'{field.name}_{axis}')} double" for axis in ("latitude", "longitude")]
    return [f"{name(field.name)} {_type(field)}"]


def _type(field: Field) -> str:
    if field.encrypted:
        return "blob"
    if field.many:
        return "set<uuid>"
    if field.type is AttributeType.INTEGER:
        return "bigint" if (field.maximum or 0) >= 2**31 else "int"
    return TYPES.get(field.type, "text")


def _part_type(part: KeyPart) -> str:
    if part.period in (Period.MONTH, Period.DAY):
        return "date"
    return "timestamp" if part.period else "int" if not part.fields else "text"
