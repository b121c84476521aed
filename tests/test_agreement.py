"""What `decide` counted with, `evaluate` recomputes from the architecture alone: figure beside figure.

The two stages go different ways: the choice adds up options, linearly, before there is an architecture; the evaluation
walks along the operations of the one that was composed. Where they may differ, and by how much, is said here.
"""

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.designs import kept, state_of

from archsmith.files.reader import read_brief
from archsmith.kernel.provenance import Assumed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES
from archsmith.knowledge.pricing import instance_month
from archsmith.model.brief import Brief
from archsmith.model.changes import Scale
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.report import CostKind
from archsmith.model.scaled import scaled
from archsmith.pipeline import Stage, State, advance

ROOT = Path(__file__).parents[1]
CATALOGUE = Catalogue()
BRIEFS = {
    **{name: ROOT / "examples" / name / "brief.md" for name in ("startup", "clinic", "tickets")},
    **{
        name: ROOT / "tests" / "corpus" / "briefs" / f"{name}.md"
        for name in ("01-seed-shop", "06-greenhouse-climate", "09-campaign-mailer", "12-tool-library")
    },
    **{
        name: ROOT / "tests" / "heldout" / f"{name}.md"
        for name in ("24-short-links", "35-consent-api", "37-water-metering", "46-parcel-lockers")
    },
}
"""Small and large, one machine and two regions, streams and none, four clouds and an own data centre."""
GROWN = {"startup": (30.0, 1000.0)}
"""Generated ones: the same systems under another load, which makes other designs of them."""
CASES = [(name, 1.0) for name in BRIEFS] + [(name, factor) for name, factors in GROWN.items() for factor in factors]


@dataclass(frozen=True)
class Made:
    """A state after evaluation, with the figures that decide left in its decisions and sizings."""

    state: State

    @property
    def figures(self) -> dict[str, float]:
        """By id."""
        assert self.state.decisions
        decided = [f for d in self.state.decisions.decisions for f in d.figures]
        return {f.id: f.value for f in (*decided, *(f for s in self.state.decisions.sizings for f in s.figures))}


@functools.cache
def made(name: str, factor: float = 1.0) -> Made:
    """The design of a brief under `factor` times its traffic."""
    brief = read_brief(BRIEFS[name])
    assert isinstance(brief, Brief)
    if factor == 1.0:
        return Made(state_of(brief))
    return Made(kept(f"{name} under {factor} times its traffic", lambda: _grown(brief, factor)))


def _grown(brief: Brief, factor: float) -> State:
    state = advance(State(brief=brief), CATALOGUE, upto=Stage.DERIVE)
    assert state.derivation
    state = replace(state, derivation=scaled(state.derivation, (Scale(lever="traffic", factor=factor),)))
    return advance(state, CATALOGUE, after=Stage.DERIVE, upto=Stage.EVALUATE)


CHECKED = pytest.mark.parametrize(("name", "factor"), CASES)


@CHECKED
def test_the_bill(name: str, factor: float) -> None:
    """5% or 5 dollars: keys are billed only where the design has any, a cluster's nodes are whole, and a share of
    what is spread over services is rounded up for each of them: at most an instance more for each further service."""
    state, figures = made(name, factor).state, made(name, factor).figures
    assert state.decisions
    assert state.report
    services = [s for s in state.decisions.sizings if s.subject.startswith("service:")]
    rounding = sum(
        instance_month(CATALOGUE, s.instance) for s in services[1:] if s.instance in CATALOGUE.table(INSTANCES)
    )
    allowed = max(5.0, 0.05 * figures["bill"]) + rounding
    assert state.report.cost.infrastructure == pytest.approx(figures["bill"], abs=allowed)


@CHECKED
def test_the_hours(name: str, factor: float) -> None:
    """Hours of parts, found again in the architecture, are part of the whole, and nothing is counted twice."""
    state = made(name, factor).state
    assert state.decisions
    assert state.report
    assert state.report.cost.ops_hours == pytest.approx(state.decisions.ops_hours, abs=0.06)
    people = [x for x in state.report.cost.lines if x.kind is CostKind.PEOPLE]
    assert all(x.quantity > 0 for x in people)


@CHECKED
def test_the_availability(name: str, factor: float) -> None:
    """Never below what was promised, but for the third decimal of a product beside a sum: 1 - sum <= product.

    It may lie above: in one zone a second instance takes over from the first, which the choice does not count on, at
    most as much as one instance is away. What waits for an outside system is judged by its own objective.
    """
    state, figures = made(name, factor).state, made(name, factor).figures
    assert state.decisions
    assert state.report
    assert state.architecture
    paths = [p for p in state.report.availability if p.slo.startswith(("app", "shop")) or len(p.parts) > 1]
    worst = min(p.predicted for p in paths)
    promised = 1 - figures["away"]
    assert worst >= promised - 1e-6
    alone = any(d.dimension is Dimension.ZONES and d.option == "zones_1" for d in state.decisions.decisions)
    single = max((1 - part.single for p in paths for part in p.parts if part.element.startswith("service:")), default=0)
    assert worst <= promised + 1e-6 + (single if alone else figures["away"] ** 2)


@CHECKED
def test_the_cores_of_the_services(name: str, factor: float) -> None:
    """What arrives at the peak fits into what was counted, without the headroom; 5% for shares of small operations.

    Below it may lie: caches and copies at the edge answer some operations altogether, where the choice counts a mean;
    connections that are held take cores in the choice alone.
    """
    state, figures = made(name, factor).state, made(name, factor).figures
    assert state.report
    assert state.derivation
    rows = [s for s in state.report.stations if s.element.startswith("service:") and s.resource == "CPU"]
    free = 1 - state.derivation.targets.headroom.value
    assert sum(s.offered for s in rows) <= figures["cores.needed"] * free * 1.05 + 0.01


@CHECKED
def test_the_cores_of_the_primary_store(name: str, factor: float) -> None:
    """As for the services. A store that is billed by use has no cores, one of many nodes is counted by them."""
    state, figures = made(name, factor).state, made(name, factor).figures
    assert state.report
    assert state.derivation
    if "cores.store_total" not in figures:  # no size of its own: on the services' machines, or billed by use
        return
    rows = [s for s in state.report.stations if s.element == "store:primary" and s.resource == "CPU"]
    free = 1 - state.derivation.targets.headroom.value
    assert sum(s.offered for s in rows) <= figures["cores.store_total"] * free * 1.05 + 0.01


@CHECKED
def test_the_instances(name: str, factor: float) -> None:
    """A deployment has as many machines as its sizing says; what the services have is what was counted, or what the
    zones of each service ask for."""
    state, figures = made(name, factor).state, made(name, factor).figures
    assert state.decisions
    assert state.architecture
    sized = {str(s.subject): s for s in state.decisions.sizings}
    for deployment in state.architecture.deployments:
        first = sized[str(deployment.runs[0])]
        assert (deployment.count, deployment.instance) == (first.count, first.instance)
    own = [d for d in state.architecture.deployments if any(e.startswith("service:") for e in d.runs)]
    assert sum(d.count for d in own) >= figures["instances"]
    assert sum(d.count for d in own) <= figures["instances"] + 4 * (len(own) - 1)


@CHECKED
def test_what_is_kept(name: str, factor: float) -> None:
    """The store is as large as its rows at the horizon: the choice adds half for indexes, the architecture scales to
    what the workload says is stored in all; a machine starts at 20 GB."""
    state = made(name, factor).state
    assert state.decisions
    assert state.architecture
    for store in state.architecture.stores:
        sized = next((s for s in state.decisions.sizings if s.subject == f"store:{store.id}"), None)
        if store.role is StoreRole.PRIMARY and sized:
            inside = {f"store:{s.id}" for s in state.architecture.stores if s.host == store.id}
            own = sized.storage * sized.shards
            beside = sum(s.storage for s in state.decisions.sizings if s.subject in inside)
            assert store.size_horizon <= (own + beside) * 2 + 1e9
            assert own <= max(20e9, store.size_horizon * 2 + 1e9)


@CHECKED
def test_the_recovery(name: str, factor: float) -> None:
    """What a constraint of the choice asks for is met, or the design says that it clashes or gave way."""
    state = made(name, factor).state
    assert state.decisions
    assert state.report
    assert state.derivation
    stated = state.derivation.targets
    for row in state.report.recovery:
        if row.element == "store:primary" and state.decisions.clash is None:
            assert row.rpo <= max(stated.rpo.value, 0.0) or _assumed(stated.rpo.why)
            assert row.rto <= stated.rto.value or _assumed(stated.rto.why)
            assert math.isfinite(row.rpo + row.rto)


def _assumed(why: object) -> bool:
    return isinstance(why, Assumed)
