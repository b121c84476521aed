"""Regions: one, or a second one that waits, stands by or serves too."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import tenth, work
from archsmith.formulas.availability import left_by_takeover
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import duration
from archsmith.knowledge.region_modes import REGION_MODES, RegionMode, takeover
from archsmith.model.decisions import Dimension

SINGLE = "single"
"""The key of the option without a second region."""


def regions(ground: Ground) -> tuple[Option, ...]:
    """One region; or two, whose costs and gains in the other axes are those of `worlds`.

    A second region is for the loss of a region: a machine or a zone is covered in the first, without loss of data.
    """
    return (
        Option(
            axis="regions",
            dimension=Dimension.REGIONS,
            key=SINGLE,
            id=OptionId("single_region"),
            label="one region",
            gives=("regions:one",),
            why=f"if the region is lost, all is built and restored elsewhere in "
            f"{duration(ground.figure('region.rebuild'))} or more",
        ),
        *(_second(ground, mode) for mode in ground.catalogue.table(REGION_MODES).values()),
    )


def _second(ground: Ground, mode: RegionMode) -> Option:
    left = remains(ground, mode)
    return Option(
        axis="regions",
        dimension=Dimension.REGIONS,
        key=mode.id,
        id=OptionId(mode.id),
        label=f"second region as {mode.name}" if mode.id != "active_active" else "two regions, active-active",
        gives=("regions:two", f"regions:{mode.id}"),
        needs=(("second_region",), ("redundant",), *([("own_engine",)] if mode.waits else [])),
        ops=mode.ops,
        build=mode.build,
        why=f"takes over in {duration(mode.switch)}, {_at_risk(ground, mode)}; "
        f"{tenth((1 - left) * 100)}% of the time away of regional parts is spared; {work(mode.ops, mode.build)}",
    )


def _at_risk(ground: Ground, mode: RegionMode) -> str:
    if mode.waits:
        near = duration(ground.figure("region.rtt_near"))
        return f"no write is lost, and each waits for the other region (about {near} within a continent)"
    return f"{duration(mode.lag)} of writes at risk"


def round_trip(ground: Ground, provider: str) -> float:
    """Seconds to the provider's second region and back: of one continent where the two share a place."""
    first, second = ground.region[provider], ground.second.get(provider)
    near = second is not None and bool(set(first.places) & set(second.places))
    return ground.figure("region.rtt_near" if near else "region.rtt_far")


def mode_of(ground: Ground, option: Option) -> RegionMode | None:
    """The role that an option of this axis gives the second region; None for one region."""
    return ground.catalogue.table(REGION_MODES).get(option.key)


def remains(ground: Ground, mode: RegionMode) -> float:
    """Share of the time away of regional parts that stays."""
    return float(left_by_takeover(*takeover(ground.catalogue, mode)))
