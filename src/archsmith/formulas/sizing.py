"""How much is needed: load, servers, connections, and what a cache keeps.

Headroom is extra demand to be ready for: capacity is sized for demand x (1 + headroom), so 0.3 ends at 77 % used.
"""

import math
from typing import Final

from archsmith.formulas._checks import at_least, not_negative, positive
from archsmith.formulas.queueing import mmc_response_percentile
from archsmith.kernel.units import (
    Count,
    Erlangs,
    PerSecond,
    Probability,
    Ratio,
    Seconds,
)

_MOST_SERVERS: Final = 100_000
_ONE_BY_ONE: Final = 2_000  # ranks summed singly; the rest in buckets of 0.5 %


def offered_load(rate: PerSecond, service_time: Seconds) -> Erlangs:
    """Servers' worth of work that arrives: rate (>= 0) x service time (>= 0 s), in erlangs. Raises ValueError below 0.

    >>> offered_load(PerSecond(200), Seconds(0.05))
    10.0
    """
    return Erlangs(not_negative("rate", rate) * not_negative("service_time", service_time))


def servers_for_response(rate: PerSecond, service_time: Seconds, q: Probability, target: Seconds) -> int | None:
    """Fewest servers of M/M/c whose percentile `q` (0 < q < 1) of the response time is at most `target` seconds.

    None where no number is enough: service alone takes longer. Rate >= 0, service time > 0 s, else ValueError; also
    above 100,000 servers. Source: `queueing.mmc_response_percentile`.

    >>> servers_for_response(PerSecond(80), Seconds(0.05), Probability(0.95), Seconds(0.2))
    6
    """
    if mmc_response_percentile(PerSecond(0.0), service_time, 1, q) > target:
        return None
    low = math.floor(not_negative("rate", rate) * service_time)  # this many are unstable, or none
    high = low + 1

    def enough(servers: int) -> bool:
        return mmc_response_percentile(rate, service_time, servers, q) <= target * (1 + 1e-12)

    while not enough(high):
        low, high = high, high + max(1, high - low) * 2
        if high > _MOST_SERVERS:
            raise ValueError(f"more than {_MOST_SERVERS} servers")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def pool_size(rate: PerSecond, hold_time: Seconds, headroom: Ratio) -> int:
    """Connections held at once by Little's law: rate (>= 0) x hold time (>= 0 s) x (1 + headroom (>= 0)), at least 1.

    Take the p99 of the hold time for a pool that seldom makes callers wait. Raises ValueError outside.
    Source: Little (1961).

    >>> pool_size(PerSecond(400), Seconds(0.02), Ratio(0.5))
    12
    """
    busy = offered_load(rate, hold_time) * (1 + not_negative("headroom", headroom))
    return max(1, _ceil(busy))


def cache_hit_ratio(items: Count, cached: Count, skew: Ratio) -> Probability:
    """Hit ratio of an LRU cache with room for `cached` of `items` (>= 1) equal objects.

    Independent requests by Zipf's law with this skew (>= 0); `cached` >= 0. Che's approximation, usually within 1 % of
    simulation; above 2,000 items the ranks are summed in buckets of 0.5 %, which adds less than 1e-5. Raises
    ValueError outside.
    Source: Che, Tung and Wang, IEEE JSAC 20 (2002); Fricker, Robert and Roberts, ITC 24 (2012).

    >>> round(cache_hit_ratio(Count(1000), Count(100), Ratio(0.8)), 5)
    0.37779
    """
    n = at_least("items", round(positive("items", items)), 1)
    if not_negative("cached", cached) == 0:
        return Probability(0.0)
    if cached >= n:
        return Probability(1.0)
    groups = _zipf(n, not_negative("skew", skew))
    # The time T for which an unasked object stays: sum(1 - exp(-p T)) = cached. Concave and rising, so Newton's steps
    # from the left (T = cached, since 1 - exp(-x) <= x) never overshoot.
    time = float(cached)
    for _ in range(200):
        full = math.fsum(-k * math.expm1(-p * time) for k, p in groups)
        slope = math.fsum(k * p * math.exp(-p * time) for k, p in groups)
        step = (cached - full) / slope
        time += step
        if step <= 1e-12 * time:
            break
    return Probability(min(1.0, math.fsum(-k * p * math.expm1(-p * time) for k, p in groups)))


def ttl_hit_ratio(rate: PerSecond, items: Count, life: Seconds, skew: Ratio) -> Probability:
    """Share of reads that find their entry, where each is fetched on a miss and dropped after `life` (>= 0 s).

    Poisson reads (`rate` >= 0 a second) of `items` (at least one counts) by Zipf's law with this skew (>= 0): the sum
    of p x L / (1 + L) over the items, with L = rate x p x life. Raises ValueError outside.
    Source: Jung, Berger and Balakrishnan, Modeling TTL-based Internet caches, INFOCOM 2003.

    >>> ttl_hit_ratio(PerSecond(1.0), Count(1), Seconds(9.0), Ratio(0.8))
    0.9
    >>> round(ttl_hit_ratio(PerSecond(100.0), Count(100), Seconds(1.0), Ratio(0.0)), 9)
    0.5
    """
    reads = not_negative("rate", rate) * not_negative("life", life)
    groups = _zipf(max(1, round(not_negative("items", items))), not_negative("skew", skew))
    return Probability(min(1.0, math.fsum(k * p * (reads * p / (1 + reads * p)) for k, p in groups)))


def kept_share(rate: PerSecond, items: Count, life: Seconds, skew: Ratio, usual: Ratio, most: Ratio) -> Probability:
    """Share of reads that a copy answers: by `ttl_hit_ratio` where its `life` is limited (> 0 s), else the `usual` one.

    `most` (0 to 1): no more than that, as copies are dropped, and are kept in several places.

    >>> kept_share(PerSecond(30000.0), Count(1000), Seconds(2.0), Ratio(0.8), Ratio(0.8), Ratio(0.95))
    0.95
    >>> kept_share(PerSecond(1.0), Count(1000), Seconds(0.0), Ratio(0.8), Ratio(0.7), Ratio(0.95))
    0.7
    """
    found = float(ttl_hit_ratio(rate, items, life, skew)) if life > 0 else usual
    return Probability(min(found, most))


def hottest_share(items: Count, skew: Ratio) -> Probability:
    """Share of all accesses that go to the most wanted of `items` (at least one counts) by Zipf's law with this skew.

    >>> hottest_share(Count(1), Ratio(0.8)), round(hottest_share(Count(3), Ratio(1.0)), 4)
    (1.0, 0.5455)
    """
    return Probability(_zipf(max(1, round(not_negative("items", items))), not_negative("skew", skew))[0][1])


def search_factor(rows: Count, usual: Count) -> float:
    """Work of a search in a relational store over that among the `usual` rows (> 0): hits to rank grow with the root.

    >>> search_factor(Count(100.0), Count(300_000.0)), search_factor(Count(1_200_000.0), Count(300_000.0))
    (1.0, 2.0)
    """
    return max(1.0, math.sqrt(not_negative("rows", rows) / positive("usual", usual)))


def _zipf(items: int, skew: float) -> list[tuple[int, float]]:
    """(how many, probability of each) by rank, the most asked first; probabilities sum to 1 over all items."""
    groups: list[tuple[int, float]] = []
    rank = 1
    while rank <= items:
        size = 1 if rank <= _ONE_BY_ONE else min(items - rank + 1, rank // 200)
        groups.append((size, (rank + (size - 1) / 2) ** -skew))
        rank += size
    total = math.fsum(k * w for k, w in groups)
    return [(k, w / total) for k, w in groups]


def _ceil(value: float) -> int:
    """Round up, but forgive the last digits of a product: 6.000000000001 is 6."""
    return math.ceil(value - 1e-9 * max(1.0, value))
