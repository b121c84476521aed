"""Sizes: the Che check values, a simulated LRU cache, and the inverse questions."""

import math
import random
from collections import OrderedDict
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archsmith.formulas.queueing import mmc_response_percentile
from archsmith.formulas.sizing import (
    cache_hit_ratio,
    offered_load,
    pool_size,
    servers_for_response,
    ttl_hit_ratio,
)
from archsmith.kernel.units import (
    Count,
    PerSecond,
    Probability,
    Ratio,
    Seconds,
)


@pytest.mark.parametrize(
    ("items", "skew", "cached", "hit"),
    [
        (1000, 0.8, 100, 0.37779),
        (10_000, 0.8, 1000, 0.43666),
        (10_000, 1, 1000, 0.675602),
        (10_000, 1, 100, 0.390525),
    ],
)
def test_che(items: int, skew: float, cached: int, hit: float) -> None:
    assert cache_hit_ratio(Count(items), Count(cached), Ratio(skew)) == pytest.approx(hit, abs=1e-5)


def test_buckets_agree_with_single_ranks() -> None:
    """30,000 items, skew 0.9, room for 3,000, every rank on its own."""
    weights = [k**-0.9 for k in range(1, 30_001)]
    total = math.fsum(weights)
    low, high = 0.0, 1e7
    for _ in range(60):
        middle = (low + high) / 2
        full = math.fsum(-math.expm1(-w / total * middle) for w in weights)
        low, high = (middle, high) if full < 3000 else (low, middle)
    exact = math.fsum(-w / total * math.expm1(-w / total * low) for w in weights)
    assert cache_hit_ratio(Count(30_000), Count(3000), Ratio(0.9)) == pytest.approx(exact, abs=1e-5)


def test_che_against_a_simulated_lru() -> None:
    """500 items, skew 0.8, room for 50; 60,000 requests with a fixed seed after a warm-up."""
    chance = random.Random(3)
    cumulative = list(accumulate(k**-0.8 for k in range(1, 501)))
    cache: OrderedDict[int, None] = OrderedDict()
    hits = 0
    for n, item in enumerate(chance.choices(range(500), cum_weights=cumulative, k=65_000)):
        if item in cache:
            cache.move_to_end(item)
            hits += n >= 5000
        else:
            cache[item] = None
            if len(cache) > 50:
                cache.popitem(last=False)
    assert cache_hit_ratio(Count(500), Count(50), Ratio(0.8)) == pytest.approx(hits / 60_000, abs=0.01)


@given(st.integers(2, 100_000_000), st.floats(0, 1))
@settings(max_examples=25)
def test_equally_popular_items_hit_by_their_share(items: int, part: float) -> None:
    cached = max(1, int(items * part))
    assert cache_hit_ratio(Count(items), Count(cached), Ratio(0)) == pytest.approx(cached / items, rel=1e-6)


@given(st.integers(10, 5000), st.floats(0, 2), st.floats(0.01, 0.9))
@settings(max_examples=25)
def test_larger_cache_and_more_skew_hit_more(items: int, skew: float, part: float) -> None:
    hit = cache_hit_ratio(Count(items), Count(items * part), Ratio(skew))
    assert part * (1 - 1e-6) <= hit <= 1
    assert cache_hit_ratio(Count(items), Count(items * part * 1.1), Ratio(skew)) >= hit
    assert cache_hit_ratio(Count(items), Count(items * part), Ratio(skew + 0.2)) >= hit - 1e-9


def test_cache_ends() -> None:
    assert cache_hit_ratio(Count(100), Count(0), Ratio(1)) == pytest.approx(0)
    assert cache_hit_ratio(Count(100), Count(100), Ratio(1)) == pytest.approx(1)


def test_load() -> None:
    assert offered_load(PerSecond(200), Seconds(0.05)) == pytest.approx(10)


@given(st.floats(0, 500), st.floats(0.001, 0.2), st.floats(0.5, 0.99), st.floats(1.0, 10))
@settings(max_examples=40)
def test_servers_for_response_is_the_fewest(rate: float, service: float, q: float, slack: float) -> None:
    target = -math.log(1 - q) * service * slack * 1.001
    n = servers_for_response(PerSecond(rate), Seconds(service), Probability(q), Seconds(target))
    assert n is not None
    assert mmc_response_percentile(PerSecond(rate), Seconds(service), n, Probability(q)) <= target * (1 + 1e-9)
    if n - 1 > rate * service:
        assert mmc_response_percentile(PerSecond(rate), Seconds(service), n - 1, Probability(q)) > target


def test_no_number_of_servers_makes_the_service_shorter() -> None:
    assert servers_for_response(PerSecond(10), Seconds(0.1), Probability(0.95), Seconds(0.2)) is None


def test_a_target_equal_to_the_service_alone_is_reached() -> None:
    target = Seconds(-math.log(0.05) * 0.1)
    assert servers_for_response(PerSecond(10), Seconds(0.1), Probability(0.95), target) is not None


def test_pool() -> None:
    assert pool_size(PerSecond(1000), Seconds(0.01), Ratio(0)) == 10
    assert pool_size(PerSecond(25), Seconds(0.1), Ratio(0.5)) == 4
    assert pool_size(PerSecond(0), Seconds(0.1), Ratio(0.5)) == 1


def test_an_entry_that_lives_longer_is_found_more_often() -> None:
    lives = [0.0, 1.0, 60.0, 3600.0, 1e9]
    found = [ttl_hit_ratio(PerSecond(10), Count(100_000), Seconds(x), Ratio(0.8)) for x in lives]
    assert found == sorted(found)
    assert found[0] == 0.0
    assert found[-1] == pytest.approx(1.0, abs=1e-3)
    exact = [rank**-0.8 for rank in range(1, 100_001)]
    whole = sum(exact)
    loads = [10 * 60 * w / whole for w in exact]
    assert found[2] == pytest.approx(sum(x / 600 * x / (1 + x) for x in loads), abs=1e-5)
