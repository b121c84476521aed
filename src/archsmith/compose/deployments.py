"""Pass: what is rented, how many, where, and everything that runs on it. One machine may carry all."""

import math

from archsmith.compose.context import Context, kind_of
from archsmith.compose.draft import Draft
from archsmith.compose.homes import deployment_id, rents
from archsmith.kernel.ids import DeploymentId, ElementId, TechId, element
from archsmith.kernel.units import Bytes, UsdPerMonth, Utilisation
from archsmith.model.architecture import Deployment, ScalingRule
from archsmith.model.decisions import Dimension, Sizing


def deployments(ctx: Context, draft: Draft) -> None:
    """One deployment for each sizing that rents something, in the order of the sizings."""
    runs = _runs(draft)
    for sizing in ctx.decisions.sizings:
        ident = deployment_id(sizing.subject)
        if rents(sizing) and runs.get(ident):
            beside = [s for s in ctx.decisions.sizings if not rents(s) and _carrier(draft, s) == ident]
            draft.deployments.append(_deployment(ctx, draft, sizing, ident, runs[ident], beside))


def _carrier(draft: Draft, sizing: Sizing) -> DeploymentId | None:
    """On whose disk something lies that rents nothing: its own deployment, or that of the store it is inside."""
    store = next((s for s in draft.stores if element("store", s.id) == sizing.subject), None)
    if store is None:
        return None
    host = next((s for s in draft.stores if s.id == store.host), None)
    return store.deployment or (host.deployment if host else draft.services[0].deployment)


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


def _deployment(
    ctx: Context, draft: Draft, sizing: Sizing, ident: DeploymentId, runs: list[ElementId], beside: list[Sizing]
) -> Deployment:
    """`beside`: what has no machine of its own; its disk and the price of that are part of this one.

    What is in the tables of a store is on each of its machines, in parts where it is split; other copies are spread.
    """
    inside = {element("store", s.id) for s in draft.stores if s.host is not None}
    spread = {s.subject: 1 / sizing.shards if s.subject in inside else s.count / max(1, sizing.count) for s in beside}
    return Deployment(
        id=ident,
        name=sizing.product,
        platform=_platform(ctx, sizing),
        provider=draft.provider,
        product=sizing.product,
        instance=sizing.instance,
        vcpu=sizing.vcpu,
        memory=sizing.memory,
        disk=Bytes(sizing.storage + math.fsum(s.storage * spread[s.subject] for s in beside)),
        count=sizing.count,
        zones=sizing.zones,
        regions=draft.regions[:1],
        runs=tuple(runs),
        scaling=_scaling(ctx, sizing),
        month=UsdPerMonth(sizing.month + math.fsum(s.month for s in beside)),
        because=sizing.because or ctx.because(Dimension.SIZING, Dimension.PLATFORM),
    )


def _platform(ctx: Context, sizing: Sizing) -> TechId:
    """A service runs on the platform that was chosen; what is managed on itself; the rest on its machines."""
    platform = ctx.decision(Dimension.PLATFORM)
    chosen = (platform.tech if platform else None) or sizing.tech
    if kind_of(sizing.subject) == "service":
        return chosen
    if sizing.managed:
        return sizing.tech
    tech = ctx.technologies.get(chosen)
    keeps = tech is not None and "stateful" in tech.traits
    return chosen if keeps else TechId("vm_compose")


def _scaling(ctx: Context, sizing: Sizing) -> ScalingRule | None:
    if sizing.role is not None or sizing.count <= sizing.minimum:
        return None
    return ScalingRule(
        metric="cpu",
        target=Utilisation(min(ctx.parameter("scale.target"), 1.0 - ctx.targets.headroom.value)),
        minimum=sizing.minimum,
        maximum=sizing.count,
    )
