"""Delays along a path: one step after another, one of several branches, or the slowest of several at once."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from archsmith.formulas._checks import at_least, inside, not_negative, positive, share
from archsmith.formulas._roots import falling_root
from archsmith.formulas.delay import Delay, deviation, mean, of_percentiles, percentile, tail
from archsmith.formulas.queueing import mm1
from archsmith.kernel.units import PerSecond, Probability, Seconds

_NONE: Final = Seconds(0.0)


def in_sequence(steps: Sequence[Delay], network: Seconds = _NONE) -> Delay:
    """The steps one after another, plus `network` seconds of fixed delay on the way (>= 0, in all).

    Takes the steps as independent. That is exact for a tandem of M/M/1 (Burke 1956, Reich 1957); elsewhere it is the
    usual approximation, low where the same slow request is slow at every step.

    >>> in_sequence([Delay(fixed=Seconds(0.2)), Delay(fixed=Seconds(0.1))], Seconds(0.7)).fixed
    1.0
    """
    return Delay(
        fixed=Seconds(math.fsum([not_negative("network", network), *(s.fixed for s in steps)])),
        phases=tuple(p for s in steps for p in s.phases),
    )


def path_percentile(steps: Sequence[Delay], q: Probability, network: Seconds = _NONE) -> Seconds:
    """The time within which a share `q` (0 < q <= 0.999999) of requests has passed all steps and the network.

    NOT the sum of the steps' percentiles, which is too long: the steps are seldom slow together. Numeric convolution;
    hypoexponential and Erlang laws are met within 1e-6. Raises ValueError for q outside.

    >>> from archsmith.formulas.delay import Phase
    >>> one = Delay(phases=(Phase(((1.0, 1.0),)),))
    >>> round(percentile(one, Probability(0.99)) * 2, 4), round(path_percentile([one, one], Probability(0.99)), 4)
    (9.2103, 6.6384)
    """
    return percentile(in_sequence(steps, network), q)


def branch_percentile(branches: Sequence[tuple[Probability, Delay]], q: Probability) -> Seconds:
    """Percentile `q` where a request takes one of several branches: cache hit or miss, for instance.

    Each branch comes with its probability (they sum to 1 within 1e-9); 0 < q <= 0.999999. Raises ValueError outside.

    >>> round(
    ...     branch_percentile(
    ...         [(Probability(0.9), Delay(fixed=Seconds(0.001))), (Probability(0.1), Delay(fixed=Seconds(0.02)))],
    ...         Probability(0.95),
    ...     ),
    ...     9,
    ... )
    0.02
    """
    if abs(math.fsum(share("branch probability", p) for p, _ in branches) - 1) > 1e-9:
        raise ValueError(f"the branch probabilities must sum to 1, got {[p for p, _ in branches]}")
    used = [(p, d) for p, d in branches if p > 0]
    high = max(percentile(d, q) for _, d in used)
    low = min(percentile(d, q) for _, d in used)
    if high == low:
        return high
    # The hair above 1 - q forgives its last digit: where 90 % hit, the 90th percentile is a hit.
    level = (1 - q) * (1 + 1e-9)
    return Seconds(falling_root(lambda t: math.fsum(p * tail(d, Seconds(t)) for p, d in used), level, high))


def slowest_of(calls: Sequence[Delay]) -> Delay:
    """The law of the slowest of several independent calls made at once, to stand as a step in a path.

    An approximation for more than one call: median and p99 are exact, the shape between them that of `of_percentiles`.
    For 2 to 100 exponential calls p95 and p99.9 are met within 2 %, p90 within 3 %, the mean within 4 %.
    Raises ValueError where `calls` is empty.

    >>> slowest_of([Delay(fixed=Seconds(0.1)), Delay(fixed=Seconds(0.3))]).fixed
    0.3
    """
    at_least("number of calls", len(calls), 1)
    if len(calls) == 1:
        return calls[0]
    if all(not c.phases for c in calls):
        return Delay(fixed=max(c.fixed for c in calls))
    high = max(mean(c) + 10 * deviation(c) for c in calls)
    kinds = Counter(calls).items()

    def at(q: float) -> Seconds:
        # log P(all done) is summed, so that the tail keeps its digits however many calls there are
        def open_still(t: float) -> float:
            return -math.expm1(math.fsum(n * math.log1p(-min(tail(c, Seconds(t)), 1 - 1e-15)) for c, n in kinds))

        return Seconds(falling_root(open_still, 1 - q, high, precision=1e-10))

    return of_percentiles(at(0.5), at(0.99))


def fan_out_percentile(call: Delay, fan_out: int, q: Probability) -> Seconds:
    """Percentile `q` of the slowest of `fan_out` (>= 1) independent calls with the same law.

    Exact up to the error of `tail`. It is the percentile q^(1/n) of one call, which must be at most 0.999999; raises
    ValueError above.
    Source: Dean and Barroso, The Tail at Scale, CACM 56 (2013).

    >>> from archsmith.formulas.delay import Phase
    >>> round(fan_out_percentile(Delay(phases=(Phase(((1.0, 0.01),)),)), 100, Probability(0.5)), 4)
    0.0498
    """
    return percentile(call, Probability(inside("q", q) ** (1 / at_least("fan_out", fan_out, 1))))


def slow_request_share(slow_calls: Probability, fan_out: int) -> Probability:
    """Share of requests with at least one slow call among `fan_out` (>= 1) independent ones: 1 - (1 - p)^n.

    Source: Dean and Barroso, The Tail at Scale, CACM 56 (2013).

    >>> round(slow_request_share(Probability(0.01), 100), 4)
    0.634
    """
    n = at_least("fan_out", fan_out, 1)
    if share("slow_calls", slow_calls) == 1:
        return Probability(1.0)
    return Probability(-math.expm1(n * math.log1p(-slow_calls)))


def slowest_mean(average: Seconds, calls: int) -> Seconds:
    """Mean of the slowest of `calls` (>= 1) independent exponential times of mean `average` (>= 0 s): average x H_n.

    Source: order statistics of the exponential law (Renyi 1953).

    >>> round(slowest_mean(Seconds(1), 8), 6)
    2.717857
    """
    return Seconds(not_negative("average", average) * _harmonic(at_least("calls", calls, 1)))


def slowest_percentile(average: Seconds, calls: int, q: Probability) -> Seconds:
    """Percentile `q` of the slowest of `calls` independent exponential times of mean `average`.

    0 < q < 1, calls >= 1, average >= 0 s; raises ValueError outside. Exact: -average x ln(1 - q^(1/n)).

    >>> round(slowest_percentile(Seconds(1), 100, Probability(0.99)), 4)
    9.2054
    """
    per_call = math.log(inside("q", q)) / at_least("calls", calls, 1)
    return Seconds(-not_negative("average", average) * math.log(-math.expm1(per_call)))


def fork_join_mean(rate: PerSecond, service_time: Seconds, branches: int) -> Seconds:
    """Mean time until all `branches` parts of a job are done, each at its own M/M/1 with the same service time (> 0 s).

    Every job goes to every branch, 2 <= branches <= 32. Exact for two; else within 5 % of simulation (the authors).
    Raises Unstable at rate x service time >= 1, ValueError outside.
    Source: Nelson and Tantawi, IEEE Trans. Computers 37 (1988).

    >>> round(fork_join_mean(PerSecond(0.8), Seconds(1), 2), 9)
    7.0
    """
    if at_least("branches", branches, 2) > 32:
        raise ValueError(f"branches must be at most 32, the range of the approximation; got {branches}")
    station = mm1(rate, Seconds(positive("service_time", service_time)))
    ratio = _harmonic(branches) / 1.5
    scale = ratio + 4 / 11 * (1 - ratio) * station.utilisation
    return Seconds(scale * (12 - station.utilisation) / 8 * station.response)


def _harmonic(n: int) -> float:
    """1 + 1/2 + ... + 1/n; summed up to 10,000, by its asymptotic series above (error below 1e-17)."""
    if n <= 10_000:
        return math.fsum(1 / k for k in range(1, n + 1))
    return math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n)
