"""Entities and operations while they are being made; frozen into model values at the end."""

from msgspec import Struct, field

from archsmith.kernel.ids import ActorId, EntityId, OperationId, SystemId
from archsmith.kernel.provenance import Provenance
from archsmith.model.domain import Access, Attribute, DataClass, Relation
from archsmith.model.requirements import Actor, ExternalSystem, OperationKind, Priority


class EntityDraft(Struct):
    """An entity in the making. `aliases` are all names that mean it; `kin` its nature by the lexicon."""

    id: EntityId
    name: str
    why: Provenance
    aliases: set[str] = field(default_factory=set)
    said_attributes: list[str] = field(default_factory=list)
    said_states: list[str] = field(default_factory=list)
    sketch: str = ""
    kin: str = ""
    person: bool = False
    attributes: list[Attribute] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    aggregate: EntityId = EntityId("")
    data_class: DataClass = DataClass.INTERNAL
    owner: ActorId | None = None
    tenant_scoped: bool = False
    master: SystemId | None = None

    @property
    def sketch_source(self) -> str:
        """Where the archetype's sketch of it stands (`archetypes/shop`), or empty."""
        return f"archetypes/{self.sketch.partition('/')[0]}" if self.sketch else ""

    @property
    def states(self) -> tuple[str, ...]:
        """The states of its state attribute, or none."""
        return next((a.states for a in self.attributes if a.states), ())

    def reference(self, target: EntityId) -> Relation | None:
        """Its relation to the target, if it has one."""
        return next((r for r in self.relations if r.target == target), None)


class OperationDraft(Struct):
    """An operation in the making. `object` is the phrase of the brief, `entity` what it means.

    `about`: the thing that a deed is said of, where it leaves a record of its own (`book desk` makes a booking).
    """

    id: OperationId
    verb: str
    object: str
    actor: ActorId
    entity: EntityId
    kind: OperationKind
    access: Access
    priority: Priority
    why: Provenance
    to_state: str = ""
    touches: list[EntityId] = field(default_factory=list)
    share: float = 0.0
    text: str = ""
    about: EntityId | None = None


class World(Struct):
    """The domain in the making: drafts with look-ups that every later step shares."""

    actors: dict[ActorId, Actor]
    systems: tuple[ExternalSystem, ...]
    entities: dict[EntityId, EntityDraft]
    operations: dict[OperationId, OperationDraft]
    names: dict[str, EntityId] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """The word of the brief for each sketch of the archetypes (`shop/product`) that it names."""

    def find(self, name: str) -> EntityDraft | None:
        """The entity that a phrase means: the whole phrase, else its longest tail or head that names one."""
        words = name.split(" ")
        for start in range(len(words)):
            found = self.names.get(" ".join(words[start:]))
            if found is not None:
                return self.entities[found]
        for stop in range(len(words) - 1, 0, -1):
            found = self.names.get(" ".join(words[:stop]))
            if found is not None:
                return self.entities[found]
        return None

    def person_of(self, actor: ActorId) -> EntityDraft | None:
        """The entity that stands for the actor, if something is kept of him."""
        found = self.names.get(self.actors[actor].name) if actor in self.actors else None
        return self.entities[found] if found is not None else None
