"""Availability against the check list, and the alert factors of the SRE workbook."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.formulas.availability import (
    BurnAlert,
    burn_alerts,
    burn_factor,
    burn_rate,
    can_fire,
    detection_time,
    downtime,
    k_of_n,
    nines,
    redundant,
    series,
    spares,
)
from archsmith.kernel.units import Days, Hours, Probability, Ratio

A = st.floats(0, 1)


def probabilities(*values: float) -> list[Probability]:
    return [Probability(v) for v in values]


def test_large_pools_go_on_where_combinations_end() -> None:
    """1,001 parts and more are summed by logarithms: the same law, and no overflow."""
    exact = k_of_n(Probability(0.99), 985, 1000)
    assert exact < k_of_n(Probability(0.99), 985, 1001) < k_of_n(Probability(0.99), 985, 1002)
    assert k_of_n(Probability(0.5), 10_001, 20_001) == pytest.approx(0.5, abs=1e-9)
    assert k_of_n(Probability(1.0), 20_000, 20_000) == pytest.approx(1.0)
    assert k_of_n(Probability(0.0), 1, 20_000) == pytest.approx(0.0)


def test_check_list() -> None:
    assert series(probabilities(0.9999, 0.999, 0.9995)) == pytest.approx(0.99840065, abs=5.1e-9)
    assert k_of_n(Probability(0.99), 2, 3) == pytest.approx(0.999702)
    assert k_of_n(Probability(0.99), 3, 5) == pytest.approx(0.99999015, abs=5.1e-9)
    assert k_of_n(Probability(0.999), 2, 3) == pytest.approx(0.999997, abs=5.1e-9)


@pytest.mark.parametrize(
    ("slo", "days", "minutes"), [(0.999, 30, 43.2), (0.9995, 30, 21.6), (0.9999, 30, 4.32), (0.999, 365, 525.6)]
)
def test_downtime(slo: float, days: float, minutes: float) -> None:
    assert downtime(Probability(slo), Days(days)) / 60 == pytest.approx(minutes)


@pytest.mark.parametrize(("share", "window", "factor"), [(0.02, 1, 14.4), (0.05, 6, 6), (0.10, 72, 1), (0.10, 24, 3)])
def test_burn_factors_of_the_workbook(share: float, window: float, factor: float) -> None:
    assert burn_factor(Ratio(share), Hours(window)) == pytest.approx(factor)


def test_burn_alerts() -> None:
    alerts = burn_alerts(Probability(0.999))
    assert [a.factor for a in alerts] == pytest.approx([14.4, 6, 1])
    assert [a.short_window * 60 for a in alerts] == pytest.approx([5, 30, 360])
    assert [a.page for a in alerts] == [True, True, False]


def test_an_alert_that_can_never_fire_is_left_out() -> None:
    """At 14.4 the target must exceed 93.06 %."""
    assert not can_fire(Probability(0.9305), Ratio(14.4))
    assert can_fire(Probability(0.9306), Ratio(14.4))
    assert [a.factor for a in burn_alerts(Probability(0.9))] == pytest.approx([6, 1])


def test_detection_time() -> None:
    page = burn_alerts(Probability(0.999))[0]
    assert detection_time(Probability(0.999), Probability(0.10), page) == pytest.approx(0.144)
    assert detection_time(Probability(0.999), Probability(0.01), page) == math.inf
    assert isinstance(page, BurnAlert)


def test_budget_and_burn() -> None:
    assert burn_rate(Probability(0.0144), Probability(0.999)) == pytest.approx(14.4)
    with pytest.raises(ValueError, match="slo must be above 0 and below 1"):
        burn_rate(Probability(0.1), Probability(1.0))


def test_common_cause_limits_what_redundancy_brings() -> None:
    """beta u + ((1 - beta) u)^n for small u: two at 99 % with 5 % in common lose 0.0005 + 0.00009."""
    found = redundant(Probability(0.99), 1, 2, Ratio(0.05))
    assert 1 - found == pytest.approx(0.0005 + 0.0095**2, rel=1e-3)
    assert redundant(Probability(0.99), 1, 9, Ratio(0.05)) < 0.9996


@given(A, st.integers(1, 8))
def test_common_cause_ends(part: float, n: int) -> None:
    none, all_of_it = (redundant(Probability(part), 1, n, Ratio(b)) for b in (0.0, 1.0))
    assert none == pytest.approx(k_of_n(Probability(part), 1, n))
    assert all_of_it == pytest.approx(part)


@given(st.lists(A, min_size=1, max_size=6))
def test_series_is_worse_than_any_part(parts: list[float]) -> None:
    assert series(probabilities(*parts)) <= min(parts) + 1e-15


@given(A, st.integers(1, 12))
def test_k_of_n_at_its_ends(part: float, n: int) -> None:
    assert k_of_n(Probability(part), n, n) == pytest.approx(part**n, abs=1e-12)
    assert k_of_n(Probability(part), 1, n) == pytest.approx(1 - (1 - part) ** n, abs=1e-12)


@given(A, st.integers(2, 12), st.data())
def test_needing_more_is_worse(part: float, n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n - 1))
    assert k_of_n(Probability(part), k + 1, n) <= k_of_n(Probability(part), k, n) + 1e-15


@pytest.mark.parametrize("value", [-0.1, 1.1, 99.9, math.nan])
def test_a_percentage_is_not_a_probability(value: float) -> None:
    for use in (
        lambda: series([Probability(value)]),
        lambda: downtime(Probability(value)),
        lambda: nines(Probability(value)),
    ):
        with pytest.raises(ValueError, match="from 0 to 1"):
            use()


def test_impossible_pools_are_refused() -> None:
    with pytest.raises(ValueError, match="needed must be at most parts"):
        k_of_n(Probability(0.9), 4, 3)
    with pytest.raises(ValueError, match="no number of nines"):
        nines(Probability(1.0))
    with pytest.raises(ValueError, match="window must be at most"):
        burn_factor(Ratio(0.02), Hours(721))


@given(st.floats(0.9, 0.9999), st.integers(1, 300), st.floats(0.99, 0.99999))
def test_spares_are_the_fewest_that_reach_the_place(part: float, needed: int, place: float) -> None:
    """By the exact law: with them the pool is as available as its place, with one fewer it is not."""
    more = spares(Probability(part), needed, Probability(place))
    assert k_of_n(Probability(part), needed, needed + more) >= place - 1e-9
    if more > 1:
        assert k_of_n(Probability(part), needed, needed + more - 1) < place + 1e-9


def test_spares_of_masses_are_counted_in_proportion_and_are_enough() -> None:
    few, many = (spares(Probability(0.995), n, Probability(0.9999)) for n in (100_000, 10_000_000))
    assert many == 100 * few
    assert spares(Probability(0.995), 10**15, Probability(0.9999)) == few * 10**10
