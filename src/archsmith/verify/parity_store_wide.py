"""Wide rows and measurements: Cassandra in CQL, Bigtable and InfluxDB by the commands of their tools."""

import re
import shlex
from collections.abc import Iterable
from typing import Any, Final

from archsmith.model.domain import AttributeType as T
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, Period
from archsmith.model.shapes import Field
from archsmith.verify.parity_store_kept import (
    INT32,
    Kept,
    Line,
    Shown,
    Tree,
    comments,
    line,
    numbered,
    of_model,
)
from archsmith.verify.parity_store_text import flat, tables

_CQL: Final = {
    T.UUID: "uuid", T.DECIMAL: "decimal", T.MONEY: "decimal", T.BOOLEAN: "boolean", T.DATE: "date",
    T.TIMESTAMP: "timestamp", T.INTEGER: "int",
}  # fmt: skip
_AXES: Final = ("latitude", "longitude")
_DAY: Final = 86_400
_HOUR: Final = 3_600


def cql(text: str) -> Tree:
    """A file of CQL."""
    return tables(text, backslash=False, head=2)


def cassandra(of: Kept) -> dict[str, Tree]:
    """Tables with columns, key, order, files, time to live."""
    copies = max(k.copies for k in of.keyspaces)
    spread = f"{{'class': 'NetworkTopologyStrategy', 'replication_factor': {copies}}}"
    made = f"CREATE KEYSPACE {of.system} WITH replication = {spread} AND durable_writes = true"
    return {
        "schema.cql": {
            "tables": {k.name: _table(of, k) for k in of.keyspaces},
            "others": [{"is": flat(made)}, {"is": f"USE {of.system}"}],
            "comments": of_model(of.keyspaces, of),
        }
    }


def _table(of: Kept, k: Keyspace) -> Tree:
    columns = {name: {"is": kind} for f in of.fields(k) for name, kind in _columns(f).items()}
    known = {f.name for f in of.fields(k)}
    columns |= {p.name: {"is": _of_part(p)} for p in (*k.partition, *k.order) if p.name not in known}
    key = ", ".join([f"({', '.join(p.name for p in k.partition)})", *(p.name for p in k.order)])
    columns[""] = {"is": flat(f"PRIMARY KEY ({key})")}
    said: dict[str, Tree] = {}
    if k.order:
        order = ", ".join(f"{p.name} {'DESC' if p.descending else 'ASC'}" for p in k.order)
        said["CLUSTERING ORDER BY"] = {"is": flat(f"({order})")}
    options: dict[str, Any] = {"comment": {"is": "comment =", "told": line(k.comment)}}
    options["compaction"] = {"is": flat(f"compaction = {{'class': {_files(k)}}}")}
    if k.keep_days is not None:
        options["default_time_to_live"] = {"is": f"default_time_to_live = {k.keep_days * _DAY}"}
    first = "" if k.order else next(iter(options))
    said |= {"WITH": {"is": ""}} if k.order else {}
    said |= {f"{'WITH' if name == first else 'AND'} {name}": value for name, value in options.items()}
    return {"columns": columns, **said}


def _files(k: Keyspace) -> str:
    """Rows that end and never change lie in files by time, of whole days or hours."""
    if k.window is None:
        return "'UnifiedCompactionStrategy'"
    unit, size = ("DAYS", _DAY) if k.window >= _DAY else ("HOURS", _HOUR)
    sized = f"'compaction_window_unit': '{unit}', 'compaction_window_size': {round(k.window / size)}"
    return f"'TimeWindowCompactionStrategy', {sized}"


def _columns(f: Field) -> dict[str, str]:
    if f.type is T.GEO and not f.encrypted:
        return {f"{f.name}_{axis}": "double" for axis in _AXES}
    kind = "blob" if f.encrypted else "set<uuid>" if f.many else _CQL.get(f.type, "text")
    return {f.name: flat("bigint" if kind == "int" and (f.maximum or 0) >= INT32 else kind)}


def _of_part(p: KeyPart) -> str:
    if p.period:
        return "timestamp" if p.period is Period.HOUR else "date"
    return "text" if p.fields else "int"


def script(text: str) -> Tree:
    """Commands with their options, and what comments say."""
    lines = [x for x in text.splitlines() if x.strip() and not x.startswith("#")]
    commands = [_command(shlex.split(x)) for x in lines]
    return {"commands": commands, "comments": comments(re.sub(r"^#!\S+", "", text), "#", 2)}


def _command(words: list[str]) -> Tree:
    """What is done to what, and each option with its value."""
    found: Tree = {"do": []}
    at = 0
    while at < len(words):
        if words[at].startswith("--"):
            found[words[at]] = words[at + 1] if at + 1 < len(words) else ""
            at += 1
        else:
            found["do"].append(words[at])
        at += 1
    return found


def bigtable(of: Kept) -> dict[str, Tree]:
    """Tables with the rule by which cells end; row keys and columns stand in comments, as the store knows neither."""
    commands: list[Tree] = [{"do": ["set", "-eu"]}]
    said: list[Line] = [line("Row keys are made of the parts in braces, with # between them.")]
    for k in of.keyspaces:
        age = f"maxage={k.keep_days}d||" if k.keep is not None else ""
        commands.append({"do": ["cbt", "createtable", k.name, f"families=d:{age}maxversions=1"]})
        said += [*of.said(k), line(f"Row key: {k.pattern}")]
        if any(p.descending for p in k.order):
            said.append(
                line("A reversed time is 2^63 - 1 less its microseconds, in 19 digits: the newest row stands first.")
            )
        said.append(line("Columns: ", ", ".join(f"d:{f.name}" for f in of.fields(k))))
    return {"tables.sh": {"commands": commands, "comments": numbered(said)}}


def influxdb(of: Kept) -> dict[str, Tree]:
    """The database with its retention, tables with tags and fields."""
    ends = [k.keep_days for k in of.keyspaces if k.keep_days is not None]
    kept = {"--retention-period": f"{max(ends)}d"} if len(ends) == len(of.keyspaces) else {}
    commands: list[Tree] = [{"do": ["set", "-eu"]}, {"do": ["influxdb3", "create", "database", of.system], **kept}]
    said: list[Line] = []
    for k in of.keyspaces:
        if k.kind is KeyspaceKind.MEASUREMENT:
            time, tags = k.order[0].name, sorted(p.name for p in k.partition)
            fields = ",".join(_values(f for f in of.fields(k) if f.name not in (*tags, time)))
            made = {"do": ["influxdb3", "create", "table", k.name], "--database": of.system, "--fields": fields}
            commands.append({**made, **({"--tags": ",".join(tags)} if tags else {})})
            said += [*of.said(k), line(f"{time} is the time of a point; ", Shown(k.items, ""), " points in all.")]
    return {"tables.sh": {"commands": commands, "comments": numbered(said)}}


def _values(fields: Iterable[Field]) -> list[str]:
    kinds = {T.INTEGER: "int64", T.DECIMAL: "float64", T.MONEY: "float64", T.BOOLEAN: "bool"}
    found: list[str] = []
    for f in fields:
        if f.type is T.GEO and not f.encrypted:
            found += [f"{f.name}_{axis}:float64" for axis in _AXES]
        else:
            found.append(f"{f.name}:{'utf8' if f.encrypted else kinds.get(f.type, 'utf8')}")
    return found
