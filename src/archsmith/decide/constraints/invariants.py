"""Money and atomic changes need a store that guards them."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Constraint,
    Cut,
    Demands,
    Ground,
    Option,
    Requirements,
    Rule,
)


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Where a command moves money or must change several things at once, the store has constraints and transactions."""
    demand = ground.demand
    if demand.strict:
        yield Demands(
            given="",
            one_of=("engine.constraints",),
            because=Barrier(
                name="invariants",
                fact="commands move money or change several things at once, which only a store with transactions keeps "
                "whole",
                requirements=demand.binding.get("atomic", ()),
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="invariants",
    what="commands that move money or must be atomic take a store with transactions and constraints",
    why="what code alone checks breaks with the first concurrent request",
    check=check,
)
