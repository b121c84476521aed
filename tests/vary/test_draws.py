"""Draws of what nobody stated: stated figures stay, assumed ones move within their ranges, what follows is computed."""

import math
from itertools import pairwise

import pytest
from tests.elicit.reading import CATALOGUE, requirements

from archsmith.derive import derive
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.knowledge.uncertain import VARIED, VariedKind
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements
from archsmith.vary import draws
from archsmith.vary.ranges import TABLES, moved, way
from archsmith.vary.replay import Replay

BRIEF = "Customers in Spain order meals in an app: 2,000 orders per day. Two developers build it."
COUNT = 8


@pytest.fixture(scope="module")
def needs() -> Requirements:
    return requirements(BRIEF)


@pytest.fixture(scope="module")
def derived(needs: Requirements) -> Derivation:
    return derive(needs, CATALOGUE)


def test_the_same_draws_come_each_time(needs: Requirements, derived: Derivation) -> None:
    one, two = draws(needs, derived, CATALOGUE, COUNT), draws(needs, derived, CATALOGUE, COUNT)
    assert one.inputs == two.inputs
    assert [(d.values, d.derivation) for d in one.draws] == [(d.values, d.derivation) for d in two.draws]


def test_each_input_is_stratified_within_its_range(needs: Requirements, derived: Derivation) -> None:
    made = draws(needs, derived, CATALOGUE, COUNT)
    kinds = {i: row.kind for i, row in CATALOGUE.table(VARIED).items()}
    for one in made.inputs:
        values = [d.values[one.id] for d in made.draws]
        assert one.low - 1e-9 <= min(values) < max(values) <= one.high + 1e-9, one
        if kinds[one.id] not in (VariedKind.PLACE, VariedKind.LAW):
            assert len(set(values)) == COUNT, one


def test_what_the_brief_states_does_not_vary(needs: Requirements, derived: Derivation) -> None:
    made = draws(needs, derived, CATALOGUE, COUNT)
    assert "team" not in {i.id for i in made.inputs}  # two developers
    orders = {s.value for d in made.draws for s in d.derivation.workload.steps if s.formula == "2000"}
    assert orders == {2000.0}
    assert {d.derivation.targets.team.value for d in made.draws} == {2.0}
    assert len({d.derivation.targets.hourly_rate.value for d in made.draws}) == COUNT


def test_facts_follow_from_the_steps_as_derive_would_have_them(derived: Derivation) -> None:
    """Twice the assumed peak factor is twice the peak of each operation that it stands behind, and of the whole."""
    source = next(s.why.source for s in derived.workload.steps if s.id == "peak_factor" and isinstance(s.why, Assumed))
    changed = Replay(derived, frozenset({source})).under({source: 2.0}.get)
    assert changed.workload.average == derived.workload.average
    known = {s.id for s in derived.workload.steps if "peak_factor" in getattr(s.why, "inputs", ())}
    moved_ones = [
        (before, after)
        for before, after in zip(derived.domain.operations, changed.domain.operations, strict=True)
        if set(getattr(before.peak.why, "inputs", ())) & known
    ]
    assert moved_ones
    assert all(math.isclose(after.peak.value, 2 * before.peak.value) for before, after in moved_ones)
    assert changed.workload.peak.value > derived.workload.peak.value


def test_nothing_changed_gives_the_same_derivation(derived: Derivation) -> None:
    sources = frozenset(
        fact.why.source
        for o in derived.domain.operations
        for f in o.__struct_fields__
        if isinstance(fact := getattr(o, f), Fact) and isinstance(fact.why, Assumed)
    )
    again = Replay(derived, sources | {"defaults/row_overhead", "defaults/catalogue_rows"}).under(lambda _: 1.0)
    for before, after in zip(derived.domain.operations, again.domain.operations, strict=True):
        assert math.isclose(before.peak.value, after.peak.value, rel_tol=1e-4)
    assert math.isclose(again.workload.stored_3y.value, derived.workload.stored_3y.value, rel_tol=1e-4)


def test_rows_of_knowledge_stay_within_their_ranges(needs: Requirements, derived: Derivation) -> None:
    base = CATALOGUE.table(CAPACITY)
    for draw in draws(needs, derived, CATALOGUE, COUNT).draws:
        for ident, row in draw.catalogue.table(CAPACITY).items():
            assert base[ident].low - 1e-9 <= row.value <= base[ident].high + 1e-9, ident
        for ident, tech in draw.catalogue.table(TECHNOLOGIES).items():
            known = CATALOGUE.table(TECHNOLOGIES)[ident].run
            if tech.run and known:
                assert known.low - 1e-9 <= tech.run.value <= known.high + 1e-9, ident


def test_the_value_in_use_is_the_likeliest_and_the_ends_are_the_ends() -> None:
    assert way(0.0, 1, 2, 8) == pytest.approx(-1.0)
    assert way(1.0, 1, 2, 8) == pytest.approx(1.0)
    values = [math.log(moved(way(n / 200, 10, 30, 120), 10, 30, 120)) for n in range(201)]
    steps = [b - a for a, b in pairwise(values)]
    assert min(steps) > 0
    assert abs(values[steps.index(min(steps))] - math.log(30)) < 0.03  # they lie closest together at the mode
    assert moved(0.0, 0.99, 0.999, 0.9999) == 0.999
    assert moved(-0.5, 0.0, 4.0, 8.0) == 2.0


def test_every_row_names_something_that_is_there() -> None:
    """A pattern that matches nothing would vary nothing, unseen."""
    for row in CATALOGUE.table(VARIED).values():
        if row.kind is VariedKind.ROWS:
            for pattern in row.of:
                table, _, glob = pattern.partition("/")
                name = glob.rstrip("*")
                assert any(i.startswith(name) for i in CATALOGUE.table(TABLES[table])), pattern
        if row.low is not None:
            assert row.why, row.id
