"""What is varied to find flip points: each lever's figure of today, and the demand with another one.

The factors are those of `archsmith what-if`: traffic alone over the same data, data alone at the same traffic, and so
on, put on what was derived from the brief, so that the demand is gathered as it would be there.
"""

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec.structs import replace

from archsmith.decide import scaling
from archsmith.decide.demand import Demand
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.holds import sums_of
from archsmith.decide.settle import Settled
from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.kernel.units import Count
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.changes import Scale
from archsmith.model.decisions import Cut, Direction, Lever
from archsmith.model.domain import Derivation, Operation
from archsmith.model.requirements import OperationKind, Requirements
from archsmith.model.scaled import scaled

MOST: Final = 100.0
"""Times more or less that is looked at."""


class Stand(msgspec.Struct, frozen=True):
    """What a design was decided under, enough to decide again. `share`: of the asked load that the design is for.

    `clashing`: not all that is asked for can be met; the design is what meets most.
    """

    requirements: Requirements
    derivation: Derivation
    catalogue: Catalogue
    cuts: tuple[Cut, ...]
    ground: Ground
    settled: Settled
    share: float = 1.0
    clashing: bool = False

    @property
    def demand(self) -> Demand:
        """The numbers of today."""
        return self.ground.demand


class Knob(msgspec.Struct, frozen=True):
    """A lever. `figure` of a demand in `unit`; `turned`: the demand at a factor; `span`: the furthest factors.

    `tighter`: the direction in which only limits grow narrower while all options stay what they are; None where the
    options themselves change. `whole`: the figure has no fractions.
    """

    lever: Lever
    unit: str
    figure: Callable[[Demand], float]
    turned: Callable[[Stand, float], Demand]
    span: Callable[[Stand], tuple[float, float]]
    tighter: Direction | None = None
    whole: bool = False


def _gathered(stand: Stand, derivation: Derivation) -> Demand:
    demand = gather(stand.requirements, derivation, stand.catalogue)
    return demand if stand.share == 1.0 else scaling.traffic(demand, stand.share)


def _scaled(lever: Lever) -> Callable[[Stand, float], Demand]:
    def turned(stand: Stand, factor: float) -> Demand:
        return _gathered(stand, scaled(stand.derivation, (Scale(lever=lever, factor=factor),)))

    return turned


def _team(stand: Stand, factor: float) -> Demand:
    """People are whole; they form more teams unless it is said how many there are."""
    targets = stand.derivation.targets
    people = Fact(value=Count(max(1.0, round(stand.demand.team * factor))), why=targets.team.why)
    teams = targets.teams
    if isinstance(teams.why, Derived):
        teams = replace(teams, value=Count(max(1.0, round(people.value / 8))))
    return _gathered(stand, replace(stand.derivation, targets=replace(targets, team=people, teams=teams)))


def _budget(stand: Stand, factor: float) -> Demand:
    return scaling.budgeted(stand.demand, budget_of(stand) * factor)


def _waits(stand: Stand, factor: float) -> Demand:
    """The target, and the limits of operations: stated ones move along; the target itself holds where none is."""
    targets = stand.derivation.targets.latency_p95
    limit = targets.value * factor
    rows = [o for o in stand.derivation.domain.operations if o.kind not in (OperationKind.BATCH, OperationKind.EVENT)]

    def moved(operation: Operation) -> float:
        if not isinstance(operation.latency_p95.why, Assumed):
            return operation.latency_p95.value * factor
        follows = isinstance(targets.why, Assumed) and operation.kind is not OperationKind.STREAM
        return limit if follows else operation.latency_p95.value

    return replace(stand.demand, latency=limit, tightest=min(map(moved, rows), default=limit))


def budget_of(stand: Stand) -> float:
    """USD a month: what is stated, else what the design costs."""
    return stand.demand.budget or sums_of(stand.settled.chosen, stand.settled.counts)["infra"]


def _even(_: Stand) -> tuple[float, float]:
    return 1 / MOST, MOST


def _where(figure: Callable[[Demand], float]) -> Callable[[Stand], tuple[float, float]]:
    """Nothing to vary where the figure is nothing, or without end."""

    def span(stand: Stand) -> tuple[float, float]:
        return (1 / MOST, MOST) if 0 < figure(stand.demand) < float("inf") else (1.0, 1.0)

    return span


def _data(demand: Demand) -> float:
    return (demand.database_gb + demand.series_gb + demand.logs_gb + demand.files_gb) * 1e9


KNOBS: Final = (
    Knob(Lever.TRAFFIC, "requests/s", lambda d: d.web + d.stream, _scaled(Lever.TRAFFIC), _even),
    Knob(Lever.STORAGE, "bytes", _data, _scaled(Lever.STORAGE), _even),
    Knob(Lever.TEAM, "engineers", lambda d: float(d.team), _team, lambda s: (1 / s.demand.team, MOST), whole=True),
    Knob(
        Lever.BUDGET,
        "USD per month",
        lambda d: d.budget or 0.0,
        _budget,
        lambda s: (1 / MOST, MOST if s.demand.budget else 1.0) if budget_of(s) > 0 else (1.0, 1.0),
        Direction.DOWN,
    ),
    Knob(
        Lever.AVAILABILITY,
        "ratio",
        lambda d: d.availability,
        lambda s, f: scaling.nines(s.demand, 1 - min(1.0, (1 - s.demand.availability) / f)),
        lambda s: (1 / MOST, MOST) if s.demand.availability < 1 else (1.0, 1.0),
        Direction.UP,
    ),
    Knob(
        Lever.LATENCY,
        "s",
        lambda d: d.latency,
        _waits,
        _where(lambda d: d.latency),
        Direction.DOWN,
    ),
    Knob(
        Lever.RPO,
        "s",
        lambda d: d.rpo,
        lambda s, f: scaling.recovery(s.demand, rpo=s.demand.rpo * f),
        _where(lambda d: d.rpo),
        Direction.DOWN,
    ),
    Knob(
        Lever.RTO,
        "s",
        lambda d: d.rto,
        lambda s, f: scaling.recovery(s.demand, rto=s.demand.rto * f),
        _where(lambda d: d.rto),
        Direction.DOWN,
    ),
)
"""In the order in which they are listed."""
