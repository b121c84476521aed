"""Rows that belong to somebody."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Ban,
    Barrier,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
)


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Where rows have an owner or a tenant, a role alone may not open them."""
    owned = ground.demand.owned
    if owned:
        kinds = "one kind" if owned == 1 else f"{owned} kinds"
        yield Ban(
            axis="authorization",
            key="roles",
            because=Barrier(
                name="whose_rows",
                fact=f"{kinds} of rows belong to somebody; a role alone would open everybody's",
                requirements=ground.demand.binding.get("security", ()),
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="whose_rows",
    what="rows that belong to somebody are opened to their owner, not to everybody with the same role",
    why="broken object-level authorization comes first in the OWASP API Security Top 10 (2023)",
    check=check,
)
