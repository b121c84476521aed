"""A second region where something asks for it, and where data may be in two."""

from collections.abc import Callable, Iterator

from archsmith.decide.constraints.constraint import (
    Ban,
    Barrier,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
    ban_where,
)
from archsmith.decide.constraints.on_premises import CONSTRAINT as ON_PREMISES
from archsmith.decide.constraints.residency import CONSTRAINT as RESIDENCY
from archsmith.decide.constraints.staying import CONSTRAINT as STAYING
from archsmith.decide.dimensions.regions import mode_of, remains, round_trip
from archsmith.decide.worlds import REGIONAL, stands_at
from archsmith.kernel.memory import remembered
from archsmith.kernel.phrases import duration, money, percent

_HOURS = 730.0


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Roles of a second region are out where one region reaches the target and the outages cost less than the work."""
    demand = ground.demand
    before = [r for c in (ON_PREMISES, RESIDENCY, STAYING) for r in c.check(ground, options, requirements, cuts)]
    out = {r.key for r in before if isinstance(r, Ban) and r.axis == "provider"}
    usable = [o.key for o in options if o.axis == "provider" and o.key not in out]
    places = ", ".join(sorted(demand.places))
    if demand.places and not any(ground.second[p] for p in usable):
        because = Barrier(
            name="residency",
            fact=f"data must stay in {places}, and no provider that is left has two regions there",
            requirements=demand.binding.get("places", ()),
            relaxation=f"let copies of the data leave {places}",
        )
        yield from ban_where(options, lambda o: "regions:two" in o.gives, lambda _: because)
    away = min(map(_least(options), usable), default=0.0)
    if demand.lost_region or away > 1 - demand.availability:
        yield from _too_slow(ground, options, usable)
        return
    saved = away * _HOURS * demand.outage * demand.weights.get("availability", 1.0)
    for option in options:
        mode = mode_of(ground, option) if option.axis == "regions" else None
        if mode is None:
            continue
        work = (mode.ops + mode.build * 8 / demand.horizon) * demand.hourly * demand.weights.get("effort", 1.0)
        spared = saved * (1 - remains(ground, mode))
        if spared < work:
            fact = (
                f"one region can reach {percent(1 - away)}, {percent(demand.availability)} is wanted; a second would "
                f"spare {money(spared)} of outages a month and costs {money(work)} in work alone"
            )
            yield Ban(axis="regions", key=option.key, because=Barrier(name="one_region", fact=fact, waivable=False))


@remembered
def _least(options: tuple[Option, ...]) -> Callable[[str], float]:
    """By provider, the share of the time that the most available choice of each regional axis is away."""
    least: dict[tuple[str, str], float] = {}
    for option in options:
        if option.axis in REGIONAL:
            where = (option.axis, stands_at(option))
            least[where] = min(option.down, least.get(where, option.down))
    bound = {axis for axis, _ in least}

    def at(provider: str) -> float:
        rows = ([least[a, p] for p in ("", provider) if (a, p) in least] for a in sorted(bound))
        return sum(min(found, default=0.0) for found in rows)

    return at


def _too_slow(ground: Ground, options: tuple[Option, ...], usable: list[str]) -> Iterator[Rule]:
    """Where the loss of a region must be survived: one region needs its rebuild, and each role its switch."""
    demand = ground.demand
    if not demand.lost_region:
        return
    rebuild = ground.figure("region.rebuild")
    for option in options:
        if option.axis != "regions":
            continue
        mode = mode_of(ground, option)
        takes, loses = (mode.switch, mode.lag) if mode else (rebuild, 300.0)
        facts = []
        if takes > demand.region_rto:
            facts.append(f"back {duration(takes)} after the loss of a region, {duration(demand.region_rto)} allowed")
        if loses > demand.region_rpo:
            facts.append(f"{duration(loses)} of writes lost with it, {duration(demand.region_rpo)} allowed")
        wait = min((round_trip(ground, p) for p in usable), default=0.0) if mode and mode.waits else 0.0
        if wait and 2 * wait > demand.tightest:
            facts.append(
                f"each write waits {duration(wait)} for the other region, {duration(demand.tightest)} is all it has"
            )
        if demand.all_serve and option.key != "active_active":
            facts.append("both regions are to serve at the same time")
        if mode is None and demand.region_rto == float("inf"):
            facts.append(f"a lost region is to be survived; a rebuild takes {duration(rebuild)} or more")
        if facts:
            because = Barrier(name="second_region", fact="; ".join(facts), requirements=demand.lost_region)
            yield Ban(axis="regions", key=option.key, because=because)


CONSTRAINT = Constraint(
    id="second_region",
    what="a second region only where a target, a stated wish or the cost of outages asks for it and residency allows",
    why="two of everything is the dearest step in availability, and most of the gain is had with two zones",
    check=check,
)
