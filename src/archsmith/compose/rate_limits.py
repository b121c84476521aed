"""Pass: how many requests one caller may make, computed from what honest callers make at the peak."""

import math

from archsmith.compose.actors import Caller, caller, has_endpoint, reads
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import PolicyId, ServiceId
from archsmith.kernel.phrases import number
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import RateLimit
from archsmith.model.decisions import ServiceGroup
from archsmith.model.domain import Operation

CLASSES = ("reads", "writes", "devices", "programs")
"""The classes of requests that have a limit of their own."""


def rate_limits(ctx: Context, draft: Draft) -> None:
    """One limit for each service and class of requests that it gets."""
    for group in ctx.decisions.services:
        for name in CLASSES:
            operations = [
                o
                for o in ctx.domain.operations
                if ctx.group_of[o.id] is group and has_endpoint(ctx, o) and class_of(ctx, o) == name
            ]
            if operations:
                draft.rate_limits.append(_limit(ctx, group, name, operations))


def class_of(ctx: Context, operation: Operation) -> str:
    """The class that an operation's requests count in."""
    kind = caller(ctx, ctx.actors[operation.actor])
    if kind is Caller.DEVICE:
        return "devices"
    if kind is Caller.PROGRAM:
        return "programs"
    return "reads" if reads(operation) else "writes"


def limit_id(service: str, name: str) -> PolicyId:
    """The id of a service's limit for a class of requests."""
    return PolicyId(f"limit-{service}-{name}")


def _limit(ctx: Context, group: ServiceGroup, name: str, operations: list[Operation]) -> RateLimit:
    peak = math.fsum(o.peak.value for o in operations)
    callers: float = ctx.workload.connections.value if name == "devices" else ctx.workload.concurrent.value
    callers = 1.0 if name == "programs" else max(1.0, callers)  # one key may carry all that such programs do
    return limited(ctx, group.id, name, peak, callers)


def limited(ctx: Context, service: ServiceId, name: str, peak: float, callers: float) -> RateLimit:
    """The limit is max(floor, ceil(factor * (m + z * sqrt(m)))), where m is the mean of one caller in the window.

    `peak`: requests a second of all callers of this class.
    """
    window, factor, z = (ctx.parameter(f"rate.{p}") for p in ("window", "factor", "quantile"))
    floor, seconds = ctx.parameter("rate.floor"), ctx.parameter("rate.burst_seconds")
    mean = peak * window / callers
    computed = math.ceil(factor * (mean + z * math.sqrt(mean)))
    limit = max(round(floor), computed)
    formula = (
        f"max({number(floor)}, ceil({factor:g} * (m + {z:g} * sqrt(m)))) = {limit}, "
        f"m = {number(peak)} rps * {number(window)} s / {number(callers)} callers = {number(mean)}"
    )
    return RateLimit(
        id=limit_id(service, name),
        applies_to=service_element(service),
        limit=limit,
        window=Seconds(window),
        burst=max(ctx.parameter.whole("rate.burst_floor"), math.ceil(limit * seconds / window)),
        formula=formula,
    )
