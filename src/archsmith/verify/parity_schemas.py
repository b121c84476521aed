"""The shared JSON Schemas read back, and compared with the shapes and the messages of design.json."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import EventContract
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape
from archsmith.verify.asyncapi import SCHEMA_FILES
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.parity_json import field_wanted, mapping, said_at, sequence
from archsmith.verify.parity_tree import tree_facts
from archsmith.verify.ports import chosen, verdict

Json = dict[str, Any]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_BASE: Final = "https://api.your-domain.invalid/schemas/"
_FOLDER: Final = "api/schemas/"
_DUE: Final = {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 35}
_WORDS: Final = frozenset({"description"})
_HEAD: Final = ("$schema", "$id", "title")
_PLACE: Final = "Place"


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
        schemas = {str(file.path): json.loads(file.content) for file in chosen(files, SCHEMA_FILES)}
        facts = schema_differences(architecture, schemas)
        return verdict(self, files, facts, command="compare with design.json")


def schema_differences(architecture: Architecture, schemas: Mapping[str, Any]) -> list[str]:
    """What the parsed schemas, by their paths, say otherwise than the model."""
    said = [fact for path, schema in schemas.items() for fact in _said(path, schema, schemas)]
    return compare(said, _wanted(architecture))


def _said(path: str, schema: Any, schemas: Mapping[str, Any]) -> Iterator[Fact]:
    name = path.removeprefix(_FOLDER).removesuffix(".json")
    body = {key: value for key, value in mapping(schema).items() if key != "examples"}
    yield from facts_at(name, {"shown": _shown(mapping(schema))})
    if name.startswith("messages/"):
        yield from tree_facts(name, {**body, "required": sorted(body.get("required", ()))}, _WORDS)
        return
    yield from facts_at(name, {key: str(body.pop(key, "")) for key in _HEAD})
    yield from said_at(name, body, lambda node: _followed(node, schemas))


def _shown(schema: Mapping[str, Any]) -> str:
    """The names in the examples that have to be there, or may not; values are made up, and what may lack may lack."""
    may = set(mapping(schema.get("properties"))) - set(schema.get("required", ()))
    return " and ".join(" ".join(sorted(set(mapping(e)) - may)) for e in sequence(schema.get("examples")))


def _followed(node: Any, schemas: Mapping[str, Any]) -> Any:
    """A schema with its reference to a file beside it followed; the words beside the reference stay."""
    if not isinstance(node, dict) or "$ref" not in node:
        return node
    target = mapping(schemas.get(f"{_FOLDER}{node['$ref']}"))
    beside = {key: value for key, value in node.items() if key != "$ref"}
    return {**{key: value for key, value in target.items() if key not in _HEAD}, **beside} if target else node


def _wanted(architecture: Architecture) -> Iterator[Fact]:
    used = {c.entity for c in architecture.event_contracts if c.entity and c.attributes}
    shapes = {s.entity: s for s in architecture.shapes}
    for shape in (s for s in architecture.shapes if s.entity in used):
        yield from _entity(shape)
    if any(f.type is AttributeType.GEO for s in architecture.shapes if s.entity in used for f in _visible(s)):
        head = {"$schema": _DIALECT, "$id": f"{_BASE}{_PLACE}.json", "title": _PLACE}
        yield from facts_at(_PLACE, {**head, "type": "place"})
    for contract in architecture.event_contracts:
        yield from _message(contract, shapes[contract.entity] if contract.entity and contract.attributes else None)


def _visible(shape: Shape) -> list[Field]:
    return [f for f in shape.fields if f.shown and not f.write_only]


def _entity(shape: Shape) -> Iterator[Fact]:
    name = shape.type_name
    head = {"$schema": _DIALECT, "$id": f"{_BASE}{name}.json", "title": name, "type": "object"}
    yield from facts_at(name, {**head, "shown": " ".join(sorted(f.name for f in _visible(shape) if f.required))})
    for field in _visible(shape):
        yield from facts_at(
            f"{name}.{field.name}", {**field_wanted(field), "required": "yes" if field.required else ""}
        )


def _message(contract: EventContract, shape: Shape | None) -> Iterator[Fact]:
    name = f"messages/{contract.name}"
    fields = [f for a in contract.attributes if (f := shape.field(a))] if shape else []
    about = f"../{shape.type_name}.json#/properties/" if shape else ""
    properties: Json = {f.name: {"$ref": f"{about}{f.name}"} for f in fields} or {"due_at": _DUE}
    head = {"$schema": _DIALECT, "$id": f"{_BASE}{name}.json", "title": contract.name, "type": "object"}
    required = sorted(f.name for f in fields if f.required) if fields else ["due_at"]
    yield from facts_at(name, {"shown": " ".join(required)})
    yield from tree_facts(name, {**head, "required": required, "properties": properties}, _WORDS)
