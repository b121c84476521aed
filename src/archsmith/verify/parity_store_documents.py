"""Stores of documents and of items: MongoDB, DynamoDB, Cosmos DB, OpenSearch, Meilisearch."""

import json
from collections.abc import Iterable
from typing import Final

from archsmith.model.domain import AttributeType as T
from archsmith.model.keyspaces import Analysis, KeyPart, Keyspace, KeyspaceKind, SecondaryIndex
from archsmith.model.shapes import Field
from archsmith.verify.parity_store_kept import INT32, NUMBERS, Kept, Tree, apart, comments, line, of_model
from archsmith.verify.store_texts import COMMAND

_BSON: Final = {
    T.UUID: "binData", T.INTEGER: "int", T.DECIMAL: "decimal", T.MONEY: "decimal", T.BOOLEAN: "bool", T.DATE: "date",
    T.TIMESTAMP: "date", T.JSON: "object",
}  # fmt: skip
_POINT: Final = {
    "bsonType": "object",
    "required": ["type", "coordinates"],
    "additionalProperties": False,
    "properties": {
        "type": {"bsonType": "string", "enum": ["Point"]},
        "coordinates": {"bsonType": "array", "minItems": 2, "maxItems": 2, "items": {"bsonType": "double"}},
    },
}
"""A place in the words of GeoJSON."""


def json_tree(text: str) -> Tree:
    """A file of plain data."""
    said = json.loads(text, object_pairs_hook=apart)
    return said if isinstance(said, dict) else {"is": said}


def commands(text: str) -> Tree:
    """The commands of a file for mongosh, its comments, and whatever else stands there."""
    found = [{"by": m[1], **json.loads(m[2], object_pairs_hook=apart)} for m in COMMAND.finditer(text)]
    rest = [x for x in COMMAND.sub("", text).splitlines() if x.strip() and not x.startswith("//")]
    return {"commands": found, "comments": comments(text, "//", 2), "rest": rest}


def mongodb(of: Kept) -> dict[str, Tree]:
    """Collections with their validators, indexes and shard keys."""
    said = [command for k in of.keyspaces for command in _collection(of, k)]
    return {"collections.js": {"commands": said, "comments": of_model(of.keyspaces, of), "rest": []}}


def _collection(of: Kept, k: Keyspace) -> Iterable[Tree]:
    schema: Tree = {**_object(of.fields(k)), "description": line(k.comment)}
    for part in k.parts:
        shape = next(s for s in of.design.architecture.shapes if s.entity == part.entity)
        inner = [f for name in part.fields if (f := shape.field(name))]
        schema["properties"][part.name] = {"bsonType": "array", "maxItems": part.max_items, "items": _object(inner)}
    strict = {"validationLevel": "strict", "validationAction": "error"}
    yield {"by": "runCommand", "create": k.name, "validator": {"$jsonSchema": schema}, **strict}
    if k.indexes:
        yield {"by": "runCommand", "createIndexes": k.name, "indexes": [_index(i) for i in k.indexes]}
    if k.shards > 1:
        hashed = len(k.partition) == 1
        key: Tree = {_stored(k.partition[0].name): "hashed"} if hashed else _key(k.partition)
        yield {"by": "adminCommand", "shardCollection": f"app.{k.name}", "key": key}


def _stored(name: str) -> str:
    return "_id" if name == "id" else name


def _object(fields: Iterable[Field]) -> Tree:
    fields = list(fields)
    return {
        "bsonType": "object",
        "required": [_stored(f.name) for f in fields if f.required],
        "additionalProperties": False,
        "properties": {_stored(f.name): {**_property(f), "description": line(f.description)} for f in fields},
    }


def _property(f: Field) -> Tree:
    if f.encrypted:
        return {"bsonType": "binData"}
    if f.many:
        return {"bsonType": "array", "uniqueItems": True, "maxItems": f.max_items, "items": {"bsonType": "binData"}}
    if f.type is T.GEO:
        return _POINT
    kind = "long" if f.type is T.INTEGER and (f.maximum or 0) >= INT32 else _BSON.get(f.type, "string")
    limits: Tree = {}
    if f.states:
        limits = {"enum": list(f.states)}
    elif kind == "string":
        limits = {"minLength": f.min_length, "maxLength": f.max_length, "pattern": f.pattern or None}
    elif f.type in NUMBERS:
        limits = {"minimum": f.minimum, "maximum": f.maximum}
    return {"bsonType": kind} | {word: limit for word, limit in limits.items() if limit is not None}


def _key(parts: Iterable[KeyPart]) -> Tree:
    return {_stored(p.name): -1 if p.descending else 1 for p in parts}


def _index(i: SecondaryIndex) -> Tree:
    there = {_stored(p.name): {"$exists": True} for p in i.partition}
    return {
        "name": i.name,
        "key": _key((*i.partition, *i.order)),
        **({"unique": True, "partialFilterExpression": there} if i.unique else {}),
        **({"expireAfterSeconds": int(i.expires)} if i.expires is not None else {}),
    }


def dynamodb(of: Kept) -> dict[str, Tree]:
    """Tables with keys, indexes and the types of their attributes, and the attribute by which items end."""
    found = {f"tables/{k.name}.json": _table(of, k) for k in of.keyspaces}
    for k in of.keyspaces:
        if k.keep is not None and k.kind is not KeyspaceKind.UNIQUE:
            ends = {"Enabled": True, "AttributeName": "expires_at"}
            found[f"expiry/{k.name}.json"] = {"TableName": k.name, "TimeToLiveSpecification": ends}
    return found


def attribute_type(f: Field | None) -> str:
    """DynamoDB's type of a field; of a part of a key that is no field, text."""
    if f is None:
        return "S"
    others = {T.BOOLEAN: "BOOL", T.JSON: "M", T.GEO: "M", **dict.fromkeys(NUMBERS, "N")}
    return "B" if f.encrypted else "SS" if f.many else others.get(f.type, "S")


def _table(of: Kept, k: Keyspace) -> Tree:
    kinds = {f.name: f for f in of.fields(k)}
    parts = [*k.partition, *k.order, *(p for i in k.indexes for p in (*i.partition, *i.order))]
    types = {p.name: attribute_type(kinds.get(p.name)) for p in parts}
    all_of = {"Projection": {"ProjectionType": "ALL"}}
    indexes = [{"IndexName": i.name, "KeySchema": _schema(i.partition, i.order), **all_of} for i in k.indexes]
    return {
        "TableName": k.name,
        "AttributeDefinitions": [{"AttributeName": n, "AttributeType": kind} for n, kind in sorted(types.items())],
        "KeySchema": _schema(k.partition, k.order),
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
        "BillingMode": "PAY_PER_REQUEST",
        "SSESpecification": {"Enabled": True, **({"SSEType": "KMS"} if of.own_key else {})},
        "DeletionProtectionEnabled": True,
    }


def _schema(partition: Iterable[KeyPart], order: Iterable[KeyPart]) -> list[Tree]:
    hashed = [{"AttributeName": p.name, "KeyType": "HASH"} for p in partition]
    return [*hashed, *({"AttributeName": p.name, "KeyType": "RANGE"} for p in order)]


def cosmos(of: Kept) -> dict[str, Tree]:
    """Containers with partition keys, unique keys, indexing policy and time to live."""
    return {f"containers/{k.name}.json": {"resource": _container(k)} for k in of.keyspaces}


def _container(k: Keyspace) -> Tree:
    partition = [f"/{p.name}" for p in k.partition]
    looked_at = {f"/{p.name}" for i in k.indexes for p in (*i.partition, *i.order)} | set(partition)
    uniques = [{"paths": [f"/{p.name}" for p in i.partition]} for i in k.indexes if i.unique]
    ends = [int(i.expires) for i in k.indexes if i.expires is not None]
    return {
        "id": k.name,
        "partitionKey": {"paths": partition, "kind": "MultiHash" if len(partition) > 1 else "Hash", "version": 2},
        **({"uniqueKeyPolicy": {"uniqueKeys": uniques}} if uniques else {}),
        "indexingPolicy": {
            "indexingMode": "consistent",
            "automatic": True,
            "includedPaths": [{"path": f"{path}/?"} for path in sorted(looked_at - {"/id"})],
            "excludedPaths": [{"path": "/*"}],
            "compositeIndexes": [composite for i in k.indexes if (composite := _composite(i))],
        },
        **({"defaultTtl": ends[0]} if ends else {}),
    }


def _composite(i: SecondaryIndex) -> list[Tree]:
    parts = (*i.partition, *i.order)
    if i.unique or i.expires is not None or len(parts) < 2:
        return []
    return [{"path": f"/{p.name}", "order": "descending" if p.descending else "ascending"} for p in parts]


def opensearch(of: Kept) -> dict[str, Tree]:
    """Indexes with shards, copies, alias and mappings."""
    return {f"indexes/{k.name}.json": _search_index(of, k) for k in of.keyspaces}


def _search_index(of: Kept, k: Keyspace) -> Tree:
    return {
        "aliases": {k.name: {"is_write_index": True}},
        "settings": {"index": {"number_of_shards": k.shards, "number_of_replicas": k.copies}},
        "mappings": {"dynamic": "strict", "properties": {f.name: _mapping(k, f) for f in of.fields(k)}},
    }


_MAPPED: Final = {T.DATE: "date", T.TIMESTAMP: "date", T.BOOLEAN: "boolean", T.GEO: "geo_point"}
_STEMS: Final = {
    "ar": "arabic", "bg": "bulgarian", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "it": "italian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish", "ja": "cjk", "ko": "cjk",
    "zh": "cjk",
}  # fmt: skip


def _mapping(k: Keyspace, f: Field) -> Tree:
    how = k.analysis or Analysis(searched=(), filtered=(), sorted=())
    used = f.name in (*how.filtered, *how.sorted)
    if f.name in how.searched:
        exact = {"fields": {"exact": {"type": "keyword", "ignore_above": how.exact}}} if used else {}
        return {"type": "text", "analyzer": _STEMS.get(how.language, "standard"), **exact}
    kind = _MAPPED.get(f.type, "keyword")
    if f.scale is not None:
        kind = "scaled_float"
    elif f.type is T.INTEGER:
        kind = "long" if (f.maximum or 0) >= INT32 else "integer"
    said: Tree = {"type": kind} | ({"scaling_factor": 10**f.scale} if f.scale is not None else {})
    return said if used or kind == "geo_point" or f.name == "id" else {**said, "index": False}


def meilisearch(of: Kept) -> dict[str, Tree]:
    """Settings of indexes."""
    return {f"indexes/{k.name}.json": _settings(of, k) for k in of.keyspaces}


def _settings(of: Kept, k: Keyspace) -> Tree:
    how = k.analysis or Analysis(searched=(), filtered=(), sorted=())
    spoken: list[Tree] = [{"attributePatterns": ["*"], "locales": [how.language]}] if how.language else []
    return {
        "displayedAttributes": [f.name for f in of.fields(k) if f.shown],
        "searchableAttributes": list(how.searched),
        "filterableAttributes": list(how.filtered),
        "sortableAttributes": list(how.sorted),
        **({"localizedAttributes": spoken} if spoken else {}),
    }
