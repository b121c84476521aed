"""Whatever is asked for, the figures of a report make sense: finite, in their range, in their order."""

import functools
import math
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.decide.bare import chosen

from archsmith.files.reader import read_brief
from archsmith.kernel.provenance import Derived, Fact
from archsmith.kernel.units import Probability, Seconds, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.model.brief import Brief
from archsmith.model.changes import Scale
from archsmith.model.decisions import Cut
from archsmith.model.report import Report
from archsmith.model.scaled import scaled
from archsmith.pipeline import MAX_ROUNDS, Stage, State, advance

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue()
SAID = Derived(rule="tests", formula="drawn", inputs=())
GIVES_UP = CATALOGUE.table(RESILIENCE)["timeout.cap"].value
NAMES = ("startup", "clinic")


@functools.cache
def derived(name: str) -> State:
    """An example, elicited and derived once."""
    brief = read_brief(ROOT / "examples" / name / "brief.md")
    assert isinstance(brief, Brief)
    return advance(State(brief=brief), CATALOGUE, upto=Stage.DERIVE)


def asked(name: str, scales: dict[str, float], availability: float, latency: float, budget: float | None) -> State:
    """An example under other loads and targets."""
    state = derived(name)
    assert state.derivation
    derivation = scaled(state.derivation, tuple(Scale(lever=k, factor=v) for k, v in scales.items()))
    target = Fact(value=Seconds(latency), why=SAID)
    operations = tuple(replace(o, latency_p95=target) for o in derivation.domain.operations)
    targets = replace(
        derivation.targets,
        availability=Fact(value=Probability(availability), why=SAID),
        latency_p95=target,
        budget=None if budget is None else Fact(value=UsdPerMonth(budget), why=SAID),
    )
    domain = replace(derivation.domain, operations=operations)
    return replace(state, derivation=replace(derivation, domain=domain, targets=targets))


def reports(state: State) -> Iterator[Report]:
    """Those of each round of the repair loop. The figures need what is chosen, and no argument for it."""
    cuts: tuple[Cut, ...] = ()
    for _ in range(MAX_ROUNDS):
        decisions = chosen(state, CATALOGUE, cuts)
        made = advance(replace(state, decisions=decisions), CATALOGUE, after=Stage.DECIDE, upto=Stage.EVALUATE)
        assert made.report
        yield made.report
        fresh = tuple(c for c in made.report.cuts if c not in cuts)
        if not fresh:
            return
        cuts += fresh


def numbers(value: object, at: str = "report") -> Iterator[tuple[str, float]]:
    """All numbers of a value, with where they stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{at}.{key}")
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from numbers(inner, f"{at}[{place}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield at, float(value)


def sane(report: Report) -> None:
    """Nothing infinite or negative; shares are shares; percentiles and bills stand in order."""
    for where, value in numbers(msgspec.to_builtins(report)):
        assert math.isfinite(value), where
        assert value >= 0, where
    for row in report.latencies:
        assert 0 < row.p50 <= row.p95 <= row.p99, row
        assert row.p95 <= row.target_p95 or not row.met
        assert row.p99 <= GIVES_UP
        assert row.mean > 0
    for path in report.availability:
        assert 0 <= path.predicted <= min((p.result for p in path.parts), default=1.0) <= 1
        assert path.met == (path.predicted >= path.target)
        for part in path.parts:
            assert 0 <= part.single <= 1
            assert 1 <= part.needed <= part.of
            assert part.result <= 1
    for station in report.stations:
        assert station.offered == pytest.approx(station.arrivals * station.service_time)
        assert station.utilisation == pytest.approx(station.offered / station.servers)
    bills = [row.month for row in report.growth]
    peaks = [row.peak for row in report.growth]
    assert bills == sorted(bills), "more load never costs less"
    assert peaks == sorted(peaks)
    cost = report.cost
    assert cost.infrastructure == pytest.approx(sum(x.month for x in cost.lines if x.kind.value != "people"))
    assert cost.total == pytest.approx(cost.infrastructure + cost.people)
    for line in cost.lines:
        assert line.month == pytest.approx(line.quantity * line.unit_price)
    for figure in report.figures:
        if figure.unit in ("probability", "share"):
            assert 0 <= figure.value <= 1, figure.id


factors = st.sampled_from((1e-3, 0.1, 1.0, 7.0, 100.0, 3e3))


@given(
    name=st.sampled_from(NAMES),
    traffic=factors,
    peak=st.sampled_from((1.0, 3.0, 40.0)),
    storage=factors,
    availability=st.sampled_from((0.9, 0.995, 0.9999, 0.999999)),
    latency=st.sampled_from((0.001, 0.05, 0.5, 30.0)),
    budget=st.sampled_from((None, 5.0, 500.0, 1e7)),
)
@example(name="startup", traffic=1e5, peak=1.0, storage=1.0, availability=0.995, latency=0.3, budget=None)
@example(name="startup", traffic=1.0, peak=1.0, storage=1e5, availability=0.999999, latency=0.001, budget=1.0)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_figures_make_sense(
    name: str, traffic: float, peak: float, storage: float, availability: float, latency: float, budget: float | None
) -> None:
    state = asked(name, {"traffic": traffic, "peak": peak, "storage": storage}, availability, latency, budget)
    for report in reports(state):
        sane(report)
