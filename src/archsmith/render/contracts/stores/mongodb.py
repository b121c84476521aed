"""`db/<store>/collections.js`: collections with validators, indexes and shard keys, as commands for mongosh.

Each command is `db.runCommand` or `db.adminCommand` with one document in JSON, so that any driver can send it too.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import EmbeddedPart, KeyPart, Keyspace, SecondaryIndex
from archsmith.model.shapes import Field
from archsmith.render.contracts.stores.kept import Kept, kept, plain
from archsmith.render.view import View

ENGINES: Final = ("mongodb", "documentdb")
KEY: Final = "_id"
"""The field of a document that identifies it."""
BSON: Final = {
    AttributeType.UUID: "binData",
    AttributeType.INTEGER: "int",
    AttributeType.DECIMAL: "decimal",
    AttributeType.MONEY: "decimal",
    AttributeType.BOOLEAN: "bool",
    AttributeType.DATE: "date",
    AttributeType.TIMESTAMP: "date",
    AttributeType.JSON: "object",
    AttributeType.GEO: "object",
}
"""BSON types; all others are strings."""
_INT32: Final = 2**31 - 1


def mongodb(design: Design) -> Iterable[Artifact]:
    """One file for each store that speaks MongoDB's protocol."""
    view = View(design)
    for store in kept(view, ENGINES):
        blocks = ["\n".join(f"// {line}" for line in store.head())]
        blocks += [_block(store, k) for k in store.keyspaces]
        yield store.file("collections.js", "\n\n".join(blocks) + "\n")


def _block(store: Kept, keyspace: Keyspace) -> str:
    lines = [f"// {line}" for line in store.said(keyspace)]
    lines.append(_command("db.runCommand", _create(store, keyspace)))
    if keyspace.indexes:
        indexes = [_index(i) for i in keyspace.indexes]
        lines.append(_command("db.runCommand", {"createIndexes": keyspace.name, "indexes": indexes}))
    if keyspace.shards > 1:
        key = (
            _key(keyspace.partition) if len(keyspace.partition) > 1 else {_stored(keyspace.partition[0].name): "hashed"}
        )
        lines.append(_command("db.adminCommand", {"shardCollection": f"app.{keyspace.name}", "key": key}))
    return "\n".join(lines)


def _command(call: str, document: dict[str, Any]) -> str:
    return f"{call}({json.dumps(document, indent=2, ensure_ascii=True)});"


def _create(store: Kept, keyspace: Keyspace) -> dict[str, Any]:
    return {
        "create": keyspace.name,
        "validator": {"$jsonSchema": schema(store, keyspace)},
        "validationLevel": "strict",
        "validationAction": "error",
    }


def schema(store: Kept, keyspace: Keyspace) -> dict[str, Any]:
    """The documents of a collection in MongoDB's subset of JSON Schema (draft 4)."""
    document = {"description": plain(keyspace.comment), **_object(store.fields(keyspace))}
    for part in keyspace.parts:
        document["properties"][part.name] = {
            "bsonType": "array",
            "maxItems": part.max_items,
            "items": _object(_part_fields(store, part)),
        }
    return document


def _part_fields(store: Kept, part: EmbeddedPart) -> list[Field]:
    shape = next(s for s in store.view.arch.shapes if s.entity == EntityId(part.entity))
    return [f for name in part.fields if (f := shape.field(name)) is not None]


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    fields = list(fields)
    return {
        "bsonType": "object",
        "required": [_stored(f.name) for f in fields if f.required],
        "additionalProperties": False,
        "properties": {_stored(f.name): _property(f) for f in fields},
    }


def _stored(name: str) -> str:
    return KEY if name == "id" else name


def _property(field: Field) -> dict[str, Any]:
    said = {"description": plain(field.description)}
    if field.encrypted:
        return {"bsonType": "binData", **said}
    if field.many:
        items = {"bsonType": "binData"}
        return {"bsonType": "array", "uniqueItems": True, "maxItems": field.max_items, "items": items, **said}
    if field.type is AttributeType.GEO:
        return {**_POINT, **said}
    found: dict[str, Any] = {"bsonType": _type(field)}
    if field.states:
        found["enum"] = list(field.states)
    elif _type(field) == "string":
        limits = {"minLength": field.min_length, "maxLength": field.max_length, "pattern": field.pattern or None}
        found |= {name: limit for name, limit in limits.items() if limit is not None}
    elif _type(field) in ("int", "long", "decimal"):
        bounds = {"minimum": field.minimum, "maximum": field.maximum}
        found |= {name: bound for name, bound in bounds.items() if bound is not None}
    return {**found, **said}


_POINT: Final[dict[str, Any]] = {
    "bsonType": "object",
    "required": ["type", "coordinates"],
    "additionalProperties": False,
    "properties": {
        "type": {"bsonType": "string", "enum": ["Point"]},
        "coordinates": {"bsonType": "array", "minItems": 2, "maxItems": 2, "items": {"bsonType": "double"}},
    },
}
"""A place as GeoJSON has it: longitude, then latitude."""


def _type(field: Field) -> str:
    if field.type is AttributeType.INTEGER and (field.maximum or 0) > _INT32:
        return "long"
    return BSON.get(field.type, "string")


def _key(parts: Iterable[KeyPart]) -> dict[str, int]:
    return {_stored(p.name): -1 if p.descending else 1 for p in parts}


def _index(index: SecondaryIndex) -> dict[str, Any]:
    made: dict[str, Any] = {"name": index.name, "key": _key((*index.partition, *index.order))}
    if index.unique:
        made["unique"] = True
        made["partialFilterExpression"] = {_stored(p.name): {"$exists": True} for p in index.partition}
    if index.expires is not None:
        made["expireAfterSeconds"] = int(index.expires)
    return made
