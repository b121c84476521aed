"""The primary store: engine, who runs it with how many nodes, and its size."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.kernel.ids import OptionId, TechId, element
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole

ENGINES = ("postgresql", "mysql", "sqlite", "mongodb", "dynamodb")
SUBJECT = element("store", "primary")


def engine(ground: Ground) -> tuple[Option, ...]:
    """Engines: what one lacks (joins, constraints, row security) is written by hand, for each module."""
    rivals = frozenset(ENGINES)
    found = []
    for ident in ENGINES:
        tech = ground.tech(ident)
        by_hand = _by_hand(ground, tech)
        days = tech.build.value + by_hand + ground.switching(ident, rivals, "switch.store_days")
        heavy = "horizontal_writes" in tech.traits
        days += ground.learning(tech) * (0.6 if heavy else 0.2)
        found.append(
            Option(
                axis="engine",
                dimension=Dimension.PRIMARY_STORE,
                key=ident,
                id=OptionId(ident),
                label=tech.product,
                tech=tech.id,
                gives=(f"engine:{ident}", *(f"engine.{t}" for t in sorted(tech.traits))),
                build=days,
                risk=ground.figure("risk.lock_in") if "provider_bound" in tech.traits else 0.0,
                why=f"{days:.1f} days, {by_hand:.1f} of them for what it lacks",
            )
        )
    return tuple(found)


def _by_hand(ground: Ground, tech: Technology) -> float:
    """Person-days for invariants that the engine does not hold itself."""
    demand, days = ground.demand, 0.0
    if "transactions" not in tech.traits:
        days += 1.5 * demand.modules + 2.0 * demand.crossings
    if "joins" not in tech.traits:
        days += 1.0 * demand.modules
    if "row_security" not in tech.traits:
        days += 1.0 if demand.multi_tenant else 0.3
    if "full_text" not in tech.traits and demand.searches > 0:
        days += 4.0
    return days


def hosting(ground: Ground) -> tuple[Option, ...]:
    """On the machine of the services, on machines of its own, or managed; with or without a standby."""
    found: list[Option] = []
    for ident in ENGINES:
        tech = ground.tech(ident)
        for provider in ground.providers:
            found.extend(_managed(ground, tech, provider))
            if tech.run:
                found.extend(_own(ground, tech, provider))
    return tuple(found)


def _managed(ground: Ground, tech: Technology, provider: str) -> list[Option]:
    offer = tech.offer(provider)
    if not offer:
        return []
    demand = ground.demand
    if not offer.family:  # billed by use
        writes, reads = (demand.writes / demand.peak_factor * 2.63e6, demand.reads / demand.peak_factor * 2.63e6)
        bill = ground.month(offer.usage[0], 2 * writes, provider) + ground.month(offer.usage[1], 2 * reads, provider)
        bill += ground.month(offer.storage, demand.database_gb, provider)
        part = Part(
            subject=SUBJECT,
            tech=tech.id,
            role=StoreRole.PRIMARY,
            product=offer.product,
            managed=True,
            storage=demand.database_gb,
            zones=3,
            month=bill,
            formula="requests and GB of the month",
        )
        return [
            _hosting(
                tech,
                provider,
                "use",
                0,
                offer.product,
                hours(tech.managed),
                ground.down(offer.sla),
                infra=bill,
                supply=1e6,
                parts=(part,),
                build=0.0,
            )
        ]
    disk = max(20.0, demand.database_gb)
    return [
        _hosting(
            tech,
            provider,
            "managed",
            nodes,
            offer.product + (" with a standby" if nodes > 1 else ""),
            hours(tech.managed),
            ground.down(offer.sla if nodes > 1 else offer.sla_single),
            infra=ground.month(offer.storage, disk, provider) * nodes,
        )
        for nodes in (1, 2)
    ]


def _own(ground: Ground, tech: Technology, provider: str) -> list[Option]:
    row, demand = ground.providers[provider], ground.demand
    disk = ground.month(row.disk, max(0.0, demand.database_gb - 20), provider)
    local = _hosting(
        tech,
        provider,
        "local",
        0,
        f"{tech.product} on the machine of the services",
        hours(tech.run, 0.5),
        ground.down("self.store.single"),
        infra=disk,
        needs=(("machines:1",),),
        memory=ground.figure("memory.store"),
        parts=(
            Part(
                subject=SUBJECT,
                tech=tech.id,
                role=StoreRole.PRIMARY,
                product=tech.product,
                managed=False,
                storage=max(1.0, demand.database_gb),
                month=disk,
            ),
        ),
    )
    if "one_process" in tech.traits:
        return [local]
    apart = [
        _hosting(
            tech,
            provider,
            "own",
            nodes,
            f"{tech.product} on {'a machine' if nodes == 1 else 'two machines'} of its own",
            hours(tech.run, 1 if nodes == 1 else 1.5),
            ground.down("self.store.single" if nodes == 1 else "self.store.standby"),
            infra=disk * nodes,
            needs=(("can_run_stores",),),
            build=0.0 if nodes == 1 else 4.0,
        )
        for nodes in (1, 2)
    ]
    return [local, *apart]


def _hosting(
    tech: Technology,
    provider: str,
    mode: str,
    nodes: int,
    label: str,
    ops: float,
    down: float,
    *,
    infra: float,
    supply: float = 0.0,
    memory: float = 0.0,
    build: float = 0.0,
    parts: tuple[Part, ...] = (),
    needs: tuple[tuple[str, ...], ...] = (),
) -> Option:
    names = {
        "managed": f"managed{'_standby' if nodes > 1 else ''}",
        "own": f"own_machine{'s' if nodes > 1 else ''}",
        "local": "with_services",
        "use": "managed_by_use",
    }
    return Option(
        axis="hosting",
        dimension=Dimension.STORE_HOSTING,
        key=f"{tech.id}/{provider}/{mode}/{nodes}",
        id=OptionId(names[mode]),
        label=label,
        tech=tech.id,
        gives=(
            f"hosting:{mode}",
            f"hosting:{tech.id}/{provider}/{mode}/{nodes}",
            *(["failover"] if nodes > 1 or mode == "use" else []),
            *(["sized"] if mode in ("managed", "own") else []),
            *(["own_engine"] if mode in ("own", "local") else []),
        ),
        needs=(
            (f"engine:{tech.id}",),
            (f"provider:{provider}",),
            *(((f"zones:{nodes}",),) if nodes > 1 else ()),
            *needs,
        ),
        infra=infra,
        ops=ops,
        down=down,
        memory=memory,
        build=build,
        supply=supply,
        parts=parts,
        why=f"{ops:.1f} h a month, {down * 730 * 60:.0f} min a month away",
    )


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
                        for nodes in (1, 2):
                            found.append(_size(ground, tech, provider, mode, nodes, instance, product))
    none = Option(
        axis="size",
        dimension=Dimension.SIZING,
        key="none",
        id=OptionId("no_size"),
        label="no machine of its own",
        bars=("sized",),
    )
    return (none, *found)


def _size(
    ground: Ground, tech: Technology, provider: str, mode: str, nodes: int, row: Instance, product: str
) -> Option:
    rent = ground.rent(row) * nodes
    storage = max(20.0, ground.demand.database_gb)
    part = Part(
        subject=SUBJECT,
        tech=TechId(tech.id),
        role=StoreRole.PRIMARY,
        product=product,
        managed=mode == "managed",
        instance=row.id,
        vcpu=row.vcpu,
        memory=row.memory,
        storage=storage,
        count=nodes,
        zones=nodes,
        month=rent,
        formula=f"{nodes} x {ground.rent(row):.2f}",
    )
    return Option(
        axis="size",
        dimension=Dimension.SIZING,
        key=f"{tech.id}/{mode}/{row.id}/{nodes}",
        id=OptionId(row.id),
        label=row.id,
        tech=tech.id,
        gives=(f"size:{row.id}",),
        needs=((f"hosting:{tech.id}/{provider}/{mode}/{nodes}",),),
        infra=rent,
        supply=row.cores,
        room=row.memory,
        parts=(part,),
        why=f"{row.cores:g} cores, {row.memory:g} GB, {rent:.2f} USD a month",
    )


def load(ground: Ground) -> float:
    """Cores that the relational work takes at the peak without cache, search or queue, headroom included."""
    demand = ground.demand
    queries = ground.capacity("queries.per_request")
    work = demand.reads * queries / ground.capacity("sql.read") + demand.writes / ground.capacity("sql.write")
    return work / (1 - demand.headroom)


def hot_memory(ground: Ground) -> float:
    """GB of memory that keep what is read often."""
    return 0.5 + ground.figure("store.hot_share") * min(ground.demand.database_gb, 5000)
