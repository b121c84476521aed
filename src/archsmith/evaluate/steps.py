"""The step that lets a station carry more: more or bigger machines, read replicas, an own broker, or a split by key."""

import math
from dataclasses import dataclass

from archsmith.evaluate.cost import Machine
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.kernel.ids import DeploymentId, element
from archsmith.kernel.phrases import counted, listed, number
from archsmith.knowledge.instances import Instance, family
from archsmith.knowledge.pricing import instance_month
from archsmith.model.architecture import Deployment, Store, Topology
from archsmith.model.decisions import StoreRole

CROWD = 50.0
"""Machines at which their number counts as much as their price: fewer bigger ones are less to look after."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to change, in words and as machines. `parts`: into how many a store is split; 1 for none. `rewrite`: the
    design's structure must change for it."""

    key: str
    words: str
    formula: str
    deployment: DeploymentId | None = None
    machine: Machine | None = None
    parts: int = 1
    rewrite: bool = False


def step_for(stack: Stack, station: Station, factor: float, limit: float) -> Step:
    """The cheapest step within the design's own options that brings the station below the limit at the factor."""
    need = station.offered * factor / limit
    said = f"{number(station.offered)} x {number(factor)} / {limit:.2f} = {number(need)} {_unit(station)}"
    deployment = next((d for d in stack.view.architecture.deployments if d.id == station.deployment), None)
    if deployment is None:
        return _by_use(stack, station, said)
    stores = stack.stores_on(deployment)
    alone = len(stores) == len(deployment.runs) and bool(stores)
    if alone:
        return _store_step(stack, station, deployment, stores[0], need, said)
    if stores:
        return _mixed_step(stack, station, deployment, stores, need, said)
    return _scale_out(stack, station, deployment, need, said)


def _unit(station: Station) -> str:
    return {"CPU": "vCPU", "nodes": "nodes"}.get(station.resource, "servers")


def _by_use(stack: Stack, station: Station, said: str) -> Step:
    name = stack.view.name(station.element)
    return Step(station.key, f"ask the provider for a higher limit of {name}", said)


def _scale_out(stack: Stack, station: Station, deployment: Deployment, need: float, said: str) -> Step:
    """Stateless: the instances of the same family that cost least in all, at least as many as now."""
    options = _family(stack, deployment)
    if not options:
        each = max(stack.cores(deployment), 0.01)
        count = max(deployment.count, math.ceil(need / each - 1e-9))
        machine = Machine(deployment.instance, count)
    else:
        machine = min(
            (Machine(i.id, max(deployment.count, math.ceil(need / i.cores - 1e-9))) for i in options),
            key=lambda m: (_price(stack, m) * (1 + m.count / CROWD), m.count, m.instance),
        )
    words = f"{stack.view.name(station.element)}: {machine.count} x {_short(machine.instance)}{_instead(deployment)}"
    return Step(station.key, words, said, deployment.id, machine)


def _store_step(stack: Stack, station: Station, deployment: Deployment, store: Store, need: float, said: str) -> Step:
    """One primary takes all writes: a bigger machine first, replicas for reads next, then a split by key."""
    name = store.name
    if store.topology in (Topology.CLUSTER, Topology.PROVIDER) or station.resource == "nodes":
        step = _scale_out(stack, station, deployment, need, said)
        if station.resource == "nodes":  # the figure is of a node: a bigger one does not do more
            machine = Machine(deployment.instance, max(deployment.count, math.ceil(need - 1e-9)))
            step = Step(station.key, "", said, deployment.id, machine)
        parts = step.machine.count if step.machine else 1
        size = _short(step.machine.instance if step.machine else deployment.instance)
        words = f"{name}: {counted(parts, 'node')} of {size}"
        if store.role is StoreRole.BROKER:
            words += ", its topics in as many partitions"
        return Step(station.key, words, said, deployment.id, step.machine)
    options = [i for i in _family(stack, deployment) if i.cores * stack.shards(store) >= need]
    if options:
        best = min(options, key=lambda i: (instance_month(stack.catalogue, i), i.id))
        machine = Machine(best.id, deployment.count)
        return Step(station.key, f"{name}: {_short(best.id)}{_instead(deployment)}", said, deployment.id, machine)
    largest = max(_family(stack, deployment), key=lambda i: i.cores, default=None)
    cores = largest.cores if largest else stack.cores(deployment)
    reading = store.reads_peak * stack.coefficient("queries.per_request") / stack.coefficient("sql.read")
    reads = reading / max(1e-9, reading + store.writes_peak / stack.coefficient("sql.write"))
    tech = stack.technology(store.engine)
    writes = need * (1 - reads)
    if tech is not None and "replicas" in tech.traits and writes <= cores:
        copies = math.ceil((need * reads) / cores - 1e-9)
        machine = Machine(largest.id if largest else deployment.instance, deployment.count + copies)
        words = f"{name}: {_short(machine.instance)} and {copies} read replicas"
        return Step(station.key, words, said, deployment.id, machine)
    parts = max(2, stack.shards(store), math.ceil(need / cores - 1e-9))
    each = max(1, deployment.count // stack.shards(store))
    machine = Machine(largest.id if largest else deployment.instance, each * parts)
    key = _split_key(stack, store)
    return Step(
        station.key, f"{name}: split by {key} into {parts} databases", said, deployment.id, machine, parts, True
    )


def _mixed_step(
    stack: Stack, station: Station, deployment: Deployment, stores: tuple[Store, ...], need: float, said: str
) -> Step:
    """Services and stores on one machine: a bigger one; where none is big enough the stores get their own."""
    options = [i for i in _family(stack, deployment) if i.cores * max(1, deployment.count) >= need]
    if options:
        best = min(options, key=lambda i: (instance_month(stack.catalogue, i), i.id))
        machine = Machine(best.id, deployment.count)
        words = f"{deployment.name}: {_short(best.id)}{_instead(deployment)}"
        return Step(station.key, words, said, deployment.id, machine)
    step = _scale_out(stack, station, deployment, need, said)
    moved = listed(s.name for s in stores if s.topology is not Topology.EMBEDDED)
    count = step.machine.count if step.machine else deployment.count
    words = f"{moved} moves to machines of its own, {count} x {_short(step.machine.instance if step.machine else '')}"
    return Step(station.key, words, said, deployment.id, step.machine)


def _family(stack: Stack, deployment: Deployment) -> tuple[Instance, ...]:
    """Instances of the same family with at least the memory of today's, smallest first."""
    row = stack.instance(deployment)
    rows = family(stack.catalogue, row.family) if row else ()
    return tuple(i for i in rows if row is None or i.memory >= row.memory)


def _price(stack: Stack, machine: Machine) -> float:
    return float(instance_month(stack.catalogue, machine.instance)) * machine.count


def _short(instance: str) -> str:
    """`m7g.large` of `aws.ec2.m7g.large`."""
    parts = instance.split(".")
    return ".".join(parts[2:]) or instance


def _instead(deployment: Deployment) -> str:
    return f" in place of {deployment.count} x {_short(deployment.instance)}"


def _split_key(stack: Stack, store: Store) -> str:
    """The key by which rows go to one part: the tenant, else the owner of the largest entity, else its aggregate."""
    if stack.view.domain.multi_tenant.value:
        return "tenant"
    held = [e for e in stack.view.domain.entities if e.id in store.entities]
    if not held:
        return "key"
    biggest = max(held, key=lambda e: e.rows_per_month.value)
    if biggest.owner and biggest.owner in stack.view.actors:
        return stack.view.actors[biggest.owner].name
    return stack.view.name(element("entity", biggest.aggregate))
