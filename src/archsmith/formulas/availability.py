"""Availability: of parts in series, of k out of n, of pools in a place with zones; downtime, burn alerts.

An availability is a share of time or of requests, 0 to 1. Parts are taken as independent unless a function says else.
"""

import functools
import math
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from archsmith.formulas._checks import at_least, inside, not_negative, positive, share
from archsmith.kernel.units import Days, Hours, Probability, Ratio, Seconds

_DAY: Final = 86_400.0
SLO_MONTH: Final = Days(30.0)
"""The month of service level targets: a rolling window of 30 days."""


def series(parts: Iterable[Probability]) -> Probability:
    """Availability of a whole that needs every part: the product. Parts 0 to 1, else ValueError; 1 if there is none.

    Source: elementary probability.

    >>> round(series([Probability(0.9999), Probability(0.999), Probability(0.9995)]), 8)
    0.99840065
    """
    return Probability(math.prod(share("availability", a) for a in parts))


def k_of_n(part: Probability, needed: int, parts: int) -> Probability:
    """Availability of a pool of `parts` equal ones of which `needed` must be up; 1 <= needed <= parts.

    Raises ValueError outside. Source: binomial law.

    >>> round(k_of_n(Probability(0.99), 2, 3), 9)
    0.999702
    """
    a = share("part", part)
    if at_least("needed", needed, 1) > at_least("parts", parts, 1):
        raise ValueError(f"needed must be at most parts, got {needed} of {parts}")
    if not 0 < a < 1:
        return part
    if parts <= _EXACT:
        down = math.fsum(math.comb(parts, i) * a**i * (1 - a) ** (parts - i) for i in range(needed))
    else:
        down = math.fsum(math.exp(_log_binomial(parts, i) + i * math.log(a) + (parts - i) * math.log1p(-a))
                         for i in range(needed))  # fmt: skip
    return Probability(min(1.0, max(0.0, 1 - down)))


_EXACT = 1000
"""Parts up to which the number of combinations is a float; above, terms are taken by their logarithms."""


_MANY = 100_000
"""Parts needed up to which spares are counted."""


def _log_binomial(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def pool(part: Probability, needed: int, parts: int, place: Probability) -> Probability:
    """As `k_of_n`, for parts spread over zones of one place: no more available than the `place` (0 to 1) itself.

    Raises ValueError outside. Source: a whole in series with what all its parts share; the promise of a place with
    several zones already holds the loss of one of them, so that the lower of both counts.

    >>> (
    ...     round(pool(Probability(0.995), 1, 2, Probability(0.9999)), 6),
    ...     round(pool(Probability(0.995), 4, 5, Probability(0.9999)), 6),
    ... )
    (0.9999, 0.999752)
    """
    return Probability(min(k_of_n(part, needed, parts), share("place", place)))


@functools.lru_cache(maxsize=4096)
@functools.lru_cache(maxsize=4096)
def spares(part: Probability, needed: int, place: Probability) -> int:
    """Fewest parts on top of those `needed` (>= 1) with which a `pool` is as available as its `place`; at least 1.

    A `part` or `place` (0 to 1) of 1 or 0 takes one. Beyond 100,000 needed as many in proportion as for those, which is
    more than enough. Raises ValueError outside. Source: the binomial law's tail.

    >>> spares(Probability(0.995), 1, Probability(0.9999)), spares(Probability(0.995), 4, Probability(0.9999))
    (1, 2)
    """
    a, wanted = share("part", part), 1 - share("place", place)
    if not 0 < a < 1 or wanted <= 0:
        return 1
    at_least("needed", needed, 1)
    if needed > _MANY:
        return math.ceil(spares(part, _MANY, place) * (needed / _MANY))
    few, more, most = 0, 1, needed + _EXACT
    while more < most and _too_many_down(a, needed + more, more) > wanted:
        few, more = more, 2 * more  # each spare only helps: doubled until it is enough, then bisected
    more = min(more, most)
    while more - few > 1:
        middle = (few + more) // 2
        few, more = (middle, more) if _too_many_down(a, needed + middle, middle) > wanted else (few, middle)
    return more


def _too_many_down(a: float, parts: int, bearable: int) -> float:
    """P(more than `bearable` of the parts are down), summed from the first such number on until nothing is added.

    1 where fewer are bearable than are down on average: then the sum is of no use.
    """
    total, down = 0.0, bearable + 1
    if down < parts * (1 - a):
        return 1.0
    term = math.exp(_log_binomial(parts, down) + down * math.log1p(-a) + (parts - down) * math.log(a))
    while down <= parts and term > total * 1e-12:
        total += term
        term *= (parts - down) / (down + 1) * (1 - a) / a
        down += 1
    return total


def redundant(part: Probability, needed: int, parts: int, common_cause: Ratio) -> Probability:
    """As `k_of_n`, where a share `common_cause` (0 to 1) of each part's unavailability takes all parts at once.

    Shares of 0.01 to 0.1 are usual: a bad release, a shared network, a certificate. Raises ValueError outside.
    Source: the beta-factor model (Fleming 1975; IEC 61508-6, annex D).

    >>> round(redundant(Probability(0.99), 1, 2, Ratio(0.05)), 6)
    0.99941
    """
    beta, down = share("common_cause", common_cause), 1 - share("part", part)
    return Probability((1 - beta * down) * k_of_n(Probability(1 - (1 - beta) * down), needed, parts))


def left_by_takeover(switch: Seconds, outage: Seconds, coverage: Probability, common_cause: Ratio) -> Ratio:
    """Share of a part's time away that stays when another place takes over: common + (1 - common) x (1 - c x spared).

    `switch`: until the other place answers, `outage`: mean length of an outage (> 0 s); what is spared is
    1 - switch / outage, nothing where the switch takes longer. `coverage` c (0 to 1): chance that the takeover works,
    the other place being up included. `common_cause` (0 to 1): share of outages that take both at once. Raises
    ValueError outside. Source: coverage of recovery (Bouricius, Carter and Schneider 1969) and the beta-factor model.

    >>> round(left_by_takeover(Seconds(480), Seconds(3600), Probability(0.95), Ratio(0.05)), 4)
    0.2178
    >>> left_by_takeover(Seconds(7200), Seconds(3600), Probability(1.0), Ratio(0.0))
    1.0
    """
    beta, works = share("common_cause", common_cause), share("coverage", coverage)
    spared = max(0.0, 1 - not_negative("switch", switch) / positive("outage", outage))
    return Ratio(beta + (1 - beta) * (1 - works * spared))


def lost_by_releases(releases: float, pause: Seconds, failed: Probability, reach: Ratio, restore: Seconds) -> Ratio:
    """Share of a month of 30 days that releases take away: releases x (pause + failed x reach x restore) / month.

    `releases` a month, each with a `pause`; of the share `failed` (0 to 1) the share `reach` (0 to 1) of the requests
    is lost until the last version is back. Raises ValueError outside. Source: expectation over the two key measures of
    stability, change failure rate and failed deployment recovery time (DORA, State of DevOps).

    >>> round(lost_by_releases(8, Seconds(10), Probability(0.1), Ratio(0.25), Seconds(900)), 6)
    0.0001
    """
    lost = share("failed", failed) * share("reach", reach) * not_negative("restore", restore)
    month = SLO_MONTH * _DAY
    return Ratio(min(1.0, not_negative("releases", releases) * (not_negative("pause", pause) + lost) / month))


def downtime(availability: Probability, window: Days = SLO_MONTH) -> Seconds:
    """Seconds down in a window (>= 0 days; 30 unless said, so a month of 30 days). Raises ValueError outside.

    >>> round(downtime(Probability(0.999)) / 60, 4)
    43.2
    """
    return Seconds((1 - share("availability", availability)) * not_negative("window", window) * _DAY)


def nines(availability: Probability) -> Ratio:
    """Number of nines: -log10 of the unavailability; 0 <= availability < 1, else ValueError.

    >>> round(nines(Probability(0.9995)), 3)
    3.301
    """
    if share("availability", availability) == 1:
        raise ValueError("availability must be below 1: perfection has no number of nines")
    return Ratio(max(0.0, -math.log10(1 - availability)))


def burn_rate(error_ratio: Probability, slo: Probability) -> Ratio:
    """How many times faster than allowed the budget is spent: error ratio / (1 - SLO); 0 < SLO < 1, else ValueError.

    Source: Google, The Site Reliability Workbook (2018), chapter 5.

    >>> round(burn_rate(Probability(0.01), Probability(0.999)), 9)
    10.0
    """
    return Ratio(share("error_ratio", error_ratio) / (1 - inside("slo", slo)))


def burn_factor(budget_share: Ratio, window: Hours, period: Days = SLO_MONTH) -> Ratio:
    """Burn rate that spends `budget_share` (above 0, up to 1) of the period's budget within `window`.

    window > 0 h and at most the period (> 0 days), else ValueError.
    Source: Google, The Site Reliability Workbook (2018), chapter 5: factor = share x period / window.

    >>> round(burn_factor(Ratio(0.02), Hours(1)), 9)
    14.4
    """
    hours = positive("period", period) * 24
    if positive("window", window) > hours:
        raise ValueError(f"window must be at most the period of {hours} h, got {window}")
    return Ratio(share("budget_share", positive("budget_share", budget_share)) * hours / window)


class BurnAlert(Struct, frozen=True, kw_only=True):
    """Fires when the burn rate exceeds `factor` in both windows; `page` wakes a person, else a ticket is opened."""

    factor: Ratio
    window: Hours
    short_window: Hours
    budget_share: Ratio
    page: bool


def burn_alerts(slo: Probability, period: Days = SLO_MONTH) -> tuple[BurnAlert, ...]:
    """The workbook's three alerts for an SLO (0 < SLO < 1) over a period (>= 3 days), without those that can't fire.

    An alert can fire only where factor x (1 - SLO) < 1: error ratios end at 1. Raises ValueError outside the ranges.
    Source: Google, The Site Reliability Workbook (2018), chapter 5.

    >>> [(round(a.factor, 2), a.window, a.short_window) for a in burn_alerts(Probability(0.999))]
    [(14.4, 1.0, 0.08333333333333333), (6.0, 6.0, 0.5), (1.0, 72.0, 6.0)]
    """
    rules = ((0.02, 1.0, True), (0.05, 6.0, True), (0.10, 72.0, False))
    alerts = (
        BurnAlert(
            factor=burn_factor(Ratio(spent), Hours(window), period),
            window=Hours(window),
            short_window=Hours(window / 12),
            budget_share=Ratio(spent),
            page=page,
        )
        for spent, window, page in rules
    )
    return tuple(a for a in alerts if can_fire(slo, a.factor))


def can_fire(slo: Probability, factor: Ratio) -> bool:
    """Whether an alert at this burn rate (> 0) can ever fire for the SLO (0 < SLO < 1): factor x (1 - SLO) < 1.

    >>> can_fire(Probability(0.9), Ratio(14.4)), can_fire(Probability(0.95), Ratio(14.4))
    (False, True)
    """
    return positive("factor", factor) * (1 - inside("slo", slo)) < 1


def detection_time(slo: Probability, error_ratio: Probability, alert: BurnAlert) -> Hours:
    """Hours until the alert fires at a steady error ratio (0 to 1); infinite where the burn never exceeds its factor.

    Source: Google, The Site Reliability Workbook (2018), chapter 5: (1 - SLO) / error ratio x window x factor.

    >>> a = burn_alerts(Probability(0.999))[0]
    >>> round(detection_time(Probability(0.999), Probability(1.0), a) * 60, 3)
    0.864
    """
    burn = burn_rate(error_ratio, slo)
    return Hours(alert.window * alert.factor / burn) if burn > alert.factor else Hours(math.inf)
