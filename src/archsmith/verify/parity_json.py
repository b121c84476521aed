"""JSON Schema read back: what the schema of a property says, and what the field of a shape asks for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.verify.parity_facts import Fact, facts_at

Resolve = Callable[[Any], Any]
"""What a schema is when its reference is followed."""

INT32: Final = 2**31 - 1
CHARACTERS: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without control characters."""
_FORMS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("uuid", {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36}),
    ("date", {"type": "string", "format": "date", "minLength": 10, "maxLength": 10}),
    ("moment", {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 35}),
    ("money", {"type": "string", "format": "decimal"}),
    ("email", {"type": "string", "format": "email"}),
    ("uri", {"type": "string", "format": "uri"}),
    ("int32", {"type": "integer", "format": "int32"}),
    ("int64", {"type": "integer", "format": "int64"}),
    ("decimal", {"type": "number", "format": "double"}),
    ("boolean", {"type": "boolean"}),
    ("json", {"type": "object", "additionalProperties": True, "maxProperties": 100}),
    ("text", {"type": "string"}),
    ("object", {"type": "object"}),
)
"""The forms of values with what is the same in all of them, the more particular one first."""
_LIMITS: Final = {
    "minLength": "min length", "maxLength": "max length", "minimum": "minimum", "maximum": "maximum",
    "exclusiveMinimum": "above", "exclusiveMaximum": "below", "pattern": "pattern", "const": "value",
}  # fmt: skip
_TYPES: Final = {
    AttributeType.UUID: "uuid", AttributeType.DATE: "date", AttributeType.TIMESTAMP: "moment",
    AttributeType.MONEY: "money", AttributeType.EMAIL: "email", AttributeType.URL: "uri", AttributeType.FILE: "uri",
    AttributeType.DECIMAL: "decimal", AttributeType.BOOLEAN: "boolean", AttributeType.JSON: "json",
    AttributeType.GEO: "place", AttributeType.TEXT: "text", AttributeType.PHONE: "text", AttributeType.STATE: "text",
}  # fmt: skip
_LONG: Final = frozenset(
    {AttributeType.TEXT, AttributeType.PHONE, AttributeType.EMAIL, AttributeType.URL, AttributeType.FILE}
)
_PLACE: Final = frozenset({"latitude", "longitude"})


def schema_said(schema: Any, resolve: Resolve) -> dict[str, str]:
    """What the schema of a value says, a property each: type, limits, values, marks."""
    found = {"read only": _yes(schema.get("readOnly")), "write only": _yes(schema.get("writeOnly"))}
    others = [s for s in schema.get("anyOf", ()) if s.get("type") != "null"]
    if others:
        found["null"] = "yes" if len(others) < len(schema["anyOf"]) else ""
        schema = others[0]
    schema = resolve(schema)
    if isinstance(kind := schema.get("type"), list):
        found["null"] = _yes("null" in kind)
        schema = {**schema, "type": next((k for k in kind if k != "null"), "")}
    if schema.get("type") == "array":
        most, least = schema.get("maxItems"), schema.get("minItems")
        found |= {"most": _shown(most), "least": _shown(least), "each once": _yes(schema.get("uniqueItems"))}
        return {"list": "yes", **schema_said(schema.get("items", {}), resolve), **{k: v for k, v in found.items() if v}}
    if set(schema.get("properties", ())) == _PLACE:
        return found | _place(schema)
    name, fixed = next(
        ((n, f) for n, f in _FORMS if all(schema.get(k) == v for k, v in f.items())), (str(schema.get("type")), {})
    )
    limits = {word: _shown(schema[key]) for key, word in _LIMITS.items() if key in schema and key not in fixed}
    values = {"values": ", ".join(str(v) for v in schema["enum"] if v is not None)} if "enum" in schema else {}
    default = {"default": _shown(schema["default"])} if "default" in schema else {}
    return found | {"type": name} | limits | values | default


def field_wanted(field: Field) -> dict[str, str]:
    """What the schema of a field has to say."""
    found = {"read only": _yes(field.read_only), "write only": _yes(field.write_only), **form_wanted(field)}
    if field.many:
        found |= {"list": "yes", "each once": "yes", "most": _shown(field.max_items)}
    return found


def form_wanted(field: Field) -> dict[str, str]:
    """Type and limits of one value of a field."""
    found = {"type": _TYPES.get(field.type, "")}
    if field.type is AttributeType.INTEGER:
        low, high = (end if end is not None else usual for end, usual in _ends(field))
        form = "int32" if low >= -INT32 and high <= INT32 else "int64"
        return {"type": form, "minimum": _shown(low), "maximum": _shown(high)}
    if field.type is AttributeType.DECIMAL:
        most = 10 ** (field.precision - (field.scale or 0)) if field.precision else None
        found |= {"minimum": _shown(field.minimum), "maximum": _shown(field.maximum)}
        found |= {"above": "" if field.minimum is not None or most is None else str(-most)}
        return found | {"below": "" if field.maximum is not None else _shown(most)}
    if field.type is AttributeType.MONEY:
        return found | _money(field)
    if field.type is AttributeType.STATE and field.states:
        return found | {"values": ", ".join(field.states)}
    if field.type in _LONG or field.type is AttributeType.STATE:
        found |= {"min length": _shown(field.min_length), "max length": _shown(field.max_length)}
    if found["type"] == "text":
        found["pattern"] = field.pattern or CHARACTERS
    return found


def object_said(place: str, schema: Any, resolve: Resolve) -> list[Fact]:
    """An object and each of its properties, references followed."""
    asked = set(schema.get("required", ()))
    said = {"type": str(schema.get("type")), "closed": _yes(schema.get("additionalProperties") is False)}
    found = facts_at(place, {**said, "at least": _shown(schema.get("minProperties"))})
    for name, inner in schema.get("properties", {}).items():
        found += facts_at(f"{place}.{name}", {"required": _yes(name in asked), **schema_said(inner, resolve)})
    return found + [Fact(f"{place}.{name}", "required", "yes") for name in asked - set(schema.get("properties", ()))]


def _ends(field: Field) -> tuple[tuple[int | None, int], tuple[int | None, int]]:
    return (field.minimum, -INT32), (field.maximum, INT32)


def _money(field: Field) -> dict[str, str]:
    whole, fraction = (field.precision or 14) - (field.scale or 0), field.scale or 0
    sign = "" if (field.minimum or 0) >= 0 and field.minimum is not None else "-?"
    digits = rf"[0-9]{{1,{whole}}}" + (rf"(\.[0-9]{{1,{fraction}}})?" if fraction else "")
    return {"pattern": f"^{sign}{digits}$", "max length": str(whole + bool(fraction) + fraction + bool(sign))}


def _place(schema: Any) -> dict[str, str]:
    """A point on earth, where its bounds are those of degrees; else what it says instead."""
    ends = {name: (p.get("minimum"), p.get("maximum")) for name, p in schema["properties"].items()}
    right = ends == {"latitude": (-90, 90), "longitude": (-180, 180)} and set(schema.get("required", ())) == _PLACE
    return {"type": "place" if right else f"place {ends} with {schema.get('required')}"}


def _yes(value: Any) -> str:
    return "yes" if value else ""


def _shown(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
