"""From services to what keeps their data."""

from archsmith.compose.actors import reads
from archsmith.compose.context import Context, service_element
from archsmith.compose.demand import cached, takers, touching
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import add
from archsmith.compose.flows.entry import on_path
from archsmith.compose.flows.outside import apart
from archsmith.compose.flows.rules import deadline, rounded, statement_timeout
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import listed
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Mode, Service, Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, Operation

_PROTOCOLS = {
    "relational": "SQL over TLS",
    "time_series": "HTTPS",
    "cache": "RESP over TLS",
    "search": "HTTPS",
    "analytics": "SQL over HTTPS",
    "object_store": "S3 over HTTPS",
    "document": "MongoDB wire protocol over TLS",
    "wide_column": "CQL over TLS",
    "key_value": "HTTPS",
}


def to_stores(ctx: Context, draft: Draft) -> None:
    """Each service to each store that one of its operations needs; brokers have flows of their own."""
    taken = takers(ctx, draft)
    for service in draft.services:
        mine = {o for o in service.operations if taken.get(o, service.id) == service.id}
        mine |= {o for o, taker in taken.items() if taker == service.id}
        own = [o for o in ctx.domain.operations if o.id in mine]
        for store in draft.stores:
            used = [o for o in own if o in _users(ctx, store) and _directly(ctx, draft, service, o)]
            if store.role is not StoreRole.BROKER and used:
                _flow(ctx, draft, service, store, used)


def _directly(ctx: Context, draft: Draft, service: Service, operation: Operation) -> bool:
    """Microservices reach only what they own; the parts of one code base reach the store that they share."""
    if not apart(draft):
        return True
    return any(ctx.owner_of[e].id == service.id for e in (operation.entity, *operation.touches))


def _serves(ctx: Context, store: Store, copy: Store) -> bool:
    """Whether `store` holds the truth of something that `copy` answers for."""
    return any(o.entity in store.entities for o in _users(ctx, copy))


def _users(ctx: Context, store: Store) -> list[Operation]:
    """The operations that need a store."""
    match store.role:
        case StoreRole.CACHE:
            return cached(ctx, store.id)
        case StoreRole.SEARCH:
            return [o for o in ctx.domain.operations if o.access is Access.SEARCH]
        case StoreRole.OBJECTS:
            filed = {e.id for e in ctx.domain.entities if e.blob_bytes.value > 0}
            filed |= {p.entity for p in ctx.decisions.placements if store.id in p.copies}
            return [o for o in touching(ctx, filed) if not reads(o) or ctx.naming.has("download_verbs", o.verb)]
        case _:
            copied = {p.entity for p in ctx.decisions.placements if store.id in p.copies}
            return touching(ctx, set(store.entities) | copied)


def _flow(ctx: Context, draft: Draft, service: Service, store: Store, used: list[Operation]) -> None:
    inside = store.topology is Topology.EMBEDDED
    tech = ctx.technologies.get(store.engine)
    protocol = _PROTOCOLS.get(tech.category if tech else "", "TLS")
    if tech is not None and "extends_postgresql" in tech.traits:
        protocol = "SQL over TLS"
    if inside:
        protocol = "SQL over TLS" if store.host else "in process"
    kept = set(store.entities)
    touched = [e for o in used for e in (o.entity, *o.touches) if not kept or e in kept]
    entities = dict.fromkeys(ctx.entities[e].plural for e in touched)
    budget = deadline(ctx, used, len(on_path(draft)) + 1)
    add(
        draft,
        service_element(service.id),
        element("store", store.id),
        Mode.SYNC,
        protocol,
        _label(store, used, list(entities)),
        used,
        because=store.because,
        timeout=_timeout(ctx, store, budget),
        fallback=_fallback(ctx, draft, store, list(entities)),
        encrypted=protocol != "in process",
    )


def _timeout(ctx: Context, store: Store, budget: Seconds) -> Seconds | None:
    if store.topology is Topology.EMBEDDED and store.host is None:
        return None
    if store.role is StoreRole.CACHE:
        return rounded(min(ctx.parameter("timeout.cache"), budget / 2.0))
    return statement_timeout(ctx, budget)


def _label(store: Store, used: list[Operation], entities: list[str]) -> str:
    looked, changed = any(reads(o) for o in used), any(not reads(o) for o in used)
    doing = "reads and writes" if looked and changed else "reads" if looked else "writes"
    return f"looks up {listed(entities)}" if store.role is StoreRole.CACHE else f"{doing} {listed(entities)}"


def _fallback(ctx: Context, draft: Draft, store: Store, entities: list[str]) -> str:
    names = listed(entities, 3)
    behind = [s.name for s in draft.stores if s.entities and _serves(ctx, s, store)] or ["main database"]
    main = listed(behind)
    match store.role:
        case StoreRole.CACHE:
            return f"reads {names} from the {main}; what it had is computed again, one caller at a time"
        case StoreRole.SEARCH:
            return f"finds {names} by their exact fields in the {main}"
        case StoreRole.OBJECTS:
            return f"shows {names} without their files, and takes new files later"
        case StoreRole.ANALYTICS:
            return f"figures about {names} show the time of their last update"
        case _ if store.topology in (Topology.PRIMARY_STANDBY, Topology.PRIMARY_REPLICAS, Topology.CLUSTER):
            return f"answers 503 with Retry-After for {names} while a standby takes over"
        case _ if store.topology is Topology.PROVIDER:
            return f"answers 503 with Retry-After for {names} until {store.product} answers again; nothing is lost"
        case _:
            return f"answers 503 with Retry-After for {names}; back by a restart or the latest backup"
