"""Over the queue or the stream: what services hand over, and what they take up."""

from archsmith.compose.context import Context, service_element
from archsmith.compose.demand import queued
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import add
from archsmith.compose.flows.rules import background_retry
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import listed
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Mode, Service, Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation


def messages(ctx: Context, draft: Draft) -> None:
    """Into the broker what causes background work, out of it what does that work."""
    broker = next((s for s in draft.stores if s.role is StoreRole.BROKER), None)
    if broker is None:
        return
    waiting = queued(ctx)
    for service in draft.services:
        _into(ctx, draft, broker, service, waiting)
    for service in draft.services:
        _out_of(ctx, draft, broker, service, waiting)


def _into(ctx: Context, draft: Draft, broker: Store, service: Service, waiting: list[Operation]) -> None:
    heard = {event for s in draft.services for event in s.consumes}
    events = tuple(e for e in service.publishes if e in heard) or service.publishes
    causes = {ctx_event.operation for ctx_event in ctx.domain.events if ctx_event.id in events}
    handed = [
        ctx.operations[o]
        for o in service.operations
        if o in causes or (ctx.operations[o] in waiting and not _reaction(ctx, ctx.operations[o]))
    ]
    if not handed:
        return
    inside = broker.topology is Topology.EMBEDDED
    add(
        draft,
        service_element(service.id),
        element("store", broker.id),
        Mode.ASYNC,
        "SQL, in the transaction of the command" if inside else f"{broker.product}, from the outbox",
        f"hands over {listed(_said(ctx, handed), 4)}",
        handed,
        because=broker.because,
        events=events,
        idempotent=True,
        fallback=(
            f"the command fails as a whole: without the database there is no {listed(_said(ctx, handed), 2)}"
            if inside
            else f"{listed(_said(ctx, handed), 2)} wait in the outbox until the {broker.name} is back"
        ),
    )


def _reaction(ctx: Context, operation: Operation) -> bool:
    return any(operation in consumers for consumers in ctx.consumers.values())


def _said(ctx: Context, operations: list[Operation]) -> list[str]:
    return [o.name for o in operations]


def _out_of(ctx: Context, draft: Draft, broker: Store, service: Service, waiting: list[Operation]) -> None:
    own = [ctx.operations[o] for o in service.operations if ctx.operations[o] in waiting]
    if not own and not service.consumes:
        return
    retry = background_retry(ctx)
    work = listed((o.name for o in own), 3)
    add(
        draft,
        element("store", broker.id),
        service_element(service.id),
        Mode.ASYNC,
        "SQL, FOR UPDATE SKIP LOCKED" if broker.topology is Topology.EMBEDDED else broker.product,
        f"takes up {listed((o.name for o in own), 4)}",
        own,
        because=broker.because,
        events=service.consumes,
        timeout=Seconds(ctx.parameter("timeout.background")),
        retry=retry,
        idempotent=True,
        fallback=f"after {retry.attempts} tries {work} is parked as failed and raises an alarm; the rest goes on",
    )
