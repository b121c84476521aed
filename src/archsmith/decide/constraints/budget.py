"""The monthly bill stays within the budget."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Ceiling,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
)
from archsmith.kernel.phrases import money


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """One ceiling, where a budget is stated. People's time is not part of a hosting budget."""
    demand = ground.demand
    if demand.budget is None:
        return
    yield Ceiling(
        what="infra",
        most=demand.budget,
        because=Barrier(
            name="budget",
            fact=f"at most {money(demand.budget)} a month for infrastructure",
            requirements=demand.binding.get("budget", ()),
            soft="budget" in demand.soft,
            relaxation="raise the monthly budget to ${value:,.0f}",
        ),
    )


CONSTRAINT = Constraint(
    id="budget",
    what="infrastructure may not cost more a month than the brief allows",
    why="money that is not there can't be spent",
    check=check,
)
