"""Who runs the primary store, with how many nodes, and of what size."""

from archsmith.decide.dimensions.platform import SYSTEM_GB
from archsmith.decide.dimensions.store import ENGINES, SUBJECT
from archsmith.decide.disks import LEAST, disk_gb
from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import allowance, work
from archsmith.kernel.ids import OptionId
from archsmith.knowledge.billing import copied_gb, copies_price, use_units
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole


def hosting(ground: Ground) -> tuple[Option, ...]:
    """On the machine of the services, on machines of its own, or managed; with or without a standby."""
    found: list[Option] = []
    for ident in ENGINES:
        tech = ground.tech(ident)
        for provider in ground.providers:
            found.extend(_managed(ground, tech, provider))
            if ident == "postgresql" and provider == "aws":
                found.append(_cluster(ground, tech))
            if tech.run:
                found.extend(_own(ground, tech, provider))
    return tuple(found)


def _managed(ground: Ground, tech: Technology, provider: str) -> list[Option]:
    offer = tech.offer(provider)
    if not offer:
        return []
    demand = ground.demand
    if not offer.family:  # billed by use
        calm = demand.load_factor / 2.63e6
        units = use_units(ground.catalogue, demand.reads / calm, demand.writes / calm)
        billed = {key: ground.month(key, units[key.rsplit(".", 1)[-1]], provider) for key in offer.usage}
        kept = ground.month(offer.storage, demand.database_gb, provider)
        bill = kept + sum(billed.values())
        written = sum(month for key, month in billed.items() if key.endswith("wru"))
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
                again=(kept + written) / bill if bill else 1.0,
                supply=1e6,
                parts=(part,),
                build=0.0,
            )
        ]
    disk = disk_gb(ground, provider)
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


def _cluster(ground: Ground, tech: Technology) -> Option:
    """Aurora: the same PostgreSQL over storage in three zones, with a promise of 99.99%."""
    aurora = ground.tech("aurora_postgresql")
    offer = aurora.offers[0]
    storage = ground.month(offer.storage, max(LEAST, ground.demand.database_gb), "aws")
    return _hosting(
        tech,
        "aws",
        "cluster",
        2,
        offer.product,
        hours(aurora.managed),
        ground.down(offer.sla),
        infra=storage,
        build=0.5,
    )


def _own(ground: Ground, tech: Technology, provider: str) -> list[Option]:
    row, demand = ground.providers[provider], ground.demand
    included = max(0.0, min((i.disk for i in ground.family(row.vm)), default=0.0) - SYSTEM_GB)
    held = disk_gb(ground, provider, least=1.0)
    disk = ground.month(row.disk, max(0.0, held - included), provider)
    copies = copied_gb(ground.catalogue, demand.database_gb, managed=False, elsewhere=False)
    kept = ground.month(copies_price(ground.catalogue, row, managed=False), copies, provider)
    local = _hosting(
        tech,
        provider,
        "local",
        0,
        f"{tech.product} on the machine of the services",
        hours(tech.run, 0.5),
        ground.down("self.store.single"),
        infra=disk + kept,
        needs=(("machines:1",),),
        memory=ground.figure("memory.store"),
        parts=(
            Part(
                subject=SUBJECT,
                tech=tech.id,
                role=StoreRole.PRIMARY,
                product=tech.product,
                managed=False,
                storage=held,
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
            hours(tech.run, 1 if nodes == 1 else 1.5)
            + ground.figure("ops.machine") * nodes
            + ground.figure("ops.apart"),
            ground.down("self.store.single" if nodes == 1 else "self.store.standby"),
            infra=kept,
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
    again: float = 1.0,
    supply: float = 0.0,
    memory: float = 0.0,
    build: float = 0.0,
    parts: tuple[Part, ...] = (),
    needs: tuple[tuple[str, ...], ...] = (),
) -> Option:
    names = {
        "managed": "managed_standby" if nodes > 1 else "managed",
        "cluster": "managed_cluster",
        "own": "own_machines" if nodes > 1 else "own_machine",
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
            *(["sized"] if mode in ("managed", "own", "cluster") else []),
            *(["ships_log", "restores:own"] if mode in ("own", "local") else ["restores:managed"]),
            *(["own_engine"] if mode in ("own", "local") else []),
            f"copies:{2 if nodes > 1 and mode != 'cluster' else 1}",
        ),
        needs=(
            (f"engine:{tech.id}",),
            (f"provider:{provider}",),
            *(((f"zones:{nodes}",),) if nodes > 1 else ()),
            *needs,
        ),
        infra=infra,
        again=again,
        ops=ops,
        down=down,
        memory=memory,
        build=build,
        supply=supply,
        parts=parts,
        why=f"{work(ops)}, up to {allowance(1 - down)} away",
    )
