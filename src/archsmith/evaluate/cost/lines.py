"""A line of the bill: quantity x unit price, with the price's source and date."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import DeploymentId, ElementId, element
from archsmith.kernel.names import slug
from archsmith.kernel.units import HOURS_PER_MONTH, MONTH, UsdPerMonth
from archsmith.knowledge.prices import PRICES
from archsmith.knowledge.pricing import region_factor, unit_size, usd
from archsmith.model.architecture import Deployment
from archsmith.model.domain import Access
from archsmith.model.report import CostKind, CostLine
from archsmith.model.requirements import OperationKind

GB = 1e9


@dataclass(frozen=True, slots=True)
class Machine:
    """An instance of the catalogue and how many of it."""

    instance: str
    count: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The load over that of the horizon, and the machines where they differ from the design's."""

    factor: float = 1.0
    machines: Mapping[DeploymentId, Machine] = field(default_factory=dict)

    def of(self, deployment: Deployment) -> Machine:
        """The machines of a deployment at this scale."""
        return self.machines.get(deployment.id) or Machine(deployment.instance, deployment.count)


def line(
    stack: Stack,
    owner: ElementId,
    kind: CostKind,
    what: str,
    key: str,
    quantity: float,
    *,
    fixed: bool = False,
    region: str = "",
) -> CostLine | None:
    """`quantity` of what a price buys (requests, GB, or things held all month: hours follow). None without a price.

    `region`: where it is bought, the first one unless said.
    """
    row = stack.catalogue.table(PRICES).get(key)
    if row is None or quantity <= 0:
        return None
    regions = (region,) if region else stack.view.architecture.regions
    far = row.region not in ("any", "global") and bool(regions)
    factor = region_factor(stack.catalogue, regions[0]) if far else 1.0
    price = usd(stack.catalogue, key) * factor
    amount = quantity / unit_size(row)
    if row.unit.endswith("hour"):
        amount *= HOURS_PER_MONTH
    note = f", x {factor:g} for {regions[0]}" if far and factor != 1.0 else ""
    return CostLine(
        id=slug(f"{owner.replace(':', '-')}-{what}"),
        element=owner,
        kind=kind,
        what=what,
        quantity=amount,
        unit=row.unit,
        unit_price=price,
        month=UsdPerMonth(amount * price),
        fixed=fixed,
        source=f"{row.id}: {row.source}{f' ({row.as_of})' if row.as_of else ''}{note}",
    )


@dataclass(frozen=True, slots=True)
class Usage:
    """What is used in a month at a scale: requests, those that enter by the balancer, gigabytes out (and the files
    among them), file reads and writes, messages."""

    requests: float
    entering: float
    egress_gb: float
    file_gb: float
    file_reads: float
    file_writes: float
    messages: float


def usage(stack: Stack, scale: Scale) -> Usage:
    """The month's usage: averages of the workload, times the scale."""
    view, f = stack.view, scale.factor
    files = {e.id: e for e in view.domain.entities if e.blob_bytes.value > 0}
    reading = (Access.GET, Access.EXPORT, Access.LIST)
    read = [
        o
        for o in view.domain.operations
        if o.entity in files
        and o.access in reading
        and o.response_bytes.value >= 0.2 * files[o.entity].blob_bytes.value
    ]
    file_gb = sum(
        o.average.value * max(o.response_bytes.value, files[o.entity].blob_bytes.value) * MONTH / GB for o in read
    )
    egress = max(view.workload.egress.value / GB, file_gb)
    if files:  # what leaves beyond the answers is files: read by link, not by an operation
        answered = sum(o.average.value * o.response_bytes.value for o in view.interactive) * MONTH / GB
        file_gb = max(file_gb, egress - answered)
    return Usage(
        requests=view.workload.average.value * MONTH * f,
        entering=_entering(stack) * MONTH * f,
        egress_gb=egress * f,
        file_gb=min(file_gb, egress) * f,
        file_reads=sum(o.average.value for o in read) * MONTH * f,
        file_writes=sum(e.rows_per_month.value for e in files.values()) * f,
        messages=sum(
            o.average.value * max(1, len(o.emits)) * MONTH
            for o in view.domain.operations
            if o.emits or (o.calls and not o.calls_sync)
        )
        * f,
    )


def _entering(stack: Stack) -> float:
    """Requests a second on average that enter from outside, but for those that devices send to their own door."""
    doors = {element("store", s.id) for s in stack.view.architecture.stores if "iot_gateway" in s.kinds}
    outside = (OperationKind.COMMAND, OperationKind.QUERY, OperationKind.STREAM)
    return sum(
        o.average.value
        for o in stack.view.domain.operations
        if o.kind in outside and not any(f.target in doors for f in stack.view.flows_of.get(o.id, ()))
    )
