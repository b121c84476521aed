"""The stage: from what is needed to what is chosen, with the argument for each choice."""

from archsmith.decide import scaling
from archsmith.decide.argue import cases
from archsmith.decide.clash import explain, overload
from archsmith.decide.demand import Demand
from archsmith.decide.figures import figures
from archsmith.decide.flips import flips
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.grouping import placements, services
from archsmith.decide.records import records
from archsmith.decide.settle import Settled, settle
from archsmith.decide.sizing import sizings
from archsmith.decide.space import build
from archsmith.decide.totals import objective, totals
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Clash, Cut, Decisions
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements


def decide(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue, cuts: tuple[Cut, ...] = ()
) -> Decisions:
    """The cheapest design in total cost of ownership under all constraints, and why each choice is what it is.

    `cuts`: what findings of an earlier round demand. Where the stated requirements can't all be met, `clash` names the
    smallest set that can't, and the rest is the design that violates least.
    """
    demand = gather(requirements, derivation, catalogue)
    demand, ground, settled, clash = _settled(demand, requirements, catalogue, cuts)
    domain = derivation.domain
    found = figures(settled, ground)
    groups = services(domain, demand, settled.chosen["style"].key)
    argument = cases(settled, ground)
    changes = flips(settled, demand, requirements, catalogue, cuts)
    decisions, ids = records(settled, ground, argument, changes, found, groups)
    hours, days = totals(settled)
    return Decisions(
        decisions=decisions,
        services=groups,
        placements=placements(domain, demand, settled.chosen),
        sizings=sizings(settled, ground, groups, ids, found),
        objective=objective(settled, ground),
        ops_hours=hours,
        build_days=days,
        clash=clash,
        cuts=cuts,
        rounds=1,
        optimal=settled.outcome.optimal,
    )


def _settled(
    demand: Demand, requirements: Requirements, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> tuple[Demand, Ground, Settled, Clash | None]:
    """Solved under the demand; under a clash without what clashes least; at worst under a load that can be carried."""
    asked, overloaded = demand.web + demand.stream, False
    while True:
        ground = Ground(demand, requirements, catalogue)
        space = build(ground, requirements, cuts)
        settled, clash = settle(space, ground, cuts), None
        if settled is None:
            found = explain(space, ground, requirements, cuts)
            if found:
                settled, clash = found
        if settled is not None:
            if overloaded:
                clash = overload(requirements, ground, asked, demand.web + demand.stream)
            return demand, ground, settled, clash
        demand, overloaded = scaling.traffic(demand, 0.5), True
