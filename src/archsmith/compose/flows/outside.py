"""From services to each other and to systems that are not ours."""

from collections.abc import Iterator

from archsmith.compose.actors import reads
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import add, total_peak
from archsmith.compose.flows.entry import on_path
from archsmith.compose.flows.rules import background_retry, breaker, deadline, rounded, statement_timeout, tries
from archsmith.compose.names import named
from archsmith.kernel.ids import ServiceId, element
from archsmith.kernel.phrases import duration, listed
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Mode
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.requirements import ExternalSystem

GRPC = "gRPC"
"""The protocol of calls between services that are methods of gRPC."""
_PROTOCOLS = {
    "mail": "SMTP or HTTPS",
    "sms": "HTTPS",
    "files": "SFTP",
    "identity": "OpenID Connect",
    "device": "MQTT over TLS",
}
_KEYED = frozenset({"payment"})
"""Kinds of systems that take an idempotency key, by the habit of their trade (Stripe, Adyen, Mollie)."""


def to_services(ctx: Context, draft: Draft) -> None:
    """An operation that changes what another service keeps asks that service, or tells it by an event."""
    for service, other, waits, operations in between(ctx, draft):
        _between(ctx, draft, service, other, waits, operations)


def between(ctx: Context, draft: Draft) -> Iterator[tuple[ServiceId, ServiceId, bool, list[Operation]]]:
    """Who needs whom, whether it waits for that, and for which operations."""
    if not apart(draft):
        return
    for service in draft.services:
        asked: dict[tuple[ServiceId, bool], list[Operation]] = {}
        for operation in (ctx.operations[o] for o in service.operations):
            for entity in (operation.entity, *operation.touches):
                other = ctx.owner_of[entity].id
                if other != service.id:
                    waits = ctx.waits(operation, service_element(other))
                    found = asked.setdefault((other, waits), [])
                    if operation not in found:
                        found.append(operation)
        for (other, waits), operations in asked.items():
            yield service.id, other, waits, operations


def apart(draft: Draft) -> bool:
    """Whether services keep their data from each other; parts of one code base (a worker) share a store instead."""
    return draft.style == "microservices"


def _between(
    ctx: Context, draft: Draft, service: ServiceId, other: ServiceId, waits: bool, operations: list[Operation]
) -> None:
    name = next(s.name for s in draft.services if s.id == other)
    things = listed(dict.fromkeys(ctx.entities[e].plural for o in operations for e in (o.entity, *o.touches)), 3)
    budget = deadline(ctx, operations, len(on_path(draft)) + 1)
    timeout, retry = tries(ctx, budget, all(o.idempotent for o in operations))
    add(
        draft,
        service_element(service),
        service_element(other),
        Mode.SYNC if waits else Mode.ASYNC,
        called(ctx) if waits else "events",
        f"{listed((o.name for o in operations), 3)} need {things}",
        operations,
        because=ctx.because(Dimension.PARTITION, Dimension.CONSISTENCY),
        timeout=timeout if waits else None,
        retry=retry if waits else background_retry(ctx),
        breaker=breaker(ctx, total_peak(operations)) if waits else None,
        idempotent=None if waits else True,
        fallback=(
            f"{listed((o.name for o in operations), 2)} answer 503 with Retry-After until {name} is back"
            if waits
            else f"{things} follow when {name} is back"
        ),
    )


def called(ctx: Context) -> str:
    """How services call each other, as decided."""
    decision = ctx.decision(Dimension.INTERNAL_CALLS)
    return GRPC if decision is not None and decision.option == "grpc" else "HTTPS"


def to_systems(ctx: Context, draft: Draft) -> None:
    """Each service to each system that its operations call, apart for calls that somebody waits for and the rest."""
    for service in draft.services:
        own = [ctx.operations[o] for o in service.operations]
        for system in ctx.domain.systems:
            for waits in (True, False):
                calls = [o for o in own if system.id in o.calls and ctx.waits(o, element("system", system.id)) is waits]
                if calls:
                    _call(ctx, draft, service.id, system, waits, calls)


def _call(
    ctx: Context, draft: Draft, service: ServiceId, system: ExternalSystem, waits: bool, operations: list[Operation]
) -> None:
    safe = all(o.idempotent for o in operations) or system.kind in _KEYED
    if waits:
        budget = deadline(ctx, operations, len(on_path(draft)) + 1)
        rest = rounded(budget - statement_timeout(ctx, budget))
        timeout, retry = tries(ctx, rest, safe)
    else:
        timeout, retry = Seconds(ctx.parameter("timeout.background")), background_retry(ctx)
    add(
        draft,
        service_element(service),
        element("system", system.id),
        Mode.SYNC if waits else Mode.ASYNC,
        system.protocol or _PROTOCOLS.get(system.kind, "HTTPS"),
        listed((o.name for o in operations), 4),
        operations,
        because=ctx.because(Dimension.STYLE, Dimension.CONSISTENCY),
        timeout=timeout,
        retry=retry if safe or not waits else None,
        breaker=breaker(ctx, total_peak(operations)) if waits else None,
        idempotent=safe or not waits,
        fallback=_waiting(ctx, system, operations[0]) if waits else _later(ctx, draft, system, operations),
        crosses_boundary=True,
    )


def _waiting(ctx: Context, system: ExternalSystem, operation: Operation) -> str:
    """What somebody who waits gets instead."""
    entity = ctx.entities[operation.entity]
    states = next((a.states for a in entity.attributes if a.type is AttributeType.STATE and a.states), ())
    actor = ctx.actors[operation.actor].name
    if reads(operation):
        return f"shows the {entity.plural} as last heard from {named(system.name)}, with the time of that"
    if states:
        return (
            f"the {entity.name} stays {states[0]}; the {actor} reads that {named(system.name)} is away, and "
            f"{operation.name} may be sent again with the same Idempotency-Key"
        )
    return f"{operation.name} answers 503 with Retry-After and changes nothing; the {actor} may send it again"


def _later(ctx: Context, draft: Draft, system: ExternalSystem, operations: list[Operation]) -> str:
    """What happens to work in the background."""
    first = operations[0]
    entity = ctx.entities[first.entity]
    if first.every is not None:
        return (
            f"{entity.plural} stay as the last good run left them, with its time shown; alarm when "
            f"{first.name} has not succeeded for {duration(2 * first.every.value)}"
        )
    queue = next((s.name for s in draft.stores if s.role is StoreRole.BROKER), "table of jobs")
    verb = "waits" if len(operations) == 1 else "wait"
    return f"{listed((o.name for o in operations), 2)} {verb} in the {queue} until {named(system.name)} is back"
