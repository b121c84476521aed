"""Utilisation at the peak: what each machine and each store is asked for, what it can do, and where it gives in."""

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from archsmith.evaluate.stack import Stack
from archsmith.evaluate.visits import Path, Visit
from archsmith.formulas.queueing_general import EXPONENTIAL, allen_cunneen, mg1
from archsmith.formulas.sizing import offered_load
from archsmith.kernel.ids import DeploymentId, ElementId, element
from archsmith.kernel.phrases import duration, number
from archsmith.kernel.units import Count, Erlangs, PerSecond, Ratio, Seconds, Utilisation
from archsmith.model.architecture import Deployment, Topology
from archsmith.model.report import StationLoad

BUSY = 0.999
"""Utilisation from which a queue is taken to grow without end: no steady state is computed above it."""


class Station(Struct, frozen=True):
    """A resource: `servers` that work in parallel, arrivals a second and their mean service time on one server.

    `mean`: servers' worth of work that arrives on the mean of a month, where the rest is of the peak. `scv`: squared
    coefficient of variation of the service times of all visits together. `inputs`: the figures and the rows of the
    catalogue that it comes from.
    """

    key: str
    element: ElementId
    deployment: DeploymentId | None
    resource: str
    arrivals: PerSecond
    seconds: Seconds
    servers: float
    mean: float
    scv: float
    inputs: tuple[str, ...]

    @property
    def offered(self) -> Erlangs:
        """Servers' worth of work that arrives."""
        return offered_load(self.arrivals, self.seconds)

    @property
    def utilisation(self) -> Utilisation:
        """Share of the servers that is busy; above 1 the station can't keep up."""
        return Utilisation(self.offered / self.servers)

    @property
    def slots(self) -> int:
        """Whole servers of the queueing model; a share of a core makes all of them that much slower."""
        return max(1, math.ceil(self.servers - 1e-9))

    @property
    def stretch(self) -> float:
        """By how much a visit is longer on one of the whole servers, so that their sum does what the real ones do."""
        return self.slots / self.servers

    def wait(self) -> tuple[float, float]:
        """Probability of waiting, and the mean wait of those who wait, in seconds. Only below saturation.

        M/G/1 (Pollaczek-Khinchine) at one server, Allen-Cunneen's M/G/c at several: many callers arrive independently,
        and short visits stand behind long ones in one queue.
        """
        seconds, mixed = Seconds(self.seconds * self.stretch), Ratio(self.scv)
        if self.slots == 1:
            queue = mg1(self.arrivals, seconds, mixed)
        else:
            queue = allen_cunneen(self.arrivals, seconds, self.slots, EXPONENTIAL, mixed)
        return float(queue.wait_probability), queue.wait / queue.wait_probability if queue.wait_probability > 0 else 0.0


class _Tally(Struct):
    """What arrives at a station: visits a second, their work, that on the mean of a month, its second moment."""

    rate: float = 0.0
    work: float = 0.0
    calm: float = 0.0
    square: float = 0.0
    node: bool = True
    parts: dict[ElementId, float] = field(default_factory=dict)
    inputs: dict[str, None] = field(default_factory=dict)

    def add(self, path: Path, visit: Visit, arrivals: float) -> None:
        """Visits of a path; the time of one kind of visit is taken as exponential, its second moment twice the square
        of the mean."""
        work = arrivals * visit.seconds
        self.rate += arrivals
        self.work += work
        self.calm += work * path.calm
        self.square += 2 * work * visit.seconds
        self.node = self.node and visit.node
        self.parts[visit.element] = self.parts.get(visit.element, 0.0) + work
        self.inputs.update(dict.fromkeys((f"{path.operation.id}.peak", *visit.rates)))

    @property
    def scv(self) -> float:
        """Variance over mean squared of a visit's time: 1 where all visits are alike, more where short meets long."""
        return max(0.0, self.square * self.rate / self.work**2 - 1)


def stations(stack: Stack, found: Iterable[Path]) -> Mapping[str, Station]:
    """The stations by key, busiest first."""
    tallies: dict[str, _Tally] = {}
    for path in found:
        for visit, share in _shares(path):
            arrivals = path.rate * share * visit.count
            if arrivals > 0 and visit.seconds > 0:
                tallies.setdefault(visit.station, _Tally()).add(path, visit, arrivals)
    rows = [_station(stack, key, tally) for key, tally in tallies.items()]
    return {s.key: s for s in sorted(rows, key=lambda s: (-s.utilisation, s.key))}


def _shares(path: Path) -> Iterable[tuple[Visit, float]]:
    """Visits with the share of requests that makes them."""
    yield from ((v, 1 - path.hit) for v in path.visits)
    yield from ((v, path.hit) for v in path.hit_visits if path.hit > 0)


def _station(stack: Stack, key: str, tally: _Tally) -> Station:
    by_id = {str(d.id): d for d in stack.view.architecture.deployments}
    deployment = by_id.get(key)
    if deployment is None:
        servers, resource = 1.0, "throughput"
    elif tally.node:
        servers, resource = float(stack.active(deployment)), "nodes"
    else:
        servers, resource = stack.active(deployment) * stack.cores(deployment), "CPU"
    inputs = tuple(tally.inputs)
    return Station(
        key,
        _face(stack, deployment, tally.parts),
        deployment.id if deployment else None,
        resource,
        PerSecond(tally.rate),
        Seconds(tally.work / tally.rate),
        servers,
        tally.calm,
        tally.scv,
        (*inputs, f"count.{deployment.id}") if deployment else inputs,
    )


def _face(stack: Stack, deployment: Deployment | None, parts: Mapping[ElementId, float]) -> ElementId:
    """The element that a station is shown as: the busiest service, else the busiest store not inside another."""
    inside = {element("store", s.id) for s in stack.view.architecture.stores if s.topology is Topology.EMBEDDED}
    ranked = sorted(parts, key=lambda e: (-parts[e], e))
    services = [e for e in ranked if e.startswith("service:")]
    apart = [e for e in ranked if e not in inside]
    if not services and not apart and deployment is not None:
        apart = [e for e in deployment.runs if e.startswith("store:")]
    return next(iter([*services, *apart, *ranked]))


def load_of(station: Station) -> StationLoad:
    """The row of the report, with the figures put in."""
    used = station.utilisation
    capacity = PerSecond(station.servers / station.seconds)
    unit = {"CPU": "vCPU", "nodes": "nodes"}.get(station.resource, "service")
    return StationLoad(
        element=station.element,
        deployment=station.deployment,
        resource=station.resource,
        arrivals=station.arrivals,
        service_time=station.seconds,
        servers=Count(station.servers),
        offered=station.offered,
        utilisation=used,
        capacity=capacity,
        saturates_at=Ratio(1 / used) if used > 0 else Ratio(1e6),
        formula=f"{number(station.arrivals)}/s x {duration(station.seconds)} / {number(station.servers)} {unit}"
        f" = {number(used * 100)}%",
        inputs=station.inputs,
    )
