"""The arithmetic behind sizes, as figures with their numbers put in."""

import math

from archsmith.decide.dimensions import store
from archsmith.decide.dimensions.regions import SINGLE, mode_of, remains
from archsmith.decide.ground import Ground
from archsmith.decide.option import rent
from archsmith.decide.settle import Settled
from archsmith.kernel.provenance import Derived
from archsmith.knowledge.region_modes import takeover
from archsmith.knowledge.releases import RELEASE_WAYS, by_releases
from archsmith.model.base import Figure


def figures(settled: Settled, ground: Ground) -> dict[str, tuple[Figure, ...]]:
    """By axis: cores and instances of the services, cores of the primary store, hours away, the bill.

    Of the bill and the time away `evaluate` counts each line again: its figures lead on to prices, promises and rates.
    """
    return {
        "compute": _compute(settled, ground),
        "size": _store(settled, ground),
        "zones": _away(settled),
        "regions": _regions(settled, ground),
        "provider": _bill(settled),
        "deployment": _released(settled, ground),
    }


def _figure(ident: str, what: str, value: float, unit: str, formula: str, *inputs: str) -> Figure:
    return Figure(
        id=ident,
        what=what,
        value=value,
        unit=unit,
        formula=formula,
        why=Derived(rule=f"decide/{ident}", formula=formula, inputs=inputs),
    )


def _compute(settled: Settled, ground: Ground) -> tuple[Figure, ...]:
    demand, option = ground.demand, settled.here["compute"]
    framework = settled.chosen["framework"]
    tech = ground.tech(framework.key)
    per_core = ground.capacity(tech.capacity)
    whole = settled.space.web[f"framework:{framework.key}"]
    peak, answers = whole.peak, whole.peak_answers
    saved = sum(o.saves for o in settled.chosen.values())
    beside = sum(o.compute for o in settled.chosen.values())
    local = "hosting:local" in settled.chosen["hosting"].gives
    shared = store.load(ground) + sum(o.store for o in settled.chosen.values()) if local else 0.0
    needed = peak - answers * saved + beside + max(0.0, shared)
    stages = "2 * " if demand.heavy_stream else ""
    events = demand.stream + demand.jobs
    stream = (
        f" + ({stages}{demand.stream:.4g} + {demand.jobs:.4g}) / {ground.capacity(tech.events):.4g}" if events else ""
    )
    open_ = f"{demand.connections:.4g} / {ground.capacity('realtime.connections'):.4g}"
    held = f" + {open_}" if demand.real_time or demand.devices else ""
    most, least = settled.counts
    return (
        _figure(
            "cores.web",
            "cores for requests at the peak with headroom",
            peak,
            "vCPU",
            f"({demand.web:.4g} / {per_core:.4g}{stream}) / (1 - {demand.headroom:.2g}){held}",
            "peak",
            tech.capacity,
            "headroom",
            *((tech.events,) if events else ()),
            *(("connections", "realtime.connections") if held else ()),
        ),
        _figure(
            "cores.needed",
            "cores after cache and edge, with what runs beside",
            needed,
            "vCPU",
            f"{peak:.4g} - {answers:.4g} * {saved:.3g} + {beside:.3g} + {max(0.0, shared):.3g}",
            "cores.web",
            *[str(o.dimension) for o in settled.chosen.values() if o.saves or o.compute],
            *(("sql.read", "sql.write", "queries.per_request") if shared > 0 else ()),
        ),
        _figure(
            "instances",
            f"instances of {option.label} at the peak",
            float(most),
            "instances",
            f"ceil({needed:.4g} / {option.cores:.4g}), at least as many as zones and services ask for",
            "cores.needed",
            f"instances/{option.label}",
        ),
        _figure(
            "rent",
            "rent of the instances",
            rent(option, settled.counts),
            "USD per month",
            f"{option.price:.2f} * ({option.duty:.2g} * {most} + {1 - option.duty:.2g} * {least})",
            "instances",
            f"instances/{option.label}",
            "peak_factor",
        ),
    )


def _store(settled: Settled, ground: Ground) -> tuple[Figure, ...]:
    demand = ground.demand
    base, share = store.load(ground), ground.figure("store.hot_share")
    asked = {o.axis: o.store for o in settled.chosen.values() if abs(o.store) > 1e-6}
    total = max(0.0, base + sum(asked.values()))
    words = "".join(f" {'+' if v > 0 else '-'} {abs(v):.3g}" for v in asked.values())
    queries, read, write = (ground.capacity(k) for k in ("queries.per_request", "sql.read", "sql.write"))
    return (
        _figure(
            "cores.store",
            "cores of the primary store at the peak with headroom",
            base,
            "vCPU",
            f"({demand.reads + demand.behind_reads:.4g} * {queries:.4g} / {read:.4g}"
            f" + {demand.writes + demand.behind_writes:.4g} / {write:.4g})"
            f" / (1 - {demand.headroom:.2g})",
            "peak",
            "reads",
            "headroom",
            "sql.read",
            "sql.write",
            "queries.per_request",
        ),
        _figure(
            "cores.store_total",
            "with " + (", ".join(sorted(asked)) or "nothing else"),
            total,
            "vCPU",
            f"{base:.3g}{words}",
            "cores.store",
            *[str(o.dimension) for o in settled.chosen.values() if abs(o.store) > 1e-6],
        ),
        _figure(
            "memory.hot",
            "memory for what is read often",
            store.hot_memory(ground),
            "GB",
            f"0.5 + {share:.2g} * {min(demand.database_gb, 100):.4g}"
            f" + {share / 10:.2g} * {max(0.0, demand.database_gb - 100):.4g}",
            "store.hot_share",
            "stored_3y",
        ),
    )


def _regions(settled: Settled, ground: Ground) -> tuple[Figure, ...]:
    """What stays of the time away of regional parts, and the stated targets of the loss of a region."""
    demand, mode = ground.demand, mode_of(ground, settled.chosen["regions"])
    found = []
    if mode is not None:
        switch, outage, works, common = takeover(ground.catalogue, mode)
        said = f"{common:g} + (1 - {common:g}) * (1 - {works:g} * (1 - {switch:g} / {outage:g}))"
        what = "share of the time away of regional parts that stays"
        inputs = ("region.common_cause", "region.outage", f"region_modes.{mode.id}")
        found.append(_figure("region.remains", what, remains(ground, mode), "ratio", said, *inputs))
    for name, value in (("rpo", demand.region_rpo), ("rto", demand.region_rto)):
        if math.isfinite(value):
            what = f"{name.upper()} stated for the loss of a region"
            found.append(_figure(f"region.{name}_target", what, value, "s", f"{value:g}", "regions"))
    return tuple(found)


def _away(settled: Settled) -> tuple[Figure, ...]:
    parts = [(str(o.dimension), o.down) for o in settled.chosen.values() if o.down > 0]
    total = sum(d for _, d in parts)
    return (
        _figure(
            "away",
            "share of time away, at most",
            total,
            "ratio",
            " + ".join(f"{d:.6f}" for _, d in parts) or "0",
            "availability.predicted",
            *[a for a, _ in parts],
        ),
    )


def _released(settled: Settled, ground: Ground) -> tuple[Figure, ...]:
    """What releases take away: pauses, and failed ones until the last version is back."""
    way = ground.catalogue.table(RELEASE_WAYS)[settled.chosen["deployment"].key]
    releases, pause, failed, lost, restore = by_releases(ground.catalogue, way, ground.demand.team)
    return (
        _figure(
            "releases.away",
            "share of time away by releases",
            settled.chosen["deployment"].down,
            "ratio",
            f"{releases:g} * ({pause:g} + {failed:g} * {lost:g} * {restore:g}) / 2592000",
            "deploy.releases",
            "deploy.failed",
            "deploy.lost_by_failure",
            f"release_ways.{way.id}",
        ),
    )


def _bill(settled: Settled) -> tuple[Figure, ...]:
    here = settled.here
    rows = [(str(o.dimension), o.infra) for o in here.values() if o.infra > 0.005]
    rows.append(("rent", rent(here["compute"], settled.counts)))
    there = rent(settled.chosen["compute"], settled.counts) + sum(o.infra for o in settled.chosen.values())
    again = there - sum(v for _, v in rows)
    if settled.chosen["regions"].key != SINGLE:
        rows.append(("regions", again))
    return (
        _figure(
            "bill",
            "infrastructure",
            sum(v for _, v in rows),
            "USD per month",
            " + ".join(f"{v:.2f}" for _, v in rows),
            "cost.infrastructure",
            *[a for a, _ in rows],
        ),
    )
