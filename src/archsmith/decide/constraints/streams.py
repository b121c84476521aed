"""Streams that one store can not take directly."""

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
    ban_where,
)


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Above a sixth of what one primary writes at best, a log takes the stream, and its consumers scale apart."""
    demand = ground.demand
    most = ground.capacity("sql.write_ceiling") / 6
    if demand.stream <= most:
        return
    fact = f"{demand.stream:,.0f} messages/s at the peak; straight into the store at most {most:,.0f}/s"
    because = Barrier(name="streams", fact=fact, requirements=demand.binding.get("stream", ()), waivable=False)
    yield from ban_where(options, lambda o: o.axis == "stream" and o.key == "none", lambda o: because)
    yield Demands(given="", one_of=("style:event_driven", "style:microservices"), because=because)
    yield from ban_where(options, lambda o: o.id in ("postgresql_rollups", "postgresql_partitions"), lambda o: because)


CONSTRAINT = Constraint(
    id="streams",
    what="a heavy stream goes through a log, into a store made for masses of rows, with services that scale apart",
    why="a relational primary takes all writes on one machine, and a burst would stop the rest of the system",
    check=check,
)
