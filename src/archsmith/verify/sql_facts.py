"""What a file of DDL says of each table, in PostgreSQL's own spelling, so that two ways to say a thing are equal."""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.sql_statements import OTHERS, names_in, spelled, unknown

_FLAGS: Final = ("deferrable", "initdeferred", "is_no_inherit", "nulls_not_distinct", "skip_validation")
"""What a constraint may be besides, and none of ours is."""


def read(text: str) -> Iterator[Fact]:
    """The facts of a file, of every statement. Raises pglast.Error where the text is no SQL."""
    from pglast import split

    found = split(text)
    for number, one in enumerate(found):
        place = "first" if number == 0 else "last" if number == len(found) - 1 else "in between"
        for fact in _read(str(one)):
            yield fact._replace(value=place) if fact.place == "transaction" else fact


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Fact, ...]:
    """The facts of one statement; schema and migration have most of theirs in common."""
    from pglast import ast, parse_sql

    readers: dict[type, Callable[[Any], Iterable[Fact]]] = {
        ast.CreateStmt: _create,
        ast.AlterTableStmt: _alter,
        ast.IndexStmt: _index,
        ast.CreatePolicyStmt: _policy,
    }
    node: Any = parse_sql(text)[0].stmt
    reader = readers.get(type(node)) or OTHERS.get(type(node).__name__, unknown)
    return tuple(reader(node))


@functools.cache
def type_name(text: str) -> str:
    """A type: `varchar` and `character varying` are the same."""
    return spelled(_target(f"NULL::{text}").typeName)


@functools.cache
def expression(text: str) -> str:
    """An SQL expression."""
    return spelled(_target(text))


@functools.cache
def statement(text: str) -> str:
    """A whole statement."""
    from pglast import parse_sql

    return spelled(parse_sql(text)[0].stmt)


@functools.cache
def constraint(text: str) -> str:
    """What stands after `CONSTRAINT name` in a table."""
    from pglast import parse_sql

    made: Any = parse_sql(f"CREATE TABLE t (CONSTRAINT c {text})")[0].stmt
    return _constrained(made.tableElts[0])


def _target(text: str) -> Any:
    from pglast import parse_sql

    made: Any = parse_sql(f"SELECT {text}")[0].stmt
    return made.targetList[0].val


def _constrained(node: Any) -> str:
    return spelled(node).removeprefix(f"CONSTRAINT {node.conname} ")


def _create(node: Any) -> Iterator[Fact]:
    from pglast import ast

    table = str(node.relation.relname)
    if node.partbound:
        parent = str(node.inhRelations[0].relname)
        yield from facts_at(f"{parent} part {table}", {"is": spelled(node)})
        return
    cut = node.partspec
    by = f"{spelled(cut)}" if cut else ""
    stored: dict[str, str] = {str(o.defname): spelled(o.arg) for o in node.options or ()}
    yield from facts_at(table, {"cut by": by, **stored})
    for element in node.tableElts or ():
        if isinstance(element, ast.ColumnDef):
            yield from _column(table, element)
        elif isinstance(element, ast.Constraint):
            yield from _constraint(table, element)


def _column(table: str, node: Any) -> Iterator[Fact]:
    from pglast.enums import ConstrType

    said = {"type": spelled(node.typeName), "NULL": "may be NULL"}
    more = [spelled(node.collClause)] if node.collClause else []
    for each in node.constraints or ():
        kind = each.contype
        more += [flag for flag in _FLAGS if getattr(each, flag)]
        if kind == ConstrType.CONSTR_NOTNULL:
            said["NULL"] = "NOT NULL"
        elif kind == ConstrType.CONSTR_DEFAULT:
            said["DEFAULT"] = spelled(each.raw_expr)
        elif kind == ConstrType.CONSTR_CHECK:
            said["CHECK"] = spelled(each.raw_expr)
        elif kind == ConstrType.CONSTR_GENERATED:
            said["generation"] = spelled(each.raw_expr)
        else:
            yield from _constraint(table, each, str(node.colname))
    yield from facts_at(f"{table}.{node.colname}", {**said, "besides": ", ".join(more)})


def _constraint(table: str, node: Any, column: str = "") -> Iterator[Fact]:
    from pglast.enums import ConstrType

    own, name = (column,) if column else (), str(node.conname or "")
    if node.contype == ConstrType.CONSTR_PRIMARY:
        yield Fact(table, "primary key", ", ".join(own or names_in(node.keys)))
    elif node.contype == ConstrType.CONSTR_UNIQUE:
        flags = ", ".join(flag for flag in _FLAGS if getattr(node, flag))
        yield from facts_at(f"{table} unique ({', '.join(own or names_in(node.keys))})", {"besides": flags})
    else:
        yield from facts_at(f"{table} {_KINDS.get(node.contype.name, 'constraint')} {name}", {"is": _constrained(node)})


_KINDS: Final = {"CONSTR_CHECK": "check", "CONSTR_EXCLUSION": "no overlap", "CONSTR_FOREIGN": "foreign key"}


def _alter(node: Any) -> Iterator[Fact]:
    from pglast.enums import AlterTableType

    table = str(node.relation.relname)
    for command in node.cmds:
        if command.subtype == AlterTableType.AT_AddConstraint:
            yield from _constraint(table, command.def_)
        elif command.subtype == AlterTableType.AT_EnableRowSecurity:
            yield Fact(table, "row-level security", "on")
        elif command.subtype == AlterTableType.AT_ForceRowSecurity:
            yield Fact(table, "row-level security for its owner", "on")
        elif command.subtype == AlterTableType.AT_DropConstraint:
            yield Fact(f"{table} loses {command.name}")
        else:
            yield from unknown(node)


def _index(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"{node.relation.relname} index {node.idxname}", {"is": spelled(node)})


def _policy(node: Any) -> Iterator[Fact]:
    yield from facts_at(f"{node.table.relname} policy {node.policy_name}", {"is": spelled(node)})
