"""Seeds read back: the rows that each statement puts in or changes, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from archsmith.verify.dialect_facts import parsed, statement, statements
from archsmith.verify.ports import ToolMissing

Value = str | int | bool | bytes | None
"""A constant; a number with a point is a `Number`."""
_TENANT: Final = re.compile(r"SELECT set_config\('app\.(\w+)', '([^']*)', TRUE\)", re.IGNORECASE)


class Number(str):
    """A number as it is written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Put:
    """Rows that come into a table, each a value for each of the columns; `tenant` is who has been named before."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One column of the row with that id."""

    table: str
    column: str
    value: Value
    id: Value


@dataclass(frozen=True, slots=True)
class Other:
    """Any other statement, as its parser writes it."""

    said: str


Said = Put | Changed | Other


def read(text: str, dialect: str) -> Iterator[Said]:
    """The statements of a seed. Raises ValueError where the text is no SQL, ToolMissing without the reader."""
    tenant = ""
    for each in _postgresql(text) if dialect == "postgresql" else _sqlglot(text, dialect):
        if isinstance(each, Other) and (named := _TENANT.fullmatch(each.said)):
            tenant = f"{named[1]} {named[2]}"
        elif isinstance(each, Put):
            yield Put(each.table, each.columns, each.rows, tenant)
        else:
            yield each


def _postgresql(text: str) -> Iterator[Said]:
    try:
        from pglast import Error, parse_sql
        from pglast.stream import RawStream
    except ImportError as error:
        raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
    try:
        found: Any = parse_sql(text)
    except Error as error:
        raise ValueError(str(error)) from error
    for raw in found:
        node: Any = raw.stmt
        kind = type(node).__name__
        plain = not any(getattr(node, more, None) for more in ("onConflictClause", "returningClause", "withClause"))
        if kind == "InsertStmt" and plain and node.cols and node.selectStmt.valuesLists:
            columns = tuple(str(c.name) for c in node.cols)
            rows = tuple(tuple(map(_constant, row)) for row in node.selectStmt.valuesLists)
            yield Put(str(node.relation.relname), columns, rows)
        elif kind == "UpdateStmt" and plain and len(node.targetList) == 1 and _by_id(node.whereClause):
            target = node.targetList[0]
            there = _constant(node.whereClause.rexpr)
            yield Changed(str(node.relation.relname), str(target.name), _constant(target.val), there)
        else:
            yield Other(str(RawStream()(node)))


def _by_id(where: Any) -> bool:
    named = type(where).__name__ == "A_Expr" and [str(n.sval) for n in where.name] == ["="]
    return named and [str(f.sval) for f in getattr(where.lexpr, "fields", ())] == ["id"]


def _constant(node: Any) -> Value:
    """Raises ValueError for anything that is worked out, which no seed of ours does."""
    if not hasattr(node, "isnull"):
        raise ValueError(f"a value of a seed is worked out: {type(node).__name__}")
    if node.isnull:
        return None
    value = node.val
    match type(value).__name__:
        case "String":
            return str(value.sval)
        case "Integer":
            return int(value.ival)
        case "Boolean":
            return bool(value.boolval)
        case "Float":
            return Number(value.fval)
    raise ValueError(f"a value of a seed is of an unknown kind: {type(value).__name__}")


def _sqlglot(text: str, dialect: str) -> Iterator[Said]:
    for source in statements(text, dialect):
        node: Any = parsed(source, dialect) if source.upper().startswith(("INSERT", "UPDATE")) else None
        match type(node).__name__:
            case "Insert" if _plain(node, {"this", "expression"}):
                columns = tuple(str(c.name) for c in node.this.expressions)
                rows = tuple(tuple(map(_literal, row.expressions)) for row in node.expression.expressions)
                yield Put(str(node.this.this.name), columns, rows)
            case "Update" if _plain(node, {"this", "expressions", "where"}) and len(node.expressions) == 1:
                target, where = node.expressions[0], node.args["where"].this
                if type(where).__name__ != "EQ" or where.this.name != "id":
                    raise ValueError("a seed changes rows by something else than their id")
                there = _literal(where.expression)
                yield Changed(str(node.this.name), str(target.this.name), _literal(target.expression), there)
            case _:
                yield Other(statement(source, dialect))


def _plain(node: Any, known: set[str]) -> bool:
    return all(key in known for key, value in node.args.items() if value)


def _literal(node: Any) -> Value:
    match type(node).__name__:
        case "Literal" if node.is_string:
            return str(node.this)
        case "Literal":
            return int(node.this) if str(node.this).isdigit() else Number(node.this)
        case "Neg":
            number = _literal(node.this)
            return -number if isinstance(number, int) else Number(f"-{number!s}")
        case "Boolean":
            return bool(node.this)
        case "Null":
            return None
        case "HexString":
            return bytes.fromhex(str(node.this))
    raise ValueError(f"a value of a seed is worked out: {node.sql()}")
