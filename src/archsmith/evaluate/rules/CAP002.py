"""A resource without the headroom that was demanded."""

from collections.abc import Iterator

from archsmith.evaluate.growth import limit
from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import number


@rule("CAP002", severity=Severity.WARNING, title="Headroom at the peak is smaller than wanted")
def tight(found: Evaluated) -> Iterator[Hit]:
    """What: finds resources that keep up at the peak, but with less room than the target of headroom, and stores that
    read much from the disk because their memory is too small.

    Why: waiting grows steeply near the end, and the loss of one instance takes the rest over it. Fix: one more instance
    before the peak, or a scaling rule that adds it.
    """
    most = limit(found.stack)
    for load in found.stations:
        if most < load.utilisation < 1:
            name = found.view.name(load.element)
            headroom = found.view.targets.headroom
            yield Hit(
                load.element,
                f"{name} is {load.utilisation * 100:.0f}% busy at the peak; {headroom.value * 100:.0f}% headroom "
                f"allows {most * 100:.0f}% ({load.formula})",
                f"one more instance for {name}, or take the risk until growth of {load.saturates_at:.2f}x",
                words_of(headroom.why),
            )
    for full in found.ceilings:
        if full.resource.startswith("memory") and full.utilisation > 1:
            name = found.view.name(full.element)
            yield Hit(
                full.element,
                f"{name} has {number(full.limit)} GB of memory for {number(full.used)} GB that are read often "
                f"({full.formula}): the rest comes from the disk",
                f"{number(full.used)} GB for {name}, or old rows in a place of their own",
            )
