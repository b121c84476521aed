"""Delays and paths: against exact Erlang and hypoexponential laws, order statistics, and published tail figures."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archsmith.formulas._roots import falling_root
from archsmith.formulas.delay import Delay, Phase, deviation, mean, of_moments, of_percentiles, percentile, tail
from archsmith.formulas.paths import (
    branch_percentile,
    in_sequence,
    path_percentile,
)
from archsmith.formulas.queueing import mmc_response_percentile
from archsmith.formulas.queueing_general import ggc_delay
from archsmith.kernel.units import PerSecond, Probability, Ratio, Seconds

LEVELS = (0.05, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999)


def exponential(average: float) -> Delay:
    return Delay(phases=(Phase(((1.0, average),)),))


DELAYS = st.builds(
    lambda fixed, parts: Delay(
        fixed=Seconds(fixed), phases=tuple(Phase(((p, m),)) if p > 0 else Phase(()) for p, m in parts)
    ),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(1e-3, 10)), min_size=1, max_size=4),
)


@pytest.mark.parametrize("k", [1, 2, 3, 8, 20, 60])
def test_erlang_exact(k: int) -> None:
    """k equal exponential steps: P(sum > t) = exp(-t) sum t^i / i!; stated tolerance 1e-6."""
    path = in_sequence([exponential(1.0)] * k)
    for q in LEVELS:
        exact = falling_root(
            lambda t: math.exp(-t) * math.fsum(t**i / math.factorial(i) for i in range(k)), 1 - q, 3.0 * k
        )
        assert percentile(path, Probability(q)) == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize(
    "means", [(1.0, 0.5), (0.001, 0.003, 0.02, 0.05, 0.3), (1e-6, 1e-3, 1.0), (1.0, 1.01, 1.02), (5.0, 0.01)]
)
def test_hypoexponential_exact(means: tuple[float, ...]) -> None:
    """Different exponential steps: the classical sum of exponentials; stated tolerance 1e-6."""
    rates = [1 / m for m in means]

    def exact_tail(t: float) -> float:
        return math.fsum(math.exp(-a * t) * math.prod(b / (b - a) for b in rates if b is not a) for a in rates)

    steps = [exponential(m) for m in means]
    for q in LEVELS:
        exact = falling_root(exact_tail, 1 - q, sum(means) * 5)
        assert path_percentile(steps, Probability(q)) == pytest.approx(exact, rel=1e-6)


def test_tandem_of_three_mm1() -> None:
    """lambda 0.5, mu 1, 0.8, 2: mean exactly 6; each response is exponential, so the path is hypoexponential."""
    stations = [ggc_delay(PerSecond(0.5), Seconds(1 / mu)) for mu in (1, 0.8, 2)]
    assert mean(in_sequence(stations)) == pytest.approx(6, rel=1e-12)
    same = [exponential(1 / (mu - 0.5)) for mu in (1, 0.8, 2)]
    for q in (0.5, 0.95, 0.99):
        found = path_percentile(stations, Probability(q))
        assert found == pytest.approx(path_percentile(same, Probability(q)), rel=1e-6)
        apart = sum(mmc_response_percentile(PerSecond(0.5), Seconds(1 / mu), 1, Probability(q)) for mu in (1, 0.8, 2))
        assert q == 0.5 or found < apart


def test_network_is_added_as_it_is() -> None:
    path = [exponential(0.01), exponential(0.02)]
    without = path_percentile(path, Probability(0.99))
    assert path_percentile(path, Probability(0.99), Seconds(0.04)) == pytest.approx(without + 0.04)
    assert path_percentile([], Probability(0.99), Seconds(0.04)) == 0.04


def test_a_rare_phase_leaves_the_lower_percentiles_alone() -> None:
    delay = Delay(fixed=Seconds(0.1), phases=(Phase(((0.02, 1.0),)),))
    assert percentile(delay, Probability(0.95)) == 0.1
    assert percentile(delay, Probability(0.99)) == pytest.approx(0.1 + math.log(2), rel=1e-6)


@given(DELAYS, st.floats(0.05, 0.999), st.floats(0.0, 0.9))
def test_percentiles_rise_and_stay_above_the_fixed_part(delay: Delay, q: float, more: float) -> None:
    higher = q + (0.9995 - q) * more
    found = percentile(delay, Probability(q))
    assert delay.fixed <= found <= percentile(delay, Probability(higher)) * (1 + 1e-7)
    assert tail(delay, Seconds(found)) <= 1 - q + 1e-6


@given(DELAYS, DELAYS)
def test_moments_of_a_sequence_add(one: Delay, two: Delay) -> None:
    both = in_sequence([one, two])
    assert both == one + two
    assert mean(both) == pytest.approx(mean(one) + mean(two))
    assert deviation(both) ** 2 == pytest.approx(deviation(one) ** 2 + deviation(two) ** 2)


@given(DELAYS, DELAYS, st.floats(0.5, 0.999))
@settings(max_examples=50)
def test_a_longer_path_is_slower(one: Delay, two: Delay, q: float) -> None:
    assert path_percentile([one, two], Probability(q)) >= path_percentile([one], Probability(q)) * (1 - 1e-7)


@given(st.floats(1e-4, 10), st.floats(0, 20))
def test_fit_by_moments(average: float, scv: float) -> None:
    fitted = of_moments(Seconds(average), Ratio(scv))
    assert mean(fitted) == pytest.approx(average, rel=1e-9)
    assert deviation(fitted) == pytest.approx(average * math.sqrt(scv), rel=1e-7, abs=1e-9 * average)


@given(st.floats(1e-4, 1), st.floats(1, 200))
@settings(max_examples=60)
def test_fit_by_percentiles(p50: float, ratio: float) -> None:
    fitted = of_percentiles(Seconds(p50), Seconds(p50 * ratio))
    assert percentile(fitted, Probability(0.5)) == pytest.approx(p50, rel=1e-5)
    assert percentile(fitted, Probability(0.99)) == pytest.approx(p50 * ratio, rel=1e-5)


def test_fit_refuses_crossed_percentiles() -> None:
    with pytest.raises(ValueError, match="p99 must not lie below p50"):
        of_percentiles(Seconds(0.2), Seconds(0.1))


def test_branches_are_mixed_not_averaged() -> None:
    hit, miss = exponential(0.001), exponential(0.1)
    mixed = branch_percentile([(Probability(0.9), hit), (Probability(0.1), miss)], Probability(0.99))
    exact = falling_root(lambda t: 0.9 * math.exp(-t / 0.001) + 0.1 * math.exp(-t / 0.1), 0.01, 1.0)
    assert mixed == pytest.approx(exact, rel=1e-6)
    only = branch_percentile([(Probability(1.0), hit), (Probability(0.0), miss)], Probability(0.9))
    assert only == pytest.approx(percentile(hit, Probability(0.9)))


def test_a_percentile_at_the_edge_of_a_branch_is_that_branch() -> None:
    hit, miss = Delay(fixed=Seconds(0.001)), Delay(fixed=Seconds(0.02))
    mixed = [(Probability(0.9), hit), (Probability(0.1), miss)]
    assert branch_percentile(mixed, Probability(0.9)) == pytest.approx(0.001)
    assert branch_percentile(mixed, Probability(0.9001)) == pytest.approx(0.02)


def test_branches_must_be_complete() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        branch_percentile([(Probability(0.5), exponential(1.0))], Probability(0.9))


@pytest.mark.parametrize("q", [0.0, 1.0, 0.9999999])
def test_percentile_range(q: float) -> None:
    with pytest.raises(ValueError, match="q must be"):
        percentile(exponential(1.0), Probability(q))


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_a_phase_is_a_probability_law(p: float, m: float) -> None:
    assume(not (0 < p <= 1 and m > 0))
    with pytest.raises(ValueError, match="a phase needs"):
        Phase(((p, m),))
