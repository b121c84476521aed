"""Values as each dialect writes them."""

import json
from typing import Any

from archsmith.model.contracts import Column
from archsmith.render.contracts.sql.mysql import mysql_literal
from archsmith.render.contracts.sql.quoting import literal


def written(value: Any, column: Column, dialect: str) -> str:
    """A value for a column, as an SQL constant."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(int(value)) if dialect == "sqlite" else str(value).lower()
        case bytes():
            return literal(f"\\x{value.hex()}") if dialect == "postgresql" else f"x'{value.hex()}'"
        case int() | float():
            return f"'{value}'" if column.type.upper() == "TEXT" else str(value)
        case dict() | list():
            return _text(json.dumps(value, ensure_ascii=False), dialect)
    return _text(_moment(str(value), column, dialect), dialect)


def _text(value: str, dialect: str) -> str:
    return mysql_literal(value) if dialect == "mysql" else literal(value)


def _moment(value: str, column: Column, dialect: str) -> str:
    """MySQL's moments have no zone: they are in UTC. SQLite's are texts, which compare only if all have thousandths."""
    if dialect == "mysql" and column.type.startswith("datetime"):
        return value.replace("T", " ").removesuffix("Z")
    if dialect == "sqlite" and "strftime" in column.default:
        return value.replace("Z", ".000Z")
    return value
