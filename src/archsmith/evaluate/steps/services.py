"""Steps of services: more or bigger machines."""

import math

from archsmith.evaluate.cost import Machine
from archsmith.evaluate.steps.gaps import Gap, Load
from archsmith.evaluate.steps.step import CROWD, Needs, Step, change, days, options, price
from archsmith.kernel.phrases import listed, percent
from archsmith.model.architecture import Deployment, Store, Topology
from archsmith.model.decisions import StoreRole


def scale_out(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, needs: Needs) -> Step:
    """Stateless: the instances of the same family that cost least in all, at least as many as now."""
    stack, rule = load.stack, deployment.scaling
    machine = machines(load, deployment, needs)
    same = machine.instance == deployment.instance
    ready = ""
    if rule is not None and same:
        ready = f"the rule that adds instances at {percent(rule.target)} {rule.metric} is there; its maximum is raised"
    return Step(
        gaps,
        f"{stack.view.name(gaps[0].element)}: {change(stack, deployment, machine)}",
        days(stack, "grow.setting_days" if ready else "grow.resize_days"),
        deployment.id,
        machine,
        prepared=ready,
    )


def machines(load: Load, deployment: Deployment, needs: Needs) -> Machine:
    """The machines that give the cores and nodes at the least price, few of them at about the same."""
    stack = load.stack
    beside = max(1, deployment.count // stack.active(deployment))  # a node that answers, and its standby one
    least = max(deployment.count, needs.count, math.ceil(needs.nodes - 1e-9) * beside)
    rows = options(stack, deployment, needs.memory)
    # a figure of a node is its own: a bigger one does not do more
    if not rows or needs.nodes > 0 or not all(i.cores > 0 for i in rows):
        each = max(stack.cores(deployment), 0.01)
        return Machine(deployment.instance, max(least, math.ceil(needs.cores / each - 1e-9)))
    found = [(i, Machine(i.id, max(least, math.ceil(needs.cores / i.cores - 1e-9)))) for i in rows]
    allowed = [m for i, m in found if not i.most or m.count <= i.most]
    return min(
        allowed or [found[-1][1]],
        key=lambda m: (price(stack, m) * (1 + m.count / CROWD), m.count, m.instance),
    )


def mixed(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, stores: tuple[Store, ...], needs: Needs) -> Step:
    """Services and stores on one machine: a bigger one; where none is big enough they part."""
    stack = load.stack
    fitting = [i for i in options(stack, deployment, needs.memory) if i.cores * max(1, deployment.count) >= needs.cores]
    if fitting and needs.count <= deployment.count and needs.parts <= 1:
        best = min(fitting, key=lambda i: (price(stack, Machine(i.id, 1)), i.id))
        machine = Machine(best.id, deployment.count)
        words = f"{deployment.name}: {change(stack, deployment, machine)}"
        return Step(gaps, words, days(stack, "grow.resize_days"), deployment.id, machine)
    return _part(load, gaps, deployment, stores, needs)


def _part(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, stores: tuple[Store, ...], needs: Needs) -> Step:
    """The stores move to machines of their own; what lives in one process must become another product first."""
    stack = load.stack
    machine = machines(load, deployment, needs)
    bound = [s for s in stores if (t := stack.technology(s.engine)) is not None and "one_process" in t.traits]
    files = [s for s in bound if s.role is StoreRole.OBJECTS]
    rows = [s for s in bound if s.role is not StoreRole.OBJECTS]
    moved = [s.name for s in stores if s not in bound and s.topology is not Topology.EMBEDDED]
    words = [f"{s.name}: from {s.product} to PostgreSQL" for s in rows]
    if files:
        words.append(f"{listed(s.name for s in files)}: from this machine's disk to an object store")
    if moved:
        words.append(f"{listed(moved)} to machines of {'its' if len(moved) == 1 else 'their'} own")
    words.append(f"in all {change(stack, deployment, machine)}")
    work = len(rows) * days(stack, "switch.store_days") + (len(files) + len(moved)) * days(stack, "grow.move_days")
    tables = sum(t.store in {s.id for s in rows} for t in stack.view.architecture.tables)
    ready = f"{tables} tables with their keys and constraints are plain SQL, and are loaded as they are" if rows else ""
    return Step(
        gaps,
        "; ".join(words),
        work + days(stack, "grow.resize_days"),
        deployment.id,
        machine,
        rewrite=bool(rows),
        prepared=ready,
    )
