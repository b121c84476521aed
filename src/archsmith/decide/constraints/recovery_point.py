"""No more data is lost than the target says."""

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
    ban_where,
)


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """A nightly copy loses up to a day, a provider's log five minutes, one of our own a minute, a standby nothing."""
    demand = ground.demand
    lag, least = (ground.resilience(f"backup.{n}") for n in ("log_lag", "log_lag_least"))
    if demand.rpo < lag:
        own = demand.rpo >= least
        yield Demands(
            given="",
            one_of=("failover", "ships_log") if own else ("failover",),
            because=Barrier(
                name="recovery_point",
                fact=f"at most {demand.rpo:,.0f} s of writes may be lost: a provider's log runs {lag:,.0f} s behind, "
                f"one of our own {least:,.0f} s, a standby that confirms each write none",
                requirements=demand.binding.get("rpo", ()),
                soft="rpo" in demand.soft,
                relaxation=f"accept the loss of the last {lag:,.0f} s of writes",
            ),
        )
    if demand.rpo >= 86_400:
        return
    yield from ban_where(
        options,
        lambda o: "backup:nightly" in o.gives,
        lambda o: Barrier(
            name="recovery_point",
            fact=f"a nightly copy loses up to 86,400 s, allowed are {demand.rpo:,.0f} s",
            requirements=demand.binding.get("rpo", ()),
            soft="rpo" in demand.soft,
            relaxation="accept the loss of a day of writes",
        ),
    )


CONSTRAINT = Constraint(
    id="recovery_point",
    what="neither the interval between copies nor the lag of the log may exceed the recovery point objective",
    why="what was written after the last copy is gone",
    check=check,
)
