"""The same design under more load: what gives in first, the step that mends it, and the bill then."""

import math
from collections.abc import Mapping
from typing import Final

from archsmith.evaluate.cost import Machine, Scale, cost
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.evaluate.steps import Step, step_for
from archsmith.formulas.growth import months_until
from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.phrases import number
from archsmith.kernel.provenance import Derived, Stated
from archsmith.kernel.units import PerSecond, Ratio, Utilisation
from archsmith.model.base import Figure
from archsmith.model.report import GrowthRow, GrowthStep

FACTORS: Final = (1.0, 3.0, 10.0, 30.0, 100.0)
"""The loads that are looked at, over that of the horizon."""


def growth(stack: Stack, stations: Mapping[str, Station]) -> tuple[GrowthRow, ...]:
    """A row for each factor; the steps of a row are all that the design needs to go from today to there."""
    return tuple(_row(stack, stations, factor) for factor in FACTORS)


def path(stack: Stack, stations: Mapping[str, Station], rows: tuple[GrowthRow, ...]) -> tuple[GrowthStep, ...]:
    """The steps in the order in which they fall due: for each, from which load on, when that is reached, what it does.

    What is enlarged for one of the loads that are looked at is due again right above it.
    """
    found, before = [], 1.0
    for row in rows:
        until = float(row.factor)
        for station in stations.values():
            at = max(before, limit(stack) / station.utilisation if station.utilisation > 0 else math.inf)
            if at < until:
                step = step_for(stack, station, until, limit(stack))
                found.append(
                    GrowthStep(
                        at=Ratio(at),
                        until=row.factor,
                        element=station.element,
                        step=step.words,
                        reached_after=_when(stack, at),
                        month=row.month,
                        rewrite=step.rewrite,
                    )
                )
        before = until
    return tuple(sorted(found, key=lambda s: (s.until, s.at, s.element)))


def limit(stack: Stack) -> float:
    """Utilisation up to which a station is taken to hold: what the headroom leaves."""
    return 1 - min(0.9, max(0.0, stack.view.targets.headroom.value))


def _row(stack: Stack, stations: Mapping[str, Station], factor: float) -> GrowthRow:
    peak = stack.view.workload.peak.value * factor
    ordered = sorted(stations.values(), key=lambda s: (-s.utilisation, s.key))
    if not ordered:
        services = stack.view.architecture.services
        first, used = (ElementId(f"service:{services[0].id}") if services else ElementId("")), 0.0
    else:
        first, used = ordered[0].element, ordered[0].utilisation * factor
    most = 1.0 if factor == 1.0 else limit(stack)
    full = [s for s in ordered if s.utilisation * factor > most]
    steps = [step_for(stack, s, factor, limit(stack)) for s in full]
    machines = {s.deployment: s.machine for s in steps if s.deployment is not None and s.machine is not None}
    bill = cost(stack, Scale(factor, machines))
    return GrowthRow(
        factor=Ratio(factor),
        peak=PerSecond(peak),
        first=first,
        utilisation=Utilisation(used),
        holds=not full,
        step=_said(stack, steps, first, used),
        changes=_changes(stack, factor, machines, steps),
        month=bill.total,
        reached_after=_when(stack, factor),
    )


def _said(stack: Stack, steps: list[Step], first: ElementId, used: float) -> str:
    if not steps:
        return f"none: {stack.view.name(first)} is {number(used * 100)}% busy"
    return "; ".join(s.words for s in steps)


def _changes(
    stack: Stack, factor: float, machines: Mapping[DeploymentId, Machine], steps: list[Step]
) -> tuple[Figure, ...]:
    rows: list[Figure] = []
    for deployment in stack.view.architecture.deployments:
        machine = machines.get(deployment.id)
        if machine is not None:
            step = next(s for s in steps if s.deployment == deployment.id)
            rows.append(
                Figure(
                    id=f"growth.{factor:g}x.{deployment.id}",
                    what=f"{machine.instance} for {deployment.name}",
                    value=float(machine.count),
                    unit="instances",
                    formula=step.formula,
                    why=Derived(rule="evaluate.growth", formula=step.formula, inputs=("headroom", str(deployment.id))),
                )
            )
    rows += [
        Figure(
            id=f"growth.{factor:g}x.{s.key}.parts",
            what=s.words,
            value=float(s.parts),
            unit="parts",
            formula=s.formula,
            why=Derived(rule="evaluate.growth", formula=s.formula, inputs=("headroom", s.key)),
        )
        for s in steps
        if s.parts > 1
    ]
    return tuple(rows)


def monthly_rate(stack: Stack) -> float:
    """Growth a month as a rate (0.05 is 5 %); a workload that states a factor of 1 or more means that factor."""
    value = float(stack.view.workload.growth_per_month.value)
    return value - 1 if value >= 1 else value


def _when(stack: Stack, factor: float) -> str:
    if factor <= 1:
        return "the planning horizon"
    rate = monthly_rate(stack)
    months = months_until(1.0, factor, Ratio(rate))
    said = "stated" if isinstance(stack.view.workload.growth_per_month.why, Stated) else "assumed"
    if months is None:
        return f"not reached: {said} growth is none"
    years = f" ({number(months / 12)} years)" if months >= 24 else ""
    return f"{math.ceil(months)} months{years} after the horizon at {said} {rate * 100:.1f}% a month"
