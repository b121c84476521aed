"""Operations: who does what with which entity, and how it meets it (create, list, transition, ...)."""

import re
from typing import Final

from archsmith.derive.actors import SYSTEM, Cast
from archsmith.derive.devices import is_device
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.entities import SESSION
from archsmith.derive.freeze import holds_truth
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.scope import Scope, scope_of
from archsmith.derive.things import NOT_KEPT, laws_and_tools
from archsmith.derive.values import BEARS, FOLLOWS, is_value, meant
from archsmith.derive.words import past, phrase, plural
from archsmith.kernel.ids import ActorId, OperationId
from archsmith.kernel.provenance import Assumed, Stated
from archsmith.knowledge.archetypes import Archetype, OperationSketch
from archsmith.model.domain import Access
from archsmith.model.requirements import NumberRole, OperationKind, OperationMention, Priority, Requirements

_READS: Final = frozenset({Access.GET, Access.LIST, Access.SEARCH, Access.AGGREGATE})
_SALES: Final = frozenset({"sale", "sales", "revenue", "turnover", "takings"})
"""What is looked at are figures of what was sold."""
_SOLD: Final = ("ticket", "order", "booking", "loan", "payment")
"""Rows of the lexicon that a sale leaves behind, the nearest to the thing first."""
_VIEWS: Final = _SALES | frozenset(
    "report statistic statistics total curve dashboard summary analytics chart trend usage count".split()
)
_LISTS: Final = frozenset("list plan overview calendar history feed timeline queue inbox schedule arrival".split())
_FETCHES: Final = frozenset({"fetch", "serve", "poll", "download", "retrieve", "get"})
_LOOKS: Final = frozenset({"view", "see", "show", "display", "check", "read", "browse", "look at", "review"})
_KEEPS: Final = frozenset({"keep", "retain", "store", "hold", "preserve", "archive"})
PAYS: Final = frozenset({"pay", "refund", "charge", "repay"})
"""Verbs that move money for the thing that is their object."""
_KINDS: Final = {
    OperationKind.BATCH: Access.COMPUTE,
    OperationKind.EVENT: Access.NOTIFY,
    OperationKind.STREAM: Access.APPEND,
    OperationKind.COMMAND: Access.UPDATE,
    OperationKind.QUERY: Access.LIST,
}


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
        if said.verb in BEARS and is_value(said, world, lore):
            continue  # "the pace that the shop can take" is a limit, and no act
        if said.verb in _KEEPS and phrase(said.actor) in ("", "system") and _is_retention(said, requirements):
            continue
        entity = _entity(said, world, product, lore)
        if entity is not None:
            _add(world, ids, said, cast.of(said), entity, lore)
    _complete(world, ids, product, out)
    _readable(world, ids)


def _is_retention(said: OperationMention, requirements: Requirements) -> bool:
    """`links are stored for 5 years` says how long, and is no act."""
    if not isinstance(said.why, Stated):
        return False
    at = said.why.at
    return any(
        n.role is NumberRole.RETENTION
        and isinstance(n.why, Stated)
        and n.why.at.line == at.line
        and 0 <= n.why.at.column - at.column <= 120
        for n in requirements.numbers
    )


def _readable(world: World, ids: Identifiers) -> None:
    """What is recorded must be read by somebody: one query, where the brief names none at all."""
    if not world.entities or any(o.kind is OperationKind.QUERY for o in world.operations.values()):
        return
    used = [o.entity for o in world.operations.values() if not world.entities[o.entity].person]
    things = [e.id for e in world.entities.values() if not e.person] or list(world.entities)
    entity = world.entities[max(dict.fromkeys(used), key=used.count) if used else things[0]]
    people = [o.actor for o in world.operations.values() if o.actor != SYSTEM.id]
    others = [a for a in world.actors if a != SYSTEM.id]
    actor = people[0] if people else others[0] if others else SYSTEM.id
    ident = OperationId(ids.of(f"view {entity.name}"))
    world.operations[ident] = OperationDraft(
        id=ident,
        verb="view",
        object=entity.name,
        actor=actor,
        entity=entity.id,
        kind=OperationKind.QUERY,
        access=Access.LIST,
        priority=Priority.MUST,
        why=Assumed(
            reason=f"the brief names nothing that is looked at, but {entity.name} records are kept to be read",
            source="derive/readable",
        ),
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


def access_of(verb: str, obj: str, kind: OperationKind, lore: Lore) -> Access:
    """How the operation meets its entity: what the verb says, as far as that fits the kind that the brief suggests."""
    row = lore.verb(verb, obj)
    known = row.access if row else None
    words = set(obj.split(" "))
    if kind is OperationKind.QUERY:
        if words & _VIEWS and known is not Access.SEARCH:
            return Access.AGGREGATE
        if words & _LISTS and known is not Access.SEARCH:
            return Access.LIST
        return known if known in _READS and known is not None else _KINDS[kind]
    if kind is OperationKind.STREAM:
        return Access.APPEND
    if kind is OperationKind.EVENT:
        return (
            known
            if known in (Access.NOTIFY, Access.APPEND, Access.CREATE, Access.TRANSITION, Access.UPDATE, Access.DELETE)
            and known is not None
            else Access.NOTIFY
        )
    if kind is OperationKind.BATCH:
        return (
            known
            if known is not None and known not in (Access.GET, Access.LIST, Access.SEARCH, Access.APPEND)
            else Access.COMPUTE
        )
    return known if known is not None and known not in _READS | {Access.APPEND} else _KINDS[kind]


def _entity(said: OperationMention, world: World, product: Product, lore: Lore) -> EntityDraft | None:
    name = phrase(said.object)
    if name:
        found = world.find(name) or meant(said, world)
        if found is not None:
            return found
    if _SALES & set(name.split(" ")):
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
    _settle_payment(draft, world)
    person = actor != SYSTEM.id and draft.kind is OperationKind.COMMAND
    if (said.verb in FOLLOWS and is_value(said, world, lore)) or (person and lore.looks(said.verb, obj)):
        draft.kind, draft.access = OperationKind.QUERY, Access.GET
    _settle_kind(draft, said, entity, lore)
    if (
        draft.access is Access.GET
        and said.verb in _LOOKS
        and plural(obj).split(" ")[-1] in re.findall(r"[a-z-]+", draft.text)
    ):
        draft.access = Access.LIST  # "sees photos": all that there are, not one of them
    if draft.access is Access.NOTIFY and actor != SYSTEM.id and draft.kind is OperationKind.EVENT:
        if entity.kin == "reading":
            draft.access, draft.kind = Access.APPEND, OperationKind.STREAM
        elif entity.kin != "message":
            draft.access, draft.kind = Access.CREATE, OperationKind.COMMAND
    world.operations[draft.id] = draft


def _settle_kind(draft: OperationDraft, said: OperationMention, entity: EntityDraft, lore: Lore) -> None:
    """Streams are of readings and from devices; what is fetched is asked for, what a person collects moves on."""
    row = lore.verb(said.verb, draft.object)
    reads = row is not None and row.access in _READS
    stream = draft.kind is OperationKind.STREAM and entity.kin not in ("reading", "aggregate")
    if reads and (stream or (draft.kind is OperationKind.BATCH and said.verb in _FETCHES)):
        draft.kind = OperationKind.QUERY
    elif stream and draft.actor != SYSTEM.id and not is_device(phrase(said.actor)):
        draft.kind = OperationKind.COMMAND
    else:
        return
    draft.access = access_of(said.verb, draft.object, draft.kind, lore)


def _settle_payment(draft: OperationDraft, world: World) -> None:
    """Paying for a thing moves it on (`pay order`); paying a person makes a payment."""
    entity = world.entities[draft.entity]
    if draft.access is not Access.CREATE or not set(draft.verb.split(" ")) & PAYS or entity.kin == "money":
        return
    if not entity.person:
        draft.access = Access.TRANSITION
        return
    money = next((e for e in world.entities.values() if e.kin == "money"), None)
    if money is not None:
        draft.entity = money.id


def _complete(world: World, ids: Identifiers, product: Product, out: Scope) -> None:
    """Adds the archetype's essential operations that nothing in the brief resembles."""
    if product.main is None:
        return
    source = f"archetypes/{product.main.id}"
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
            actor = (
                SYSTEM.id
                if sketch.kind not in (OperationKind.COMMAND, OperationKind.QUERY)
                else next((a.id for a in world.actors.values() if a.id != SYSTEM.id), SYSTEM.id)
            )
        why = Assumed(
            reason=f"no {product.main.id.replace('_', ' ')} works without it, and the brief names nothing like "
            f"'{sketch.verb} {sketch.object}'",
            source=source,
        )
        obj = target.name
        ident = OperationId(ids.of(f"{sketch.verb} {obj}"))
        if ident not in world.operations:
            world.operations[ident] = OperationDraft(
                id=ident,
                verb=sketch.verb,
                object=obj,
                actor=actor,
                entity=target.id,
                kind=sketch.kind,
                access=sketch.access,
                priority=Priority.MUST,
                why=why,
                to_state=sketch.to_state,
                share=sketch.share,
                touches=[e for e in (world.names.get(t) for t in sketch.touches) if e is not None],
            )


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
    if wanted in _READS:
        return have in _READS
    return have is wanted and wanted is not Access.TRANSITION
