"""What a constraint is: a small unit with an id, what it says and why, and a check that yields rules."""

from collections.abc import Callable, Iterator

import msgspec

from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Barrier, Ceiling, Demands, Option, Rule
from archsmith.model.decisions import Cut
from archsmith.model.requirements import Requirements

Check = Callable[[Ground, tuple[Option, ...], Requirements, tuple[Cut, ...]], Iterator[Rule]]


class Constraint(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is stable and unique; `what` it forbids, `why` it exists; `check` yields its rules for one run."""

    id: str
    what: str
    why: str
    check: Check


def ban_where(
    options: tuple[Option, ...], holds: Callable[[Option], bool], because: Callable[[Option], Barrier]
) -> Iterator[Rule]:
    """A ban for each option for which `holds`."""
    for option in options:
        if holds(option):
            yield Ban(axis=option.axis, key=option.key, because=because(option))


__all__ = [
    "Ban",
    "Barrier",
    "Ceiling",
    "Constraint",
    "Cut",
    "Demands",
    "Ground",
    "Option",
    "Requirements",
    "Rule",
    "ban_where",
]
