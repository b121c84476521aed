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
"""GB of appended rows that one relational primary can keep, back up and restore in a working day."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Readings or events beyond two terabytes (with indexes) need a store that compresses them."""
    demand = ground.demand
    kept = (demand.series_gb + demand.logs_gb) * ground.capacity("compression.sql")
    if kept > _MOST_GB:
        fact = f"{kept:,.0f} GB of rows with indexes, one relational store keeps {_MOST_GB:,.0f} GB"
        yield from ban_where(
            options,
            lambda o: o.id in ("postgresql_rollups", "postgresql_partitions"),
            lambda o: Barrier(name="masses", fact=fact, requirements=demand.binding.get("masses", ()), waivable=False),
        )


CONSTRAINT = Constraint(
    id="masses",
    what="appended rows beyond 2 TB are kept in columns, compressed",
    why="a copy of them could not be restored in a working day",
    check=check,
)
