"""Rules for what lies outside: messages to people, money, and an adapter for each system that is not ours."""

from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.names import named
from archsmith.compose.utilities.build import utility
from archsmith.kernel.ids import ElementId
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import duration, listed, number
from archsmith.model.architecture import Utility
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, Operation
from archsmith.model.requirements import ExternalSystem

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
    if not sent and not systems:
        return []
    rate = sum(o.average.value for o in sent) * 86_400.0
    through = f" through {listed(named(s.name) for s in systems)}" if systems else ""
    said = (
        f"{_capital(listed((o.name for o in sent), 5))}{through}, about {number(rate)} a day, each once"
        if sent
        else (f"Messages{through}")
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


def payment_gateway(ctx: Context, draft: Draft) -> list[Utility]:
    """Where a provider takes the money."""
    systems = [s for s in ctx.domain.systems if s.kind == "payment"]
    if not systems and not ctx.has_regime("PCI DSS"):
        return []
    calling = [o for o in ctx.domain.operations if any(s.id in o.calls for s in systems)]
    calling = calling or [o for o in ctx.domain.operations if ctx.naming.has("payment_verbs", o.verb)]
    entity = ctx.entities[calling[0].entity].name if calling else "payment"
    who = named(systems[0].name) if systems else "a provider"
    what = listed(o.name for o in calling) if calling else "payments"
    said = (
        f"Takes the money for {what} at {who}; card numbers go from the browser to the provider only, and the {entity} "
        f"keeps its reference"
    )
    return [
        utility(
            ctx,
            "payment_gateway",
            said,
            ctx.because(Dimension.STYLE),
            host=_host(ctx, calling),
            system=systems[0].id if systems else None,
        )
    ]


def integration_adapters(ctx: Context, draft: Draft) -> list[Utility]:
    """One for each system that no other part speaks to, so that its words stay out of the model."""
    return [_adapter(ctx, system) for system in ctx.domain.systems if system.kind not in _OTHER_PARTS]


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
