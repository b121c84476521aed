"""Roles of a second region: what each costs again, how fast it takes over, and how much work it is."""

from typing import Final

from archsmith.kernel.units import Probability, Ratio, Seconds
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.base import Value


class RegionMode(Value, frozen=True, kw_only=True):
    """A role of the second region. `again`: by axis, the share of its bill that is paid a second time.

    `machines` of the services there: `none`, `mean` (what the mean load takes) or `all`; `stores`: nodes of the primary
    store there over those here. `care`: share of the operations hours of regional parts on top; `ops` hours a month and
    `build` person-days of the role itself. `switch`: seconds until it answers, `coverage`: chance that this works;
    `lag`: seconds that asynchronous copies run behind; `waits`: each commit waits for the copy, which only an engine
    that we run ourselves does between regions. Ranges of our estimates: `_low`, `_high`.
    """

    id: str
    name: str
    machines: str
    stores: float
    again: dict[str, float]
    care: float
    ops: float
    build: float
    switch: float
    switch_low: float
    switch_high: float
    coverage: float
    coverage_low: float
    coverage_high: float
    lag: float
    waits: bool = False
    source: str
    reason: str


REGION_MODES: Final = Table("region_modes", RegionMode)


def takeover(catalogue: Catalogue, mode: RegionMode) -> tuple[Seconds, Seconds, Probability, Ratio]:
    """What the formula of a takeover is given: switch, mean outage, coverage and common cause."""
    return (
        Seconds(mode.switch),
        Seconds(tradeoff(catalogue, "region.outage")),
        Probability(mode.coverage),
        Ratio(tradeoff(catalogue, "region.common_cause")),
    )
