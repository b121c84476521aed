"""A resource that can't keep up at the peak."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import number
from archsmith.model.decisions import Cut, Dimension
from archsmith.model.report import StationLoad


@rule("CAP001", severity=Severity.DANGER, title="Capacity is exceeded at the peak")
def overload(found: Evaluated) -> Iterator[Hit]:
    """What: compares the work that arrives at the peak with what each machine, node or service can do.

    Why: above its capacity a queue grows without end and every request fails by timeout. Fix: more or bigger instances,
    or less work for each request.
    """
    for load in found.stations:
        if load.utilisation >= 1:
            name = found.view.name(load.element)
            cut = _cut(found, load, name)
            yield Hit(
                load.element,
                f"{name} is asked for {number(load.arrivals)}/s and can do {number(load.capacity)}/s ({load.formula})",
                f"at least {cut.value} instances of {name}" if cut else f"a higher limit or a second {name}",
                words_of(found.view.workload.peak.why),
                cut,
            )


def _cut(found: Evaluated, load: StationLoad, name: str) -> Cut | None:
    deployment = next((d for d in found.view.architecture.deployments if d.id == load.deployment), None)
    if deployment is None:
        return None
    count = max(deployment.count + 1, -(-deployment.count * load.utilisation * 1.2 // 1))
    return Cut(
        kind="at_least",
        dimension=Dimension.SIZING,
        subject=load.element,
        value=str(int(count)),
        reason=f"{name} is {load.utilisation * 100:.0f}% busy at the peak",
    )
