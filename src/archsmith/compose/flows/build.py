"""One flow out of the operations that it serves: its rates, its payload, its id."""

import math
from collections.abc import Sequence

from archsmith.compose.draft import Draft
from archsmith.compose.names import bounded
from archsmith.kernel.ids import DecisionId, ElementId, EventId, FlowId
from archsmith.kernel.names import slug
from archsmith.kernel.units import Bytes, PerSecond, Seconds
from archsmith.model.architecture import Breaker, Flow, Mode, Retry
from archsmith.model.domain import Operation


def add(
    draft: Draft,
    source: ElementId,
    target: ElementId,
    mode: Mode,
    protocol: str,
    label: str,
    operations: Sequence[Operation],
    *,
    because: tuple[DecisionId, ...],
    average: PerSecond | None = None,
    peak: PerSecond | None = None,
    payload: Bytes | None = None,
    events: tuple[EventId, ...] = (),
    timeout: Seconds | None = None,
    retry: Retry | None = None,
    breaker: Breaker | None = None,
    idempotent: bool | None = None,
    fallback: str = "",
    encrypted: bool = True,
    crosses_boundary: bool = False,
) -> None:
    """Adds a flow; rates and payload are those of the operations unless given."""
    draft.flows.append(
        Flow(
            id=_free(draft, source, target, mode),
            source=source,
            target=target,
            mode=mode,
            protocol=protocol,
            label=label,
            operations=tuple(o.id for o in operations),
            events=events,
            average=total_average(operations) if average is None else average,
            peak=total_peak(operations) if peak is None else peak,
            payload=mean_payload(operations) if payload is None else payload,
            timeout=timeout,
            retry=retry,
            breaker=breaker,
            idempotent=all(o.idempotent for o in operations) if idempotent is None else idempotent,
            fallback=fallback,
            encrypted=encrypted,
            crosses_boundary=crosses_boundary,
            because=because,
        )
    )


def _free(draft: Draft, source: ElementId, target: ElementId, mode: Mode) -> FlowId:
    taken = {flow.id for flow in draft.flows}
    wish = bounded(slug(source).strip("-") + "--" + slug(target).strip("-"), 120)
    for name in (wish, f"{wish}--{mode.value}", *(f"{wish}--{n}" for n in range(2, 1000))):
        if name not in taken:
            return FlowId(name)
    raise AssertionError("a thousand flows between two elements")


def total_average(operations: Sequence[Operation]) -> PerSecond:
    """Requests a second of all, on average."""
    return PerSecond(math.fsum(o.average.value for o in operations))


def total_peak(operations: Sequence[Operation]) -> PerSecond:
    """Requests a second of all, at the peak."""
    return PerSecond(math.fsum(o.peak.value for o in operations))


def mean_payload(operations: Sequence[Operation]) -> Bytes:
    """Bytes of request and answer, the mean over the requests."""
    rate = total_average(operations)
    if not operations:
        return Bytes(0.0)
    if rate <= 0.0:
        return Bytes(math.fsum(o.request_bytes.value + o.response_bytes.value for o in operations) / len(operations))
    moved = math.fsum((o.request_bytes.value + o.response_bytes.value) * o.average.value for o in operations)
    return Bytes(moved / rate)
