"""Service is back in the time that the target gives."""

import math
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
from archsmith.formulas.recovery import restore_time
from archsmith.kernel.units import Bytes, Seconds

_DAY = 86_400.0


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """A target shorter than a restore takes a standby that takes over, or a hosting whose restore is fast enough."""
    demand = ground.demand
    takes = {
        trait: restore(ground, managed=managed)
        for trait, managed in (("restores:managed", True), ("restores:own", False))
    }
    fits = [trait for trait, seconds in takes.items() if seconds <= demand.rto]
    if len(fits) < len(takes):
        yield Demands(
            given="",
            one_of=("failover", *fits),
            because=Barrier(
                name="recovery_time",
                fact=f"back within {demand.rto:,.0f} s; a restore of {demand.database_gb:,.3g} GB takes "
                f"{takes['restores:managed']:,.0f} s from a provider's volume, {takes['restores:own']:,.0f} s from a "
                "copy of our own",
                requirements=demand.binding.get("rto", ()),
                soft="rto" in demand.soft,
                relaxation=f"accept {min(takes.values()):,.0f} s until it is back",
            ),
        )


def restore(ground: Ground, *, managed: bool) -> float:
    """Seconds until the primary store answers from its backup: people, the data, and a day of log to replay."""
    demand, parameter = ground.demand, ground.resilience
    size = Bytes(demand.database_gb * 1e9)
    large = not managed and size > parameter("backup.parallel_above")
    log = Bytes(demand.writes / demand.peak_factor * _DAY * parameter("backup.log_bytes"))
    return restore_time(
        size,
        log,
        parameter("backup.restore_rate"),
        Seconds(parameter("backup.restore_fixed")),
        streams=parameter("backup.restore_streams") if large else 1.0,
        most=Seconds(parameter("backup.restore_volume") if managed else math.inf),
    )


CONSTRAINT = Constraint(
    id="recovery_time",
    what="a recovery time below that of a restore takes a standby of the primary store",
    why="notice, decide, fetch, replay and switch take half an hour before the first byte",
    check=check,
)
