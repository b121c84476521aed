"""What the model says of tables in ClickHouse and BigQuery, as facts."""

from collections.abc import Iterator
from typing import Final

from archsmith.model.domain import AttributeType as T
from archsmith.model.keyspaces import Keyspace, KeyspaceKind
from archsmith.model.shapes import Field, Source
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_store_model import Kept, days, summed

_CLICKHOUSE: Final = {
    T.UUID: "uuid", T.BOOLEAN: "bool", T.DATE: "date32", T.TIMESTAMP: "datetime64(3, 'utc')", T.JSON: "json",
}  # fmt: skip
_BIGQUERY: Final = {
    T.INTEGER: "int64", T.BOOLEAN: "bool", T.DATE: "date", T.TIMESTAMP: "timestamp", T.JSON: "json", T.GEO: "geography",
    T.UUID: "string(36)",
}  # fmt: skip
_CUTS: Final = {"month": "toyyyymm", "day": "toyyyymmdd", "hour": "tostartofhour"}


def clickhouse(of: Kept) -> Iterator[Fact]:
    """Tables by node where there are several, what spreads queries over them, roll-ups and what feeds them."""
    named = {k.name: k for k in of.keyspaces}
    for k in of.keyspaces:
        source = named.get(k.source)
        suffix = "_local" if (source or k).shards > 1 else ""
        place = f"{of.place(k)}{suffix}"
        if suffix:
            yield from facts_at(of.place(k), {"engine": "Distributed"})
        engine = f"replacingmergetree({k.versioned})" if k.versioned else "mergetree"
        if k.kind is KeyspaceKind.ROLL_UP:
            engine = f"summingmergetree(({', '.join(f.name for f in summed(k))}))"
        cut = f"{_CUTS[k.cut.period]}({k.cut.name})" if k.cut and k.cut.period else ""
        order = f"({', '.join(p.name for p in k.order)})"
        yield from facts_at(place, {"engine": engine, "cut": cut, "order": order, "ends": days(k)})
        for f in of.fields(k):
            yield from _clickhouse_column(place, f)
        if k.kind is KeyspaceKind.ROLL_UP and source is not None:
            bucket = next(p for p in k.order if p.period)
            start = f"datetrunc('{bucket.period}', {bucket.fields[0]})"  # as sqlglot says toStartOf...
            yield from facts_at(f"{place}_feed", {"view": _view(k, start, f"{k.source}{suffix}", "count()")})


def _view(k: Keyspace, start: str, source: str, count: str) -> str:
    bucket = next(p for p in k.order if p.period)
    by = [p.name for p in k.order if not p.period]
    sums = [f"sum({f.attribute}) as {f.name}" if f.attribute else f"{count} as {f.name}" for f in summed(k)]
    shown = ", ".join([*by, f"{start} as {bucket.name}", *sums])
    return f"select {shown} from {source} group by {', '.join([*by, bucket.name])}"  # noqa: S608 (compared, never run)


def _clickhouse_column(place: str, f: Field) -> Iterator[Fact]:
    if f.type is T.GEO and not f.encrypted:
        kind = "float64" if f.required else "nullable(float64)"
        for axis in ("latitude", "longitude"):
            yield from facts_at(f"{place}.{f.name}_{axis}", {"type": kind})
        return
    kind = "string" if f.encrypted else _CLICKHOUSE.get(f.type, "string")
    if f.precision is not None and not f.encrypted:
        kind = f"decimal({f.precision}, {f.scale})"
    elif f.type is T.INTEGER and not f.encrypted:
        wide = f.source is Source.DESIGN or (f.maximum or 0) >= 2**31
        kind = f"{'u' if f.minimum is not None and f.minimum >= 0 else ''}int{64 if wide else 32}"
    few = kind == "string" and not f.encrypted and (bool(f.states) or (f.max_length or 99) <= 3)
    if f.many:
        kind, few = "array(uuid)", False
    elif not f.required and kind != "json":
        kind = f"nullable({kind})"
    yield from facts_at(f"{place}.{f.name}", {"type": f"lowcardinality({kind})" if few else kind})


def bigquery(of: Kept) -> Iterator[Fact]:
    """Tables and materialised views."""
    for k in of.keyspaces:
        if k.kind is KeyspaceKind.ROLL_UP:
            bucket = next(p for p in k.order if p.period)
            start = f"timestamp_trunc({bucket.fields[0]}, {bucket.period})"
            yield from facts_at(of.place(k), {"view": _view(k, start, k.source, "count(*)")})
            continue
        cut = f"timestamp_trunc({k.cut.name}, {k.cut.period})" if k.cut and k.cut.period else ""
        order = ", ".join([p.name for p in k.order if k.cut is None or p.name != k.cut.name][:4])
        yield from facts_at(of.place(k), {"cut": cut, "order": order, "ends": days(k) if cut else ""})
        for f in of.fields(k):
            yield from facts_at(
                f"{of.place(k)}.{f.name}", {"type": _kind(f), "NULL": "NOT NULL" if f.required and not f.many else ""}
            )


def _kind(f: Field) -> str:
    if f.encrypted:
        return "bytes"
    if f.many:
        return "array<string>"
    if f.precision is not None:
        return f"{'big' if f.precision >= 38 else ''}numeric({f.precision}, {f.scale})"
    kind = _BIGQUERY.get(f.type, "string")
    return f"string({f.max_length})" if kind == "string" and f.max_length else kind
