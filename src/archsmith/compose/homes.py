"""Where an element runs: the deployment of its sizing, or that of the service beside which it stands."""

from archsmith.compose.context import Context, ident_of, kind_of, service_element
from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.names import slug
from archsmith.model.decisions import Sizing


def rents(sizing: Sizing) -> bool:
    """Whether a sizing stands for something of its own: a machine, a managed service, a thing billed by use."""
    return sizing.managed or bool(sizing.instance) or sizing.vcpu > 0


def shares(ctx: Context, sizing: Sizing) -> bool:
    """Whether a service runs on the machines of the first one: same machines of our own, paid for there."""
    first = first_host(ctx)
    if first is None or sizing.subject == first or kind_of(sizing.subject) != "service":
        return False
    return not sizing.managed and sizing.month == 0.0 and sizing.instance == ctx.sizing_of[first].instance


def home_of(ctx: Context, element: ElementId) -> DeploymentId:
    """The deployment of an element. What rents nothing of its own runs where the first service runs."""
    sizing = ctx.sizing_of.get(element)
    if sizing is not None and rents(sizing) and not shares(ctx, sizing):
        return deployment_id(element)
    host = first_host(ctx)
    return deployment_id(host) if host else deployment_id(element)


def first_host(ctx: Context) -> ElementId | None:
    """The first service with a machine of its own, beside which small things run."""
    for group in ctx.decisions.services:
        sizing = ctx.sizing_of.get(service_element(group.id))
        if sizing is not None and rents(sizing):
            return sizing.subject
    return next((s.subject for s in ctx.decisions.sizings if rents(s) and s.vcpu > 0), None)


def deployment_id(element: ElementId) -> DeploymentId:
    """The deployment's id: that of what it was sized for, with its kind where that is no service."""
    kind, ident = kind_of(element), ident_of(element)
    return DeploymentId(slug(ident) if kind == "service" else slug(f"{kind}-{ident}"))
