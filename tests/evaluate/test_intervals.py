"""Intervals of the main figures: the chosen design under draws, evaluated as the design itself is."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from archsmith import pipeline
from archsmith.evaluate import evaluate, intervals
from archsmith.evaluate.latency import p95_of
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import stations
from archsmith.evaluate.view import View
from archsmith.evaluate.visits import paths
from archsmith.files.reader import read_brief
from archsmith.kernel.units import Ratio
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.uncertain import Draw
from archsmith.model.brief import Brief
from archsmith.model.changes import Scale
from archsmith.model.domain import Derivation
from archsmith.pipeline import Stage, State
from archsmith.vary import scaled

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue()


@pytest.fixture(scope="module")
def state() -> State:
    brief = read_brief(ROOT / "examples" / "startup" / "brief.md")
    assert isinstance(brief, Brief)
    return pipeline.advance(State(brief=brief), CATALOGUE, upto=Stage.EVALUATE)


def _draws(state: State, factors: tuple[float, ...]) -> tuple[Draw, ...]:
    assert state.derivation is not None
    assert state.requirements is not None
    made = []
    for factor in factors:
        both = tuple(Scale(lever=lever, factor=Ratio(factor)) for lever in ("traffic", "storage"))
        derivation: Derivation = scaled(state.derivation, both)
        made.append(Draw({"growth": factor}, state.requirements, derivation, CATALOGUE))
    return tuple(made)


def _found(state: State, factors: tuple[float, ...]) -> dict[str, tuple[float, float, float]]:
    assert state.report and state.derivation and state.decisions and state.architecture
    hours = (state.decisions.ops_hours,) * len(factors)
    out = intervals(state.report, state.derivation, state.decisions, state.architecture, _draws(state, factors), hours)
    return {i.figure: (i.low, i.value, i.high) for i in out.intervals}


def test_nothing_varied_gives_no_interval(state: State) -> None:
    assert _found(state, (1.0, 1.0, 1.0)) == {}


def test_the_figure_lies_within_its_interval_and_the_ends_are_those_of_the_draws(state: State) -> None:
    rows = _found(state, (0.5, 0.75, 1.0, 1.5, 2.0))
    assert {"cost.infrastructure", "latency.tightest", "load.saturates", "stored_3y"} <= set(rows)
    assert all(low <= value <= high and low < high for low, value, high in rows.values())
    low, value, high = rows["load.saturates"]
    assert low < 0.75 * value
    assert high > 1.2 * value
    assert state.derivation is not None
    stored = float(state.derivation.workload.stored_3y.value)
    assert rows["stored_3y"] == pytest.approx((0.6 * stored, stored, 1.8 * stored))  # a tenth in from each end of five


def test_a_draw_is_evaluated_as_a_design_is(state: State) -> None:
    """The p95 at the end of an interval is that of a whole evaluation under that load."""
    (draw,) = _draws(state, (1.5,))
    assert state.decisions and state.architecture and state.report
    whole = evaluate(draw.requirements, draw.derivation, state.decisions, state.architecture, CATALOGUE)
    near = max(state.report.latencies, key=lambda x: x.p95 / x.target_p95)
    there = next(x.p95 for x in whole.latencies if x.operation == near.operation)
    rows = _found(state, (1.0, 1.5))
    _, value, high = rows["latency.tightest"]
    assert high == pytest.approx(value + 0.9 * (there - value))
    assert replace(state.report, intervals=()) == state.report


def test_the_percentile_alone_is_that_of_the_report(state: State) -> None:
    assert state.requirements and state.derivation and state.decisions and state.architecture and state.report
    stack = Stack(View(state.requirements, state.derivation, state.decisions, state.architecture, CATALOGUE))
    ways = {p.operation.id: p for p in paths(stack)}
    busy = stations(stack, tuple(ways.values()))
    assert len(state.report.latencies) > 5
    for row in state.report.latencies:
        assert p95_of(stack, ways[row.operation], busy) == row.p95, row.operation
