"""Root finding for tails: where does a falling function reach a level?"""

import math
from collections.abc import Callable

_TINY = 1e-300


def falling_root(tail: Callable[[float], float], level: float, high: float, precision: float = 1e-13) -> float:
    """The t in [0, high] at which the falling, positive `tail` reaches `level`, to `precision` of t.

    Regula falsi on the logarithm of the tail (nearly a straight line for waiting times), with a bisection whenever two
    steps did not halve the bracket, so that jumps and flat parts can't stall it. `high` is doubled until the tail there
    is no longer above the level.

    >>> round(falling_root(lambda t: math.exp(-t), 0.05, 1.0), 6)
    2.995732
    """
    goal = math.log(level)

    def gap(t: float) -> float:
        return math.log(max(tail(t), _TINY)) - goal

    low, gap_low = 0.0, gap(0.0)
    if gap_low <= 0:
        return 0.0
    gap_high = gap(high)
    while gap_high > 0:
        low, gap_low = high, gap_high
        high *= 2
        gap_high = gap(high)
    width, bisect = high - low, False
    for step in range(200):
        if high - low <= precision * high or gap_high == 0:
            break
        t = (low + high) / 2 if bisect else low + (high - low) * gap_low / (gap_low - gap_high)
        g = gap(t)
        if g > 0:
            low, gap_low, gap_high = t, g, gap_high if bisect else gap_high / 2
        else:
            high, gap_high, gap_low = t, g, gap_low if bisect else gap_low / 2
        if step % 2:
            bisect, width = high - low > width / 2, high - low
        else:
            bisect = False
    return high
