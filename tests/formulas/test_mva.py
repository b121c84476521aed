"""Closed networks against published and independently computed values."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archsmith.formulas.mva import ClosedStation, closed_network
from archsmith.kernel.units import Seconds


def stations(*demands: float, servers: int = 1) -> list[ClosedStation]:
    return [ClosedStation(demand=Seconds(d), servers=servers) for d in demands]


@pytest.mark.parametrize(
    ("customers", "throughput", "response"),
    [
        (1, 0.943396, 0.06),
        (10, 9.306821, 0.074481),
        (30, 25.944261, 0.156325),
        (33, 27.890483, 0.183199),
        (50, 33.136404, 0.508915),
        (100, 33.333333, 2.0),
    ],
)
def test_single_servers_with_delay(customers: int, throughput: float, response: float) -> None:
    found = closed_network(stations(0.02, 0.03, 0.01), customers, Seconds(1))
    assert found.throughput == pytest.approx(throughput, abs=5.1e-7)
    assert found.response == pytest.approx(response, abs=5.1e-7)


def test_lazowska_page_117() -> None:
    found = closed_network(stations(0.605, 2.1, 1.35), 3, Seconds(15))
    assert found.present == pytest.approx((0.0976, 0.3947, 0.2350), abs=5.1e-5)
    assert found.throughput == pytest.approx(0.1515164923, abs=5.1e-11)
    # Rational arithmetic gives 4.79982478163; the shared table has 4.7998246816, one digit off its own throughput.
    assert found.response == pytest.approx(4.7998247816, abs=5.1e-11)


@pytest.mark.parametrize(
    ("customers", "throughput", "response"),
    [(10, 9.000586, 0.111039), (20, 17.926616, 0.115660), (50, 38.663802, 0.293199), (100, 40.0, 1.5)],
)
def test_four_servers_at_one_station(customers: int, throughput: float, response: float) -> None:
    """At 100 the shared table says 40.000017, above the bound of 40: rational arithmetic gives 39.9999999999987."""
    found = closed_network([*stations(0.1, servers=4), *stations(0.01)], customers, Seconds(1))
    assert found.throughput == pytest.approx(throughput, abs=5.1e-7)
    assert found.response == pytest.approx(response, abs=5.1e-7)
    assert found.throughput <= 40


@pytest.mark.parametrize(
    ("customers", "throughput", "response"),
    [
        (5, 0.306773, 1.298710),
        (10, 0.589659, 1.958941),
        (16, 0.855398, 3.704746),
        (20, 0.954407, 5.955425),
        (30, 0.999779, 15.006637),
    ],
)
def test_machine_repair(customers: int, throughput: float, response: float) -> None:
    found = closed_network(stations(1.0), customers, Seconds(15))
    assert found.throughput == pytest.approx(throughput, abs=5.1e-7)
    assert found.response == pytest.approx(response, abs=5.1e-7)


def test_one_multiserver_station_against_its_birth_death_chain() -> None:
    """M/M/c//N solved directly from its balance equations."""
    servers, customers, think, service = 4, 30, 1.0, 0.1
    weights = [1.0]
    for n in range(1, customers + 1):
        weights.append(weights[-1] * (customers - n + 1) / think * service / min(n, servers))
    throughput = math.fsum(min(n, servers) / service * w for n, w in enumerate(weights)) / math.fsum(weights)
    found = closed_network(stations(service, servers=servers), customers, Seconds(think))
    assert found.throughput == pytest.approx(throughput, rel=1e-12)


def test_enough_servers_are_a_delay() -> None:
    crowd = closed_network([*stations(0.3, servers=8), *stations(0.02)], 8, Seconds(1))
    assert crowd.throughput == pytest.approx(closed_network(stations(0.02), 8, Seconds(1.3)).throughput, rel=1e-12)


def test_without_think_time_a_lone_multiserver_station_runs_at_full_rate() -> None:
    found = closed_network(stations(0.5, servers=2), 7, Seconds(0))
    assert found.throughput == pytest.approx(4)
    assert found.utilisation == pytest.approx((1.0,))
    assert found.present == pytest.approx((7,))


@given(
    st.lists(st.tuples(st.floats(0.001, 1), st.integers(1, 6)), min_size=1, max_size=4),
    st.integers(1, 60),
    st.floats(0, 10),
)
@settings(max_examples=60, deadline=None)
def test_laws(parts: list[tuple[float, int]], customers: int, think: float) -> None:
    network = [ClosedStation(demand=Seconds(d), servers=c) for d, c in parts]
    found = closed_network(network, customers, Seconds(think))
    total, busiest = sum(d for d, _ in parts), max(d / c for d, c in parts)
    low, high = customers / (customers * total + think), min(1 / busiest, customers / (total + think))
    assert low * (1 - 1e-9) <= found.throughput <= high * (1 + 1e-9)
    assert sum(found.present) + found.throughput * think == pytest.approx(customers, rel=1e-9)
    assert found.response >= sum(d for d, _ in parts) * (1 - 1e-9)
    assert closed_network(network, customers + 1, Seconds(think)).throughput >= found.throughput * (1 - 1e-9)


@pytest.mark.parametrize(
    ("network", "customers", "think"),
    [
        (stations(0.1), 0, 1.0),
        (stations(-0.1), 1, 1.0),
        (stations(0.0), 1, 0.0),
        (stations(0.1), 1, -1.0),
        ([], 1, 0.0),
    ],
)
def test_impossible_networks_are_refused(network: list[ClosedStation], customers: int, think: float) -> None:
    with pytest.raises(ValueError, match="must"):
        closed_network(network, customers, Seconds(think))


def test_too_many_multiserver_stations_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 6"):
        closed_network(stations(*[0.1] * 7, servers=2), 5, Seconds(1))
