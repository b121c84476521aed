"""The space as it is with one region, or with a second one in a given role: within each everything stays linear.

A second region multiplies: what runs there is paid again, and the time away of regional parts shrinks. So each role is
a world of its own, in which every option has the price and the absence that it has there; the cheapest world wins.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from archsmith.decide.dimensions.regions import mode_of, remains
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option, Space
from archsmith.knowledge.region_modes import RegionMode

REGIONAL = frozenset({"platform", "hosting", "edge", "series", "keyed", "broker", "stream", "mqtt", "size", "compute"})
"""Axes whose parts stand in a region and are away with it; releases and sign-in are not spared by a second one."""
_MONTH = 2_630_000.0


def worlds(space: Space, ground: Ground) -> Iterator[Space]:
    """One space for each role that is left, in the order of the options; one region first."""
    axes = {o.axis for o in space.options}
    for option in space.options:
        if option.axis == "regions":
            found = world(space, ground, option)
            if {o.axis for o in found.options} == axes:
                yield found


def world(space: Space, ground: Ground, role: Option) -> Space:
    """The space with this role only, its options priced for it."""
    mode = mode_of(ground, role)
    rest = tuple(o for o in space.options if o.axis != "regions" or o.key == role.key)
    if mode is not None:
        left = remains(ground, mode)
        rest = tuple(_there(o, ground, mode, left) for o in rest if not _of_one_zone(o))
    return replace(space, options=rest)


def role_of(space: Space) -> str:
    """The key of the role that a world is about."""
    return next(o.key for o in space.options if o.axis == "regions")


def _of_one_zone(option: Option) -> bool:
    """Options that stand only with one zone can't stand beside a second region."""
    alone = any(group in (("zones:1",), ("machines:1",)) for group in option.needs)
    return alone or (option.axis == "zones" and option.key == "1")


def _there(option: Option, ground: Ground, mode: RegionMode, left: float) -> Option:
    """The option with what it costs in both regions, and what stays of its absence."""
    provider = stands_at(option)
    ratio = ground.dearer_there(provider) if provider else 1.0
    again = again_of(option, mode) * option.again * ratio
    changed = {"infra": option.infra * (1 + again)}
    if option.axis == "provider":
        changed["infra"] = option.infra + between(ground, option.key)
    if option.axis in REGIONAL:
        changed["down"] = option.down * left
        changed["ops"] = option.ops * (1 + mode.care)
    if option.axis == "compute" and mode.machines != "none":
        changed |= _machines(option, mode, ratio)
    return replace(option, **changed)


def again_of(option: Option, mode: RegionMode) -> float:
    """Share of an option's bill that the second region asks for again."""
    if option.axis in ("size", "hosting"):
        return 1.0 if "hosting:use" in option.gives else mode.stores
    if option.axis == "platform":
        return 0.0 if mode.machines == "none" else 1.0
    return mode.again.get(option.axis, 0.0)


def _machines(option: Option, mode: RegionMode, ratio: float) -> dict[str, float]:
    """Price, duty and upkeep with the machines there: as many as the mean takes, or all of them again."""
    if mode.machines == "all":
        return {"price": option.price * (1 + ratio), "each": option.each * 2}
    return {"price": option.price * (1 + ratio), "duty": option.duty / (1 + ratio), "each": option.each * 1.5}


def between(ground: Ground, provider: str) -> float:
    """USD a month for what is copied from region to region: the log of all writes, and new files."""
    demand, row = ground.demand, ground.providers[provider]
    written = demand.writes / demand.peak_factor * _MONTH * ground.figure("region.write_bytes") / 1e9
    gb = written + demand.new_files_gb
    return ground.month(row.between, gb, provider) if row.between else 0.0


def stands_at(option: Option) -> str:
    """The provider that an option is bound to, by itself, its platform or its hosting; or nothing."""
    if option.axis == "provider":
        return option.key
    for group in option.needs:
        if len(group) == 1:
            kind, _, what = group[0].partition(":")
            if kind == "provider":
                return what
            if kind in ("platform", "hosting") and "/" in what:
                return what.split("/")[1]
    return ""
