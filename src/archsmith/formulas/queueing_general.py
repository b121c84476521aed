"""Queues with general arrivals and service: Pollaczek-Khinchine (exact), Kingman and Allen-Cunneen (approximate).

SCV is the squared coefficient of variation, variance / mean^2: 0 constant, 1 exponential (Poisson arrivals), above 1
bursty.
"""

from typing import Final

from archsmith.formulas._checks import not_negative, positive
from archsmith.formulas.delay import Delay, Phase, of_moments, percentile
from archsmith.formulas.queueing import Queue, Unstable, mmc
from archsmith.kernel.units import Count, PerSecond, Probability, Ratio, Seconds, Utilisation

EXPONENTIAL: Final = Ratio(1.0)
"""SCV of exponential times: Poisson arrivals, or services without memory."""


def mg1(rate: PerSecond, service_time: Seconds, service_scv: Ratio) -> Queue:
    """Steady state of M/G/1 (FIFO), exact means. Rate >= 0, mean service time > 0 s, SCV >= 0.

    Raises Unstable at rate x service time >= 1, ValueError outside the ranges.
    Source: Pollaczek-Khinchine; Kleinrock, Queueing Systems vol. 1 (1975), chapter 5.

    >>> round(mg1(PerSecond(0.8), Seconds(1), Ratio(0.25)).wait, 9)
    2.5
    """
    rho = not_negative("rate", rate) * positive("service_time", service_time)
    if rho >= 1:
        raise Unstable(rho, 1)
    wait = rho * service_time * (1 + not_negative("service_scv", service_scv)) / (2 * (1 - rho))
    return _queue(rate, service_time, 1, rho, wait)


def kingman_wait(rate: PerSecond, service_time: Seconds, arrival_scv: Ratio, service_scv: Ratio) -> Seconds:
    """Mean wait in G/G/1: rho / (1 - rho) x (ca2 + cs2) / 2 x service time. Rate >= 0, service time > 0 s, SCVs >= 0.

    An approximation, good as utilisation nears 1 and exact for M/G/1; high for arrivals smoother than Poisson at low
    utilisation. Raises Unstable at rate x service time >= 1. Source: Kingman, Proc. Cambridge Phil. Soc. 57 (1961).

    >>> round(kingman_wait(PerSecond(0.8), Seconds(1), Ratio(2), Ratio(0.5)), 9)
    5.0
    """
    rho = not_negative("rate", rate) * positive("service_time", service_time)
    if rho >= 1:
        raise Unstable(rho, 1)
    variability = (not_negative("arrival_scv", arrival_scv) + not_negative("service_scv", service_scv)) / 2
    return Seconds(rho / (1 - rho) * variability * service_time)


def allen_cunneen(
    rate: PerSecond, service_time: Seconds, servers: int, arrival_scv: Ratio, service_scv: Ratio
) -> Queue:
    """Means of G/G/c: the wait of M/M/c x (ca2 + cs2) / 2. Rate >= 0, service time > 0 s, servers >= 1, SCVs >= 0.

    An approximation (exact for M/M/c and M/G/1, usually within 10 % of the wait between 70 and 95 % utilisation);
    `wait_probability` is Erlang's C. Raises Unstable at rate x service time >= servers.
    Source: Allen, Probability, Statistics and Queueing Theory (1990), chapter 5.

    >>> round(allen_cunneen(PerSecond(3.2), Seconds(1), 4, Ratio(1.5), Ratio(0.5)).wait, 6)
    0.745541
    """
    markov = mmc(rate, service_time, servers)
    variability = (not_negative("arrival_scv", arrival_scv) + not_negative("service_scv", service_scv)) / 2
    return _queue(rate, service_time, servers, markov.wait_probability, markov.wait * variability)


def ggc_delay(
    rate: PerSecond,
    service_time: Seconds,
    servers: int = 1,
    arrival_scv: Ratio = EXPONENTIAL,
    service_scv: Ratio = EXPONENTIAL,
) -> Delay:
    """Law of the response time of G/G/c, to be read with `delay.percentile` or put in a path.

    Ranges and errors as `allen_cunneen`. Exact for M/M/c. Else an approximation: a share C (Erlang) of arrivals waits,
    for an exponential time (the heavy-traffic limit, Kingman 1961) whose mean gives the Allen-Cunneen mean; service
    follows `delay.of_moments`. Against simulated single servers, error of p95 and p99: with Poisson arrivals and
    service SCV 0, 0.25 and 4 within 10 % from 80 % utilisation up and within 20 % at 30 %; with arrivals of SCV 4 too
    high, by 15 % at 80 % utilisation and by 60 % at 30 %.

    >>> round(percentile(ggc_delay(PerSecond(4), Seconds(1), 5), Probability(0.99)), 4)
    6.0797
    """
    queue = allen_cunneen(rate, service_time, servers, arrival_scv, service_scv)
    service = of_moments(service_time, service_scv)
    if queue.wait <= 0:
        return service
    waiting = Phase(((queue.wait_probability, queue.wait / queue.wait_probability),))
    return Delay(fixed=service.fixed, phases=(waiting, *service.phases))


def ggc_response_percentile(
    rate: PerSecond,
    service_time: Seconds,
    servers: int,
    q: Probability,
    arrival_scv: Ratio = EXPONENTIAL,
    service_scv: Ratio = EXPONENTIAL,
) -> Seconds:
    """Response time that a share `q` of arrivals does not exceed in G/G/c; 0 < q <= 0.999999. See `ggc_delay`.

    >>> round(ggc_response_percentile(PerSecond(0.8), Seconds(1), 1, Probability(0.95)), 4)
    14.9787
    """
    return percentile(ggc_delay(rate, service_time, servers, arrival_scv, service_scv), q)


def _queue(rate: PerSecond, service_time: Seconds, servers: int, waits: float, wait: float) -> Queue:
    return Queue(
        utilisation=Utilisation(rate * service_time / servers),
        wait_probability=Probability(waits),
        waiting=Count(rate * wait),
        in_system=Count(rate * (wait + service_time)),
        wait=Seconds(wait),
        response=Seconds(wait + service_time),
    )
