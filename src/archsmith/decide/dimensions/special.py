"""Stores that only some systems need: readings over time, sums over masses of rows."""

import msgspec

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import cores as took
from archsmith.decide.words import figure, run
from archsmith.kernel.ids import OptionId, TechId, element
from archsmith.knowledge.billing import copied_gb, copies_price
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension, StoreRole

_PER_NODE = 0.15
"""Share of a store's upkeep that each further node adds."""


def series(ground: Ground) -> tuple[Option, ...]:
    """Readings: partitions in the primary store, an extension of it, or a store of their own."""
    demand = ground.demand
    if not demand.series:
        return (none_needed("series", Dimension.SPECIAL_STORE),)
    rows, gb = demand.stream or 1.0, demand.series_gb
    found = [
        *_embedded(ground, "series", Dimension.SPECIAL_STORE, "postgresql_partitions", rows, gb, StoreRole.TIME_SERIES)
    ]
    found += _extension(ground, rows, gb)
    for ident in ("influxdb", "clickhouse"):
        found += apart(ground, "series", Dimension.SPECIAL_STORE, ident, rows, gb, StoreRole.TIME_SERIES, "timeseries")
    return tuple(found)


def analytics(ground: Ground) -> tuple[Option, ...]:
    """Sums over masses of rows: roll-up tables, a columnar store, or the provider's warehouse."""
    demand = ground.demand
    if not demand.logs:
        return (none_needed("analytics", Dimension.ANALYTICS),)
    rows, gb = max(demand.stream, 1.0) if not demand.series else 100.0, demand.logs_gb
    found = [*_embedded(ground, "analytics", Dimension.ANALYTICS, "postgresql_rollups", rows, gb, StoreRole.ANALYTICS)]
    for ident in ("clickhouse", "bigquery"):
        found += apart(ground, "analytics", Dimension.ANALYTICS, ident, rows, gb, StoreRole.ANALYTICS, "analytics")
    return tuple(found)


def none_needed(axis: str, dimension: Dimension) -> Option:
    """The one option of an axis that nothing asks for."""
    return Option(
        axis=axis,
        dimension=dimension,
        key="none",
        id=OptionId("none"),
        label="none",
        gives=(f"{axis}:none",),
        why="no operation needs it",
    )


def inside(tech: Technology, ident: str, role: StoreRole, storage: float = 0.0, month: float = 0.0) -> Part:
    """A part that lives in the primary store."""
    return Part(
        subject=element("store", ident),
        tech=tech.id,
        role=role,
        product=tech.product,
        managed=False,
        storage=storage,
        month=month,
    )


def _embedded(
    ground: Ground, axis: str, dimension: Dimension, ident: str, rows: float, gb: float, role: StoreRole
) -> list[Option]:
    """Tables in the primary store, for each provider and way that it is kept (storage has its price)."""
    return [_inside(ground, axis, dimension, ground.tech(ident), keeper, rows, gb, role) for keeper in keepers(ground)]


def _extension(ground: Ground, rows: float, gb: float) -> list[Option]:
    tech, role = ground.tech("timescaledb"), StoreRole.TIME_SERIES
    found = [
        _inside(ground, "series", Dimension.SPECIAL_STORE, tech, keeper, rows, gb, role)
        for keeper in keepers(ground)
        if not keeper.managed
    ]
    kept = gb * ground.capacity(tech.compression)
    own = [
        _machine(
            ground,
            "series",
            Dimension.SPECIAL_STORE,
            tech,
            p,
            rows,
            kept,
            StoreRole.TIME_SERIES,
            "timeseries",
            extra=hours(ground.tech("postgresql").run),
        )
        for p in ground.providers
    ]
    return found + [o for o in own if o]


class Keeper(msgspec.Struct, frozen=True):
    """What the primary store is kept on: USD a month for a GB, with its `copies` and the backups of it."""

    provider: str
    managed: bool
    copies: int
    price: float


def keepers(ground: Ground, ident: str = "postgresql") -> list[Keeper]:
    """The ways that an engine is kept: by provider, managed or not, with one or two copies."""
    engine, found = ground.tech(ident), []
    for provider, row in ground.providers.items():
        offer = engine.offer(provider)
        for managed in (True, False):
            if not (offer if managed else engine.run):
                continue
            disk = ground.month(offer.storage if managed and offer else row.disk, 1.0, provider)
            spare = copied_gb(ground.catalogue, 1.0, managed=managed, elsewhere=False)
            backup = ground.month(copies_price(ground.catalogue, row, managed=managed), spare, provider)
            found += [Keeper(provider, managed, copies, disk * copies + backup) for copies in (1, 2)]
    return found


def _inside(
    ground: Ground,
    axis: str,
    dimension: Dimension,
    tech: Technology,
    keeper: Keeper,
    rows: float,
    gb: float,
    role: StoreRole,
) -> Option:
    """Tables in the primary store, which has each row as often as it has copies."""
    kept = gb * ground.capacity(tech.compression)
    cores = rows / ground.capacity(tech.capacity) / (1 - ground.demand.headroom)
    bill = kept * keeper.price
    way = "managed" if keeper.managed else "own"
    extension = "extends_postgresql" in tech.traits
    return Option(
        axis=axis,
        dimension=dimension,
        key=f"{tech.id}/{keeper.provider}/inside/{way}/{keeper.copies}",
        id=OptionId(tech.id),
        label=f"{tech.name} in the primary PostgreSQL" if extension else tech.name,
        tech=tech.id,
        gives=(f"{axis}:embedded",),
        needs=(
            ("engine:postgresql",),
            (f"provider:{keeper.provider}",),
            (f"restores:{way}",),
            (f"copies:{keeper.copies}",),
        ),
        store=cores,
        infra=bill,
        ops=hours(tech.run),
        build=tech.build.value + (ground.learning(tech) * 0.2 if extension else 0.0),
        parts=(inside(tech, "timeseries" if role is StoreRole.TIME_SERIES else "analytics", role, kept, bill),),
        why=f"{figure(kept)} GB and {took(cores)} of the primary store" + (" after compression" if extension else ""),
    )


def apart(
    ground: Ground, axis: str, dimension: Dimension, ident: str, rows: float, gb: float, role: StoreRole, store: str
) -> list[Option]:
    """Managed where a provider sells it, else on a machine of its own."""
    tech, found = ground.tech(ident), []
    kept = max(1.0, gb * (ground.capacity(tech.compression) if tech.compression else 1.0))
    for provider in ground.providers:
        offer = tech.offer(provider)
        if offer and offer.family:
            found.append(_machine(ground, axis, dimension, tech, provider, rows, kept, role, store, managed=True))
        elif offer:
            bill = ground.month(offer.storage, gb, provider) + _scans(ground, offer.usage, gb)
            part = Part(
                subject=element("store", store),
                tech=tech.id,
                role=role,
                product=offer.product,
                managed=True,
                storage=gb,
                zones=2,
                month=bill,
                formula=f"{gb:,.0f} GB kept and queries by use",
            )
            found.append(
                Option(
                    axis=axis,
                    dimension=dimension,
                    key=f"{ident}/{provider}",
                    id=OptionId(ident),
                    label=offer.product,
                    tech=tech.id,
                    gives=(f"{axis}:own",),
                    needs=((f"provider:{provider}",),),
                    infra=bill,
                    ops=hours(tech.managed),
                    build=tech.build.value + ground.learning(tech) * 0.3,
                    parts=(part,),
                    why=f"{figure(kept)} GB: {run(bill, hours(tech.managed))}",
                )
            )
        if tech.run:
            found.append(_machine(ground, axis, dimension, tech, provider, rows, kept, role, store))
    return [o for o in found if o]


def _scans(ground: Ground, usage: tuple[str, ...], gb: float) -> float:
    """Each day a thirtieth of the data is read ten times over."""
    return sum(ground.month(key, gb / 1099.51 * 10) for key in usage if "ondemand" in key)


def _machine(
    ground: Ground,
    axis: str,
    dimension: Dimension,
    tech: Technology,
    provider: str,
    rows: float,
    kept: float,
    role: StoreRole,
    store: str,
    *,
    managed: bool = False,
    extra: float = 0.0,
) -> Option | None:
    """The cheapest instance that carries the rows; more of them where one does not."""
    offer, row = tech.offer(provider), ground.providers[provider]
    family = ground.family(offer.family) if managed and offer else ground.family(row.vm)
    strain = ground.strain.get(f"store:{store}", 1.0)
    cores = rows * strain / ground.capacity(tech.capacity) / (1 - ground.demand.headroom) + 0.2
    fits = [(ground.rent(i) * n, n, i) for i in family if i.memory >= 4 for n in (_nodes(cores, i),)]
    spreads = not _SPREADS.isdisjoint(tech.traits)
    fits = [(rent, n, i) for rent, n, i in fits if n == 1 or spreads]
    if not fits:
        return None
    care = ground.demand.hourly * hours(tech.managed if managed else tech.run) * _PER_NODE
    rent, nodes, instance = min(fits, key=lambda f: (f[0] + care * f[1], f[2].id))
    more = max(0.0, kept / nodes - instance.disk) * nodes
    disk = ground.month(offer.storage if managed and offer and offer.storage else row.disk, more, provider)
    if role in (StoreRole.TIME_SERIES, StoreRole.ANALYTICS):
        copies = copied_gb(ground.catalogue, kept, managed=managed, elsewhere=False)
        disk += ground.month(copies_price(ground.catalogue, row, managed=managed), copies, provider)
    own = hours(tech.run) + extra + ground.figure("ops.apart") + ground.figure("ops.machine")
    ops = (hours(tech.managed) if managed else own) * (1 + _PER_NODE * (nodes - 1))
    product = offer.product if managed and offer else tech.product
    part = Part(
        subject=element("store", store),
        tech=TechId(tech.id),
        role=role,
        product=product,
        managed=managed,
        instance=instance.id,
        vcpu=instance.vcpu,
        memory=instance.memory,
        storage=kept / nodes,
        count=nodes,
        zones=min(nodes, 2),
        month=rent + disk,
        formula=f"{nodes} x {ground.rent(instance):.2f} + {disk:.2f} for {kept:,.0f} GB",
    )
    return Option(
        axis=axis,
        dimension=dimension,
        key=f"{tech.id}/{provider}/{'managed' if managed else 'own'}",
        id=OptionId(tech.id),
        label=product,
        tech=tech.id,
        gives=(f"{axis}:own",),
        needs=((f"provider:{provider}",),),
        infra=rent + disk,
        down=ground.down((offer.sla_single if managed and offer else "") or "self.store.single")
        if axis == "series"
        else 0.0,
        ops=ops,
        build=tech.build.value + ground.learning(tech) * 0.3,
        parts=(part,),
        why=f"{nodes} x {instance.id}, {run(rent + disk, ops)}",
    )


_SPREADS = frozenset({"cluster", "horizontal_writes"})
"""Traits of what shares its work among several machines; the others are as large as one."""


def _nodes(cores: float, row: Instance) -> int:
    return max(1, -(-int(cores * 1000) // max(1, int(row.cores * 1000))))
