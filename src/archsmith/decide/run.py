"""The stage: from what is needed to what is chosen, with the argument for each choice."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from archsmith.decide import scaling
from archsmith.decide.argue import cases
from archsmith.decide.barred import Case
from archsmith.decide.calls import internal_calls, obeyed
from archsmith.decide.clash import any_design, explain, overload
from archsmith.decide.delays import AT_MOST, FASTER
from archsmith.decide.demand import Demand
from archsmith.decide.evaluator import Chosen
from archsmith.decide.figures import figures
from archsmith.decide.flips import flips
from archsmith.decide.flows import flow_choices
from archsmith.decide.front import front
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.grouping import placements, services
from archsmith.decide.levers import Stand
from archsmith.decide.option import Space
from archsmith.decide.pool import rivals_of
from archsmith.decide.records import records
from archsmith.decide.scene import means_of
from archsmith.decide.settle import Settled, confirmed, settle
from archsmith.decide.sizing import sizings, weights
from archsmith.decide.space import build
from archsmith.decide.totals import objective, totals
from archsmith.decide.wishes import Wishes, priced
from archsmith.kernel.cores import beside
from archsmith.kernel.ids import OptionId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Clash, Cut, Decisions, Dimension, Weighed
from archsmith.model.domain import Derivation, Domain
from archsmith.model.requirements import Requirements

_BUSY = re.compile(r"([0-9][0-9,.]*)% busy")
"""How a finding says how busy an element is."""
_AGAIN = 1.3
"""What each finding about an element adds at least: its counts may be those of another size of machine."""
_CALM = 65.0
"""Percent of busy time that an element is brought back to."""


def decide(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue, cuts: tuple[Cut, ...] = ()
) -> Decisions:
    """The cheapest design in total cost of ownership under all constraints, and why each choice is what it is.

    `cuts`: what findings of an earlier round demand. Where the stated requirements can't all be met, `clash` names the
    smallest set that can't, and the rest is the design that violates least.
    """
    here, clash = stand(requirements, derivation, catalogue, cuts)
    demand, ground, settled, domain = here.demand, here.ground, here.settled, derivation.domain
    found = figures(settled, ground)
    groups = services(domain, demand, settled.chosen["style"].key)
    places = placements(domain, demand, settled.chosen)
    argued = beside(lambda: cases(settled, ground))
    elsewhere: list[Chosen] = []
    changes = flips(here, seen=elsewhere)
    argument = argued()
    decisions, ids = records(settled, ground, argument, changes, found, groups)
    wishes = Wishes(settled, ground, argument, ids, cuts).all()
    others = front(settled, ground, argument)
    hours, days = totals(settled)
    choices = flow_choices(domain, groups, places, means_of(settled.chosen), catalogue)
    calls = internal_calls(ground, domain, choices, ids)
    return Decisions(
        decisions=(*priced(decisions, wishes), *calls),
        services=groups,
        placements=places,
        flows=choices,
        sizings=sizings(settled, ground, groups, ids, found),
        objective=objective(settled, ground),
        ops_hours=hours,
        build_days=days,
        clash=clash,
        wishes=obeyed(wishes, calls),
        front=others,
        cuts=cuts,
        rounds=1,
        optimal=settled.outcome.optimal,
        weighed=Weighed(
            chosen={a: o.key for a, o in settled.chosen.items()},
            decisions=ids,
            rivals=rivals_of(settled.chosen, (*_designs(argument), *elsewhere)),
            gave_way=settled.gave_way,
            strain=ground.strain,
        ),
    )


def stand(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> tuple[Stand, Clash | None]:
    """The design with all that it was found under, and what clashes."""
    asked = gather(requirements, derivation, catalogue)
    demand, ground, settled, clash = _settled(asked, requirements, derivation.domain, catalogue, cuts)
    settled = confirmed(settled)
    rest = tuple(c for c in cuts if not asks_for_more(c))
    rules = _in_seconds(Ground(asked, requirements, catalogue), requirements, rest)
    share = demand.web / asked.web
    clashing = clash is not None and share == 1.0
    return Stand(requirements, derivation, catalogue, rules, ground, settled, share, clashing), clash


def _designs(argument: dict[str, dict[OptionId, Case]]) -> list[Chosen]:
    """The best design with each option that lost, the cheapest first."""
    rows = [(c.extra, c.chosen) for by_id in argument.values() for c in by_id.values() if c.chosen]
    return [chosen for extra, chosen in sorted(rows, key=lambda row: row[0] or 0.0) if extra is not None]


def _settled(
    demand: Demand, requirements: Requirements, domain: Domain, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> tuple[Demand, Ground, Settled, Clash | None]:
    """Solved under the demand; under a clash without what clashes least; at worst under a load that can be carried.

    That load is the largest half of a half of what is asked that a design without any limits carries. The halvings are
    doubled until one does, then the number of them is bisected, so that absurd loads take a handful of trials.
    """
    floors = tuple(c for c in cuts if asks_for_more(c))
    others = tuple(c for c in cuts if c not in floors)
    others = _in_seconds(Ground(demand, requirements, catalogue), requirements, others)

    def stage(halvings: int) -> tuple[Ground, Space]:
        less = scaling.traffic(demand, 0.5**halvings) if halvings else demand
        strain: dict[str, float] = {}
        if floors:
            plain = Ground(less, requirements, catalogue)
            strain = _strain(settle(build(plain, requirements, others), plain, others), plain, domain, floors)
        ground = Ground(less, requirements, catalogue, strain)
        return ground, build(ground, requirements, others)

    ground, space = stage(0)
    settled, clash = settle(space, ground, others), None
    halvings = 0
    while settled is None:
        found = explain(space, ground, requirements, others)
        if found:
            settled, clash = found
        else:
            halvings = _carried(lambda n: any_design(*stage(n), others), halvings)
            ground, space = stage(halvings)
            settled = settle(space, ground, others)
    if halvings:
        carried = ground.demand
        clash = overload(requirements, ground, demand.web + demand.stream, carried.web + carried.stream)
    return ground.demand, ground, settled, clash


def _in_seconds(ground: Ground, requirements: Requirements, cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Cuts that demand a share of a design's delay, as ceilings: each is of the design that the ones before it left."""
    found = tuple(c for c in cuts if c.kind != FASTER)
    for cut in (c for c in cuts if c.kind == FASTER):
        settled = settle(build(ground, requirements, (*found, cut)), ground, found)
        if settled is not None:
            most = sum(o.delay for o in settled.chosen.values()) * _number(cut.value)
            found += (replace(cut, kind=AT_MOST, value=repr(most)),)
    return found


def _carried(carries: Callable[[int], bool], few: int) -> int:
    """The least number above `few` that carries, where each above one that carries does so too."""
    many = few + 1
    while not carries(many):
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if carries(middle) else (middle, many)
    return many


def asks_for_more(cut: Cut) -> bool:
    """Whether it asks for more of something, not for something else."""
    return (cut.kind == "at_least" and bool(cut.subject)) or (cut.kind == "forbid" and _of_a_size(cut))


def _of_a_size(cut: Cut) -> bool:
    return cut.dimension is Dimension.SIZING


def _strain(settled: Settled | None, ground: Ground, domain: Domain, floors: tuple[Cut, ...]) -> dict[str, float]:
    """How many times more each element needs than first counted.

    From a count: what a finding demands over the first one. From an instance that is too small: how busy it was found.
    """
    if settled is None:
        return {}
    parts = [p for o in settled.chosen.values() for p in o.parts]
    counts = {str(p.subject): float(p.count) for p in parts}
    groups = services(domain, ground.demand, settled.chosen["style"].key)
    shares = {f"service:{g.id}": w for g, w in zip(groups, weights(settled, ground, groups), strict=True)}
    shared = "machines" in settled.chosen["platform"].gives
    counts |= {n: settled.counts[0] * (1.0 if shared else w) for n, w in shares.items()}
    found: dict[str, float] = {}
    for cut in floors:
        if cut.kind == "at_least":
            name = str(cut.subject)
            factors = {name: _number(cut.value) / max(0.05, counts.get(name, 1.0))}
        else:
            busy = _BUSY.search(cut.reason)
            factor = _number(busy[1].replace(",", "")) / _CALM if busy else 2.0
            factors = {str(p.subject): factor for p in parts if p.instance == cut.value}
            if settled.chosen["compute"].id == cut.value:
                factors |= dict.fromkeys(shares, factor)
        if "store:primary" in factors and "hosting:local" in settled.chosen["hosting"].gives:
            factors |= dict.fromkeys(shares, factors["store:primary"])  # they share the machine
        for name, factor in factors.items():
            again = found.get(name, 1.0) * _AGAIN if name in found else _AGAIN
            found[name] = min(200.0, max(again, factor))
    found["services"] = sum(w * found.get(n, 1.0) for n, w in shares.items())
    return found


def _number(text: str) -> float:
    """The number in a cut's value, or 0 where there is none (then the cut asks for nothing more)."""
    try:
        return float(text)
    except ValueError:
        return 0.0
