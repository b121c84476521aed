"""Operations that nobody named: what the archetype can't do without, what is kept must be read, and who enters it."""

from archsmith.derive.actors import SYSTEM
from archsmith.derive.drafts import OperationDraft, World
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.product import Product
from archsmith.derive.scope import Scope
from archsmith.derive.words import phrase
from archsmith.kernel.ids import ActorId, EntityId, OperationId
from archsmith.kernel.provenance import Assumed
from archsmith.knowledge.archetypes import Archetype, OperationSketch
from archsmith.model.domain import LOOKS, Access
from archsmith.model.requirements import OperationKind, Priority


def assumed(
    world: World, ids: Identifiers, verb: str, entity: EntityId, actor: ActorId, access: Access, why: Assumed,
    kind: OperationKind = OperationKind.COMMAND,
) -> OperationDraft:  # fmt: skip
    """An operation on a whole entity, not yet among the world's."""
    thing = world.entities[entity].name
    ident = OperationId(ids.of(f"{verb} {thing}"))
    return OperationDraft(
        id=ident, verb=verb, object=thing, actor=actor, entity=entity, kind=kind, access=access,
        priority=Priority.MUST, why=why,
    )  # fmt: skip


def readable(world: World, ids: Identifiers) -> None:
    """What is recorded must be read by somebody: one query, where the brief names none at all."""
    if not world.entities or any(o.kind is OperationKind.QUERY for o in world.operations.values()):
        return
    used = [o.entity for o in world.operations.values() if not world.entities[o.entity].person]
    things = [e.id for e in world.entities.values() if not e.person] or list(world.entities)
    entity = world.entities[max(dict.fromkeys(used), key=used.count) if used else things[0]]
    people = [o.actor for o in world.operations.values() if o.actor != SYSTEM.id]
    others = [a for a in world.actors if a != SYSTEM.id]
    actor = people[0] if people else others[0] if others else SYSTEM.id
    why = Assumed(
        reason=f"the brief names nothing that is looked at, but {entity.name} records are kept to be read",
        source="derive/readable",
    )
    draft = assumed(world, ids, "view", entity.id, actor, Access.LIST, why, OperationKind.QUERY)
    world.operations[draft.id] = draft


def complete(world: World, ids: Identifiers, product: Product, out: Scope) -> None:
    """Adds the archetype's essential operations that nothing in the brief resembles."""
    if product.main is None:
        return
    for sketch in product.main.operations:
        target = world.find(sketch.object)
        if target is None:
            continue
        same = [
            o
            for o in world.operations.values()
            if o.entity == target.id and _alike(o.access, sketch.access, o, sketch.verb)
        ]
        for operation in same:
            operation.share = max(operation.share, sketch.share)
            operation.touches.extend(
                e for e in (world.names.get(t) for t in sketch.touches) if e is not None and e not in operation.touches
            )
        if same or not sketch.core or not product.sure or out.bans_act(sketch.verb, sketch.object):
            continue
        actor = _actor_of(sketch, world, product.main)
        if actor is None and sketch.actor != "system":
            continue
        if sketch.actor == "system" or actor is None:
            by_people = sketch.kind in (OperationKind.COMMAND, OperationKind.QUERY)
            people = (a.id for a in world.actors.values() if a.id != SYSTEM.id)
            actor = next(people, SYSTEM.id) if by_people else SYSTEM.id
        why = Assumed(
            reason=f"no {product.main.id.replace('_', ' ')} works without it, and the brief names nothing like "
            f"'{sketch.verb} {sketch.object}'",
            source=f"archetypes/{product.main.id}",
        )
        draft = assumed(world, ids, sketch.verb, target.id, actor, sketch.access, why, sketch.kind)
        draft.to_state, draft.share = sketch.to_state, sketch.share
        draft.touches = [e for e in (world.names.get(t) for t in sketch.touches) if e is not None]
        world.operations.setdefault(draft.id, draft)


def _actor_of(sketch: OperationSketch, world: World, kind: Archetype) -> ActorId | None:
    """The actor that the sketch means, by its name or another word for it; the public for the kind's main person."""
    person = next((e for e in kind.entities if e.name == sketch.actor), None)
    names = {sketch.actor, *(person.aka if person is not None else ())}
    for actor in world.actors.values():
        if phrase(actor.name) in names or phrase(actor.name).rpartition(" ")[2] in names:
            return actor.id
    main = next((e for e in kind.entities if e.person and e.core), None)
    if sketch.actor in ("visitor", "listener", "client") or (main is not None and main.name == sketch.actor):
        outside = next((a.id for a in world.actors.values() if not a.internal), None)
        return outside or next((a.id for a in world.actors.values() if a.id != SYSTEM.id), None)
    return None


def _alike(have: Access, wanted: Access, operation: OperationDraft, verb: str) -> bool:
    if operation.verb == verb:
        return True
    if wanted in LOOKS:
        return have in LOOKS
    return have is wanted and wanted is not Access.TRANSITION
