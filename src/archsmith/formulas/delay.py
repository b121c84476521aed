"""The law of a delay: a fixed part plus independent random phases. Its tail and percentiles, and ways to make one.

A phase is zero or exponential, chosen by chance; that is enough for waits, services, bursts and measured latencies, and
the sum of two such laws is again one. Tails come from the product of the phases' Laplace transforms, inverted
numerically, so the percentile of a sum is that of the whole distribution and never a sum of percentiles.
"""

import math
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.formulas._checks import inside, not_negative, positive
from archsmith.formulas._roots import falling_root
from archsmith.kernel.units import Probability, Ratio, Seconds

_NONE: Final = Seconds(0.0)
_HIGHEST: Final = 0.999999
_A: Final = 18.4  # discretisation error exp(-18.4) = 1e-8
_PLAIN, _AVERAGED = 38, 11  # terms summed as they are, then terms under a binomial average


def _weight(k: int) -> float:
    sign = -1.0 if k % 2 else 1.0
    if k <= _PLAIN:
        return sign / 2 if k == 0 else sign
    return sign * sum(math.comb(_AVERAGED, i) for i in range(k - _PLAIN, _AVERAGED + 1)) / 2.0**_AVERAGED


_TERMS: Final = tuple((_weight(k), complex(_A, 2 * k * math.pi) / 2) for k in range(_PLAIN + _AVERAGED + 1))


class Phase(Struct, frozen=True):
    """With probability `p` exponential of mean `m` seconds, for each (p, m) of `ways`; zero with what is left of 1."""

    ways: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if any(not (p > 0 and m > 0) for p, m in self.ways) or sum(p for p, _ in self.ways) > 1 + 1e-12:
            raise ValueError(f"a phase needs means above 0 and probabilities above 0, in sum at most 1: {self.ways}")


class Delay(Struct, frozen=True, kw_only=True):
    """`fixed` seconds (>= 0) plus the sum of independent phases. Add two to put one after the other.

    >>> Delay(fixed=Seconds(0.01)) + Delay(fixed=Seconds(0.02), phases=(Phase(((1.0, 0.1),)),))
    Delay(fixed=0.03, phases=(Phase(ways=((1.0, 0.1),)),))
    """

    fixed: Seconds = _NONE
    phases: tuple[Phase, ...] = ()

    def __post_init__(self) -> None:
        not_negative("fixed", self.fixed)

    def __add__(self, other: "Delay") -> "Delay":
        return Delay(fixed=Seconds(self.fixed + other.fixed), phases=self.phases + other.phases)


def mean(delay: Delay) -> Seconds:
    """Mean in seconds.

    >>> mean(Delay(fixed=Seconds(1), phases=(Phase(((0.5, 4.0),)),)))
    3.0
    """
    return Seconds(delay.fixed + sum(p * m for phase in delay.phases for p, m in phase.ways))


def deviation(delay: Delay) -> Seconds:
    """Standard deviation in seconds.

    >>> deviation(Delay(fixed=Seconds(1), phases=(Phase(((1.0, 4.0),)),)))
    4.0
    """
    variance = 0.0
    for phase in delay.phases:
        first = sum(p * m for p, m in phase.ways)
        variance += sum(2 * p * m * m for p, m in phase.ways) - first * first
    return Seconds(math.sqrt(variance))


def tail(delay: Delay, t: Seconds) -> Probability:
    """P(delay > t), t in seconds, with an absolute error of about 1e-8.

    Source: Abate and Whitt, ORSA Journal on Computing 7 (1995), the Euler method.

    >>> round(tail(Delay(phases=(Phase(((1.0, 1.0),)), Phase(((1.0, 1.0),)))), Seconds(2)), 6)
    0.406006
    """
    if t < delay.fixed:
        return Probability(1.0)
    rest = t - delay.fixed
    if rest == 0:
        return Probability(1.0 - _never(delay))
    total = 0.0
    for weight, point in _TERMS:
        s = point / rest
        transform = complex(1.0)
        for phase in delay.phases:
            passed = complex(1.0)
            for p, m in phase.ways:
                sm = s * m
                passed -= p * sm / (1 + sm)
            transform *= passed
        total += weight * ((1 - transform) / s).real
    return Probability(min(1.0, max(0.0, math.exp(_A / 2) / rest * total)))


def percentile(delay: Delay, q: Probability) -> Seconds:
    """The time in seconds that the delay does not exceed with probability `q`; 0 < q <= 0.999999.

    The error is that of `tail`: below 1e-6 of the result, tested on Erlang and hypoexponential laws of up to 100
    phases. Raises ValueError for q outside the range, where the error of the tail would begin to show.

    >>> round(percentile(Delay(fixed=Seconds(1), phases=(Phase(((1.0, 1.0),)),)), Probability(0.95)), 6)
    3.995732
    """
    if inside("q", q) > _HIGHEST:
        raise ValueError(f"q must be at most {_HIGHEST}: beyond, the error of the tail shows; got {q}")
    if _never(delay) >= q:
        return delay.fixed

    def beyond(t: float) -> float:
        return tail(replace(delay, fixed=_NONE), Seconds(t))

    return Seconds(delay.fixed + falling_root(beyond, 1 - q, _ceiling(delay, 1 - q), precision=1e-10))


def of_moments(average: Seconds, scv: Ratio) -> Delay:
    """The simplest law with this mean (> 0 s) and squared coefficient of variation (>= 0). Raises ValueError outside.

    scv <= 1: a fixed part plus an exponential; scv > 1: a two-way hyperexponential with balanced means.
    Source: Tijms, A First Course in Stochastic Models (2003), appendix B (two-moment fits).

    >>> of_moments(Seconds(2), Ratio(0.25))
    Delay(fixed=1.0, phases=(Phase(ways=((1.0, 1.0),)),))
    """
    m, c2 = positive("average", average), not_negative("scv", scv)
    if c2 > 1:
        p = (1 + math.sqrt((c2 - 1) / (c2 + 1))) / 2
        return Delay(phases=(Phase(((p, m / (2 * p)), (1 - p, m / (2 * (1 - p))))),))
    spread = m * math.sqrt(c2)
    return Delay(fixed=Seconds(m - spread), phases=(Phase(((1.0, spread),)),) if spread > 0 else ())


def of_percentiles(p50: Seconds, p99: Seconds) -> Delay:
    """A law whose median and 99th percentile are those given, 0 < p50 <= p99 seconds; raises ValueError outside.

    For a dependency of which only measured figures are known. Up to p99 = 6.64 x p50 a fixed part plus an exponential;
    above, one call in 20 is slow (two exponentials). Both percentiles are met; the shape between is our assumption.

    >>> d = of_percentiles(Seconds(0.1), Seconds(0.4))
    >>> round(percentile(d, Probability(0.5)), 6), round(percentile(d, Probability(0.99)), 6)
    (0.1, 0.4)
    """
    if positive("p50", p50) > positive("p99", p99):
        raise ValueError(f"p99 must not lie below p50: {p99} < {p50}")
    scale = (p99 - p50) / math.log(50)
    fixed = p50 - scale * math.log(2)
    if fixed >= 0:
        return Delay(fixed=Seconds(fixed), phases=(Phase(((1.0, scale),)),) if scale > 0 else ())
    slow = 0.05

    def quick_mean(slow_mean: float) -> float:
        return p50 / math.log((1 - slow) / (0.5 - slow * math.exp(-p50 / slow_mean)))

    def within(speed: float) -> float:  # the tail at p99 falls as the slow calls get faster
        m = 1 / speed
        return (1 - slow) * math.exp(-p99 / quick_mean(m)) + slow * math.exp(-p99 * speed)

    slow_mean = 1 / falling_root(lambda v: within(max(v, 1e-12 / p99)), 0.01, math.log(2) / p50)
    return Delay(phases=(Phase(((1 - slow, quick_mean(slow_mean)), (slow, slow_mean))),))


def _ceiling(delay: Delay, level: float) -> float:
    """Chernoff: P(phases > t) <= E exp(s phases) exp(-s t), so the tail is below `level` from here on."""
    longest = max(m for phase in delay.phases for _, m in phase.ways)

    def bound(u: float) -> float:
        s = u / longest
        grown = math.fsum(math.log1p(sum(p * s * m / (1 - s * m) for p, m in phase.ways)) for phase in delay.phases)
        return (grown - math.log(level)) / s

    return min(bound(u) for u in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9))


def _never(delay: Delay) -> float:
    """P(every phase is zero): the delay is its fixed part alone."""
    return math.prod(max(0.0, 1 - sum(p for p, _ in phase.ways)) for phase in delay.phases)
