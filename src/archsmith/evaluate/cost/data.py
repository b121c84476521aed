"""Lines for what is kept: storage, backups, objects, and stores and brokers that are billed by use."""

import math
from collections.abc import Iterator

from archsmith.evaluate.cost.lines import GB, Scale, Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.units import MONTH
from archsmith.knowledge.billing import copied_gb, copies_price, use_units
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
            yield from _usage(stack, store, offer, scale, used)
        yield from _backups(stack, store, scale)


def stored_gb(stack: Stack, store: Store, scale: Scale) -> float:
    """Gigabytes on one node of a store: as sized for the horizon (perhaps compressed), grown by the scale."""
    return sum(_on_one_node(stack, s, scale) for s in _kept_in(stack, store))


def _kept_in(stack: Stack, store: Store) -> tuple[Store, ...]:
    """A store, and those that live in its tables and take space."""
    inside = (s for s in stack.view.architecture.stores if s.host == store.id)
    taking = (s for s in inside if (sized := stack.sizings.get(element("store", s.id))) and sized.storage > 0)
    return (store, *taking)


def _on_one_node(stack: Stack, store: Store, scale: Scale) -> float:
    sized = stack.sizings.get(element("store", store.id))
    if sized and sized.storage > 0:
        return sized.storage / GB * max(1.0, scale.factor)
    return store.size_horizon / GB * scale.factor


def copies(stack: Stack, store: Store) -> int:
    """How often what one node holds is paid: once for each node, but where they share their storage."""
    if store.topology is Topology.PROVIDER:
        return 1
    tech = stack.technology(store.engine)
    return stack.shards(store) if tech is not None and "shared_storage" in tech.traits else max(1, store.nodes)


def _storage(stack: Stack, store: Store, offer: Offer, scale: Scale) -> Iterator[CostLine | None]:
    owner = element("store", store.id)
    kind = CostKind.STORAGE if store.role is StoreRole.OBJECTS else CostKind.DATABASE
    if offer.storage:
        paid = copies(stack, store)
        what = f"storage, {paid} copies" if paid > 1 else "storage"
        included = stack.instance(stack.view.deployments.get(owner))
        each = max(0.0, stored_gb(stack, store, scale) - (included.disk if included else 0.0))
        yield line(stack, owner, kind, what, offer.storage, each * paid)
    if offer.minimum:
        yield line(stack, owner, kind, "base fee", offer.minimum, 1.0, fixed=True)


def _usage(stack: Stack, store: Store, offer: Offer, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    owner = element("store", store.id)
    for key in offer.usage:
        quantity = _quantity(stack, store, key, scale, used)
        kind = CostKind.STORAGE if store.role is StoreRole.OBJECTS else CostKind.DATABASE
        yield line(stack, owner, kind, key.rsplit(".", 1)[-1].replace("_", " "), key, quantity)


def units(stack: Stack, store: Store, scale: Scale) -> dict[str, float]:
    """Units of reads and writes of a month. Rates at the peak are brought to the average by the peak factor."""
    calm = max(1.0, stack.view.workload.peak_factor.value) / MONTH / scale.factor
    return use_units(stack.catalogue, store.reads_peak / calm, store.writes_peak / calm)


def _quantity(stack: Stack, store: Store, key: str, scale: Scale, used: Usage) -> float:
    """How much of a price a store uses in a month."""
    name = key.rsplit(".", 1)[-1]
    if store.role is StoreRole.OBJECTS:
        return used.file_writes if name in ("put", "write") else used.file_reads
    if name in ("rru", "wru"):
        return units(stack, store, scale)[name]
    if name in ("put_unit", "message"):
        calm = max(1.0, stack.view.workload.peak_factor.value)
        return max(store.writes_peak / calm * MONTH * scale.factor, used.messages)
    if name == "shard_hour":
        return max(1.0, math.ceil(store.writes_peak * scale.factor / stack.coefficient("stream.kinesis_shard")))
    if store.role is StoreRole.BROKER:
        unit = stack.catalogue.table(PRICES)[key].unit
        return used.messages * 3 if "request" in unit else used.messages * 2_000 / GB
    if name == "connection":
        return stack.view.workload.connections.value * MONTH / 60
    if name == "node":
        return float(max(1, store.nodes))
    return store.size_horizon / GB * scale.factor


def _backups(stack: Stack, store: Store, scale: Scale) -> Iterator[CostLine | None]:
    """Managed databases keep backups of their own size for nothing; objects keep versions beside themselves."""
    if store.backup is None or stack.provider is None:
        return
    if store.role is StoreRole.OBJECTS and not store.backup.elsewhere:
        return
    inside = sum(_whole(stack, s, scale) for s in _kept_in(stack, store) if s is not store)
    size = min(store.size_horizon / GB * scale.factor, _whole(stack, store, scale)) + inside
    held = copied_gb(stack.catalogue, size, managed=store.managed, elsewhere=store.backup.elsewhere)
    key = copies_price(stack.catalogue, stack.provider, managed=store.managed)
    yield line(stack, element("store", store.id), CostKind.STORAGE, "backups", key, held)


def _whole(stack: Stack, store: Store, scale: Scale) -> float:
    """Gigabytes of all parts of a store, each once."""
    parts = max(1, store.nodes) if store.role is StoreRole.ANALYTICS else stack.shards(store)
    return _on_one_node(stack, store, scale) * parts
