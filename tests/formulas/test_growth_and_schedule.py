"""Growth and estimates: worked by hand, and their inverse functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.formulas.growth import growth_factor, months_until
from archsmith.formulas.schedule import Estimate, calendar_months, three_point, total, working_days
from archsmith.kernel.units import Bytes, Count, Days, Months, PersonDays, Ratio


def estimate(mean: float, deviation: float) -> Estimate:
    return Estimate(mean=PersonDays(mean), deviation=PersonDays(deviation))


def test_growth() -> None:
    assert growth_factor(Ratio(0.1), Months(2)) == pytest.approx(1.21)
    assert growth_factor(Ratio(-0.5), Months(1)) == pytest.approx(0.5)


@given(st.floats(1, 1e12), st.floats(1.001, 1e4), st.floats(0.001, 1))
def test_capacity_is_reached_in_that_month(current: float, times: float, rate: float) -> None:
    month = months_until(Bytes(current), Bytes(current * times), Ratio(rate))
    assert month is not None
    assert growth_factor(Ratio(rate), month) == pytest.approx(times)


def test_capacity_ends() -> None:
    assert months_until(Bytes(10), Bytes(10), Ratio(0)) == pytest.approx(0)
    assert months_until(Bytes(20), Bytes(10), Ratio(-0.1)) == pytest.approx(0)
    assert months_until(Bytes(5), Bytes(10), Ratio(0)) is None
    assert months_until(Bytes(0), Bytes(10), Ratio(0.1)) is None
    with pytest.raises(ValueError, match="growth rate"):
        months_until(Bytes(5), Bytes(10), Ratio(-1))


def test_three_points() -> None:
    found = three_point(PersonDays(3), PersonDays(5), PersonDays(13))
    assert found.mean == pytest.approx(6)
    assert found.deviation == pytest.approx(10 / 6)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_pert_mean_lies_between_the_ends(points: list[float]) -> None:
    low, likely, high = sorted(points)
    found = three_point(PersonDays(low), PersonDays(likely), PersonDays(high))
    assert low - 1e-9 <= found.mean <= high + 1e-9


@pytest.mark.parametrize("points", [(5, 3, 8), (1, 9, 8), (-1, 2, 3)])
def test_points_out_of_order_are_refused(points: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="optimistic <= likely"):
        three_point(*(PersonDays(p) for p in points))


def test_totals() -> None:
    parts = [estimate(10, 3), estimate(20, 4)]
    assert total(parts, Ratio(0)) == estimate(30, 5)
    assert total(parts, Ratio(1)).deviation == pytest.approx(7)
    assert total([], Ratio(0.5)) == estimate(0, 0)


def test_days_and_months() -> None:
    assert calendar_months(Days(21)) == pytest.approx(1)
    assert working_days(PersonDays(90), Count(3), Ratio(0.75)) == pytest.approx(40)
    with pytest.raises(ValueError, match="people must be above 0"):
        working_days(PersonDays(90), Count(0), Ratio(0.75))
