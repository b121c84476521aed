"""Queues with general service and arrivals: check values, agreement with the exact cases, and simulated percentiles."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.formulas.delay import mean
from archsmith.formulas.queueing import Unstable, mmc, mmc_response_percentile
from archsmith.formulas.queueing_general import allen_cunneen, ggc_delay, ggc_response_percentile, kingman_wait, mg1
from archsmith.kernel.units import PerSecond, Probability, Ratio, Seconds

SCV = st.floats(0, 10)
RHO = st.floats(0.01, 0.98)
ONE = Seconds(1.0)


@pytest.mark.parametrize(("scv", "wait"), [(0, 2), (0.25, 2.5), (0.5, 3), (1, 4), (4, 10), (10, 22)])
def test_mg1(scv: float, wait: float) -> None:
    assert mg1(PerSecond(0.8), ONE, Ratio(scv)).wait == pytest.approx(wait)


def test_kingman_and_allen_cunneen() -> None:
    assert kingman_wait(PerSecond(0.8), ONE, Ratio(2), Ratio(0.5)) == pytest.approx(5)
    assert allen_cunneen(PerSecond(3.2), ONE, 4, Ratio(1.5), Ratio(0.5)).wait == pytest.approx(0.745541, abs=5e-7)


@given(RHO, SCV)
def test_poisson_arrivals_at_one_server_are_exact(rho: float, scv: float) -> None:
    exact = mg1(PerSecond(rho), ONE, Ratio(scv))
    assert kingman_wait(PerSecond(rho), ONE, Ratio(1), Ratio(scv)) == pytest.approx(exact.wait)
    assert allen_cunneen(PerSecond(rho), ONE, 1, Ratio(1), Ratio(scv)).response == pytest.approx(exact.response)


@given(RHO, st.integers(1, 40), st.floats(0.05, 0.999))
def test_exponential_case_is_mmc(rho: float, servers: int, q: float) -> None:
    rate = PerSecond(rho * servers)
    general, markov = allen_cunneen(rate, ONE, servers, Ratio(1), Ratio(1)), mmc(rate, ONE, servers)
    assert general.wait == markov.wait
    assert general.wait_probability == markov.wait_probability
    assert general.in_system == pytest.approx(markov.in_system)
    exact = mmc_response_percentile(rate, ONE, servers, Probability(q))
    assert ggc_response_percentile(rate, ONE, servers, Probability(q)) == pytest.approx(exact, rel=1e-5)


@given(RHO, st.integers(1, 20), SCV, SCV)
def test_the_law_has_the_mean_of_the_queue(rho: float, servers: int, arrivals: float, service: float) -> None:
    args = (PerSecond(rho * servers), ONE, servers, Ratio(arrivals), Ratio(service))
    assert mean(ggc_delay(*args)) == pytest.approx(allen_cunneen(*args).response, rel=1e-9)


@given(RHO, st.integers(1, 20), st.floats(0, 1), st.floats(0.5, 0.99))
def test_never_below_the_fixed_part_of_service(rho: float, servers: int, scv: float, q: float) -> None:
    found = ggc_response_percentile(PerSecond(rho * servers), ONE, servers, Probability(q), Ratio(1), Ratio(scv))
    assert found >= 1 - scv**0.5


def test_clockwork_never_waits() -> None:
    args = (PerSecond(3.0), ONE, 4)
    assert ggc_response_percentile(*args, Probability(0.99), Ratio(0), Ratio(0)) == pytest.approx(1)


def test_full_load_is_refused() -> None:
    for queue in (
        lambda: mg1(PerSecond(1), ONE, Ratio(1)),
        lambda: kingman_wait(PerSecond(1), ONE, Ratio(1), Ratio(1)),
        lambda: allen_cunneen(PerSecond(4), ONE, 4, Ratio(1), Ratio(1)),
    ):
        with pytest.raises(Unstable):
            queue()


def _hyperexponential(average: float) -> Callable[[random.Random], float]:
    """SCV 4 with balanced means."""
    p = (1 + (3 / 5) ** 0.5) / 2
    return lambda c: c.expovariate(2 * (p if c.random() < p else 1 - p) / average)


@pytest.mark.parametrize(
    ("arrivals", "service", "arrival_scv", "service_scv", "low", "high"),
    [
        (lambda c: c.expovariate(0.8), lambda c: 1.0, 1, 0, 0.95, 1.10),
        (lambda c: c.expovariate(0.8), lambda c: c.gammavariate(4, 0.25), 1, 0.25, 0.95, 1.10),
        (lambda c: c.expovariate(0.8), _hyperexponential(1.0), 1, 4, 0.88, 1.05),
        (_hyperexponential(1.25), lambda c: c.expovariate(1.0), 4, 1, 1.0, 1.20),
    ],
    ids=["M/D/1", "M/E4/1", "M/H2/1", "H2/M/1"],
)
def test_percentiles_against_simulation(
    arrivals: Callable[[random.Random], float],
    service: Callable[[random.Random], float],
    arrival_scv: float,
    service_scv: float,
    low: float,
    high: float,
) -> None:
    """Single server at 80 %: the documented error of p95, with room for the noise of 100,000 arrivals."""
    chance = random.Random(11)
    wait = 0.0
    times = []
    for _ in range(100_000):
        served = service(chance)
        times.append(wait + served)
        wait = max(0.0, wait + served - arrivals(chance))
    simulated = sorted(times)[95_000]
    found = ggc_response_percentile(PerSecond(0.8), ONE, 1, Probability(0.95), Ratio(arrival_scv), Ratio(service_scv))
    assert low <= found / simulated <= high
