"""Bursts that machines can not be added for in time."""

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

_FACTOR = 15.0
"""Peak over mean from which adding instances (minutes) comes too late."""
_RATE = 100.0
"""Requests a second below which a burst is small enough for any machine."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """A public system with such bursts keeps its pages at the edge, and its jobs in a queue."""
    demand = ground.demand
    if demand.public and demand.peak_factor >= _FACTOR and demand.web >= _RATE:
        yield Demands(
            given="",
            one_of=("cdn:edge",),
            because=Barrier(
                name="bursts",
                fact=f"{demand.web:,.0f} requests/s at the peak, {demand.peak_factor:.0f} times the mean",
                requirements=demand.binding.get("load", ()),
            ),
        )


CONSTRAINT = Constraint(
    id="bursts",
    what="a public system with bursts of 15 times its mean is served through an edge network",
    why="instances start in minutes, a burst in seconds",
    check=check,
)
