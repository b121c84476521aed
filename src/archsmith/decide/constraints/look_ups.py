"""Sessions that are looked up with each request."""

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

_CORES = 2.0
"""Cores of the primary store that look-ups of sessions may take: no cache of answers spares them."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Beyond two cores of look-ups, sessions are no rows of the primary store."""
    demand = ground.demand
    cores = demand.web / ground.capacity("sql.read") / (1 - demand.headroom)
    if cores <= _CORES:
        return
    fact = f"{demand.web:,.0f} look-ups/s would take {cores:,.1f} cores of the primary store, whatever a cache answers"
    yield from ban_where(
        options,
        lambda o: o.id == "session_rows",
        lambda o: Barrier(name="look_ups", fact=fact, requirements=demand.binding.get("load", ()), waivable=False),
    )


CONSTRAINT = Constraint(
    id="look_ups",
    what="under a heavy load sessions are signed tokens or lie in memory, not in the primary store",
    why="each request asks for its session, those too that a cache could have answered alone",
    check=check,
)
