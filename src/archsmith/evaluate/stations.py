"""Utilisation at the peak: what each machine and each store is asked for, what it can do, and where it gives in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archsmith.evaluate.stack import Stack
from archsmith.evaluate.visits import Path, Visit
from archsmith.formulas.queueing import mmc
from archsmith.formulas.sizing import offered_load
from archsmith.kernel.ids import DeploymentId, ElementId, element
from archsmith.kernel.phrases import duration, number
from archsmith.kernel.units import Count, Erlangs, PerSecond, Ratio, Seconds, Utilisation
from archsmith.model.architecture import Deployment, Topology
from archsmith.model.report import StationLoad

BUSY = 0.999
"""Utilisation from which a queue is taken to grow without end: no steady state is computed above it."""


@dataclass(frozen=True, slots=True)
class Station:
    """A resource: `servers` that work in parallel, arrivals a second and their mean service time on one server.

    `mean`: servers' worth of work that arrives on the mean of a month, where the rest is of the peak. `inputs`: the
    figures and the rows of the catalogue that it comes from.
    """

    key: str
    element: ElementId
    deployment: DeploymentId | None
    resource: str
    arrivals: PerSecond
    seconds: Seconds
    servers: float
    mean: float
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
        """Whole servers of the queueing model; a share of a core counts as one slower server."""
        return max(1, int(self.servers))

    @property
    def stretch(self) -> float:
        """By how much a visit is longer on one of the whole servers, so that their sum does what the real ones do."""
        return self.slots / self.servers

    def wait(self) -> tuple[float, float]:
        """Probability of waiting, and the mean wait of those who wait, in seconds (M/M/c). Only below saturation."""
        queue = mmc(self.arrivals, Seconds(self.seconds * self.stretch), self.slots)
        return float(queue.wait_probability), queue.wait / queue.wait_probability if queue.wait_probability > 0 else 0.0


def stations(stack: Stack, found: Iterable[Path]) -> Mapping[str, Station]:
    """The stations by key, busiest first."""
    rate: dict[str, float] = {}
    work: dict[str, float] = {}
    calm: dict[str, float] = {}
    first: dict[str, dict[ElementId, float]] = {}
    node: dict[str, bool] = {}
    inputs: dict[str, dict[str, None]] = {}
    for path in found:
        for visit, share in _shares(path):
            arrivals = path.rate * share * visit.count
            if arrivals <= 0 or visit.seconds <= 0:
                continue
            key = visit.station
            rate[key] = rate.get(key, 0.0) + arrivals
            calm[key] = calm.get(key, 0.0) + arrivals * visit.seconds * path.calm
            work[key] = work.get(key, 0.0) + arrivals * visit.seconds
            parts = first.setdefault(key, {})
            parts[visit.element] = parts.get(visit.element, 0.0) + arrivals * visit.seconds
            node[key] = node.get(key, True) and visit.node
            inputs.setdefault(key, {}).update(dict.fromkeys((f"{path.operation.id}.peak", *visit.rates)))
    rows = [
        _station(stack, key, first[key], rate[key], work[key], node[key], calm[key], tuple(inputs[key])) for key in rate
    ]
    return {s.key: s for s in sorted(rows, key=lambda s: (-s.utilisation, s.key))}


def _shares(path: Path) -> Iterable[tuple[Visit, float]]:
    """Visits with the share of requests that makes them."""
    yield from ((v, 1 - path.hit) for v in path.visits)
    yield from ((v, path.hit) for v in path.hit_visits if path.hit > 0)


def _station(
    stack: Stack,
    key: str,
    parts: Mapping[ElementId, float],
    rate: float,
    work: float,
    node: bool,
    calm: float,
    inputs: tuple[str, ...],
) -> Station:
    by_id = {str(d.id): d for d in stack.view.architecture.deployments}
    deployment = by_id.get(key)
    busiest = _face(stack, deployment, parts)
    if deployment is None:
        servers, resource = 1.0, "throughput"
    elif node:
        servers, resource = float(stack.active(deployment)), "nodes"
    else:
        servers, resource = stack.active(deployment) * stack.cores(deployment), "CPU"
    return Station(
        key,
        busiest,
        deployment.id if deployment else None,
        resource,
        PerSecond(rate),
        Seconds(work / rate),
        servers,
        calm,
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
