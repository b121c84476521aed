"""Commands over the pushed channel."""

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
    """Where results of commands are pushed within a second, polling and one-way streams are too slow."""
    if ground.demand.two_way and ground.demand.tightest <= 1.0:
        yield Demands(
            given="realtime:push",
            one_of=("realtime:two_way",),
            because=Barrier(
                name="two_way",
                fact="commands and their results share a channel",
                requirements=ground.demand.binding.get("push", ()),
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="two_way",
    what="commands whose results are pushed at once take a two-way channel",
    why="a round trip through polling would miss the latency",
    check=check,
)
