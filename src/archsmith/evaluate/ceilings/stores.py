"""What fills up in stores: connections, memory for what is read often, disks, and the one primary's writes."""

import math
from collections.abc import Callable, Iterator, Mapping

from archsmith.evaluate.ceilings.ceiling import Ceiling
from archsmith.evaluate.cost.data import stored_gb
from archsmith.evaluate.cost.lines import GB, Scale
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.evaluate.visits import CHANGES, Path
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import number
from archsmith.knowledge.limits import limit
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Deployment, Store, Topology
from archsmith.model.decisions import Sizing, StoreRole

SPREAD = 100.0
"""GB of rows up to which the full share of what is read often counts; above, a tenth of it (as the sizing does)."""
BASE = 0.5
"""GB of memory that a database takes before it holds anything (as the sizing does)."""
SMALLEST = 20.0
"""GB of the smallest volume that is taken for a database."""
BARE = 0.05
"""GB of memory that an empty cache takes (our estimate: some 10 MB of a Valkey process, and its copy on a save)."""


def store_ceilings(
    stack: Stack, found: tuple[Path, ...], busy: Mapping[str, Station], headroom: float
) -> Iterator[Ceiling]:
    """All stores with machines of their own or of the services, in their order."""
    for store in stack.view.architecture.stores:
        deployment = stack.view.deployments.get(element("store", store.id))
        if store.topology is Topology.EMBEDDED or deployment is None or not deployment.instance:
            continue
        if store.role is StoreRole.PRIMARY:
            yield from _connections(stack, store, deployment, busy, headroom)
            yield from _writes(stack, store, deployment, found)
            yield from _disk(stack, store, deployment, found)
        if store.role in (StoreRole.PRIMARY, StoreRole.CACHE):
            yield from _memory(stack, store, deployment)
        if store.role not in (StoreRole.CACHE, StoreRole.OBJECTS):
            yield from _volume(stack, store, deployment)


def _connections(
    stack: Stack, store: Store, deployment: Deployment, busy: Mapping[str, Station], headroom: float
) -> Iterator[Ceiling]:
    """Every process of a service holds a pool open to each part of the store, whether it works or not."""
    base = _base(store)
    each, most = (limit(stack.catalogue, r, base) for r in ("connections_per_gb", "connections"))
    if each is None or most is None:
        return
    memory = deployment.memory / GB
    have = min(most.value, each.value * memory)
    pool = math.ceil(stack.assumed("pool_per_process") / stack.shards(store))
    services = [d for d in stack.view.architecture.deployments if any(e.startswith("service:") for e in d.runs)]

    counts = [_processes(stack, d, busy, headroom) for d in services]

    def need(factor: float) -> float:
        return float(sum([count(factor) * pool for count in counts]))

    now = sum(count(1.0) for count in counts)
    yield Ceiling(
        key=f"connections.{store.id}",
        element=element("store", store.id),
        deployment=deployment.id,
        resource="connections",
        limit=have,
        unit="connections",
        need=need,
        formula=f"{number(now)} processes x {pool}",
        inputs=("pool_per_process", each.id, most.id),
    )


def _processes(
    stack: Stack, deployment: Deployment, busy: Mapping[str, Station], headroom: float
) -> Callable[[float], float]:
    """Processes of a deployment's services at a multiple of the load: one a core unless the language is compiled."""
    row = stack.instance(deployment)
    platform = stack.technology(deployment.platform)
    station = busy.get(str(deployment.id))
    if platform is not None and "functions" in platform.traits:
        arrivals, seconds = station.arrivals if station else 0.0, call_seconds(stack)
        return lambda f: max(1.0, arrivals * f * seconds)
    offered, room = station.offered if station else 0.0, (1 - headroom) * stack.cores(deployment)
    services = [s for s in stack.view.architecture.services if element("service", s.id) in deployment.runs]
    compiled = any((t := stack.technology(s.language)) is not None and "compiled" in t.traits for s in services)
    each = 1 if compiled else math.ceil(row.vcpu if row else max(1.0, deployment.vcpu))
    many, least = max(1, len(services)), max(deployment.count, 0 if station else 1)
    return lambda f: float(max(least, math.ceil(offered * f / room - 1e-9)) * each * many)


def call_seconds(stack: Stack) -> float:
    """Seconds that a function works for one request: its GB-seconds at half a GB."""
    return stack.coefficient("function.request") / 0.5


def _base(store: Store) -> str:
    """The engine whose limits hold: a provider's own make of it inherits them."""
    return {"aurora_postgresql": "postgresql", "timescaledb": "postgresql"}.get(str(store.engine), str(store.engine))


def _rate(found: tuple[Path, ...], owner: ElementId, changes: bool) -> float:
    """Visits of a store a second at the peak that change something, or that do not."""
    return sum(
        p.rate * share * v.count
        for p in found
        for visits, share in ((p.visits, 1 - p.hit), (p.hit_visits, p.hit))
        for v in visits
        if v.element == owner and (v.what in CHANGES) is changes
    )


def _writes(stack: Stack, store: Store, deployment: Deployment, found: tuple[Path, ...]) -> Iterator[Ceiling]:
    """One primary takes all writes, one log takes them in order; a file has one writer at a time."""
    tech = stack.technology(store.engine)
    if tech is None or tech.category != "relational":
        return
    own = limit(stack.catalogue, "writes", str(store.engine))
    parts = stack.shards(store)
    most = (own.value if own else stack.coefficient("sql.write_ceiling")) * parts
    rate = _rate(found, element("store", store.id), changes=True)
    if rate <= 0:
        return
    yield Ceiling(
        key=f"writes.{store.id}",
        element=element("store", store.id),
        deployment=deployment.id,
        resource="writes of one primary" if parts == 1 else f"writes of {parts} primaries",
        limit=most,
        unit="transactions/s",
        need=lambda f: rate * f,
        formula=f"{number(rate)}/s",
        inputs=("peak", own.id if own else "sql.write_ceiling"),
        rate=True,
    )


def _disk(stack: Stack, store: Store, deployment: Deployment, found: tuple[Path, ...]) -> Iterator[Ceiling]:
    """I/O of the busiest disk: each write syncs the log and later its pages; a few queries miss the memory."""
    owners = (str(store.engine), str(deployment.provider))
    floor, each = (limit(stack.catalogue, r, *owners) for r in ("disk_iops", "disk_iops_per_gb"))
    if floor is None:
        return
    parts, owner = stack.shards(store), element("store", store.id)
    have = max(floor.value, (each.value if each else 0.0) * stored_gb(stack, store, Scale()))
    writes, reads = (_rate(found, owner, changes=c) / parts for c in (True, False))
    per_write, missed = stack.assumed("io_per_write"), stack.assumed("io_missed")
    rate = writes * per_write + reads * missed
    if rate <= 0:
        return
    yield Ceiling(
        key=f"disk.{store.id}",
        element=owner,
        deployment=deployment.id,
        resource="disk I/O",
        limit=have,
        unit="I/O per s",
        need=lambda f: rate * f,
        formula=f"{number(writes)}/s x {number(per_write)} + {number(reads)}/s x {number(missed)}",
        inputs=("peak", "io_per_write", "io_missed", floor.id, *([each.id] if each else [])),
        rate=True,
    )


def _memory(stack: Stack, store: Store, deployment: Deployment) -> Iterator[Ceiling]:
    """Memory for what is read often, beside the services where they share the machine."""
    if deployment.memory <= 0:
        return
    share = tradeoff(stack.catalogue, "store.hot_share") if store.role is StoreRole.PRIMARY else 1.0
    beside = sum(e.startswith("service:") for e in deployment.runs) * tradeoff(stack.catalogue, "memory.app")
    parts = stack.shards(store)
    gb = store.size_horizon / GB / parts
    sized = stack.sizings.get(element("store", store.id))
    if sized is not None and sized.storage > 0:
        gb = min(gb, _own_rows(stack, store, sized, share))
    base = beside + (BASE if store.role is StoreRole.PRIMARY else BARE)

    def need(factor: float) -> float:
        whole = gb * factor
        return base + share * min(whole, SPREAD) + share / 10 * max(0.0, whole - SPREAD)

    said = f"{number(base)} + {number(share)} x {number(min(gb, SPREAD))}"
    if gb > SPREAD:
        said += f" + {number(share / 10)} x {number(gb - SPREAD)}"
    yield Ceiling(
        key=f"memory.{store.id}",
        element=element("store", store.id),
        deployment=deployment.id,
        resource="memory for what is read often",
        limit=deployment.memory / GB,
        unit="GB",
        need=need,
        formula=said,
        inputs=("store.hot_share", "memory.app", "rows_3y") if beside else ("store.hot_share", "rows_3y"),
    )


def _own_rows(stack: Stack, store: Store, sized: Sizing, share: float) -> float:
    """GB on one node without what lives in its tables and is read by time, as the store was sized.

    The smallest volume that is sold says nothing of the rows on it: there the memory that was reckoned with tells.
    """
    inside = any(
        s.host == store.id and stack.sizings.get(element("store", s.id)) for s in stack.view.architecture.stores
    )
    hot = next((f.value for f in sized.figures if f.id == "memory.hot"), None)
    if inside and hot is not None and sized.storage <= SMALLEST * GB:
        return max(0.0, hot - BASE) / share
    return float(sized.storage) / GB


def _volume(stack: Stack, store: Store, deployment: Deployment) -> Iterator[Ceiling]:
    """A volume grows while it is in use, up to what the provider makes."""
    most = limit(stack.catalogue, "volume_gb", str(store.engine), str(deployment.provider))
    gb = stored_gb(stack, store, Scale())
    if most is None or gb <= 0:
        return
    yield Ceiling(
        key=f"volume.{store.id}",
        element=element("store", store.id),
        deployment=deployment.id,
        resource="volume",
        limit=most.value,
        unit="GB",
        need=lambda f: gb * f,
        formula=f"{number(gb)} GB on one node",
        inputs=("rows_3y", most.id),
    )
