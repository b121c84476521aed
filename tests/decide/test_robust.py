"""Robustness and the worth of answers: over draws that are made by hand, and against solving each draw."""

from collections.abc import Iterable

import pytest
from msgspec.structs import replace
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, SILENT, fact

from archsmith.decide import decide, doubt
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.program import CENT
from archsmith.decide.robust import Trials, parted
from archsmith.decide.settle import attempt
from archsmith.decide.space import build
from archsmith.decide.worth import ANSWERS, SAME
from archsmith.elicit.gaps import GAPS
from archsmith.elicit.vague import VAGUE
from archsmith.kernel.units import Count, UsdPerHour, UsdPerMonth
from archsmith.knowledge.uncertain import VARIED, Draw
from archsmith.model.decisions import Decision, Decisions, Dimension
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import Uncertain, Worth, by_worth
from archsmith.vary import draws

RATE = Uncertain(id="hourly_rate", what="an hour of work", unit="USD per hour", low=1, base=75, high=150, source="x")
TEAM = Uncertain(id="team", what="the engineers", unit="engineers", low=2, base=4, high=100, source="x")


@pytest.fixture(scope="module")
def decided() -> Decisions:
    return decide(REQUIREMENTS, DERIVATION, CATALOGUE)


def _rated(usd: float) -> Derivation:
    return replace(DERIVATION, targets=replace(DERIVATION.targets, hourly_rate=fact(UsdPerHour(usd), SILENT)))


def _draws(rates: Iterable[float]) -> tuple[Draw, ...]:
    return tuple(Draw({"hourly_rate": r}, REQUIREMENTS, _rated(r), CATALOGUE) for r in rates)


def _of(decisions: Decisions, dimension: Dimension) -> Decision:
    return next(d for d in decisions.decisions if d.dimension is dimension)


def test_a_choice_holds_in_all_draws_where_its_margin_dwarfs_the_range(decided: Decisions) -> None:
    found, hours = doubt(decided, (), (RATE,), _draws([72, 74, 76, 78]))
    style = _of(found, Dimension.STYLE)
    assert (style.margin or 0) > 50
    assert style.robustness is not None
    assert (style.robustness.wins, style.robustness.draws, style.robustness.rival) == (4, 4, "")
    assert len(hours) == 4


def test_the_share_falls_where_a_range_straddles_a_flip_point(decided: Decisions) -> None:
    """Where an hour of work costs next to nothing, what is run by hand wins; the rate is named, and where it parts."""
    rates = [1, 2, 3, 4, 70, 72, 74, 76, 78, 80, 82, 84]
    cheap = {d.title: d.option for d in decide(REQUIREMENTS, _rated(1), CATALOGUE).decisions}
    found, _ = doubt(decided, (), (RATE,), _draws(rates))
    turned = [d for d in found.decisions if d.robustness and d.robustness.wins < d.robustness.draws]
    assert turned
    assert {d.title for d in turned} <= {d.title for d in decided.decisions if cheap.get(d.title) != d.option}
    firm = [d for d in found.decisions if d.robustness and cheap.get(d.title) == d.option]
    assert all(d.robustness and d.robustness.wins == len(rates) for d in firm)
    whole = next(d.robustness for d in turned if d.robustness and d.robustness.wins == 8)
    assert whole.mover is not None
    assert whole.mover.input == "hourly_rate"
    assert whole.mover.below is not None
    assert 4 < whole.mover.below < 70


def test_the_pool_is_never_cheaper_than_the_solver_and_seldom_dearer(decided: Decisions) -> None:
    made = draws(REQUIREMENTS, DERIVATION, CATALOGUE, 8)
    assert decided.weighed is not None
    trials = Trials(decided.weighed, made.draws, ())
    gaps = []
    for draw, best in zip(made.draws, trials.best, strict=True):
        ground = Ground(gather(draw.requirements, draw.derivation, draw.catalogue), draw.requirements, draw.catalogue)
        exact = attempt(build(ground, draw.requirements), ground, (), frozenset(decided.weighed.gave_way))
        assert (exact is not None) or (best is None)
        if exact is not None and best is not None:
            least = exact.outcome.objective / (CENT * 100)
            gaps.append(best.total / least - 1)
    assert len(gaps) >= 6
    assert min(gaps) > -0.002  # the solver's rounding
    assert sorted(gaps)[len(gaps) // 2] < 0.01
    assert max(gaps) < 0.15


def test_doubting_twice_is_the_same(decided: Decisions) -> None:
    made = draws(REQUIREMENTS, DERIVATION, CATALOGUE, 4)
    questions = (Question(topic="growth", question="How much?", used="none", worth="x"),)
    one = doubt(decided, questions, made.inputs, made.draws)
    assert one == doubt(decided, questions, made.inputs, made.draws)
    assert one[0].uncertain == made.inputs


def test_a_clash_is_not_doubted() -> None:
    targets = replace(DERIVATION.targets, budget=fact(UsdPerMonth(1.0)))
    clashing = decide(REQUIREMENTS, replace(DERIVATION, targets=targets), CATALOGUE)
    assert clashing.clash is not None
    found, hours = doubt(clashing, (), (RATE,), _draws([70, 80]))
    assert all(d.robustness is None for d in found.decisions)
    assert hours == (clashing.ops_hours,) * 2


def test_an_answer_that_decides_is_worth_something_and_one_that_can_not_nothing() -> None:
    """A handful of engineers or ten teams: whoever knows it first chooses the style for it. What nothing varies has no
    row, nor has what is no figure of the model."""

    def draw(people: float) -> Draw:
        size, teams = fact(Count(people), SILENT), fact(Count(max(1, people // 8)))
        targets = replace(DERIVATION.targets, team=size, teams=teams, budget=None)
        return Draw({"team": people}, REQUIREMENTS, replace(DERIVATION, targets=targets), CATALOGUE)

    asked = tuple(Question(topic=t, question=f"{t}?", used="x", worth="y") for t in ("team", "peak", "tax"))
    base = decide(REQUIREMENTS, draw(4).derivation, CATALOGUE)
    people = [2, 3, 4, 5, 70, 80, 90, 100]
    found, _ = doubt(base, asked, (TEAM,), [draw(n) for n in people])
    (row,) = found.worths
    assert row.topic == "team"
    assert row.month > 1
    assert "Architectural style" in row.changes
    style = _of(found, Dimension.STYLE).robustness
    assert style is not None
    assert style.wins < len(people)
    few, _ = doubt(base, asked, (TEAM,), [draw(n) for n in (3, 4, 5, 6)])
    assert all(w.month < row.month for w in few.worths)


def test_questions_stand_by_what_an_answer_saves_then_by_rule_then_those_that_change_nothing() -> None:
    asked = tuple(Question(topic=t, question=t, used="x", worth="y") for t in ("load", "tax", "peak", "team", ""))
    known = [Worth(topic=t, month=UsdPerMonth(m)) for t, m in (("load", 0.2), ("peak", 5.0), ("team", 12.0))]
    assert [q.topic for q, _ in by_worth(asked, known)] == ["team", "peak", "tax", "", "load"]


def test_topics_that_are_measured_are_asked_somewhere() -> None:
    known = {*CATALOGUE.table(GAPS), *(f"vague:{i}" for i in CATALOGUE.table(VAGUE)), "law:HIPAA"}
    assert {*ANSWERS, *SAME} <= known
    assert set(SAME.values()) <= set(ANSWERS)
    assert {"growth", "place", "retention", "staff", "law.hipaa"} <= set(CATALOGUE.table(VARIED))


@pytest.mark.parametrize(
    ("values", "lost", "ends"),
    [
        ([1, 2, 3, 4, 5, 6], [True, True, False, False, False, False], (2.5, None)),
        ([1, 2, 3, 4, 5, 6], [False, False, False, True, True, True], (None, 3.5)),
        ([1, 2, 3, 4, 5, 6], [True, False, True, False, True, False], (None, None)),
        ([0, 1, 0, 1], [True, False, True, False], (None, None)),
        ([1, 2, 3], [False, False, False], (None, None)),
    ],
)
def test_the_value_that_parts_lost_draws_from_the_others(
    values: list[float], lost: list[bool], ends: tuple[float | None, float | None]
) -> None:
    assert parted(values, lost) == ends
