"""The size of the primary store: one machine, read replicas beside it, or shards."""

from collections.abc import Iterator

import msgspec

from archsmith.decide.dimensions.store import ENGINES, SUBJECT, load, spread
from archsmith.decide.disks import LEAST, disk_gb
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
_WORTH = 1.05
"""What one step more of replicas has to carry over the last one."""
REPLICAS = (1, 2, 3, 5, 8, 15)
"""Numbers of read replicas that are tried (Amazon RDS and Aurora allow 15)."""


class _Kind(msgspec.Struct, frozen=True):
    """A hosting that has a size. `storage`: GB of each copy; `copy`: USD a month for that of one more, where a provider
    keeps it; `disk`: USD a month for a GB on a machine of our own."""

    tech: Technology
    provider: str
    mode: str
    family: tuple[Instance, ...]
    product: str
    storage: float
    copy: float
    disk: float = 0.0


def size(ground: Ground) -> tuple[Option, ...]:
    """Instances for the hostings that have a size. Cores: its load; memory: what is read often."""
    found = [
        Option(
            axis="size",
            dimension=Dimension.SIZING,
            key="none",
            id=OptionId("no_size"),
            label="no machine of its own",
            bars=("sized",),
        )
    ]
    for kind in _kinds(ground):
        nodes = [n for n in ((2,) if kind.mode == "cluster" else (1, 2)) if _wanted(ground, kind, n)]
        for instance in kind.family if nodes else ():
            found += [_size(ground, kind, instance, n) for n in nodes]
            found += _replicated(ground, kind, instance) if 2 in nodes else []
        if kind.tech.id == "postgresql" and 2 in nodes:
            found += [_size(ground, kind, kind.family[-1], 2, n) for n in SHARDS]
    return tuple(found)


def _wanted(ground: Ground, kind: _Kind, nodes: int) -> bool:
    """Whether sizes of this hosting are looked at."""
    return ground.sized is None or f"{kind.tech.id}/{kind.provider}/{kind.mode}/{nodes}" in ground.sized


def _kinds(ground: Ground) -> Iterator[_Kind]:
    """Each engine that runs as a server: managed or on machines of its own at each provider; clusters last."""
    storages = {provider: disk_gb(ground, provider) for provider in ground.providers}
    for ident in ENGINES:
        tech = ground.tech(ident)
        if "one_process" in tech.traits:
            continue
        for provider, row in ground.providers.items():
            offer, storage = tech.offer(provider), storages[provider]
            if offer and offer.family:
                copy = ground.month(offer.storage, storage, provider)
                machines = ground.family(offer.family)
                yield _Kind(tech, provider, "managed", machines, offer.product, storage, copy)
            if tech.run and row.vm:
                disk = ground.month(row.disk, 1.0, provider)
                yield _Kind(tech, provider, "own", ground.family(row.vm), tech.product, storage, 0.0, disk)
    offer = ground.tech("aurora_postgresql").offers[0]  # its nodes share their storage
    machines = ground.family(offer.family)
    shared = max(LEAST, ground.demand.database_gb)
    yield _Kind(ground.tech("postgresql"), "aws", "cluster", machines, offer.product, shared, 0.0)


def _replicated(ground: Ground, kind: _Kind, row: Instance) -> list[Option]:
    """Read replicas beside a machine that is too small alone: more of them as long as each adds something, up to those
    with which it carries all that is asked; with a cache before it fewer will do."""
    asked = load(ground) * ground.strain.get(SUBJECT, 1.0)
    if "replicas" not in kind.tech.traits or asked <= row.cores:
        return []
    found, known = [], row.cores
    for more in REPLICAS:
        cores = carried(ground, row, more)
        if cores > known * _WORTH:
            found.append(_size(ground, kind, row, 2, more=more))
        if cores >= asked or cores <= known * _WORTH:
            break
        known = cores
    return found


def carried(ground: Ground, row: Instance, more: int) -> float:
    """Cores of work that a primary with read replicas carries: of what may be old, each node answers its share.

    Each replica also applies every write, so the reads that it takes are what is left beside that.
    """
    demand = ground.demand
    applied = demand.writes / ground.capacity("sql.write") / (1 - demand.headroom) * ground.figure("store.apply_share")
    taken = max(0.0, min(spread(ground) / (1 + more), row.cores - applied))
    return row.cores + taken * more


def _size(ground: Ground, kind: _Kind, row: Instance, nodes: int, shards: int = 1, more: int = 0) -> Option:
    """One size of a hosting; with `shards` the data is split by key over that many of them, with `more` replicas."""
    count, each, ident = nodes * shards + more, ground.rent(row), kind.tech.id
    rent = each * count + kind.copy * more + kind.disk * max(0.0, kind.storage / shards - row.disk) * count
    cores = carried(ground, row, more) if more else row.cores * shards
    part = Part(
        subject=SUBJECT,
        tech=TechId("aurora_postgresql") if kind.mode == "cluster" else ident,
        role=StoreRole.PRIMARY,
        product=kind.product,
        managed=kind.mode != "own",
        instance=row.id,
        vcpu=row.vcpu,
        memory=row.memory,
        storage=kind.storage / shards,
        count=count,
        zones=nodes,
        shards=shards,
        month=rent,
        formula=f"{count} x {each:.2f}",
    )
    name, label, key, ops, build = row.id, row.id, f"{ident}/{kind.mode}/{row.id}/{nodes}/{shards}", 0.0, 0.0
    why = f"{figure(cores)} cores, {row.memory * shards:g} GB, {bill_of(rent)}"
    if shards > 1:
        name, label = f"{row.id}.x{shards}", f"{shards} shards of {row.id}"
        ops, build = ground.figure("ops.machine") * count + 2.0, ground.figure("store.shard_days")
    if more:
        name, label, key = f"{row.id}.r{more}", f"{label} with {counted(more, 'read replica')}", f"{key}/{more}"
        ops, build = ground.figure("ops.machine") * more, ground.figure("store.replica_days")
        why += f"; reads that may be {duration(ground.figure('store.replica_lag'))} old go to the replicas"
    return Option(
        axis="size",
        dimension=Dimension.SIZING,
        key=key,
        id=OptionId(name),
        label=label,
        tech=ident,
        gives=(f"size:{row.id}",),
        needs=((f"hosting:{ident}/{kind.provider}/{kind.mode}/{nodes}",),),
        infra=rent,
        ops=ops,
        build=build,
        supply=cores / ground.strain.get(SUBJECT, 1.0),
        room=row.memory * shards,
        parts=(part,),
        why=why,
    )
