"""The inputs of the stage and their indexes, computed once; passes only read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from archsmith.compose.names import EntityNames, entity_names
from archsmith.kernel.ids import (
    ActorId,
    DecisionId,
    ElementId,
    EntityId,
    OperationId,
    RequirementId,
    ServiceId,
    StoreId,
    SystemId,
    element,
)
from archsmith.kernel.provenance import Provenance, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.defaults import Kins
from archsmith.knowledge.naming import Naming
from archsmith.knowledge.resilience import Parameters
from archsmith.knowledge.technologies import TECHNOLOGIES, Technology
from archsmith.model.decisions import Decision, Decisions, Dimension, ServiceGroup, Sizing, StoreRole
from archsmith.model.domain import Derivation, Domain, Entity, Event, Operation, Relation, Targets, Workload
from archsmith.model.flow_choices import FlowChoice
from archsmith.model.requirements import Actor, ExternalSystem, OperationKind, Priority, Requirement, Requirements


@dataclass(frozen=True)
class Context:
    """What the passes read: requirements, derivation, decisions, knowledge, and look-ups over them."""

    requirements: Requirements
    derivation: Derivation
    decisions: Decisions
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
    def parameter(self) -> Parameters:
        """The parameters of the rules, by id."""
        return Parameters(self.catalogue)

    @cached_property
    def naming(self) -> Naming:
        """Word lists."""
        return Naming(self.catalogue)

    @cached_property
    def kins(self) -> Kins:
        """The nature of things, by the lexicon."""
        return Kins(self.catalogue)

    @cached_property
    def technologies(self) -> Mapping[str, Technology]:
        """Technologies by id."""
        return self.catalogue.table(TECHNOLOGIES)

    @cached_property
    def entities(self) -> Mapping[EntityId, Entity]:
        """Entities by id, in the order of the domain."""
        return {entity.id: entity for entity in self.domain.entities}

    @cached_property
    def operations(self) -> Mapping[OperationId, Operation]:
        """Operations by id, in the order of the domain."""
        return {operation.id: operation for operation in self.domain.operations}

    @cached_property
    def actors(self) -> Mapping[ActorId, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.domain.actors}

    @cached_property
    def systems(self) -> Mapping[SystemId, ExternalSystem]:
        """External systems by id."""
        return {system.id: system for system in self.domain.systems}

    @cached_property
    def names(self) -> Mapping[EntityId, EntityNames]:
        """The names of entities in SQL and in paths."""
        return entity_names(self.domain.entities, self.naming)

    @cached_property
    def _choices(self) -> Mapping[tuple[OperationId, ElementId], FlowChoice]:
        return {(c.operation, c.target): c for c in self.decisions.flows}

    def waits(self, operation: Operation, target: ElementId) -> bool:
        """Whether the caller waits for what an operation asks of an element, as decided."""
        choice = self._choices.get((operation.id, target))
        return choice is not None and choice.waits

    @cached_property
    def group_of(self) -> Mapping[OperationId, ServiceGroup]:
        """The service that owns an operation; one that no service claims goes with its entity."""
        claimed = {o: group for group in reversed(self.decisions.services) for o in group.operations}
        return {o.id: claimed.get(o.id) or self.owner_of[o.entity] for o in self.domain.operations}

    @cached_property
    def owner_of(self) -> Mapping[EntityId, ServiceGroup]:
        """The service that owns an entity; the first service owns what no other claims."""
        claimed = {e: group for group in reversed(self.decisions.services) for e in group.entities}
        first = self.decisions.services[0]
        return {e.id: claimed.get(e.id) or claimed.get(e.aggregate) or first for e in self.domain.entities}

    @cached_property
    def store_of(self) -> Mapping[EntityId, StoreId]:
        """The store that holds the truth about an entity; the primary one where no placement says so."""
        placed = {placement.entity: placement.store for placement in self.decisions.placements}
        return {e.id: placed.get(e.id) or placed.get(e.aggregate) or self.primary_store for e in self.domain.entities}

    @cached_property
    def primary_store(self) -> StoreId:
        """The store of role PRIMARY with the most entities; `main` in a design that sizes none."""
        primaries = [StoreId(ident_of(s.subject)) for s in self.decisions.sizings if s.role is StoreRole.PRIMARY]
        held = [placement.store for placement in self.decisions.placements]
        ranked = primaries or list(dict.fromkeys(held)) or [StoreId("main")]
        return max(ranked, key=lambda store: (held.count(store), -ranked.index(store)))

    @cached_property
    def operations_on(self) -> Mapping[EntityId, tuple[Operation, ...]]:
        """The operations whose entity is the key."""
        found: dict[EntityId, list[Operation]] = {e.id: [] for e in self.domain.entities}
        for operation in self.domain.operations:
            found[operation.entity].append(operation)
        return {entity: tuple(operations) for entity, operations in found.items()}

    @cached_property
    def part_of(self) -> Mapping[EntityId, Relation]:
        """For an entity that is part of another: the relation to its whole."""
        return {e.id: r for e in self.domain.entities for r in e.relations if r.owns and r.target != e.id}

    @cached_property
    def consumers(self) -> Mapping[str, tuple[Operation, ...]]:
        """By event id: the operations that react to it.

        A reaction has kind EVENT. It belongs to the event of its own entity whose rate is nearest to its own (the first
        of equals), else to the event of an entity of the same aggregate, or of one that it refers to.
        """
        found: dict[str, list[Operation]] = {event.id: [] for event in self.domain.events}
        for operation in self.domain.operations:
            if operation.kind is OperationKind.EVENT and (event := self._cause(operation)):
                found[event.id].append(operation)
        return {event: tuple(operations) for event, operations in found.items()}

    @cached_property
    def heard(self) -> tuple[Event, ...]:
        """The events that something reacts to; all of them where services are apart and a broker hands each message
        to as many as ask for it, since others may listen. A queue would only keep what nobody takes out."""
        style = self.decision(Dimension.STYLE)
        apart = style is not None and style.option in ("microservices", "event_driven")
        if apart and any("fan_out" in tech.traits for tech in self.sized_technologies):
            return self.domain.events
        return tuple(event for event in self.domain.events if self.consumers[event.id] or event in self.told)

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """The events of which others are told over HTTP: those of the things that the requirement names, else all."""
        said = " ".join(r.statement.lower() for r in self.asked("webhook_phrases"))
        if not said:
            return ()
        names = {e.id: [n.lower() for n in (e.name, e.plural) if n] for e in self.domain.entities}
        named = {e for e, words in names.items() if any(re.search(rf"\b{re.escape(w)}\b", said) for w in words)}
        return tuple(event for event in self.domain.events if event.entity in named) or self.domain.events

    def _cause(self, reaction: Operation) -> Event | None:
        entity = self.entities[reaction.entity]
        near = {entity.aggregate, *(self.entities[r.target].aggregate for r in entity.relations)}
        candidates = [
            event
            for event in self.domain.events
            if event.operation != reaction.id and self.entities[event.entity].aggregate in near
        ]
        rate = reaction.average.value
        return min(
            candidates,
            key=lambda e: (
                e.entity != reaction.entity,
                self.entities[e.entity].aggregate != entity.aggregate,
                abs(self.operations[e.operation].average.value - rate),
            ),
            default=None,
        )

    @cached_property
    def sizing_of(self) -> Mapping[ElementId, Sizing]:
        """How an element is sized."""
        return {sizing.subject: sizing for sizing in self.decisions.sizings}

    @cached_property
    def sized_technologies(self) -> tuple[Technology, ...]:
        """The technologies that something is sized for."""
        return tuple(self.technologies[s.tech] for s in self.decisions.sizings if s.tech in self.technologies)

    @cached_property
    def by_dimension(self) -> Mapping[Dimension, tuple[Decision, ...]]:
        """The decisions of a dimension, in their order."""
        found: dict[Dimension, list[Decision]] = {}
        for decision in self.decisions.decisions:
            found.setdefault(decision.dimension, []).append(decision)
        return {dimension: tuple(decisions) for dimension, decisions in found.items()}

    def decision(self, dimension: Dimension) -> Decision | None:
        """The first decision of a dimension, or None."""
        return next(iter(self.by_dimension.get(dimension, ())), None)

    def chosen(self, dimension: Dimension) -> Technology | None:
        """The technology that a dimension's first decision chose, or None where it chose none."""
        decision = self.decision(dimension)
        return self.technologies.get(decision.tech) if decision and decision.tech else None

    def because(self, *dimensions: Dimension) -> tuple[DecisionId, ...]:
        """The decisions of these dimensions; that of the style where the design has none of them. Never empty."""
        found = [d.id for dimension in dimensions for d in self.by_dimension.get(dimension, ())]
        fallback = self.decision(Dimension.STYLE) or self.decisions.decisions[0]
        return tuple(dict.fromkeys(found)) or (fallback.id,)

    def requirements_of(self, why: Provenance) -> tuple[RequirementId, ...]:
        """The requirements that rest on the same words as a fact."""
        if not isinstance(why, Stated):
            return ()
        at = why.at
        return tuple(
            r.id
            for r in self.requirements.requirements
            if isinstance(r.why, Stated)
            and (r.why.at.file, r.why.at.line) == (at.file, at.line)
            and (r.why.at.quote in at.quote or at.quote in r.why.at.quote)
        )

    def has_regime(self, *idents: str) -> bool:
        """Whether one of these regimes applies for certain."""
        return any(r.id in idents and r.status == "required" for r in self.requirements.regimes)

    def asked(self, ident: str) -> tuple[Requirement, ...]:
        """The requirements, other than those for later, in which a phrase of the list `ident` stands."""
        rows = (r for r in self.requirements.requirements if r.priority is not Priority.LATER)
        return tuple(r for r in rows if self.naming.any_in(ident, f" {r.statement} "))

    @cached_property
    def wording(self) -> str:
        """All requirements and operations in lower case, to look for what the brief asks for."""
        said = [r.statement for r in self.requirements.requirements]
        return "\n".join([*said, *(o.name for o in self.domain.operations)]).lower()


def ident_of(subject: ElementId) -> str:
    """The id without its kind.

    >>> ident_of(element("store", "main"))
    'main'
    """
    return subject.partition(":")[2]


def kind_of(subject: ElementId) -> str:
    """The kind of an element.

    >>> kind_of(element("store", "main"))
    'store'
    """
    return subject.partition(":")[0]


def service_element(service: ServiceId) -> ElementId:
    """The element of a service."""
    return element("service", service)
