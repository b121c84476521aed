"""Ways of putting a release out, and what releases cost in time away."""

from typing import Final

from archsmith.kernel.units import Probability, Ratio, Seconds
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.base import Value


class ReleaseWay(Value, frozen=True, kw_only=True):
    """A way of releasing. `pause`: seconds without service for each release. Of a failed one: `reach`, the share of the
    requests that meet it, and `restore`, seconds until the last version serves again. `build` person-days, `ops` hours
    a month. `scales_out`: it needs more than one instance. Ranges of our estimates: `_low`, `_high`.
    """

    id: str
    name: str
    pause: float
    pause_low: float
    pause_high: float
    reach: float
    reach_low: float
    reach_high: float
    restore: float
    restore_low: float
    restore_high: float
    build: float
    ops: float
    scales_out: bool
    source: str
    reason: str


RELEASE_WAYS: Final = Table("release_ways", ReleaseWay)


def releases_month(catalogue: Catalogue, team: float) -> float:
    """Releases a month of a team: so many by each engineer, up to one each working day."""
    most = tradeoff(catalogue, "deploy.most_releases")
    return min(most, tradeoff(catalogue, "deploy.releases") * max(1.0, team))


def by_releases(
    catalogue: Catalogue, way: ReleaseWay, team: float
) -> tuple[float, Seconds, Probability, Ratio, Seconds]:
    """What the formula of time lost by releases is given: how many, pause, failed, reach and time to restore."""
    return (
        releases_month(catalogue, team),
        Seconds(way.pause),
        Probability(tradeoff(catalogue, "deploy.failed")),
        Ratio(tradeoff(catalogue, "deploy.lost_by_failure") * way.reach),
        Seconds(way.restore),
    )
