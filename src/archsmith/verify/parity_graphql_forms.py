"""GraphQL's forms: directives and scalars of every schema, types of fields, and the bounds beside them."""

import json
from typing import Any, Final

from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field

Json = dict[str, Any]
_TYPES: Final = {
    AttributeType.UUID: "UUID", AttributeType.DECIMAL: "Float", AttributeType.MONEY: "Decimal",
    AttributeType.BOOLEAN: "Boolean", AttributeType.DATE: "Date", AttributeType.TIMESTAMP: "DateTime",
    AttributeType.URL: "URL", AttributeType.FILE: "URL", AttributeType.JSON: "JSON", AttributeType.GEO: "Place",
}  # fmt: skip
_TEXTS: Final = frozenset({AttributeType.TEXT, AttributeType.EMAIL, AttributeType.PHONE, AttributeType.URL})
_WHOLE: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL})
_INT_MAX: Final = 2**31 - 1
_RFC: Final = "https://www.rfc-editor.org/rfc/rfc"
_SCALARS: Final = {
    "DateTime": f"{_RFC}3339", "Date": f"{_RFC}3339#section-5.6", "UUID": f"{_RFC}9562", "URL": f"{_RFC}3986",
    "JSON": f"{_RFC}8259", "SafeInt": f"{_RFC}8259#section-6", "Decimal": "https://www.w3.org/TR/xmlschema11-2/#decimal",
}  # fmt: skip
_BOUNDED: Final = ("ARGUMENT_DEFINITION", "FIELD_DEFINITION", "INPUT_FIELD_DEFINITION")
_DIRECTIVES: Final[dict[str, tuple[Json, tuple[str, ...]]]] = {
    "cost": ({"weight": "String!"}, ("ENUM", "OBJECT", "SCALAR", *_BOUNDED)),
    "listSize": (
        {
            "assumedSize": "Int", "slicingArguments": "[String!]", "sizedFields": "[String!]",
            "requireOneSlicingArgument": "Boolean = true",
        },
        ("FIELD_DEFINITION",),
    ),
    "requiresScopes": ({"scopes": "[[String!]!]!"}, ("FIELD_DEFINITION",)),
    "constraint": (
        {
            "minLength": "Int", "maxLength": "Int", "pattern": "String", "min": "Float", "max": "Float",
            "maxItems": "Int",
        },
        _BOUNDED,
    ),
    "limits": (
        {
            "maxDepth": "Int!", "maxCost": "Int!", "maxPageSize": "Int!", "maxAliases": "Int!",
            "persistedOnly": "Boolean!",
        },
        ("SCHEMA",),
    ),
}  # fmt: skip
"""Arguments and places of the directives: cost and listSize of their specification, the others ours."""
PROBLEM: Final = {"type": {"type": "String!"}, "title": {"type": "String!"}, "detail": {"type": "String"}}
CONNECTION: Final = {"pageInfo": {"type": "PageInfo!"}}
JOB: Final = {
    "id": {"type": "UUID!"}, "state": {"type": "String!"}, "createdAt": {"type": "DateTime!"},
    "result": {"type": "JSON"},
}  # fmt: skip
PLACE: Final = {
    "latitude": {"type": "Float!", "@constraint": {"min": "-90", "max": "90"}},
    "longitude": {"type": "Float!", "@constraint": {"min": "-180", "max": "180"}},
}
_PAGE: Final = {
    "hasNextPage": {"type": "Boolean!"}, "hasPreviousPage": {"type": "Boolean!"}, "startCursor": {"type": "String"},
    "endCursor": {"type": "String"},
}  # fmt: skip


def forms() -> Json:
    """The definitions that every schema has."""
    found: Json = {f"scalar_type {name}": {"@specifiedBy": {"url": f'"{url}"'}} for name, url in _SCALARS.items()}
    for name, (arguments, places) in _DIRECTIVES.items():
        said = {key: _declared(text) for key, text in arguments.items()}
        found[f"directive {name}"] = {"arguments": said, "repeatable": False, "on": sorted(places)}
    found["interface_type Node"] = {"implements": [], "fields": {"id": {"type": "ID!"}}}
    found["object_type PageInfo"] = {"implements": [], "fields": _PAGE}
    return found


def _declared(text: str) -> Json:
    one, _, default = text.partition(" = ")
    return {"type": one, **({"default": default} if default else {})}


def kind(field: Field) -> str:
    """The type of one value where it is no enum."""
    if field.type is AttributeType.INTEGER:
        return "SafeInt" if max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX else "Int"
    return _TYPES.get(field.type, "String")


def field_type(field: Field, enums: dict[tuple[str, ...], str]) -> str:
    """The type of a field, without its `!`."""
    one = enums.get(field.states, "String") if field.type is AttributeType.STATE else kind(field)
    return f"[{one}!]" if field.many else one


def plain_type(asked: AttributeType) -> str:
    """The type of an argument."""
    if asked in (AttributeType.GEO, AttributeType.FILE):
        return "String"
    return "Int" if asked is AttributeType.INTEGER else _TYPES.get(asked, "String")


def constraint(field: Field) -> Json:
    """The bounds of a field beyond its type."""
    text, whole = field.type in _TEXTS, field.type in _WHOLE
    said = {
        "minLength": field.min_length if text else None,
        "maxLength": field.max_length if text else None,
        "pattern": json.dumps(field.pattern, ensure_ascii=False) if field.pattern else None,
        "min": field.minimum if whole else None,
        "max": field.maximum if whole else None,
        "maxItems": field.max_items if field.many else None,
    }
    kept = {key: str(value) for key, value in said.items() if value is not None}
    return {"@constraint": kept} if kept else {}


def limited(field: Field | None) -> Json:
    """The bound of an argument that selects by a field."""
    long = field.max_length if field and field.type is AttributeType.TEXT else None
    return {"@constraint": {"maxLength": str(long)}} if long else {}
