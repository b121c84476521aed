"""Queues that are solved exactly: Erlang B and C, M/M/1 and M/M/c.

Conventions: arrivals a second, seconds of service, `servers` whole. A station at or above full utilisation has no
steady state, so the functions raise `Unstable` instead of returning a large number.
"""

import math

from msgspec import Struct

from archsmith.formulas._checks import at_least, inside, not_negative, positive
from archsmith.formulas._roots import falling_root
from archsmith.kernel.units import Count, Erlangs, PerSecond, Probability, Seconds, Utilisation


class Unstable(ValueError):
    """Demand reaches or passes capacity: queue and wait grow without end, so there is no mean to return.

    `load` and `servers` are in erlangs; their quotient is the utilisation.
    """

    def __init__(self, load: float, servers: int) -> None:
        super().__init__(f"{load:.6g} erlangs offered to {servers} server(s): utilisation {load / servers:.4g} >= 1")
        self.load = Erlangs(load)
        self.servers = servers


class Queue(Struct, frozen=True, kw_only=True):
    """Steady state of a station: means over arrivals (`wait`, `response`) and over time (`waiting`, `in_system`)."""

    utilisation: Utilisation
    wait_probability: Probability
    waiting: Count
    in_system: Count
    wait: Seconds
    response: Seconds


def erlang_b(load: Erlangs, servers: int) -> Probability:
    """Probability that an arrival is lost in M/M/c/c: all servers busy, no queue. Any load >= 0, servers >= 1.

    Raises ValueError outside that range. Never unstable: what is lost does not wait. Takes time in proportion to
    `servers`.
    Source: Kleinrock, Queueing Systems vol. 1 (1975), section 3.7; the recursion in the number of servers.

    >>> round(erlang_b(Erlangs(3), 5), 8)
    0.11005435
    """
    not_negative("load", load)
    lost = 1.0
    for k in range(1, at_least("servers", servers, 1) + 1):
        lost = load * lost / (k + load * lost)
    return Probability(lost)


def erlang_c(load: Erlangs, servers: int) -> Probability:
    """Probability that an arrival waits in M/M/c. Load 0 <= load < servers, in erlangs.

    Raises Unstable at load >= servers, ValueError for a negative load or fewer than one server.
    Source: Kleinrock, Queueing Systems vol. 1 (1975), section 3.5.

    >>> round(erlang_c(Erlangs(1), 2), 4)
    0.3333
    """
    lost = erlang_b(load, servers)
    if load >= servers:
        raise Unstable(load, servers)
    return Probability(servers * lost / (servers - load * (1 - lost)))


def mm1(rate: PerSecond, service_time: Seconds) -> Queue:
    """Steady state of M/M/1. Rate >= 0, mean service time > 0 s. Raises Unstable at rate x service time >= 1.

    Source: Kleinrock, Queueing Systems vol. 1 (1975), section 3.2.

    >>> q = mm1(PerSecond(80), Seconds(0.01))
    >>> round(q.in_system, 9), round(q.response, 9), round(q.wait, 9)
    (4.0, 0.05, 0.04)
    """
    return mmc(rate, service_time, 1)


def mmc(rate: PerSecond, service_time: Seconds, servers: int) -> Queue:
    """Steady state of M/M/c: one queue before `servers` equal servers. Rate >= 0, mean service time > 0 s.

    Raises Unstable at rate x service time >= servers, ValueError outside the ranges.
    Source: Kleinrock, Queueing Systems vol. 1 (1975), section 3.5.

    >>> q = mmc(PerSecond(4), Seconds(1), 5)
    >>> round(q.wait_probability, 8), round(q.waiting, 6), round(q.response, 6)
    (0.55411255, 2.21645, 1.554113)
    """
    load = Erlangs(not_negative("rate", rate) * positive("service_time", service_time))
    waits = erlang_c(load, servers)
    wait = waits * service_time / (servers - load)
    return Queue(
        utilisation=Utilisation(load / servers),
        wait_probability=waits,
        waiting=Count(rate * wait),
        in_system=Count(rate * wait + load),
        wait=Seconds(wait),
        response=Seconds(wait + service_time),
    )


def mmc_response_tail(rate: PerSecond, service_time: Seconds, servers: int, t: Seconds) -> Probability:
    """P(response > t) in M/M/c (FIFO): service alone, or wait plus service; t >= 0 s. Raises as `mmc`.

    With mu = 1/service time, theta = c mu - lambda and C from Erlang C, the response is Exp(mu) with probability 1 - C
    and Exp(mu) + Exp(theta) with C. Source: Gross and Harris, Fundamentals of Queueing Theory (1998), section 2.3.

    >>> round(mmc_response_tail(PerSecond(0.8), Seconds(1), 1, Seconds(14.978661)), 6)
    0.05
    """
    waits = mmc(rate, service_time, servers).wait_probability
    return Probability(_response_tail(waits, 1 / service_time, servers / service_time - rate, not_negative("t", t)))


def mmc_response_percentile(rate: PerSecond, service_time: Seconds, servers: int, q: Probability) -> Seconds:
    """Response time that a share `q` of arrivals does not exceed in M/M/c (FIFO); 0 < q < 1.

    Exact: the root of the closed-form tail of `mmc_response_tail`. Raises as `mmc`, and ValueError for q outside.

    >>> round(mmc_response_percentile(PerSecond(4), Seconds(1), 5, Probability(0.99)), 5)
    6.07966
    """
    beyond = 1 - inside("q", q)
    waits = mmc(rate, service_time, servers).wait_probability
    mu, theta = 1 / service_time, servers / service_time - rate
    start = -math.log(beyond) * (1 / mu + 1 / theta)
    return Seconds(falling_root(lambda t: _response_tail(waits, mu, theta, t), beyond, start))


def _response_tail(waits: float, mu: float, theta: float, t: float) -> float:
    slow, fast = min(mu, theta), max(mu, theta)
    gap = fast - slow
    grown = -math.expm1(-gap * t) / gap if gap > 1e-12 * fast else t
    both = math.exp(-slow * t) * (1 + slow * grown)  # P(Exp(mu) + Exp(theta) > t)
    return (1 - waits) * math.exp(-mu * t) + waits * both
