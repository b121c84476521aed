"""Many answers in little time come from memory."""

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
)
from archsmith.kernel.phrases import duration


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Where an operation has less time than a busy store's slow answers take, what it looks up is in memory."""
    demand = ground.demand
    rate = demand.web + demand.stream
    most, many = ground.figure("memory.answer_within"), ground.figure("memory.answers")
    if demand.tightest > most or rate < many:
        return
    yield Demands(
        given="",
        one_of=("fast_copy",),
        because=Barrier(
            name="hurried",
            fact=f"an operation has {duration(demand.tightest)} at {rate:,.0f} requests/s, and one in twenty queries "
            "of a busy store takes longer",
            requirements=demand.binding.get("load", ()),
            waivable=False,
        ),
    )


CONSTRAINT = Constraint(
    id="hurried",
    what="what must be answered within some 50 ms hundreds of times a second is looked up in memory",
    why="the slow answers of a store under load alone take as long",
    check=check,
)
