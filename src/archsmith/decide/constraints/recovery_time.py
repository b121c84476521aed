"""Service is back in the time that the target gives."""

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

_RESTORE = 900.0
"""Seconds below which a restore from a copy can't be relied on: start a machine, fetch, replay, switch."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """A target below a quarter of an hour takes a standby that takes over."""
    demand = ground.demand
    if demand.rto < _RESTORE:
        yield Demands(
            given="",
            one_of=("failover",),
            because=Barrier(
                name="recovery_time",
                fact=f"back within {demand.rto:,.0f} s; a restore takes at least {_RESTORE:,.0f} s",
                requirements=demand.binding.get("recovery", ()),
                soft="rto" in demand.soft,
            ),
        )


CONSTRAINT = Constraint(
    id="recovery_time",
    what="a recovery time below 15 minutes takes a standby of the primary store",
    why="a restore from a copy takes longer",
    check=check,
)
