"""The shared JSON Schemas read back, and compared with the shapes and the messages of design.json."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.verify.asyncapi import SCHEMA_FILES
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict

_TYPES: Final = {
    AttributeType.INTEGER: "integer", AttributeType.DECIMAL: "number", AttributeType.BOOLEAN: "boolean",
    AttributeType.JSON: "object", AttributeType.GEO: "Place.json",
}  # fmt: skip
_FORMATS: Final = {
    AttributeType.UUID: "uuid", AttributeType.DECIMAL: "double", AttributeType.MONEY: "decimal",
    AttributeType.DATE: "date", AttributeType.TIMESTAMP: "date-time", AttributeType.EMAIL: "email",
    AttributeType.URL: "uri", AttributeType.FILE: "uri",
}  # fmt: skip
_LONG: Final = frozenset({AttributeType.TEXT, AttributeType.EMAIL, AttributeType.PHONE, AttributeType.URL,
                          AttributeType.FILE})  # fmt: skip
"""Types whose fields say how long they may be."""


class SchemasParity:
    """The shared schemas have the fields of the shapes, with their types and limits; messages carry their fields."""

    id = "V-PARITY-SCHEMAS"
    what = "shared JSON Schemas say what the model says"
    tool = "archsmith"
    patterns = ("design.json", "+api/schemas/*.json")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares each schema with its shape or its contract."""
        architecture = design_of(files).architecture
        said = [f for file in chosen(files, SCHEMA_FILES) for f in _schema(file.path, json.loads(file.content))]
        return verdict(self, files, compare(said, _shapes(architecture)), command="compare with design.json")


def _schema(path: str, schema: Any) -> Iterator[Fact]:
    name = path.removeprefix("api/schemas/").removesuffix(".json")
    if name == "Place":
        return
    yield from facts_at(name, {"id": str(schema.get("$id", "")).rpartition("/schemas/")[2]})
    required = schema.get("required", ())
    for key, body in schema.get("properties", {}).items():
        if name.startswith("messages/"):
            said = {"is": str(body.get("$ref", body.get("format", "")))}
        else:
            said = _field_said(body)
        yield from facts_at(f"{name}.{key}", {**said, "required": str(key in required)})


def _field_said(body: Any) -> dict[str, str]:
    one = body.get("items", body)
    form = one.get("format", "")
    return {
        "type": str(one.get("type", one.get("$ref", ""))),
        "many": str(body.get("maxItems", "")),
        "format": "" if form in ("int32", "int64") else form,
        "longest": str(one.get("maxLength", ""))
        if one.get("type") == "string" and form in ("", "email", "uri")
        else "",
        "shortest": str(one.get("minLength", "")) if not form else "",
        "states": " ".join(one.get("enum", ())),
        "lowest": str(one.get("minimum", "")),
        "highest": str(one.get("maximum", "")),
        "read only": str(bool(body.get("readOnly"))),
    }


def _shapes(architecture: Architecture) -> Iterator[Fact]:
    used = {c.entity for c in architecture.event_contracts if c.entity and c.attributes}
    shapes = {s.entity: s for s in architecture.shapes}
    for shape in architecture.shapes:
        if shape.entity in used:
            yield from facts_at(shape.type_name, {"id": f"{shape.type_name}.json"})
            for field in (f for f in shape.fields if f.shown and not f.write_only):
                yield from facts_at(f"{shape.type_name}.{field.name}", _field_wanted(field))
    for contract in architecture.event_contracts:
        name = f"messages/{contract.name}"
        yield from facts_at(name, {"id": f"{name}.json"})
        if not contract.attributes or contract.entity is None:
            yield from facts_at(f"{name}.due_at", {"is": "date-time", "required": "True"})
            continue
        about = shapes[contract.entity]
        for field in (f for a in contract.attributes if (f := about.field(a))):
            target = f"../{about.type_name}.json#/properties/{field.name}"
            yield from facts_at(f"{name}.{field.name}", {"is": target, "required": str(field.required)})


def _field_wanted(field: Field) -> dict[str, str]:
    states = field.states if field.type is AttributeType.STATE else ()
    whole = field.type is AttributeType.INTEGER
    bounded = whole or field.type is AttributeType.DECIMAL
    low = -(2**31 - 1) if whole and field.minimum is None else field.minimum
    high = 2**31 - 1 if whole and field.maximum is None else field.maximum
    free = field.type in (AttributeType.TEXT, AttributeType.PHONE)
    long = field.type in _LONG or (field.type is AttributeType.STATE and not states)
    return {
        "type": _TYPES.get(field.type, "string"),
        "many": str(field.max_items) if field.many and field.max_items else "",
        "format": _FORMATS.get(field.type, ""),
        "longest": str(field.max_length) if long and field.max_length else "",
        "shortest": str(field.min_length) if free and field.min_length else "",
        "states": " ".join(states),
        "lowest": str(low) if bounded and low is not None else "",
        "highest": str(high) if bounded and high is not None else "",
        "read only": str(field.read_only),
        "required": str(field.required),
    }
