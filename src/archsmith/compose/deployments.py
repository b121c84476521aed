"""Pass: what is rented, how many, where, and everything that runs on it. One machine may carry all."""

from archsmith.compose.context import Context, kind_of
from archsmith.compose.draft import Draft
from archsmith.compose.homes import deployment_id, rents
from archsmith.kernel.ids import DeploymentId, ElementId, TechId, element
from archsmith.kernel.units import Utilisation
from archsmith.model.architecture import Deployment, ScalingRule
from archsmith.model.decisions import Dimension, Sizing


def deployments(ctx: Context, draft: Draft) -> None:
    """One deployment for each sizing that rents something, in the order of the sizings."""
    runs = _runs(draft)
    for sizing in ctx.decisions.sizings:
        ident = deployment_id(sizing.subject)
        if rents(sizing) and runs.get(ident):
            draft.deployments.append(_deployment(ctx, draft, sizing, ident, runs[ident]))


def _runs(draft: Draft) -> dict[DeploymentId, list[ElementId]]:
    found: dict[DeploymentId, list[ElementId]] = {}
    for service in draft.services:
        found.setdefault(service.deployment, []).append(element("service", service.id))
    for store in draft.stores:
        if store.deployment is not None:
            found.setdefault(store.deployment, []).append(element("store", store.id))
    for edge in draft.edges:
        if edge.deployment is not None:
            found.setdefault(edge.deployment, []).append(element("edge", edge.id))
    return found


def _deployment(ctx: Context, draft: Draft, sizing: Sizing, ident: DeploymentId, runs: list[ElementId]) -> Deployment:
    return Deployment(
        id=ident,
        name=sizing.product,
        platform=_platform(ctx, sizing),
        provider=draft.provider,
        product=sizing.product,
        instance=sizing.instance,
        vcpu=sizing.vcpu,
        memory=sizing.memory,
        disk=sizing.storage,
        count=sizing.count,
        zones=sizing.zones,
        regions=draft.regions,
        runs=tuple(runs),
        scaling=_scaling(ctx, sizing),
        month=sizing.month,
        because=sizing.because or ctx.because(Dimension.SIZING, Dimension.PLATFORM),
    )


def _platform(ctx: Context, sizing: Sizing) -> TechId:
    """A service runs on the platform that was chosen; what is managed on itself; the rest on its machines."""
    platform = ctx.decision(Dimension.PLATFORM)
    chosen = (platform.tech if platform else None) or sizing.tech
    return chosen if kind_of(sizing.subject) == "service" or not sizing.managed else sizing.tech


def _scaling(ctx: Context, sizing: Sizing) -> ScalingRule | None:
    if sizing.role is not None or sizing.count <= sizing.minimum:
        return None
    return ScalingRule(
        metric="cpu",
        target=Utilisation(min(ctx.parameter("scale.target"), 1.0 - ctx.targets.headroom.value)),
        minimum=sizing.minimum,
        maximum=sizing.count,
    )
