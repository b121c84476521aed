"""The steps that let the design carry more: the least change of each deployment that closes all its gaps."""

import math

from archsmith.evaluate.ceilings import Ceiling
from archsmith.evaluate.cost import Machine
from archsmith.evaluate.steps.gaps import Gap, Load
from archsmith.evaluate.steps.services import mixed, scale_out
from archsmith.evaluate.steps.step import Needs, Step, days
from archsmith.evaluate.steps.stores import setting_steps, store_step
from archsmith.kernel.ids import DeploymentId
from archsmith.kernel.phrases import number
from archsmith.knowledge.instances import INSTANCES
from archsmith.model.architecture import Deployment, Store
from archsmith.model.decisions import StoreRole

__all__ = ["Gap", "Load", "Step", "steps_for"]

_SETTINGS = ("connections", "disk")
AHEAD = 10.0
"""Multiple of the load for which a quota is asked, so that it is asked for once."""


def steps_for(load: Load, gaps: tuple[Gap, ...], factor: float) -> tuple[Step, ...]:
    """All that is needed for a multiple of the load, in the order in which the gaps open."""
    groups: dict[DeploymentId | str, list[Gap]] = {}
    for gap in gaps:
        groups.setdefault(gap.key if gap.raisable or gap.deployment is None else gap.deployment, []).append(gap)
    return tuple(step for those in groups.values() for step in _group(load, tuple(those), factor))


def _group(load: Load, gaps: tuple[Gap, ...], factor: float) -> tuple[Step, ...]:
    deployments = load.stack.view.architecture.deployments
    deployment = next((d for d in deployments if d.id == gaps[0].deployment), None)
    if gaps[0].raisable or deployment is None or not deployment.instance:
        return tuple(_raised(load, gap, factor) for gap in gaps)
    sized = tuple(g for g in gaps if g.kind not in _SETTINGS)
    step = _sized(load, sized, deployment, factor) if sized else None
    settings = tuple(g for g in gaps if g.kind in _SETTINGS)
    others = tuple(setting_steps(load, settings, deployment, step.machine if step else None, factor))
    return (step, *others) if step else others


def _raised(load: Load, gap: Gap, factor: float) -> Step:
    """A quota, or a service that is billed by use: what is asked for is enough for ten times today's load."""
    stack, name = load.stack, load.stack.view.name(gap.element)
    work, enough = days(stack, "grow.quota_days"), max(factor, AHEAD)
    if gap.kind == "time":
        rate = number(load.stations[gap.key].arrivals * enough)
        return Step((gap,), f"ask the provider for {rate}/s of {name}", work)
    ceiling = load.by_key(gap.key)
    asked = f"from {number(ceiling.limit)} to {number(_asked(load, ceiling, enough))}"
    return Step((gap,), f"ask the provider to raise the {gap.resource} {asked}", work)


def _asked(load: Load, ceiling: Ceiling, factor: float) -> float:
    """What a quota must be: by the machines of the steps where it counts machines, else by the rate."""
    kind, _, platform = ceiling.key.partition(".")
    if kind not in ("vcpus", "instances"):
        return ceiling.need(factor)
    hard = tuple(g for g in load.gaps(factor) if not g.raisable)
    machines = {s.deployment: s.machine for s in steps_for(load, hard, factor) if s.machine is not None}
    total, rows = 0.0, load.stack.catalogue.table(INSTANCES)
    for d in load.stack.view.architecture.deployments:
        if d.platform == platform:
            machine = machines.get(d.id) or Machine(d.instance, d.count)
            row = rows.get(machine.instance)
            total += machine.count * ((row.vcpu if row else float(d.vcpu)) if kind == "vcpus" else 1.0)
    return total


def _sized(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, factor: float) -> Step:
    needs = _needs(load, gaps, deployment, factor)
    stores = load.stack.stores_on(deployment)
    if stores and len(stores) == len(deployment.runs):
        return store_step(load, gaps, deployment, _face(load, gaps, deployment), needs)
    if any(s.role is StoreRole.PRIMARY for s in stores):
        return mixed(load, gaps, deployment, stores, needs)
    return scale_out(load, gaps, deployment, needs)


def _face(load: Load, gaps: tuple[Gap, ...], deployment: Deployment) -> Store:
    """The store that is full, of those on a deployment."""
    stores = load.stack.stores_on(deployment)
    wanted = {g.element for g in gaps}
    return next((s for s in stores if f"store:{s.id}" in wanted), stores[0])


def _needs(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, factor: float) -> Needs:
    """Everything that the deployment's machines must have then, whether it is full or not."""
    share = load.share
    station = load.stations.get(str(deployment.id))
    wanted = station.offered * factor / share if station else 0.0
    nodes = station is not None and station.resource == "nodes"
    count = parts = 1
    for ceiling in load.on(deployment.id, "lines", "network"):  # both go by cores, but where an instance has a cap
        more = ceiling.utilisation(factor) / share
        wanted = max(wanted, load.stack.cores(deployment) * max(1, deployment.count) * more)
        if any(i.endswith("connections_per_instance") for i in ceiling.inputs):
            count = max(count, math.ceil(deployment.count * more - 1e-9))
    shards = max([load.stack.shards(s) for s in load.stack.stores_on(deployment)], default=1)
    for ceiling in load.on(deployment.id, "writes", "volume"):
        parts = max(parts, math.ceil(shards * ceiling.utilisation(factor) / load.allowed(ceiling) - 1e-9))
    memory = max([c.need(factor) for c in load.on(deployment.id, "memory")], default=0.0)
    return Needs(
        cores=0.0 if nodes else wanted,
        nodes=wanted if nodes else 0.0,
        memory=memory,
        count=count,
        parts=parts,
    )
