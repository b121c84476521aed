"""`db/<store>/tables.clickhouse.sql`: MergeTree tables, sorted by what queries select by; views keep roll-ups."""

from collections.abc import Iterable
from typing import Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, Period
from archsmith.model.shapes import Field, Source
from archsmith.render.contracts.stores.kept import Kept, kept
from archsmith.render.contracts.stores.sql_words import comments, literal, name
from archsmith.render.view import View

ENGINES: Final = ("clickhouse",)
CLUSTER: Final = " ON CLUSTER '{cluster}'"
TYPES: Final = {
    AttributeType.UUID: "UUID",
    AttributeType.BOOLEAN: "Bool",
    AttributeType.DATE: "Date32",
    AttributeType.TIMESTAMP: "DateTime64(3, 'UTC')",
    AttributeType.JSON: "JSON",
}
"""Types by what they hold; all others are strings."""
_STARTS: Final = {Period.MONTH: "toStartOfMonth", Period.DAY: "toStartOfDay", Period.HOUR: "toStartOfHour"}
_CUTS: Final = {Period.MONTH: "toYYYYMM", Period.DAY: "toYYYYMMDD", Period.HOUR: "toStartOfHour"}


def clickhouse(design: Design) -> Iterable[Artifact]:
    """One file for each ClickHouse."""
    view = View(design)
    for store in kept(view, ENGINES):
        blocks = ["\n".join(comments(store.head()))]
        blocks += ["\n".join([*comments(store.said(k)), *_statements(store, k)]) for k in store.keyspaces]
        yield store.file("tables.clickhouse.sql", "\n\n".join(blocks) + "\n")


def _statements(store: Kept, keyspace: Keyspace) -> list[str]:
    source = store.by_name.get(keyspace.source)
    spread = (source or keyspace).shards > 1
    own = f"{keyspace.name}_local" if spread else keyspace.name
    made = [_create(store, keyspace, own, spread)]
    if spread:
        by = f"cityHash64({name(keyspace.order[-1].fields[0] if keyspace.order[-1].fields else 'id')})"
        engine = f"Distributed('{{cluster}}', currentDatabase(), {literal(own)}, {by})"
        made.append(f"CREATE TABLE {name(keyspace.name)}{CLUSTER} AS {name(own)}\nENGINE = {engine};")
    if keyspace.kind is KeyspaceKind.ROLL_UP and source is not None:
        made.append(_view(keyspace, source.name + ("_local" if spread else ""), own, spread))
    return made


def _create(store: Kept, keyspace: Keyspace, own: str, spread: bool) -> str:
    columns = [line for f in store.fields(keyspace) for line in _columns(f, f.name in keyspace.few)]
    body = ",\n".join(f"    {line}" for line in columns)
    engine = "MergeTree"
    if keyspace.versioned:
        engine = f"ReplacingMergeTree({name(keyspace.versioned)})"
    if keyspace.kind is KeyspaceKind.ROLL_UP:
        summed = [f.name for f in keyspace.own if f.type is not AttributeType.TIMESTAMP]
        engine = f"SummingMergeTree(({', '.join(map(name, summed))}))"
    lines = [f"CREATE TABLE {name(own)}{CLUSTER if spread else ''} (\n{body}\n)", f"ENGINE = {engine}"]
    if keyspace.cut is not None and keyspace.cut.period is not None:
        lines.append(f"PARTITION BY {_CUTS[keyspace.cut.period]}({name(keyspace.cut.name)})")
    lines.append(f"ORDER BY ({', '.join(name(p.name) for p in keyspace.order)})")
    time = keyspace.cut or next((p for p in keyspace.order if p.period), None) or _time(store, keyspace)
    if keyspace.keep is not None and time is not None:
        lines.append(f"TTL toDateTime({name(time.name)}) + toIntervalDay({keyspace.keep_days})")
    return "\n".join([*lines, f"COMMENT {literal(keyspace.comment)};"])


def _time(store: Kept, keyspace: Keyspace) -> KeyPart | None:
    for part in keyspace.order:
        field = store.field(keyspace, part.name)
        if field is not None and field.type is AttributeType.TIMESTAMP:
            return part
    return None


def _columns(field: Field, few: bool) -> list[str]:
    said = f"COMMENT {literal(field.description)}"
    if field.type is AttributeType.GEO and not field.encrypted:
        kind = "Float64" if field.required else "Nullable(Float64)"
        return [f"{name(f'{field.name}_{axis}')} {kind} {said}" for axis in ("latitude", "longitude")]
    return [f"{name(field.name)} {_type(field, few)} {said}"]


def _type(field: Field, few: bool) -> str:
    if field.many:
        return "Array(UUID)"
    kind = _plain(field)
    if field.required or kind == "JSON":
        return f"LowCardinality({kind})" if few else kind
    return f"LowCardinality(Nullable({kind}))" if few else f"Nullable({kind})"


def _plain(field: Field) -> str:
    if field.encrypted:
        return "String"
    if field.precision is not None:
        return f"Decimal({field.precision}, {field.scale})"
    if field.type is AttributeType.INTEGER:
        size = 64 if field.source is Source.DESIGN or (field.maximum or 0) >= 2**31 else 32
        return f"{'UInt' if field.minimum is not None and field.minimum >= 0 else 'Int'}{size}"
    return TYPES.get(field.type, "String")


def _view(keyspace: Keyspace, source: str, target: str, spread: bool) -> str:
    """What keeps a roll-up: it sees each block of rows as they come in."""
    bucket = next(p for p in keyspace.order if p.period)
    dimensions = [p.name for p in keyspace.order if not p.period]
    start = f"{_STARTS[bucket.period or Period.DAY]}({name(bucket.fields[0])}) AS {name(bucket.name)}"
    sums = [f for f in keyspace.own if f.type is not AttributeType.TIMESTAMP]
    shown = [*map(name, dimensions), start]
    shown += [
        f"count() AS {name(f.name)}" if not _summed(f) else f"sum({name(_summed(f))}) AS {name(f.name)}" for f in sums
    ]
    by = ", ".join(name(n) for n in (*dimensions, bucket.name))
    made = f"CREATE MATERIALIZED VIEW {name(f'{target}_feed')}{CLUSTER if spread else ''} TO {name(target)} AS"
    return f"{made}\nSELECT {', '.join(shown)}\nFROM {name(source)}\nGROUP BY {by};"


def _summed(field: Field) -> str:
    """The field that an own field is the sum of; empty for the count."""
    return field.attribute
