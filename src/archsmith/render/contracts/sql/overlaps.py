"""Spans that must not overlap, where the engine has no exclusion constraints: triggers refuse the second one."""

import re

from archsmith.model.contracts import NoOverlap, Table
from archsmith.render.contracts.sql.quoting import comment, literal

_MAX = 64
"""Characters of a name in MySQL."""


def sqlite_triggers(table: Table, rule: NoOverlap) -> list[str]:
    """One before rows come, one before they change. SQLite has one writer: nobody comes in between."""
    return [
        f"CREATE TRIGGER {_named(rule, act)} BEFORE {act} ON {table.name} WHEN {_counts(rule)} BEGIN\n"
        f"    SELECT RAISE(ABORT, {literal(rule.name)}) WHERE EXISTS ({_others(table, rule)});\nEND;"
        for act in ("INSERT", "UPDATE")
    ]


def mysql_triggers(table: Table, rule: NoOverlap) -> list[str]:
    """The same. A statement of one part needs no other end mark than the usual: a beginning that becomes NULL is
    refused as its column does. A trigger may not lock rows of its own table: the service does it before."""
    said = comment(
        f"{rule.name}: refused by NULL in {rule.starts}, as MySQL has no exclusion constraints. Two that come at once "
        f"do not see each other: the service first locks what {rule.keys[-1]} names (SELECT ... FOR UPDATE)."
    )
    clash = f"{_counts(rule)} AND EXISTS ({_others(table, rule)})"
    return [
        "\n".join(said) + f"\nCREATE TRIGGER {_named(rule, act)} BEFORE {act} ON {table.name} FOR EACH ROW\n"
        f"    SET NEW.{rule.starts} = CASE WHEN {clash} THEN NULL ELSE NEW.{rule.starts} END;"
        for act in ("INSERT", "UPDATE")
    ]


def _named(rule: NoOverlap, act: str) -> str:
    return f"{rule.name[: _MAX - 7]}_{act.lower()}"


def _counts(rule: NoOverlap) -> str:
    """Whether the new row counts."""
    return re.sub(r"^\w+", lambda column: f"NEW.{column.group()}", rule.where) if rule.where else "1 = 1"


def _others(table: Table, rule: NoOverlap) -> str:
    """Another row that counts, of the same keys, whose span meets the new one's; of two days the last is taken too."""
    sign = "=" if rule.last_too else ""
    parts = [f"{key} = NEW.{key}" for key in rule.keys]
    parts += [f"{column} <> NEW.{column}" for column in table.primary_key[:1]]
    parts += [f"{rule.starts} <{sign} NEW.{rule.ends}", f"{rule.ends} >{sign} NEW.{rule.starts}"]
    parts += [rule.where] if rule.where else []
    return f"SELECT 1 FROM {table.name} WHERE {' AND '.join(parts)}"  # noqa: S608
