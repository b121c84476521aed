"""A path that must work while another part is down."""

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


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """What is accepted meanwhile waits in a queue or log that does not live in the primary store."""
    demand = ground.demand
    if demand.apart:
        yield Demands(
            given="",
            one_of=("broker:apart", "stream:log"),
            because=Barrier(
                name="paths_apart",
                fact="a path must work while another part is down, so what it accepts waits outside the primary store",
                requirements=demand.apart,
            ),
        )


CONSTRAINT = Constraint(
    id="paths_apart",
    what="a path that must survive the loss of another part keeps its messages outside that part",
    why="a queue inside the database is down with it",
    check=check,
)
