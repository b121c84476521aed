"""Pass: everything that keeps data, from sizings and from decisions for what lives inside something else."""

from typing import Final

from archsmith.compose.backups import backup_of
from archsmith.compose.context import Context, ident_of
from archsmith.compose.demand import Demand, demand_on, duty
from archsmith.compose.draft import Draft
from archsmith.compose.homes import home_of, rents
from archsmith.kernel.ids import DecisionId, EntityId, ServiceId, StoreId
from archsmith.knowledge.technologies import Technology
from archsmith.model.architecture import Backup, Store, Topology
from archsmith.model.decisions import Decision, Dimension, Sizing, StoreRole

ROLES: Final = {
    Dimension.PRIMARY_STORE: StoreRole.PRIMARY,
    Dimension.CACHE: StoreRole.CACHE,
    Dimension.BROKER: StoreRole.BROKER,
    Dimension.OBJECT_STORE: StoreRole.OBJECTS,
    Dimension.SEARCH: StoreRole.SEARCH,
    Dimension.ANALYTICS: StoreRole.ANALYTICS,
}
"""The role of a store by the dimension that chose it; SPECIAL_STORE goes by the category of its technology."""

_SPECIAL: Final = {
    "time_series": StoreRole.TIME_SERIES,
    "analytics": StoreRole.ANALYTICS,
    "key_value": StoreRole.KEY_VALUE,
    "wide_column": StoreRole.KEY_VALUE,
    "document": StoreRole.KEY_VALUE,
    "search": StoreRole.SEARCH,
    "object_store": StoreRole.OBJECTS,
    "cache": StoreRole.CACHE,
}
_NAMES: Final = {
    StoreRole.PRIMARY: "main database",
    StoreRole.CACHE: "cache",
    StoreRole.BROKER: "queue",
    StoreRole.OBJECTS: "files",
    StoreRole.SEARCH: "search",
    StoreRole.TIME_SERIES: "time series",
    StoreRole.ANALYTICS: "analytics",
    StoreRole.KEY_VALUE: "rows by key",
}
_BROKERS: Final = {"stream": "event log", "mqtt": "device gateway"}


def stores(ctx: Context, draft: Draft) -> None:
    """Sized stores first, primary ones before those inside them; then those that decisions put inside another."""
    sized = [(s, s.role) for s in ctx.decisions.sizings if s.role is not None and s.tech in ctx.technologies]
    for sizing, known in sorted(sized, key=lambda pair: pair[1] is not StoreRole.PRIMARY):
        draft.stores.append(_sized(ctx, draft, sizing, known))
    for decision in ctx.decisions.decisions:
        tech = ctx.technologies.get(decision.tech or "")
        role = ROLES.get(decision.dimension) or (
            _SPECIAL.get(tech.category) if tech and decision.dimension is Dimension.SPECIAL_STORE else None
        )
        if tech is None or role is None or not tech.kinds:
            continue
        if not any(_same(s, tech, role) for s in draft.stores):
            draft.stores.append(_embedded(ctx, draft, decision, tech, role))


def _same(store: Store, tech: Technology, role: StoreRole) -> bool:
    """Whether a store is what the decision speaks of: engines have variants (Aurora), brokers several duties."""
    return store.role is role and (role is not StoreRole.BROKER or store.engine == tech.id)


def _entities(ctx: Context, store: StoreId) -> tuple[EntityId, ...]:
    return tuple(e.id for e in ctx.domain.entities if ctx.store_of[e.id] == store)


def _owner(ctx: Context, entities: tuple[EntityId, ...]) -> ServiceId | None:
    """The service that alone keeps data in it; None where several do."""
    owners = {ctx.owner_of[e].id for e in entities} or {group.id for group in ctx.decisions.services}
    return owners.pop() if len(owners) == 1 else None


def _sized(ctx: Context, draft: Draft, sizing: Sizing, role: StoreRole) -> Store:
    ident = StoreId(ident_of(sizing.subject))
    tech = ctx.technologies[sizing.tech]
    topology = _topology(sizing, tech)
    entities = _entities(ctx, ident)
    demand = demand_on(ctx, ident, role)
    inside = topology is Topology.EMBEDDED
    host = _host(ctx, draft) if inside and in_database(tech) else None
    return Store(
        id=ident,
        name=_name(ctx, ident, role, tech),
        role=role,
        engine=tech.id,
        product=sizing.product,
        version=tech.version,
        kinds=_kinds(tech, topology, queue=role is StoreRole.BROKER and duty(ctx, ident) == "queue"),
        managed=host.managed if host else sizing.managed,
        topology=topology,
        nodes=max(1, sizing.count),
        host=host.id if host else None,
        replicas=max(0, sizing.count // sizing.shards - 2) if topology is Topology.PRIMARY_REPLICAS else 0,
        shards=sizing.shards,
        entities=entities,
        owner=_owner(ctx, entities),
        size_now=demand.size_now,
        size_horizon=demand.size_horizon,
        reads_peak=demand.reads,
        writes_peak=demand.writes,
        backup=_backup(ctx, tech, role, topology, demand, sizing.managed, sizing.shards),
        deployment=None if inside else home_of(ctx, sizing.subject),
        because=sizing.because or _because(ctx, role),
    )


def _kinds(tech: Technology, topology: Topology, *, queue: bool) -> tuple[str, ...]:
    """The component kinds; a distributed installation of its own says so (`queue_cluster`).

    What is used as a queue is no event stream, even where it could be one.
    """
    own = [kind for kind in tech.kinds if not (queue and kind == "event_stream")] or list(tech.kinds)
    clustered = [f"{kind}_cluster" for kind in own] if topology is Topology.CLUSTER else []
    replicas = ["read_replica"] if topology is Topology.PRIMARY_REPLICAS else []
    return (*own, *clustered, *replicas)


def _topology(sizing: Sizing, tech: Technology) -> Topology:
    if "embedded" in tech.traits or ("extends_postgresql" in tech.traits and not rents(sizing)):
        return Topology.EMBEDDED
    if sizing.managed and not sizing.instance:
        return Topology.PROVIDER
    each = sizing.count // max(1, sizing.shards)
    if each <= 1 and not tech.traits & {"cluster", "horizontal_writes"}:
        return Topology.SINGLE
    if sizing.count <= 1:
        return Topology.SINGLE
    if tech.traits & {"cluster", "horizontal_writes"}:
        return Topology.CLUSTER
    if each > 2 and "replicas" in tech.traits:
        return Topology.PRIMARY_REPLICAS
    return Topology.PRIMARY_STANDBY


def _embedded(ctx: Context, draft: Draft, decision: Decision, tech: Technology, role: StoreRole) -> Store:
    """A store without a sizing: inside the database, inside the process, or billed by use and not yet sized."""
    taken = {store.id for store in draft.stores}
    ident = StoreId(next(n for n in (role.value.replace("_", "-"), tech.id.replace("_", "-")) if n not in taken))
    inside = "embedded" in tech.traits
    database = _host(ctx, draft) if inside and in_database(tech) else None
    entities = _entities(ctx, ident)
    demand = demand_on(ctx, ident, role)
    return Store(
        id=ident,
        name=_name(ctx, ident, role, tech),
        role=role,
        engine=tech.id,
        product=tech.product,
        version=tech.version,
        kinds=tech.kinds,
        managed=database.managed if database else not inside,
        topology=Topology.EMBEDDED if inside else Topology.PROVIDER,
        nodes=1,
        host=database.id if database else None,
        entities=entities,
        owner=_owner(ctx, entities),
        size_now=demand.size_now,
        size_horizon=demand.size_horizon,
        reads_peak=demand.reads,
        writes_peak=demand.writes,
        backup=_backup(ctx, tech, role, Topology.EMBEDDED, demand, managed=False),
        because=(decision.id,),
    )


def in_database(tech: Technology) -> bool:
    """Whether what is embedded lives in the database rather than in the process or on the machine's disk."""
    return tech.id.startswith("postgresql") or bool(tech.traits & {"extends_postgresql", "in_primary"})


def _backup(
    ctx: Context,
    tech: Technology,
    role: StoreRole,
    topology: Topology,
    demand: Demand,
    managed: bool,
    shards: int = 1,
) -> Backup | None:
    """What lives in the database is in its copies; files on a disk of the machine need copies of their own."""
    if topology is Topology.EMBEDDED and in_database(tech):
        return None
    single = Topology.SINGLE if topology is Topology.EMBEDDED else topology
    return backup_of(ctx, role, single, demand.size_horizon, managed, demand.writes, shards)


def _host(ctx: Context, draft: Draft) -> Store | None:
    return next((s for s in draft.stores if s.id == ctx.primary_store), None)


def _name(ctx: Context, ident: StoreId, role: StoreRole, tech: Technology) -> str:
    """`main database` for the one of its role; a log of events and a device gateway are no queues; else with its id."""
    name = _BROKERS.get(tech.category, _NAMES[role]) if role is StoreRole.BROKER else _NAMES[role]
    several = sum(1 for s in ctx.decisions.sizings if s.role is role and s.tech == tech.id) > 1
    return f"{name} {ident}" if several else name


def _because(ctx: Context, role: StoreRole) -> tuple[DecisionId, ...]:
    found = [dimension for dimension, of in ROLES.items() if of is role]
    return ctx.because(*(found or [Dimension.SPECIAL_STORE]))
