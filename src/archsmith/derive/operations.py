"""Operations: who does what with which entity, and how it meets it (create, list, transition, ...)."""

from typing import Final

from archsmith.derive.access import access_of, settle
from archsmith.derive.actors import SYSTEM, Cast
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.entities import SESSION
from archsmith.derive.essentials import complete, readable
from archsmith.derive.freeze import holds_truth
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.scope import scope_of
from archsmith.derive.things import NOT_KEPT, laws_and_tools
from archsmith.derive.values import is_value, meant
from archsmith.derive.words import past, phrase
from archsmith.kernel.ids import ActorId, OperationId
from archsmith.kernel.provenance import Stated
from archsmith.model.domain import Access
from archsmith.model.requirements import NumberRole, OperationKind, OperationMention, Requirements

_SOLD: Final = ("ticket", "order", "booking", "loan", "payment")
"""Rows of the lexicon that a sale leaves behind, the nearest to the thing first."""


def operate(world: World, requirements: Requirements, product: Product, lore: Lore) -> None:
    """Fills the world's operations from the brief, then with what the archetype knows to be essential."""
    ids, out, cast = Identifiers(), scope_of(requirements), Cast(requirements, product, lore)
    world.actors = cast.actors
    known = laws_and_tools(requirements)
    details = {phrase(a) for m in requirements.mentions for a in m.attributes}
    for said in requirements.operations:
        if isinstance(said.why, Stated) and phrase(said.why.at.quote) in details:
            continue  # "an event with price categories, allocations": a detail of the event, and nobody allocates
        if out.bans_act(said.verb, phrase(said.object)) or phrase(said.object) in known:
            continue
        if not isinstance(said.why, Stated) and phrase(said.object) in NOT_KEPT:
            continue
        if lore.naming.has("bearing_verbs", said.verb) and is_value(said, world, lore):
            continue  # "the pace that the shop can take" is a limit, and no act
        if lore.naming.has("keeping_verbs", said.verb) and _is_retention(said, requirements):
            continue
        entity = _entity(said, world, product, lore)
        if entity is not None:
            _add(world, ids, said, cast.of(said), entity, lore)
    complete(world, ids, product, out)
    readable(world, ids)


def _is_retention(said: OperationMention, requirements: Requirements) -> bool:
    """`links are stored for 5 years` says how long, and is no act."""
    if not isinstance(said.why, Stated) or phrase(said.actor) not in ("", "system"):
        return False
    at = said.why.at
    return any(
        n.role is NumberRole.RETENTION
        and isinstance(n.why, Stated)
        and n.why.at.line == at.line
        and 0 <= n.why.at.column - at.column <= 120
        for n in requirements.numbers
    )


def settle_states(world: World) -> None:
    """Once the states are known: a verb whose participle is a later state is a transition (`pay` -> paid)."""
    for operation in world.operations.values():
        states = world.entities[operation.entity].states
        reached = past(operation.verb)
        creators = [o for o in world.operations.values() if o.entity == operation.entity and o.access is Access.CREATE]
        if operation.access is Access.CREATE and len(creators) < 2:
            continue
        if reached in states and operation.access in (Access.CREATE, Access.UPDATE) and reached != states[0]:
            operation.access = Access.TRANSITION
        if operation.access is Access.TRANSITION and not operation.to_state:
            operation.to_state = reached if reached in states else ""
        if operation.access is Access.TRANSITION and not operation.to_state:
            operation.access = Access.UPDATE


def _entity(said: OperationMention, world: World, product: Product, lore: Lore) -> EntityDraft | None:
    name = phrase(said.object)
    if name:
        found = world.find(name) or meant(said, world)
        if found is not None:
            return found
    if lore.naming.has_one("sale_words", name):
        rows = {row.id: e for e in world.entities.values() if (row := lore.entity(e.name)) is not None}
        if sold := next((rows[r] for r in _SOLD if r in rows), None):
            return sold
    if not isinstance(said.why, Stated):  # nobody said it: what it is about is known, or it is nothing
        held = [s for s in world.systems if name in map(phrase, s.masters)]
        return next((e for e in world.entities.values() for s in held if holds_truth(s, e, lore)), None)
    for text in (phrase(said.verb), phrase(said.why.at.quote)):
        for word in text.split(" "):
            if word in world.names:
                return world.entities[world.names[word]]
    if said.verb in SESSION:
        known = world.names.get(phrase(said.actor)) or next((e.id for e in world.entities.values() if e.person), None)
        if known is not None:
            return world.entities[known]
    if product.main is not None:
        for sketch in product.main.operations:
            if sketch.verb == said.verb and sketch.object in world.names:
                return world.entities[world.names[sketch.object]]
    used = [o.entity for o in world.operations.values()]
    if used:
        return world.entities[max(dict.fromkeys(used), key=used.count)]
    return next(iter(world.entities.values()), None)


def _add(
    world: World, ids: Identifiers, said: OperationMention, actor: ActorId, entity: EntityDraft, lore: Lore
) -> None:
    obj = phrase(said.object) or entity.name
    name = f"{said.verb} {obj}"
    known = world.operations.get(OperationId(ids.of(name)))
    if not isinstance(said.why, Stated) and any(
        o.verb == said.verb and o.entity == entity.id for o in world.operations.values()
    ):
        return  # what a word implies is said already: "a signed note" beside "write a progress note and sign it"
    if known is not None:
        if known.actor == SYSTEM.id and actor != SYSTEM.id and said.kind is OperationKind.COMMAND:
            known.actor = actor
        return
    draft = OperationDraft(
        id=OperationId(ids.of(name)),
        verb=said.verb,
        object=obj,
        actor=actor,
        entity=entity.id,
        kind=said.kind,
        access=access_of(said.verb, obj, said.kind, lore),
        priority=said.priority,
        why=said.why,
        text=said.why.at.quote.lower() if isinstance(said.why, Stated) else "",
    )
    settle(draft, said, world, lore)
    world.operations[draft.id] = draft
