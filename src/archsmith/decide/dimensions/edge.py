"""The door: what takes requests in and spreads them."""

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import run
from archsmith.kernel.ids import OptionId, TechId
from archsmith.knowledge.billing import balancer_units
from archsmith.model.decisions import Dimension

_BUILT_IN = (("cloud_run", "gcp"), ("app_platform", "azure"))
_BALANCERS = (("aws_alb", "aws"), ("gcp_lb", "gcp"), ("azure_gateway", "azure"), ("hetzner_lb", "hetzner"))


def edge(ground: Ground) -> tuple[Option, ...]:
    """A proxy on the one machine, the platform's own entry, a balancer of the provider, or a pair of our own."""
    found = [
        _option(ground, "caddy", "", (("machines:1",),), 0.0, 0.0),
        _option(ground, "nginx", "", (("machines:1",),), 0.0, 0.0),
        _option(ground, "nginx", "pair", (("machines:2",),), 2.0, ground.down("self.balancer"), more=1.0),
    ]
    for platform, provider in _BUILT_IN:
        found.append(_option(ground, "platform_edge", provider, ((f"platform:{platform}/{provider}",),), 0.0, 0.0))
    for ident, provider in _BALANCERS:
        found.append(_balancer(ground, ident, provider))
    found.append(_balancer(ground, "api_gateway", "aws"))
    return tuple(found)


def _balancer(ground: Ground, ident: str, provider: str) -> Option:
    tech = ground.tech(ident)
    offer = tech.offers[0]
    demand = ground.demand
    bills = []
    for key in offer.usage:
        quantity = {
            "aws.alb.lcu_hour": balancer_units(demand.egress_gb, demand.connecting),
            "aws.apigw.http": demand.requests_month,
        }.get(key)
        bills.append((ground.month(key, 1.0 if quantity is None else quantity, provider), quantity is None))
    bill, standing = sum(b for b, _ in bills), sum(b for b, stands in bills if stands)
    needs: tuple[tuple[str, ...], ...] = ((f"provider:{provider}",),)
    needs = (*needs, ("functions", "containers")) if ident == "api_gateway" else (*needs, ("containers",))
    again = standing / bill if bill else 1.0
    return _option(ground, ident, provider, needs, bill, ground.down(offer.sla), label=offer.product, again=again)


def _option(
    ground: Ground,
    ident: str,
    variant: str,
    needs: tuple[tuple[str, ...], ...],
    bill: float,
    down: float,
    *,
    more: float = 0.0,
    again: float = 1.0,
    label: str = "",
) -> Option:
    tech = ground.tech(ident)
    ops = hours(tech.managed or tech.run) + more
    balances = ("balances" in tech.traits and ident != "nginx") or variant == "pair"
    return Option(
        axis="edge",
        dimension=Dimension.EDGE,
        key=f"{ident}/{variant}",
        id=OptionId(ident),
        label=label or tech.name,
        tech=TechId(ident),
        gives=(f"edge:{ident}", *(["balances"] if balances else [])),
        needs=needs,
        infra=bill,
        again=again,
        ops=ops,
        build=tech.build.value + more * 2,
        down=down,
        why=f"{run(bill, ops)}",
    )
