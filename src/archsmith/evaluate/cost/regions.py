"""Lines for the second region: its machines, copies and entry, and what is carried there."""

import math
from collections.abc import Iterator

from msgspec.structs import replace

from archsmith.evaluate.cost.data import copies, stored_gb, units
from archsmith.evaluate.cost.lines import GB, Machine, Scale, Usage, line
from archsmith.evaluate.cost.machines import disks, rents
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.units import MONTH
from archsmith.knowledge.region_modes import RegionMode
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import SecondRegion, Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.report import CostKind, CostLine

_ENTRIES = ("load_balancer", "api_gateway")
_HOURLY = 1.0


def region_lines(stack: Stack, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    """Nothing with one region."""
    second, role = stack.view.architecture.second, stack.role
    if second is None or role is None:
        return
    yield from _twins(stack, second, scale)
    for store in stack.view.architecture.stores:
        yield from _copies(stack, store, second, role, scale)
    if role.again.get("edge"):
        yield from _entries(stack, second)
    yield _carried(stack, second, used)


def _twins(stack: Stack, second: SecondRegion, scale: Scale) -> Iterator[CostLine | None]:
    """As many as the first region has at this scale, in the proportion of the design."""
    first = {d.id: d for d in stack.view.architecture.deployments}
    for twin in second.twins:
        deployment = first[twin.deployment]
        now = scale.of(deployment)
        grown = now.count / max(1, deployment.count)
        count, least = math.ceil(twin.count * grown - 1e-9), math.ceil(twin.minimum * grown - 1e-9)
        rule = deployment.scaling if count > least else None
        there = replace(deployment, count=count, scaling=replace(rule, minimum=least, maximum=count) if rule else None)
        machine = Machine(now.instance, count)
        yield from rents(stack, there, machine, second.region)
        yield from disks(stack, there, machine, second.region)


def _copies(
    stack: Stack, store: Store, second: SecondRegion, role: RegionMode, scale: Scale
) -> Iterator[CostLine | None]:
    """Storage of the copies; what is billed by use is written in both regions."""
    tech = stack.technology(store.engine)
    offer = stack.offer(tech) if store.managed else None
    if offer is None or not offer.storage or store.topology is Topology.EMBEDDED:
        return
    kind = CostKind.STORAGE if store.role is StoreRole.OBJECTS else CostKind.DATABASE
    gb = stored_gb(stack, store, scale) * max(1, round(copies(stack, store) * role.stores))
    what = f"storage in {second.region}"
    yield line(stack, element("store", store.id), kind, what, offer.storage, gb, region=second.region)
    if store.role is StoreRole.PRIMARY and "wru" in (k.rsplit(".", 1)[-1] for k in offer.usage):
        key = next(k for k in offer.usage if k.endswith("wru"))
        what = f"writes copied to {second.region}"
        writes = units(stack, store, scale)["wru"]
        yield line(stack, element("store", store.id), kind, what, key, writes, region=second.region)


def _entries(stack: Stack, second: SecondRegion) -> Iterator[CostLine | None]:
    """The hours of a balancer there; what it is billed by use follows the requests, wherever they go."""
    for edge in stack.view.architecture.edges:
        offer = stack.offer(stack.of_edge(edge)) if edge.host is None and edge.kind in _ENTRIES else None
        for key in offer.usage if offer else ():
            if key.endswith("hour") and "lcu" not in key:
                what = f"entry in {second.region}"
                owner = element("edge", edge.id)
                yield line(stack, owner, CostKind.EDGE, what, key, _HOURLY, fixed=True, region=second.region)


def _carried(stack: Stack, second: SecondRegion, used: Usage) -> CostLine | None:
    """The log of all writes, and new files, from region to region."""
    provider = stack.provider
    if provider is None or not provider.between:
        return None
    view = stack.view
    calm = max(1.0, view.workload.peak_factor.value)
    writes = sum(s.writes_peak for s in view.architecture.stores if s.role is StoreRole.PRIMARY) / calm
    grown = used.requests / max(1e-9, view.workload.average.value * MONTH)
    log = writes * MONTH * grown * tradeoff(stack.catalogue, "region.write_bytes") / GB
    files = view.workload.blobs.value * grown / GB
    owner = element("region", second.region)
    return line(stack, owner, CostKind.NETWORK, "copied between regions", provider.between, log + files)
