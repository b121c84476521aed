"""What the model says of a database in SQLite, as facts; made without a renderer's code."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.phrases import listed
from archsmith.model.contracts import Column, ForeignKey, Index, NoOverlap, Table
from archsmith.verify.dialect_facts import column, constraint, key, plain, statement
from archsmith.verify.parity_facts import Fact, facts_at

_SQLITE: Final = "sqlite"
_LONGEST: Final = 64
"""Characters of a trigger's name: no more than where the same rule is MySQL's."""
_SERVED: Final = 8
"""Operations that a comment names."""
_STRICT: Final = frozenset({"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"})
"""The types that a STRICT table may have."""


def database_facts(tables: tuple[Table, ...]) -> Iterator[Fact]:
    """All that makes the tables of a database."""
    for table in tables:
        yield from _table(table)


def schema_facts() -> Iterator[Fact]:
    """One transaction, in a database that is written beside readers and keeps its references."""
    for said in ("PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = ON"):
        yield from facts_at(f"setting {said.split()[1]}", {"is": statement(said, _SQLITE)})
    yield Fact("transaction", "BEGIN", "in between")
    yield Fact("transaction", "COMMIT", "last")


def _table(table: Table) -> Iterator[Fact]:
    strict = all(c.type.upper() in _STRICT for c in table.columns)
    said = {
        "primary key": ", ".join(table.primary_key),
        "StrictProperty": "on" if strict else "",
        "comment": plain(table.comment),
    }
    yield from facts_at(table.name, said)
    for each in table.columns:
        yield from facts_at(f"{table.name}.{each.name}", _column(each))
    yield from (Fact(f"{table.name} unique ({', '.join(columns)})") for columns in table.uniques)
    for check in table.checks:
        is_ = constraint(f"CHECK ({check.expression})", _SQLITE)
        yield from facts_at(f"{table.name} check {check.name}", {"is": is_})
    for each_key in table.foreign_keys:
        place = f"{table.name} foreign key ({', '.join(each_key.columns)})"
        yield from facts_at(place, {"is": key(_refers(each_key), _SQLITE)})
    for index in table.indexes:
        comment = f"Serves {listed(index.operations, _SERVED)}." if index.operations else ""
        is_ = statement(_index(table, index), _SQLITE)
        yield from facts_at(f"{table.name} index {index.name}", {"is": is_, "comment": plain(comment)})
    for rule in table.overlaps:
        for name, made in _triggers(table, rule):
            yield from facts_at(f"{table.name} trigger {name}", {"is": statement(made, _SQLITE)})


def _column(each: Column) -> dict[str, str]:
    said = {"type": column(each.type, _SQLITE)["type"], "NULL": "may be NULL" if each.nullable else "NOT NULL"}
    if each.generated:
        said["generation"] = column(f"TEXT GENERATED ALWAYS AS ({each.generated}) STORED", _SQLITE)["generation"]
    if each.default:
        said["DEFAULT"] = column(f"TEXT DEFAULT {each.default}", _SQLITE)["DEFAULT"]
    if each.check:
        said["CHECK"] = column(f"TEXT CHECK ({each.check})", _SQLITE)["CHECK"]
    return said | {"comment": plain(each.comment)}


def _index(table: Table, index: Index) -> str:
    where = f" WHERE {index.where}" if index.where else ""
    made = f"CREATE {'UNIQUE ' * index.unique}INDEX {_name(index.name)} ON {_name(table.name)}"
    return f"{made} ({_names(index.columns)}){where}"


def _refers(each: ForeignKey) -> str:
    target = f"{_name(each.target)} ({_names(each.target_columns)})"
    return f"FOREIGN KEY ({_names(each.columns)}) REFERENCES {target} ON DELETE {each.on_delete}"


def _triggers(table: Table, rule: NoOverlap) -> Iterator[tuple[str, str]]:
    """Before a row comes or changes: refused by the rule's name where a row of the same keys that counts has a span
    that meets the new one's."""
    counts = re.sub(r"^\w+", r"NEW.\g<0>", rule.where) if rule.where else "1 = 1"
    same = [f"{k} = NEW.{k}" for k in rule.keys] + [f"{table.primary_key[0]} <> NEW.{table.primary_key[0]}"]
    sign = "=" * rule.last_too
    same += [f"{rule.starts} <{sign} NEW.{rule.ends}", f"{rule.ends} >{sign} NEW.{rule.starts}"]
    same += [rule.where] if rule.where else []
    other = f"SELECT 1 FROM {table.name} WHERE {' AND '.join(same)}"  # noqa: S608 (compared, never run)
    for act in ("INSERT", "UPDATE"):
        name = f"{rule.name[: _LONGEST - 12]}_{act.lower()}"
        made = f"CREATE TRIGGER {name} BEFORE {act} ON {table.name} WHEN {counts} BEGIN "
        yield name, f"{made}SELECT RAISE(ABORT, '{rule.name}') WHERE EXISTS ({other}); END"


def _name(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def _names(texts: Iterable[str]) -> str:
    return ", ".join(map(_name, texts))
