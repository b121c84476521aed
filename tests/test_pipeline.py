"""The order of the stages, the bound of the repair loop, and what the events say."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from archsmith import pipeline
from archsmith.files.reader import read_brief
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.decisions import Cut, Dimension
from archsmith.pipeline import Event, Finished, MissingInput, Stage, Started, State, Unusable

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def derived() -> State:
    """A brief, read and derived."""
    brief = read_brief(ROOT / "examples" / "startup" / "brief.md")
    assert isinstance(brief, Brief)
    return pipeline.advance(State(brief=brief), Catalogue(), upto=Stage.DERIVE)


def test_every_stage_starts_and_finishes_in_order(derived: State) -> None:
    """One event before and one after each, with what it found."""
    heard: list[Event] = []
    pipeline.advance(derived, Catalogue(), after=Stage.DERIVE, listen=heard.append)
    rounds = max(e.round for e in heard)
    loop = [s for _ in range(rounds) for s in pipeline.LOOP]
    assert [e.stage for e in heard if isinstance(e, Started)] == [*loop, Stage.DOUBT, Stage.PLAN]
    assert [e.stage for e in heard if isinstance(e, Finished)] == [*loop, Stage.DOUBT, Stage.PLAN]
    assert all(e.found for e in heard if isinstance(e, Finished))


def test_the_repair_loop_ends(derived: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evaluation that always asks for more is heard MAX_ROUNDS times, each time with all cuts so far."""
    real = pipeline._RUN[Stage.EVALUATE]
    obeyed: list[int] = []

    def never_content(state: State, catalogue: Catalogue, cuts: tuple[Cut, ...], number: int) -> tuple[State, str]:
        state, found = real(state, catalogue, cuts, number)
        assert state.report is not None
        obeyed.append(len(cuts))
        cut = Cut(kind="forbid", dimension=Dimension.CACHE, subject=None, value=f"none-{number}", reason="a test")
        return replace(state, report=replace(state.report, cuts=(cut,))), found

    monkeypatch.setitem(pipeline._RUN, Stage.EVALUATE, never_content)
    state = pipeline.advance(derived, Catalogue(), after=Stage.DERIVE, upto=Stage.EVALUATE)
    assert obeyed == list(range(pipeline.MAX_ROUNDS))
    assert state.decisions is not None
    assert state.decisions.rounds == pipeline.MAX_ROUNDS


def test_a_stage_without_its_input_is_told() -> None:
    """A dump of the wrong stage is the caller's mistake, in words."""
    with pytest.raises(MissingInput):
        pipeline.advance(State(), Catalogue(), after=Stage.DERIVE)


def test_nothing_to_design_from() -> None:
    """A brief without words gives the findings, not a design."""
    with pytest.raises(Unusable) as caught:
        pipeline.design(Brief(name="a.md", text="12 34 ?? !!\n", form=BriefForm.TEXT), Catalogue())
    assert caught.value.findings
    assert all(f.fix for f in caught.value.findings)


def test_design_is_the_same_twice(derived: State) -> None:
    """Values in, values out: no clock and no chance."""
    one, two = (pipeline.finish(pipeline.advance(derived, Catalogue(), after=Stage.DERIVE), "t") for _ in range(2))
    assert one == two
