"""Money: tiered prices, hours to months, work to money, one-off costs over a horizon, the loss by outages."""

import math
from collections.abc import Sequence

from msgspec import Struct

from archsmith.formulas._checks import not_negative, positive, share
from archsmith.kernel.units import (
    HOURS_PER_MONTH,
    Count,
    Months,
    PersonDays,
    Probability,
    Ratio,
    Usd,
    UsdPerHour,
    UsdPerMonth,
)

_WHOLE = Ratio(1.0)
_ONE = Count(1.0)


class Tier(Struct, frozen=True, kw_only=True):
    """A price for each unit up to `up_to` units a month, counted from zero; the last tier has `math.inf`."""

    up_to: Count
    price: Usd


def tiered_cost(quantity: Count, tiers: Sequence[Tier]) -> UsdPerMonth:
    """Monthly cost of `quantity` (>= 0) units where each tier prices only the units that fall into it.

    Tiers rise strictly and the last is unbounded (`math.inf`), else ValueError: a quantity without a price is not free.

    >>> egress = [
    ...     Tier(up_to=Count(100), price=Usd(0)),
    ...     Tier(up_to=Count(10_240), price=Usd(0.09)),
    ...     Tier(up_to=Count(math.inf), price=Usd(0.085)),
    ... ]
    >>> round(tiered_cost(Count(20_000), egress), 2)
    1742.2
    """
    not_negative("quantity", quantity)
    bounds = [t.up_to for t in tiers]
    if not bounds or bounds[-1] != math.inf or bounds[0] <= 0 or sorted(set(bounds)) != bounds:
        raise ValueError(f"tiers must rise from above 0 to infinity, got {bounds}")
    lows = [0.0, *bounds[:-1]]
    return UsdPerMonth(
        math.fsum(
            not_negative("price", tier.price) * (min(quantity, tier.up_to) - low)
            for tier, low in zip(tiers, lows, strict=True)
            if quantity > low
        )
    )


def monthly(price: UsdPerHour, count: Count = _ONE, share_of_month: Ratio = _WHOLE) -> UsdPerMonth:
    """Cost a month of `count` (>= 0) things billed by the hour (>= 0), running this share of its 730 h (0 to 1).

    Source: the 730 h (8,760 / 12) with which AWS, Azure and Google Cloud quote monthly prices.

    >>> round(monthly(UsdPerHour(0.1), Count(3)), 6)
    219.0
    """
    used = not_negative("count", count) * share("share_of_month", share_of_month)
    return UsdPerMonth(not_negative("price", price) * HOURS_PER_MONTH * used)


def hourly(price: UsdPerMonth) -> UsdPerHour:
    """Cost an hour of what costs this a month (>= 0), 730 h a month.

    >>> round(hourly(UsdPerMonth(73)), 9)
    0.1
    """
    return UsdPerHour(not_negative("price", price) / HOURS_PER_MONTH)


def work_cost(effort: PersonDays, rate: UsdPerHour) -> Usd:
    """Cost of one-off work (>= 0 person-days of 8 h) at a loaded rate (>= 0).

    >>> work_cost(PersonDays(10), UsdPerHour(80))
    6400.0
    """
    return Usd(not_negative("effort", effort) * 8.0 * not_negative("rate", rate))


def spread(one_off: Usd, horizon: Months) -> UsdPerMonth:
    """A one-off cost (>= 0) as a sum a month over a horizon (> 0 months), in equal parts without interest.

    >>> spread(Usd(36_000), Months(36))
    1000.0
    """
    return UsdPerMonth(not_negative("one_off", one_off) / positive("horizon", horizon))


def outage_loss(availability: Probability, hour_down: UsdPerHour) -> UsdPerMonth:
    """Expected loss a month: unavailability (availability 0 to 1) x 730 h x what an hour down costs (>= 0).

    Valid where the loss grows with the time down; a fixed loss for each incident is not in it.

    >>> round(outage_loss(Probability(0.999), UsdPerHour(5000)), 6)
    3650.0
    """
    down = 1 - share("availability", availability)
    return UsdPerMonth(down * HOURS_PER_MONTH * not_negative("hour_down", hour_down))
