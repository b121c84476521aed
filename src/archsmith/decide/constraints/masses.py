"""Masses of rows do not belong in the relational store."""

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

_MOST_GB = 2000.0
"""GB that one relational primary can keep, back up and restore in a working day."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Readings or events that would fill one store beyond two terabytes (with indexes, and with all that lies there
    beside them) need a store that compresses them."""
    demand = ground.demand
    kept = (demand.series_gb + demand.logs_gb) * ground.capacity("compression.sql")
    if kept > 0 and kept + demand.database_gb > _MOST_GB:
        beside = f" beside {demand.database_gb:,.0f} GB of others" if kept <= _MOST_GB else ""
        fact = f"{kept:,.0f} GB of rows with indexes{beside}, one relational store keeps {_MOST_GB:,.0f} GB"
        yield from ban_where(
            options,
            lambda o: o.id in ("postgresql_rollups", "postgresql_partitions"),
            lambda o: Barrier(name="masses", fact=fact, requirements=demand.binding.get("masses", ()), waivable=False),
        )


CONSTRAINT = Constraint(
    id="masses",
    what="appended rows that fill a store beyond 2 TB are kept in columns, compressed",
    why="a copy of them could not be restored in a working day",
    check=check,
)
