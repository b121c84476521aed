"""`db/<store>/tables.bigquery.sql`: tables cut by time and clustered by what queries select by; roll-ups as views."""

from collections.abc import Iterable
from typing import Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import Keyspace, KeyspaceKind, Period
from archsmith.model.shapes import Field
from archsmith.render.contracts.stores.kept import Kept, kept
from archsmith.render.contracts.stores.sql_words import comments, literal, name
from archsmith.render.view import View

ENGINES: Final = ("bigquery",)
TYPES: Final = {
    AttributeType.INTEGER: "INT64",
    AttributeType.BOOLEAN: "BOOL",
    AttributeType.DATE: "DATE",
    AttributeType.TIMESTAMP: "TIMESTAMP",
    AttributeType.JSON: "JSON",
    AttributeType.GEO: "GEOGRAPHY",
}
"""Types by what they hold; all others are strings."""
_MOST: Final = 38
"""Digits from which NUMERIC does not do. Source: BigQuery documentation, decimal types."""


def bigquery(design: Design) -> Iterable[Artifact]:
    """One file for each BigQuery."""
    view = View(design)
    for store in kept(view, ENGINES):
        blocks = ["\n".join(comments([*store.head(), "Run it with the dataset as the default one."]))]
        for keyspace in store.keyspaces:
            made = _view(store, keyspace) if keyspace.kind is KeyspaceKind.ROLL_UP else _create(store, keyspace)
            blocks.append("\n".join([*comments(_said(store, keyspace)), made]))
        yield store.file("tables.bigquery.sql", "\n\n".join(blocks) + "\n")


def _said(store: Kept, keyspace: Keyspace) -> list[str]:
    newest = f"Rows are written by CDC upserts on the key: the row with the largest {keyspace.versioned} counts."
    return [*store.said(keyspace), *([newest] if keyspace.versioned else [])]


def _create(store: Kept, keyspace: Keyspace) -> str:
    columns = [f"    {_column(f)}" for f in store.fields(keyspace)]
    if keyspace.versioned:
        columns.append(f"    PRIMARY KEY ({name('id')}) NOT ENFORCED")
    lines = [f"CREATE TABLE {name(keyspace.name)} (\n" + ",\n".join(columns) + "\n)"]
    if keyspace.cut is not None and keyspace.cut.period is not None:
        lines.append(f"PARTITION BY TIMESTAMP_TRUNC({name(keyspace.cut.name)}, {keyspace.cut.period.upper()})")
    lines.append(f"CLUSTER BY {', '.join(name(p.name) for p in keyspace.order)}")
    options = [f"description = {literal(keyspace.comment)}"]
    if keyspace.keep is not None and keyspace.cut is not None:
        options.append(f"partition_expiration_days = {keyspace.keep_days}")
    return "\n".join([*lines, f"OPTIONS ({', '.join(options)});"])


def _column(field: Field) -> str:
    needed = " NOT NULL" if field.required and not field.many else ""
    return f"{name(field.name)} {_type(field)}{needed} OPTIONS (description = {literal(field.description)})"


def _type(field: Field) -> str:
    if field.encrypted:
        return "BYTES"
    if field.many:
        return "ARRAY<STRING>"
    if field.precision is not None:
        wide = field.precision >= _MOST
        return f"{'BIGNUMERIC' if wide else 'NUMERIC'}({field.precision}, {field.scale})"
    if field.type is AttributeType.UUID:
        return "STRING(36)"
    kind = TYPES.get(field.type, "STRING")
    return f"STRING({field.max_length})" if kind == "STRING" and field.max_length else kind


def _view(store: Kept, keyspace: Keyspace) -> str:
    bucket = next(p for p in keyspace.order if p.period)
    dimensions = [p.name for p in keyspace.order if not p.period]
    period = (bucket.period or Period.DAY).upper()
    shown = [*map(name, dimensions), f"TIMESTAMP_TRUNC({name(bucket.fields[0])}, {period}) AS {name(bucket.name)}"]
    for field in keyspace.own:
        if field.type is not AttributeType.TIMESTAMP:
            said = f"SUM({name(field.attribute)})" if field.attribute else "COUNT(*)"
            shown.append(f"{said} AS {name(field.name)}")
    by = ", ".join(name(n) for n in (*dimensions, bucket.name))
    options = f"OPTIONS (enable_refresh = true, description = {literal(keyspace.comment)})"
    made = f"CREATE MATERIALIZED VIEW {name(keyspace.name)}\n{options} AS"
    return f"{made}\nSELECT {', '.join(shown)}\nFROM {name(keyspace.source)}\nGROUP BY {by};"
