"""Two zones only help if everything that keeps state is in both, and something balances."""

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
    """Zones demand a standby and a balancer; whatever scales out demands a balancer; functions need a door."""
    yield Demands(
        given="redundant",
        one_of=("failover",),
        because=Barrier(
            name="redundancy",
            fact="two zones without a standby of the store would still lose it with its zone",
            waivable=False,
        ),
    )
    yield Demands(
        given="scales_out",
        one_of=("balances",),
        because=Barrier(
            name="redundancy", fact="several instances need something that spreads requests", waivable=False
        ),
    )
    if ground.demand.real_time:
        yield Demands(
            given="redundant",
            one_of=("shared_memory", "realtime:polling", "broker:apart"),
            because=Barrier(
                name="redundancy",
                fact="what is pushed has to reach the instance that holds the connection",
                waivable=False,
            ),
        )


CONSTRAINT = Constraint(
    id="redundancy",
    what="with two zones the store has a standby; several instances have a balancer and, for pushes, a shared memory",
    why="redundancy of one part alone buys nothing",
    check=check,
)
