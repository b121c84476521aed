"""Files in masses come from an edge network."""

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

_MOST = 0.5
"""Gbit/s at the peak that one origin is trusted with: half of a usual machine's or bucket's share of a line."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Above half a gigabit a second of files at the peak, readers are served at the edge."""
    demand = ground.demand
    rate = demand.media_gb * 8 / 2_630_000 * demand.peak_factor
    if rate > _MOST:
        yield Demands(
            given="",
            one_of=("cdn:edge",),
            because=Barrier(
                name="media",
                fact=f"{rate:.2f} Gbit/s of files at the peak, one origin is trusted with {_MOST:g}",
                requirements=demand.binding.get("egress", ()),
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="media",
    what="files above 0.5 Gbit/s at the peak are delivered by an edge network",
    why="one origin's line would be full, and far readers would wait",
    check=check,
)
