"""What a file of DDL says of each table, in PostgreSQL's own spelling, so that two ways to say a thing are equal."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

_ON_DELETE: Final = {
    "a": "NO ACTION",
    "r": "RESTRICT",
    "c": "CASCADE",
    "n": "SET NULL",
    "d": "SET DEFAULT",
    "": "NO ACTION",
}

_PLACES: Final = frozenset({"location", "rexpr_list_start", "rexpr_list_end"})
"""Attributes of a tree that say where in the text a thing stood."""


@dataclass
class FoundTable:
    """A table as the DDL makes it. A column's facts are by kind: type, NULL, DEFAULT, CHECK, generation."""

    columns: "dict[str, dict[str, Said | str]]" = field(default_factory=dict)
    primary_key: tuple[str, ...] = ()
    uniques: set[tuple[str, ...]] = field(default_factory=set)
    foreign_keys: set[str] = field(default_factory=set)
    indexes: dict[str, str] = field(default_factory=dict)
    security: set[str] = field(default_factory=set)


def read(text: str) -> dict[str, FoundTable]:
    """The tables of a file by name, partitions left out. Raises pglast.Error where the text is no SQL."""
    from pglast import ast, parse_sql

    readers: dict[type, Callable[[Any, dict[str, FoundTable]], None]] = {
        ast.CreateStmt: _create,
        ast.AlterTableStmt: _alter,
        ast.IndexStmt: _index,
        ast.CreatePolicyStmt: _policy,
    }
    found: dict[str, FoundTable] = {}
    for raw in parse_sql(text):
        reader = readers.get(type(raw.stmt))
        if reader:
            reader(raw.stmt, found)
    return found


@dataclass(frozen=True)
class Said:
    """A type or an expression: equal where the parser sees the same, shown in PostgreSQL's own spelling."""

    key: str
    node: Any = field(compare=False, repr=False)
    before: str = field(default="", compare=False)

    def __str__(self) -> str:
        from pglast.stream import RawStream

        return f"{self.before}{str(RawStream()(self.node)).replace('pg_catalog.', '')}"


@functools.cache
def type_name(text: str) -> Said:
    """A type: `varchar` and `character varying` are the same."""
    return _said(_target(f"NULL::{text}").typeName)


@functools.cache
def expression(text: str, before: str = "") -> Said:
    """An SQL expression, shown after the word `before`."""
    return _said(_target(text), before)


def foreign_key(columns: Iterable[str], target: str, target_columns: Iterable[str], on_delete: str) -> str:
    """A foreign key in words."""
    return f"{', '.join(columns)} -> {target} ({', '.join(target_columns)}) ON DELETE {on_delete.upper()}"


def index(columns: Iterable[str], unique: bool, method: str, where: str) -> str:
    """An index in words."""
    kind = "unique " if unique else ""
    return f"{kind}{method} ({', '.join(columns)})" + (f" WHERE {expression(where)}" if where else "")


def _target(text: str) -> Any:
    from pglast import parse_sql

    statement: Any = parse_sql(f"SELECT {text}")[0].stmt
    return statement.targetList[0].val


def _said(node: Any, before: str = "") -> Said:
    return Said(key=_spelled(node), node=node, before=before)


def _spelled(node: Any) -> str:
    """A tree as text, without the places of its parts and without the schema of built-in names."""
    if isinstance(node, tuple):
        return f"({' '.join(_spelled(n) for n in node if getattr(n, 'sval', '') != 'pg_catalog')})"
    slots = getattr(type(node), "__slots__", None)
    if slots is None:
        return repr(node)
    parts = ((name, getattr(node, name)) for name in slots if name not in _PLACES)
    kept = (f"{name}={_spelled(value)}" for name, value in parts if value is not None)
    return f"{type(node).__name__}[{' '.join(kept)}]"


def _names(nodes: Any) -> tuple[str, ...]:
    return tuple(str(n.sval) for n in nodes or ())


def _create(statement: Any, found: dict[str, FoundTable]) -> None:
    from pglast import ast

    if statement.partbound:
        return
    table = found.setdefault(str(statement.relation.relname), FoundTable())
    for element in statement.tableElts or ():
        if isinstance(element, ast.ColumnDef):
            _column(element, table)
        elif isinstance(element, ast.Constraint):
            _constraint(element, table)


def _column(node: Any, table: FoundTable) -> None:
    from pglast.enums import ConstrType

    said: dict[str, Said | str] = {
        "type": _said(node.typeName), "NULL": "may be NULL", "DEFAULT": "", "CHECK": "", "generation": ""
    }  # fmt: skip
    for constraint in node.constraints or ():
        kind = constraint.contype
        if kind == ConstrType.CONSTR_NOTNULL:
            said["NULL"] = "NOT NULL"
        elif kind == ConstrType.CONSTR_DEFAULT:
            said["DEFAULT"] = _said(constraint.raw_expr, "DEFAULT ")
        elif kind == ConstrType.CONSTR_CHECK:
            said["CHECK"] = _said(constraint.raw_expr, "CHECK ")
        elif kind == ConstrType.CONSTR_GENERATED:
            said["generation"] = _said(constraint.raw_expr, "generated as ")
        else:
            _constraint(constraint, table, str(node.colname))
    table.columns[str(node.colname)] = said


def _constraint(node: Any, table: FoundTable, column: str = "") -> None:
    from pglast.enums import ConstrType

    own = (column,) if column else ()
    if node.contype == ConstrType.CONSTR_PRIMARY:
        table.primary_key = own or _names(node.keys)
    elif node.contype == ConstrType.CONSTR_UNIQUE:
        table.uniques.add(own or _names(node.keys))
    elif node.contype == ConstrType.CONSTR_FOREIGN:
        rule = _ON_DELETE[str(node.fk_del_action or "")]
        table.foreign_keys.add(
            foreign_key(own or _names(node.fk_attrs), str(node.pktable.relname), _names(node.pk_attrs), rule)
        )


def _alter(statement: Any, found: dict[str, FoundTable]) -> None:
    from pglast.enums import AlterTableType

    table = found.setdefault(str(statement.relation.relname), FoundTable())
    for command in statement.cmds:
        if command.subtype == AlterTableType.AT_AddConstraint:
            _constraint(command.def_, table)
        elif command.subtype == AlterTableType.AT_EnableRowSecurity:
            table.security.add("ENABLE")
        elif command.subtype == AlterTableType.AT_ForceRowSecurity:
            table.security.add("FORCE")


def _index(statement: Any, found: dict[str, FoundTable]) -> None:
    columns = [str(p.name) if p.name else str(_said(p.expr)) for p in statement.indexParams]
    where = str(_said(statement.whereClause)) if statement.whereClause else ""
    said = index(columns, bool(statement.unique), str(statement.accessMethod), where)
    found.setdefault(str(statement.relation.relname), FoundTable()).indexes[str(statement.idxname)] = said


def _policy(statement: Any, found: dict[str, FoundTable]) -> None:
    found.setdefault(str(statement.table.relname), FoundTable()).security.add("POLICY")
