"""What an input explains, and what knowing it saves, against cases that can be solved by hand."""

from statistics import NormalDist

import pytest

from archsmith.formulas.information import perfect_information, perfect_parameter_information, rank_correlation, strata
from archsmith.formulas.sampling import latin_hypercube

NORMAL = NormalDist()


def _normals(count: int, axes: int) -> list[list[float]]:
    return [[NORMAL.inv_cdf(u) for u in axis] for axis in zip(*latin_hypercube(count, axes), strict=True)]


def _worth(costs: list[list[float]], inputs: list[float], bins: int = 4) -> float:
    return perfect_parameter_information(costs, inputs, bins)[0]


def test_strata_are_equal_and_never_part_equal_values() -> None:
    assert [len(g) for g in strata([float(n) for n in range(10)], 4)] == [3, 2, 3, 2]
    assert strata([1.0, 1.0, 1.0, 2.0], 4) == [[0, 1, 2], [3]]
    assert strata([5.0, 5.0], 4) == [[0, 1]]


@pytest.mark.parametrize(("mean", "loss"), [(0.0, 0.3989), (0.5, 0.1978), (1.0, 0.08332), (2.0, 0.008491)])
def test_all_information_is_the_unit_normal_loss(mean: float, loss: float) -> None:
    """Two options whose costs differ by a normal: the table of the unit normal loss integral (Raiffa, Schlaifer)."""
    (noise,) = _normals(2000, 1)
    assert perfect_information([[0.0] * 2000, [mean + x for x in noise]]) == pytest.approx(loss, abs=3e-4)


def test_of_two_inputs_each_is_worth_what_its_own_normal_says() -> None:
    """Costs differ by 0.5 + 3 x + y: knowing x leaves a normal of spread 3, knowing y one of 1 around 0.5."""
    x, y = _normals(2000, 2)
    costs = [[0.0] * 2000, [0.5 + 3 * a + b for a, b in zip(x, y, strict=True)]]

    def loss(mean: float, spread: float) -> float:
        z = mean / spread
        return spread * (NORMAL.pdf(z) - z * (1 - NORMAL.cdf(z)))

    assert _worth(costs, x, 16) == pytest.approx(loss(0.5, 3), rel=0.03)
    assert _worth(costs, y, 16) == pytest.approx(loss(0.5, 1), rel=0.1)


def test_few_draws_find_the_worth_of_what_matters_and_none_in_noise() -> None:
    x, y, idle = _normals(40, 3)
    costs = [[0.0] * 40, [0.5 + 3 * a + 0.5 * b for a, b in zip(x, y, strict=True)]]
    assert _worth(costs, x) == pytest.approx(0.95, rel=0.25)
    assert _worth(costs, idle) < 0.05
    sure = [[0.0] * 40, [20 + a for a in x]]
    assert _worth(sure, x) == 0.0


def test_the_worth_of_an_input_is_at_most_that_of_all() -> None:
    axes = _normals(40, 4)
    costs = [[a * n + b for a, b in zip(axes[0], axes[n % 3 + 1], strict=True)] for n in range(3)]
    most = perfect_information(costs)
    assert most > 0
    assert all(0 <= _worth(costs, axis) <= most + 1e-9 for axis in axes)


def test_rank_correlation_of_the_textbook() -> None:
    """Intelligence and hours before the television of ten people: -29/165."""
    iq = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0]
    hours = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0]
    assert rank_correlation(iq, hours) == pytest.approx(-29 / 165)
    assert rank_correlation(iq, [x**3 for x in iq]) == pytest.approx(1.0)
    assert rank_correlation(iq, [5.0] * 10) == 0.0
    assert rank_correlation([1.0, 1.0, 2.0], [3.0, 3.0, 9.0]) == pytest.approx(1.0)


def test_what_moves_a_result_stands_out_among_what_does_not() -> None:
    x, y, idle = _normals(32, 3)
    result = [2 * a + b for a, b in zip(x, y, strict=True)]
    assert rank_correlation(x, result) ** 2 > 0.6 > rank_correlation(y, result) ** 2 > 0.1
    assert rank_correlation(idle, result) ** 2 < 0.05


def test_the_options_that_an_answer_leads_to() -> None:
    costs = [[0.0] * 8, [-5.0, -5.0, 1.0, 1.0, 9.0, 9.0, 9.0, 9.0], [9.0] * 6 + [-3.0, -3.0]]
    assert perfect_parameter_information(costs, list(range(8)))[1] == (1, 0, 0, 2)
