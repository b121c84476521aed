"""What the model says of a database in MySQL, as facts; made without a renderer's code."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.phrases import listed
from archsmith.knowledge.dialects import mysql_checks
from archsmith.model.contracts import Column, ForeignKey, Index, NoOverlap, Table
from archsmith.verify.dialect_facts import column, constraint, statement
from archsmith.verify.parity_facts import Fact, facts_at, seen
from archsmith.verify.parity_sql_model import kept_for

_MYSQL: Final = "mysql"
_LONGEST: Final = 64
"""Characters of a name."""
_COMMENT: Final = 1024
"""Characters of a column's or an index's comment; a table's may have twice as many."""
_PREFIX: Final = 191
"""Characters of a text without a length that an index takes."""
_SERVED: Final = 8
"""Operations that a comment names."""
_STORED: Final = {"engine": "InnoDB", "character set": "utf8mb4", "collation": "utf8mb4_bin"}


def database_facts(tables: tuple[Table, ...]) -> Iterator[Fact]:
    """All that makes the tables of a database."""
    for table in tables:
        yield from _table(table)


def schema_facts() -> Iterator[Fact]:
    """What a connection says first: how characters are kept, and that moments are in UTC."""
    for said in ("SET NAMES utf8mb4", "SET time_zone = '+00:00'"):
        yield from facts_at(f"setting {said.split()[1]}", {"is": statement(said, _MYSQL)})


def _table(table: Table) -> Iterator[Fact]:
    about = table.comment.strip().rstrip(".")
    about = f"{about}. Kept for {kept_for(table.retention)}" if table.retention else about
    said = _STORED | {"comment": seen(_cut(about, 2 * _COMMENT)), "primary key": ", ".join(table.primary_key)}
    yield from facts_at(table.name, said)
    for each in table.columns:
        yield from facts_at(f"{table.name}.{each.name}", _column(each))
    for index in table.indexes:
        if index.unique and index.where:
            yield from _counting(table, index)
        yield from facts_at(f"{table.name} index {index.name}", {"is": statement(_index(table, index), _MYSQL)})
    yield from (Fact(f"{table.name} unique ({', '.join(columns)})") for columns in table.uniques)
    for check in (*mysql_checks(table), *table.checks):
        yield from facts_at(
            f"{table.name} check {check.name}", {"is": constraint(f"CHECK ({check.expression})", _MYSQL)}
        )
    for key in table.foreign_keys:
        yield from facts_at(f"{table.name} foreign key {key.name}", {"is": constraint(_refers(key), _MYSQL)})
    for rule in table.overlaps:
        for name, made in _triggers(table, rule):
            yield from facts_at(f"{table.name} trigger {name}", {"is": statement(made, _MYSQL)})


def _column(each: Column) -> dict[str, str]:
    """Keys are in ASCII."""
    said = _typed(each) | {"NULL": "may be NULL" if each.nullable else "NOT NULL"}
    if each.generated:
        said["generation"] = column(f"int GENERATED ALWAYS AS ({each.generated}) STORED", _MYSQL)["generation"]
    if each.default:
        said["DEFAULT"] = column(f"int DEFAULT {each.default}", _MYSQL)["DEFAULT"]
    return said | {"comment": seen(_cut(each.comment, _COMMENT))}


def column_text(each: Column) -> str:
    """A column as a statement that changes it says it."""
    kind = f"{each.type} CHARACTER SET ascii COLLATE ascii_bin" if each.type == "char(36)" else each.type
    said = f"{_name(each.name)} {kind}{' NOT NULL' * (not each.nullable)}"
    said += f" DEFAULT {each.default}" if each.default else ""
    return said + (f" COMMENT {_text(_cut(each.comment, _COMMENT))}" if each.comment else "")


def _typed(each: Column) -> dict[str, str]:
    ascii_ = {"character set": "ascii", "collation": "ascii_bin"} if each.type == "char(36)" else {}
    return {"type": column(each.type, _MYSQL)["type"], **ascii_}


def _counting(table: Table, index: Index) -> Iterator[Fact]:
    """An index of some rows: a column that is NULL in all others, of which there may be many."""
    last = next(c for c in table.columns if c.name == index.columns[-1])
    made = f"int GENERATED ALWAYS AS (CASE WHEN {index.where} THEN {_name(last.name)} END) VIRTUAL"
    said = {
        **_typed(last),
        "NULL": "may be NULL",
        "generation": column(made, _MYSQL)["generation"],
        "comment": seen(_cut(f"{last.name} where the row counts: {index.where}", _COMMENT)),
    }
    yield from facts_at(f"{table.name}.{index.name[:_LONGEST]}", said)


def _index(table: Table, index: Index) -> str:
    long = {c.name for c in table.columns if c.type == "text"}
    names = (*index.columns[:-1], index.name[:_LONGEST]) if index.unique and index.where else index.columns
    columns = ", ".join(f"{_name(n)} ({_PREFIX})" if n in long else _name(n) for n in names)
    made = f"CREATE {'UNIQUE ' * index.unique}INDEX {_name(index.name)} ON {_name(table.name)} ({columns})"
    if not index.operations:
        return made
    words = _cut(f"Serves {listed(index.operations, _SERVED)}", _COMMENT)
    return f"{made} COMMENT {_text(words)}"


def _refers(key: ForeignKey) -> str:
    target = f"{_name(key.target)} ({_names(key.target_columns)})"
    return f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {target} ON DELETE {key.on_delete}"


def _triggers(table: Table, rule: NoOverlap) -> Iterator[tuple[str, str]]:
    """Before a row comes or changes: the row of what is taken is locked where it stands here; then a beginning
    becomes NULL, which its column refuses, where a row of the same keys that counts has a span that meets the new."""
    counts = re.sub(r"^\w+", r"NEW.\g<0>", rule.where) if rule.where else "1 = 1"
    same = [f"{key} = NEW.{key}" for key in rule.keys] + [f"{table.primary_key[0]} <> NEW.{table.primary_key[0]}"]
    sign = "=" * rule.last_too
    same += [f"{rule.starts} <{sign} NEW.{rule.ends}", f"{rule.ends} >{sign} NEW.{rule.starts}"]
    same += [rule.where] if rule.where else []
    other = f"SELECT 1 FROM {table.name} WHERE {' AND '.join(same)} LOCK IN SHARE MODE"  # noqa: S608 (compared, never run)
    refuse = f"SET NEW.{rule.starts} = CASE WHEN {counts} AND EXISTS ({other}) THEN NULL ELSE NEW.{rule.starts} END"
    lock = next((k for k in table.foreign_keys if k.columns[-1] == rule.keys[-1]), None)
    for act in ("INSERT", "UPDATE"):
        head, before = rule.name[: _LONGEST - 12], f"BEFORE {act} ON {table.name} FOR EACH ROW"
        if lock is not None:
            row = " AND ".join(f"{b} = NEW.{a}" for a, b in zip(lock.columns, lock.target_columns, strict=True))
            found = f"SELECT {lock.target_columns[-1]} FROM {lock.target} WHERE {row} FOR UPDATE"  # noqa: S608 - compared, not run
            name = f"{head}_lock_{act.lower()}"
            yield name, f"CREATE TRIGGER {name} {before} DO ({found})"
        name = f"{head}_{act.lower()}"
        yield name, f"CREATE TRIGGER {name} {before} {refuse}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _text(text: str) -> str:
    escaped = seen(text).replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _name(text: str) -> str:
    return f"`{text.replace('`', '``')}`"


def _names(texts: Iterable[str]) -> str:
    return ", ".join(map(_name, texts))
