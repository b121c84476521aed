"""Closed networks of one class: a fixed number of customers who think, then visit each station, and think again.

Exact mean value analysis, with stations of one or several servers. For a load test with N virtual users, a pool of N
workers, or machines that N repairers serve; an open stream of requests is `queueing`.
"""

import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from archsmith.formulas._checks import at_least, not_negative
from archsmith.kernel.units import Count, PerSecond, Seconds, Utilisation

_MOST_MULTISERVERS: Final = 6  # the work doubles with each


class ClosedStation(Struct, frozen=True, kw_only=True):
    """Seconds of service that one round of a customer needs here (visits x service time), and the number of servers."""

    demand: Seconds
    servers: int = 1


class ClosedNetwork(Struct, frozen=True, kw_only=True):
    """Steady state: rounds a second, seconds of a round without thinking; mean number, utilisation by station."""

    throughput: PerSecond
    response: Seconds
    present: tuple[Count, ...]
    utilisation: tuple[Utilisation, ...]


def closed_network(stations: Sequence[ClosedStation], customers: int, think: Seconds) -> ClosedNetwork:
    """Exact steady state with `customers` >= 1; think time and demands >= 0 s, not all zero; servers >= 1.

    Product form is assumed: processor sharing, or FIFO with exponential service. Raises ValueError outside the ranges
    and for more than six stations with several servers. Takes time in proportion to customers x stations, doubled by
    each station with several servers.
    Source: Reiser and Lavenberg, JACM 27 (1980); idle probabilities by the stable ratio of throughputs with and without
    the station (Reiser, Performance Evaluation 1, 1981), so that no rounding error grows near saturation.

    >>> c = closed_network([ClosedStation(demand=Seconds(d)) for d in (0.02, 0.03, 0.01)], 10, Seconds(1))
    >>> round(c.throughput, 6), round(c.response, 6)
    (9.306821, 0.074481)
    """
    at_least("customers", customers, 1)
    not_negative("think", think)
    for station in stations:
        not_negative("demand", station.demand)
        at_least("servers", station.servers, 1)
    if sum(s.servers > 1 for s in stations) > _MOST_MULTISERVERS:
        raise ValueError(f"at most {_MOST_MULTISERVERS} stations may have several servers")
    if think + math.fsum(s.demand for s in stations) <= 0:
        raise ValueError("a round must take time: think time and all demands are zero")
    throughputs, present = _solve(tuple(stations), customers, think)
    rate = throughputs[-1]
    return ClosedNetwork(
        throughput=PerSecond(rate),
        response=Seconds(max(0.0, customers / rate - think)),
        present=tuple(Count(n) for n in present),
        utilisation=tuple(Utilisation(rate * s.demand / s.servers) for s in stations),
    )


def _solve(stations: tuple[ClosedStation, ...], customers: int, think: float) -> tuple[list[float], list[float]]:
    """Throughput at 1..customers, and the mean numbers present at the last."""
    without = {
        i: _solve(stations[:i] + stations[i + 1 :], customers, think)[0]
        for i, station in enumerate(stations)
        if station.servers > 1 and station.demand > 0
    }
    shares = {i: [1.0] + [0.0] * (stations[i].servers - 1) for i in without}  # P(j present), j < servers
    present = [0.0] * len(stations)
    throughputs: list[float] = []
    for n in range(1, customers + 1):
        times = []
        for i, station in enumerate(stations):
            idle = math.fsum((station.servers - 1 - j) * p for j, p in enumerate(shares[i])) if i in shares else 0.0
            times.append(station.demand / station.servers * (1 + present[i] + idle))
        total = think + math.fsum(times)
        rate = n / total if total > 0 else math.inf
        throughputs.append(rate)
        if total > 0:
            present = [rate * t for t in times]
        for i, old in shares.items():
            other = without[i][n - 1]
            demand = stations[i].demand
            shares[i] = [old[0] * rate / other if other < math.inf else 0.0] + [
                demand * rate / j * old[j - 1] for j in range(1, stations[i].servers)
            ]
    return throughputs, present
