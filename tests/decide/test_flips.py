"""Flip points: each is confirmed by deciding again on both of its sides, from scratch."""

import functools
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, TARGETS, fact, ground

from archsmith.decide import decide, sharpen
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.flip_words import said
from archsmith.decide.flips import FINE, NARROWEST, SIZES
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.levers import KNOBS, Stand
from archsmith.decide.option import Option
from archsmith.decide.run import stand
from archsmith.decide.scout import ways
from archsmith.decide.settle import settle
from archsmith.decide.space import build
from archsmith.derive import derive
from archsmith.elicit import elicit
from archsmith.files.reader import read_brief
from archsmith.kernel.ids import DecisionId, OptionId
from archsmith.kernel.units import Probability, Ratio, UsdPerMonth
from archsmith.model.brief import Brief
from archsmith.model.decisions import Decision, Decisions, Dimension, Direction, Flip, Lever
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements
from archsmith.render.flips import rows
from archsmith.vary import Refused, asked, scaled, vary

EXAMPLES = Path(__file__).parents[2] / "examples"
KNOB = {knob.lever: knob for knob in KNOBS}
STAND = stand(REQUIREMENTS, DERIVATION, CATALOGUE, ())[0]
ENDS = {(way.knob.lever, way.direction): way.end for way in ways(STAND, NARROWEST)}
SHOP = decide(REQUIREMENTS, DERIVATION, CATALOGUE)


@functools.cache
def read(name: str) -> tuple[Requirements, Derivation]:
    brief = read_brief(EXAMPLES / name / "brief.md")
    assert isinstance(brief, Brief)
    requirements = elicit(brief, CATALOGUE)
    return requirements, derive(requirements, CATALOGUE)


def axes(found: Decisions) -> dict[str, Decision]:
    assert found.weighed
    rows = {d.id: d for d in found.decisions}
    return {axis: rows[i] for axis, i in found.weighed.decisions.items() if rows[i].flips}


def anew(requirements: Requirements, derivation: Derivation) -> dict[str, Option] | None:
    """What is chosen, without bounds or anything else that is known from elsewhere."""
    here = Ground(gather(requirements, derivation, CATALOGUE), requirements, CATALOGUE)
    found = settle(build(here, requirements), here)
    return found.chosen if found else None


@functools.cache
def turned(lever: Lever, factor: float) -> dict[str, Option] | None:
    """The shop decided again with one lever moved."""
    here = ground(KNOB[lever].turned(STAND, factor))
    found = settle(build(here, REQUIREMENTS), here)
    return found.chosen if found else None


def test_the_shop_changes_where_it_says_and_not_before() -> None:
    checked = 0
    for axis, decision in axes(SHOP).items():
        for flip in decision.flips:
            if flip.factor is None or axis in SIZES:
                continue
            before, after = turned(flip.lever, flip.holds), turned(flip.lever, flip.factor)
            assert before, flip
            assert before[axis].id == decision.option, (axis, flip)
            assert after, flip
            assert after[axis].id == flip.becomes != decision.option, (axis, flip)
            checked += 1
    assert checked > 15


def test_none_is_said_of_ends_that_were_solved() -> None:
    ends = {(f.lever, f.direction) for d in axes(SHOP).values() for f in d.flips}
    assert len(ends) >= 2 * len(KNOBS) - 2
    for axis, decision in axes(SHOP).items():
        for flip in decision.flips:
            if flip.factor is not None or flip.limit:
                continue
            end = ENDS[flip.lever, flip.direction]
            assert flip.holds == pytest.approx(end if flip.direction is Direction.UP else 1 / end, rel=1e-4), flip
            there = turned(flip.lever, flip.holds)
            assert there, flip
            assert there[axis].id == decision.option, (axis, flip)


def test_beyond_a_limit_there_is_no_design() -> None:
    limits = [f for f in sharpened().flips if f.limit]
    assert Lever.AVAILABILITY in {f.lever for f in limits}
    for flip in limits:
        out = 1.06 if flip.direction is Direction.UP else 1 / 1.06
        assert turned(flip.lever, flip.holds), flip
        assert turned(flip.lever, flip.holds * out) is None, flip


@functools.cache
def sharpened() -> Decision:
    """The shop's platform, asked about."""
    ident = next(d.id for d in SHOP.decisions if d.dimension is Dimension.PLATFORM)
    found = sharpen(REQUIREMENTS, DERIVATION, SHOP, CATALOGUE, {ident})
    assert [d for d in found.decisions if d.id != ident] == [d for d in SHOP.decisions if d.id != ident]
    return next(d for d in found.decisions if d.id == ident)


@pytest.mark.parametrize("name", ["startup", "clinic"])
def test_what_if_confirms_flip_points(name: str) -> None:
    requirements, derivation = read(name)
    found = decide(requirements, derivation, CATALOGUE)
    nearest: dict[tuple[Lever, Direction], tuple[str, Decision, Flip]] = {}
    for axis, decision in axes(found).items():
        for flip in decision.flips:
            key = (flip.lever, flip.direction)
            if flip.becomes and axis not in SIZES and (key not in nearest or flip.holds == nearest[key][2].holds):
                nearest[key] = (axis, decision, flip)
    assert {Lever.TRAFFIC, Lever.TEAM, Lever.AVAILABILITY} <= {lever for lever, _ in nearest}
    for axis, decision, flip in nearest.values():
        before = anew(*changed(requirements, derivation, flip.lever, flip.holds, flip.until))
        after = anew(*changed(requirements, derivation, flip.lever, flip.factor or 1.0, flip.value or 0.0))
        assert before, flip
        assert before[axis].id == decision.option, (axis, flip)
        assert after, flip
        assert after[axis].id == flip.becomes, (axis, flip)


def changed(
    requirements: Requirements, derivation: Derivation, lever: Lever, factor: float, value: float
) -> tuple[Requirements, Derivation]:
    """As `archsmith what-if --set` does it: through the requirements, derived anew."""
    shown = {
        Lever.AVAILABILITY: f"{value * 100:.9f}%",
        Lever.BUDGET: f"{value:.6f}USD",
        Lever.TEAM: f"{value:.0f}",
    }
    moves = asked(CATALOGUE, sets=(f"{lever}={shown.get(lever, f'{factor:.9f}x')}",))
    assert not isinstance(moves, Refused)
    varied = vary(requirements, derivation, CATALOGUE, moves)
    assert not isinstance(varied, Refused), (lever, factor, value)
    return varied.requirements, scaled(derive(varied.requirements, CATALOGUE), varied.scaled)


@pytest.mark.parametrize("name", ["startup", "clinic", "tickets"])
@pytest.mark.parametrize("factor", [0.3, 3.0])
def test_levers_are_those_of_what_if(name: str, factor: float) -> None:
    requirements, derivation = read(name)
    here = stand(requirements, derivation, CATALOGUE, ())[0]
    for knob in KNOBS:
        mine = knob.turned(here, factor)
        theirs = gather(*changed(requirements, derivation, knob.lever, factor, knob.figure(mine)), CATALOGUE)
        apart = set(differing(asdict(mine), asdict(theirs))) - {"binding"}
        if knob.lever is Lever.LATENCY:  # there it moves along how old an answer may be, where that is stated
            apart &= {"latency"}
        assert not apart, knob.lever


def differing(a: dict[str, Any], b: dict[str, Any]) -> list[str]:
    return [n for n in a if a[n] != b[n] and not (isinstance(a[n], float) and a[n] == pytest.approx(b[n], rel=1e-6))]


def test_the_same_design_flips_at_the_same_points() -> None:
    again = decide(REQUIREMENTS, DERIVATION, CATALOGUE)
    assert [d.flips for d in again.decisions] == [d.flips for d in SHOP.decisions]


def test_a_clash_goes_away_at_a_factor() -> None:
    targets = replace(TARGETS, budget=fact(UsdPerMonth(20)), availability=fact(Probability(0.9993)))
    derivation = replace(DERIVATION, targets=targets)
    found = decide(REQUIREMENTS, derivation, CATALOGUE)
    assert found.clash
    here = stand(REQUIREMENTS, derivation, CATALOGUE, ())[0]
    budgets = [
        f
        for d in axes(found).values()
        for f in d.flips
        if f.lever is Lever.BUDGET and f.direction is Direction.UP and f.becomes
    ]
    assert budgets
    enough = max(f.factor or 0.0 for f in budgets)
    there = ground(KNOB[Lever.BUDGET].turned(here, enough))
    assert settle(build(there, REQUIREMENTS), there)


def test_a_size_is_full_where_it_says() -> None:
    decision = axes(SHOP)["size"]
    full = next(f for f in decision.flips if f.lever is Lever.TRAFFIC and f.direction is Direction.UP)
    assert full.becomes is None
    assert full.factor is not None
    assert enough(STAND, full.factor * 0.9)
    assert not enough(STAND, full.factor * 1.1)


def enough(here: Stand, factor: float) -> bool:
    """Whether the store of today carries the traffic of so many times."""
    there = ground(KNOB[Lever.TRAFFIC].turned(here, factor))
    space = build(there, REQUIREMENTS)
    options = {(o.axis, o.key): o for o in space.options}
    chosen = {a: options.get((a, o.key), o) for a, o in here.settled.chosen.items()}
    evaluator = Evaluator(space, there).without_ceilings()
    machines = [o for o in space.options if o.axis == "compute" and o.needs == chosen["compute"].needs]
    return any(evaluator.value({**chosen, "compute": m}) for m in machines)


def test_one_decision_is_sharpened_within_its_gap() -> None:
    coarse, fine = next(d for d in SHOP.decisions if d.dimension is Dimension.PLATFORM), sharpened()
    for wide, narrow in zip(coarse.flips, fine.flips, strict=True):
        assert (wide.lever, wide.direction) == (narrow.lever, narrow.direction)
        if narrow.factor is None:
            continue
        up = narrow.direction is Direction.UP
        assert (narrow.factor / narrow.holds if up else narrow.holds / narrow.factor) <= FINE * 1.01 or (
            narrow.lever is Lever.TEAM
        )
        if wide.factor is not None:
            assert wide.holds <= narrow.holds if up else wide.holds >= narrow.holds


def test_an_unknown_decision_is_left_as_it_is() -> None:
    assert sharpen(REQUIREMENTS, DERIVATION, SHOP, CATALOGUE, {DecisionId("D-999")}) == SHOP


def flip(lever: Lever, holds: float, until: float, factor: float | None = None, value: float | None = None) -> Flip:
    return Flip(
        lever=lever,
        direction=Direction.UP if (factor or holds) > 1 else Direction.DOWN,
        holds=Ratio(holds),
        until=until,
        factor=Ratio(factor) if factor else None,
        value=value,
        unit="",
        becomes=OptionId("x") if factor else None,
        label="something else" if factor else "",
    )


def test_the_nearest_flip_is_told_first_with_its_figure() -> None:
    traffic = flip(Lever.TRAFFIC, 16.0, 960.0, 18.0, 1080.0)
    budget = flip(Lever.BUDGET, 0.3, 300.0, 0.2999, 299.9)
    team = flip(Lever.TEAM, 2.0, 8.0, 4.0, 16.0)
    assert said((traffic, budget, team)) == (
        "from a budget of $300 a month down: something else; between 8 and 16 engineers: something else; "
        "from 18 times the traffic (1,080 requests/s at the peak) on: something else"
    )


def test_no_flip_is_told_in_one_line() -> None:
    ends = (
        flip(Lever.TRAFFIC, 100.0, 6000.0),
        flip(Lever.TRAFFIC, 0.01, 0.6),
        flip(Lever.TEAM, 100.0, 400.0),
        flip(Lever.TEAM, 0.25, 1.0),
        flip(Lever.AVAILABILITY, 12.0, 0.99992),
        flip(Lever.RTO, 0.01, 36.0),
    )
    assert said(ends) == (
        "none at 0.01 to 100 times the traffic, 1 to 400 engineers, up to 99.992% availability, 36 s to be back"
    )


def test_a_row_shows_both_directions() -> None:
    up, down = flip(Lever.TRAFFIC, 16.0, 960.0, 18.0, 1080.0), flip(Lever.TRAFFIC, 0.01, 0.6)
    assert list(rows((up, down))) == [
        ("traffic at the peak", "stays to 0.6 requests/s", "something else from 1,080 requests/s (18 times today's)")
    ]
    assert list(rows((down,))) == []
