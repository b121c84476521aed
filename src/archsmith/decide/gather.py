"""Demand out of what elicit and derive found."""

from collections.abc import Callable

from archsmith.decide import regional, signals
from archsmith.decide.demand import Demand
from archsmith.decide.grouping import arriving
from archsmith.decide.keyed import keyed
from archsmith.decide.partition import bonds, contexts, crossings
from archsmith.decide.sources import sources
from archsmith.decide.staleness import RANK, at_edge, cacheable, hits, served, tolerant
from archsmith.formulas.sizing import search_factor
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Assumed, Fact, Given, Stated
from archsmith.kernel.units import Count, UsdPerHour
from archsmith.knowledge.billing import calls_month, connecting, files_of_a_month
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import REGIONS
from archsmith.knowledge.naming import Naming
from archsmith.knowledge.streams import MASS, is_stream
from archsmith.knowledge.technologies import of_category
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.domain import READS, Access, Consistency, DataClass, Derivation, Domain, Entity, Operation
from archsmith.model.requirements import OperationKind, RegimeStatus, Requirements

_ADDING = frozenset({Access.APPEND, Access.CREATE, Access.IMPORT, Access.NOTIFY})
"""What leaves the rows that are there as they are."""
_CHANGING = frozenset({Access.UPDATE, Access.TRANSITION})
_OVERHEAD = 1.5
"""Indexes and dead rows on top of the rows."""


def gather(requirements: Requirements, derivation: Derivation, catalogue: Catalogue, *, bound: bool = True) -> Demand:
    """All that the options and constraints ask for. Rates of the workload are those of the planning horizon.

    `bound`: with the requirements that stand behind it, which only the argument needs.
    """
    domain, load, targets = derivation.domain, derivation.workload, derivation.targets
    naming = Naming(catalogue)
    entities = {e.id: e for e in domain.entities}
    outside = [o for o in domain.operations if o.kind not in (OperationKind.BATCH, OperationKind.EVENT)]
    growth = {e.id: e.rows_per_month.value / 2_630_000 for e in domain.entities}
    stream_ops = [o for o in outside if is_stream(o, growth[o.entity])]
    stream = sum(o.peak.value for o in stream_ops)
    stream_average = sum(o.average.value for o in stream_ops)
    web_ops = [o for o in outside if o not in stream_ops]
    web = max(sum(o.peak.value for o in web_ops), load.peak.value - stream, 0.01)
    web_average = max(min(sum(o.average.value for o in web_ops), web), load.average.value - stream_average, 0.0001)
    queries = [o for o in web_ops if o.kind is OperationKind.QUERY]
    asked = sum(o.peak.value for o in queries)
    reads = web * load.reads.value if not web_ops else web * asked / max(1e-9, sum(o.peak.value for o in web_ops))
    kept = [o for o in queries if cacheable(o, entities)]
    found = sum(o.peak.value * hits(o, entities, catalogue) for o in kept)
    massive = _massive(domain, stream_ops)
    device_actors: set[str] = {a.id for a in domain.actors if naming.has_one("sending_words", a.name)}
    series = tuple(e.id for e in massive if _is_reading(e, stream_ops, device_actors, naming))
    rows = keyed(domain, stream_ops, series, tradeoff(catalogue, "keyed.partition_gb"))
    logs = tuple(e.id for e in massive if e.id not in (*series, *rows.entities))
    files = [e for e in domain.entities if e.blob_bytes.value > 0]
    traffic = files_of_a_month(derivation)
    imports = [o for o in domain.operations if o.access is Access.IMPORT and o.request_bytes.value > 1e6]
    usual = Count(catalogue.table(CAPACITY)["sql.search_rows"].value)
    groups = contexts(domain)
    teams = round(targets.teams.value)
    owned = contexts(domain, teams) if teams > 1 else groups
    pushed = any(o.real_time for o in domain.operations) or signals.wants_push(requirements)
    regimes = {r.id.upper() for r in requirements.regimes if r.status is RegimeStatus.REQUIRED}
    worst = max((e.data_class for e in domain.entities), key=RANK.__getitem__, default=DataClass.INTERNAL)
    codes = catalogue.table(REGIONS)
    near = tuple(dict.fromkeys(_place(f.value, naming) for f in requirements.needs.homes if f.value not in codes))
    notifying = [o for o in domain.operations if o.access is Access.NOTIFY or (o.calls and not o.calls_sync)]
    async_work = bool(notifying or domain.events) or any(o.kind is OperationKind.BATCH for o in domain.operations)
    emitting = [o for o in domain.operations if o.emits or (o.calls and not o.calls_sync)]
    messages = sum(o.peak.value for o in emitting)
    messages = max(messages, sum(o.peak.value for o in notifying))
    messages_average = sum(o.average.value for o in emitting)
    behind = [o for o in domain.operations if o.kind in (OperationKind.BATCH, OperationKind.EVENT)]
    jobs = [*emitting, *behind]
    apart = {*series, *logs, *rows.entities}
    asked_behind = [o for o in behind if o.entity not in apart]
    written_behind = [o for o in (*asked_behind, *stream_ops) if o.entity not in apart and o.access not in READS]
    series_gb = sum(entities[i].rows.value * entities[i].row_bytes.value for i in series) / 1e9
    logs_gb = sum(entities[i].rows.value * entities[i].row_bytes.value for i in logs) / 1e9
    masses = {*series, *logs, *rows.entities}
    plain = sum(e.rows.value * e.row_bytes.value for e in domain.entities if e.id not in masses) / 1e9
    lost = regional.lost_region(requirements)
    stored = max(0.05, min(load.stored_3y.value / 1e9, plain * _OVERHEAD))
    return Demand(
        web=web,
        web_average=web_average,
        reads=reads,
        writes=max(0.0, web - reads),
        cacheable=reads * _share(queries, lambda o: o in kept),
        served=served(kept, entities),
        hit=found / max(1e-9, sum(o.peak.value for o in kept)),
        at_edge=reads * _kept(queries, domain, catalogue, times=1) / max(1e-9, sum(o.peak.value for o in queries)),
        edge_hit=_kept(queries, domain, catalogue, times=2) / max(1e-9, _kept(queries, domain, catalogue, times=1)),
        tolerant=reads * _share(queries, lambda o: tolerant(o, tradeoff(catalogue, "store.replica_lag"))),
        searches=sum(o.peak.value for o in queries if o.access is Access.SEARCH),
        search_work=sum(
            o.peak.value * search_factor(entities[o.entity].rows.value, usual)
            for o in queries
            if o.access is Access.SEARCH
        ),
        search_wants=signals.search_wants(requirements),
        stream=stream,
        stream_average=stream_average,
        messages=messages,
        messages_average=messages_average,
        jobs=sum(o.peak.value for o in jobs),
        jobs_average=sum(o.average.value for o in jobs),
        behind_reads=sum(o.peak.value for o in asked_behind if o.access in READS),
        behind_writes=sum(o.peak.value for o in written_behind),
        users=load.users.value,
        connections=max(load.connections.value, load.concurrent.value if pushed else 0.0),
        devices=bool(device_actors),
        mqtt=signals.mentions_mqtt(requirements) or bool(device_actors and load.connections.value > 100 and series),
        peak_factor=max(1.0, load.peak_factor.value, web / max(web_average, 1e-9)),
        database_gb=stored,
        series_gb=series_gb,
        logs_gb=logs_gb,
        series=series,
        logs=logs,
        keyed=rows,
        files=bool(files or imports),
        files_gb=max(load.blobs_3y.value / 1e9, 1.0 if imports else 0.0),
        egress_gb=traffic.egress_gb,
        file_egress_gb=traffic.file_gb,
        media_gb=traffic.file_gb,
        new_files_gb=traffic.new_gb,
        file_reads=traffic.reads,
        file_writes=traffic.writes,
        calls=calls_month(catalogue, domain.systems, domain.operations),
        systems=len(domain.systems),
        connecting=connecting(domain.operations),
        load_factor=max(1.0, load.peak_factor.value),
        strict=any(_atomic(o, entities) for o in domain.operations),
        requests_month=(web_average + stream_average) * 2_630_000,
        public=any(not a.internal for a in domain.actors),
        real_time=pushed,
        two_way=any(o.real_time and o.kind is OperationKind.COMMAND for o in domain.operations),
        push_within=min(
            (o.freshness.value if o.freshness else 1.0 for o in domain.operations if o.real_time),
            default=5.0 if pushed else 60.0,
        ),
        slow_master=any(e.master for e in domain.entities) or any(s.masters for s in requirements.systems),
        shared_state=_shared_state(web, web_ops, domain.multi_tenant.value) or (pushed and stream > 0),
        aggregates=sum(o.peak.value for o in queries if o.access is Access.AGGREGATE),
        async_work=async_work,
        partners=any(s.kind == "partner" for s in domain.systems) or bool(device_actors),
        workforce_sign_in=signals.workforce_sign_in(requirements),
        mfa=signals.wants_mfa(requirements),
        multi_tenant=domain.multi_tenant.value,
        modules=max(1, len(set(groups.values()))),
        crossings=crossings(domain, groups),
        crossings_of_teams=crossings(domain, owned),
        owned=sum(1 for e in domain.entities if e.owner is not None or e.tenant_scoped),
        shared=len(signals.sharing(requirements)),
        bonds=bonds(domain, groups),
        bonds_of_teams=bonds(domain, owned),
        ingests=bool(arriving(domain, {*series, *logs})),
        events=len(domain.events),
        data_class=worst,
        team=max(1, round(targets.team.value)),
        teams=max(1, round(targets.teams.value)),
        skills=signals.skills(requirements, of_category(catalogue, "language")),
        relations=sum(len(e.relations) for e in domain.entities),
        finders=sum(1 for o in domain.operations if o.kind is OperationKind.QUERY and o.access is not Access.GET),
        batches=sum(1 for o in domain.operations if o.kind is OperationKind.BATCH or o.access is Access.EXPORT),
        hourly=targets.hourly_rate.value,
        horizon=max(1.0, targets.horizon.value),
        outage=_outage(targets.outage_cost, catalogue),
        headroom=min(0.8, max(0.0, targets.headroom.value)),
        availability=targets.availability.value,
        latency=targets.latency_p95.value,
        tightest=min((o.latency_p95.value for o in outside), default=targets.latency_p95.value),
        rpo=targets.rpo.value,
        rto=targets.rto.value,
        budget=targets.budget.value if targets.budget else None,
        on_premises=bool(requirements.needs.on_premises and requirements.needs.on_premises.value),
        offline=bool(requirements.needs.offline and requirements.needs.offline.value),
        places=tuple(
            dict.fromkeys(
                _place(f.value, naming)
                for f in (*requirements.needs.regions, *targets.regions)
                if not isinstance(f.why, Assumed) and f.value not in codes
            )
        ),
        near=near or tuple(dict.fromkeys(_place(f.value, naming) for f in targets.regions)),
        baa="HIPAA" in regimes,
        pci=any(e.data_class is DataClass.CARD for e in domain.entities),
        cards=any(r.startswith("PCI") for r in regimes) or worst is DataClass.CARD,
        apart=signals.apart(requirements),
        lost_region=lost.requirements,
        region_rpo=lost.rpo,
        region_rto=lost.rto,
        all_serve=lost.all_serve,
        together=tuple(o.name for o in domain.operations if o.touches and o.kind is OperationKind.COMMAND),
        soft=_soft(derivation),
        binding=sources(requirements, derivation, lambda o: _atomic(o, entities), lambda o: o in stream_ops)
        if bound
        else {},
        weights={w.quality: w.weight for w in requirements.priorities},
    )


def _massive(domain: Domain, streams: list[Operation]) -> list[Entity]:
    """Entities that streams add to, or that grow by masses without a person's command behind each row.

    Not records that change, however often: they belong where they change at once, in a transaction.
    """
    rates: dict[EntityId, float] = {}
    added: dict[EntityId, float] = {}
    for op in streams:
        rates[op.entity] = rates.get(op.entity, 0.0) + op.average.value
        if op.access in _ADDING:
            added[op.entity] = added.get(op.entity, 0.0) + op.average.value
    changed = {o.entity for o in domain.operations if o.access in _CHANGING}
    people = {a.id for a in domain.actors}
    commanded = {
        o.entity
        for o in domain.operations
        if o.kind is OperationKind.COMMAND and o not in streams and o.actor in people and o.average.value >= 1.0
    }
    told = {o.entity for o in domain.operations} - {
        o.entity for o in domain.operations if o.access is not Access.NOTIFY
    }
    found = []
    for e in domain.entities:
        grows = e.rows_per_month.value / 2_630_000 >= MASS
        masses = grows and (rates.get(e.id, 0.0) >= MASS or e.id not in commanded)
        if e.id not in told and (masses or (added.get(e.id, 0.0) >= MASS and e.id not in changed)):
            found.append(e)
    return found


def _is_reading(entity: Entity, streams: list[Operation], devices: set[str], naming: Naming) -> bool:
    named = naming.has_one("reading_words", entity.name)
    return named or any(o.entity == entity.id and o.actor in devices for o in streams)


def _kept(queries: list[Operation], domain: Domain, catalogue: Catalogue, *, times: int) -> float:
    """Queries a second at the peak that an edge network would answer; with `times` 2, those of them that a cache behind
    it would answer as well."""
    entities = {e.id: e for e in domain.entities}
    inside = {a.id for a in domain.actors if a.internal}
    kept = (o for o in queries if at_edge(o, entities, inside))
    return sum(o.peak.value * hits(o, entities, catalogue) ** times for o in kept)


def _share(ops: list[Operation], holds: Callable[[Operation], bool]) -> float:
    total = sum(o.peak.value for o in ops)
    return sum(o.peak.value for o in ops if holds(o)) / total if total else 0.0


def _shared_state(web: float, ops: list[Operation], tenants: bool) -> bool:
    positions = any(o.kind is OperationKind.COMMAND and o.access is Access.UPDATE and o.average.value >= 5 for o in ops)
    return positions or (tenants and web > 50)


def _atomic(operation: Operation, entities: dict[EntityId, Entity]) -> bool:
    """Whether a command moves money or changes several things at once."""
    money = {DataClass.FINANCIAL, DataClass.CARD}
    return (
        operation.kind is OperationKind.COMMAND
        and operation.consistency is Consistency.STRONG
        and (bool(operation.touches) or entities[operation.entity].data_class in money)
    )


def _place(word: str, naming: Naming) -> str:
    plain = word.strip().lower().replace(" ", "_")
    if plain in ("gb", "united_kingdom", "england", "britain"):
        return "uk"
    if plain in ("usa", "united_states"):
        return "us"
    return "eu" if naming.has("european_places", plain) else plain


def _outage(cost: Fact[UsdPerHour], catalogue: Catalogue) -> float:
    """USD an hour; capped where nobody stated it, so that a guess does not decide alone."""
    if isinstance(cost.why, Stated | Given):
        return cost.value
    return min(cost.value, tradeoff(catalogue, "outage.unstated_cap"))


def _soft(derivation: Derivation) -> frozenset[str]:
    targets = derivation.targets
    named: dict[str, Fact[float] | None] = {
        "availability": targets.availability,  # type: ignore[dict-item]  # a NewType of float
        "rpo": targets.rpo,  # type: ignore[dict-item]
        "rto": targets.rto,  # type: ignore[dict-item]
        "budget": targets.budget,  # type: ignore[dict-item]
    }
    return frozenset(name for name, fact in named.items() if fact is not None and isinstance(fact.why, Assumed))
