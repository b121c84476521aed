"""Lines for what is kept: storage, backups, objects, and stores and brokers that are billed by use."""

from collections.abc import Iterator

from archsmith.evaluate.cost.lines import GB, Scale, Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.units import MONTH
from archsmith.knowledge.prices import PRICES
from archsmith.knowledge.technologies import Offer
from archsmith.model.architecture import Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.report import CostKind, CostLine


def data_lines(stack: Stack, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    """All stores in their order."""
    for store in stack.view.architecture.stores:
        if store.topology is Topology.EMBEDDED:
            continue
        tech = stack.technology(store.engine)
        offer = stack.offer(tech) if store.managed else None
        if offer is not None:
            yield from _storage(stack, store, offer, scale)
            yield from _usage(stack, store, offer, used)
        yield from _backups(stack, store, scale)


def stored_gb(stack: Stack, store: Store, scale: Scale) -> float:
    """Gigabytes of one copy of a store: as sized for the horizon (perhaps compressed), grown by the scale."""
    sized = stack.sizings.get(element("store", store.id))
    if sized and sized.storage > 0:
        return sized.storage / GB * max(1.0, scale.factor)
    return store.size_horizon / GB * scale.factor


def _storage(stack: Stack, store: Store, offer: Offer, scale: Scale) -> Iterator[CostLine | None]:
    owner = element("store", store.id)
    kind = CostKind.STORAGE if store.role is StoreRole.OBJECTS else CostKind.DATABASE
    if offer.storage:
        copies = 1 if store.topology is Topology.PROVIDER else max(1, store.nodes // stack.shards(store))
        what = f"storage, {copies} copies" if copies > 1 else "storage"
        yield line(stack, owner, kind, what, offer.storage, stored_gb(stack, store, scale) * copies)
    if offer.minimum:
        yield line(stack, owner, kind, "base fee", offer.minimum, 1.0, fixed=True)


def _usage(stack: Stack, store: Store, offer: Offer, used: Usage) -> Iterator[CostLine | None]:
    owner = element("store", store.id)
    for key in offer.usage:
        quantity = _quantity(stack, store, key, used)
        kind = CostKind.STORAGE if store.role is StoreRole.OBJECTS else CostKind.DATABASE
        yield line(stack, owner, kind, key.rsplit(".", 1)[-1].replace("_", " "), key, quantity)


def _quantity(stack: Stack, store: Store, key: str, used: Usage) -> float:
    """How much of a price a store uses in a month. Rates at the peak are brought to the average by the peak factor."""
    calm = max(1.0, stack.view.workload.peak_factor.value)
    reads = store.reads_peak / calm * MONTH
    writes = store.writes_peak / calm * MONTH
    scale = used.requests / max(1e-9, stack.view.workload.average.value * MONTH)
    name = key.rsplit(".", 1)[-1]
    if store.role is StoreRole.OBJECTS:
        return used.file_writes if name in ("put", "write") else used.file_reads
    if name in ("wru", "put_unit", "message"):
        return max(writes * scale, used.messages if name != "wru" else 0.0)
    if name == "rru":
        return reads * scale
    if name == "shard_hour":
        return max(1.0, store.writes_peak * scale / stack.coefficient("stream.kinesis_shard"))
    if store.role is StoreRole.BROKER:
        unit = stack.catalogue.table(PRICES)[key].unit
        return used.messages * 3 if "request" in unit else used.messages * 2_000 / GB
    if name == "connection":
        return stack.view.workload.connections.value * MONTH / 60
    if name == "node":
        return float(max(1, store.nodes))
    return store.size_horizon / GB * scale


def _backups(stack: Stack, store: Store, scale: Scale) -> Iterator[CostLine | None]:
    """Managed databases keep backups of their own size for nothing; objects keep versions beside themselves."""
    if store.backup is None or stack.provider is None:
        return
    share = stack.assumed("snapshot_share")
    if store.managed:
        share = max(0.0, share - stack.assumed("backup_free"))
    if store.backup.elsewhere:
        share += 1.0
    if store.role is StoreRole.OBJECTS and not store.backup.elsewhere:
        return
    size = store.size_horizon / GB * scale.factor
    held = min(size, stored_gb(stack, store, scale)) * share
    yield line(stack, element("store", store.id), CostKind.STORAGE, "backups", _copies_in(stack, store), held)


def _copies_in(stack: Stack, store: Store) -> str:
    """The price of where copies lie: the object store for what we run ourselves, else the provider's snapshots."""
    if not store.managed:
        for other in stack.view.architecture.stores:
            offer = stack.offer(stack.technology(other.engine)) if other.role is StoreRole.OBJECTS else None
            if offer is not None and offer.storage:
                return offer.storage
    return stack.provider.snapshot if stack.provider else ""
