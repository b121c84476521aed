"""Draws of what is not known: a stratified design over ranges, the value at a share of a range, and intervals."""

import functools
import math
from collections.abc import Sequence

from archsmith.formulas._checks import share

_FACTOR, _MODULUS = 48_271, 2**31 - 1


@functools.lru_cache(maxsize=8)
def latin_hypercube(count: int, dimensions: int) -> tuple[tuple[float, ...], ...]:
    """`count` (>= 1) points in the unit cube; the same ones each time.

    Along each axis every one of the `count` equal strata holds exactly one point, at its middle. The permutations are
    made one after the other, each orthogonal to the ranks of those before (as long as half as many axes as points allow
    it), so that the effect of one input is not mistaken for that of another.

    Sources: McKay, Beckman, Conover 1979 (Technometrics 21:2); Owen 1994, Controlling correlations in Latin hypercube
    samples (JASA 89:428).

    >>> [row[0] for row in sorted(latin_hypercube(4, 3))]
    [0.125, 0.375, 0.625, 0.875]
    """
    state = 1
    basis: list[list[float]] = []
    columns: list[list[float]] = []
    for _ in range(dimensions):
        column = []
        for _ in range(count):
            state = scrambled(state)
            column.append(state / _MODULUS - 0.5)
        for known in basis:
            along = _dot(column, known)
            column = [x - along * k for x, k in zip(column, known, strict=True)]
        order = sorted(range(count), key=column.__getitem__)
        ranks = [0.0] * count
        for rank, place in enumerate(order):
            ranks[place] = (rank + 0.5) / count
        columns.append(ranks)
        if len(basis) < count // 2:
            _extend(basis, ranks)
    return tuple(zip(*columns, strict=True))


def scrambled(state: int) -> int:
    """The number that follows in the sequence of Park, Miller, Stockmeyer 1993 (Communications of the ACM 36:7).

    >>> scrambled(1)
    48271
    """
    return _FACTOR * state % _MODULUS


def _extend(basis: list[list[float]], ranks: list[float]) -> None:
    """One more direction of length 1, orthogonal to those that are there."""
    fresh = [r - 0.5 for r in ranks]
    for known in basis:
        along = _dot(fresh, known)
        fresh = [x - along * k for x, k in zip(fresh, known, strict=True)]
    length = math.sqrt(_dot(fresh, fresh))
    if length > 1e-9:
        basis.append([x / length for x in fresh])


def _dot(one: Sequence[float], two: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(one, two, strict=True))


def triangular(at: float, low: float, mode: float, high: float) -> float:
    """The value below which a share `at` (0 to 1) of a triangular distribution lies: low <= mode <= high.

    Source: Kotz, van Dorp, Beyond Beta (2004), section 1.2.

    >>> round(triangular(0.5, 0.0, 0.0, 1.0), 6), triangular(0.5, 2.0, 3.0, 4.0)
    (0.292893, 3.0)
    """
    share("at", at)
    if not low <= mode <= high:
        raise ValueError(f"the mode {mode} must lie in {low} to {high}")
    if high <= low:
        return mode
    if at * (high - low) < mode - low:
        return low + math.sqrt(at * (high - low) * (mode - low))
    return high - math.sqrt((1 - at) * (high - low) * (high - mode))


def log_triangular(at: float, low: float, mode: float, high: float) -> float:
    """As `triangular`, on the logarithms: half and twice the mode are equally far from it. 0 < low.

    >>> round(log_triangular(0.5, 1.0, 10.0, 100.0), 6)
    10.0
    """
    if low <= 0:
        raise ValueError(f"low must be above 0, got {low}")
    return math.exp(triangular(at, math.log(low), math.log(mode), math.log(high)))


def quantile(values: Sequence[float], at: float) -> float:
    """The value below which a share `at` (0 to 1) of at least one value lies, interpolated.

    Source: Hyndman, Fan 1996 (The American Statistician 50:4), definition 7.

    >>> quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.1)
    1.9
    """
    share("at", at)
    ordered = sorted(values)
    place = at * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def interval(values: Sequence[float], middle: float) -> tuple[float, float]:
    """The ends between which the `middle` share (0 to 1) of the values lies, as much left out below as above."""
    rest = (1 - share("middle", middle)) / 2
    return quantile(values, rest), quantile(values, 1 - rest)
