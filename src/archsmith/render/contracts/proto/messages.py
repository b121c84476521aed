"""Messages, enums and comments of Protocol Buffers, from fields."""

from collections.abc import Iterable
from typing import Final

from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Numbered
from archsmith.model.shapes import Field, Shape
from archsmith.render.contracts.words import prose, sentence

TIMESTAMP: Final = "google.protobuf.Timestamp"
STRUCT: Final = "google.protobuf.Struct"
_INT_MAX: Final = 2**31 - 1
_WIDTH: Final = 110


def kind_of(field: Field, types: str, enums: dict[tuple[str, ...], str]) -> str:
    """The type of a field. `types`: the package of dates, decimals and places."""
    if field.type is AttributeType.STATE and field.states in enums:
        return enums[field.states]
    if field.type is AttributeType.INTEGER:
        return "int64" if max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX else "int32"
    own = {AttributeType.MONEY: "Decimal", AttributeType.DATE: "Date", AttributeType.GEO: "LatLng"}
    if field.type in own:
        return f"{types}.{own[field.type]}"
    known = {
        AttributeType.DECIMAL: "double",
        AttributeType.BOOLEAN: "bool",
        AttributeType.TIMESTAMP: TIMESTAMP,
        AttributeType.JSON: STRUCT,
    }
    return known.get(field.type, "string")


def message(of: Numbered, said: str, fields: Iterable[tuple[str, str, str]]) -> str:
    """A message; of each field its whole type (`repeated string`), its name and what it says."""
    said, rows = said or f"{of.name}.", {name: (kind, text or f"{name}.") for kind, name, text in fields}
    if not of.numbers:
        return f"{comment(said)}message {of.name} {{}}\n"
    lines = ((name, number, *rows[name]) for name, number in of.numbers)
    body = "".join(f"{comment(text, '  ')}  {kind} {name} = {number};\n" for name, number, kind, text in lines)
    return f"{comment(said)}message {of.name} {{\n{body}}}\n"


def row(field: Field, kind: str) -> tuple[str, str, str]:
    """A field as `message` takes it: `optional` where a value may be missing and its absence has to show."""
    whole = "." in kind and kind != "string"
    label = "repeated " if field.many else "" if field.required or whole else "optional "
    return f"{label}{kind}", field.name, told(field)


def enum(of: Numbered, said: str) -> str:
    """An enum of states; its zero is what no one said."""
    texts = ["Nobody said.", *(f"It is {s.replace('_', ' ')}." for s in of.states)]
    body = "".join(f"  // {text}\n  {name} = {n};\n" for text, (name, n) in zip(texts, of.numbers, strict=True))
    return f"{comment(said)}enum {of.name} {{\n{body}}}\n"


def told(field: Field) -> str:
    """What a field says, with its limits, which Protocol Buffers have no words for."""
    limits = [
        f"at least {field.min_length} characters" if field.min_length else "",
        f"at most {field.max_length} characters" if field.max_length and field.type is not AttributeType.STATE else "",
        f"from {field.minimum}" if field.minimum is not None else "",
        f"to {field.maximum}" if field.maximum is not None else "",
        f"at most {field.max_items} of them" if field.max_items else "",
    ]
    kept = ", ".join(x for x in limits if x)
    original = f'In the brief: "{prose(field.original)}".' if field.original else ""
    return " ".join(x for x in (sentence(field.description), original, f"Limits: {kept}." if kept else "") if x)


def comment(text: str, indent: str = "") -> str:
    """Lines of a comment; words of others can't end it, as it goes to the end of its line."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) > _WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "".join(f"{indent}// {part}\n" for part in (*lines, line) if part)


def shape_rows(shape: Shape, types: str, enums: dict[tuple[str, ...], str]) -> list[tuple[str, str, str]]:
    """The fields of an entity as others see them, with its lock."""
    shown = [f for f in shape.fields if f.shown and not f.write_only]
    rows = [row(f, kind_of(f, types, enums)) for f in shown]
    lock = shape.field(shape.lock) if shape.lock else None
    return rows + ([("int32", lock.name, told(lock))] if lock and lock not in shown else [])
