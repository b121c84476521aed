"""Stores that are set up by the commands of a tool: Bigtable by `cbt`, InfluxDB 3 by `influxdb3`."""

import shlex
from collections.abc import Iterable
from typing import Final

from archsmith.kernel.names import snake
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import Keyspace, KeyspaceKind
from archsmith.model.shapes import Field
from archsmith.render import show
from archsmith.render.contracts.stores.kept import Kept, kept, plain
from archsmith.render.view import View

FAMILY: Final = "d"
"""The one family of columns: short, as its name stands in each cell."""
_INFLUX: Final = {
    AttributeType.INTEGER: "int64",
    AttributeType.DECIMAL: "float64",
    AttributeType.MONEY: "float64",
    AttributeType.BOOLEAN: "bool",
}
"""Types of fields of InfluxDB 3; all others are utf8."""


def bigtable(design: Design) -> Iterable[Artifact]:
    """One script for each Bigtable."""
    view = View(design)
    for store in kept(view, ("bigtable",)):
        lines = [*_head(store), "# Row keys are made of the parts in braces, with # between them."]
        for keyspace in store.keyspaces:
            lines += ["", *_comments(store.said(keyspace)), f"# Row key: {plain(keyspace.pattern)}"]
            lines += _comments(_reversed(keyspace))
            lines.append(_columns(store, keyspace))
            lines.append(f"cbt createtable {shlex.quote(keyspace.name)} {shlex.quote(_families(keyspace))}")
        yield store.file("tables.sh", "\n".join(lines) + "\n")


def _head(store: Kept) -> list[str]:
    return ["#!/bin/sh", *_comments(store.head()), "set -eu"]


def _comments(lines: list[str]) -> list[str]:
    return [f"# {line}" for line in lines]


def _reversed(keyspace: Keyspace) -> list[str]:
    newest = [p for p in keyspace.order if p.descending]
    return (
        ["A reversed time is 2^63 - 1 less its microseconds, in 19 digits: the newest row stands first."]
        if newest
        else []
    )


def _columns(store: Kept, keyspace: Keyspace) -> str:
    return f"# Columns: {', '.join(f'{FAMILY}:{f.name}' for f in store.fields(keyspace))}"


def _families(keyspace: Keyspace) -> str:
    age = f"maxage={keyspace.keep_days}d||" if keyspace.keep is not None else ""
    return f"families={FAMILY}:{age}maxversions=1"


def influxdb(design: Design) -> Iterable[Artifact]:
    """One script for each InfluxDB."""
    view = View(design)
    for store in kept(view, ("influxdb",)):
        base = snake(view.title)
        ends = [days for k in store.keyspaces if (days := k.keep_days) is not None]
        kept_for = f" --retention-period {max(ends)}d" if len(ends) == len(store.keyspaces) else ""
        lines = [*_head(store), f"influxdb3 create database{kept_for} {shlex.quote(base)}"]
        for keyspace in store.keyspaces:
            if keyspace.kind is KeyspaceKind.MEASUREMENT:
                lines += ["", *_comments(store.said(keyspace)), *_measurement(store, keyspace, base)]
        yield store.file("tables.sh", "\n".join(lines) + "\n")


def _measurement(store: Kept, keyspace: Keyspace, base: str) -> list[str]:
    """Tags tell series apart and are indexed; the time of a reading is `time`."""
    tags = {p.name for p in keyspace.partition}
    time = keyspace.order[0].name
    values = [f for f in store.fields(keyspace) if f.name not in tags and f.name != time]
    series = f"# {time} is the time of a point; {show.number(keyspace.items)} points in all."
    command = ["influxdb3", "create", "table", "--database", base]
    command += ["--tags", ",".join(sorted(tags))] if tags else []
    command += ["--fields", ",".join(f"{n}:{kind}" for f in values for n, kind in _values(f))]
    return [series, shlex.join([*command, keyspace.name])]


def _values(field: Field) -> list[tuple[str, str]]:
    if field.type is AttributeType.GEO and not field.encrypted:
        return [(f"{field.name}_latitude", "float64"), (f"{field.name}_longitude", "float64")]
    return [(field.name, "utf8" if field.encrypted else _INFLUX.get(field.type, "utf8"))]
