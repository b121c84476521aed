"""Designs compared: nothing differs from itself, and what was planted is found, and only that."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.designs import design_of

from archsmith.compare import compare, unheeded
from archsmith.compare.figures import known
from archsmith.compare.matching import pairs
from archsmith.kernel.canonical import from_json, to_json
from archsmith.kernel.ids import DecisionId, OptionId, TechId
from archsmith.kernel.provenance import Given
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.comparison import Difference
from archsmith.model.decisions import Decision
from archsmith.model.design import Design
from archsmith.model.requirements import Stance, TechnologyWish

SHED = """# Tool shed

Members reserve a tool and return it. 300 members, 850 tools. Members may see only their own loans.
"""


@cache
def shed() -> Design:
    return design_of(Brief(name="shed.md", text=SHED, form=BriefForm.MARKDOWN))


def redecided(design: Design, title: str, **fields: object) -> Design:
    rows = tuple(replace(d, **fields) if d.title == title else d for d in design.decisions.decisions)
    return replace(design, decisions=replace(design.decisions, decisions=rows))


def decision(title: str) -> Decision:
    return next(d for d in shed().decisions.decisions if d.title == title)


def test_a_design_is_the_same_as_itself_read_back() -> None:
    found = compare(shed(), from_json(to_json(shed()), Design))
    assert found.same
    assert not (found.decisions or found.parts or found.figures or found.costs or found.findings)


def test_other_numbers_of_decisions_are_no_difference() -> None:
    rows = tuple(replace(d, id=DecisionId(f"D-{n:03}")) for n, d in enumerate(shed().decisions.decisions, 500))
    other = replace(shed(), decisions=replace(shed().decisions, decisions=rows[::-1]))
    assert compare(shed(), other).decisions == ()


def test_another_choice_is_told_with_what_speaks_against_the_old_one() -> None:
    old = decision("Primary store")
    loser = old.losers[0]
    against = replace(loser, option=old.option, label=old.choice, extra=UsdPerMonth(42.0), reason="too slow")
    other = redecided(shed(), old.title, option=loser.option, choice=loser.label, losers=(against, *old.losers[1:]))
    (change,) = compare(shed(), other).decisions
    assert (change.before, change.after, change.difference) == (old.choice, loser.label, Difference.CHANGED)
    assert change.why == f"{old.choice} would now cost $42 more a month: too slow"


def test_a_question_that_only_one_design_has() -> None:
    rows = shed().decisions.decisions
    fewer = replace(shed(), decisions=replace(shed().decisions, decisions=rows[1:]))
    assert [(d.difference, d.title) for d in compare(fewer, shed()).decisions] == [(Difference.ADDED, rows[0].title)]
    assert [(d.difference, d.title) for d in compare(shed(), fewer).decisions] == [(Difference.REMOVED, rows[0].title)]


def test_entities_with_other_attributes_and_renamed_ids() -> None:
    domain = shed().derivation.domain
    first, *others = domain.entities
    changed = replace(first, attributes=first.attributes[:-1])
    design = replace(shed(), derivation=replace(shed().derivation, domain=replace(domain, entities=(changed, *others))))
    (part,) = compare(shed(), design).parts
    last = first.attributes[-1]
    assert (part.sort, part.id, part.difference) == ("entity", first.id, Difference.CHANGED)
    assert [(d.what, d.after) for d in part.details] == [(f"attribute {last.name}", "")]


def test_an_endpoint_and_a_table_that_are_gone() -> None:
    a = shed().architecture
    design = replace(shed(), architecture=replace(a, endpoints=a.endpoints[1:], tables=a.tables[:-1]))
    gone = [(p.sort, p.name) for p in compare(shed(), design).parts]
    first = a.endpoints[0]
    assert gone == [("endpoint", f"{first.method} {first.path}"), ("table", a.tables[-1].name)]


def test_figures_tell_change_ratio_and_targets() -> None:
    cost = replace(shed().report.cost, infrastructure=UsdPerMonth(shed().report.cost.infrastructure * 3))
    cost = replace(cost, budget=UsdPerMonth(1.0), within_budget=False)
    found = {f.id: f for f in compare(shed(), replace(shed(), report=replace(shed().report, cost=cost))).figures}
    (figure,) = found.values()
    assert figure.id == "cost.infrastructure"
    assert figure.ratio == pytest.approx(3)
    assert (figure.met_before, figure.met_after, figure.allowed_after) == (None, False, 1.0)


def test_bill_lines_are_matched_and_new_ones_cost_all_of_it() -> None:
    cost = shed().report.cost
    dearer = replace(cost.lines[0], month=UsdPerMonth(cost.lines[0].month + 10))
    new = replace(cost.lines[0], id="new", what="a second one", month=UsdPerMonth(5.0))
    lines = replace(cost, lines=(dearer, *cost.lines[1:], new))
    found = compare(shed(), replace(shed(), report=replace(shed().report, cost=lines))).costs
    assert [(c.what, round(c.change, 6)) for c in found] == [(dearer.what, 10), ("a second one", 5)]


def test_findings_with_other_figures_in_their_words_are_the_same() -> None:
    report = shed().report
    assert report.findings
    first, *others = report.findings
    reworded = replace(shed(), report=replace(report, findings=(replace(first, fact="99 of them"), *others)))
    assert compare(shed(), reworded).same
    (change,) = compare(shed(), replace(shed(), report=replace(report, findings=tuple(others)))).findings
    assert (change.difference, change.id, change.place) == (Difference.REMOVED, first.id, first.place)


def test_ids_of_figures_are_unique() -> None:
    ids = [f.id for f in known(shed())]
    assert len(ids) == len(set(ids))
    assert {f.group for f in known(shed())} >= {"load", "latency", "availability", "recovery", "cost", "plan", "margin"}


def test_demands_that_a_design_does_not_heed() -> None:
    def wish(tech: str, stance: Stance) -> TechnologyWish:
        return TechnologyWish(name=tech, tech=TechId(tech), stance=stance, why=Given(file="f", key="k"))

    store = decision("Primary store").tech
    assert store
    asked = replace(
        shed().requirements,
        must_use=(wish(store, Stance.MUST_USE), wish("neo4j", Stance.MUST_USE)),
        must_not_use=(wish(store, Stance.MUST_NOT_USE), wish("kubernetes", Stance.MUST_NOT_USE)),
    )
    assert unheeded(replace(shed(), requirements=asked)) == (
        "neo4j is demanded, but no decision of this design has it as an option",
        f"{store} is ruled out, but nothing else was possible",
    )


@given(st.lists(st.integers(0, 6), max_size=12), st.lists(st.integers(0, 6), max_size=12))
def test_pairs_lose_nothing_and_match_as_much_as_there_is(before: list[int], after: list[int]) -> None:
    found = list(pairs(before, after, lambda n: n))
    assert sorted(o for o, _ in found if o is not None) == sorted(before)
    assert [n for _, n in found if n is not None] == after
    both = [o for o, n in found if o is not None and n is not None]
    assert len(both) == sum(min(before.count(v), after.count(v)) for v in set(before))
    assert all(o == n for o, n in found if o is not None and n is not None)


KEYS: tuple[Callable[[Any], object], ...] = (lambda p: p[0], lambda p: p[1])


def test_later_keys_match_what_earlier_ones_left() -> None:
    before, after = [("a", 1), ("b", 2)], [("c", 2), ("a", 9)]
    found = list(pairs(before, after, *KEYS))
    assert found == [(("b", 2), ("c", 2)), (("a", 1), ("a", 9))]


def test_option_ids_alone_are_a_difference() -> None:
    old = decision("Primary store")
    assert len(compare(shed(), redecided(shed(), old.title, option=OptionId("other"))).decisions) == 1
