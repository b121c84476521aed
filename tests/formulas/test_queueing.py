"""Exact queues against closed forms and tables (shared facts: queueing-checks), a simulation, and their own laws."""

import heapq
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.formulas.queueing import (
    Unstable,
    erlang_b,
    erlang_c,
    mm1,
    mmc,
    mmc_response_percentile,
    mmc_response_tail,
)
from archsmith.kernel.units import Erlangs, PerSecond, Probability, Seconds

RHO = st.floats(0.01, 0.98)
SERVERS = st.integers(1, 60)
Q = st.floats(0.05, 0.9999)
SERVICE = st.floats(1e-4, 10)


@pytest.mark.parametrize(
    ("rate", "mu", "present", "response", "wait", "t50", "t95", "t99"),
    [
        (0.5, 1, 1, 2, 1, 1.386294, 5.991465, 9.210340),
        (0.8, 1, 4, 5, 4, 3.465736, 14.978661, 23.025851),
        (0.9, 1, 9, 10, 9, 6.931472, 29.957323, 46.051702),
        (80, 100, 4, 0.05, 0.04, 0.034657, 0.149787, 0.230259),
        (95, 100, 19, 0.2, 0.19, 0.138629, 0.599146, 0.921034),
    ],
)
def test_mm1(
    rate: float, mu: float, present: float, response: float, wait: float, t50: float, t95: float, t99: float
) -> None:
    queue = mm1(PerSecond(rate), Seconds(1 / mu))
    assert queue.in_system == pytest.approx(present)
    assert queue.response == pytest.approx(response)
    assert queue.wait == pytest.approx(wait)
    for q, expected in ((0.5, t50), (0.95, t95), (0.99, t99)):
        found = mmc_response_percentile(PerSecond(rate), Seconds(1 / mu), 1, Probability(q))
        assert found == pytest.approx(expected, abs=5e-7)
        assert found == pytest.approx(-math.log(1 - q) * response, rel=1e-12)


@pytest.mark.parametrize(
    ("servers", "rate", "b", "c", "waiting", "wait", "response", "t95", "t99"),
    [
        (2, 1.5, 0.31034483, 0.64285714, 1.928571, 1.285714, 2.285714, 6.47658, 9.70950),
        (3, 2, 0.21052632, 0.44444444, 0.888889, 0.444444, 1.444444, 4.02069, 5.89117),
        (4, 3.2, 0.22814493, 0.59643247, 2.385730, 0.745541, 1.745541, 4.73802, 6.89320),
        (5, 4, 0.19906687, 0.55411255, 2.216450, 0.554113, 1.554113, 4.19746, 6.07966),
        (8, 6.4, 0.14439389, 0.45764493, 1.830580, 0.286028, 1.286028, 3.50844, 5.15218),
        (10, 8, 0.12166106, 0.40918015, 1.636721, 0.204590, 1.204590, 3.32827, 4.94611),
        (10, 9, 0.16796323, 0.66873152, 6.018584, 0.668732, 1.668732, 4.36087, 6.24988),
        (20, 18, 0.10921285, 0.55076900, 4.956921, 0.275385, 1.275385, 3.42283, 5.04162),
        (50, 45, 0.05410447, 0.36386447, 3.274780, 0.072773, 1.072773, 3.08280, 4.69223),
        (100, 90, 0.02695738, 0.21694048, 1.952464, 0.021694, 1.021694, 3.01955, 4.62899),
    ],
)
def test_mmc(
    servers: int,
    rate: float,
    b: float,
    c: float,
    waiting: float,
    wait: float,
    response: float,
    t95: float,
    t99: float,
) -> None:
    assert erlang_b(Erlangs(rate), servers) == pytest.approx(b, abs=5.1e-9)
    assert erlang_c(Erlangs(rate), servers) == pytest.approx(c, abs=5.1e-9)
    queue = mmc(PerSecond(rate), Seconds(1), servers)
    assert queue.waiting == pytest.approx(waiting, abs=5.1e-7)
    assert queue.wait == pytest.approx(wait, abs=5.1e-7)
    assert queue.response == pytest.approx(response, abs=5.1e-7)
    for q, expected in ((0.95, t95), (0.99, t99)):
        found = mmc_response_percentile(PerSecond(rate), Seconds(1), servers, Probability(q))
        assert found == pytest.approx(expected, abs=5.1e-6)


@pytest.mark.parametrize(
    ("servers", "load", "lost"),
    [(5, 3, 0.11005435), (10, 8, 0.12166106), (20, 20, 0.15889196), (100, 90, 0.02695738)],
)
def test_erlang_b(servers: int, load: float, lost: float) -> None:
    assert erlang_b(Erlangs(load), servers) == pytest.approx(lost, abs=5.1e-9)


@pytest.mark.parametrize("rate", [1.0, 1.5, 100.0])
def test_no_figure_is_made_up_at_full_load(rate: float) -> None:
    with pytest.raises(Unstable) as caught:
        mm1(PerSecond(rate), Seconds(1))
    assert caught.value.load == rate
    with pytest.raises(Unstable):
        mmc_response_percentile(PerSecond(rate * 4), Seconds(1), 4, Probability(0.95))


@pytest.mark.parametrize(
    ("rate", "service", "servers"),
    [(-1, 1, 1), (1, 0, 2), (1, -1, 2), (math.nan, 1, 1), (1, math.nan, 2), (math.inf, 1, 1), (0.5, 1, 0)],
)
def test_impossible_arguments_are_refused(rate: float, service: float, servers: int) -> None:
    with pytest.raises(ValueError, match=r"must be|utilisation"):
        mmc(PerSecond(rate), Seconds(service), servers)


@pytest.mark.parametrize("q", [0.0, 1.0, -0.1, 99.9, math.nan])
def test_percentile_wants_a_share(q: float) -> None:
    with pytest.raises(ValueError, match="q must be above 0 and below 1"):
        mmc_response_percentile(PerSecond(0.5), Seconds(1), 1, Probability(q))


def test_formula_meets_a_simulation() -> None:
    """M/M/3 at 80 %, 120,000 arrivals, seed 7: mean and p95 within 3 %, share that waits within 2 %."""
    chance = random.Random(7)
    free = [0.0, 0.0, 0.0]
    now, waited = 0.0, 0
    times = []
    for _ in range(120_000):
        now += chance.expovariate(2.4)
        start = max(now, free[0])
        waited += start > now
        end = start + chance.expovariate(1.0)
        heapq.heapreplace(free, end)
        times.append(end - now)
    queue = mmc(PerSecond(2.4), Seconds(1), 3)
    assert sum(times) / len(times) == pytest.approx(queue.response, rel=0.03)
    assert waited / len(times) == pytest.approx(queue.wait_probability, rel=0.02)
    p95 = mmc_response_percentile(PerSecond(2.4), Seconds(1), 3, Probability(0.95))
    assert sorted(times)[int(0.95 * len(times))] == pytest.approx(p95, rel=0.03)


@given(RHO, SERVICE)
def test_one_server_is_mm1(rho: float, service: float) -> None:
    queue = mmc(PerSecond(rho / service), Seconds(service), 1)
    assert queue.response == pytest.approx(service / (1 - rho), rel=1e-9)
    assert queue.in_system == pytest.approx(rho / (1 - rho), rel=1e-9)
    assert queue.wait_probability == pytest.approx(rho, rel=1e-12)


@given(RHO, st.floats(0.001, 0.01), SERVERS, Q)
def test_more_load_never_helps(rho: float, more: float, servers: int, q: float) -> None:
    service = Seconds(1.0)
    light, heavy = PerSecond(rho * servers), PerSecond((rho + more) * servers)
    assert mmc(light, service, servers).response <= mmc(heavy, service, servers).response
    quick = mmc_response_percentile(light, service, servers, Probability(q))
    assert quick <= mmc_response_percentile(heavy, service, servers, Probability(q)) * (1 + 1e-12)


@given(RHO, SERVERS, Q)
def test_one_more_server_never_hurts(rho: float, servers: int, q: float) -> None:
    rate, service = PerSecond(rho * servers), Seconds(1.0)
    fewer = mmc_response_percentile(rate, service, servers, Probability(q))
    assert mmc_response_percentile(rate, service, servers + 1, Probability(q)) <= fewer * (1 + 1e-12)
    assert erlang_b(Erlangs(rate), servers + 1) <= erlang_b(Erlangs(rate), servers)


@given(RHO, SERVERS, Q)
def test_percentile_is_the_root_of_the_tail(rho: float, servers: int, q: float) -> None:
    rate, service = PerSecond(rho * servers), Seconds(1.0)
    t = mmc_response_percentile(rate, service, servers, Probability(q))
    assert mmc_response_tail(rate, service, servers, t) == pytest.approx(1 - q, rel=1e-9)
    assert t >= -math.log(1 - q) * service * (1 - 1e-12)  # never below the percentile of service alone


@given(RHO, SERVERS, st.floats(0.75, 0.9999))
def test_upper_percentiles_lie_above_the_mean(rho: float, servers: int, q: float) -> None:
    """An exponential passes its mean at 0.632; a mixture with a rare long wait needs a little more."""
    rate, service = PerSecond(rho * servers), Seconds(1.0)
    mean = mmc(rate, service, servers).response
    assert mmc_response_percentile(rate, service, servers, Probability(q)) >= mean


@given(RHO, SERVERS, SERVICE)
def test_little_holds(rho: float, servers: int, service: float) -> None:
    rate = PerSecond(rho * servers / service)
    queue = mmc(rate, Seconds(service), servers)
    assert rate * queue.response == pytest.approx(queue.in_system, rel=1e-9)
    assert rate * queue.wait == pytest.approx(queue.waiting, rel=1e-9, abs=1e-12)


@given(RHO, SERVERS)
def test_waiting_is_likelier_than_losing(rho: float, servers: int) -> None:
    load = Erlangs(rho * servers)
    assert 0 <= erlang_b(load, servers) <= erlang_c(load, servers) <= 1


def test_equal_rates_do_not_divide_by_zero() -> None:
    """c mu - lambda = mu: the two exponentials of the response coincide."""
    exact = mmc_response_tail(PerSecond(2), Seconds(1), 3, Seconds(4))
    near = mmc_response_tail(PerSecond(2 - 1e-7), Seconds(1), 3, Seconds(4))
    assert exact == pytest.approx(near, rel=1e-6)
    waits = erlang_c(Erlangs(2), 3)
    assert exact == pytest.approx(math.exp(-4) * (1 + 4 * waits), rel=1e-12)


def test_an_idle_station_only_serves() -> None:
    queue = mmc(PerSecond(0), Seconds(0.2), 4)
    assert (queue.wait, queue.in_system, queue.response) == pytest.approx((0, 0, 0.2))
