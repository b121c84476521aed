"""Answers faster than the system that holds the truth."""

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
    """Data whose master is outside is read from a copy."""
    demand = ground.demand
    if demand.slow_master:
        yield Demands(
            given="",
            one_of=("fast_copy",),
            because=Barrier(
                name="slow_masters",
                fact=f"the truth is in another system, and readers wait at most {demand.latency:.2f} s",
                requirements=demand.binding.get("masters", ()),
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="slow_masters",
    what="data mastered elsewhere is served from a copy of our own",
    why="its latency and its absence would become ours",
    check=check,
)
