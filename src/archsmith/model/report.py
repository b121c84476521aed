"""What `evaluate` returns: figures of the architecture, recomputed from it alone, and what is wrong with it."""

import enum

from archsmith.kernel.findings import Finding
from archsmith.kernel.ids import DeploymentId, ElementId, OperationId, RequirementId, SloId
from archsmith.kernel.units import (
    Count,
    Erlangs,
    HoursPerMonth,
    PerSecond,
    PersonDays,
    Probability,
    Ratio,
    Seconds,
    UsdPerMonth,
    Utilisation,
)
from archsmith.model.base import Figure, Value
from archsmith.model.decisions import Cut
from archsmith.model.uncertainty import Interval


class StationLoad(Value, frozen=True, kw_only=True):
    """One resource under the peak: demand, servers, utilisation, and where it saturates."""

    element: ElementId
    deployment: DeploymentId | None
    resource: str
    arrivals: PerSecond
    service_time: Seconds
    servers: Count
    offered: Erlangs
    utilisation: Utilisation
    capacity: PerSecond
    saturates_at: Ratio
    formula: str
    inputs: tuple[str, ...] = ()


class CeilingLoad(Value, frozen=True, kw_only=True):
    """Something other than the time of servers that fills up: connections, memory, a disk, a quota. `used` of `limit`
    at the peak, full at `full_at` times the load (1e6: never). `raisable`: the provider lifts it on request.
    `source` of the limit, empty where it is what was chosen."""

    id: str
    element: ElementId
    deployment: DeploymentId | None
    resource: str
    used: float
    limit: float
    unit: str
    utilisation: Utilisation
    full_at: Ratio
    raisable: bool
    formula: str
    inputs: tuple[str, ...]
    source: str = ""


class Latency(Value, frozen=True, kw_only=True):
    """Response time of an operation at the peak, seen from the edge. `met` compares p95 with the target, and with the
    longest that callers wait, which no percentile exceeds.

    `given_p95`: of the parts alone whose delay no choice of the design changes, most of it by `given_by`.
    """

    operation: OperationId
    mean: Seconds
    p50: Seconds
    p95: Seconds
    p99: Seconds
    target_p95: Seconds
    met: bool
    path: tuple[ElementId, ...]
    formula: str
    given_p95: Seconds = Seconds(0.0)
    given_by: ElementId | None = None


class PathAvailability(Value, frozen=True, kw_only=True):
    """Availability of what an SLO covers: the product over its path, each part with its redundancy and source."""

    slo: SloId
    predicted: Probability
    target: Probability
    met: bool
    downtime_month: Seconds
    error_budget_month: Seconds
    parts: tuple["PartAvailability", ...]
    formula: str


class PartAvailability(Value, frozen=True, kw_only=True):
    """One element on the path: availability of one instance, how many of how many are needed, result, source."""

    element: ElementId
    single: Probability
    needed: int
    of: int
    result: Probability
    source: str


class Recovery(Value, frozen=True, kw_only=True):
    """What a store's loss would cost: data back to `rpo`, service back after `rto`, against the targets."""

    element: ElementId
    rpo: Seconds
    rpo_target: Seconds
    rto: Seconds
    rto_target: Seconds
    met: bool
    how: str


class CostKind(enum.StrEnum):
    """What money is spent on."""

    COMPUTE = "compute"
    STORAGE = "storage"
    DATABASE = "database"
    NETWORK = "network"
    EDGE = "edge"
    SECURITY = "security"
    OBSERVABILITY = "observability"
    THIRD_PARTY = "third_party"
    PEOPLE = "people"


class CostLine(Value, frozen=True, kw_only=True):
    """Quantity x unit price, and the price's source and date. `fixed`: does not change with the load."""

    id: str
    element: ElementId
    kind: CostKind
    what: str
    quantity: float
    unit: str
    unit_price: float
    month: UsdPerMonth
    fixed: bool
    source: str


class Cost(Value, frozen=True, kw_only=True):
    """The monthly bill. `total` = infrastructure + people; building is in the plan."""

    lines: tuple[CostLine, ...]
    infrastructure: UsdPerMonth
    people: UsdPerMonth
    ops_hours: HoursPerMonth
    total: UsdPerMonth
    budget: UsdPerMonth | None
    within_budget: bool | None


class GrowthRow(Value, frozen=True, kw_only=True):
    """The same design under `factor` times the load: what saturates first, the step that mends it, and its bill.

    `resource`: what of `first` it is. `infrastructure`: the part of `month` that is compared with the budget.
    """

    factor: Ratio
    peak: PerSecond
    first: ElementId
    resource: str = ""
    utilisation: Utilisation
    holds: bool
    step: str
    changes: tuple[Figure, ...]
    month: UsdPerMonth
    infrastructure: UsdPerMonth = UsdPerMonth(0.0)
    within_budget: bool | None = None
    reached_after: str


class GrowthStep(Value, frozen=True, kw_only=True):
    """A step on the way to more load: needed from `at` times the load on, it lasts `until`. `month`: the bill there.

    `resource`: what of `element` is full then, by `formula`. `rewrite`: it changes the structure (a store is split or
    replaced), where all others add or enlarge machines. `days`: work it takes, `extra`: what it adds to the bill.
    `prepared`: what the design does today so that it can be taken.
    """

    at: Ratio
    until: Ratio
    element: ElementId
    resource: str = ""
    step: str
    formula: str = ""
    reached_after: str
    month: UsdPerMonth
    extra: UsdPerMonth = UsdPerMonth(0.0)
    days: PersonDays = PersonDays(0.0)
    rewrite: bool
    prepared: str = ""


class ControlStatus(enum.StrEnum):
    """How far the design meets a control. `BY_DESIGN`: an element of this design does it; `BY_TEAM`: people must."""

    BY_DESIGN = "by_design"
    BY_TEAM = "by_team"
    OPEN = "open"


class Control(Value, frozen=True, kw_only=True):
    """A clause of a regime, what it asks, which elements answer, and the evidence that would show it."""

    id: str
    regime: str
    clause: str
    asks: str
    status: ControlStatus
    elements: tuple[ElementId, ...]
    answer: str
    evidence: str
    requirements: tuple[RequirementId, ...] = ()


class Threat(Value, frozen=True, kw_only=True):
    """A threat to one element: `id` is rule@element. `severity` after the mitigations that the design has."""

    id: str
    element: ElementId
    stride: str
    threat: str
    mitigation: str
    mitigated_by: tuple[ElementId, ...]
    severity: str
    source: str


class Coverage(Value, frozen=True, kw_only=True):
    """What answers a requirement: elements of the design (`operation:`, `decision:`, `entity:`, `slo:`, `system:`) and
    what was read in its words (`figure:`, `need:`, `technology:`, `regime:`, `excluded:`, `conflict:`). None: nothing
    does."""

    requirement: RequirementId
    by: tuple[ElementId, ...]


class Report(Value, frozen=True, kw_only=True):
    """Everything that was computed about the architecture. `cuts` are demands on another round of `decide`.

    `intervals`: between which ends figures lie where what nobody stated is otherwise, with the design as chosen.
    """

    figures: tuple[Figure, ...]
    stations: tuple[StationLoad, ...]
    latencies: tuple[Latency, ...]
    availability: tuple[PathAvailability, ...]
    recovery: tuple[Recovery, ...]
    cost: Cost
    growth: tuple[GrowthRow, ...]
    controls: tuple[Control, ...]
    threats: tuple[Threat, ...]
    findings: tuple[Finding, ...]
    cuts: tuple[Cut, ...]
    path: tuple[GrowthStep, ...] = ()
    ceilings: tuple[CeilingLoad, ...] = ()
    intervals: tuple[Interval, ...] = ()
    coverage: tuple[Coverage, ...] = ()
