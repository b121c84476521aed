"""No more data is lost than the target says."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
    ban_where,
)


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """A nightly copy alone loses up to a day."""
    demand = ground.demand
    if demand.rpo >= 86_400:
        return
    yield from ban_where(
        options,
        lambda o: o.axis == "backup" and o.key == "nightly",
        lambda o: Barrier(
            name="recovery_point",
            fact=f"a nightly copy loses up to 86,400 s, allowed are {demand.rpo:,.0f} s",
            requirements=demand.binding.get("recovery", ()),
            soft="rpo" in demand.soft,
        ),
    )


CONSTRAINT = Constraint(
    id="recovery_point",
    what="the interval between copies may not exceed the recovery point objective",
    why="what was written after the last copy is gone",
    check=check,
)
