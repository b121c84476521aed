"""Formulas beside a simulation of the same system: seeded, with the simulation's own confidence in its figures."""

import heapq
import math
import random
from collections.abc import Callable

import pytest

from archsmith.formulas.delay import Phase, mean, of_moments
from archsmith.formulas.paths import in_sequence
from archsmith.formulas.quantiles import quantiles
from archsmith.formulas.queueing_general import EXPONENTIAL, allen_cunneen, ggc_delay
from archsmith.kernel.units import PerSecond, Probability, Ratio, Seconds

ARRIVALS = 60_000
BATCHES = 20
STUDENT = 2.093
"""97.5 % of Student's t with 19 degrees of freedom."""

Draw = Callable[[random.Random], float]


def service_of(scv: float) -> Draw:
    """Service times of mean 1 s: constant, Erlang, exponential, or hyperexponential with balanced means."""
    if scv == 0:
        return lambda _: 1.0
    if scv < 1:
        stages = round(1 / scv)
        return lambda r: sum(r.expovariate(stages) for _ in range(stages))
    if scv == 1:
        return lambda r: r.expovariate(1.0)
    p = (1 + math.sqrt((scv - 1) / (scv + 1))) / 2
    return lambda r: r.expovariate(2 * p if r.random() < p else 2 * (1 - p))


def simulated(rate: float, servers: int, draw: Draw, seed: int) -> tuple[list[float], list[float]]:
    """Waits and responses of a FIFO queue with Poisson arrivals, in the order of arrival, without the first tenth."""
    source = random.Random(seed)
    free, now = [0.0] * servers, 0.0
    waits, responses = [], []
    for _ in range(ARRIVALS):
        now += source.expovariate(rate)
        start = max(now, heapq.heappop(free))
        service = draw(source)
        heapq.heappush(free, start + service)
        waits.append(start - now)
        responses.append(start - now + service)
    return waits[ARRIVALS // 10 :], responses[ARRIVALS // 10 :]


def estimate(values: list[float], figure: Callable[[list[float]], float]) -> tuple[float, float]:
    """A figure by batch means, with half the width of its 95 % interval."""
    size = len(values) // BATCHES
    found = [figure(values[i * size : (i + 1) * size]) for i in range(BATCHES)]
    centre = sum(found) / BATCHES
    spread = math.sqrt(sum((v - centre) ** 2 for v in found) / (BATCHES - 1) / BATCHES)
    return centre, STUDENT * spread


def average(values: list[float]) -> float:
    """The mean."""
    return sum(values) / len(values)


def at(level: float) -> Callable[[list[float]], float]:
    """A percentile of a batch."""
    return lambda values: sorted(values)[math.ceil(level * len(values)) - 1]


@pytest.mark.parametrize(
    ("servers", "busy", "scv", "allowed"),
    [
        (1, 0.5, 1.0, 0.0),  # M/M/1 and M/G/1: exact, so only the simulation's own noise is allowed
        (1, 0.7, 0.25, 0.0),
        (1, 0.7, 4.0, 0.0),
        (4, 0.7, 1.0, 0.0),  # M/M/c: exact
        (4, 0.8, 0.25, 0.1),  # M/G/c: the approximation, within 10 % of the wait as its docstring says
        (4, 0.8, 4.0, 0.1),
        (16, 0.9, 0.25, 0.1),
    ],
)
def test_waits_of_many_servers(servers: int, busy: float, scv: float, allowed: float) -> None:
    rate = servers * busy
    waits, _ = simulated(rate, servers, service_of(scv), seed=servers * 100 + round(scv * 10))
    wait, half = estimate(waits, average)
    predicted = allen_cunneen(PerSecond(rate), Seconds(1.0), servers, EXPONENTIAL, Ratio(scv)).wait
    assert predicted == pytest.approx(wait, abs=2 * half + allowed * wait)


@pytest.mark.parametrize(("servers", "busy", "scv"), [(1, 0.8, 1.0), (4, 0.7, 1.0), (4, 0.8, 4.0), (8, 0.8, 0.25)])
def test_percentiles_of_one_station(servers: int, busy: float, scv: float) -> None:
    """Exact for M/M/c; else p95 within 15 %: the wait is taken as exponential, the service as a fit of two moments."""
    rate = servers * busy
    _, responses = simulated(rate, servers, service_of(scv), seed=7 + servers)
    seen, half = estimate(responses, at(0.95))
    law = ggc_delay(PerSecond(rate), Seconds(1.0), servers, EXPONENTIAL, Ratio(scv))
    (predicted,) = quantiles([(Probability(1.0), law)], [Probability(0.95)])
    assert predicted == pytest.approx(seen, abs=2 * half + (0.0 if scv == 1 else 0.15 * seen))


def test_percentiles_along_a_path_with_a_cache() -> None:
    """Service, then three queries with a wait each, or for 80 % of the requests a short hit: drawn 200,000 times."""
    own = of_moments(Seconds(0.02), Ratio(0.5))
    query = in_sequence([of_moments(Seconds(0.002), EXPONENTIAL)])
    waiting = type(own)(phases=(Phase(((0.4, 0.01),)),))
    miss = in_sequence([own, *([waiting, query] * 3)], Seconds(0.001))
    hit = of_moments(Seconds(0.006), Ratio(0.5))
    branches = [(Probability(0.8), hit), (Probability(0.2), miss)]
    source = random.Random(11)

    def draw(law: object) -> float:
        chosen = hit if law is hit else miss
        total = float(chosen.fixed)
        for phase in chosen.phases:
            level = source.random()
            for p, m in phase.ways:
                level -= p
                if level < 0:
                    total += source.expovariate(1 / m)
                    break
        return total

    times = [draw(hit if source.random() < 0.8 else miss) for _ in range(200_000)]
    levels = [Probability(q) for q in (0.5, 0.9, 0.95, 0.99)]
    for level, predicted in zip(levels, quantiles(branches, levels), strict=True):
        seen, half = estimate(times, at(level))
        assert predicted == pytest.approx(seen, abs=2 * half + 1e-3 * seen), level
    parts = quantiles([(Probability(1.0), own)], [Probability(0.95)])[0]
    again = quantiles([(Probability(1.0), in_sequence([waiting, query]))], [Probability(0.95)])[0]
    whole = quantiles([(Probability(1.0), miss)], [Probability(0.95)])[0]
    assert whole < 0.8 * (parts + 3 * again), "the percentile of a path is not the sum of its parts' percentiles"
    assert mean(miss) == pytest.approx(0.021 + 3 * (0.4 * 0.01 + 0.002))
