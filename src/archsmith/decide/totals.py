"""The objective, part by part, and the work that the choices ask for."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import rent
from archsmith.decide.program import WEIGHT, money
from archsmith.decide.settle import Settled
from archsmith.kernel.units import HoursPerMonth, PersonDays, UsdPerMonth
from archsmith.model.decisions import ObjectiveTerm


def totals(settled: Settled) -> tuple[HoursPerMonth, PersonDays]:
    """Operations hours a month, and person-days that the choices add to building the features."""
    chosen = settled.chosen.values()
    return HoursPerMonth(round(ops_hours(settled), 2)), PersonDays(round(sum(o.build for o in chosen), 2))


def ops_hours(settled: Settled) -> float:
    """Hours a month of all parts, with those of each machine."""
    return sum(o.ops for o in settled.chosen.values()) + settled.chosen["compute"].each * settled.counts[0]


def objective(settled: Settled, ground: Ground) -> tuple[ObjectiveTerm, ...]:
    """Infrastructure, operations, building, outages, risk: each weighed, with its arithmetic."""
    demand, chosen = ground.demand, tuple(settled.chosen.values())
    sums = dict.fromkeys(WEIGHT, 0.0)
    for option in chosen:
        for name, value in money(option, demand).items():
            sums[name] += value
    sums["infrastructure"] += rent(settled.chosen["compute"], settled.counts)
    sums["operations"] += settled.chosen["compute"].each * settled.counts[0] * demand.hourly
    hours, days = ops_hours(settled), sum(o.build for o in chosen)
    away = sum(o.down for o in chosen)
    formulas = {
        "infrastructure": "sum of list prices in the chosen region",
        "operations": f"{hours:.2f} h * {demand.hourly:g} USD",
        "building": f"{days:.2f} days * 8 h * {demand.hourly:g} USD / {demand.horizon:g} months",
        "outages": f"{away:.6f} * 730 h * {demand.outage:g} USD",
        "risk": "sum of accepted risks",
    }
    found = []
    for name, value in sums.items():
        weight = demand.weights.get(WEIGHT[name], 1.0)
        formula = formulas[name] + (f" * weight {weight:g} ({WEIGHT[name]})" if weight != 1.0 else "")
        found.append(ObjectiveTerm(name=name, month=UsdPerMonth(round(value * weight, 2)), formula=formula))
    return tuple(found)
