"""Pass: what stands between callers and services, from the decisions that chose it."""

from typing import Final

from msgspec.structs import replace

from archsmith.compose.actors import Caller, caller
from archsmith.compose.context import Context, ident_of, kind_of, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.homes import home_of, rents
from archsmith.kernel.ids import DecisionId, EdgeId, ElementId, element
from archsmith.knowledge.technologies import Technology
from archsmith.model.architecture import Edge
from archsmith.model.decisions import Decision, Dimension, Sizing

PATH: Final = ("cdn", "waf", "api_gateway", "load_balancer", "reverse_proxy")
"""The kinds of edges that a request passes, in their order."""

_CATEGORIES: Final = frozenset({"proxy", "balancer", "gateway", "cdn", "identity"})
_RUSH: Final = 200.0
"""Requests a second at the peak from which a public service without a limit is at the mercy of a script."""
_NONE: Final = ("none", "no_", "polling", "without")


def edges(ctx: Context, draft: Draft) -> None:
    """Edges in the order in which a request meets them, then those beside the path."""
    found: list[Edge] = []
    for decision in ctx.decisions.decisions:
        tech = ctx.technologies.get(decision.tech or "")
        if tech is not None and tech.category in _CATEGORIES:
            found += _chosen(ctx, decision, tech, found)
    found += _realtime(ctx)
    found += _fair_shares(ctx, found)
    serves = tuple(service_element(service.id) for service in draft.services)
    order = {kind: index for index, kind in enumerate(PATH)}
    draft.edges += [
        _serving(edge, serves) for edge in sorted(found, key=lambda e: (order.get(e.kind, len(PATH)), e.id))
    ]


def _serving(edge: Edge, serves: tuple[ElementId, ...]) -> Edge:
    return replace(edge, serves=serves)


def _kinds(ctx: Context, tech: Technology, decision: Decision) -> tuple[str, ...]:
    """What the technology does here; a proxy on the machine has no kind of its own in the list of components."""
    kinds = tech.kinds or (("reverse_proxy",) if tech.category == "proxy" else ())
    if tech.category == "proxy" and not _balances(ctx):
        kinds = ("reverse_proxy",)
    if "waf" in decision.option.replace("-", "_").split("_") and "waf" not in kinds:
        kinds = (*kinds, "waf")
    return kinds


def _balances(ctx: Context) -> bool:
    """Whether there are several instances of a service to spread requests over."""
    return any(s.count > 1 for s in ctx.decisions.sizings if kind_of(s.subject) == "service")


def _chosen(ctx: Context, decision: Decision, tech: Technology, before: list[Edge]) -> list[Edge]:
    """One edge for each kind; the further kinds are jobs that the first one does too."""
    found: list[Edge] = []
    for kind in _kinds(ctx, tech, decision):
        if any(edge.kind == kind for edge in before):
            continue
        first = found[0] if found else None
        sizing = _sizing(ctx, tech)
        ident = EdgeId(ident_of(sizing.subject)) if sizing and first is None else EdgeId(kind.replace("_", "-"))
        here = sizing.subject if sizing else element("edge", ident)
        own = sizing is not None and rents(sizing)
        inside = not own and tech.category == "proxy"
        found.append(
            Edge(
                id=ident,
                kind=kind,
                name=_name(kind),
                product=sizing.product if sizing else _product(ctx, tech),
                managed=sizing.managed if sizing else not inside,
                host=element("edge", first.id) if first else _host(ctx, tech),
                deployment=home_of(ctx, here) if first is None and (own or inside) else None,
                because=_because(decision, sizing),
            )
        )
    return found


def _sizing(ctx: Context, tech: Technology) -> Sizing | None:
    return next((s for s in ctx.decisions.sizings if kind_of(s.subject) == "edge" and s.tech == tech.id), None)


def _because(decision: Decision, sizing: Sizing | None) -> tuple[DecisionId, ...]:
    return tuple(dict.fromkeys([decision.id, *(sizing.because if sizing else ())]))


def _host(ctx: Context, tech: Technology) -> ElementId | None:
    """What is part of the platform or of the application has a host."""
    if "embedded" in tech.traits and ctx.decisions.services:
        return service_element(ctx.decisions.services[0].id)
    return None


def _product(ctx: Context, tech: Technology) -> str:
    provider = ctx.decision(Dimension.PROVIDER)
    offer = tech.offer(provider.option) if provider else None
    return offer.product if offer else tech.product


def _name(kind: str) -> str:
    return kind.replace("_", " ")


def _realtime(ctx: Context) -> list[Edge]:
    """A channel that pushes, where the decision is not to let clients ask again and again."""
    chosen = ctx.decision(Dimension.REALTIME)
    if chosen is None or any(word in chosen.option for word in _NONE):
        return []
    pushed = [o for o in ctx.domain.operations if o.real_time]
    group = ctx.group_of[pushed[0].id] if pushed else ctx.decisions.services[0]
    return [
        Edge(
            id=EdgeId("realtime-channel"),
            kind="realtime_channel",
            name="live updates",
            product=chosen.choice,
            managed=False,
            host=service_element(group.id),
            because=(chosen.id,),
        )
    ]


def _fair_shares(ctx: Context, found: list[Edge]) -> list[Edge]:
    """Where organisations share one system, or programs of others call it, a limit on each keeps one from slowing down
    the rest; in public it keeps robots from crowding people out in a rush."""
    several = ctx.domain.multi_tenant.value
    programs = any(caller(ctx, a) is Caller.PROGRAM and not a.internal for a in ctx.domain.actors)
    asked = bool(ctx.asked("limit_phrases"))
    rush = any(not a.internal for a in ctx.domain.actors) and ctx.workload.peak.value >= _RUSH
    if not (several or programs or asked or rush) or any(edge.kind == "rate_limiter" for edge in found):
        return []
    return [
        Edge(
            id=EdgeId("rate-limiter"),
            kind="rate_limiter",
            name="limit by tenant" if several else "limit by caller",
            product="token buckets in the application",
            managed=False,
            host=service_element(ctx.decisions.services[0].id),
            because=ctx.because(Dimension.TENANCY),
        )
    ]
