"""Ways of releasing: what pauses and failed releases take away, and which way is worth its work."""

from typing import Any

import msgspec
import pytest
from tests.decide.bare import choices
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, demand, fact, ground

from archsmith.decide.dimensions.delivery import deployment
from archsmith.decide.option import Option
from archsmith.formulas.availability import lost_by_releases
from archsmith.kernel.units import Count, Probability, Ratio, Seconds, UsdPerHour
from archsmith.knowledge.releases import RELEASE_WAYS, releases_month
from archsmith.model.decisions import Dimension


def ways(**change: Any) -> dict[str, Option]:
    return {o.key: o for o in deployment(ground(msgspec.structs.replace(demand(), **change)))}


def test_pauses_and_failed_releases_add_up() -> None:
    pauses = lost_by_releases(30, Seconds(86_400), Probability(0.0), Ratio(1.0), Seconds(900))
    assert pauses == 1.0  # a day of pause each day
    failures = lost_by_releases(10, Seconds(0), Probability(0.5), Ratio(0.5), Seconds(2592))
    assert failures == pytest.approx(10 * 0.5 * 0.5 * 0.001)


def test_each_safer_way_loses_less_time_and_takes_more_work() -> None:
    rows = [ways()[k] for k in ("restart", "rolling", "blue_green", "canary")]
    assert [o.down for o in rows] == sorted((o.down for o in rows), reverse=True)
    assert [o.build for o in rows] == sorted(o.build for o in rows)


def test_a_larger_team_releases_more_often_up_to_once_a_working_day() -> None:
    assert [releases_month(CATALOGUE, n) for n in (1, 4, 100)] == [2, 8, 20]
    assert ways(team=8)["restart"].down == pytest.approx(2 * ways(team=4)["restart"].down)


def test_only_what_writes_money_has_something_to_mend() -> None:
    assert ways(strict=True)["restart"].risk > ways(strict=True)["canary"].risk > 0
    assert ways(strict=False)["restart"].risk == 0


def chosen(outage: float, team: float) -> str:
    targets = msgspec.structs.replace(
        DERIVATION.targets, outage_cost=fact(UsdPerHour(outage)), team=fact(Count(team)), budget=None
    )
    found = choices(REQUIREMENTS, msgspec.structs.replace(DERIVATION, targets=targets), CATALOGUE)
    return next(str(d.option) for d in found.decisions if d.dimension is Dimension.DEPLOYMENT)


def test_dear_outages_pay_for_a_way_without_pause_and_cheap_ones_do_not() -> None:
    assert chosen(5.0, 1) == "restart"
    assert chosen(5000.0, 4) in ("rolling", "blue_green", "canary")


def test_every_way_says_what_its_figures_rest_on() -> None:
    for way in CATALOGUE.table(RELEASE_WAYS).values():
        assert way.pause_low <= way.pause <= way.pause_high
        assert way.reach_low <= way.reach <= way.reach_high
        assert way.restore_low <= way.restore <= way.restore_high
        assert way.reason
