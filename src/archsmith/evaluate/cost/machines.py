"""Lines for what is rented by size: machines, their disks and addresses, and platforms with a fee."""

from collections.abc import Iterator

from archsmith.evaluate.cost.lines import GB, Machine, Scale, Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import element
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import number
from archsmith.kernel.units import UsdPerMonth
from archsmith.knowledge.billing import address_price, machines_of_a_month
from archsmith.knowledge.instances import INSTANCES
from archsmith.knowledge.prices import PRICES
from archsmith.model.architecture import Deployment
from archsmith.model.report import CostKind, CostLine


def machine_lines(stack: Stack, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    """All deployments in their order."""
    for deployment in stack.view.architecture.deployments:
        machine = scale.of(deployment)
        yield from rents(stack, deployment, machine)
        yield from disks(stack, deployment, machine)
    yield from _platforms(stack, used)


def kind_of(deployment: Deployment) -> CostKind:
    """What a deployment's money is spent on."""
    if any(e.startswith("service:") for e in deployment.runs):
        return CostKind.COMPUTE
    if any(e.startswith("store:") for e in deployment.runs):
        return CostKind.DATABASE
    return CostKind.EDGE


def rents(stack: Stack, deployment: Deployment, machine: Machine, region: str = "") -> Iterator[CostLine | None]:
    """The rent of a deployment's machines, in the first region unless said."""
    owner, kind = element("deployment", deployment.id), kind_of(deployment)
    mean = _mean_count(stack, deployment, machine)
    much = f"{machine.count}" if mean == machine.count else f"{number(mean)} (up to {machine.count})"
    row = stack.catalogue.table(INSTANCES).get(machine.instance)
    if row is not None and machine.count > 0:
        for key, quantity in row.prices.items():
            part = f" ({key.rsplit('.', 1)[-1]})" if len(row.prices) > 1 else ""
            there = f" in {region}" if region else ""
            what = f"{much} x {row.id}{part}{there}"
            yield line(stack, owner, kind, what, key, quantity * mean, fixed=True, region=region)
    elif machine.count > 0 and deployment.month > 0 and kind is not CostKind.EDGE and machine.instance:
        each = deployment.month / max(1, deployment.count)
        yield CostLine(
            id=slug(f"{owner.replace(':', '-')}-{machine.instance}"),
            element=owner,
            kind=kind,
            what=f"{machine.count} x {machine.instance}",
            quantity=float(machine.count),
            unit="instance-month",
            unit_price=each,
            month=UsdPerMonth(each * machine.count),
            fixed=True,
            source="the price that the sizing used; the catalogue has no row for this instance",
        )


def _mean_count(stack: Stack, deployment: Deployment, machine: Machine) -> float:
    """Machines on the mean of a month: all of them, or fewer where a rule takes them away outside the peak."""
    if deployment.scaling is None:
        return float(machine.count)
    least = max(deployment.scaling.minimum, machine.count * deployment.scaling.minimum // max(1, deployment.count))
    return machines_of_a_month(stack.catalogue, machine.count, least, stack.view.workload.peak_factor.value)


def disks(stack: Stack, deployment: Deployment, machine: Machine, region: str = "") -> Iterator[CostLine | None]:
    """Disks and public addresses of machines that we run ourselves; a managed store's storage is a line of its own."""
    provider = stack.provider
    row = stack.catalogue.table(INSTANCES).get(machine.instance)
    if provider is None or row is None or not row.family.startswith(provider.vm):
        return
    owner, there = element("deployment", deployment.id), f" in {region}" if region else ""
    extra = max(0.0, deployment.disk / GB - row.disk) * machine.count
    yield line(stack, owner, CostKind.STORAGE, f"disks{there}", provider.disk, extra, fixed=True, region=region)
    if kind_of(deployment) is CostKind.COMPUTE:
        key, count = address_price(provider, row), _mean_count(stack, deployment, machine)
        yield line(stack, owner, CostKind.NETWORK, f"public addresses{there}", key, count, fixed=True, region=region)


def _platforms(stack: Stack, used: Usage) -> Iterator[CostLine | None]:
    """Fees of platforms, and functions that are billed by use."""
    seen: set[str] = set()
    for deployment in stack.view.architecture.deployments:
        tech = stack.technology(deployment.platform)
        offer = tech.offer(str(deployment.provider)) if tech else None
        if tech is None or offer is None or tech.id in seen or tech.category != "platform":
            continue
        seen.add(tech.id)
        owner = element("deployment", deployment.id)
        if offer.minimum:
            yield line(stack, owner, CostKind.COMPUTE, "control plane", offer.minimum, 1.0, fixed=True)
        for key in offer.usage:
            unit = stack.catalogue.table(PRICES)[key].unit
            per = stack.coefficient("function.request") if "second" in unit else 1.0
            yield line(stack, owner, CostKind.COMPUTE, key.rsplit(".", 1)[-1], key, used.requests * per)
