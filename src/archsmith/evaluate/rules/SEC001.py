"""Threats that stay high after all countermeasures."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity


@rule("SEC001", severity=Severity.WARNING, title="Threat stays high")
def high_threat(found: Evaluated) -> Iterator[Hit]:
    """What: lists threats whose severity is high or critical after the countermeasures of the design.

    Why: these are the likely and costly ones; the rest is in the threat table. Fix: the countermeasure that the row
    names as missing, or a written acceptance by the owner.
    """
    for threat in found.threats:
        if threat.severity in ("high", "critical"):
            yield Hit(
                threat.element,
                f"{threat.threat}; today: {threat.mitigation} ({threat.severity}, {threat.source})",
                f"close it on {found.view.name(threat.element)} before launch, or let the owner accept it in writing",
            )
