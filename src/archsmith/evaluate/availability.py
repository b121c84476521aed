"""Availability: what each SLO covers, part by part, with redundancy; and the error budget that the target leaves."""

import math
from collections.abc import Iterator, Mapping

from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.formulas.availability import downtime, lost_by_releases, pool, redundant, series
from archsmith.kernel.ids import ElementId, OperationId, ServiceId, element
from archsmith.kernel.phrases import duration, percent
from archsmith.kernel.units import MONTH, Days, Probability, Ratio, Seconds
from archsmith.knowledge.prices import PROMISES, Promise
from archsmith.knowledge.releases import RELEASE_WAYS, by_releases
from archsmith.knowledge.technologies import Offer
from archsmith.knowledge.thirdparty import THIRD_PARTIES
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Deployment, Edge, Mode, Slo, Store, Topology
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.report import PartAvailability, PathAvailability

_MONTH_DAYS = Days(MONTH / 86_400.0)
_ENTRY = ("load_balancer", "api_gateway", "waf")


def availability(stack: Stack, stations: Mapping[str, Station]) -> tuple[PathAvailability, ...]:
    """A row for each availability SLO, in their order."""
    return tuple(_path(stack, slo, stations) for slo in stack.view.architecture.slos if slo.indicator == "availability")


def _path(stack: Stack, slo: Slo, stations: Mapping[str, Station]) -> PathAvailability:
    parts = tuple(_parts(stack, slo, stations))
    predicted = series([p.result for p in parts])
    budget = downtime(slo.objective, _MONTH_DAYS)
    down = downtime(predicted, _MONTH_DAYS)
    factors = " x ".join(f"{percent(p.result)} {stack.view.name(p.element)}" for p in parts)
    return PathAvailability(
        slo=slo.id,
        predicted=predicted,
        target=slo.objective,
        met=predicted >= slo.objective,
        downtime_month=Seconds(down),
        error_budget_month=Seconds(budget),
        parts=parts,
        formula=f"{factors} = {percent(predicted)}; down {duration(down)} a month of {duration(budget)} allowed",
    )


def _parts(stack: Stack, slo: Slo, stations: Mapping[str, Station]) -> Iterator[PartAvailability]:
    """Edges in front, the services that answer, the stores they cannot do without, the systems they wait for."""
    view = stack.view
    services = _services(stack, slo)
    entries = [
        e for e in view.architecture.edges if e.kind in _ENTRY
    ]  # a failing CDN is passed by, to the entry behind it, which may be the platform's own
    for edge in entries:
        served = {element("service", s) for s in services}
        if edge.host is None and (not edge.serves or served & set(edge.serves)):
            yield from _edge(stack, edge)
    seen: set[str] = set()
    for ident in services:
        own = element("service", ident)
        deployment = view.deployments.get(own)
        if deployment is None or deployment.id in seen:
            continue
        seen.add(deployment.id)
        yield _service(stack, own, deployment, stations)
    for store in _stores(stack, services):
        deployment = view.deployments.get(element("store", store.id))
        if deployment is not None and deployment.id in seen:
            yield _process(stack, store)
        else:
            yield _store(stack, store)
    yield from _sign_in(stack)
    yield from _systems(stack, slo, services)


def _services(stack: Stack, slo: Slo) -> tuple[ServiceId, ...]:
    """The services an SLO speaks of (its own, its operation's, or all that callers reach) and those they wait for."""
    view = stack.view
    kind, _, ident = slo.subject.partition(":")
    if kind == "service" and ident in view.services:
        start = [ServiceId(ident)]
    elif kind == "operation" and OperationId(ident) in view.service_of:
        start = [view.service_of[OperationId(ident)].id]
    else:
        start = [s.id for s in view.architecture.services if not s.worker or len(view.architecture.services) == 1]
    found: dict[ServiceId, None] = {}
    while start:
        ident_ = start.pop(0)
        if ident_ in found:
            continue
        found[ident_] = None
        for flow in view.flows_from.get(element("service", ident_), ()):
            if flow.mode is Mode.SYNC and flow.target.startswith("service:") and not flow.fallback:
                start.append(ServiceId(flow.target.partition(":")[2]))
    return tuple(found)


def _stores(stack: Stack, services: tuple[ServiceId, ...]) -> Iterator[Store]:
    """Stores without which an answer is not possible: the truth of what the services own."""
    own = {element("service", s) for s in services}
    needed = (StoreRole.PRIMARY, StoreRole.TIME_SERIES, StoreRole.KEY_VALUE)
    for store in stack.view.architecture.stores:
        if store.role not in needed or store.topology is Topology.EMBEDDED:
            continue
        flows = stack.view.flows_into.get(element("store", store.id), ())
        callers = {f.source for f in flows if f.mode is Mode.SYNC}
        owned = store.owner is not None and element("service", store.owner) in own
        if owned or callers & own or (not callers and store.owner is None):
            yield store


def _edge(stack: Stack, edge: Edge) -> Iterator[PartAvailability]:
    tech = stack.of_edge(edge)
    offer = stack.offer(tech)
    own = "self.balancer" if edge.kind == "load_balancer" and not edge.managed else ""
    row = _promise(stack, offer.sla if offer else own)
    if row is not None:
        single = Probability(row.value)
        result, note = _covered(stack, single)
        yield PartAvailability(
            element=element("edge", edge.id), single=single, needed=1, of=1, result=result, source=_source(row) + note
        )


def _sign_in(stack: Stack) -> Iterator[PartAvailability]:
    """Who is signed in goes on while the identity provider is away; who signs in just then waits."""
    for edge in stack.view.edges_of("identity_provider"):
        offer = stack.offer(stack.of_edge(edge))
        row = _promise(stack, offer.sla if offer else "")
        if row is not None:
            single, blocked = Probability(row.value), tradeoff(stack.catalogue, "identity.blocked")
            kept = Probability(1 - (1 - single) * blocked)
            source = f"{_source(row)}; {blocked * 100:.0f}% of the users sign in while it is away"
            own = element("edge", edge.id)
            yield PartAvailability(element=own, single=single, needed=1, of=1, result=kept, source=source)


def _service(stack: Stack, own: ElementId, deployment: Deployment, stations: Mapping[str, Station]) -> PartAvailability:
    """Counts k of n machines: as many must be up as the mean load keeps busy (at the peak see CAP003)."""
    provider = stack.provider
    platform = stack.offer(stack.technology(deployment.platform), deployment.provider)
    zoned = deployment.zones > 1
    if deployment.count <= 0 or (platform and platform.sla and not deployment.instance):
        row = _promise(stack, platform.sla if platform else "") or _promise(stack, _zones_key(stack))
        value = Probability(row.value if row else 0.995)
        kept, note = _covered(stack, value)
        source = (_source(row) if row else "estimate") + note
        return PartAvailability(element=own, single=value, needed=1, of=1, result=kept, source=source)
    alone = platform.sla_single if platform and deployment.count == 1 else ""
    one = _promise(stack, alone or (provider.sla_single if provider else "self.vm.single"))
    single = Probability(one.value if one else 0.995)
    station = stations.get(str(deployment.id))
    busy = station.mean if station else 0.0
    needed = min(deployment.count, max(1, math.ceil(round(busy / stack.cores(deployment), 3))))
    source = _source(one) if one else "estimate"
    result = single
    if deployment.count > 1 and zoned:
        most = stack.promise_of_zones(deployment)
        result = pool(single, needed, deployment.count, stack.promised_by_zones(deployment))
        source += f"; at most {_source(most)}" if most else ""
    elif deployment.count > 1:
        share = Ratio(stack.assumed("common_cause.one_zone"))
        result = redundant(single, needed, deployment.count, share)
        source += f"; {share * 100:.0f}% of failures shared in one zone"
    covered, note = _covered(stack, Probability(result))
    up, released = _released(stack, covered)
    source += note + released
    return PartAvailability(element=own, single=single, needed=needed, of=deployment.count, result=up, source=source)


def _covered(stack: Stack, up: Probability) -> tuple[Probability, str]:
    """With a second region: what stays of a regional part's time away when that takes over."""
    second = stack.view.architecture.second
    if second is None:
        return up, ""
    note = f"; {second.region} takes over in {duration(second.takeover)}: x {stack.left:.2f} of the time away"
    return Probability(1 - (1 - up) * stack.left), note


def _released(stack: Stack, up: Probability) -> tuple[Probability, str]:
    """What releases cost on top, by the way that they are put out."""
    choice = next((d for d in stack.view.decisions.decisions if d.dimension is Dimension.DEPLOYMENT), None)
    way = stack.catalogue.table(RELEASE_WAYS).get(str(choice.option)) if choice else None
    if way is None:
        return up, ""
    team = max(1, round(stack.view.targets.team.value))
    down = lost_by_releases(*by_releases(stack.catalogue, way, team))
    return Probability(up * (1 - down)), f"; releases {percent(1 - down)} (release_ways/{way.id})"


def _process(stack: Stack, store: Store) -> PartAvailability:
    """A store on a machine that is counted already: only its own process can fail on top."""
    row = stack.catalogue.table(PROMISES)["self.store.single"]
    machine = stack.catalogue.table(PROMISES)["self.vm.single"]
    value = Probability(min(1.0, row.value / machine.value) if row.value < machine.value else row.value)
    return PartAvailability(
        element=element("store", store.id), single=value, needed=1, of=1, result=value, source=_source(row)
    )


def _store(stack: Stack, store: Store) -> PartAvailability:
    tech = stack.technology(store.engine)
    offer = stack.offer(tech) if store.managed else None
    redundant_ = store.topology in (
        Topology.PRIMARY_STANDBY,
        Topology.PRIMARY_REPLICAS,
        Topology.CLUSTER,
        Topology.PROVIDER,
    )
    own = {Topology.CLUSTER: "self.store.cluster", Topology.SINGLE: "self.store.single"}
    key = _offer_key(offer, redundant_) or own.get(store.topology, "self.store.standby")
    row = _promise(stack, key) or stack.catalogue.table(PROMISES)["self.store.single"]
    base = _promise(stack, (offer.sla_single if offer else "") or "self.store.single")
    result = Probability(row.value)
    single = Probability(min(base.value if base and redundant_ else result, result))
    nodes = max(1, store.nodes)
    needed = nodes // 2 + 1 if store.topology is Topology.CLUSTER and nodes > 2 else 1
    if store.topology is Topology.PROVIDER:
        single, nodes, needed = result, 1, 1
    result, note = _covered(stack, result)
    source = _source(row) + note
    return PartAvailability(
        element=element("store", store.id), single=single, needed=needed, of=nodes, result=result, source=source
    )


def _systems(stack: Stack, slo: Slo, services: tuple[ServiceId, ...]) -> Iterator[PartAvailability]:
    """Outside systems count against an operation that waits for them, where nothing stands in."""
    kind, _, ident = slo.subject.partition(":")
    if kind != "operation":
        return
    operation = stack.view.operations.get(OperationId(ident))
    if operation is None or not operation.calls_sync:
        return
    rows = stack.catalogue.table(THIRD_PARTIES)
    for name in operation.calls:
        own = element("system", name)
        flows = [f for f in stack.view.flows_into.get(own, ()) if f.source == element("service", services[0])]
        if any(f.fallback for f in flows) or name not in stack.view.systems:
            continue
        row = rows.get(stack.view.systems[name].kind) or rows["other"]
        value = Probability(row.availability)
        yield PartAvailability(element=own, single=value, needed=1, of=1, result=value, source=row.source)


def _offer_key(offer: Offer | None, redundant_: bool) -> str:
    if offer is None:
        return ""
    return offer.sla if redundant_ else offer.sla_single or offer.sla


def _zones_key(stack: Stack) -> str:
    return stack.provider.sla_zones if stack.provider else "self.vm.zones"


def _promise(stack: Stack, key: str) -> Promise | None:
    return stack.catalogue.table(PROMISES).get(key) if key else None


def _source(row: Promise) -> str:
    return f"{row.id}: {row.source}{f' ({row.as_of})' if row.as_of else ''}"
