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
    floors = [c for c in cuts if c.kind == "at_least" and c.subject]
    others = tuple(c for c in cuts if c not in floors)
    while True:
        strain: dict[str, float] = {}
        if floors:
            plain = Ground(demand, requirements, catalogue)
            strain = _strain(settle(build(plain, requirements, others), plain, others), floors)
        ground = Ground(demand, requirements, catalogue, strain)
        space = build(ground, requirements, others)
        settled, clash = settle(space, ground, others), None
        if settled is None:
            found = explain(space, ground, requirements, others)
            if found:
                settled, clash = found
        if settled is not None:
            if overloaded:
                clash = overload(requirements, ground, asked, demand.web + demand.stream)
            return demand, ground, settled, clash
        demand, overloaded = scaling.traffic(demand, 0.5), True


def _strain(settled: Settled | None, floors: list[Cut]) -> dict[str, float]:
    """How many times more each element needs: the count that a finding demands over the one first counted."""
    if settled is None:
        return {}
    counts = {str(p.subject): p.count for o in settled.chosen.values() for p in o.parts}
    found: dict[str, float] = {}
    for cut in floors:
        name = str(cut.subject)
        first = settled.counts[0] if name.startswith("service:") else counts.get(name, 1)
        try:
            factor = float(cut.value) / max(1, first)
        except ValueError:
            continue
        found[name] = min(50.0, max(found.get(name, 1.0), factor))
    return found
