"""JSON Schema read back: what the schema of a property says, and what the field of a shape asks for.

The reading is total: a keyword that is neither compared nor words for people is told too, so that nothing can be added
to a schema unseen.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_words import figures

Resolve = Callable[[Any], Any]
"""What a schema is when its reference is followed."""

INT32: Final = 2**31 - 1
CHARACTERS: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without control characters."""
Said = dict[str, str | frozenset[str]]
WORDS: Final = frozenset({"description", "title", "summary", "example", "examples"})
"""Keywords for people; examples are validated by a check of their own."""
_MARKS: Final = frozenset({"readOnly", "writeOnly"})
"""What stands beside a reference too."""
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
    ("file", {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}),
    ("reference", {"type": "string", "format": "uri-reference"}),
    ("text", {"type": "string"}),
    ("object", {"type": "object"}),
)
"""The forms of values with what is the same in all of them, the more particular one first."""
_BY_FORMAT: Final[dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]]] = {
    key: [(n, f) for n, f in _FORMS if (f["type"], f.get("format", "")) in (key, (key[0], ""))]
    for key in {(f["type"], f.get("format", "")) for _, f in _FORMS}
}
_LIMITS: Final = {
    "minLength": "min length", "maxLength": "max length", "minimum": "minimum", "maximum": "maximum",
    "exclusiveMinimum": "above", "exclusiveMaximum": "below", "pattern": "pattern", "const": "value",
    "default": "default", "minItems": "least", "maxItems": "most", "minProperties": "at least",
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
_PLACE: Final = {
    "type": "object",
    "required": ["latitude", "longitude"],
    "properties": {
        "latitude": {"type": "number", "format": "double", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "format": "double", "minimum": -180, "maximum": 180},
    },
    "additionalProperties": False,
}  # fmt: skip
_BEGINS: Final = frozenset("-0123456789tfn")
_LITERAL: Final = re.compile(r"-?\d+(\.\d+)?|true|false|null")
_NESTED: Final = 12
"""How far a schema is followed: what refers to itself has no end."""


def mapping(node: Any) -> dict[str, Any]:
    """An object of JSON; what is none becomes one with a single odd key, which no model has.

    >>> mapping({"a": 1}), mapping(None), mapping("text")
    ({'a': 1}, {}, {'(no object)': 'text'})
    """
    return node if isinstance(node, dict) else {} if node is None else {"(no object)": node}


def sequence(node: Any) -> list[Any]:
    """A list of JSON; what is none is its own only element."""
    return node if isinstance(node, list) else [] if node is None else [node]


def shown(value: Any) -> str:
    """A plain value as the facts have it: words as they are, all else in JSON, so that a number is told from its
    digits as text; None is not said.

    >>> shown(3), shown("3"), shown("three"), shown(None), shown(False), shown([1])
    ('3', '"3"', 'three', '', 'false', '[1]')
    """
    if isinstance(value, str):
        return json.dumps(value) if value[:1] in _BEGINS and _LITERAL.fullmatch(value) else value
    if type(value) is int:
        return str(value)
    return "" if value is None else json.dumps(value, sort_keys=True, default=str)


def yes(value: Any) -> str:
    """A mark that is set or not; what is neither shows itself.

    >>> yes(True), yes(None), yes("true")
    ('yes', '', '"true"')
    """
    return "yes" if value is True else "" if value is False else shown(value)


def several(values: Any) -> str | frozenset[str]:
    """Values whose order means nothing; one that stands there twice is seen.

    >>> several(["b", "a"]) == {"a", "b"}, several(["a", "a"])
    (True, 'a, a')
    """
    found = sorted(map(shown, sequence(values)))
    return frozenset(found) if len(set(found)) == len(found) else ", ".join(found)


def left_over(node: Mapping[str, Any], known: frozenset[str]) -> dict[str, str]:
    """What an object says under keys that nobody reads: no model has that."""
    return {f"(other) {key}": shown(value) or "null" for key, value in node.items() if key not in known}


def schema_said(schema: Any, resolve: Resolve) -> Said:
    """What the schema of a value says, a property each: type, limits, values, marks. Of a list `list` is said, and
    what holds for each of its elements begins with `each `; of an object within, its properties are left out."""
    whole = mapping(resolve(schema))
    left = {k: v for k, v in whole.items() if k not in WORDS}
    found: Said = {"read only": yes(left.pop("readOnly", None)), "write only": yes(left.pop("writeOnly", None))}
    found |= _nothing(left, resolve)
    if "properties" not in left:
        found["figures"] = figures(whole.get("description"))
    if left.get("type") == "array":
        inner = schema_said(left.pop("items", None), resolve)
        found |= {"list": "yes", "each once": yes(left.pop("uniqueItems", None))}
        return found | {f"each {k}": v for k, v in inner.items() if v} | _limits(left, {"type": "array"})
    if _is_place(left):
        return found | {"type": "place"}
    if "properties" in left:
        for key in ("properties", "required"):
            left.pop(key, None)
        return found | {"type": shown(left.pop("type", "any"))} | _closed(left) | _limits(left, {})
    name, fixed = _form(left)
    return found | {"type": name} | _limits(left, fixed)


def said_at(place: str, schema: Any, resolve: Resolve, required: str = "", depth: int = _NESTED) -> list[Fact]:
    """A value and all that is within it: of a list's elements and of an object each property, references followed."""
    whole = mapping(resolve(schema))
    found = facts_at(place, {"required": required, **schema_said(whole, resolve)})
    inner = whole
    while inner.get("type") == "array":
        inner = mapping(resolve(inner.get("items")))
    left = {k: v for k, v in inner.items() if k not in WORDS | _MARKS}
    if "anyOf" in left:
        _nothing(left, resolve)
    if "properties" not in left or _is_place(left):
        return found
    if not depth:
        return [*found, Fact(place, "nested", "without end")]
    return found + _properties(place, left, resolve, depth - 1)


def _form(left: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name of the form, and what goes without saying in it."""
    kind, form = shown(left.get("type", "any")), shown(left.get("format"))
    for name, fixed in _BY_FORMAT.get((kind, form)) or _BY_FORMAT.get((kind, ""), []):
        if all(_same(left.get(k), v) for k, v in fixed.items()):
            return name, fixed
    return kind, {"type": None}


def _properties(place: str, schema: Mapping[str, Any], resolve: Resolve, depth: int) -> list[Fact]:
    asked, inner = sequence(schema.get("required")), mapping(schema.get("properties"))
    found = [Fact(f"{place}.{name}", "required", "yes") for name in map(str, asked) if name not in inner]
    if isinstance(twice := several(asked), str):
        found.append(Fact(place, "required properties", twice))
    for name, value in inner.items():
        found += said_at(f"{place}.{name}", value, resolve, yes(name in asked), depth)
    return found


def _nothing(left: dict[str, Any], resolve: Resolve) -> dict[str, str]:
    """Whether null is taken too; `left` then says what else is."""
    if isinstance(kinds := left.get("type"), list):
        left["type"] = ", ".join(str(k) for k in kinds if k != "null")
        return {"null": _often(kinds.count("null")) or "never, in a list"}
    ways = sequence(left.get("anyOf"))
    others = [s for s in ways if s != {"type": "null"}]
    if len(ways) == 2 and len(others) == 1:
        del left["anyOf"]
        inner = {k: v for k, v in mapping(resolve(others[0])).items() if k not in WORDS}
        both = {f"{k} beside": shown(v) for k, v in left.items() if k in inner}
        left |= inner
        return {"null": "yes", **both}
    return {}


def _limits(left: Mapping[str, Any], fixed: Mapping[str, Any]) -> dict[str, str]:
    """Each limit by its word, and the values; what is neither, and not `fixed`, under its own key."""
    known = frozenset({*_LIMITS, "enum", *fixed})
    said = {word: shown(left[key]) for key, word in _LIMITS.items() if key in left and key not in fixed}
    return said | _values(left) | left_over(left, known)


def _values(left: Mapping[str, Any]) -> dict[str, str]:
    if "enum" not in left:
        return {}
    values = sequence(left["enum"])
    nulls = values.count(None)
    return {"values": ", ".join(shown(v) for v in values if v is not None) or "no", "null among values": _often(nulls)}


def _often(count: int) -> str:
    return "" if not count else "yes" if count == 1 else f"{count} times"


def _closed(left: dict[str, Any]) -> dict[str, str]:
    more = left.pop("additionalProperties", True)
    return {"closed": "yes" if more is False else "" if more is True else shown(more)}


def field_wanted(field: Field) -> Said:
    """What the schema of a field has to say."""
    form = form_wanted(field)
    found: Said = {"read only": yes(field.read_only), "write only": yes(field.write_only)}
    found["figures"] = figures(field.description) if form["type"] != "place" or field.many else frozenset()
    if field.many:
        most = shown(field.max_items)
        return found | {"list": "yes", "each once": "yes", "most": most} | {f"each {k}": v for k, v in form.items()}
    return found | form


def form_wanted(field: Field) -> dict[str, str]:
    """Type and limits of one value of a field."""
    found = {"type": _TYPES.get(field.type, "")}
    if field.type is AttributeType.INTEGER:
        low, high = (end if end is not None else usual for end, usual in _ends(field))
        form = "int32" if low >= -INT32 and high <= INT32 else "int64"
        return {"type": form, "minimum": shown(low), "maximum": shown(high)}
    if field.type is AttributeType.DECIMAL:
        most = 10 ** (field.precision - (field.scale or 0)) if field.precision else None
        found |= {"minimum": shown(field.minimum), "maximum": shown(field.maximum)}
        found |= {"above": "" if field.minimum is not None or most is None else str(-most)}
        return found | {"below": "" if field.maximum is not None else shown(most)}
    if field.type is AttributeType.MONEY:
        return found | _money(field)
    if field.type is AttributeType.STATE and field.states:
        return found | {"values": ", ".join(map(shown, field.states))}
    if field.type in _LONG or field.type is AttributeType.STATE:
        found |= {"min length": shown(field.min_length), "max length": shown(field.max_length)}
    if found["type"] == "text":
        found["pattern"] = field.pattern or CHARACTERS
    return found


def _ends(field: Field) -> tuple[tuple[int | None, int], tuple[int | None, int]]:
    return (field.minimum, -INT32), (field.maximum, INT32)


def _money(field: Field) -> dict[str, str]:
    whole, fraction = (field.precision or 14) - (field.scale or 0), field.scale or 0
    sign = "" if (field.minimum or 0) >= 0 and field.minimum is not None else "-?"
    digits = rf"[0-9]{{1,{whole}}}" + (rf"(\.[0-9]{{1,{fraction}}})?" if fraction else "")
    return {"pattern": f"^{sign}{digits}$", "max length": str(whole + bool(fraction) + fraction + bool(sign))}


def _is_place(schema: Mapping[str, Any]) -> bool:
    """Whether it is a point on earth with the bounds of degrees, words aside."""
    inner = schema.get("properties")
    if not isinstance(inner, dict) or set(inner) != {"latitude", "longitude"}:
        return False
    bare = {k: {w: v for w, v in mapping(p).items() if w not in WORDS} for k, p in inner.items()}
    plain = {k: v for k, v in schema.items() if k not in WORDS | {"$schema", "$id"}}
    return {**plain, "properties": bare} == _PLACE


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)
