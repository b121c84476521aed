"""Services and modules out of the style, and where each entity's rows live."""

from archsmith.decide.demand import Demand
from archsmith.decide.dimensions.keyed import APART
from archsmith.decide.option import Option
from archsmith.decide.partition import contexts, why_apart
from archsmith.decide.words import short
from archsmith.kernel.ids import EntityId, ServiceId, StoreId
from archsmith.kernel.names import slug
from archsmith.model.decisions import Module, Placement, ServiceGroup
from archsmith.model.domain import Access, Consistency, Domain, Entity, Operation, same_for_all
from archsmith.model.requirements import OperationKind

PER_CONTEXT, PER_TEAM = "microservices", "microservices/teams"
"""Keys of the two ways to cut a system into services that own their data."""
_OWN_STORE = frozenset({"timescaledb", "influxdb", "clickhouse", "bigquery", *APART})


def services(domain: Domain, demand: Demand, style: str) -> tuple[ServiceGroup, ...]:
    """The deployables of a style. Every entity and every operation is in exactly one of them."""
    if style == PER_CONTEXT:
        return _by_context(domain, demand.modules, "one of its contexts")
    if style == PER_TEAM:
        return _by_context(domain, demand.teams, f"one of {demand.teams} teams")
    if style == "event_driven":
        return _around_events(domain, demand)
    everything = tuple(e.id for e in domain.entities)
    reason = {
        "monolith": "one deployable: a team this small gains nothing from inner borders that a build has to check",
        "serverless": "one code base, deployed as functions",
    }.get(
        style,
        "one deployable whose modules follow what changes together; a module can leave later through its own face",
    )
    return (
        ServiceGroup(
            id=ServiceId("app"),
            name=short(domain.title),
            purpose="Serves all operations and runs the background jobs",
            entities=everything,
            operations=tuple(o.id for o in domain.operations),
            modules=_modules(domain, everything),
            reason=reason,
        ),
    )


def _modules(domain: Domain, entities: tuple[EntityId, ...]) -> tuple[Module, ...]:
    groups, names = contexts(domain), {e.id: e.plural or e.name for e in domain.entities}
    found: dict[EntityId, list[EntityId]] = {}
    for entity in entities:
        found.setdefault(groups[entity], []).append(entity)
    return tuple(Module(name=slug(names[head]), entities=tuple(members)) for head, members in found.items())


def _group(
    domain: Domain,
    ident: str,
    name: str,
    purpose: str,
    entities: tuple[EntityId, ...],
    ops: list[Operation],
    reason: str,
) -> ServiceGroup:
    return ServiceGroup(
        id=ServiceId(ident),
        name=name,
        purpose=purpose,
        entities=entities,
        operations=tuple(o.id for o in ops),
        modules=_modules(domain, entities),
        reason=reason,
    )


def _by_context(domain: Domain, most: int, owner: str) -> tuple[ServiceGroup, ...]:
    groups, names = contexts(domain, most), {e.id: e.name for e in domain.entities}
    found = []
    for head in dict.fromkeys(groups.values()):
        members = tuple(e for e, h in groups.items() if h == head)
        ops = [o for o in domain.operations if groups[o.entity] == head]
        found.append(
            _group(
                domain,
                slug(names[head]),
                names[head],
                f"Owns {', '.join(names[m] for m in members)}",
                members,
                ops,
                why_apart(domain, members, ops, owner),
            )
        )
    return tuple(found)


def _around_events(domain: Domain, demand: Demand) -> tuple[ServiceGroup, ...]:
    masses = set(demand.series) | set(demand.logs)
    streams = arriving(domain, masses)
    if streams:
        taken_in = {o.entity for o in streams}
        worked = [o for o in domain.operations if o not in streams and _is_work(o, masses)]
        ingested = tuple(e.id for e in domain.entities if e.id in taken_in)
        processed = tuple(
            e.id
            for e in domain.entities
            if e.id not in taken_in and (e.id in masses or _only_worked(e, domain, worked))
        )
        rest = tuple(e.id for e in domain.entities if e.id not in ingested and e.id not in processed)
        others = [o for o in domain.operations if o not in streams and o not in worked]
        return (
            _group(
                domain,
                "app",
                f"{short(domain.title)} application",
                "Serves people and partners",
                rest,
                others,
                "changes with what people ask for, and stays up when the stream is late",
            ),
            _group(
                domain,
                "ingest",
                "Ingest",
                "Takes the stream in, answers at once, writes to the log",
                ingested,
                streams,
                f"carries {demand.stream:,.0f} messages/s and is scaled by them alone",
            ),
            _group(
                domain,
                "processing",
                "Processing",
                "Reads the log: windows, sums, verdicts, alarms",
                processed,
                worked,
                "may fall behind and catch up without anyone waiting",
            ),
        )
    worked = [o for o in domain.operations if _is_work(o, masses)]
    others = [o for o in domain.operations if o not in worked]
    return (
        _group(
            domain,
            "app",
            f"{short(domain.title)} application",
            "Accepts requests and records them",
            tuple(e.id for e in domain.entities),
            others,
            "the path that must stay up",
        ),
        _group(
            domain, "worker", "Worker", "Does what nobody waits for", (), worked, "follows the queue at its own pace"
        ),
    )


def arriving(domain: Domain, masses: set[EntityId]) -> list[Operation]:
    """What streams in: by its kind, or as rows that are appended in masses."""
    return [
        o
        for o in domain.operations
        if o.kind is OperationKind.STREAM or (o.entity in masses and o.access is Access.APPEND)
    ]


def _is_work(op: Operation, masses: set[EntityId]) -> bool:
    return op.kind in (OperationKind.BATCH, OperationKind.EVENT) or op.access in (Access.NOTIFY, Access.COMPUTE)


def _only_worked(entity: Entity, domain: Domain, worked: list[Operation]) -> bool:
    ops = [o for o in domain.operations if o.entity == entity.id]
    return bool(ops) and all(o in worked for o in ops)


def placements(domain: Domain, demand: Demand, chosen: dict[str, Option]) -> tuple[Placement, ...]:
    """The store that holds each entity's rows, and the stores that hold copies."""
    special = {
        **dict.fromkeys(demand.series, ("series", "timeseries")),
        **dict.fromkeys(demand.logs, ("analytics", "analytics")),
        **dict.fromkeys(demand.keyed.entities, ("keyed", "keyed")),
    }
    searched = {o.entity for o in domain.operations if o.access is Access.SEARCH}
    found = []
    for entity in domain.entities:
        home = "primary"
        if entity.id in special:
            axis, store = special[entity.id]
            home = store if chosen[axis].id in _OWN_STORE else "primary"
        copies = []
        if chosen["objects"].id != "none" and (
            entity.blob_bytes.value > 0 or (home == "analytics" and demand.heavy_stream)
        ):
            copies.append("objects")
        if entity.id in searched and chosen["search"].id in ("opensearch", "meilisearch"):
            copies.append("search")
        if chosen["cache"].id != "none" and _hot(entity, domain):
            copies.append("cache")
        found.append(Placement(entity=entity.id, store=StoreId(home), copies=tuple(StoreId(c) for c in copies)))
    return tuple(found)


def _hot(entity: Entity, domain: Domain) -> bool:
    return entity.master is not None or any(
        o.entity == entity.id
        and o.kind is OperationKind.QUERY
        and o.consistency is not Consistency.STRONG
        and same_for_all(entity, o)
        for o in domain.operations
    )
