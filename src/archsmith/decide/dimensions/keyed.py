"""Masses of rows that are asked for one by one: tables of the primary store, or a store by key that spreads them."""

import math

import msgspec

from archsmith.decide.dimensions.special import Keeper, inside, keepers, none_needed
from archsmith.decide.dimensions.store import ENGINES
from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import cores as took
from archsmith.decide.words import figure, pace, run
from archsmith.kernel.ids import OptionId, element
from archsmith.kernel.phrases import counted
from archsmith.knowledge.billing import copied_gb, copies_price, use_units
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.technologies import Offer, Technology
from archsmith.model.decisions import Dimension, StoreRole

_PARTITIONED = {"postgresql": "postgresql_partitions", "mysql": "mysql_partitions"}
"""What the partitioned tables of an engine are called in the catalogue."""
SUBJECT = element("store", "keyed")
APART = frozenset({"dynamodb", "bigtable", "cassandra"})
"""Technologies that keep such rows outside of the primary store."""
_AXIS = "keyed"
_COPIES = 3
"""Copies of each row in a cluster of our own: a quorum survives the loss of a node."""
_MONTH = 2_630_000.0
_PER_NODE = 0.1
"""Share of a cluster's upkeep that each node beyond the third adds."""


def keyed(ground: Ground) -> tuple[Option, ...]:
    """Rows in masses that are written and read one by one, where the domain has such."""
    if not ground.demand.keyed.entities:
        return (none_needed(_AXIS, Dimension.SPECIAL_STORE),)
    found = [option for engine in ENGINES for option in _inside(ground, engine)]
    for provider in ground.providers:
        for ident in ("dynamodb", "bigtable"):
            tech = ground.tech(ident)
            offer = tech.offer(provider)
            if offer is not None:
                found += _bought(ground, tech, offer)
        cluster = _cluster(ground, provider)
        if cluster is not None:
            found.append(cluster)
    return tuple(found)


def _asked(ground: Ground) -> float:
    """Rows a second at the peak, read and written, with what was found of the store since."""
    rows = ground.demand.keyed
    return (rows.reads + rows.writes) * ground.strain.get(SUBJECT, 1.0)


def _inside(ground: Ground, engine: str) -> list[Option]:
    """Tables of the primary store; what its machine does for single rows is in its load already.

    Partitioned ones where the engine knows them; an engine that spreads rows by key itself needs none.
    """
    rows, row = ground.demand.keyed, ground.tech(engine)
    tech = ground.tech(_PARTITIONED[engine]) if engine in _PARTITIONED else None
    kept = rows.gb * ground.capacity("compression.sql")
    cores = rows.streamed / ground.capacity("series.sql") / (1 - ground.demand.headroom)
    ops = ground.figure("keyed.partition_hours") if tech else 0.0
    requests = _requests(ground, row) if rows.streamed else 0.0
    writer = f" through its one writer, which commits {_ceiling(ground)} in all" if tech else ""
    return [
        Option(
            axis=_AXIS,
            dimension=Dimension.SPECIAL_STORE,
            key=f"{engine}/{keeper.provider}/{'managed' if keeper.managed else 'own'}/{keeper.copies}",
            id=OptionId("tables"),
            label=f"partitioned tables in {row.name}" if tech else f"{row.name} itself",
            tech=tech.id if tech else None,
            gives=("keyed:inside", *(["keyed:one_writer"] if tech else [])),
            needs=((f"engine:{engine}",), *_where(keeper)),
            store=cores,
            infra=kept * keeper.price + requests,
            ops=ops,
            build=ground.figure("keyed.partition_days") if tech else 0.0,
            parts=(inside(tech, "keyed", StoreRole.KEY_VALUE, kept, kept * keeper.price),) if tech else (),
            why=f"{figure(kept)} GB with indexes, {_rates(ground)}{writer}; {run(kept * keeper.price + requests, ops)}",
        )
        for keeper in keepers(ground, engine)
    ]


def _requests(ground: Ground, engine: Technology) -> float:
    """USD a month for rows of streams in a primary store that is billed by use: its own bill counts the other ones."""
    offer = next((o for o in engine.offers if not o.family), None)
    if offer is None:
        return 0.0
    units = use_units(ground.catalogue, 0.0, ground.demand.keyed.streamed * _MONTH / ground.demand.load_factor)
    return sum(ground.month(k, units[k.rsplit(".", 1)[-1]], str(offer.provider)) for k in offer.usage)


def _where(keeper: Keeper) -> tuple[tuple[str, ...], ...]:
    way = "managed" if keeper.managed else "own"
    return ((f"provider:{keeper.provider}",), (f"restores:{way}",), (f"copies:{keeper.copies}",))


def _bought(ground: Ground, tech: Technology, offer: Offer) -> list[Option]:
    """A provider's store: billed by requests, or by nodes in one zone or with a second cluster in another."""
    rows, provider = ground.demand.keyed, str(offer.provider)
    by_node = tech.id == "bigtable"
    calm = _MONTH / ground.demand.load_factor
    units = use_units(ground.catalogue, rows.reads * calm, rows.writes * calm)
    found = []
    for clusters in (1, 2) if by_node else (1,):
        asked = max(_asked(ground) / ground.capacity(tech.capacity), rows.gb / _most(ground))
        nodes = max(1, math.ceil(asked)) * clusters
        quantities = {k: units.get(k.rsplit(".", 1)[-1], float(nodes)) for k in offer.usage}
        bill = sum(ground.month(k, q, provider) for k, q in quantities.items())
        bill += ground.month(offer.storage, rows.gb * clusters, provider)
        part = Part(
            subject=SUBJECT,
            tech=tech.id,
            role=StoreRole.KEY_VALUE,
            product=offer.product,
            managed=True,
            storage=rows.gb * clusters,
            count=nodes,
            zones=clusters if by_node else 3,
            month=bill,
            formula=" + ".join(f"{q:,.0f} x {k}" for k, q in quantities.items()) + f" + {rows.gb * clusters:,.0f} GB",
        )
        which = "billed by request, "
        if by_node:
            which = f"{counted(nodes, 'node')} in {'one zone' if clusters == 1 else 'two zones'}, "
        down = ground.down(offer.sla if clusters > 1 else offer.sla_single)
        option = _option(ground, tech, provider, offer.product, bill, hours(tech.managed), down, part, which)
        found.append(msgspec.structs.replace(option, key=f"{option.key}/{clusters}"))
    return found


def _most(ground: Ground) -> float:
    return ground.figure("keyed.node_gb") * 2.5


def _cluster(ground: Ground, provider: str) -> Option | None:
    """Cassandra on machines of our own: three or more, by work and by what a node can stream to another again."""
    tech, row, rows = ground.tech("cassandra"), ground.providers[provider], ground.demand.keyed
    held = rows.gb * _COPIES
    cores = _asked(ground) / ground.capacity(tech.capacity) / (1 - ground.demand.headroom)
    least = max(_COPIES, math.ceil(held / ground.figure("keyed.node_gb")))

    def count(instance: Instance) -> int:
        return max(least, math.ceil(cores / instance.cores))

    fits = [i for i in ground.family(row.vm) if i.memory >= 8 and i.sustained == 1.0]
    if not fits:
        return None
    best = min(fits, key=lambda i: (ground.rent(i) * count(i), i.id))
    nodes = count(best)
    disk = ground.month(row.disk, max(0.0, held * ground.figure("keyed.free_disk") - best.disk * nodes), provider)
    spare = copied_gb(ground.catalogue, rows.gb, managed=False, elsewhere=False)
    month = ground.rent(best) * nodes + disk
    month += ground.month(copies_price(ground.catalogue, row, managed=False), spare, provider)
    ops = hours(tech.run) * (1 + _PER_NODE * (nodes - _COPIES)) + ground.figure("ops.machine") * nodes
    part = Part(
        subject=SUBJECT,
        tech=tech.id,
        role=StoreRole.KEY_VALUE,
        product=tech.product,
        managed=False,
        instance=best.id,
        vcpu=best.vcpu,
        memory=best.memory,
        storage=held * ground.figure("keyed.free_disk") / nodes,
        count=nodes,
        zones=min(nodes, 2),
        month=month,
        formula=f"{nodes} x {ground.rent(best):.2f} + disks of {held:,.0f} GB",
    )
    which = f"{nodes} x {best.id}, {_COPIES} copies of each row, "
    return _option(ground, tech, provider, tech.product, month, ops, ground.down("self.store.cluster"), part, which)


def _option(
    ground: Ground,
    tech: Technology,
    provider: str,
    label: str,
    bill: float,
    ops: float,
    down: float,
    part: Part,
    which: str,
) -> Option:
    freed = _freed(ground)
    ops += ground.figure("keyed.apart_hours")
    heavy = 0.6 if part.instance else 0.3
    bound = "provider_bound" in tech.traits
    return Option(
        axis=_AXIS,
        dimension=Dimension.SPECIAL_STORE,
        key=f"{tech.id}/{provider}",
        id=OptionId(tech.id),
        label=label,
        tech=tech.id,
        gives=("keyed:own",),
        needs=((f"provider:{provider}",), *((("search:own",),) if ground.demand.keyed.searched else ())),
        store=-freed,
        infra=bill,
        ops=ops,
        build=tech.build.value + ground.figure("consistency.outbox_days") + ground.learning(tech) * heavy,
        down=down,
        risk=ground.figure("risk.lock_in") if bound else 0.0,
        parts=(part,),
        why=f"{which}{_rates(ground)} and {figure(ground.demand.keyed.gb)} GB: {run(bill, ops)}; "
        f"the primary store is spared {took(freed)}, and nothing changes in both as a whole",
    )


def _freed(ground: Ground) -> float:
    """Cores of the primary store that these rows take while they are in it; of reads what a cache would leave."""
    rows = ground.demand.keyed
    missed = rows.reads * (1 - ground.demand.hit) * ground.capacity("queries.per_request")
    work = missed / ground.capacity("sql.read")
    work += max(0.0, rows.writes - rows.streamed) / ground.capacity("sql.write")
    return work / (1 - ground.demand.headroom)


def _rates(ground: Ground) -> str:
    rows = ground.demand.keyed
    return f"{pace(rows.writes, 'write')}, {pace(rows.reads, 'read')}"


def _ceiling(ground: Ground) -> str:
    return f"at most {figure(ground.capacity('sql.write_ceiling'))}/s"
