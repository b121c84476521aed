"""The shared JSON Schemas read back, and compared with the shapes and the messages of design.json."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.asyncapi import SCHEMA_FILES
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.parity_json import Said, field_wanted, schema_said
from archsmith.verify.ports import chosen, verdict


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
        said = [fact for path, schema in schemas.items() for fact in _schema(path, schema, schemas)]
        return verdict(self, files, compare(said, _shapes(architecture)), command="compare with design.json")


def _schema(path: str, schema: Any, schemas: Mapping[str, Any]) -> Iterator[Fact]:
    name = path.removeprefix("api/schemas/").removesuffix(".json")
    if name == "Place":
        return
    yield from facts_at(name, {"id": str(schema.get("$id", "")).rpartition("/schemas/")[2]})
    required = schema.get("required", ())
    for key, body in schema.get("properties", {}).items():
        if "$ref" in body and name.startswith("messages/"):
            said: Said = {"is": str(body["$ref"])}
        else:
            said = schema_said(body, lambda node: _followed(node, schemas))
        yield from facts_at(f"{name}.{key}", {**said, "required": str(key in required)})
    yield from (Fact(f"{name}.{key}", "required", "True") for key in set(required) - set(schema.get("properties", ())))


def _followed(node: Any, schemas: Mapping[str, Any]) -> Any:
    """A schema with its reference to a file beside it followed."""
    if not isinstance(node, dict) or "$ref" not in node:
        return node
    return {**schemas.get(f"api/schemas/{node['$ref']}", {}), **{k: v for k, v in node.items() if k != "$ref"}}


def _shapes(architecture: Architecture) -> Iterator[Fact]:
    used = {c.entity for c in architecture.event_contracts if c.entity and c.attributes}
    shapes = {s.entity: s for s in architecture.shapes}
    for shape in architecture.shapes:
        if shape.entity in used:
            yield from facts_at(shape.type_name, {"id": f"{shape.type_name}.json"})
            for field in (f for f in shape.fields if f.shown and not f.write_only):
                yield from facts_at(
                    f"{shape.type_name}.{field.name}", {**field_wanted(field), "required": str(field.required)}
                )
    for contract in architecture.event_contracts:
        name = f"messages/{contract.name}"
        yield from facts_at(name, {"id": f"{name}.json"})
        if not contract.attributes or contract.entity is None:
            yield from facts_at(f"{name}.due_at", {"type": "moment", "required": "True"})
            continue
        about = shapes[contract.entity]
        for field in (f for a in contract.attributes if (f := about.field(a))):
            target = f"../{about.type_name}.json#/properties/{field.name}"
            yield from facts_at(f"{name}.{field.name}", {"is": target, "required": str(field.required)})
