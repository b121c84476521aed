"""The inputs of the stage and the look-ups that its parts share."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from archsmith.kernel.ids import ElementId, EntityId, OperationId, RequirementId, SystemId, element
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES, Technology
from archsmith.model.architecture import Architecture, Service, Store
from archsmith.model.contracts import Endpoint, Table
from archsmith.model.decisions import Decision, Decisions, Dimension
from archsmith.model.domain import Derivation, Domain, Entity, Operation, Targets, Workload
from archsmith.model.report import Latency, Report
from archsmith.model.requirements import ExternalSystem, OperationKind, Requirements

LEAST_TEST = 5.0
"""Requests a second below which a load test shows nothing."""


class Context(Struct, frozen=True, dict=True):
    """What is to be built, and everything that is known about it."""

    requirements: Requirements
    derivation: Derivation
    decisions: Decisions
    architecture: Architecture
    report: Report
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

    @property
    def engineers(self) -> int:
        """People who build it."""
        return max(1, round(self.targets.team.value))

    @property
    def rate(self) -> float:
        """Dollars an hour of an engineer."""
        return float(self.targets.hourly_rate.value)

    @cached_property
    def operations(self) -> Mapping[OperationId, Operation]:
        """Operations by id."""
        return {o.id: o for o in self.domain.operations}

    @cached_property
    def entities(self) -> Mapping[EntityId, Entity]:
        """Entities by id."""
        return {e.id: e for e in self.domain.entities}

    @cached_property
    def systems(self) -> Mapping[SystemId, ExternalSystem]:
        """External systems by id."""
        return {s.id: s for s in self.domain.systems}

    @cached_property
    def endpoints(self) -> Mapping[OperationId, Endpoint]:
        """The first endpoint of an operation; what reads a command's result back comes after it."""
        return {e.operation: e for e in reversed(self.architecture.endpoints)}

    @cached_property
    def latencies(self) -> Mapping[OperationId, Latency]:
        """Predicted response times by operation."""
        return {x.operation: x for x in self.report.latencies}

    @cached_property
    def service_of(self) -> Mapping[OperationId, Service]:
        """The service that answers an operation."""
        return {o: s for s in self.architecture.services for o in s.operations}

    @cached_property
    def names(self) -> Mapping[ElementId, str]:
        """What the reader calls an element."""
        a, d = self.architecture, self.domain
        pairs: list[tuple[ElementId, str]] = [(element("service", x.id), x.name) for x in a.services]
        pairs += [(element("store", x.id), x.name) for x in a.stores]
        pairs += [(element("edge", x.id), x.name) for x in a.edges]
        pairs += [(element("utility", x.id), x.name) for x in a.utilities]
        pairs += [(element("deployment", x.id), x.name) for x in a.deployments]
        pairs += [(element("system", x.id), x.name) for x in d.systems]
        pairs += [(element("entity", x.id), x.name) for x in d.entities]
        pairs += [(element("operation", x.id), x.name) for x in d.operations]
        pairs += [(element("actor", x.id), x.name) for x in d.actors]
        return dict(pairs)

    def name(self, ident: ElementId) -> str:
        """The name of an element, or its bare id."""
        return self.names.get(ident) or str(ident).partition(":")[2] or str(ident)

    def decision(self, dimension: Dimension) -> Decision | None:
        """The first decision on a dimension."""
        return next((d for d in self.decisions.decisions if d.dimension is dimension), None)

    def technology(self, ident: str | None) -> Technology | None:
        """A row of the catalogue, or None."""
        return self.catalogue.table(TECHNOLOGIES).get(str(ident)) if ident else None

    def chosen(self, dimension: Dimension) -> Technology | None:
        """The technology that was chosen for a dimension."""
        found = self.decision(dimension)
        return self.technology(found.tech or found.option) if found else None

    def tables_of(self, entities: Iterable[EntityId]) -> tuple[Table, ...]:
        """Tables of these entities."""
        wanted = frozenset(entities)
        return tuple(t for t in self.architecture.tables if t.entity in wanted)

    def requirements_of(self, operations: Iterable[Operation]) -> tuple[RequirementId, ...]:
        """Requirements that these operations serve, each once."""
        return tuple(dict.fromkeys(r for o in operations for r in o.requirements))

    @cached_property
    def kept(self) -> tuple[Store, ...]:
        """Stores whose data must survive: those with entities or a backup."""
        return tuple(s for s in self.architecture.stores if s.entities or s.backup)

    @cached_property
    def interactive(self) -> tuple[Operation, ...]:
        """Operations that somebody waits for."""
        waits = (OperationKind.COMMAND, OperationKind.QUERY)
        return tuple(o for o in self.domain.operations if o.kind in waits)

    @property
    def test_rate(self) -> float:
        """Requests a second of the load test: the peak, and where that is next to nothing at least five."""
        return max(LEAST_TEST, float(self.workload.peak.value))

    @cached_property
    def key_operations(self) -> tuple[Operation, ...]:
        """The operations that matter most, at most five: those with the strongest load, two commands among them."""
        ranked = sorted(self.interactive, key=lambda o: (-o.peak.value, o.kind is OperationKind.QUERY, o.id))
        commands = [o for o in ranked if o.kind is OperationKind.COMMAND][:2]
        rest = [o for o in ranked if o not in commands]
        return (*rest[: 5 - len(commands)], *commands)
