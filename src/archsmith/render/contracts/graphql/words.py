"""Names, types and text of GraphQL: what every definition of the schema is written with."""

import json
from typing import Final

from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.render.contracts.words import prose, sentence

SCALARS: Final = {
    "DateTime": ("A moment with its zone.", "https://www.rfc-editor.org/rfc/rfc3339"),
    "Date": ("A day.", "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"),
    "Decimal": ("A decimal number as text, so that no digit is lost.", "https://www.w3.org/TR/xmlschema11-2/#decimal"),
    "UUID": ("An id.", "https://www.rfc-editor.org/rfc/rfc9562"),
    "URL": ("An address on the web.", "https://www.rfc-editor.org/rfc/rfc3986"),
    "JSON": ("Data that the design knows nothing about.", "https://www.rfc-editor.org/rfc/rfc8259"),
    "SafeInt": ("A whole number of up to 53 bits.", "https://www.rfc-editor.org/rfc/rfc8259#section-6"),
}
"""Scalars beyond those of GraphQL, with what they are and where that is specified."""
_TYPES: Final = {
    AttributeType.UUID: "UUID",
    AttributeType.DECIMAL: "Float",
    AttributeType.MONEY: "Decimal",
    AttributeType.BOOLEAN: "Boolean",
    AttributeType.DATE: "Date",
    AttributeType.TIMESTAMP: "DateTime",
    AttributeType.URL: "URL",
    AttributeType.FILE: "URL",
    AttributeType.JSON: "JSON",
    AttributeType.GEO: "Place",
}
_INT_MAX: Final = 2**31 - 1


def named(field: Field, enums: dict[tuple[str, ...], str]) -> str:
    """The type of a field without its `!`."""
    if field.type is AttributeType.STATE and field.states in enums:
        one = enums[field.states]
    elif field.type is AttributeType.INTEGER:
        wide = max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX
        one = "SafeInt" if wide else "Int"
    else:
        one = _TYPES.get(field.type, "String")
    return f"[{one}!]" if field.many else one


def plain_type(kind: AttributeType) -> str:
    """The type of an argument that stands for no field with limits; a place is told by its name there."""
    known = {AttributeType.INTEGER: "Int", AttributeType.GEO: "String", AttributeType.FILE: "String"}
    return known.get(kind) or _TYPES.get(kind, "String")


def value_name(state: str) -> str:
    """A state as a value of an enum: in capitals, as `true`, `false` and `null` are none."""
    return state.upper()


def limits(field: Field) -> str:
    """The `@constraint` of a field; empty where its type says it all."""
    long = field.type in (AttributeType.TEXT, AttributeType.EMAIL, AttributeType.PHONE, AttributeType.URL)
    whole = field.type in (AttributeType.INTEGER, AttributeType.DECIMAL)
    said: dict[str, object] = {
        "minLength": field.min_length if long else None,
        "maxLength": field.max_length if long else None,
        "pattern": field.pattern or None,
        "min": field.minimum if whole else None,
        "max": field.maximum if whole else None,
        "maxItems": field.max_items if field.many else None,
    }
    kept = [f"{name}: {quoted(v) if isinstance(v, str) else v}" for name, v in said.items() if v is not None]
    return f" @constraint({', '.join(kept)})" if kept else ""


def quoted(text: str) -> str:
    """A string value."""
    return json.dumps(text, ensure_ascii=False)


def block(text: str, indent: str = "") -> str:
    """A description on lines of its own; empty for no text."""
    if not text:
        return ""
    lines = [line.strip() for line in text.splitlines()]
    safe = [line.replace('"""', r"\"\"\"") for line in lines]
    if len(safe) == 1:
        return f'{indent}"""{_ended(safe[0])}"""\n'
    return "".join(f"{indent}{line}\n" if line else "\n" for line in ['"""', *safe, '"""'])


def _ended(line: str) -> str:
    """A line that may stand before the closing quotes."""
    return f"{line} " if line.endswith(('"', "\\")) else line


def told(field: Field) -> str:
    """What a field says; with the brief's name for it where ours could not keep that."""
    said = sentence(field.description)
    return f'{said} In the brief: "{prose(field.original)}".' if field.original else said
