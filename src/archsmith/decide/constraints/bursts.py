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
    """A public system with such bursts keeps its pages at the edge, on a platform that adds instances by itself."""
    demand = ground.demand
    if not demand.public or demand.peak_factor < _FACTOR or demand.web < _RATE:
        return
    because = Barrier(
        name="bursts",
        fact=f"{demand.web:,.0f} requests/s at the peak, {demand.peak_factor:,.0f} times the mean",
        requirements=demand.binding.get("load", ()),
        waivable=False,
    )
    yield Demands(given="", one_of=("cdn:edge",), because=because)
    if not demand.on_premises:
        yield Demands(given="", one_of=("autoscaling",), because=because)


CONSTRAINT = Constraint(
    id="bursts",
    what="a public system with bursts of 15 times its mean has an edge network and scales by itself",
    why="machines for the burst would stand idle otherwise, and by hand they come too late",
    check=check,
)
