"""Masses of single rows beyond what one primary store writes or brings back."""

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

_MOST_GB = 10_000.0
"""GB in partitions that one relational primary keeps: the newest are back within hours, the old ones never change."""
_SHARE = 0.5
"""Share of the writes that one primary commits at best, left to these rows: the rest of the system writes too."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Beyond ten terabytes or half of what one primary commits, such rows are spread by key over several nodes."""
    rows = ground.demand.keyed
    kept, most = rows.gb * ground.capacity("compression.sql"), ground.capacity("sql.write_ceiling") * _SHARE
    if kept <= _MOST_GB and rows.writes <= most:
        return
    fact = (
        f"{kept:,.0f} GB of rows with indexes, one relational store keeps {_MOST_GB:,.0f} GB in partitions"
        if kept > _MOST_GB
        else f"{rows.writes:,.0f} single rows/s are written at the peak, one primary can give them {most:,.0f}/s"
    )
    yield from ban_where(
        options,
        lambda o: "keyed:one_writer" in o.gives,
        lambda o: Barrier(
            name="masses_by_key", fact=fact, requirements=ground.demand.binding.get("load", ()), waivable=False
        ),
    )


CONSTRAINT = Constraint(
    id="masses_by_key",
    what="single rows in masses beyond what one primary writes or brings back are spread by key over several nodes",
    why="its one writer and its one log bound a relational store, however large the machine",
    check=check,
)
