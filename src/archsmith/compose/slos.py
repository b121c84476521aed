"""Pass: service level objectives out of the targets; an operation has one of its own where its target is its own."""

from archsmith.compose.actors import has_endpoint
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import SloId, element
from archsmith.kernel.provenance import Given, Provenance, Stated
from archsmith.kernel.units import Days, Probability, Seconds
from archsmith.model.architecture import Service, Slo
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Operation


def slos(ctx: Context, draft: Draft) -> None:
    """Availability and latency of each service with callers, then what single operations are held to."""
    for service in draft.services:
        if any(has_endpoint(ctx, ctx.operations[o]) for o in service.operations):
            draft.slos += [_availability(ctx, service), _latency(ctx, service)]
    for operation in ctx.domain.operations:
        draft.slos += _own(ctx, operation)


def _window(ctx: Context) -> Days:
    return Days(ctx.parameter("slo.window"))


def _availability(ctx: Context, service: Service) -> Slo:
    target = ctx.targets.availability
    return Slo(
        id=SloId(f"{service.id}-availability"),
        subject=service_element(service.id),
        indicator="availability",
        objective=target.value,
        window=_window(ctx),
        requirements=ctx.requirements_of(target.why),
        because=ctx.because(Dimension.ZONES, Dimension.SIZING),
    )


def _latency(ctx: Context, service: Service) -> Slo:
    target = ctx.targets.latency_p95
    return Slo(
        id=SloId(f"{service.id}-latency"),
        subject=service_element(service.id),
        indicator="latency",
        objective=Probability(ctx.parameter("slo.latency_objective")),
        threshold=target.value,
        window=_window(ctx),
        requirements=ctx.requirements_of(target.why),
        because=ctx.because(Dimension.SIZING),
    )


def _own(ctx: Context, operation: Operation) -> list[Slo]:
    found = []
    latency, fresh = operation.latency_p95, operation.freshness
    said = (Stated, Given)
    if isinstance(latency.why, said) and latency.value != ctx.targets.latency_p95.value:
        found.append(_of(ctx, operation, "latency", "slo.latency_objective", latency.value, latency.why))
    if fresh is not None and isinstance(fresh.why, said):
        found.append(_of(ctx, operation, "freshness", "slo.freshness_objective", fresh.value, fresh.why))
    return found


def _of(ctx: Context, operation: Operation, indicator: str, objective: str, threshold: Seconds, why: Provenance) -> Slo:
    return Slo(
        id=SloId(f"{operation.id}-{indicator}"),
        subject=element("operation", operation.id),
        indicator=indicator,
        objective=Probability(ctx.parameter(objective)),
        threshold=threshold,
        window=_window(ctx),
        requirements=ctx.requirements_of(why),
        because=ctx.because(Dimension.SIZING, Dimension.CACHE),
    )
