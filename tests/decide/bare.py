"""The decisions without their argument: what is chosen, and all that the later stages compose and compute from it."""

from archsmith.decide.figures import figures
from archsmith.decide.flows import flow_choices
from archsmith.decide.ground import Ground
from archsmith.decide.grouping import placements, services
from archsmith.decide.records import records
from archsmith.decide.run import stand
from archsmith.decide.scene import means_of
from archsmith.decide.settle import Settled
from archsmith.decide.sizing import sizings
from archsmith.decide.totals import objective, totals
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Clash, Cut, Decisions
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements
from archsmith.pipeline import State


def chosen(state: State, catalogue: Catalogue, cuts: tuple[Cut, ...] = ()) -> Decisions:
    """What `decide` chooses for a derived state, in a fraction of the time that the losers and flip points take."""
    assert state.requirements
    assert state.derivation
    here, clash = stand(state.requirements, state.derivation, catalogue, cuts)
    return decided(here.settled, here.ground, state, clash, cuts)


def choices(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue, cuts: tuple[Cut, ...] = ()
) -> Decisions:
    """The same, asked for as `decide` is: for tests of what is chosen or clashes, and not of why."""
    return chosen(State(requirements=requirements, derivation=derivation), catalogue, cuts)


def decided(
    found: Settled, ground: Ground, state: State, clash: Clash | None = None, cuts: tuple[Cut, ...] = ()
) -> Decisions:
    """The decisions of a solution."""
    assert state.derivation
    domain, counted = state.derivation.domain, figures(found, ground)
    groups = services(domain, ground.demand, found.chosen["style"].key)
    nothing: dict[str, tuple[()]] = dict.fromkeys(found.chosen, ())
    decisions, ids = records(found, ground, {a: {} for a in found.chosen}, dict(nothing), counted, groups)
    places = placements(domain, ground.demand, found.chosen)
    hours, days = totals(found)
    return Decisions(
        decisions=decisions,
        services=groups,
        placements=places,
        flows=flow_choices(domain, groups, places, means_of(found.chosen), ground.catalogue),
        sizings=sizings(found, ground, groups, ids, counted),
        objective=objective(found, ground),
        ops_hours=hours,
        build_days=days,
        clash=clash,
        cuts=cuts,
    )
