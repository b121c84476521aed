"""One derived index over a design: the look-ups that the renderers share. It finds and orders; it computes nothing."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from archsmith.kernel.ids import (
    ActorId,
    DecisionId,
    DeploymentId,
    ElementId,
    EntityId,
    OperationId,
    PolicyId,
    RequirementId,
    ServiceId,
    StoreId,
    element,
)
from archsmith.model.architecture import Architecture, Deployment, Edge, Flow, RateLimit, Service, Slo, Store, Utility
from archsmith.model.contracts import Endpoint, Table
from archsmith.model.decisions import Decision, Dimension, Placement
from archsmith.model.design import Design
from archsmith.model.domain import Domain, Entity, Operation
from archsmith.model.report import Latency
from archsmith.model.requirements import OperationKind, Requirement
from archsmith.render.markdown import clean

K = TypeVar("K")
V = TypeVar("V")


class View:
    """A design and its indexes. An id that leads nowhere is answered with None or itself, never with a crash."""

    def __init__(self, design: Design) -> None:
        self.design = design

    @property
    def domain(self) -> Domain:
        """The business."""
        return self.design.derivation.domain

    @property
    def arch(self) -> Architecture:
        """The architecture."""
        return self.design.architecture

    @cached_property
    def title(self) -> str:
        """The name of the system in a sentence: its title up to the first dash, colon or comma."""
        whole = clean(self.design.requirements.title)
        return re.split(r"\s[-–—|]\s|[:,]\s", whole)[0].strip() or whole

    @property
    def small(self) -> bool:
        """One service and at most three engineers: who builds it knows all of it, and reads a shorter document."""
        return len(self.arch.services) <= 1 and self.design.derivation.targets.team.value <= 3

    @cached_property
    def entities(self) -> Mapping[EntityId, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.domain.entities}

    @cached_property
    def operations(self) -> Mapping[OperationId, Operation]:
        """Operations by id."""
        return {o.id: o for o in self.domain.operations}

    @cached_property
    def services(self) -> Mapping[ServiceId, Service]:
        """Services by id."""
        return {s.id: s for s in self.arch.services}

    @cached_property
    def stores(self) -> Mapping[StoreId, Store]:
        """Stores by id."""
        return {s.id: s for s in self.arch.stores}

    @cached_property
    def deployments(self) -> Mapping[DeploymentId, Deployment]:
        """Deployments by id."""
        return {d.id: d for d in self.arch.deployments}

    @cached_property
    def decisions(self) -> Mapping[DecisionId, Decision]:
        """Decisions by id."""
        return {d.id: d for d in self.design.decisions.decisions}

    @cached_property
    def by_dimension(self) -> Mapping[Dimension, tuple[Decision, ...]]:
        """Decisions by what they decide."""
        return grouped((d.dimension, d) for d in self.design.decisions.decisions)

    @cached_property
    def requirements(self) -> Mapping[RequirementId, Requirement]:
        """Requirements by id."""
        return {r.id: r for r in self.design.requirements.requirements}

    @cached_property
    def placements(self) -> Mapping[EntityId, Placement]:
        """Where an entity's rows live."""
        return {p.entity: p for p in self.design.decisions.placements}

    @cached_property
    def rate_limits(self) -> Mapping[PolicyId, RateLimit]:
        """Rate limits by id."""
        return {x.id: x for x in self.arch.policies.rate_limits}

    @cached_property
    def endpoints(self) -> Mapping[OperationId, Endpoint]:
        """Endpoints by operation."""
        return {o: e for e in reversed(self.arch.endpoints) for o in (*e.also, e.operation)}

    @cached_property
    def latencies(self) -> Mapping[OperationId, Latency]:
        """Predicted latencies by operation."""
        return {x.operation: x for x in self.design.report.latencies}

    @cached_property
    def slos(self) -> Mapping[str, Slo]:
        """Objectives by id."""
        return {s.id: s for s in self.arch.slos}

    @cached_property
    def tables_of(self) -> Mapping[EntityId, tuple[Table, ...]]:
        """The tables that hold an entity's rows."""
        return grouped((t.entity, t) for t in self.arch.tables if t.entity is not None)

    @cached_property
    def flows_from(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """Flows by source."""
        return grouped((f.source, f) for f in self.arch.flows)

    @cached_property
    def flows_into(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """Flows by target."""
        return grouped((f.target, f) for f in self.arch.flows)

    @cached_property
    def names(self) -> Mapping[ElementId, str]:
        """What the reader calls an element."""
        a, d = self.arch, self.domain
        kinds: tuple[tuple[str, Iterable[object]], ...] = (
            ("actor", d.actors),
            ("system", d.systems),
            ("entity", d.entities),
            ("operation", d.operations),
            ("event", d.events),
            ("service", a.services),
            ("store", a.stores),
            ("edge", a.edges),
            ("utility", a.utilities),
            ("deployment", a.deployments),
        )
        named = {element(kind, str(x.id)): str(x.name) for kind, all_of in kinds for x in all_of}  # type: ignore[attr-defined]
        named |= {element("region", r): f"region {r}" for r in a.regions}
        named |= {element("decision", d.id): d.choice for d in self.design.decisions.decisions}
        return named | {element("slo", s.id): f"{self._short(s.subject, named)} {s.indicator}" for s in a.slos}

    def name(self, ident: ElementId | str) -> str:
        """The name of an element, or its bare id where it has none."""
        return self._short(ElementId(ident), self.names)

    def operation_name(self, ident: OperationId) -> str:
        """An operation as its actor says it, or its id."""
        found = self.operations.get(ident)
        return found.name if found else str(ident)

    def entity_name(self, ident: EntityId) -> str:
        """The name of an entity, or its id."""
        found = self.entities.get(ident)
        return found.name if found else str(ident)

    def name_of_actor(self, ident: ActorId) -> str:
        """The name of an actor, or its id."""
        return self.names.get(element("actor", ident), str(ident))

    def first(self, dimension: Dimension) -> Decision | None:
        """The decision on a dimension, the first where it was decided for several subjects."""
        found = self.by_dimension.get(dimension, ())
        return found[0] if found else None

    @cached_property
    def parts(self) -> Mapping[ElementId, Service | Store | Edge | Utility]:
        """Everything inside the system, by element."""
        a = self.arch
        found: dict[ElementId, Service | Store | Edge | Utility] = {element("edge", e.id): e for e in a.edges}
        found |= {element("service", s.id): s for s in a.services}
        found |= {element("store", s.id): s for s in a.stores}
        return found | {element("utility", u.id): u for u in a.utilities}

    @cached_property
    def key_commands(self) -> tuple[Operation, ...]:
        """Commands with an endpoint, the most wanted and the most frequent first, each entity once before any twice."""
        commands = [o for o in self.domain.operations if o.kind is OperationKind.COMMAND and o.id in self.endpoints]
        public = {a.id for a in self.domain.actors if not a.internal}
        ranked = sorted(commands, key=lambda o: (o.priority != "must", o.actor not in public, -o.peak.value, o.id))
        return _entities_once_first(ranked)

    @cached_property
    def key_queries(self) -> tuple[Operation, ...]:
        """Queries with an endpoint, most frequent first."""
        queries = [o for o in self.domain.operations if o.kind is OperationKind.QUERY and o.id in self.endpoints]
        return _entities_once_first(sorted(queries, key=lambda o: (-o.peak.value, o.id)))

    @staticmethod
    def _short(ident: ElementId, names: Mapping[ElementId, str]) -> str:
        return names.get(ident) or str(ident).partition(":")[2] or str(ident)


def _entities_once_first(ranked: list[Operation]) -> tuple[Operation, ...]:
    seen: set[EntityId] = set()
    first: list[Operation] = []
    later: list[Operation] = []
    for operation in ranked:
        (later if operation.entity in seen else first).append(operation)
        seen.add(operation.entity)
    return (*first, *later)


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Values by key, in the order of arrival."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def product_of(store: Store) -> str:
    """A store's product with its version, once."""
    return store.product if not store.version or store.version in store.product else f"{store.product} {store.version}"
