"""One derived index over a design: the look-ups that every analysis needs, computed once."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from archsmith.kernel.ids import (
    ActorId,
    ElementId,
    EntityId,
    EventId,
    OperationId,
    ServiceId,
    StoreId,
    SystemId,
    element,
)
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture, Deployment, Edge, Flow, Service, Store, Topology, Utility
from archsmith.model.contracts import Endpoint
from archsmith.model.decisions import Decisions, StoreRole
from archsmith.model.domain import DataClass, Derivation, Domain, Entity, Event, Operation, Targets, Workload
from archsmith.model.requirements import Actor, ExternalSystem, OperationKind, Requirements

T = TypeVar("T")
K = TypeVar("K")

SENSITIVE = frozenset(
    {
        DataClass.PERSONAL,
        DataClass.FINANCIAL,
        DataClass.EDUCATION,
        DataClass.CHILD,
        DataClass.CREDENTIAL,
        DataClass.CARD,
        DataClass.HEALTH,
    }
)
"""Classes whose leak harms a person or the business."""

ABOUT_PEOPLE = frozenset({DataClass.PERSONAL, DataClass.EDUCATION, DataClass.CHILD, DataClass.HEALTH})
"""Classes that privacy law calls personal data."""


class View(Struct, frozen=True, dict=True):
    """The inputs of the stage and their indexes. Two views of equal inputs give equal answers."""

    requirements: Requirements
    derivation: Derivation
    decisions: Decisions
    architecture: Architecture
    catalogue: Catalogue

    @property
    def domain(self) -> Domain:
        """The business."""
        return self.derivation.domain

    @property
    def workload(self) -> Workload:
        """The load at the horizon."""
        return self.derivation.workload

    @property
    def targets(self) -> Targets:
        """What the design is held to."""
        return self.derivation.targets

    @cached_property
    def operations(self) -> Mapping[OperationId, Operation]:
        """Operations by id, in the order of the domain."""
        return {o.id: o for o in self.domain.operations}

    @cached_property
    def entities(self) -> Mapping[EntityId, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.domain.entities}

    @cached_property
    def events(self) -> Mapping[EventId, Event]:
        """Events by id."""
        return {e.id: e for e in self.domain.events}

    @cached_property
    def actors(self) -> Mapping[ActorId, Actor]:
        """Actors by id."""
        return {a.id: a for a in self.domain.actors}

    @cached_property
    def systems(self) -> Mapping[SystemId, ExternalSystem]:
        """External systems by id."""
        return {s.id: s for s in self.domain.systems}

    @cached_property
    def services(self) -> Mapping[ServiceId, Service]:
        """Services by id."""
        return {s.id: s for s in self.architecture.services}

    @cached_property
    def stores(self) -> Mapping[StoreId, Store]:
        """Stores by id."""
        return {s.id: s for s in self.architecture.stores}

    @cached_property
    def endpoints(self) -> Mapping[OperationId, Endpoint]:
        """The first endpoint of an operation; what reads a command's result back comes after it."""
        return {e.operation: e for e in reversed(self.architecture.endpoints)}

    @cached_property
    def service_of(self) -> Mapping[OperationId, Service]:
        """The service that answers an operation."""
        return {o: s for s in self.architecture.services for o in s.operations}

    @cached_property
    def store_of(self) -> Mapping[EntityId, Store]:
        """The store that holds the truth of an entity: as placed, else the store that lists the entity."""
        listed = {e: s for s in reversed(self.architecture.stores) if s.role is StoreRole.PRIMARY for e in s.entities}
        placed = {p.entity: self.stores[p.store] for p in self.decisions.placements if p.store in self.stores}
        return listed | placed

    @cached_property
    def flows_from(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """Flows by source."""
        return grouped((f.source, f) for f in self.architecture.flows)

    @cached_property
    def flows_into(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """Flows by target."""
        return grouped((f.target, f) for f in self.architecture.flows)

    @cached_property
    def flows_of(self) -> Mapping[OperationId, tuple[Flow, ...]]:
        """Flows by the operations they carry."""
        return grouped((o, f) for f in self.architecture.flows for o in f.operations)

    @cached_property
    def deployments(self) -> Mapping[ElementId, Deployment]:
        """Where an element runs; what has none of its own is found by its host; by-use parts are absent."""
        found = {e: d for d in self.architecture.deployments for e in d.runs}
        by_id = {d.id: d for d in self.architecture.deployments}
        for service in self.architecture.services:
            found.setdefault(element("service", service.id), by_id[service.deployment])
        for store in self.architecture.stores:
            if store.deployment in by_id:
                found.setdefault(element("store", store.id), by_id[store.deployment])
        for store in self.architecture.stores:
            host = element("store", store.host) if store.host else None
            if host is None and store.topology is Topology.EMBEDDED and self.architecture.services:
                host = element("service", store.owner or self.architecture.services[0].id)
            if host in found:
                found.setdefault(element("store", store.id), found[host])
        for edge in self.architecture.edges:
            if edge.deployment in by_id:
                found.setdefault(element("edge", edge.id), by_id[edge.deployment])
            elif edge.host in found:
                found.setdefault(element("edge", edge.id), found[edge.host])
        return found

    @cached_property
    def over_network(self) -> tuple[Flow, ...]:
        """Flows that leave a process and its machine."""
        inside = {
            element("store", s.id)
            for s in self.architecture.stores
            if s.topology is Topology.EMBEDDED and s.host is None
        }
        return tuple(
            f
            for f in self.architecture.flows
            if f.target not in inside
            and not (f.source in self.deployments and self.deployments[f.source] == self.deployments.get(f.target))
        )

    @cached_property
    def names(self) -> Mapping[ElementId, str]:
        """What the reader calls an element."""
        a, d = self.architecture, self.domain
        pairs: list[tuple[ElementId, str]] = [(element("actor", x.id), x.name) for x in d.actors]
        pairs += [(element("system", x.id), x.name) for x in d.systems]
        pairs += [(element("entity", x.id), x.name) for x in d.entities]
        pairs += [(element("operation", x.id), x.name) for x in d.operations]
        pairs += [(element("service", x.id), x.name) for x in a.services]
        pairs += [(element("store", x.id), x.name) for x in a.stores]
        pairs += [(element("edge", x.id), x.name) for x in a.edges]
        pairs += [(element("utility", x.id), x.name) for x in a.utilities]
        pairs += [(element("deployment", x.id), x.name) for x in a.deployments]
        pairs += [(element("region", x), f"region {x}") for x in a.regions]
        return dict(pairs)

    def name(self, ident: ElementId) -> str:
        """The name of an element, or its bare id where it has none."""
        return self.names.get(ident) or str(ident).partition(":")[2] or str(ident)

    def edges_of(self, kind: str) -> tuple[Edge, ...]:
        """Edges of a kind (`waf`, `cdn`, ...)."""
        return tuple(e for e in self.architecture.edges if e.kind == kind)

    def utilities_of(self, *kinds: str) -> tuple[Utility, ...]:
        """Utilities of any of the kinds."""
        return tuple(u for u in self.architecture.utilities if u.kind in kinds)

    def of_class(self, classes: Iterable[DataClass]) -> tuple[Entity, ...]:
        """Entities whose class is among these."""
        wanted = frozenset(classes)
        return tuple(e for e in self.domain.entities if e.data_class in wanted)

    @cached_property
    def personal(self) -> tuple[Entity, ...]:
        """Entities that hold data about people."""
        return self.of_class(ABOUT_PEOPLE)

    @cached_property
    def truth_stores(self) -> tuple[Store, ...]:
        """Stores whose loss loses data: everything but caches, brokers' queues and what lives inside another store."""
        passing = (StoreRole.CACHE, StoreRole.BROKER, StoreRole.SEARCH)
        return tuple(
            s for s in self.architecture.stores if s.role not in passing and s.topology is not Topology.EMBEDDED
        )

    @cached_property
    def interactive(self) -> tuple[Operation, ...]:
        """Operations somebody waits for: commands and queries that a service answers."""
        waits = (OperationKind.COMMAND, OperationKind.QUERY)
        return tuple(o for o in self.domain.operations if o.kind in waits and o.id in self.service_of)


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    """Values by key, in the order they came."""
    found: dict[K, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
