"""Sizings out of the chosen options: what each service and store runs on, and for how much."""

import math

from archsmith.decide.dimensions.platform import SYSTEM_GB, spare
from archsmith.decide.ground import Ground
from archsmith.decide.option import Part, rent
from archsmith.decide.settle import Settled
from archsmith.kernel.ids import DecisionId, TechId, element
from archsmith.kernel.units import Bytes, Count, UsdPerMonth
from archsmith.knowledge.instances import INSTANCES
from archsmith.model.base import Figure
from archsmith.model.decisions import ServiceGroup, Sizing

_GB = 1e9


def sizings(
    settled: Settled,
    ground: Ground,
    services: tuple[ServiceGroup, ...],
    because: dict[str, DecisionId],
    figures: dict[str, tuple[Figure, ...]],
) -> tuple[Sizing, ...]:
    """One for each service, one for each store that the chosen options bring."""
    found = _services(settled, ground, services, because, figures)
    here = settled.here
    for axis, option in here.items():
        host = here["hosting"]
        for part in option.parts:
            extra = host.infra if axis == "size" else 0.0
            found.append(_store(part, because.get(axis), extra, figures.get(axis, ())))
    return tuple(found)


def _services(
    settled: Settled,
    ground: Ground,
    services: tuple[ServiceGroup, ...],
    because: dict[str, DecisionId],
    figures: dict[str, tuple[Figure, ...]],
) -> list[Sizing]:
    option = settled.here["compute"]
    row = ground.catalogue.table(INSTANCES)[option.id]
    platform, zones = settled.chosen["platform"], int(settled.chosen["zones"].key)
    most, least = settled.counts
    shared = "machines" in platform.gives  # one set of machines carries all services
    total = rent(option, settled.counts)
    shares = weights(settled, ground, services)
    web = settled.space.web[f"framework:{settled.chosen['framework'].key}"]
    spared = sum(o.saves for o in settled.chosen.values())
    mean = (web.mean - web.mean_answers * spared) * (1 - ground.demand.headroom)
    found = []
    for position, service in enumerate(services):
        if shared or len(services) == 1:
            count, minimum = most, least if option.duty < 1 else most
            month = total if position == 0 or not shared else 0.0
        else:
            busy = mean * shares[position]
            kept = math.ceil(round(busy / option.cores, 3)) + spare(ground, option, busy) if zones > 1 else 1
            count = max(zones, kept, math.ceil(most * shares[position] - 1e-9))
            minimum = max(zones, math.ceil(least * shares[position] - 1e-9))
            month = rent(option, (count, minimum))
        found.append(
            Sizing(
                subject=element("service", service.id),
                tech=platform.tech or TechId(platform.key),
                product=platform.label,
                managed="machines" not in platform.gives,
                instance=row.id,
                vcpu=Count(row.vcpu),
                memory=Bytes(row.memory * _GB),
                storage=Bytes(SYSTEM_GB * _GB if shared else 0.0),
                count=count,
                minimum=min(minimum, count),
                zones=zones,
                month=UsdPerMonth(round(month, 2)),
                figures=figures.get("compute", ()) if position == 0 else (),
                because=_because(because.get("compute"), because.get("platform")),
            )
        )
    return found


def weights(settled: Settled, ground: Ground, services: tuple[ServiceGroup, ...]) -> list[float]:
    """Share of the cores that each service takes: of a stream the taking in and the work on it, else by operations."""
    demand = ground.demand
    tech = ground.tech(settled.chosen["framework"].key)
    stream = demand.stream / ground.capacity(tech.events)
    web = demand.web / ground.capacity(tech.capacity) * (1 - sum(o.saves for o in settled.chosen.values()))
    jobs = demand.jobs / ground.capacity(tech.events)
    split = any(s.id == "worker" for s in services)
    by_id = {"app": web + (0.0 if split else jobs), "ingest": stream, "processing": stream, "worker": jobs + 0.05 * web}
    raw = [
        by_id.get(s.id, float(len(s.operations))) if "app" in {x.id for x in services} else float(len(s.operations))
        for s in services
    ]
    raw = [value * ground.strain.get(f"service:{s.id}", 1.0) for value, s in zip(raw, services, strict=True)]
    total = sum(raw) or 1.0
    return [value / total for value in raw]


def _store(part: Part, decision: DecisionId | None, extra: float, figures: tuple[Figure, ...]) -> Sizing:
    return Sizing(
        subject=part.subject,
        tech=part.tech,
        role=part.role,
        product=part.product,
        managed=part.managed,
        instance=part.instance,
        vcpu=Count(part.vcpu),
        memory=Bytes(part.memory * _GB),
        storage=Bytes(part.storage * _GB),
        count=part.count,
        minimum=part.count,
        zones=part.zones,
        shards=part.shards,
        month=UsdPerMonth(round(part.month + extra, 2)),
        figures=figures,
        because=_because(decision),
    )


def _because(*decisions: DecisionId | None) -> tuple[DecisionId, ...]:
    return tuple(d for d in decisions if d)
