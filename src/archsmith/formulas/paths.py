"""Delays along a path: one step after another, or one of several branches."""

import math
from collections.abc import Sequence
from typing import Final

from archsmith.formulas._checks import not_negative, share
from archsmith.formulas._roots import falling_root
from archsmith.formulas.delay import Delay, percentile, tail
from archsmith.kernel.units import Probability, Seconds

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
