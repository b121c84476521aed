"""The JSON Schema of an attribute, by its type; its limits are those of the column that it is kept in."""

from collections.abc import Callable
from typing import Any, Final

from archsmith.kernel.names import snake
from archsmith.model.contracts import Column
from archsmith.model.domain import Attribute, AttributeType
from archsmith.render.contracts.api.bounds import bounds, decimal_pattern

Schema = dict[str, Any]

_INTEGERS: Final = {"integer": ("int32", 2**31 - 1), "smallint": ("int32", 2**15 - 1)}
_SAFE_INTEGER: Final = ("int64", 2**53 - 1)
"""Larger whole numbers lose digits in JavaScript and other readers of JSON (RFC 8259, section 6)."""


def _text(attribute: Attribute, column: Column | None) -> Schema:
    found: Schema = {"type": "string"}
    if attribute.required:
        found["minLength"] = 1
    longest = bounds(column).get("maxLength", attribute.max_length)
    return found | ({"maxLength": longest} if longest else {})


def _formatted(name: str) -> Callable[[Attribute, Column | None], Schema]:
    def build(attribute: Attribute, column: Column | None) -> Schema:
        longest = bounds(column).get("maxLength", attribute.max_length)
        return {"type": "string", "format": name} | ({"maxLength": longest} if longest else {})

    return build


def _integer(_attribute: Attribute, column: Column | None) -> Schema:
    form, most = _INTEGERS.get(column.type, _SAFE_INTEGER) if column else _SAFE_INTEGER
    limits = bounds(column)
    lowest = {} if {"minimum", "exclusiveMinimum"} & limits.keys() else {"minimum": -most}
    return {"type": "integer", "format": form, **lowest, **limits, "maximum": limits.get("maximum", most)}


def _decimal(_attribute: Attribute, column: Column | None) -> Schema:
    return {"type": "number", "format": "double"} | bounds(column)


def _money(_attribute: Attribute, column: Column | None) -> Schema:
    signed = bounds(column).get("minimum") is None
    return {"type": "string", "format": "decimal", "pattern": decimal_pattern(column, signed)}


def _phone(attribute: Attribute, column: Column | None) -> Schema:
    return _text(attribute, column) | {"pattern": r"^\+[1-9]\d{6,14}$"}


def _place(_attribute: Attribute, _column: Column | None) -> Schema:
    return {"$ref": "#/components/schemas/Place"}


def _json(_attribute: Attribute, _column: Column | None) -> Schema:
    return {"type": "object", "additionalProperties": True}


def _state(attribute: Attribute, column: Column | None) -> Schema:
    states = bounds(column).get("enum") or list(dict.fromkeys(map(snake, attribute.states)))
    return {"type": "string", "enum": states} if states else _text(attribute, column)


def _plain(kind: str, form: str = "") -> Callable[[Attribute, Column | None], Schema]:
    return lambda _attribute, _column: {"type": kind, "format": form} if form else {"type": kind}


_SCHEMAS: Final[dict[AttributeType, Callable[[Attribute, Column | None], Schema]]] = {
    AttributeType.UUID: _plain("string", "uuid"),
    AttributeType.TEXT: _text,
    AttributeType.INTEGER: _integer,
    AttributeType.DECIMAL: _decimal,
    AttributeType.MONEY: _money,
    AttributeType.BOOLEAN: _plain("boolean"),
    AttributeType.DATE: _plain("string", "date"),
    AttributeType.TIMESTAMP: _plain("string", "date-time"),
    AttributeType.EMAIL: _formatted("email"),
    AttributeType.PHONE: _phone,
    AttributeType.URL: _formatted("uri"),
    AttributeType.FILE: _formatted("uri"),
    AttributeType.JSON: _json,
    AttributeType.GEO: _place,
    AttributeType.STATE: _state,
}


def schema_of(attribute: Attribute, column: Column | None) -> Schema:
    """The schema of an attribute, without its description. `column` where it has one in a relational store."""
    return _SCHEMAS[attribute.type](attribute, column)


def described(schema: Schema, text: str) -> Schema:
    """The schema with a description; a reference keeps its own words beside it, as OpenAPI 3.1 allows."""
    return {**schema, "description": text} if text else schema


PLACE: Final[Schema] = {
    "type": "object",
    "description": "A point on earth (WGS 84).",
    "required": ["latitude", "longitude"],
    "properties": {
        "latitude": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "minimum": -180, "maximum": 180},
    },
}
