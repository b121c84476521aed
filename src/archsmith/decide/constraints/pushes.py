"""What must arrive at once is pushed."""

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

_TIMER = 10.0
"""Seconds: a screen that asks every 5 s shows a change after 5 s at most, and with a slow network after 10."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Asking on a timer is out where a result must arrive within the time of two questions."""
    within = ground.demand.push_within
    if not ground.demand.real_time or within > _TIMER:
        return
    yield from ban_where(
        options,
        lambda o: "realtime:polling" in o.gives,
        lambda o: Barrier(
            name="pushes",
            fact=f"a result must arrive within {within:g} s, a timer of 5 s is sure of {_TIMER:g} s",
            requirements=ground.demand.binding.get("push", ()),
            relaxation="let results appear within 10 s instead of pushing them",
        ),
    )


CONSTRAINT = Constraint(
    id="pushes",
    what="results that must arrive within 10 s are pushed, not asked for on a timer",
    why="a timer that is fast enough multiplies the load, one that is not is late",
    check=check,
)
