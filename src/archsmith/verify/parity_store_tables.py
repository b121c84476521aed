"""Tables of columns: ClickHouse and BigQuery."""

from collections.abc import Iterator
from typing import Any, Final

from archsmith.model.domain import AttributeType as T
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind
from archsmith.model.shapes import Field, Source
from archsmith.verify.parity_store_kept import INT32, Kept, Line, Tree, line, numbered, of_model
from archsmith.verify.parity_store_text import flat, tables

_CLICKHOUSE: Final = {
    T.UUID: "UUID", T.BOOLEAN: "Bool", T.DATE: "Date32", T.TIMESTAMP: "DateTime64(3, 'UTC')", T.JSON: "JSON",
}  # fmt: skip
_BIGQUERY: Final = {
    T.INTEGER: "INT64", T.BOOLEAN: "BOOL", T.DATE: "DATE", T.TIMESTAMP: "TIMESTAMP", T.JSON: "JSON",
    T.GEO: "GEOGRAPHY", T.UUID: "STRING(36)",
}  # fmt: skip
_CUTS: Final = {"month": "toYYYYMM", "day": "toYYYYMMDD", "hour": "toStartOfHour"}
_STARTS: Final = {"month": "toStartOfMonth", "day": "toStartOfDay", "hour": "toStartOfHour"}
_MOST: Final = 38
"""Digits from which a NUMERIC of BigQuery does not do."""


def clickhouse_sql(text: str) -> Tree:
    """A file for ClickHouse."""
    return tables(text, backslash=True, head=2)


def bigquery_sql(text: str) -> Tree:
    """A file for BigQuery."""
    return tables(text, backslash=True, head=3)


def clickhouse(of: Kept) -> dict[str, Tree]:
    """Tables by node where there are several, what spreads queries over them, roll-ups and what feeds them."""
    named = {k.name: k for k in of.keyspaces}
    made: dict[str, Tree] = {}
    views: list[Tree] = []
    for k in of.keyspaces:
        source = named.get(k.source)
        spread = (source or k).shards > 1
        on = {"ON CLUSTER": {"is": "'{cluster}'"}} if spread else {}
        own = f"{k.name}_local" if spread else k.name
        made[own] = {"columns": dict(_columns(of, k)), **on, **_clickhouse_clauses(of, k)}
        if spread:
            by = k.order[-1].fields[0] if k.order[-1].fields else "id"
            engine = f"Distributed('{{cluster}}', currentDatabase(), '{own}', cityHash64({by}))"
            made[k.name] = {**on, "AS": {"is": own}, "ENGINE": {"is": flat(f"= {engine}")}}
        if k.kind is KeyspaceKind.ROLL_UP and source is not None:
            bucket = next(p for p in k.order if p.period)
            start = f"{_STARTS[str(bucket.period)]}({bucket.fields[0]})"
            where = " ON CLUSTER '{cluster}'" if spread else ""
            select = _select(k, start, f"{source.name}_local" if spread else source.name, "count()", "sum")
            views.append({"is": flat(f"CREATE MATERIALIZED VIEW {own}_feed{where} TO {own} AS {select}")})
    said = {"tables": made, "others": views, "comments": of_model(of.keyspaces, of)}
    return {"tables.clickhouse.sql": said}


def _clickhouse_clauses(of: Kept, k: Keyspace) -> Tree:
    engine = f"ReplacingMergeTree({k.versioned})" if k.versioned else "MergeTree"
    if k.kind is KeyspaceKind.ROLL_UP:
        engine = f"SummingMergeTree(({', '.join(f.name for f in _summed(k))}))"
    said: Tree = {"ENGINE": {"is": flat(f"= {engine}")}}
    if k.cut is not None and k.cut.period:
        said["PARTITION BY"] = {"is": flat(f"{_CUTS[k.cut.period]}({k.cut.name})")}
    said["ORDER BY"] = {"is": flat(f"({', '.join(p.name for p in k.order)})")}
    time = k.cut or next((p for p in k.order if p.period), None) or _time(of, k)
    if k.keep_days is not None and time is not None:
        said["TTL"] = {"is": flat(f"toDateTime({time.name}) + toIntervalDay({k.keep_days})")}
    return {**said, "COMMENT": {"is": "", "told": line(k.comment)}}


def _time(of: Kept, k: Keyspace) -> KeyPart | None:
    times = {f.name for f in of.fields(k) if f.type is T.TIMESTAMP}
    return next((p for p in k.order if p.name in times), None)


def _summed(k: Keyspace) -> list[Field]:
    """The counts and sums of a roll-up."""
    return [f for f in k.own if f.type is not T.TIMESTAMP and f.source is Source.DESIGN]


def _select(k: Keyspace, start: str, source: str, count: str, add: str) -> str:
    bucket = next(p for p in k.order if p.period)
    by = [p.name for p in k.order if not p.period]
    sums = [f"{add}({f.attribute}) AS {f.name}" if f.attribute else f"{count} AS {f.name}" for f in _summed(k)]
    shown = ", ".join([*by, f"{start} AS {bucket.name}", *sums])
    return f"SELECT {shown} FROM {source} GROUP BY {', '.join([*by, bucket.name])}"  # noqa: S608 - compared, not run


def _columns(of: Kept, k: Keyspace) -> Iterator[tuple[str, Tree]]:
    for f in of.fields(k):
        told = {"told": line(f.description)}
        if f.type is T.GEO and not f.encrypted:
            kind = "Float64" if f.required else "Nullable(Float64)"
            for axis in ("latitude", "longitude"):
                yield f"{f.name}_{axis}", {"is": flat(f"{kind} COMMENT"), **told}
        else:
            yield f.name, {"is": flat(f"{_clickhouse_type(f, f.name in k.few)} COMMENT"), **told}


def _clickhouse_type(f: Field, few: bool) -> str:
    if f.many:
        return "Array(UUID)"
    kind = "String" if f.encrypted else _CLICKHOUSE.get(f.type, "String")
    if f.precision is not None and not f.encrypted:
        kind = f"Decimal({f.precision}, {f.scale})"
    elif f.type is T.INTEGER and not f.encrypted:
        wide = f.source is Source.DESIGN or (f.maximum or 0) >= INT32
        kind = f"{'UInt' if f.minimum is not None and f.minimum >= 0 else 'Int'}{64 if wide else 32}"
    if not f.required and kind != "JSON":
        kind = f"Nullable({kind})"
    return f"LowCardinality({kind})" if few else kind


def bigquery(of: Kept) -> dict[str, Tree]:
    """Tables and materialised views."""
    made: dict[str, Tree] = {}
    views: list[Tree] = []
    said: list[Line] = []
    for k in of.keyspaces:
        said += of.said(k)
        if k.versioned:
            said.append(
                line(f"Rows are written by CDC upserts on the key: the row with the largest {k.versioned} counts")
            )
        if k.kind is KeyspaceKind.ROLL_UP:
            bucket = next(p for p in k.order if p.period)
            start = f"TIMESTAMP_TRUNC({bucket.fields[0]}, {str(bucket.period).upper()})"
            head = f"CREATE MATERIALIZED VIEW {k.name} OPTIONS (enable_refresh = true, description =)"
            select = _select(k, start, k.source, "COUNT(*)", "SUM")
            views.append({"is": flat(f"{head} AS {select}"), "told": line(k.comment)})
        else:
            made[k.name] = _bigquery_table(of, k)
    return {"tables.bigquery.sql": {"tables": made, "others": views, "comments": numbered(said)}}


def _bigquery_table(of: Kept, k: Keyspace) -> Tree:
    columns: Tree = {}
    for f in of.fields(k):
        needed = " NOT NULL" if f.required and not f.many else ""
        kind = flat(f"{_bigquery_type(f)}{needed} OPTIONS (description =)")
        columns[f.name] = {"is": kind, "told": line(f.description)}
    if k.versioned:
        columns[""] = {"is": flat("PRIMARY KEY (id) NOT ENFORCED")}
    said: dict[str, Any] = {"CLUSTER BY": {"is": ", ".join(p.name for p in k.order)}}
    ends = ""
    if k.cut is not None and k.cut.period:
        said["PARTITION BY"] = {"is": flat(f"TIMESTAMP_TRUNC({k.cut.name}, {k.cut.period.upper()})")}
    if k.cut is not None and k.keep_days is not None:
        ends = f", partition_expiration_days = {k.keep_days}"
    said["OPTIONS"] = {"is": flat(f"(description ={ends})"), "told": line(k.comment)}
    return {"columns": columns, **said}


def _bigquery_type(f: Field) -> str:
    if f.encrypted:
        return "BYTES"
    if f.many:
        return "ARRAY<STRING>"
    if f.precision is not None:
        return f"{'BIGNUMERIC' if f.precision >= _MOST else 'NUMERIC'}({f.precision}, {f.scale})"
    kind = _BIGQUERY.get(f.type, "STRING")
    return f"STRING({f.max_length})" if kind == "STRING" and f.max_length else kind
