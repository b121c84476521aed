"""Quick quantiles against the exact ones."""

import pytest

from archsmith.formulas.delay import Delay, Phase, of_percentiles, percentile
from archsmith.formulas.paths import branch_percentile
from archsmith.formulas.quantiles import quantiles
from archsmith.formulas.queueing_general import ggc_delay
from archsmith.kernel.units import PerSecond, Probability, Seconds

LEVELS = (Probability(0.5), Probability(0.95), Probability(0.99))


def laws() -> list[Delay]:
    busy = ggc_delay(PerSecond(90), Seconds(0.01), 1)
    return [
        Delay(fixed=Seconds(0.02), phases=(Phase(((1.0, 0.1),)),)),
        busy,
        busy + ggc_delay(PerSecond(300), Seconds(0.004), 2) + Delay(fixed=Seconds(0.003)),
        of_percentiles(Seconds(0.35), Seconds(2.0)) + Delay(fixed=Seconds(0.05)),
        of_percentiles(Seconds(0.1), Seconds(2.0)),
    ]


@pytest.mark.parametrize("law", laws())
def test_one_branch(law: Delay) -> None:
    found = quantiles([(Probability(1.0), law)], LEVELS)
    assert list(found) == sorted(found)
    for level, time in zip(LEVELS, found, strict=True):
        assert time == pytest.approx(percentile(law, level), rel=2e-4)


def test_cache_hit_or_miss() -> None:
    hit, miss = laws()[0], laws()[2]
    branches = [(Probability(0.8), hit), (Probability(0.2), miss)]
    for level, time in zip(LEVELS, quantiles(branches, LEVELS), strict=True):
        assert time == pytest.approx(branch_percentile(branches, level), rel=2e-4)


def test_a_law_with_a_jump() -> None:
    quick, slow = Delay(fixed=Seconds(0.001)), Delay(fixed=Seconds(0.02))
    found = quantiles([(Probability(0.9), quick), (Probability(0.1), slow)], LEVELS)
    assert found[0] == pytest.approx(0.001, rel=1e-3)
    assert found[1] == pytest.approx(0.02, rel=1e-3)


@pytest.mark.parametrize("bad", [0.0, 1.0, -0.1])
def test_levels_outside(bad: float) -> None:
    with pytest.raises(ValueError, match="level"):
        quantiles([(Probability(1.0), laws()[0])], [Probability(bad)])


def test_branches_must_sum_to_one() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        quantiles([(Probability(0.5), laws()[0])], LEVELS)
