"""The sum of what takes the service away stays within the target."""

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
from archsmith.kernel.phrases import percent


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """One ceiling: shares of time away add up (an upper bound on their union).

    What the exact evaluation found away beyond that sum, the sum has to leave (cuts of kind `less_down`).
    """
    demand = ground.demand
    beyond = sum(float(c.value) for c in cuts if c.kind == "less_down")
    yield Ceiling(
        what="down",
        most=max(0.0, 1 - demand.availability - beyond) + 1e-9,
        because=Barrier(
            name="availability",
            fact=f"availability of at least {percent(demand.availability)}",
            requirements=demand.binding.get("availability", ()),
            soft="availability" in demand.soft,
            relaxation="accept {value:.3%} availability in place of " + f"{percent(demand.availability)}",
        ),
    )


CONSTRAINT = Constraint(
    id="availability",
    what="parts on the way of a request may be away together for no longer than the target leaves",
    why="each part in series adds its own absence",
    check=check,
)
