"""The front: no point beats another, every point is a real design, the chosen one costs least with all counted."""

import functools

import msgspec
import pytest
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, TARGETS, demand, fact, ground

from archsmith.decide.argue import cases
from archsmith.decide.dimensions.language import web_cores
from archsmith.decide.front import DEAREST, GOALS, MOST, Point, _beaten, front
from archsmith.decide.option import Barrier, Ceiling
from archsmith.decide.response import response
from archsmith.decide.run import decide
from archsmith.decide.settle import Settled, settle
from archsmith.decide.space import build
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.decisions import Decisions
from archsmith.model.front import FrontPoint


@functools.cache
def decided() -> Decisions:
    targets = msgspec.structs.replace(TARGETS, budget=fact(UsdPerMonth(5000.0)))
    return decide(REQUIREMENTS, msgspec.structs.replace(DERIVATION, targets=targets), CATALOGUE)


def goals(p: FrontPoint) -> tuple[float, ...]:
    return p.ownership, p.infrastructure, 1 - p.availability, p.ops_hours, p.response


def test_no_point_is_beaten_in_all_goals() -> None:
    points = decided().front
    assert 2 <= len(points) <= MOST
    for a in points:
        for b in points:
            if a is not b:
                assert any(x < y for x, y in zip(goals(a), goals(b), strict=True)), (a.name, b.name)


def test_the_chosen_one_is_among_them_and_costs_least_with_all_counted() -> None:
    found = decided()
    (mine,) = [p for p in found.front if p.chosen]
    assert mine.ownership == pytest.approx(sum(t.month for t in found.objective), abs=0.1)
    assert mine.infrastructure == pytest.approx(found.objective[0].month, abs=0.05)
    assert mine.ops_hours == found.ops_hours
    assert mine.ownership == min(p.ownership for p in found.front)
    assert not mine.differs
    for p in found.front:
        assert p.ownership <= DEAREST * mine.ownership
        assert p.chosen or p.differs or p.name == "in other sizes"
    assert [p.infrastructure for p in found.front] == sorted(p.infrastructure for p in found.front)


def test_the_points_keep_the_budget() -> None:
    budget = 300.0
    targets = msgspec.structs.replace(TARGETS, budget=fact(UsdPerMonth(budget)))
    found = decide(REQUIREMENTS, msgspec.structs.replace(DERIVATION, targets=targets), CATALOGUE)
    assert found.clash is None
    assert all(p.infrastructure <= budget for p in found.front)


def test_a_point_under_a_ceiling_is_the_cheapest_there() -> None:
    """What the epsilon-constraint solve found is the optimum of the space with that ceiling as a rule."""
    here = ground(msgspec.structs.replace(demand(), budget=5000.0))
    space = build(here, REQUIREMENTS)
    settled = settle(space, here)
    assert isinstance(settled, Settled)
    points = front(settled, here, cases(settled, here))
    least = min(points, key=lambda p: 1 - p.availability)
    assert "least time away" in least.wins
    limit = Ceiling(what="down", most=1 - least.availability + 1e-6, because=Barrier(name="test", fact="test"))
    under = settle(msgspec.structs.replace(space, rules=(*space.rules, limit)), here)
    assert under is not None
    assert under.outcome.objective / 10_000 <= least.ownership + 0.1


def test_what_is_beaten_is_found_and_of_equals_one_stays() -> None:
    def point(*figures: float) -> Point:
        return Point({}, dict(zip(GOALS, figures, strict=True)), sum(figures))

    rows = [point(10, 0.1, 5, 1), point(9, 0.2, 5, 1), point(10, 0.1, 5, 1), point(11, 0.1, 5, 1), point(8, 0.3, 6, 2)]
    assert [_beaten(p, n, rows) for n, p in enumerate(rows)] == [False, False, True, True, False]


def test_more_machines_and_less_work_answer_sooner() -> None:
    here = ground(demand())
    settled = settle(build(here, REQUIREMENTS), here)
    assert settled is not None
    chosen, (most, least) = settled.chosen, settled.counts
    cores = web_cores(here, chosen["framework"].key)
    now = response(here, chosen, (most, least), cores)
    assert 0.001 < now < 1.0
    assert response(here, chosen, (2 * most, least), cores) < now
    saving = {**chosen, "cache": msgspec.structs.replace(chosen["cache"], saves=chosen["cache"].saves + 0.1)}
    assert response(here, saving, (most, least), cores) < now
