"""The architecture model (IR): everything that a document, a contract, a schema, a bill or a manifest is derived from.

Each element names the decisions that caused it in `because`, which is never empty. Contracts (endpoints, tables,
events) are in `model.contracts`.
"""

import enum

from archsmith.kernel.ids import (
    ActorId,
    DecisionId,
    DeploymentId,
    EdgeId,
    ElementId,
    EntityId,
    EventId,
    FlowId,
    OperationId,
    PolicyId,
    RequirementId,
    ServiceId,
    SloId,
    StoreId,
    SystemId,
    TechId,
    element,
)
from archsmith.kernel.units import Bytes, Count, Days, Months, PerSecond, Probability, Seconds, UsdPerMonth, Utilisation
from archsmith.model.api_rules import ApiRules
from archsmith.model.base import Value
from archsmith.model.channels import Channel
from archsmith.model.contracts import Endpoint, EventContract, Over, Table, Webhook
from archsmith.model.decisions import Module, StoreRole
from archsmith.model.graph import Graph
from archsmith.model.keyspaces import Keyspace
from archsmith.model.logins import Login
from archsmith.model.processing import Processing
from archsmith.model.rpcs import Package, Rpc
from archsmith.model.shapes import Shape
from archsmith.model.upkeep import Upkeep


class Service(Value, frozen=True, kw_only=True):
    """A unit of deployment that runs our code. `port` it listens on. `worker`: it also runs batches and consumers.
    `health`: the path that answers whether it is ready to serve."""

    id: ServiceId
    name: str
    purpose: str
    entities: tuple[EntityId, ...]
    operations: tuple[OperationId, ...]
    modules: tuple[Module, ...]
    publishes: tuple[EventId, ...] = ()
    consumes: tuple[EventId, ...] = ()
    language: TechId
    framework: TechId
    port: int
    worker: bool = False
    health: str = "/health"
    deployment: DeploymentId
    because: tuple[DecisionId, ...]


class Topology(enum.StrEnum):
    """How a store's nodes stand to each other."""

    SINGLE = "single"
    PRIMARY_STANDBY = "primary_standby"
    PRIMARY_REPLICAS = "primary_replicas"
    CLUSTER = "cluster"
    PROVIDER = "provider"
    EMBEDDED = "embedded"
    """Inside another store or process: a queue as a table, a cache in memory; it has no deployment of its own."""


class Backup(Value, frozen=True, kw_only=True):
    """How a store comes back: a full copy every `every`, kept for `keep`; with `continuous` log shipping the loss is
    at most `rpo`; restoring takes `rto`. `elsewhere`: copies leave the region or the provider."""

    every: Seconds
    keep: Days
    continuous: bool
    elsewhere: bool
    rpo: Seconds
    rto: Seconds


class Store(Value, frozen=True, kw_only=True):
    """Anything that keeps data: relational, cache, broker, objects, search, time series, analytics.

    `product` is what the reader buys or installs (`Amazon RDS for PostgreSQL 17`), `kinds` are the component kinds of
    summary.json that it fulfils. `host`: the store that it lives in where the topology is EMBEDDED. `size_now` and
    `size_horizon` of data; rates at the peak. `shards`: parts that each hold rows of their own, `nodes` counts all.
    """

    id: StoreId
    name: str
    role: StoreRole
    engine: TechId
    product: str
    version: str
    kinds: tuple[str, ...]
    managed: bool
    topology: Topology
    nodes: int
    replicas: int = 0
    shards: int = 1
    host: StoreId | None = None
    entities: tuple[EntityId, ...] = ()
    owner: ServiceId | None = None
    size_now: Bytes
    size_horizon: Bytes
    reads_peak: PerSecond
    writes_peak: PerSecond
    backup: Backup | None = None
    deployment: DeploymentId | None = None
    because: tuple[DecisionId, ...]


class Edge(Value, frozen=True, kw_only=True):
    """What stands between callers and services: cdn, load_balancer, api_gateway, waf, identity_provider,
    realtime_channel,
    rate_limiter. `kind` is a component kind of summary.json. `host`: the element that does the job, if not its own."""

    id: EdgeId
    kind: str
    name: str
    product: str
    managed: bool
    host: ElementId | None = None
    serves: tuple[ElementId, ...] = ()
    deployment: DeploymentId | None = None
    because: tuple[DecisionId, ...]


class Utility(Value, frozen=True, kw_only=True):
    """A supporting part with a purpose in this design: scheduler, notification_service, payment_gateway,
    secrets_manager, kms,
    audit_log, backup, observability, integration_adapter, autoscaling, ... (component kinds of summary.json).

    `host`: the element that it runs in or belongs to; `system` where it is somebody else's service.
    """

    id: EdgeId
    kind: str
    name: str
    product: str
    purpose: str
    host: ElementId | None = None
    system: SystemId | None = None
    because: tuple[DecisionId, ...]


class ScalingRule(Value, frozen=True, kw_only=True):
    """When instances are added: the metric, the level to hold, and the bounds."""

    metric: str
    target: Utilisation
    minimum: int
    maximum: int


class Deployment(Value, frozen=True, kw_only=True):
    """Where something runs. `runs`: services, stores and edges on it (one VM may carry all). `instance` is the
    catalogue's id, empty where billed by use. `month`: list price of `count` instances."""

    id: DeploymentId
    name: str
    platform: TechId
    provider: TechId
    product: str
    instance: str
    vcpu: Count
    memory: Bytes
    disk: Bytes
    count: int
    zones: int
    regions: tuple[str, ...]
    runs: tuple[ElementId, ...]
    scaling: ScalingRule | None = None
    month: UsdPerMonth
    because: tuple[DecisionId, ...]


class Twin(Value, frozen=True, kw_only=True):
    """The machines of a deployment in the second region: as in the first but for their number."""

    deployment: DeploymentId
    count: int
    minimum: int


class SecondRegion(Value, frozen=True, kw_only=True):
    """A second region and its `role` (a row of the catalogue's `region_modes`). It answers after `takeover`; its copies
    run behind by `lag`, which is lost with the first. `rpo_target`/`rto_target`: of the loss of a region, where stated.
    """

    region: str
    role: str
    label: str
    twins: tuple[Twin, ...]
    takeover: Seconds
    lag: Seconds
    rpo_target: Seconds | None = None
    rto_target: Seconds | None = None
    because: tuple[DecisionId, ...]


class Mode(enum.StrEnum):
    """Whether the caller waits."""

    SYNC = "sync"
    ASYNC = "async"


class Retry(Value, frozen=True, kw_only=True):
    """`attempts` in all (1: none), first wait, factor, cap; full jitter. Only for idempotent calls."""

    attempts: int
    first: Seconds
    factor: float
    cap: Seconds


class Breaker(Value, frozen=True, kw_only=True):
    """A circuit breaker: opens at `failures` share of the last `window` calls, tries again after `cool_down`."""

    failures: Probability
    window: int
    cool_down: Seconds


class Flow(Value, frozen=True, kw_only=True):
    """Data that goes from one element to another (actor, system, edge, service, store).

    `fallback` is what the caller does when the callee is away. `crosses_boundary`: a trust boundary lies between.
    """

    id: FlowId
    source: ElementId
    target: ElementId
    mode: Mode
    protocol: str
    label: str
    operations: tuple[OperationId, ...] = ()
    events: tuple[EventId, ...] = ()
    average: PerSecond
    peak: PerSecond
    payload: Bytes
    timeout: Seconds | None = None
    retry: Retry | None = None
    breaker: Breaker | None = None
    idempotent: bool
    fallback: str = ""
    encrypted: bool
    crosses_boundary: bool
    because: tuple[DecisionId, ...]


class Scope(Value, frozen=True, kw_only=True):
    """An OAuth scope (`orders:write`), the operations it opens, and the actors who may have it."""

    id: str
    description: str
    operations: tuple[OperationId, ...]
    actors: tuple[ActorId, ...]


class Authentication(Value, frozen=True, kw_only=True):
    """How an actor proves who it is: `method` (`oidc`, `password`, `anonymous`, `device_certificate`, `api_key`)."""

    actor: ActorId
    method: str
    second_factor: bool
    session: Seconds
    note: str = ""


class OwnershipRule(Value, frozen=True, kw_only=True):
    """Rows of `entity` are seen by `actor` only where `column` is the caller (or the caller's tenant)."""

    entity: EntityId
    actor: ActorId | None
    column: str
    requirements: tuple[RequirementId, ...] = ()


class RateLimit(Value, frozen=True, kw_only=True):
    """Requests that one caller may make in a window, and the burst on top."""

    id: PolicyId
    applies_to: ElementId
    limit: int
    window: Seconds
    burst: int
    formula: str


class Encryption(Value, frozen=True, kw_only=True):
    """What is encrypted where, and how. `fields` only for what is encrypted apart from the disk."""

    subject: ElementId
    at_rest: str
    in_transit: str
    fields: tuple[str, ...] = ()


class RetentionRule(Value, frozen=True, kw_only=True):
    """What happens to rows of `entity` after `keep`: delete, anonymise, aggregate or archive."""

    entity: EntityId
    keep: Months
    action: str
    requirements: tuple[RequirementId, ...] = ()


class Policies(Value, frozen=True, kw_only=True):
    """The rules that hold across elements."""

    authentication: tuple[Authentication, ...]
    scopes: tuple[Scope, ...]
    ownership: tuple[OwnershipRule, ...]
    rate_limits: tuple[RateLimit, ...]
    encryption: tuple[Encryption, ...]
    retention: tuple[RetentionRule, ...]
    tenancy: str = ""
    session: str = ""
    authorization: str = ""
    because: tuple[DecisionId, ...]


class Slo(Value, frozen=True, kw_only=True):
    """A service level objective: `indicator` availability, latency or freshness; `threshold` for the latter two."""

    id: SloId
    subject: ElementId
    indicator: str
    objective: Probability
    threshold: Seconds | None = None
    window: Days
    requirements: tuple[RequirementId, ...] = ()
    because: tuple[DecisionId, ...]


class Architecture(Value, frozen=True, kw_only=True):
    """The whole. Actors, systems, entities, operations and events are those of the domain, by id.

    `api_version` is that of the contract (semantic versioning); its major number stands in the API's base path.
    `regions` names the first and, where there is one, the second.
    """

    style: str
    api_style: str
    provider: TechId
    regions: tuple[str, ...]
    zones: int
    services: tuple[Service, ...]
    stores: tuple[Store, ...]
    edges: tuple[Edge, ...]
    utilities: tuple[Utility, ...]
    deployments: tuple[Deployment, ...]
    flows: tuple[Flow, ...]
    policies: Policies
    slos: tuple[Slo, ...]
    shapes: tuple[Shape, ...] = ()
    processing: tuple[Processing, ...] = ()
    endpoints: tuple[Endpoint, ...]
    api: ApiRules | None = None
    webhooks: tuple[Webhook, ...] = ()
    tables: tuple[Table, ...]
    keyspaces: tuple[Keyspace, ...] = ()
    logins: tuple[Login, ...] = ()
    event_contracts: tuple[EventContract, ...]
    channels: tuple[Channel, ...] = ()
    graph: Graph | None = None
    rpcs: tuple[Rpc, ...] = ()
    packages: tuple[Package, ...] = ()
    upkeep: Upkeep | None = None
    second: SecondRegion | None = None
    api_version: str = "1.0.0"

    def calls_of(self, endpoint: Endpoint) -> tuple[Flow, ...]:
        """The calls of our own services that reach an endpoint."""
        sources = {element("service", caller) for caller in endpoint.callers}
        target = element("service", endpoint.service)
        return tuple(f for f in self.flows if f.mode is Mode.SYNC and f.source in sources and f.target == target)

    @property
    def rules(self) -> ApiRules:
        """What holds for all endpoints. Asked only of an architecture that has some."""
        assert self.api is not None, "endpoints without rules are a bug of compose"
        return self.api

    def over(self, way: Over) -> tuple[Endpoint, ...]:
        """The endpoints that this carries."""
        return tuple(e for e in self.endpoints if e.over is way)
