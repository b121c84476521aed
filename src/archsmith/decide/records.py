"""Decisions out of the chosen options: title, reason, losers, margin, flip point, what they rest on."""

from archsmith.decide.argue import losers
from archsmith.decide.barred import Case
from archsmith.decide.bonds import Bonds
from archsmith.decide.dimensions.regions import SINGLE
from archsmith.decide.flip_words import said
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option, rent
from archsmith.decide.settle import Settled
from archsmith.kernel.ids import DecisionId, ElementId, OptionId, element
from archsmith.kernel.phrases import counted, listed
from archsmith.kernel.units import UsdPerMonth
from archsmith.knowledge.instances import Region
from archsmith.model.base import Figure
from archsmith.model.decisions import Bond, Decision, Dimension, Flip, ServiceGroup

TITLES = {
    "style": "Architectural style",
    "provider": "Where it runs",
    "zones": "Zones",
    "regions": "Regions",
    "platform": "Platform",
    "compute": "Instances of the services",
    "language": "Language",
    "framework": "Framework",
    "engine": "Primary store",
    "hosting": "Who runs the primary store",
    "size": "Size of the primary store",
    "series": "Readings over time",
    "analytics": "Sums over masses of events",
    "keyed": "Masses of single rows",
    "search": "Search",
    "objects": "Files",
    "cache": "Cache",
    "broker": "Background work and messages",
    "stream": "Event log",
    "mqtt": "Door for devices",
    "cdn": "Delivery of files and pages",
    "edge": "Entry",
    "realtime": "What is pushed",
    "api": "Style of the API",
    "identity": "Sign-in",
    "session": "Sessions",
    "authorization": "Who may see and do what",
    "cards": "Card numbers",
    "tenancy": "Tenants apart",
    "consistency": "Changes and their consequences",
    "backup": "Backup",
    "deployment": "Releases",
    "observability": "Monitoring",
    "iac": "Description of the infrastructure",
    "ci": "Build and release pipeline",
}
SUBJECTS = {
    "compute": "service:app",
    "size": "store:primary",
    "series": "store:timeseries",
    "keyed": "store:keyed",
    "stream": "store:stream",
    "mqtt": "store:mqtt",
}
RESTS = {
    "zones": ("provider",),
    "regions": ("provider", "zones"),
    "platform": ("provider", "zones"),
    "compute": ("platform", "framework", "cache"),
    "framework": ("language",),
    "hosting": ("engine", "provider", "zones"),
    "size": ("hosting", "cache", "search"),
    "objects": ("provider",),
    "cdn": ("objects", "provider"),
    "edge": ("platform", "zones"),
    "broker": ("engine", "style"),
    "stream": ("style",),
    "cache": ("engine",),
    "search": ("engine",),
    "series": ("engine", "hosting"),
    "analytics": ("engine",),
    "keyed": ("engine", "hosting"),
    "consistency": ("style", "broker"),
    "tenancy": ("engine",),
    "deployment": ("platform",),
    "observability": ("platform",),
    "iac": ("platform",),
    "identity": ("provider",),
    "session": ("identity", "cache"),
    "authorization": ("identity",),
    "backup": ("hosting",),
}


def records(
    settled: Settled,
    ground: Ground,
    argument: dict[str, dict[OptionId, Case]],
    flips: dict[str, tuple[Flip, ...]],
    figures: dict[str, tuple[Figure, ...]],
    groups: tuple[ServiceGroup, ...],
) -> tuple[tuple[Decision, ...], dict[str, DecisionId]]:
    """One for each axis where there was something to decide, in the order of the axes; and their ids by axis."""
    wanted = [axis for axis in TITLES if axis in settled.chosen and _decided(settled, axis)]
    order = []
    for axis in wanted:
        order.append(axis)
        order.extend({"style": ["partition"], "provider": ["region"]}.get(axis, []))
        order.extend(["second"] if axis == "regions" and settled.chosen[axis].key != SINGLE else [])
    ids = {axis: DecisionId(f"D-{number:03}") for number, axis in enumerate(order, 1)}
    found, bonds = [], Bonds(settled, ground)
    for axis in order:
        if axis == "partition":
            found.append(_partition(groups, ids))
        elif axis == "region":
            found.append(_region(settled, ground, ids, bonds))
        elif axis == "second":
            found.append(_second(settled, ground, ids, bonds))
        else:
            rows, bound = argument[axis], bonds.of(axis, argument[axis], flips[axis])
            found.append(_record(axis, settled, ground, rows, bound, flips[axis], figures.get(axis, ()), ids, groups))
    return tuple(found), ids


def _decided(settled: Settled, axis: str) -> bool:
    """Whether there was a choice: an axis whose only option is `none` says nothing."""
    if axis == "size" and settled.chosen[axis].key == "none":
        return False
    return any(o.axis == axis and o.key != settled.chosen[axis].key for o in settled.whole.options)


def _record(
    axis: str,
    settled: Settled,
    ground: Ground,
    rows: dict[OptionId, Case],
    bound: tuple[Bond, ...],
    flips: tuple[Flip, ...],
    figures: tuple[Figure, ...],
    ids: dict[str, DecisionId],
    groups: tuple[ServiceGroup, ...],
) -> Decision:
    option = settled.chosen[axis]
    lost = losers(rows)
    possible = [row for row in lost if row.extra is not None]
    runner = possible[0] if possible else None
    subject = ElementId(SUBJECTS[axis]) if axis in SUBJECTS else None
    if axis == "compute":
        subject = element("service", groups[0].id)
    only = "" if runner else " No other option is possible here."
    return Decision(
        id=ids[axis],
        dimension=option.dimension,
        title=TITLES[axis],
        subject=subject,
        option=option.id,
        choice=_choice(axis, settled),
        tech=option.tech,
        reason=_sentence(_why(axis, option, settled, ground)) + only,
        binding=bound,
        rests_on=tuple(ids[a] for a in RESTS.get(axis, ()) if a in ids),
        losers=lost,
        runner_up=runner.label if runner else "",
        margin=UsdPerMonth(runner.extra) if runner and runner.extra is not None else None,
        flips_at=said(flips),
        flips=flips,
        figures=figures,
    )


def _choice(axis: str, settled: Settled) -> str:
    option = settled.chosen[axis]
    if axis == "compute":
        most, least = settled.counts
        return f"{most} x {option.label}" + (
            f" at the peak, {least} at the mean" if least < most and option.duty < 1 else ""
        )
    return option.label


def _why(axis: str, option: Option, settled: Settled, ground: Ground) -> str:
    why = option.why or option.label
    if option.tech and option.tech in ground.wanted:
        return f"the brief asks for it; {why}"
    if option.tech and option.tech in ground.preferred:
        return f"the brief prefers it; {why}"
    if option.tech and option.tech in ground.existing:
        return f"it is there already; {why}"
    if settled.gave_way and axis == "zones":
        assumed = [n for n in settled.gave_way if n in ground.demand.soft]
        stated = [n.replace(".", " ") for n in settled.gave_way if n not in ground.demand.soft]
        why += f"; the assumed target of {listed(assumed)} can't be met within the stated limits" if assumed else ""
        return why + (f"; the limit of {listed(stated)} can't be met and is left open" if stated else "")
    return why


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _partition(groups: tuple[ServiceGroup, ...], ids: dict[str, DecisionId]) -> Decision:
    modules = sum(len(g.modules) for g in groups)
    names = dict.fromkeys(m.name for g in groups for m in g.modules)
    return Decision(
        id=ids["partition"],
        dimension=Dimension.PARTITION,
        title="Services and modules",
        option=OptionId(f"services_{len(groups)}"),
        choice=f"{counted(len(groups), 'service')} with {counted(modules, 'module')}: {', '.join(names)}",
        reason=_sentence("; ".join(f"{g.name}: {g.reason}" for g in groups)),
        rests_on=(ids["style"],),
        flips_at="with the style",
    )


def _region(settled: Settled, ground: Ground, ids: dict[str, DecisionId], bonds: Bonds) -> Decision:
    provider = settled.chosen["provider"].key
    region = ground.region[provider]
    bill = figures_bill(settled)
    lost = ground.other_regions(provider, bill)
    possible = [row for row in lost if row.extra is not None]
    return Decision(
        id=ids["region"],
        dimension=Dimension.REGION,
        title="Region",
        option=OptionId(region.id),
        choice=f"{region.name} ({region.id})",
        reason=_where(ground, region),
        binding=bonds.region(region),
        rests_on=(ids["provider"],),
        losers=lost,
        runner_up=possible[0].label if possible else "",
        margin=possible[0].extra if possible else None,
        flips_at="when the client moves"
        if region.id in ground.named_regions
        else "when residency or the users' place changes",
    )


def _second(settled: Settled, ground: Ground, ids: dict[str, DecisionId], bonds: Bonds) -> Decision:
    """Where the second region is."""
    provider = settled.chosen["provider"].key
    region, first = ground.second[provider] or ground.region[provider], ground.region[provider]
    places = ", ".join(p.upper() if len(p) == 2 else p for p in ground.demand.places)
    why = f"Data may be in {places} only" if places else f"Another region than {first.name}, near to it"
    return Decision(
        id=ids["second"],
        dimension=Dimension.REGION,
        title="Second region",
        option=OptionId(region.id),
        choice=f"{region.name} ({region.id})",
        reason=f"{why}: price factor {region.factor:g}.",
        binding=bonds.region(region),
        rests_on=(ids["provider"], ids["regions"]),
        flips_at="with the number of regions",
    )


def _where(ground: Ground, region: Region) -> str:
    places = ", ".join(p.upper() if len(p) == 2 else p for p in ground.demand.places)
    if region.id in ground.named_regions:
        return f"The brief names it{f'; data stays in {places}' if places else ''}: price factor {region.factor:g}."
    if places:
        return f"Data stays in {places}; cheapest region there, price factor {region.factor:g}."
    return f"Near the users and cheapest there: price factor {region.factor:g}."


def figures_bill(settled: Settled) -> float:
    """USD a month of infrastructure."""
    return sum(o.infra for o in settled.chosen.values()) + rent(settled.chosen["compute"], settled.counts)
