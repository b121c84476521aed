"""What findings of an earlier round demand."""

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
    """Cuts of kind `forbid`; those of kind `at_least` are counts, which the solver takes directly."""
    for cut in cuts:
        if cut.kind == "forbid":
            yield from ban_where(
                options,
                lambda o, cut=cut: o.dimension == cut.dimension and cut.value in (o.id, o.key),  # type: ignore[misc]
                lambda o, cut=cut: Barrier(name="finding", fact=cut.reason, waivable=False),  # type: ignore[misc]
            )


CONSTRAINT = Constraint(
    id="demanded_by_findings",
    what="an option that the exact evaluation found wanting is out",
    why="the solver's linear model is an approximation; findings close the gap",
    check=check,
)
