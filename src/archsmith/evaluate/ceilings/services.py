"""What fills up beside the stores: lines held open, the network of machines, and quotas of an account."""

import math
from collections.abc import Callable, Iterator, Mapping

from archsmith.evaluate.ceilings.ceiling import Ceiling
from archsmith.evaluate.ceilings.stores import call_seconds
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.evaluate.visits import Path
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import number
from archsmith.knowledge.limits import Limit, limit
from archsmith.model.architecture import Deployment, Service
from archsmith.model.contracts import Body

MEGABYTE = 1e6


def service_ceilings(
    stack: Stack, found: tuple[Path, ...], busy: Mapping[str, Station], headroom: float
) -> Iterator[Ceiling]:
    """Services in their order, then what they stand on and behind."""
    seen = set()
    for service in stack.view.architecture.services:
        deployment = stack.view.deployments.get(element("service", service.id))
        if deployment is None:
            continue
        yield from _open_lines(stack, service, deployment)
        if deployment.id not in seen:
            seen.add(deployment.id)
            yield from _network(stack, service, deployment, found)
    yield from _functions(stack, busy)
    yield from _accounts(stack, busy, headroom)
    yield from _edges(stack)
    yield from _devices(stack)


def _open_lines(stack: Stack, service: Service, deployment: Deployment) -> Iterator[Ceiling]:
    """Web sockets and event streams that users hold open, on the instances of the service that answers them."""
    own, lines = element("service", service.id), stack.view.workload.connections.value
    if lines <= 0 or not any(e.host == own for e in stack.view.edges_of("realtime_channel")):
        return
    per_core = stack.coefficient("realtime.connections")
    cap = limit(stack.catalogue, "connections_per_instance", str(deployment.platform))
    each = min(stack.cores(deployment) * per_core, cap.value if cap else math.inf)
    yield Ceiling(
        key=f"lines.{service.id}",
        element=own,
        deployment=deployment.id,
        resource="connections held open",
        limit=each * max(1, deployment.count),
        unit="connections",
        need=lambda f: float(lines) * f,
        formula=f"{number(float(lines))}",
        inputs=("connections", "realtime.connections", *([cap.id] if cap else [])),
        rate=True,
    )


def _network(stack: Stack, service: Service, deployment: Deployment, found: tuple[Path, ...]) -> Iterator[Ceiling]:
    """Answers that leave the machines at the peak; files go by a link past them."""
    here = {s for s in stack.view.service_of.values() if element("service", s.id) in deployment.runs}
    rate = sum(
        p.rate * p.operation.response_bytes.value
        for p in found
        if stack.view.service_of[p.operation.id] in here and not _is_file(stack, p)
    )
    cores = stack.cores(deployment)
    if rate <= 0 or not deployment.instance:
        return
    each = stack.assumed("network_per_core") * cores
    count = max(1, deployment.count)
    yield Ceiling(
        key=f"network.{deployment.id}",
        element=element("service", service.id),
        deployment=deployment.id,
        resource="network",
        limit=each * count / MEGABYTE,
        unit="MB/s",
        need=lambda f: rate * f / MEGABYTE,
        formula=f"{number(rate / MEGABYTE)} MB/s",
        inputs=("peak", "mean_response", "network_per_core"),
        rate=True,
    )


def _is_file(stack: Stack, path: Path) -> bool:
    endpoint = stack.view.endpoints.get(path.operation.id)
    return endpoint is not None and endpoint.response is Body.FILE


def _functions(stack: Stack, busy: Mapping[str, Station]) -> Iterator[Ceiling]:
    """Functions that an account may run at once."""
    for deployment in stack.view.architecture.deployments:
        row = limit(stack.catalogue, "concurrency", str(deployment.platform))
        station = busy.get(str(deployment.id))
        if row is not None and station is not None:
            seconds = call_seconds(stack)
            said = f"{number(station.arrivals)}/s x {number(seconds)} s"
            inputs = ("peak", "function.request")
            yield _quota(station.element, deployment, row, station.arrivals * seconds, said, inputs)


def _accounts(stack: Stack, busy: Mapping[str, Station], headroom: float) -> Iterator[Ceiling]:
    """VCPUs and instances of a platform that an account may have, by all services together."""
    deployments = [d for d in stack.view.architecture.deployments if str(d.id) in busy and d.instance]
    for platform in dict.fromkeys(str(d.platform) for d in deployments):
        those = [d for d in deployments if d.platform == platform]
        for resource in ("vcpus", "instances"):
            row = limit(stack.catalogue, resource, platform)
            if row is None:
                continue
            each = [float(d.vcpu) if resource == "vcpus" else 1.0 for d in those]
            yield Ceiling(
                key=f"{resource}.{platform}",
                element=busy[str(those[0].id)].element,
                deployment=None,
                resource=f"quota of {row.unit} of {those[0].product}",
                limit=row.value,
                unit=row.unit,
                need=_instances(stack, those, each, busy, headroom),
                formula=" + ".join(f"{d.count} x {number(e)}" for d, e in zip(those, each, strict=True)),
                inputs=("instances", row.id),
                raisable=row.raisable,
            )


def _instances(
    stack: Stack, those: list[Deployment], each: list[float], busy: Mapping[str, Station], headroom: float
) -> Callable[[float], float]:
    """What deployments take at a multiple of the load: at least today's instances, `each` of the resource."""

    def need(factor: float) -> float:
        return sum(
            max(d.count, math.ceil(busy[str(d.id)].offered * factor / ((1 - headroom) * stack.cores(d)) - 1e-9)) * e
            for d, e in zip(those, each, strict=True)
        )

    return need


def _quota(
    owner: ElementId, deployment: Deployment | None, row: Limit, rate: float, said: str, inputs: tuple[str, ...]
) -> Ceiling:
    return Ceiling(
        key=f"{row.resource}.{owner.partition(':')[2]}",
        element=owner,
        deployment=deployment.id if deployment else None,
        resource=f"quota of {row.unit}",
        limit=row.value,
        unit=row.unit,
        need=lambda f: rate * f,
        formula=said,
        inputs=(*inputs, row.id),
        raisable=row.raisable,
    )


def _edges(stack: Stack) -> Iterator[Ceiling]:
    """Requests a second that an account may send through a gateway."""
    for edge in stack.view.architecture.edges:
        tech = stack.of_edge(edge) if edge.host is None else None
        row = limit(stack.catalogue, "requests", tech.id) if tech else None
        if row is not None:
            peak = float(stack.view.workload.peak.value)
            yield _quota(element("edge", edge.id), None, row, peak, f"{number(peak)}/s", ("peak",))


def _devices(stack: Stack) -> Iterator[Ceiling]:
    """Devices that hold a line to a broker, and writes to a store that is billed by use."""
    lines = float(stack.view.workload.connections.value)
    for store in stack.view.architecture.stores:
        owner = element("store", store.id)
        row = limit(stack.catalogue, "connections", str(store.engine))
        if row is not None and "iot_gateway" in store.kinds and lines > 0:
            yield _quota(owner, None, row, lines, number(lines), ("connections",))
        deployment = stack.view.deployments.get(owner)
        by_use = deployment is None or not deployment.instance
        writes = limit(stack.catalogue, "writes", str(store.engine))
        if writes is not None and by_use and store.writes_peak > 0:
            rate = float(store.writes_peak)
            yield _quota(owner, None, writes, rate, f"{number(rate)}/s", ("peak",))
        if store.engine == "mosquitto" and deployment is not None and lines > 0:
            most = stack.coefficient("mqtt.mosquitto_connections") * max(1, store.nodes)
            yield Ceiling(
                key=f"lines.{store.id}",
                element=owner,
                deployment=deployment.id,
                resource="connections held open",
                limit=most,
                unit="connections",
                need=lambda f: lines * f,
                formula=number(lines),
                inputs=("connections", "mqtt.mosquitto_connections"),
                rate=True,
            )
