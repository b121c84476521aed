"""The monthly bill: every line is a quantity times a unit price, with the price's source and date."""

from collections.abc import Iterable

from msgspec.structs import replace

from archsmith.evaluate.cost.data import data_lines
from archsmith.evaluate.cost.lines import GB, Extra, Machine, Scale, line, usage
from archsmith.evaluate.cost.machines import machine_lines, rents
from archsmith.evaluate.cost.network import network_lines
from archsmith.evaluate.cost.regions import region_lines
from archsmith.evaluate.cost.running import people_lines, running_lines
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import DeploymentId
from archsmith.kernel.units import HoursPerMonth, UsdPerMonth
from archsmith.model.report import Cost, CostKind, CostLine

__all__ = ["GB", "Cost", "Extra", "Machine", "Scale", "added", "cost"]


def cost(stack: Stack, scale: Scale | None = None) -> Cost:
    """The bill at a scale; the design's own load where none is given. Fees of payments are a cost of the business."""
    scale = scale or Scale()
    used = usage(stack, scale)
    parts = (
        *machine_lines(stack, scale, used),
        *data_lines(stack, scale, used),
        *network_lines(stack, used),
        *running_lines(stack, scale, used),
        *region_lines(stack, scale, used),
        *(line(stack, e.owner, CostKind.STORAGE, e.what, e.key, e.quantity, fixed=True) for e in scale.extras),
    )
    lines = _unique([p for p in parts if p is not None])
    people = _unique(list(people_lines(stack, scale)))
    infrastructure = UsdPerMonth(sum(x.month for x in lines))
    work = UsdPerMonth(sum(x.month for x in people))
    budget = stack.view.targets.budget
    return Cost(
        lines=(*lines, *people),
        infrastructure=infrastructure,
        people=work,
        ops_hours=HoursPerMonth(sum(x.quantity for x in people if x.kind is CostKind.PEOPLE)),
        total=UsdPerMonth(infrastructure + work),
        budget=budget.value if budget else None,
        within_budget=infrastructure <= budget.value if budget else None,
    )


def added(stack: Stack, ident: DeploymentId | None, machine: Machine | None, extras: tuple[Extra, ...]) -> UsdPerMonth:
    """What other machines of a deployment cost more a month than today's, and what is bought beside them."""
    total = 0.0
    for deployment in stack.view.architecture.deployments:
        if deployment.id == ident and machine is not None:
            old = Machine(deployment.instance, deployment.count)
            total += _months(rents(stack, deployment, machine)) - _months(rents(stack, deployment, old))
    lines = (line(stack, e.owner, CostKind.STORAGE, e.what, e.key, e.quantity, fixed=True) for e in extras)
    return UsdPerMonth(max(0.0, total) + _months(lines))


def _months(lines: Iterable[CostLine | None]) -> float:
    return sum(x.month for x in lines if x is not None)


def _unique(lines: list[CostLine]) -> tuple[CostLine, ...]:
    """Lines in their order; a second one with the same id gets a number."""
    seen: dict[str, int] = {}
    out: list[CostLine] = []
    for row in lines:
        seen[row.id] = seen.get(row.id, 0) + 1
        name = row.id if seen[row.id] == 1 else f"{row.id}-{seen[row.id]}"
        out.append(replace(row, id=name))
    return tuple(out)
