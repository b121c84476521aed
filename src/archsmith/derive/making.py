"""Where rows come from: what is kept and referred to, and nobody makes in the words of the brief, somebody enters."""

from collections import Counter
from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.devices import is_device
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.essentials import assumed
from archsmith.derive.freeze import holds_truth
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.ledger import Ledger
from archsmith.derive.lore import Lore
from archsmith.derive.pools import Rate
from archsmith.derive.volumes import Volume
from archsmith.derive.words import phrase, plural
from archsmith.kernel.ids import ActorId, EntityId, OperationId
from archsmith.kernel.provenance import Assumed
from archsmith.kernel.units import MONTH
from archsmith.knowledge.naming import Naming
from archsmith.model.domain import Access
from archsmith.model.requirements import Actor

_MAKING: Final = frozenset({Access.CREATE, Access.APPEND, Access.IMPORT, Access.COMPUTE, Access.NOTIFY})
_CHANGING: Final = frozenset({Access.UPDATE, Access.TRANSITION})
_LEFT_BEHIND: Final = frozenset({"reading", "money", "message", "aggregate", "file"})
"""Kins of what comes about by what is done: a measurement, a payment, a notification, a sum, a file of something."""
ADMINISTRATOR: Final = ActorId("administrator")


def entered(
    world: World, rates: dict[OperationId, Rate], volume: dict[EntityId, Volume], ledger: Ledger, lore: Lore
) -> None:
    """Adds one operation for each thing that is there to be referred to or looked at, and that nothing makes.

    It runs at the end, when rows and rates are known: it is as often as its rows come.
    """
    made = _made(world, lore.naming)
    ids = Identifiers(taken=tuple(world.operations))
    for draft in list(world.entities.values()):
        if draft.id in made or not _is_used(draft, world) or _comes_by_itself(draft, world, lore):
            continue
        actor = _keeper(draft, world, lore)
        many = plural(draft.name)
        who = world.actors[actor].name
        why = Assumed(
            reason=f"the brief does not say who enters {many}, to which others refer: the {who} does",
            source="derive/making",
        )
        made_by = assumed(world, ids, "create", draft.id, actor, Access.CREATE, why)
        ident = made_by.id
        world.operations[ident] = made_by
        rate = ledger.ratio(
            f"{ident}_rate",
            f"{many} entered",
            "per s",
            "new rows / month",
            (volume[draft.id].monthly,),
            (float(MONTH),),
        )
        rates[ident] = Rate(rate, rate)


def _made(world: World, naming: Naming) -> set[EntityId]:
    """What some operation makes: by its access, by a verb that says so, or as a part of a whole that it makes."""
    found = set()
    for operation in world.operations.values():
        verb = operation.verb.replace("_", " ")
        entity = world.entities[operation.entity]
        makes = operation.access in _CHANGING and (naming.has("create_verbs", verb) or _named_by(verb, entity))
        if operation.access in _MAKING or makes:
            found.add(operation.entity)
        if operation.access is Access.CREATE and verb in world.names:  # "message the therapist" makes a message
            found.add(world.names[verb])
        if operation.access is Access.CREATE and not world.actors[operation.actor].internal:
            refers = (world.entities[r.target] for r in entity.relations)
            found |= {e.id for e in refers if e.person}  # who gives without an account leaves a name with the gift
    wholes = {e.id: {r.target for r in e.relations if r.owns} for e in world.entities.values()}
    return found | {part for part, those in wholes.items() if those & found}


def _named_by(verb: str, entity: EntityDraft) -> bool:
    """Whether a thing is called after what is done: an appeal by appealing, an allotment by allotting."""
    root = verb.rpartition(" ")[2].removesuffix("e")
    return len(root) > 2 and entity.name.rpartition(" ")[2].startswith(root)


def _is_used(draft: EntityDraft, world: World) -> bool:
    referred = any(r.target == draft.id for e in world.entities.values() for r in e.relations if e.id != draft.id)
    return referred or any(o.entity == draft.id for o in world.operations.values())


def _comes_by_itself(draft: EntityDraft, world: World, lore: Lore) -> bool:
    """Whether rows come from another system, by what is done with other things, or when people sign in."""
    signs_in = any(phrase(a.name) in draft.aliases for a in world.actors.values())
    held = any(holds_truth(system, draft, lore) for system in world.systems)
    return held or draft.kin in _LEFT_BEHIND or signs_in


def _is_human(name: str, lore: Lore) -> bool:
    kin = lore.kin(phrase(name))
    return kin == "person" or (not kin and not is_device(name))


def _keeper(draft: EntityDraft, world: World, lore: Lore) -> ActorId:
    """The people inside who do most with it and with what it hangs together with; else whose own it is.

    Nobody else from outside: what is nobody's own would be open to every one of them.
    """
    inside = [a.id for a in world.actors.values() if a.internal and a.id != SYSTEM.id and _is_human(a.name, lore)]
    near = {draft.id, *(r.target for r in draft.relations)}
    near |= {e.id for e in world.entities.values() if e.reference(draft.id)}
    busy = Counter(o.actor for o in world.operations.values() if o.entity in near)
    if inside:
        return max(inside, key=lambda a: busy[a])
    if draft.owner is not None:
        return draft.owner
    why = Assumed(
        reason="the brief names nobody of the house who enters what all others use",
        source="derive/making",
    )
    world.actors.setdefault(ADMINISTRATOR, Actor(id=ADMINISTRATOR, name="administrator", internal=True, why=why))
    return ADMINISTRATOR
