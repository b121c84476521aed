"""Each option of each axis is chosen at least once, and what it stands in is composed, evaluated and rendered.

The solver itself is asked for the designs: what was not chosen yet is made cheap, until nothing new comes out.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.decide.bare import decided

from archsmith import pipeline
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ceiling, Space
from archsmith.decide.settle import attempt
from archsmith.decide.space import build
from archsmith.files.reader import read_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.model.decisions import Decisions
from archsmith.pipeline import Stage, State

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]
BRIEFS = (
    "corpus/briefs/01-seed-shop.md",
    "corpus/briefs/03-course-platform.md",
    "corpus/briefs/06-greenhouse-climate.md",
    "cases/12-gamer-chat.md",
)
COUNTED = frozenset({"compute", "size"})
"""Axes of instance types: there are hundreds, and all are composed alike."""
FREE = 1e7
"""USD a month that an option costs more once it was chosen."""
CATALOGUE = Catalogue()
Key = tuple[str, str]
NEVER: frozenset[Key] = frozenset(
    {
        ("engine", "sqlite"),  # several write at once in each of these briefs
        ("series", "postgresql_partitions"),  # their masses are beyond two terabytes
        ("analytics", "postgresql_rollups"),
        ("keyed", "dynamodb"),  # the one brief with such rows has its cloud, and that is another one
        ("identity", "entra_id"),  # the one organisation with a sign-in of its own has another
        ("realtime", "polling"),  # their results must arrive sooner
    }
)


def derived(name: str) -> State:
    brief = read_brief(TESTS / name)
    assert isinstance(brief, Brief)
    return pipeline.advance(State(brief=brief), CATALOGUE, upto=Stage.DERIVE)


def designs(state: State) -> Iterator[tuple[set[Key], Decisions]]:
    """Designs that each choose something new, with what it is; limits of money, work and time away are left out."""
    assert state.requirements
    assert state.derivation
    demand = replace(gather(state.requirements, state.derivation, CATALOGUE), budget=None)
    ground = Ground(demand, state.requirements, CATALOGUE)
    whole = build(ground, state.requirements)
    space = replace(
        whole,
        rules=tuple(r for r in whole.rules if not isinstance(r, Ceiling) and r.because.name != "one_region"),
    )
    here: set[Key] = set()
    while True:
        found = attempt(tempting(space, here), ground, ())
        assert found
        fresh = {(o.axis, str(o.id)) for o in found.chosen.values() if o.axis not in COUNTED} - here
        if not fresh:
            return
        here |= fresh
        yield fresh, decided(found, ground, state)


def tempting(space: Space, here: set[Key]) -> Space:
    return replace(
        space,
        options=tuple(replace(o, risk=o.risk + FREE * ((o.axis, str(o.id)) in here)) for o in space.options),
    )


def offered() -> set[Key]:
    found = set()
    for name in BRIEFS:
        state = derived(name)
        assert state.requirements
        assert state.derivation
        demand = gather(state.requirements, state.derivation, CATALOGUE)
        space = build(Ground(demand, state.requirements, CATALOGUE), state.requirements)
        found |= {(o.axis, str(o.id)) for o in space.options if o.axis not in COUNTED}
    return found


def test_every_option_can_be_chosen_composed_evaluated_and_rendered() -> None:
    chosen: set[Key] = set()
    for name in BRIEFS:
        state = derived(name)
        for fresh, decisions in designs(state):
            made = replace(state, decisions=decisions)
            whole = pipeline.advance(made, CATALOGUE, after=Stage.DECIDE, upto=Stage.EVALUATE)
            whole = pipeline.advance(whole, CATALOGUE, after=Stage.DOUBT)  # draws of inputs choose no option
            assert whole.architecture
            engines = {str(s.engine) for s in whole.architecture.stores}
            sized = {str(s.tech) for s in decisions.sizings if s.role is not None}
            assert sized <= engines, fresh
            files, evidence = pipeline.deliver(pipeline.finish(whole, "test"))
            assert files
            assert not evidence.failed, fresh
            chosen |= fresh
    assert offered() - chosen == NEVER
