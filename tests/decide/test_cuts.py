"""What the exact evaluation finds wanting comes back as a cut, and the next design is better there."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from archsmith.decide.constraints.availability import CONSTRAINT as AVAILABILITY
from archsmith.decide.delays import delayed
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ceiling
from archsmith.decide.space import build, options
from archsmith.files.reader import read_brief
from archsmith.kernel.provenance import Derived, Fact
from archsmith.kernel.units import Seconds
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.model.decisions import Cut, Dimension
from archsmith.pipeline import Stage, State, advance

ROOT = Path(__file__).parents[2]
CATALOGUE = Catalogue()
SAID = Derived(rule="tests", formula="0.05", inputs=())


def derived(name: str) -> State:
    """An example, elicited and derived."""
    brief = read_brief(ROOT / "examples" / name / "brief.md")
    assert isinstance(brief, Brief)
    return advance(State(brief=brief), CATALOGUE, upto=Stage.DERIVE)


def hurried(state: State, seconds: float) -> State:
    """With this stated target for every operation."""
    assert state.derivation
    target = Fact(value=Seconds(seconds), why=SAID)
    operations = tuple(replace(o, latency_p95=target) for o in state.derivation.domain.operations)
    domain = replace(state.derivation.domain, operations=operations)
    return replace(state, derivation=replace(state.derivation, domain=domain))


def cut(kind: str, dimension: Dimension, value: str) -> Cut:
    """A cut of no subject."""
    return Cut(kind=kind, dimension=dimension, subject=None, value=value, reason="a test says so")


@pytest.fixture(scope="module")
def startup() -> State:
    """The small example."""
    return derived("startup")


def test_a_missed_response_time_makes_the_next_design_faster(startup: State) -> None:
    start = hurried(startup, 0.05)
    once = advance(start, CATALOGUE, after=Stage.DERIVE, upto=Stage.DECIDE)
    made = advance(start, CATALOGUE, after=Stage.DERIVE, upto=Stage.EVALUATE)
    assert once.decisions
    assert made.decisions
    assert made.report
    assert made.decisions.rounds > 1
    assert any(c.kind == "faster" for c in made.decisions.cuts)
    quick = {d.dimension: d.option for d in made.decisions.decisions}
    plain = {d.dimension: d.option for d in once.decisions.decisions}
    assert quick[Dimension.FRAMEWORK] != plain[Dimension.FRAMEWORK]
    late = [x for x in made.report.latencies if not x.met]
    assert all(x.given_p95 >= x.target_p95 and x.given_by for x in late), "what is left no choice changes"
    assert len(late) < len(made.report.latencies) / 2
    words = [f.fix for f in made.report.findings if f.id == "LAT001"]
    assert len(words) == len(late)
    assert all("alone takes" in w for w in words)


def test_a_target_that_is_met_asks_for_nothing(startup: State) -> None:
    made = advance(hurried(startup, 5.0), CATALOGUE, after=Stage.DERIVE, upto=Stage.EVALUATE)
    assert made.decisions
    assert made.decisions.rounds == 1
    assert made.decisions.cuts == ()


def test_an_impossible_target_gives_way_and_the_finding_stays(startup: State) -> None:
    made = advance(hurried(startup, 0.002), CATALOGUE, after=Stage.DERIVE, upto=Stage.EVALUATE)
    assert made.decisions
    assert made.report
    assert made.decisions.clash is None
    assert any(f.id == "LAT001" for f in made.report.findings)


def test_the_gap_of_the_exact_availability_tightens_the_ceiling(startup: State) -> None:
    assert startup.requirements
    assert startup.derivation
    ground = Ground(gather(startup.requirements, startup.derivation, CATALOGUE), startup.requirements, CATALOGUE)

    def most(*cuts: Cut) -> float:
        rules = list(AVAILABILITY.check(ground, (), startup.requirements, cuts))  # type: ignore[arg-type]  # is there
        assert isinstance(rules[0], Ceiling)
        return rules[0].most

    gap = cut("less_down", Dimension.ZONES, "0.001")
    assert most(gap) == pytest.approx(most() - 0.001)
    assert most(gap, gap, cut("less_down", Dimension.ZONES, "1")) == pytest.approx(0.0, abs=1e-8)


def test_delays_are_of_what_is_on_the_way(startup: State) -> None:
    assert startup.requirements
    assert startup.derivation
    ground = Ground(gather(startup.requirements, startup.derivation, CATALOGUE), startup.requirements, CATALOGUE)
    by_key = {(o.axis, o.key): o for o in delayed(options(ground), ground)}
    slow, quick = by_key["framework", "django"], by_key["framework", "fastify"]
    assert slow.delay > 3 * quick.delay > 0
    small, large = by_key["compute", "ecs_fargate/aws.fargate.025.1"], by_key["compute", "ecs_fargate/aws.fargate.2.4"]
    assert small.delay > large.delay == 0.0
    assert all(o.delay >= 0 for o in by_key.values())
    assert not any(o.delay for o in build(ground, startup.requirements).options), "nothing asks, nothing is counted"
