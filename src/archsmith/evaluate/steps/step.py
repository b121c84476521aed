"""A step towards more load, and the machines that it may use."""

from msgspec import Struct, field

from archsmith.evaluate.cost import GB, Extra, Machine
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.steps.gaps import Gap
from archsmith.kernel.ids import DeploymentId
from archsmith.kernel.phrases import number
from archsmith.knowledge.instances import INSTANCES, Instance, family
from archsmith.knowledge.pricing import instance_month
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Deployment

CROWD = 50.0
"""Machines at which their number counts as much as their price: fewer bigger ones are less to look after."""


class Step(Struct, frozen=True):
    """What to change, in words and as machines, and the gaps that it closes. `parts`: into how many a store is split, 1
    for none. `rewrite`: the design's structure must change for it. `days`: work, `prepared`: what is ready for it."""

    gaps: tuple[Gap, ...]
    words: str
    days: float
    deployment: DeploymentId | None = None
    machine: Machine | None = None
    parts: int = 1
    rewrite: bool = False
    prepared: str = ""
    extra: tuple[Extra, ...] = field(default=())

    @property
    def formula(self) -> str:
        """The arithmetic of what is full first."""
        return self.gaps[0].said


class Needs(Struct, frozen=True):
    """What a deployment must offer at a multiple of the load: cores or nodes, GB of memory on each machine, machines at
    least, and parts that each take writes."""

    cores: float = 0.0
    nodes: float = 0.0
    memory: float = 0.0
    count: int = 1
    parts: int = 1


def days(stack: Stack, what: str) -> float:
    """Person-days of a kind of step."""
    return tradeoff(stack.catalogue, what)


def options(stack: Stack, deployment: Deployment, memory: float = 0.0) -> tuple[Instance, ...]:
    """Instances of the same family with at least the memory of today's and this much, smallest first.

    Of a size that the catalogue does not know: what its store is sold on, else only today's machine.
    """
    row = stack.instance(deployment)
    least = max(row.memory if row else deployment.memory / GB, memory)
    rows = [i for i in family(stack.catalogue, _family(stack, deployment, row)) if i.memory >= least]
    if row is None and not rows:
        size, ident = deployment.memory / GB, deployment.instance
        rows.append(
            Instance(id=ident, provider=deployment.provider, family="", vcpu=deployment.vcpu, memory=size, prices={})
        )
    return tuple(rows)


def _family(stack: Stack, deployment: Deployment, row: Instance | None) -> str:
    if row is not None:
        return row.family
    offers = (stack.offer(stack.technology(s.engine), deployment.provider) for s in stack.stores_on(deployment))
    return next((o.family for o in offers if o is not None and o.family), "")


def price(stack: Stack, machine: Machine) -> float:
    """Dollars a month for machines."""
    known = machine.instance in stack.catalogue.table(INSTANCES)
    return float(instance_month(stack.catalogue, machine.instance)) * machine.count if known else 0.0


def size(stack: Stack, instance: str) -> str:
    """`m7g.large` of `aws.ec2.m7g.large`; what a container has where its id is only numbers."""
    name = ".".join(instance.split(".")[2:]) or instance
    row = stack.catalogue.table(INSTANCES).get(instance)
    if row is None or any(c.isalpha() for c in name):
        return name
    return f"({number(row.vcpu)} vCPU, {number(row.memory)} GB)"


def change(stack: Stack, deployment: Deployment, machine: Machine) -> str:
    """`3 x m7g.large in place of 2`, with the size where that changes too."""
    new = f"{machine.count} x {size(stack, machine.instance)}"
    if machine.instance == deployment.instance:
        return f"{new} in place of {deployment.count}"
    return f"{new} in place of {deployment.count} x {size(stack, deployment.instance)}"
