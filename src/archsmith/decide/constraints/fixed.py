"""Decisions that a person took."""

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
    """All other options of the dimension are out. A dimension or option that does not exist fixes nothing."""
    for fixed in requirements.fixed:
        rows = [o for o in options if o.dimension == fixed.dimension]
        axes = {o.axis for o in rows if o.id == fixed.option}
        yield from ban_where(
            options,
            lambda o, axes=axes, fixed=fixed: o.axis in axes and o.id != fixed.option,  # type: ignore[misc]
            lambda o, fixed=fixed: Barrier(
                name=f"fixed.{fixed.dimension}",  # type: ignore[misc]
                fact=f"{_plain(fixed.dimension)} is fixed to {_plain(fixed.option)}",
                requirements=ground.demand.binding.get(f"fixed.{fixed.dimension}", ()),
                relaxation=f"leave {_plain(fixed.dimension)} open",
            ),
        )


def _plain(ident: str) -> str:
    return ident.replace("_", " ")


CONSTRAINT = Constraint(
    id="fixed",
    what="a decision that a person fixed is not taken again",
    why="requirements.yaml is theirs to edit",
    check=check,
)
