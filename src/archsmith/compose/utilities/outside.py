"""Rules for what lies outside: messages to people, money, and an adapter for each system that is not ours."""

from archsmith.compose.actors import Caller, caller
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.names import named
from archsmith.compose.utilities.build import utility
from archsmith.kernel.ids import ElementId
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import duration, listed, number
from archsmith.knowledge.turns import turn
from archsmith.model.architecture import Utility
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, Operation
from archsmith.model.requirements import ExternalSystem, OperationKind, Priority, RequirementClass

_MESSAGES = ("mail", "sms")
_OTHER_PARTS = (*_MESSAGES, "payment", "identity")
"""Kinds of systems that another part of the design speaks to."""


def notification_service(ctx: Context, draft: Draft) -> list[Utility]:
    """Where mail, texts or pushes go out."""
    systems = [s for s in ctx.domain.systems if s.kind in _MESSAGES]
    sent = [
        o
        for o in ctx.domain.operations
        if o.access is Access.NOTIFY or any(ctx.systems[s].kind in _MESSAGES for s in o.calls)
    ]
    asked = ctx.asked("notify_phrases")
    waiting = _waited_for(ctx)
    if not sent and not systems and not asked and not waiting:
        return []
    rate = sum(o.average.value for o in sent) * 86_400.0
    through = f" through {listed(named(s.name) for s in systems)}" if systems else ""
    said = (
        f"{_capital(listed((o.name for o in sent), 5))}{through}, about {number(rate)} a day, each once"
        if sent
        else f"Tells people what {asked[0].id} asks{through}"
        if asked
        else f"Tells who waits for it: {listed(waiting, 4)}"
        if waiting
        else f"Messages{through}"
    )
    return [
        utility(
            ctx,
            "notification_service",
            said,
            ctx.because(Dimension.BROKER, Dimension.STYLE),
            host=_host(ctx, sent),
            system=systems[0].id if systems else None,
        )
    ]


def mail_transfer_agent(ctx: Context, draft: Draft) -> list[Utility]:
    """Where the brief wants to send mail by servers of its own, not through a service."""
    asked = ctx.asked("mail_server_phrases")
    sent = [o for o in ctx.domain.operations if o.access is Access.NOTIFY]
    if not asked:
        return []
    rate = sum(o.peak.value for o in sent)
    said = (
        f"Hands over {number(rate)} mails a second at the peak from addresses of our own, as {asked[0].id} asks: signs "
        f"them (DKIM), keeps to the pace of each receiving provider and takes bounces back"
    )
    because = ctx.because(Dimension.BROKER, Dimension.PLATFORM)
    return [utility(ctx, "mail_transfer_agent", said, because, host=_host(ctx, sent))]


def _waited_for(ctx: Context) -> list[str]:
    """What people outside want to have confirmed, and what staff do to it: nobody waits for that before the screen."""
    kinds = {a.id: caller(ctx, a) for a in ctx.domain.actors if not a.internal}
    people = {a for a, kind in kinds.items() if kind is Caller.PERSON}
    anybody = {a for a, kind in kinds.items() if kind in (Caller.PERSON, Caller.ANONYMOUS)}
    made = [o for o in ctx.domain.operations if o.access is Access.CREATE and o.actor in people]
    decided = [
        o
        for o in ctx.domain.operations
        if o.access is Access.TRANSITION and ctx.actors[o.actor].internal and any(o.entity == m.entity for m in made)
    ]
    done = [o for o in ctx.domain.operations if o.kind is OperationKind.COMMAND and o.actor in anybody]
    confirmed = [o for o in done if ctx.naming.has("confirm_verbs", o.verb)]
    return [o.name for o in (*confirmed, *decided)]


def payment_gateway(ctx: Context, draft: Draft) -> list[Utility]:
    """Where a provider takes the money."""
    systems = [s for s in ctx.domain.systems if s.kind == "payment"]
    if not systems and not ctx.has_regime("PCI DSS") and not _paid_online(ctx):
        return []
    calling = [o for o in ctx.domain.operations if any(s.id in o.calls for s in systems)]
    calling = calling or [o for o in ctx.domain.operations if ctx.naming.has("payment_verbs", o.verb)]
    entity = ctx.entities[calling[0].entity].name if calling else "payment"
    who = named(systems[0].name) if systems else "a provider"
    what = listed(o.name for o in calling) if calling else "payments"
    way = ctx.decision(Dimension.CARD_DATA)
    cards = f"card numbers: {way.choice}" if way else "card numbers go from the browser to the provider only"
    said = f"Takes the money for {what} at {who}; {cards}, and the {entity} keeps its reference"
    return [
        utility(
            ctx,
            "payment_gateway",
            said,
            ctx.because(Dimension.CARD_DATA),
            host=_host(ctx, calling),
            system=systems[0].id if systems else None,
        )
    ]


def _paid_online(ctx: Context) -> bool:
    """Whether people outside pay in the system: the brief says with what, or names what they buy and its price."""
    outside = [
        o
        for o in ctx.domain.operations
        if ctx.naming.has("payment_verbs", o.verb.split(" ")[0]) and not ctx.actors[o.actor].internal
    ]
    said = [r.statement for r in ctx.requirements.requirements if r.priority is not Priority.LATER]
    return bool(outside) and any(turn("paid_on_line").search(text) for text in said)


def integration_adapters(ctx: Context, draft: Draft) -> list[Utility]:
    """One for each system that no other part speaks to, so that its words stay out of the model.

    Where the brief asks for an interface and names no system, one for that."""
    named_ones = [_adapter(ctx, system) for system in ctx.domain.systems if system.kind not in _OTHER_PARTS]
    if named_ones:
        return named_ones
    spoken = {r.id for r in ctx.asked("interface_phrases")}
    asked = [
        r
        for r in ctx.requirements.requirements
        if (r.kind is RequirementClass.INTEGRATION or r.id in spoken) and r.priority is not Priority.LATER
    ]
    moved = [o for o in ctx.domain.operations if o.access in (Access.IMPORT, Access.EXPORT)]
    if not asked:
        return []
    doing = f"{listed((o.name for o in moved), 4)}, " if moved else ""
    said = f"Speaks to what {listed((str(r.id) for r in asked), 4)} name: {doing}and translates its terms into ours"
    return [
        utility(
            ctx,
            "integration_adapter",
            said,
            ctx.because(Dimension.STYLE, Dimension.PARTITION),
            name="adapter to systems outside",
            ident="adapter-outside",
            host=_host(ctx, moved),
        )
    ]


def _adapter(ctx: Context, system: ExternalSystem) -> Utility:
    calling = [o for o in ctx.domain.operations if system.id in o.calls]
    held = [e.plural for e in ctx.domain.entities if e.master == system.id] or list(system.masters)
    doing = (
        f"Does {listed((o.name for o in calling), 4)} with {named(system.name)}"
        if calling
        else (f"Speaks to {named(system.name)}")
    )
    truth = f"; the truth about {listed(held)} stays there" if held else ""
    timed = next((o for o in calling if o.every is not None), None)
    rhythm = f", every {duration(timed.every.value)}" if timed is not None and timed.every is not None else ""
    by = f" by {system.protocol}" if system.protocol else ""
    return utility(
        ctx,
        "integration_adapter",
        f"{doing}{by}{rhythm}, and translates its terms into ours{truth}",
        ctx.because(Dimension.STYLE, Dimension.PARTITION),
        name=f"adapter to {named(system.name)}",
        ident=f"adapter-{slug(system.id)}",
        host=_host(ctx, calling),
        system=system.id,
    )


def _host(ctx: Context, operations: list[Operation]) -> ElementId:
    group = ctx.group_of[operations[0].id] if operations else ctx.decisions.services[0]
    return service_element(group.id)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
