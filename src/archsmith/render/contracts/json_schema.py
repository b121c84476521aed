"""Shapes as JSON Schema (2020-12), for OpenAPI, AsyncAPI and shared schemas alike: one field, one schema everywhere."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.render.contracts.words import prose, sentence

Schema = dict[str, Any]
"""A JSON Schema under construction."""

PLACE_REF: Final = "#/components/schemas/Place"
"""Where `PLACE` stands in a document of OpenAPI or AsyncAPI."""
CHARACTERS: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without control characters but tab and line ends: PostgreSQL keeps no NUL, and logs no escape codes."""
PROPERTIES_MAX: Final = 100
"""Members of a JSON object that the design knows nothing about."""
_INT32: Final = 2**31 - 1
_UUID: Final[Schema] = {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36}
_DATE: Final[Schema] = {"type": "string", "format": "date", "minLength": 10, "maxLength": 10}
_MOMENT: Final[Schema] = {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 35}
"""RFC 3339: from seconds in UTC to nanoseconds with an offset."""

PLACE: Final[Schema] = {
    "type": "object",
    "description": "A point on earth (WGS 84), in degrees.",
    "required": ["latitude", "longitude"],
    "properties": {
        "latitude": {
            "type": "number", "format": "double", "minimum": -90, "maximum": 90, "description": "North of the equator.",
        },
        "longitude": {
            "type": "number", "format": "double", "minimum": -180, "maximum": 180, "description": "East of Greenwich.",
        },
    },
    "additionalProperties": False,
}  # fmt: skip


def text(longest: int, shortest: int | None = None) -> Schema:
    """A text of so many characters."""
    least = {} if shortest is None else {"minLength": shortest}
    return {"type": "string", **least, "maxLength": longest, "pattern": CHARACTERS}


def integer(low: int, high: int) -> Schema:
    """A whole number between two bounds, both inclusive."""
    form = "int32" if low >= -_INT32 and high <= _INT32 else "int64"
    return {"type": "integer", "format": form, "minimum": low, "maximum": high}


def moment() -> Schema:
    """A time stamp with its zone (RFC 3339)."""
    return dict(_MOMENT)


def uuid() -> Schema:
    """An id."""
    return dict(_UUID)


def _text(field: Field, _place: str) -> Schema:
    found = _lengths(field)
    return {"type": "string", **found, "pattern": field.pattern or CHARACTERS}


def _formatted(form: str) -> Callable[[Field, str], Schema]:
    return lambda field, _place: {"type": "string", "format": form, **_lengths(field)}


def _lengths(field: Field) -> Schema:
    limits = {"minLength": field.min_length, "maxLength": field.max_length}
    return {key: value for key, value in limits.items() if value is not None}


def _integer(field: Field, _place: str) -> Schema:
    low = -_INT32 if field.minimum is None else field.minimum
    return integer(low, _INT32 if field.maximum is None else field.maximum)


def _decimal(field: Field, _place: str) -> Schema:
    """The range of a number of so many digits; a bound of the field itself is inclusive."""
    most = 10 ** (field.precision - (field.scale or 0)) if field.precision else None
    low, high = field.minimum, field.maximum
    limits = {
        "minimum": low,
        "exclusiveMinimum": None if low is not None or most is None else -most,
        "maximum": high,
        "exclusiveMaximum": None if high is not None else most,
    }
    return {"type": "number", "format": "double", **{k: v for k, v in limits.items() if v is not None}}


def _money(field: Field, _place: str) -> Schema:
    """Decimal digits as text, so that no reader of JSON rounds them."""
    whole, fraction = (field.precision or 14) - (field.scale or 0), field.scale or 0
    sign = "" if field.minimum is not None and field.minimum >= 0 else "-?"
    pattern = rf"^{sign}[0-9]{{1,{whole}}}" + (rf"(\.[0-9]{{1,{fraction}}})?$" if fraction else "$")
    longest = whole + (fraction + 1 if fraction else 0) + (1 if sign else 0)
    return {"type": "string", "format": "decimal", "maxLength": longest, "pattern": pattern}


def _state(field: Field, place: str) -> Schema:
    return {"type": "string", "enum": list(field.states)} if field.states else _text(field, place)


def _fixed(schema: Schema) -> Callable[[Field, str], Schema]:
    return lambda _field, _place: dict(schema)


_SCHEMAS: Final[dict[AttributeType, Callable[[Field, str], Schema]]] = {
    AttributeType.UUID: _fixed(_UUID),
    AttributeType.TEXT: _text,
    AttributeType.INTEGER: _integer,
    AttributeType.DECIMAL: _decimal,
    AttributeType.MONEY: _money,
    AttributeType.BOOLEAN: _fixed({"type": "boolean"}),
    AttributeType.DATE: _fixed(_DATE),
    AttributeType.TIMESTAMP: _fixed(_MOMENT),
    AttributeType.EMAIL: _formatted("email"),
    AttributeType.PHONE: _text,
    AttributeType.URL: _formatted("uri"),
    AttributeType.FILE: _formatted("uri"),
    AttributeType.JSON: _fixed({"type": "object", "maxProperties": PROPERTIES_MAX, "additionalProperties": True}),
    AttributeType.GEO: lambda _field, place: {"$ref": place},
    AttributeType.STATE: _state,
}


def bare_schema(field: Field, place: str = PLACE_REF) -> Schema:
    """Type and limits of a field, without words. `place`: the reference to `PLACE` in the document at hand."""
    one = _SCHEMAS[field.type](field, place)
    if not field.many:
        return one
    most = {} if field.max_items is None else {"maxItems": field.max_items}
    return {"type": "array", **most, "uniqueItems": True, "items": one}


def field_schema(field: Field, place: str = PLACE_REF) -> Schema:
    """The schema of a field with its description; a reference keeps its own words beside it."""
    schema = {**bare_schema(field, place), "description": description(field)}
    if field.read_only:
        schema["readOnly"] = True
    if field.write_only:
        schema["writeOnly"] = True
    return schema


def description(field: Field) -> str:
    """What a field says, as CommonMark; with the name that the brief gives it, where ours could not keep it."""
    said = sentence(field.description)
    return f'{said} In the brief: "{prose(field.original)}".'.strip() if field.original else said


def object_schema(
    fields: Iterable[Field], said: str, *, closed: bool, required: bool = True, place: str = PLACE_REF
) -> Schema:
    """An object of those fields. `closed`: nothing else may be in it. `required` False: each of them may be left out,
    as in a merge patch."""
    kept = list(fields)
    schema: Schema = {"type": "object", "description": sentence(said)}
    wanted = [f.name for f in kept if f.required]
    if required and wanted:
        schema["required"] = wanted
    schema["properties"] = {f.name: field_schema(f, place) for f in kept}
    return schema | ({"additionalProperties": False} if closed else {})


def nullable(schema: Schema) -> Schema:
    """The schema that takes null too."""
    if "$ref" in schema:
        words = {k: v for k, v in schema.items() if k != "$ref"}
        return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}], **words}
    found = {**schema, "type": [schema["type"], "null"]}
    return found | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})
