"""The same design under more load: what gives in first, the step that mends it, and the bill then."""

import math
from collections.abc import Iterable, Mapping
from typing import Final

from archsmith.evaluate.cost import Cost, Extra, Machine, Scale, added, cost
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.steps import Load, Step, steps_for
from archsmith.formulas.growth import months_until
from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.phrases import number
from archsmith.kernel.provenance import Assumed, Derived
from archsmith.kernel.units import PerSecond, PersonDays, Ratio, Utilisation
from archsmith.knowledge.effort import EFFORT
from archsmith.model.base import Figure
from archsmith.model.report import GrowthRow, GrowthStep

FACTORS: Final = (1.0, 3.0, 10.0, 30.0, 100.0)
"""The loads that are looked at, over that of the horizon."""


def growth(load: Load, factors: tuple[float, ...] = FACTORS) -> tuple[GrowthRow, ...]:
    """A row for each factor; the steps of a row are all that the design needs to go from today to there."""
    return tuple(_row(load, factor) for factor in factors)


def path(load: Load, rows: tuple[GrowthRow, ...]) -> tuple[GrowthStep, ...]:
    """The steps in the order in which they fall due: for each, from which load on, when that is reached, what it does.

    What is enlarged for one of the loads that are looked at is due again right above it. Where one structure is enough
    for a later load, the words of its step are those of the first time.
    """
    found: list[GrowthStep] = []
    stack, before, taken = load.stack, 1.0, set[tuple[str, str]]()
    for row in rows:
        until = float(row.factor)
        steps = steps_for(load, load.gaps(until), until)
        for step in steps:
            gap = step.gaps[0]
            same = (gap.key, step.words)
            if same in taken:
                continue
            taken.add(same)
            at = min(until, max(before, gap.at))
            found.append(
                GrowthStep(
                    at=Ratio(at),
                    until=row.factor,
                    element=gap.element,
                    resource=gap.resource,
                    step=step.words,
                    formula=step.formula,
                    reached_after=_when(stack, at),
                    month=row.month,
                    extra=added(stack, step.deployment, step.machine, step.extra),
                    days=PersonDays(step.days),
                    rewrite=step.rewrite,
                    prepared=step.prepared,
                )
            )
        before = until
    return tuple(sorted(found, key=lambda s: (s.until, s.at, s.element)))


def rebuilt(stack: Stack) -> tuple[PersonDays, str]:
    """Person-days of building the same operations and tables once more, and the arithmetic: what a rewrite costs."""
    rows = stack.catalogue.table(EFFORT)
    operations = [rows[f"operation.{o.access}"].value for o in stack.view.domain.operations]
    tables = len(stack.view.architecture.tables)
    each, base = rows["table"].value, rows["foundation.base"].value
    said = (
        f"{len(operations)} operations: {number(sum(operations))} + {tables} tables x {number(each)} + {number(base)}"
    )
    return PersonDays(sum(operations) + tables * each + base), said


def limit(stack: Stack) -> float:
    """Utilisation up to which a station is taken to hold: what the headroom leaves."""
    return 1 - min(0.9, max(0.0, stack.view.targets.headroom.value))


def _bill(stack: Stack, factor: float, steps: Iterable[Step]) -> Cost:
    machines: dict[DeploymentId, Machine] = {}
    extras: tuple[Extra, ...] = ()
    for step in steps:
        if step.deployment is not None and step.machine is not None:
            machines[step.deployment] = step.machine
        extras += step.extra
    return cost(stack, Scale(factor, machines, extras))


def _row(load: Load, factor: float) -> GrowthRow:
    stack = load.stack
    first = load.first()
    gaps = load.gaps(factor)
    steps = steps_for(load, gaps, factor)
    bill = _bill(stack, factor, steps)
    services = stack.view.architecture.services
    nobody = ElementId(f"service:{services[0].id}") if services else ElementId("")
    used = load.used(first, factor) if first else 0.0
    return GrowthRow(
        factor=Ratio(factor),
        peak=PerSecond(stack.view.workload.peak.value * factor),
        first=first.element if first else nobody,
        resource=first.resource if first else "",
        utilisation=Utilisation(used),
        holds=all(g.raisable for g in gaps),
        step=_said(load, steps, factor),
        changes=_changes(stack, factor, steps),
        month=bill.total,
        infrastructure=bill.infrastructure,
        within_budget=bill.within_budget,
        reached_after=_when(stack, factor),
    )


def _said(load: Load, steps: tuple[Step, ...], factor: float) -> str:
    first = load.first()
    if steps or first is None:
        return "; ".join(s.words for s in steps)
    name = load.stack.view.name(first.element)
    return f"none: {name} has {number(load.used(first, factor) * 100)}% of its {first.resource} in use"


def _changes(stack: Stack, factor: float, steps: tuple[Step, ...]) -> tuple[Figure, ...]:
    names: Mapping[DeploymentId, str] = {d.id: d.name for d in stack.view.architecture.deployments}
    rows: list[Figure] = []
    for step in steps:
        gap = step.gaps[0]
        inputs = ("headroom", _figure_of(gap.kind, gap.key, gap.element))
        if step.deployment is not None and step.machine is not None:
            what = f"{step.machine.instance or 'nodes'} for {names[step.deployment]}"
            count = float(step.machine.count)
            rows.append(_figure(f"growth.{factor:g}x.{step.deployment}", what, count, "instances", step, inputs))
        if step.parts > 1:
            ident = f"growth.{factor:g}x.{step.deployment}.parts"
            rows.append(_figure(ident, step.words, float(step.parts), "parts", step, inputs))
    return tuple(rows)


def _figure_of(kind: str, key: str, element: ElementId) -> str:
    """The name of the figure of what is full."""
    return f"station.{key}" if kind == "time" else f"ceiling.{key}" if key else str(element)


def _figure(ident: str, what: str, value: float, unit: str, step: Step, inputs: tuple[str, ...]) -> Figure:
    why = Derived(rule="evaluate.growth", formula=step.formula, inputs=inputs)
    return Figure(id=ident, what=what, value=value, unit=unit, formula=step.formula, why=why)


def monthly_rate(stack: Stack) -> float:
    """Growth a month as a rate (0.05 is 5 %); a workload that states a factor of 1 or more means that factor."""
    value = float(stack.view.workload.growth_per_month.value)
    return value - 1 if value >= 1 else value


def _when(stack: Stack, factor: float) -> str:
    if factor <= 1:
        return "the planning horizon"
    rate = monthly_rate(stack)
    months = months_until(1.0, factor, Ratio(rate))
    said = "assumed" if isinstance(stack.view.workload.growth_per_month.why, Assumed) else "stated"
    if months is None:
        return f"not reached: {said} growth is none"
    years = f" ({number(months / 12)} years)" if months >= 24 else ""
    return f"{math.ceil(months)} months{years} after the horizon at {said} {rate * 100:.1f}% a month"
