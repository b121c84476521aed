"""Response times above their target."""

import math
from collections.abc import Iterator

from archsmith.evaluate.latency import stated_delay
from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.evaluate.stations import BUSY
from archsmith.formulas.queueing import mmc, mmc_response_percentile
from archsmith.formulas.sizing import servers_for_response
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId, SystemId, element
from archsmith.kernel.phrases import duration
from archsmith.kernel.provenance import Assumed
from archsmith.kernel.units import Probability, Seconds
from archsmith.model.decisions import Cut, Dimension
from archsmith.model.report import Latency, StationLoad

_P95 = Probability(0.95)
_VISIBLE = 0.05
"""Share of an operation's mean time from which on waiting for a station is worth more servers."""
_CLOSER = 0.98
"""A hair below what is needed, as sums are rounded and percentiles are not in proportion to means."""


@rule("LAT001", severity=Severity.DANGER, title="Response time misses its target")
def too_slow(found: Evaluated) -> Iterator[Hit]:
    """What: compares the 95th percentile of each operation at the peak with its target.

    Why: one caller in twenty waits longer than what was promised, at the time when most people are there. Fix: less
    waiting (more servers) where a station is busy; else fewer or faster steps, or an answer before the slow step.
    """
    full = {s.element for s in found.stations if s.utilisation >= BUSY}
    slowest = _slowest(found)
    for row in found.latencies:
        if row.met or full & set(row.path):  # what waits for a full station is told once, by CAP001
            continue
        operation = found.view.operations[row.operation]
        busy = _busiest(found, row)
        outside = next((e for e in row.path if e.startswith("system:")), None)
        cut = _cut(found, row, busy, operation.name) if busy and outside is None else None
        if cut is None and row is slowest:
            cut = _faster(row, operation.name)
        yield Hit(
            element("operation", row.operation),
            f"{operation.name} takes {duration(row.p95)} at p95, target {duration(row.target_p95)} ({row.formula})",
            _fix(found, row, busy, outside, operation.name),
            words_of(operation.latency_p95.why),
            cut,
            Severity.WARNING if outside is not None and _guessed(found, outside) else None,
        )


def _slowest(found: Evaluated) -> Latency | None:
    """Of the operations with a stated target that they miss, and could meet, the one that misses it most.

    What nobody stated is no reason to pay for a faster design.
    """
    rows = [
        r
        for r in found.latencies
        if not r.met
        and not isinstance(found.view.operations[r.operation].latency_p95.why, Assumed)
        and r.given_p95 < r.target_p95
    ]
    return max(rows, key=lambda r: r.p95 / r.target_p95, default=None)


def _faster(row: Latency, name: str) -> Cut:
    """All that choices put on the way has to come down to the share that is left for it."""
    return Cut(
        kind="faster",
        dimension=Dimension.SIZING,
        subject=None,
        value=f"{(row.target_p95 - row.given_p95) / (row.p95 - row.given_p95) * _CLOSER:.4f}",
        reason=f"{name} takes {duration(row.p95)} at p95, {duration(row.target_p95)} allowed",
    )


def _guessed(found: Evaluated, outside: ElementId) -> bool:
    """Whether the delay of an outside system is our estimate and not the brief's figure."""
    return stated_delay(found.stack, SystemId(outside.partition(":")[2])) is None


def _busiest(found: Evaluated, row: Latency) -> StationLoad | None:
    """The station on the path that makes requests wait longest, if waiting is a visible part of the time."""
    own = [s for s in found.stations if s.element in row.path and s.utilisation < BUSY]
    longest = max(own, key=lambda s: (_wait(s), s.utilisation), default=None)
    return longest if longest and _wait(longest) >= _VISIBLE * row.mean else None


def _wait(load: StationLoad) -> float:
    """Mean wait of a visit: M/M/c, which is enough to tell whether waiting matters."""
    servers, each = _servers(load)
    return float(mmc(load.arrivals, each, servers).wait) if each > 0 else 0.0


def _servers(load: StationLoad) -> tuple[int, Seconds]:
    """Whole servers, and the time of a visit on one of them."""
    servers = max(1, math.ceil(load.servers - 1e-9))
    return servers, Seconds(load.utilisation * servers / load.arrivals if load.arrivals > 0 else 0.0)


def _fix(found: Evaluated, row: Latency, busy: StationLoad | None, outside: ElementId | None, name: str) -> str:
    if row.given_by is not None and row.given_p95 >= row.target_p95:
        alone = f"{found.view.name(row.given_by)} alone takes {duration(row.given_p95)} of it at p95"
        return f"{alone}: answer {name} before it does, or allow more"
    if outside is not None:
        return f"answer {name} before {found.view.name(outside)} does, and tell the result later"
    if busy is not None:
        return f"more servers for {found.view.name(busy.element)}, which is {busy.utilisation * 100:.0f}% busy"
    return f"fewer queries for {name}, or a prepared answer"


def _cut(found: Evaluated, row: Latency, busy: StationLoad, name: str) -> Cut | None:
    """As many instances as bring the station's own 95th percentile down by what is missing; at least one more."""
    deployment = next((d for d in found.view.architecture.deployments if d.id == busy.deployment), None)
    if deployment is None or not busy.element.startswith("service:"):
        return None
    servers, each = _servers(busy)
    today = mmc_response_percentile(busy.arrivals, each, servers, _P95)
    wanted = Seconds(today - (row.p95 - row.target_p95))
    enough = servers_for_response(busy.arrivals, each, _P95, wanted) if wanted > 0 else None
    more = math.ceil(deployment.count * (enough or servers) / servers)
    return Cut(
        kind="at_least",
        dimension=Dimension.SIZING,
        subject=busy.element,
        value=str(max(deployment.count + 1, more)),
        reason=f"{name} misses its response time while {found.view.name(busy.element)} is "
        f"{busy.utilisation * 100:.0f}% busy",
    )
