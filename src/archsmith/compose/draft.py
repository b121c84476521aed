"""The architecture under construction: passes add to it in turn, `finish` freezes it."""

from dataclasses import dataclass, field

from archsmith.kernel.ids import EntityId, ServiceId, StoreId, TechId
from archsmith.model.api_rules import ApiRules
from archsmith.model.architecture import (
    Architecture,
    Authentication,
    Deployment,
    Edge,
    Encryption,
    Flow,
    OwnershipRule,
    Policies,
    RateLimit,
    RetentionRule,
    Scope,
    SecondRegion,
    Service,
    Slo,
    Store,
    Utility,
)
from archsmith.model.channels import Channel
from archsmith.model.contracts import Endpoint, EventContract, Table, Webhook
from archsmith.model.graph import Graph
from archsmith.model.keyspaces import Keyspace
from archsmith.model.logins import Login
from archsmith.model.processing import Processing
from archsmith.model.rpcs import Package, Rpc
from archsmith.model.shapes import Shape
from archsmith.model.upkeep import Upkeep


@dataclass
class Draft:
    """What the passes have built so far. Lists are in domain order, or sorted by the pass that fills them."""

    style: str = ""
    api_style: str = ""
    provider: TechId = field(default_factory=lambda: TechId(""))
    regions: tuple[str, ...] = ()
    zones: int = 1
    services: list[Service] = field(default_factory=list)
    stores: list[Store] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    utilities: list[Utility] = field(default_factory=list)
    deployments: list[Deployment] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    authentication: list[Authentication] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    ownership: list[OwnershipRule] = field(default_factory=list)
    rate_limits: list[RateLimit] = field(default_factory=list)
    encryption: list[Encryption] = field(default_factory=list)
    retention: list[RetentionRule] = field(default_factory=list)
    processing: list[Processing] = field(default_factory=list)
    policies: Policies | None = None
    slos: list[Slo] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    endpoints: list[Endpoint] = field(default_factory=list)
    api: ApiRules | None = None
    webhooks: list[Webhook] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    keyspaces: list[Keyspace] = field(default_factory=list)
    logins: list[Login] = field(default_factory=list)
    event_contracts: list[EventContract] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    graph: Graph | None = None
    rpcs: list[Rpc] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)
    upkeep: Upkeep | None = None
    second: SecondRegion | None = None

    def store(self, ident: StoreId) -> Store:
        """The store with this id. Raises StopIteration for an unknown one, which is a bug of a pass."""
        return next(store for store in self.stores if store.id == ident)

    def service(self, ident: ServiceId) -> Service:
        """The service with this id."""
        return next(service for service in self.services if service.id == ident)

    def shape_of(self, entity: EntityId) -> Shape:
        """The shape of an entity. Raises StopIteration where the pass has not run, which is a bug."""
        return next(shape for shape in self.shapes if shape.entity == entity)

    def edges_of(self, *kinds: str) -> list[Edge]:
        """The edges of these kinds."""
        return [edge for edge in self.edges if edge.kind in kinds]

    def utility(self, kind: str) -> Utility | None:
        """The first utility of a kind."""
        return next((utility for utility in self.utilities if utility.kind == kind), None)

    def finish(self) -> Architecture:
        """The frozen model."""
        assert self.policies is not None, "the policies pass has not run"
        return Architecture(
            style=self.style,
            api_style=self.api_style,
            provider=self.provider,
            regions=self.regions,
            zones=self.zones,
            services=tuple(self.services),
            stores=tuple(self.stores),
            edges=tuple(self.edges),
            utilities=tuple(self.utilities),
            deployments=tuple(self.deployments),
            flows=tuple(self.flows),
            policies=self.policies,
            slos=tuple(self.slos),
            shapes=tuple(self.shapes),
            processing=tuple(self.processing),
            endpoints=tuple(self.endpoints),
            api=self.api,
            webhooks=tuple(self.webhooks),
            tables=tuple(self.tables),
            keyspaces=tuple(self.keyspaces),
            logins=tuple(self.logins),
            event_contracts=tuple(self.event_contracts),
            channels=tuple(self.channels),
            graph=self.graph,
            rpcs=tuple(self.rpcs),
            packages=tuple(self.packages),
            upkeep=self.upkeep,
            second=self.second,
        )
