"""Lines for what stands between callers and services: traffic out, CDN, balancers, gateways, filters, sign-in."""

from collections.abc import Iterator

from archsmith.evaluate.cost.lines import Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import number
from archsmith.kernel.units import MONTH
from archsmith.knowledge.billing import active_users, balancer_units, from_origin, plan_is_due
from archsmith.knowledge.prices import PRICES
from archsmith.model.architecture import Edge
from archsmith.model.decisions import StoreRole
from archsmith.model.report import CostKind, CostLine

_KINDS = {"waf": CostKind.SECURITY, "identity_provider": CostKind.SECURITY}


def network_lines(stack: Stack, used: Usage) -> Iterator[CostLine | None]:
    """The edges in their order, then the traffic that the provider bills."""
    for edge in stack.view.architecture.edges:
        if edge.host is None:
            yield from _edge(stack, edge, used)
    yield from _egress(stack, used)


def _edge(stack: Stack, edge: Edge, used: Usage) -> Iterator[CostLine | None]:
    tech = stack.of_edge(edge)
    offer = stack.offer(tech)
    owner = element("edge", edge.id)
    kind = _KINDS.get(edge.kind, CostKind.EDGE)
    if edge.kind == "waf" and tech is None and str(stack.view.architecture.provider) == "aws":
        yield line(stack, owner, kind, "rule set", "aws.waf.acl", 1.0, fixed=True)
        yield line(stack, owner, kind, "requests inspected", "aws.waf.request", used.requests)
    if offer is None or tech is None:
        return
    if offer.minimum and (edge.kind != "cdn" or plan_is_due(used.requests, used.file_gb)):
        yield line(stack, owner, kind, "base fee", offer.minimum, 1.0, fixed=True)
    for key in offer.usage:
        unit = stack.catalogue.table(PRICES)[key].unit
        what = key.rsplit(".", 1)[-1].replace("_", " ")
        fixed = unit.endswith("hour") or unit == "month"
        yield line(stack, owner, kind, what, key, _quantity(stack, key, unit, used, tech.free_users), fixed=fixed)


def _quantity(stack: Stack, key: str, unit: str, used: Usage, free_users: int) -> float:
    if "LCU" in unit:
        return balancer_units(used.egress_gb, used.connecting / MONTH)
    if unit.endswith("hour") or unit == "month":
        return 1.0
    if "user" in unit:
        users, requests = stack.view.workload.users.value, stack.view.workload.average.value * MONTH
        return max(0.0, active_users(stack.catalogue, users, requests) - free_users)
    if "request" in unit:
        return used.requests if not key.startswith("aws.cloudfront") else max(used.file_reads, used.requests)
    return used.file_gb


def _egress(stack: Stack, used: Usage) -> Iterator[CostLine | None]:
    """What leaves the provider, tier by tier; files that a CDN serves are billed there."""
    provider = stack.provider
    owner: ElementId = element("provider", str(stack.view.architecture.provider))
    if provider is None:
        return
    out = used.egress_gb
    objects = [stack.technology(s.engine) for s in stack.view.architecture.stores if s.role is StoreRole.OBJECTS]
    if any(t is not None and "free_egress" in t.traits for t in objects):
        out -= used.file_gb
    else:
        cdn = next((stack.of_edge(e) for e in stack.view.edges_of("cdn")), None)
        out -= used.file_gb - from_origin(stack.catalogue, cdn, str(provider.id), used.file_gb)
    left, floor = max(0.0, out - provider.egress_free), 0.0
    for top, key in provider.egress:
        part = left if top <= 0 else min(left, top - floor)
        until = f"up to {number(top / 1000)} TB" if top > 0 else "beyond" if floor else "all"
        yield line(stack, owner, CostKind.NETWORK, f"traffic out, {until}", key, part)
        left, floor = left - part, top
        if left <= 0:
            return
