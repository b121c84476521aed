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
    """The same in two steps, each of one statement, which needs no other end mark than the usual: the row of what is
    taken is locked, so that a second one waits; then a beginning that becomes NULL is refused as its column does.

    The second step reads with a lock too: such a read sees what the first one has committed in the meantime, whatever
    the transaction has seen before (MySQL manual, InnoDB locking reads).
    """
    said = comment(
        f"{rule.name}: refused by NULL in {rule.starts}, as MySQL has no exclusion constraints. Of two that come at "
        f"once the second waits for the row that {rule.keys[-1]} names."
    )
    clash = f"{_counts(rule)} AND EXISTS ({_others(table, rule)} LOCK IN SHARE MODE)"
    steps = [("lock", _locked(table, rule)), ("", f"SET NEW.{rule.starts} = CASE WHEN {clash} THEN NULL "
              f"ELSE NEW.{rule.starts} END")]  # fmt: skip
    made = [
        f"CREATE TRIGGER {_named(rule, act, step)} BEFORE {act} ON {table.name} FOR EACH ROW\n    {does};"
        for act in ("INSERT", "UPDATE")
        for step, does in steps
        if does
    ]
    return ["\n".join([*said, made[0]]), *made[1:]]


def _locked(table: Table, rule: NoOverlap) -> str:
    """Locks the row of what is taken; nothing where it is a thing of another store."""
    key = next((k for k in table.foreign_keys if k.columns[-1] == rule.keys[-1]), None)
    if key is None:
        return ""
    same = " AND ".join(f"{there} = NEW.{here}" for here, there in zip(key.columns, key.target_columns, strict=True))
    return f"DO (SELECT {key.target_columns[-1]} FROM {key.target} WHERE {same} FOR UPDATE)"  # noqa: S608 - written, not run


def _named(rule: NoOverlap, act: str, step: str = "") -> str:
    return f"{rule.name[: _MAX - 12]}_{step}{'_' * bool(step)}{act.lower()}"


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
    return f"SELECT 1 FROM {table.name} WHERE {' AND '.join(parts)}"  # noqa: S608 - written, not run
