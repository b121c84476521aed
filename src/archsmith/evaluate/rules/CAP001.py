"""A resource that can't keep up at the peak."""

import math
from collections.abc import Iterator

from archsmith.evaluate.growth import limit
from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, number
from archsmith.model.decisions import Cut, Dimension, StoreRole
from archsmith.model.report import CeilingLoad, StationLoad


@rule("CAP001", severity=Severity.DANGER, title="Capacity is exceeded at the peak")
def overload(found: Evaluated) -> Iterator[Hit]:
    """What: compares the work that arrives at the peak with what each machine, node or service can do, and what is held
    (connections, volumes) or used each second (disks, networks, quotas that stay) with what there is.

    Why: above its capacity a queue grows without end and every request fails by timeout. Fix: more or bigger instances,
    or less work for each request.
    """
    for load in found.stations:
        if load.utilisation >= 1:
            name = found.view.name(load.element)
            cut = _cut(found, load, name)
            late = [x for x in found.latencies if load.element in x.path]
            whom = f"; {counted(len(late), 'operation')} time out" if late else ""
            yield Hit(
                load.element,
                f"{name} is asked for {number(load.arrivals)}/s and can do {number(load.capacity)}/s "
                f"({load.formula}){whom}",
                _fix(load, name),
                words_of(found.view.workload.peak.why),
                cut,
            )
    for ceiling in found.ceilings:
        if ceiling.utilisation > 1 and not ceiling.raisable and not ceiling.resource.startswith("memory"):
            name = found.view.name(ceiling.element)
            yield Hit(
                ceiling.element,
                f"{name} has not enough {ceiling.resource}: {ceiling.formula}",
                f"{number(ceiling.used)} {ceiling.unit} for {name} in place of {number(ceiling.limit)}",
                words_of(found.view.workload.peak.why),
                _more(found, ceiling, name),
            )


def _more(found: Evaluated, ceiling: CeilingLoad, name: str) -> Cut | None:
    """More instances of a service that holds lines open or sends more than its network takes."""
    deployment = next((d for d in found.view.architecture.deployments if d.id == ceiling.deployment), None)
    if deployment is None or not ceiling.element.startswith("service:"):
        return None
    count = max(deployment.count + 1, math.ceil(deployment.count * ceiling.utilisation / limit(found.stack)))
    reason = f"{name} has {ceiling.utilisation * 100:.0f}% of its {ceiling.resource} in use at the peak"
    return Cut(kind="at_least", dimension=Dimension.SIZING, subject=ceiling.element, value=str(count), reason=reason)


def _fix(load: StationLoad, name: str) -> str:
    if load.resource == "throughput":
        return f"a higher limit of {name}, or a second one"
    more = counted(math.ceil(load.servers * load.utilisation * 1.2), "node" if load.resource == "nodes" else "vCPU")
    return f"{more} for {name} in place of {number(load.servers)}"


def _cut(found: Evaluated, load: StationLoad, name: str) -> Cut | None:
    """More instances of a service; a store that is too small is ruled out in its size, a cache in its kind."""
    deployment = next((d for d in found.view.architecture.deployments if d.id == load.deployment), None)
    if deployment is None:
        return None
    reason = f"{name} is {load.utilisation * 100:.0f}% busy at the peak"
    if load.element.startswith("service:"):
        count = max(deployment.count + 1, math.ceil(deployment.count * load.utilisation * 1.2))
        return Cut(kind="at_least", dimension=Dimension.SIZING, subject=load.element, value=str(count), reason=reason)
    store = next((s for s in found.view.architecture.stores if load.element == element("store", s.id)), None)
    chosen = next((d for d in found.view.decisions.decisions if d.dimension is Dimension.CACHE), None)
    if store is not None and store.role is StoreRole.CACHE and chosen is not None:
        return Cut(kind="forbid", dimension=Dimension.CACHE, subject=None, value=str(chosen.option), reason=reason)
    others = {d.instance for d in found.view.architecture.deployments if d.id != deployment.id}
    if load.resource == "CPU" and deployment.instance and deployment.instance not in others:
        return Cut(kind="forbid", dimension=Dimension.SIZING, subject=None, value=deployment.instance, reason=reason)
    return None
