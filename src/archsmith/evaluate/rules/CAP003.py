"""The loss of one instance while the peak is on."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import counted, number


@rule("CAP003", severity=Severity.NOTE, title="Loss of one instance at the peak overloads the rest")
def not_to_spare(found: Evaluated) -> Iterator[Hit]:
    """What: takes one instance of each group of services away at the peak and looks whether the others keep up.

    Why: the mean load is carried, so the availability target may be met, but a fault in the busiest hour is felt. Fix:
    one more instance for the peak, or shed the least important requests while one is away.
    """
    for load in found.stations:
        deployment = next((d for d in found.view.architecture.deployments if d.id == load.deployment), None)
        if deployment is None or deployment.count < 2 or not any(e.startswith("service:") for e in deployment.runs):
            continue
        left = deployment.count - 1
        used = load.utilisation * deployment.count / left
        if used >= 1 > load.utilisation:
            name = found.view.name(load.element)
            kept = load.capacity * left / deployment.count
            yield Hit(
                load.element,
                f"with {left} of {counted(deployment.count, 'instance')} {name} is {used * 100:.0f}% busy at the peak, "
                f"and takes {number(kept)} of {number(load.arrivals)}/s",
                f"{deployment.count + 1} instances of {name} at the peak, or refuse what can wait",
            )
