"""Response times above their target."""

from collections.abc import Iterator

from archsmith.evaluate.growth import limit
from archsmith.evaluate.latency import stated_delay
from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.evaluate.stations import BUSY
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId, SystemId, element
from archsmith.kernel.phrases import duration
from archsmith.model.decisions import Cut, Dimension
from archsmith.model.report import Latency, StationLoad


@rule("LAT001", severity=Severity.DANGER, title="Response time misses its target")
def too_slow(found: Evaluated) -> Iterator[Hit]:
    """What: compares the 95th percentile of each operation at the peak with its target.

    Why: one caller in twenty waits longer than what was promised, at the time when most people are there. Fix: less
    waiting (more servers) where a station is busy; else fewer or faster steps, or an answer before the slow step.
    """
    full = {s.element for s in found.stations if s.utilisation >= BUSY}
    for row in found.latencies:
        if row.met or full & set(row.path):  # what waits for a full station is told once, by CAP001
            continue
        operation = found.view.operations[row.operation]
        busy = _busiest(found, row)
        outside = next((e for e in row.path if e.startswith("system:")), None)
        cut = _cut(found, busy, operation.name) if busy and outside is None else None
        yield Hit(
            element("operation", row.operation),
            f"{operation.name} takes {duration(row.p95)} at p95, target {duration(row.target_p95)} ({row.formula})",
            _fix(found, busy, outside, operation.name),
            words_of(operation.latency_p95.why),
            cut,
            Severity.WARNING if outside is not None and _guessed(found, outside) else None,
        )


def _guessed(found: Evaluated, outside: ElementId) -> bool:
    """Whether the delay of an outside system is our estimate and not the brief's figure."""
    return stated_delay(found.stack, SystemId(outside.partition(":")[2])) is None


def _busiest(found: Evaluated, row: Latency) -> StationLoad | None:
    """The busiest station on the path, if it is busy enough for waiting to matter."""
    own = [s for s in found.stations if s.element in row.path and s.utilisation > 0.5 * limit(found.stack)]
    return max(own, key=lambda s: s.utilisation, default=None)


def _fix(found: Evaluated, busy: StationLoad | None, outside: ElementId | None, name: str) -> str:
    if outside is not None:
        return f"answer {name} before {found.view.name(outside)} does, and tell the result later"
    if busy is not None:
        return f"more servers for {found.view.name(busy.element)}, which is {busy.utilisation * 100:.0f}% busy"
    return f"fewer queries for {name}, or a prepared answer"


def _cut(found: Evaluated, busy: StationLoad, name: str) -> Cut | None:
    deployment = next((d for d in found.view.architecture.deployments if d.id == busy.deployment), None)
    if deployment is None or not busy.element.startswith("service:"):
        return None
    return Cut(
        kind="at_least",
        dimension=Dimension.SIZING,
        subject=busy.element,
        value=str(deployment.count + 1),
        reason=f"{name} misses its response time while {found.view.name(busy.element)} is "
        f"{busy.utilisation * 100:.0f}% busy",
    )
