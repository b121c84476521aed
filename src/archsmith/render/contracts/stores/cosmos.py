"""Containers of Azure Cosmos DB (API for NoSQL): partition key, unique keys, indexing policy, time to live."""

from collections.abc import Iterable
from typing import Any, Final

from archsmith.model.artifacts import Artifact
from archsmith.model.design import Design
from archsmith.model.keyspaces import KeyPart, Keyspace, SecondaryIndex
from archsmith.render.contracts.stores.kept import kept
from archsmith.render.contracts.stores.readme import access_patterns
from archsmith.render.view import View

ENGINES: Final = ("cosmos_db",)


def cosmos(design: Design) -> Iterable[Artifact]:
    """A file for each container, as the resource of Microsoft.DocumentDB has it, and the access patterns."""
    view = View(design)
    for store in kept(view, ENGINES):
        for keyspace in store.keyspaces:
            yield store.json(f"containers/{keyspace.name}.json", {"resource": _container(keyspace)}, [keyspace])
        made = "Each file is the `properties` of a container (`sqlDatabases/containers` of Microsoft.DocumentDB)."
        yield store.file("README.md", access_patterns(store, "Cosmos DB", made))


def _container(keyspace: Keyspace) -> dict[str, Any]:
    uniques = [{"paths": [_path(p) for p in i.partition]} for i in keyspace.indexes if i.unique]
    partition = [_path(p) for p in keyspace.partition]
    paths = sorted({_path(p) for i in keyspace.indexes for p in (*i.partition, *i.order)} | set(partition))
    expires = next((i.expires for i in keyspace.indexes if i.expires is not None), None)
    return {
        "id": keyspace.name,
        "partitionKey": {"paths": partition, "kind": "MultiHash" if len(partition) > 1 else "Hash", "version": 2},
        **({"uniqueKeyPolicy": {"uniqueKeys": uniques}} if uniques else {}),
        "indexingPolicy": {
            "indexingMode": "consistent",
            "automatic": True,
            "includedPaths": [{"path": f"{path}/?"} for path in paths if path != "/id"],
            "excludedPaths": [{"path": "/*"}],
            "compositeIndexes": [_composite(i) for i in keyspace.indexes if _is_list(i)],
        },
        **({"defaultTtl": int(expires)} if expires is not None else {}),
    }


def _is_list(index: SecondaryIndex) -> bool:
    return not index.unique and index.expires is None and len((*index.partition, *index.order)) > 1


def _composite(index: SecondaryIndex) -> list[dict[str, str]]:
    return [
        {"path": _path(p), "order": "descending" if p.descending else "ascending"}
        for p in (*index.partition, *index.order)
    ]


def _path(part: KeyPart) -> str:
    return f"/{part.name}"
