"""Who acts: the actors of the domain, and the one that an operation's subject means."""

from collections import Counter
from typing import Final

from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.words import past, phrase
from archsmith.kernel.ids import ActorId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Derived, Stated
from archsmith.knowledge.archetypes import Audience
from archsmith.model.domain import Access
from archsmith.model.requirements import Actor, OperationKind, OperationMention, Requirements

SYSTEM: Final = Actor(
    id=ActorId("system"), name="system", internal=True, why=Derived(rule="the actor of schedules and reactions")
)
_MACHINE: Final = frozenset(
    "system we it service platform app application software backend server site website tool us product".split()
)
ANYBODY: Final = frozenset("person people user somebody someone everybody anyone human individual one they".split())
"""Subjects that name nobody in particular."""
_BY_PEOPLE: Final = (OperationKind.COMMAND, OperationKind.QUERY)


class Cast:
    """The actors, with those that operations add, and the choice of one for each operation."""

    def __init__(self, requirements: Requirements, product: Product, lore: Lore) -> None:
        self._product, self._lore = product, lore
        particular = [a for a in requirements.actors if phrase(a.name) not in ANYBODY]
        self.actors: dict[ActorId, Actor] = {a.id: a for a in (particular or requirements.actors)}
        self.actors.setdefault(SYSTEM.id, SYSTEM)
        self._said = requirements.operations
        self._users = any(phrase(m.name) == "user" for m in requirements.mentions)
        named = [o for o in requirements.operations if self._named(o.actor) is not None]
        self._of_object = Counter((phrase(o.object), self._named(o.actor)) for o in named)
        self._of_all = Counter(self._named(o.actor) for o in named)

    def of(self, said: OperationMention) -> ActorId:
        """The actor of an operation: the one it names; the system for what runs by itself; else whom it suits best."""
        found = self._named(said.actor) or self._again(said)
        if found is not None and (found != SYSTEM.id or said.kind is not OperationKind.QUERY):
            return found
        name = phrase(said.actor)
        if said.kind is not OperationKind.QUERY and (name in _MACHINE or said.kind not in _BY_PEOPLE):
            return SYSTEM.id
        if name and name not in ANYBODY | _MACHINE:
            actor = Actor(id=ActorId(slug(name)), name=name, internal=self._is_staff(name), why=said.why)
            return self.actors.setdefault(actor.id, actor).id
        return self._likely(said)

    def _again(self, said: OperationMention) -> ActorId | None:
        """Who did the deed before on that line with the same thing, where a passive names nobody for its correction:
        "a therapist writes a note ... it must only be amended"."""
        if not isinstance(said.why, Stated) or said.kind is not OperationKind.COMMAND:
            return None
        at, thing = said.why.at, phrase(said.object).rpartition(" ")[2]
        passive = past(said.verb).replace("_", " ") in at.quote.lower()
        row = self._lore.verb(said.verb, phrase(said.object))
        if not passive or row is None or row.access is not Access.UPDATE:
            return None
        before = [
            self._named(o.actor)
            for o in self._said
            if isinstance(o.why, Stated)
            and (o.why.at.line, phrase(o.object).rpartition(" ")[2]) == (at.line, thing)
            and o.why.at.column < at.column
        ]
        return next((a for a in reversed(before) if a is not None and a != SYSTEM.id), None)

    def _named(self, subject: str) -> ActorId | None:
        name = phrase(subject)
        if not name or name in ANYBODY or name in _MACHINE:
            return None
        for actor in self.actors.values():
            if phrase(actor.name) == name:
                return actor.id
        for actor in self.actors.values():
            if actor.id != SYSTEM.id and phrase(actor.name).rpartition(" ")[2] == name.rpartition(" ")[2]:
                return actor.id
        return None

    def _likely(self, said: OperationMention) -> ActorId:
        """Whoever else acts on the same thing; the archetype's actor of such an act; the busiest of those outside."""
        usual = self._usual(said)
        if usual is not None:
            return usual
        public = {a.id for a in self.actors.values() if not a.internal}
        same = [(n, a) for (obj, a), n in self._of_object.items() if obj == phrase(said.object) and a is not None]
        people = [a for _, a in sorted(same, key=lambda item: -item[0]) if a != SYSTEM.id]
        if said.kind is OperationKind.QUERY and public:
            people = [a for a in people if a in public]
        if people:
            return people[0]
        others = [a for a in self.actors.values() if a.id != SYSTEM.id]
        outside = [a for a in others if not a.internal and not self._is_staff(a.name)]
        if not outside and not self._users:
            outside = others
        if outside:
            return max(outside, key=lambda a: self._of_all[a.id]).id
        internal = self._product.audience is Audience.INTERNAL
        actor = Actor(
            id=ActorId("user"), name="user", internal=internal, why=Derived(rule="an act needs somebody who acts")
        )
        return self.actors.setdefault(actor.id, actor).id

    def _is_staff(self, name: str) -> bool:
        row = self._lore.entity(phrase(name))
        return row is not None and row.id == "staff"

    def _usual(self, said: OperationMention) -> ActorId | None:
        if self._product.main is None:
            return None
        verb, obj = said.verb, phrase(said.object)
        for sketch in self._product.main.operations:
            words = next((set(e.aka) for e in self._product.main.entities if e.name == sketch.object), set())
            named = obj in words | {sketch.object} or obj.rpartition(" ")[2] in words | {sketch.object}
            if sketch.verb == verb and named:
                names = {sketch.actor}
                names |= {n for e in self._product.main.entities if e.name == sketch.actor for n in e.aka}
                for actor in self.actors.values():
                    if phrase(actor.name) in names:
                        return actor.id
        return None
