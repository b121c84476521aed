"""A store that one process writes."""

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
    """Where jobs run beside requests, or several people write at once, a file with one writer is no store."""
    demand = ground.demand
    if not demand.async_work and demand.writes < 0.001:
        return
    yield from ban_where(
        options,
        lambda o: "engine.one_process" in o.gives,
        lambda o: Barrier(
            name="one_writer", fact="jobs and requests write at the same time, one process may", waivable=False
        ),
    )


CONSTRAINT = Constraint(
    id="one_writer",
    what="an embedded store is out where jobs and requests write at the same time",
    why="the second writer waits or fails",
    check=check,
)
