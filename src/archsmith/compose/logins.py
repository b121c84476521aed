"""Pass: who signs in to the stores that know logins. No service owns the tables that it reads and writes."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.kernel.ids import StoreId, element
from archsmith.kernel.names import snake
from archsmith.knowledge.containers import Containers, Image, Logins
from archsmith.knowledge.dialects import OWNER, RELAY_ROLE, SERVICE_ROLE
from archsmith.model.architecture import Service, Store, Topology
from archsmith.model.logins import Login

NAME_MAX: Final = 32
"""MySQL keeps names of users that short; all others more."""


def logins(ctx: Context, draft: Draft) -> None:
    """Of each store that stands by itself: its owner, where it has tables, and the services that call it or keep
    entities there."""
    containers = Containers(ctx.catalogue)
    for store in draft.stores:
        image = containers.image(store.engine)
        if image is not None and image.logins is not Logins.NONE and _alone(store):
            draft.logins += _of(draft, store, image)


def _alone(store: Store) -> bool:
    return store.host is None and store.topology is not Topology.EMBEDDED


def _of(draft: Draft, store: Store, image: Image) -> list[Login]:
    names = Unique((OWNER, SERVICE_ROLE, RELAY_ROLE))
    found = [Login(store=store.id, name=OWNER, because=store.because)] if image.logins.has_tables else []
    inside = {store.id, *(s.id for s in draft.stores if s.host == store.id)}
    roles = (SERVICE_ROLE,) if image.logins is Logins.POSTGRESQL else ()
    shared = any(t.relayed and t.tenant_column for t in draft.tables if t.store in inside)
    calling = (s for s in draft.services if _uses(draft, s, inside))
    return found + [
        Login(
            store=store.id,
            name=names.take(f"svc_{snake(s.id)}", s.id, limit=NAME_MAX),
            service=s.id,
            roles=roles,
            relay=RELAY_ROLE if roles and shared else "",
            because=store.because,
        )
        for s in calling
    ]


def _uses(draft: Draft, service: Service, stores: set[StoreId]) -> bool:
    """Whether a service calls one of these stores, is called by it, or keeps entities or counts requests there."""
    own, ends = element("service", service.id), {element("store", s) for s in stores}
    called = any({f.source, f.target} & ends and own in (f.source, f.target) for f in draft.flows)
    counted = any(limit.applies_to == own for limit in draft.rate_limits)
    counts = counted and any(k.store in stores and k.entity is None for k in draft.keyspaces)
    return called or counts or any(s.id in stores and set(s.entities) & set(service.entities) for s in draft.stores)
