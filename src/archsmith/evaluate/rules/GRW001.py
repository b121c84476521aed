"""Ten times the load would need another structure."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import amount


@rule("GRW001", severity=Severity.WARNING, title="Ten times the load needs more than more machines")
def splits_early(found: Evaluated) -> Iterator[Hit]:
    """What: looks whether the way from today to ten times the load contains a split of a store or another rewrite.

    Why: a design is wanted that grows by adding machines; a split under load is the dearest way to learn of it. Fix:
    keep the key of the later split in every row from the start, and no query across it; or plan the other store.
    """
    for step in found.path:
        if step.until <= 10 and step.rewrite:
            yield Hit(
                step.element,
                f"from {step.at:.3g} times the load on ({step.reached_after}) {step.resource} is full: {step.formula}; "
                f"then {step.step}, {amount(step.days, 'person-day')} of work",
                f"for now: {step.prepared}" if step.prepared else "plan that work before the load is there",
            )
            return
