"""What findings of an earlier round demand."""

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
    ban_where,
)
from archsmith.decide.delays import AT_MOST


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Cuts of kind `forbid` and `at_most`; those of kind `at_least` are counts, which the solver takes directly.

    A ceiling on delays is soft: where no design keeps it, it gives way, and the finding stays.
    """
    seconds = sorted((cut for cut in cuts if cut.kind == AT_MOST), key=lambda c: -float(c.value))
    for number, cut in enumerate(seconds, 1):  # the tightest one gives way first
        name = "latency" if number == 1 else f"latency {number}"
        because = Barrier(name=name, fact=cut.reason, soft=True, relaxation="answer in {value:.3g} s")
        yield Ceiling(what="delay", most=float(cut.value), because=because)
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
