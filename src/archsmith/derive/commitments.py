"""What a deed leaves behind holds the later ones: who books a desk, pays and cancels the booking, not the desk."""

from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.words import phrase
from archsmith.kernel.ids import EntityId, OperationId
from archsmith.kernel.provenance import Derived
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind

_LEAVES: Final[dict[str, tuple[str, ...]]] = {
    "book": ("booking", "reservation", "appointment"), "reserve": ("reservation", "booking"), "order": ("order",),
    "buy": ("order", "purchase"), "purchase": ("purchase", "order"), "rent": ("rental", "booking"),
    "hire": ("rental", "booking"), "borrow": ("loan",), "lend": ("loan",), "donate": ("donation",), "rate": ("rating",),
    "review": ("review",), "enrol": ("enrolment",), "enroll": ("enrolment", "enrollment"), "bid": ("bid",),
    "message": ("message",), "vote": ("vote",), "dispute": ("dispute",), "refund": ("refund",), "hold": ("hold",),
    "approve": ("approval",),
}  # fmt: skip
"""What each deed leaves behind; the first that the domain has."""
_LATER: Final = frozenset(
    "cancel pay refund charge reschedule rebook confirm extend prolong renew shorten return".split()
)
"""What who made a commitment does to it later on, even where the brief says the thing that it is about."""
_MAKES: Final = frozenset({"place", "make", "submit"})
"""Verbs that say with the record what the deed says with the thing: `place order`, `make booking`."""
MESSAGE: Final = "message"
"""The deed that is done to a person, and leaves something for that person to read."""
EXPECT: Final = "expect"
"""Others look at what was committed: a host sees who comes."""
_CHANGES: Final = frozenset({Access.TRANSITION, Access.UPDATE, Access.DELETE, Access.CREATE})


def commit(world: World, lore: Lore) -> None:
    """Moves each deed that leaves a record, and what follows from it, to that record; the thing is touched by it.

    Only where the domain has both: whoever books an appointment makes the appointment, and leaves nothing beside it.
    A deed that says again what another operation does (`order lunch` beside `place order`) becomes one with it.
    """
    for deed in list(world.operations.values()):
        _addressed(deed, world)
        record = _left(deed, world, lore)
        if record is None:
            continue
        thing = deed.entity
        for later in world.operations.values():
            if later.entity == thing and later is not deed and _follows(later, deed, world):
                later.entity = record
                if later.verb == EXPECT:
                    later.object = world.entities[record].name
        same = next((o for o in world.operations.values() if _makes(o, record)), None)
        if same is not None:
            del world.operations[deed.id]
        kept = same or deed
        kept.entity, kept.about = record, thing
        kept.touches.extend(e for e in (thing,) if e not in kept.touches)
    _pay_once(world)


def _pay_once(world: World) -> None:
    """What is taken along with an order is paid with it: `pay seat` beside `pay order` is said of the same money."""
    paying = [o for o in world.operations.values() if o.verb == "pay" and o.access is Access.TRANSITION]
    for whole in paying:
        with_it = {
            e
            for o in world.operations.values()
            for e in o.touches
            if o.entity == whole.entity and o.access is Access.CREATE
        }
        for part in paying:
            if part.entity in with_it - {whole.entity} and part.actor == whole.actor:
                world.operations.pop(part.id, None)


def _addressed(deed: OperationDraft, world: World) -> None:
    """`Message my therapist` sends a message; whom it is for reads it, or it was sent to nobody."""
    message = record_of(deed.verb, world) if deed.verb == MESSAGE else None
    whom = world.entities[deed.entity]
    if message is None or not whom.person:
        return
    deed.verb, deed.object, deed.entity, deed.about = "send", message.name, message.id, whom.id
    deed.access, deed.kind = Access.CREATE, OperationKind.COMMAND
    reader = next((a for a in world.actors.values() if phrase(a.name) == whom.name), None)
    ident = OperationId(f"read-{message.id}")
    if reader is None or ident in world.operations:
        return
    world.operations[ident] = OperationDraft(
        id=ident,
        verb="read",
        object=message.name,
        actor=reader.id,
        entity=message.id,
        kind=OperationKind.QUERY,
        access=Access.LIST,
        priority=deed.priority,
        why=Derived(rule="what is sent to somebody is read by them", inputs=(deed.id,)),
    )


def record_of(verb: str, world: World) -> EntityDraft | None:
    """The record that a deed leaves behind, where the domain has one: `book` a booking, `borrow` a loan."""
    for name in _LEAVES.get(verb.split(" ")[0], ()):
        found = world.names.get(name)
        if found is not None:
            return world.entities[found]
    return None


def _makes(other: OperationDraft, record: EntityId) -> bool:
    """Whether an operation makes the record, in the words for the record."""
    return other.entity == record and other.access is Access.CREATE and other.verb in _MAKES


def _left(deed: OperationDraft, world: World, lore: Lore) -> EntityId | None:
    """The record of a deed, where it is an entity of its own beside the thing that the deed is about."""
    record = record_of(deed.verb, world) if deed.verb not in _LATER else None
    if record is None or record.id == deed.entity or deed.access is not Access.CREATE:
        return None
    thing = world.entities[deed.entity]
    same = lore.entity(thing.name) is not None and lore.entity(thing.name) is lore.entity(record.name)
    return None if thing.person or same else record.id


def _follows(later: OperationDraft, deed: OperationDraft, world: World) -> bool:
    """Whether it is done to the commitment: by who made it or by the system; messages that name nothing else, too."""
    if later.verb == EXPECT:
        return True
    if later.access is Access.NOTIFY:
        return later.object not in world.entities[later.entity].aliases | {world.entities[later.entity].name}
    by = later.actor in (deed.actor, SYSTEM.id)
    return by and later.access in _CHANGES and later.verb in _LATER and later.object == deed.object
