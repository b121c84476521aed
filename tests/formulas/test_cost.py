"""Money: the AWS egress tiers worked by hand, and the laws of a price list."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.formulas.cost import (
    Tier,
    hourly,
    monthly,
    outage_loss,
    spread,
    tiered_cost,
    work_cost,
)
from archsmith.kernel.units import (
    Count,
    Months,
    PersonDays,
    Probability,
    Ratio,
    Usd,
    UsdPerHour,
    UsdPerMonth,
)


def tiers(*pairs: tuple[float, float]) -> list[Tier]:
    return [Tier(up_to=Count(limit), price=Usd(price)) for limit, price in pairs]


EGRESS = tiers((100, 0), (10_100, 0.09), (50_100, 0.085), (150_100, 0.07), (math.inf, 0.05))


@pytest.mark.parametrize(
    ("gigabytes", "cost"),
    [(0, 0), (100, 0), (101, 0.09), (10_100, 900), (20_100, 1750), (50_100, 4300), (200_100, 13_800)],
)
def test_each_tier_prices_its_own_units(gigabytes: float, cost: float) -> None:
    assert tiered_cost(Count(gigabytes), EGRESS) == pytest.approx(cost)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_never_costs_less(quantity: float, more: float) -> None:
    less = tiered_cost(Count(quantity), EGRESS)
    assert tiered_cost(Count(quantity + more), EGRESS) >= less - 1e-9
    assert less <= quantity * 0.09 + 1e-9


@given(st.floats(0, 1e6), st.floats(0, 10))
def test_one_tier_is_a_plain_price(quantity: float, price: float) -> None:
    assert tiered_cost(Count(quantity), tiers((math.inf, price))) == pytest.approx(quantity * price)


@pytest.mark.parametrize(
    "bad",
    [[], [(100, 1)], [(100, 1), (100, 1), (math.inf, 1)], [(200, 1), (100, 1), (math.inf, 1)], [(0, 1), (math.inf, 1)]],
)
def test_a_price_list_with_holes_is_refused(bad: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="tiers must rise"):
        tiered_cost(Count(10), tiers(*bad))


def test_hours_and_months() -> None:
    assert monthly(UsdPerHour(0.0416)) == pytest.approx(30.368)
    assert monthly(UsdPerHour(0.1), Count(4), Ratio(0.25)) == pytest.approx(73)
    assert monthly(hourly(UsdPerMonth(123.4))) == pytest.approx(123.4)


def test_work() -> None:
    assert work_cost(PersonDays(20), UsdPerHour(75)) == pytest.approx(12_000)
    assert spread(Usd(12_000), Months(24)) == pytest.approx(500)


def test_losses() -> None:
    assert outage_loss(Probability(0.995), UsdPerHour(1000)) == pytest.approx(3650)
    assert outage_loss(Probability(1.0), UsdPerHour(1000)) == pytest.approx(0)


def test_negative_money_is_refused() -> None:
    for use in (
        lambda: monthly(UsdPerHour(-1)),
        lambda: spread(Usd(-1), Months(1)),
        lambda: spread(Usd(1), Months(0)),
        lambda: tiered_cost(Count(-1), EGRESS),
        lambda: tiered_cost(Count(1), tiers((math.inf, -1))),
        lambda: work_cost(PersonDays(math.nan), UsdPerHour(1)),
    ):
        with pytest.raises(ValueError, match="must be"):
            use()
