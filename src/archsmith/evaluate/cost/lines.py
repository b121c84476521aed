"""A line of the bill: quantity x unit price, with the price's source and date."""

from collections.abc import Mapping

from msgspec import Struct, field

from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.names import slug
from archsmith.kernel.units import HOURS_PER_MONTH, MONTH, UsdPerMonth
from archsmith.knowledge.billing import connecting, files_of_a_month, follows_region
from archsmith.knowledge.prices import PRICES
from archsmith.knowledge.pricing import region_factor, unit_size, usd
from archsmith.model.architecture import Deployment
from archsmith.model.report import CostKind, CostLine

GB = 1e9


class Machine(Struct, frozen=True):
    """An instance of the catalogue and how many of it."""

    instance: str
    count: int


class Extra(Struct, frozen=True):
    """Something more that is bought at a scale: what, by which price, and how much of it (see `line`)."""

    owner: ElementId
    what: str
    key: str
    quantity: float


class Scale(Struct, frozen=True):
    """The load over that of the horizon, the machines where they differ from the design's, and what is bought more."""

    factor: float = 1.0
    machines: Mapping[DeploymentId, Machine] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()

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
    far = follows_region(row) and bool(regions)
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


class Usage(Struct, frozen=True):
    """What is used in a month at a scale: requests, those that open a connection, gigabytes out (and the files
    among them), file reads and writes, messages."""

    requests: float
    connecting: float
    egress_gb: float
    file_gb: float
    file_reads: float
    file_writes: float
    messages: float


def usage(stack: Stack, scale: Scale) -> Usage:
    """The month's usage: averages of the workload, times the scale."""
    view, f = stack.view, scale.factor
    files = files_of_a_month(view.derivation)
    return Usage(
        requests=view.workload.average.value * MONTH * f,
        connecting=connecting(view.domain.operations) * MONTH * f,
        egress_gb=files.egress_gb * f,
        file_gb=files.file_gb * f,
        file_reads=files.reads * f,
        file_writes=files.writes * f,
        messages=sum(
            o.average.value * MONTH  # one message, however many events it carries
            for o in view.domain.operations
            if o.emits or (o.calls and not o.calls_sync)
        )
        * f,
    )
