"""Cache: what it spares the services and the store, against what it costs to have."""

import math

from archsmith.decide.dimensions.store import load
from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option, Part
from archsmith.decide.words import cores as took
from archsmith.decide.words import figure, pace, run
from archsmith.kernel.ids import OptionId, element
from archsmith.kernel.phrases import listed
from archsmith.model.decisions import Dimension, StoreRole

SUBJECT = element("store", "cache")
_USABLE = 0.75
"""Share of a node's memory that entries may take."""
_BESIDE = 4.0
"""GB of entries up to which the cache may live on the machine of the services."""


def cache(ground: Ground) -> tuple[Option, ...]:
    """None, a map in each process, a read model in the primary store, or a shared memory."""
    demand = ground.demand
    hits = demand.cacheable * demand.hit / max(demand.web, 1e-9)
    spared = hits * ground.capacity("cache.hit_saves")
    reads = load(ground) * (demand.reads / max(demand.reads + demand.writes, 1e-9))
    relief = reads * hits * demand.web / max(demand.reads, 1e-9) * 0.9
    none = Option(
        axis="cache",
        dimension=Dimension.CACHE,
        key="none",
        id=OptionId("none"),
        label="none",
        gives=("cache:none",),
        build=ground.figure("sticky.shared_state") if demand.shared_state else 0.0,
        why=f"each of {pace(demand.reads, 'read')} asks the store, {took(reads)} of it",
    )
    inside, model = ground.tech("in_process_cache"), ground.tech("postgresql_cache")
    local = Option(
        axis="cache",
        dimension=Dimension.CACHE,
        key=inside.id,
        id=OptionId(inside.id),
        label=inside.name,
        tech=inside.id,
        gives=("cache:process", "fast_copy"),
        saves=spared * 0.9,
        store=-relief * 0.8,
        ops=hours(inside.run),
        build=inside.build.value + (ground.figure("sticky.shared_state") if demand.shared_state else 0.0),
        memory=0.1,
        parts=(Part(subject=SUBJECT, tech=inside.id, role=StoreRole.CACHE, product=inside.product, managed=False),),
        why=f"{_serves(ground)}spares {figure(spared * 90)}% of the web work; "
        "entries may differ between instances until they expire",
    )
    read_model = Option(
        axis="cache",
        dimension=Dimension.CACHE,
        key=model.id,
        id=OptionId(model.id),
        label=model.name,
        tech=model.id,
        gives=("cache:read_model", "fast_copy", "shared_memory"),
        needs=(("engine.hosts_cache",),),
        store=0.0,
        ops=hours(model.run),
        build=model.build.value + (ground.figure("sticky.shared_state") * 0.5 if demand.shared_state else 0.0),
        parts=(Part(subject=SUBJECT, tech=model.id, role=StoreRole.CACHE, product=model.product, managed=False),),
        why=f"{_serves(ground)}a prepared copy in the primary store: no new part, "
        f"but it answers all {pace(demand.reads, 'read')}",
    )
    return (none, local, read_model, *_shared(ground, spared, relief))


def _serves(ground: Ground) -> str:
    """What it may answer with, and how old that may be."""
    names = ground.demand.served
    return f"serves {listed(names, 3)}; " if names else ""


def _shared(ground: Ground, spared: float, relief: float) -> list[Option]:
    tech, demand, found = ground.tech("valkey"), ground.demand, []
    memory = 0.3 + min(50.0, demand.database_gb * 0.02)
    per_node = ground.capacity("cache.ops") * (1 - demand.headroom)
    least = max(1, -int(-demand.cacheable * ground.strain.get(SUBJECT, 1.0) / per_node // 1))
    for provider, row in ground.providers.items():
        offer = tech.offer(provider)
        for managed in (True, False):
            if managed and not offer:
                continue
            nodes = least
            if managed or nodes > 1 or memory > _BESIDE or demand.cacheable > 10_000:
                choices = ground.family(offer.family if managed and offer else row.vm)
                if not choices:
                    continue
                counted = [(max(least, math.ceil(memory / (i.memory * _USABLE))), i) for i in choices]
                nodes, best = min(counted, key=lambda c: (ground.rent(c[1]) * c[0], c[0], c[1].id))
                rent, instance, vcpu, room = ground.rent(best) * nodes, best.id, best.vcpu, best.memory
            else:
                rent, instance, vcpu, room = 0.0, "", 0.0, 0.0
            ops = hours(tech.managed if managed else tech.run) * (1 + 0.2 * (nodes - 1))
            product = offer.product if managed and offer else tech.product
            found.append(
                Option(
                    axis="cache",
                    dimension=Dimension.CACHE,
                    key=f"valkey/{provider}/{'managed' if managed else 'own'}",
                    id=OptionId("valkey"),
                    label=product,
                    tech=tech.id,
                    gives=("cache:shared", "fast_copy", "shared_memory", "pub_sub"),
                    needs=((f"provider:{provider}",), *(() if managed else (("can_run_stores",),))),
                    saves=spared,
                    store=-relief,
                    infra=rent,
                    ops=ops,
                    build=tech.build.value + ground.learning(tech) * 0.1,
                    memory=0.0 if managed or rent else ground.figure("memory.cache"),
                    compute=0.0 if managed or rent else 0.05,
                    parts=(
                        Part(
                            subject=SUBJECT,
                            tech=tech.id,
                            role=StoreRole.CACHE,
                            product=product,
                            managed=managed,
                            instance=instance,
                            vcpu=vcpu,
                            memory=room or ground.figure("memory.cache"),
                            month=rent,
                            count=nodes,
                        ),
                    ),
                    why=f"{_serves(ground)}spares {figure(spared * 100)}% of the web work; {run(rent, ops)}",
                )
            )
    return found
