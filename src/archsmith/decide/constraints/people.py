"""The team can run what it builds."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Ceiling,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
)
from archsmith.kernel.phrases import counted

_SHARE = 0.4
"""Share of a team's working time that running the system may take."""
_MONTH = 140.0
"""Working hours a month of an engineer."""


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """One ceiling on hours of operations work."""
    demand = ground.demand
    yield Ceiling(
        what="ops",
        most=_SHARE * _MONTH * demand.team,
        because=Barrier(
            name="people",
            fact=f"{counted(demand.team, 'engineer')} can give at most {_SHARE * _MONTH * demand.team:.0f} h a month "
            "to running the system",
            requirements=demand.binding.get("team", ()),
            relaxation="have people for {value:.0f} h of operations work a month",
        ),
    )


CONSTRAINT = Constraint(
    id="people",
    what="operations take at most two fifths of the team's hours",
    why="the rest is needed to build",
    check=check,
)
