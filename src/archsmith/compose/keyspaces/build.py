"""Pass: what each store that is no relational database keeps, by the habits of its engine."""

from collections.abc import Callable
from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.keyspaces.caches import cached_answers, shared_state
from archsmith.compose.keyspaces.columnar import columns, measurements
from archsmith.compose.keyspaces.documents import documents
from archsmith.compose.keyspaces.items import items
from archsmith.compose.keyspaces.made import Making
from archsmith.compose.keyspaces.objects import prefixes
from archsmith.compose.keyspaces.searches import search_index
from archsmith.compose.keyspaces.support import DOCUMENTS, support
from archsmith.compose.keyspaces.wide import by_query, by_row_key
from archsmith.compose.names import Unique
from archsmith.model.architecture import Store
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, Entity
from archsmith.model.keyspaces import Keyspace

Maker = Callable[[Making], list[Keyspace]]

MAKERS: Final[dict[str, Maker]] = {
    "mongodb": documents,
    "documentdb": documents,
    "cosmos_db": documents,
    "dynamodb": items,
    "cassandra": by_query,
    "bigtable": by_row_key,
    "clickhouse": columns,
    "bigquery": columns,
    "influxdb": measurements,
    "opensearch": search_index,
    "meilisearch": search_index,
    "valkey": cached_answers,
    "redis": cached_answers,
    "in_process_cache": cached_answers,
    "postgresql_cache": cached_answers,
    "s3": prefixes,
    "gcs": prefixes,
    "azure_blob": prefixes,
    "hetzner_objects": prefixes,
    "r2": prefixes,
    "seaweedfs": prefixes,
    "local_files": prefixes,
}
"""By engine: what an entity becomes in it."""
SHARED_MEMORY: Final = frozenset({"valkey", "redis"})


def keyspaces(ctx: Context, draft: Draft) -> None:
    """Store by store, the entities in the order of the domain; then what a shared memory keeps for the services."""
    for store in draft.stores:
        make = MAKERS.get(store.engine)
        if make is None:
            continue
        names = Unique()
        for entity in _kept(ctx, store):
            draft.keyspaces += make(Making(ctx, draft, store, entity, names))
        if store.engine in ("dynamodb", *DOCUMENTS):
            draft.keyspaces += support(ctx, draft, store, names)
        if store.engine in SHARED_MEMORY and store.role is StoreRole.CACHE:
            draft.keyspaces += shared_state(ctx, draft, store, names)


def _kept(ctx: Context, store: Store) -> list[Entity]:
    """The entities whose truth or whose copy is in the store; where nobody placed any, those that its work is about."""
    placed = {p.entity for p in ctx.decisions.placements if store.id in (p.store, *p.copies)}
    placed |= {e for e, home in ctx.store_of.items() if home == store.id}
    if not placed and store.role is StoreRole.SEARCH:
        placed = {o.entity for o in ctx.domain.operations if o.access is Access.SEARCH}
    if not placed and store.role is StoreRole.OBJECTS:
        placed = {e.id for e in ctx.domain.entities if e.blob_bytes.value > 0}
    if not placed and store.role is StoreRole.CACHE:
        placed = {o.entity for o in ctx.domain.operations if o.freshness is not None}
    return [e for e in ctx.domain.entities if e.id in placed]
