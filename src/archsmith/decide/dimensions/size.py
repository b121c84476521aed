"""The size of the primary store: one machine, read replicas beside it, or shards."""

from archsmith.decide.dimensions.store import ENGINES, SUBJECT, load, spread
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option, Part
from archsmith.decide.words import bill_of, figure
from archsmith.kernel.ids import OptionId, TechId
from archsmith.kernel.phrases import counted, duration
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole

SHARDS = (2, 4, 8, 16, 32)
"""Numbers of shards that are tried with the largest machine."""
REPLICAS = (1, 2, 3, 5, 8, 15)
"""Numbers of read replicas that are tried (Amazon RDS and Aurora allow 15)."""


def size(ground: Ground) -> tuple[Option, ...]:
    """Instances for the hostings that have a size. Cores: its load; memory: what is read often."""
    found: list[Option] = []
    for ident in ENGINES:
        tech = ground.tech(ident)
        for provider, row in ground.providers.items():
            offer = tech.offer(provider)
            for mode, name in (("managed", offer.family if offer else ""), ("own", row.vm if tech.run else "")):
                if name and "one_process" not in tech.traits:
                    product = offer.product if mode == "managed" and offer else tech.product
                    for instance in ground.family(name):
                        found += [_size(ground, tech, provider, mode, n, instance, product) for n in (1, 2)]
                        found += _replicated(ground, tech, provider, mode, instance, product)
                    if ident == "postgresql":
                        largest = ground.family(name)[-1]
                        found += [_size(ground, tech, provider, mode, 2, largest, product, n) for n in SHARDS]
    offer = ground.tech("aurora_postgresql").offers[0]
    postgresql = ground.tech("postgresql")
    clusters = ground.family(offer.family)
    found += [_size(ground, postgresql, "aws", "cluster", 2, i, offer.product) for i in clusters]
    for instance in clusters:
        found += _replicated(ground, postgresql, "aws", "cluster", instance, offer.product)
    found += [_size(ground, postgresql, "aws", "cluster", 2, clusters[-1], offer.product, n) for n in SHARDS]
    none = Option(
        axis="size",
        dimension=Dimension.SIZING,
        key="none",
        id=OptionId("no_size"),
        label="no machine of its own",
        bars=("sized",),
    )
    return (none, *found)


def _replicated(
    ground: Ground, tech: Technology, provider: str, mode: str, row: Instance, product: str
) -> list[Option]:
    """The fewest read replicas with which a machine that is too small alone carries the load, if any number does."""
    asked = load(ground) * ground.strain.get(SUBJECT, 1.0)
    if "replicas" not in tech.traits or asked <= row.cores:
        return []
    for more in REPLICAS:
        if carried(ground, row, more) >= asked:
            return [_size(ground, tech, provider, mode, 2, row, product, more=more)]
    return []


def carried(ground: Ground, row: Instance, more: int) -> float:
    """Cores of work that a primary with read replicas carries: of what may be old, each node answers its share.

    Each replica also applies every write, so the reads that it takes are what is left beside that.
    """
    demand = ground.demand
    applied = demand.writes / ground.capacity("sql.write") / (1 - demand.headroom) * ground.figure("store.apply_share")
    taken = max(0.0, min(spread(ground) / (1 + more), row.cores - applied))
    return row.cores + taken * more


def _size(
    ground: Ground,
    tech: Technology,
    provider: str,
    mode: str,
    nodes: int,
    row: Instance,
    product: str,
    shards: int = 1,
    more: int = 0,
) -> Option:
    """One size of a hosting; with `shards` the data is split by key over that many of them, with `more` replicas."""
    count = nodes * shards + more
    rent = ground.rent(row) * count + _disks(ground, tech, provider, mode) * more
    storage = max(20.0, ground.demand.database_gb)
    cores = carried(ground, row, more) if more else row.cores * shards
    part = Part(
        subject=SUBJECT,
        tech=TechId("aurora_postgresql" if mode == "cluster" else tech.id),
        role=StoreRole.PRIMARY,
        product=product,
        managed=mode != "own",
        instance=row.id,
        vcpu=row.vcpu,
        memory=row.memory,
        storage=storage / shards,
        count=count,
        zones=nodes,
        shards=shards,
        month=rent,
        formula=f"{count} x {ground.rent(row):.2f}",
    )
    label = row.id if shards == 1 else f"{shards} shards of {row.id}"
    label += f" with {counted(more, 'read replica')}" if more else ""
    return Option(
        axis="size",
        dimension=Dimension.SIZING,
        key=f"{tech.id}/{mode}/{row.id}/{nodes}/{shards}" + (f"/{more}" if more else ""),
        id=OptionId(row.id if shards == 1 else f"{row.id}.x{shards}") if not more else OptionId(f"{row.id}.r{more}"),
        label=label,
        tech=tech.id,
        gives=(f"size:{row.id}",),
        needs=((f"hosting:{tech.id}/{provider}/{mode}/{nodes}",),),
        infra=rent,
        ops=ground.figure("ops.machine") * more if shards == 1 else ground.figure("ops.machine") * count + 2.0,
        build=ground.figure("store.shard_days") if shards > 1 else ground.figure("store.replica_days") * bool(more),
        supply=cores / ground.strain.get(SUBJECT, 1.0),
        room=row.memory * shards,
        parts=(part,),
        why=f"{figure(cores)} cores, {row.memory * shards:g} GB, {bill_of(rent)}"
        + (
            f"; reads that may be {duration(ground.figure('store.replica_lag'))} old go to the replicas" if more else ""
        ),
    )


def _disks(ground: Ground, tech: Technology, provider: str, mode: str) -> float:
    """USD a month for the storage of one more copy; a cluster's nodes share theirs."""
    gb, offer = max(20.0, ground.demand.database_gb), tech.offer(provider)
    if mode == "cluster":
        return 0.0
    return ground.month(offer.storage if mode == "managed" and offer else ground.providers[provider].disk, gb, provider)
