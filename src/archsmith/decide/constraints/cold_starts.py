"""Functions start too slowly for some operations."""

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
    """Functions are out below the time of a cold start, with open connections, and for steady streams."""
    demand, start = ground.demand, ground.capacity("function.cold_start")
    held = demand.real_time or demand.devices or demand.stream > 0
    if demand.tightest >= start and not held:
        return
    asked = "stream" if demand.stream > 0 else "push" if held else "latency"
    fact = (
        "open connections or streams"
        if held
        else f"an operation has {demand.tightest:.2f} s, a cold start takes {start:.2f} s"
    )
    yield from ban_where(
        options,
        lambda o: "functions" in o.gives,
        lambda o: Barrier(name="cold_starts", fact=fact, requirements=demand.binding.get(asked, ()), waivable=False),
    )


CONSTRAINT = Constraint(
    id="cold_starts",
    what="functions serve no operation that must answer faster than they start, and hold no connections",
    why="at low load most requests meet a cold start, at high load some do",
    check=check,
)
