"""Over the queue or the stream: what services hand over, and what they take up."""

from archsmith.compose.context import Context, service_element
from archsmith.compose.demand import duty, queued, takers
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import add
from archsmith.compose.flows.rules import background_retry
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import listed
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Mode, Service, Store, Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation
from archsmith.model.requirements import OperationKind


def messages(ctx: Context, draft: Draft) -> None:
    """Into the broker what causes background work, out of it what does that work."""
    brokers = [s for s in draft.stores if s.role is StoreRole.BROKER and duty(ctx, s.id) != "mqtt"]
    log = next((s for s in brokers if duty(ctx, s.id) == "stream"), None)
    queue = next((s for s in brokers if s is not log), log)
    streams = [o for o in ctx.domain.operations if o.kind is OperationKind.STREAM]
    for broker in brokers:
        waiting = (queued(ctx) if broker is queue else []) + (streams if broker is log else [])
        for service in draft.services:
            _into(ctx, draft, broker, service, waiting, says=broker is (log or queue))
        for service in draft.services:
            _out_of(ctx, draft, broker, service, waiting, hears=broker is (log or queue))


def _into(ctx: Context, draft: Draft, broker: Store, service: Service, waiting: list[Operation], says: bool) -> None:
    """`says`: events go this way too."""
    events = service.publishes if says else ()
    causes = {event.operation for event in ctx.domain.events if event.id in events}
    handed = [
        ctx.operations[o]
        for o in service.operations
        if o in causes or (ctx.operations[o] in waiting and _asked_for(ctx, ctx.operations[o]))
    ]
    if not handed:
        return
    inside = broker.topology is Topology.EMBEDDED
    names = listed((o.name for o in handed), 2)
    if all(o.kind is OperationKind.STREAM for o in handed):
        _straight(draft, broker, service, handed)
        return
    add(
        draft,
        service_element(service.id),
        element("store", broker.id),
        Mode.ASYNC,
        "SQL, in the transaction of the command" if inside else f"{broker.product}, from the outbox",
        f"hands over what follows {listed((o.name for o in handed), 4)}",
        handed,
        because=broker.because,
        events=events,
        idempotent=True,
        fallback=(
            f"{names}: all or nothing, as the {broker.name} is in the database"
            if inside
            else f"what follows {names} stays in the outbox until the {broker.name} is back"
        ),
    )


def _straight(draft: Draft, log: Store, service: Service, streams: list[Operation]) -> None:
    """What streams in is kept in the log before it is confirmed; nothing else is written first."""
    add(
        draft,
        service_element(service.id),
        element("store", log.id),
        Mode.ASYNC,
        log.product,
        f"appends {listed((o.name for o in streams), 4)}",
        streams,
        because=log.because,
        idempotent=True,
        fallback=f"answers 503 with Retry-After until the {log.name} is back: what it has confirmed is not lost",
    )


def _asked_for(ctx: Context, operation: Operation) -> bool:
    """Neither a reaction, which an event starts, nor timed work, which the scheduler starts."""
    reaction = any(operation in consumers for consumers in ctx.consumers.values())
    return not reaction and operation.every is None and operation.kind is not OperationKind.BATCH


def _out_of(ctx: Context, draft: Draft, broker: Store, service: Service, waiting: list[Operation], hears: bool) -> None:
    taken = takers(ctx, draft)
    own = [o for o in waiting if taken.get(o.id, ctx.group_of[o.id].id) == service.id]
    if not own and not (hears and service.consumes):
        return
    retry = background_retry(ctx)
    add(
        draft,
        element("store", broker.id),
        service_element(service.id),
        Mode.ASYNC,
        "SQL, FOR UPDATE SKIP LOCKED" if broker.topology is Topology.EMBEDDED else broker.product,
        f"takes up {listed((o.name for o in own), 4)}",
        own,
        because=broker.because,
        events=service.consumes if hears else (),
        timeout=Seconds(ctx.parameter("timeout.background")),
        retry=retry,
        idempotent=True,
        fallback=f"after {retry.attempts} tries the message is parked with its error, and an alarm is raised",
    )
