"""What a file of DDL says of each table, in PostgreSQL's own spelling, so that two ways to say a thing are equal."""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at

_ON_DELETE: Final = {
    "a": "NO ACTION",
    "r": "RESTRICT",
    "c": "CASCADE",
    "n": "SET NULL",
    "d": "SET DEFAULT",
    "": "NO ACTION",
}
_CUTS: Final = frozenset({"add_partition", "drop_old_partitions"})
"""Functions of ours whose calls say how a table is cut."""


def read(text: str) -> Iterator[Fact]:
    """The facts of a file, a table's partitions left out. Raises pglast.Error where the text is no SQL."""
    from pglast import ast, parse_sql

    readers: dict[type, Callable[[Any], Iterable[Fact]]] = {
        ast.CreateStmt: _create,
        ast.AlterTableStmt: _alter,
        ast.IndexStmt: _index,
        ast.CreatePolicyStmt: _policy,
        ast.SelectStmt: _cut,
    }
    for raw in parse_sql(text):
        reader = readers.get(type(raw.stmt))
        if reader:
            yield from reader(raw.stmt)


@functools.cache
def type_name(text: str) -> str:
    """A type: `varchar` and `character varying` are the same."""
    return _spelled(_target(f"NULL::{text}").typeName)


@functools.cache
def expression(text: str) -> str:
    """An SQL expression."""
    return _spelled(_target(text))


@functools.cache
def exclusion(text: str) -> str:
    """An EXCLUDE constraint, from `USING` on."""
    from pglast import parse_sql

    statement: Any = parse_sql(f"CREATE TABLE t (CONSTRAINT c EXCLUDE {text})")[0].stmt
    elements: Any = statement.tableElts
    return _excluded(elements[0])


def foreign_key(columns: Iterable[str], target: str, target_columns: Iterable[str], rule: str, only: str) -> str:
    """A foreign key in words. `only`: the column that a rule empties, where it is one of several."""
    own = f" ({only})" if only else ""
    return f"{', '.join(columns)} -> {target} ({', '.join(target_columns)}) ON DELETE {rule.upper()}{own}"


def index(columns: Iterable[str], unique: bool, method: str, where: str) -> str:
    """An index in words; `where` in PostgreSQL's spelling."""
    return f"{'unique ' if unique else ''}{method} ({', '.join(columns)})" + (f" WHERE {where}" if where else "")


def _target(text: str) -> Any:
    from pglast import parse_sql

    statement: Any = parse_sql(f"SELECT {text}")[0].stmt
    return statement.targetList[0].val


def _spelled(node: Any) -> str:
    from pglast.stream import RawStream

    return str(RawStream()(node)).replace("pg_catalog.", "") if node is not None else ""


def _names(nodes: Any) -> tuple[str, ...]:
    return tuple(str(n.sval) for n in nodes or ())


def _create(statement: Any) -> Iterator[Fact]:
    from pglast import ast

    if statement.partbound:
        return
    table = str(statement.relation.relname)
    cut = statement.partspec
    by = ", ".join(str(p.name) for p in cut.partParams) if cut else ""
    stored: dict[str, str] = {str(o.defname): _spelled(o.arg) for o in statement.options or ()}
    yield from facts_at(table, {"cut by": by, **stored})
    for element in statement.tableElts or ():
        if isinstance(element, ast.ColumnDef):
            yield from _column(table, element)
        elif isinstance(element, ast.Constraint):
            yield from _constraint(table, element)


def _column(table: str, node: Any) -> Iterator[Fact]:
    from pglast.enums import ConstrType

    said = {"type": _spelled(node.typeName), "NULL": "may be NULL"}
    for constraint in node.constraints or ():
        kind = constraint.contype
        if kind == ConstrType.CONSTR_NOTNULL:
            said["NULL"] = "NOT NULL"
        elif kind == ConstrType.CONSTR_DEFAULT:
            said["DEFAULT"] = _spelled(constraint.raw_expr)
        elif kind == ConstrType.CONSTR_CHECK:
            said["CHECK"] = _spelled(constraint.raw_expr)
        elif kind == ConstrType.CONSTR_GENERATED:
            said["generation"] = _spelled(constraint.raw_expr)
        else:
            yield from _constraint(table, constraint, str(node.colname))
    yield from facts_at(f"{table}.{node.colname}", said)


def _constraint(table: str, node: Any, column: str = "") -> Iterator[Fact]:
    from pglast.enums import ConstrType

    own, name = (column,) if column else (), str(node.conname or "")
    if node.contype == ConstrType.CONSTR_PRIMARY:
        yield Fact(table, "primary key", ", ".join(own or _names(node.keys)))
    elif node.contype == ConstrType.CONSTR_UNIQUE:
        yield Fact(f"{table} unique ({', '.join(own or _names(node.keys))})")
    elif node.contype == ConstrType.CONSTR_CHECK:
        yield from facts_at(f"{table} check {name}", {"is": _spelled(node.raw_expr)})
    elif node.contype == ConstrType.CONSTR_EXCLUSION:
        yield from facts_at(f"{table} no overlap {name}", {"is": _excluded(node)})
    elif node.contype == ConstrType.CONSTR_FOREIGN:
        rule = _ON_DELETE[str(node.fk_del_action or "")]
        only = ", ".join(_names(node.fk_del_set_cols))
        columns, target = own or _names(node.fk_attrs), str(node.pktable.relname)
        said = foreign_key(columns, target, _names(node.pk_attrs), rule, only)
        yield from facts_at(f"{table} foreign key {name}", {"is": said})


def _excluded(node: Any) -> str:
    parts = [f"{_element(e)} WITH {' '.join(_names(o))}" for e, o in node.exclusions]
    where = f" WHERE {_spelled(node.where_clause)}" if node.where_clause else ""
    return f"{node.access_method} ({', '.join(parts)}){where}"


def _element(part: Any) -> str:
    return str(part.name) if part.name else _spelled(part.expr)


def _alter(statement: Any) -> Iterator[Fact]:
    from pglast.enums import AlterTableType

    table = str(statement.relation.relname)
    for command in statement.cmds:
        if command.subtype == AlterTableType.AT_AddConstraint:
            yield from _constraint(table, command.def_)
        elif command.subtype == AlterTableType.AT_EnableRowSecurity:
            yield Fact(table, "row-level security", "on")
        elif command.subtype == AlterTableType.AT_ForceRowSecurity:
            yield Fact(table, "row-level security for its owner", "on")


def _index(statement: Any) -> Iterator[Fact]:
    columns = [_element(p) for p in statement.indexParams]
    said = index(columns, bool(statement.unique), str(statement.accessMethod), _spelled(statement.whereClause))
    yield from facts_at(f"{statement.relation.relname} index {statement.idxname}", {"is": said})


def _policy(statement: Any) -> Iterator[Fact]:
    said = {"sees": _spelled(statement.qual), "writes": _spelled(statement.with_check), "for": str(statement.cmd_name)}
    yield from facts_at(f"{statement.table.relname} policy {statement.policy_name}", said)


def _cut(statement: Any) -> Iterator[Fact]:
    """A call that makes partitions: of which table, and how long each is."""
    from pglast import ast

    for target in statement.targetList or ():
        if isinstance(target.val, ast.FuncCall) and _names(target.val.funcname)[-1] in _CUTS:
            arguments: Any = target.val.args
            table, _, step = (_spelled(a).strip("'") for a in arguments[:3])
            yield Fact(table, "partition step", step)
