"""Stratified draws, values at a share of a range, intervals."""

import math

import pytest

from archsmith.formulas.sampling import interval, latin_hypercube, log_triangular, quantile, scrambled, triangular


@pytest.mark.parametrize(("count", "dimensions"), [(1, 3), (2, 2), (32, 40), (40, 12), (64, 7)])
def test_every_stratum_of_every_axis_holds_one_point(count: int, dimensions: int) -> None:
    points = latin_hypercube(count, dimensions)
    assert len(points) == count
    for axis in range(dimensions):
        assert sorted(math.floor(p[axis] * count) for p in points) == list(range(count))


def test_the_points_are_the_same_each_time_and_no_two_axes_are() -> None:
    first = latin_hypercube(32, 12)
    latin_hypercube.cache_clear()
    assert latin_hypercube(32, 12) == first
    assert len(set(zip(*first, strict=True))) == 12


def test_the_sequence_is_the_published_one() -> None:
    """Park and Miller print the ten-thousandth number from 1."""
    state = 1
    for _ in range(10_000):
        state = scrambled(state)
    assert state == 399_268_537


def test_axes_hardly_correlate() -> None:
    axes = list(zip(*latin_hypercube(40, 20), strict=True))
    spread = sum((x - 0.5) ** 2 for x in axes[0])
    worst = max(
        abs(sum((x - 0.5) * (y - 0.5) for x, y in zip(one, two, strict=True))) / spread
        for n, one in enumerate(axes)
        for two in axes[:n]
    )
    assert worst < 0.12  # a third of two random permutations of 40 exceed 0.16


def test_a_sum_of_inputs_has_far_less_variance_than_with_random_draws() -> None:
    """McKay et al. 1979: stratified draws estimate the mean of a sum of functions of one input each far better."""
    points = latin_hypercube(32, 6)
    mean = sum(sum(x * x for x in p) for p in points) / 32
    assert abs(mean - 2.0) < 0.001  # the standard error of 32 random points is 0.13


@pytest.mark.parametrize(
    ("at", "low", "mode", "high", "value"),
    [
        (0.5, 0.0, 1.0, 4.0, 4 - math.sqrt(6)),  # median above the mode: c - sqrt((c - a)(c - b) / 2)
        (0.5, 0.0, 3.0, 4.0, math.sqrt(6)),
        (0.0, 1.0, 2.0, 5.0, 1.0),
        (1.0, 1.0, 2.0, 5.0, 5.0),
        (0.25, 1.0, 2.0, 5.0, 2.0),  # the mode lies at (b - a) / (c - a)
        (0.7, 3.0, 3.0, 3.0, 3.0),
    ],
)
def test_triangular_at_its_known_points(at: float, low: float, mode: float, high: float, value: float) -> None:
    assert triangular(at, low, mode, high) == pytest.approx(value)


def test_the_mean_of_a_triangular_is_that_of_its_corners() -> None:
    mean = sum(triangular(p[0], 1.0, 2.0, 6.0) for p in latin_hypercube(2000, 1)) / 2000
    assert mean == pytest.approx(3.0, abs=1e-3)


def test_logarithms_make_half_and_twice_as_likely() -> None:
    assert log_triangular(0.1, 1, 4, 16) * log_triangular(0.9, 1, 4, 16) == pytest.approx(16)
    with pytest.raises(ValueError, match="above 0"):
        log_triangular(0.5, 0, 1, 2)
    with pytest.raises(ValueError, match="mode"):
        triangular(0.5, 0, 3, 2)


def test_quantiles_as_r_and_numpy_have_them() -> None:
    assert quantile(range(1, 11), 0.25) == pytest.approx(3.25)
    assert quantile([7.0], 0.9) == 7.0
    assert interval(range(1, 12), 0.8) == pytest.approx((2.0, 10.0))
