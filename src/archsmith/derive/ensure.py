"""A stated load drives something: operations (and readings) that the brief counts but does not name."""

from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.attach import Carriers, is_browsing
from archsmith.derive.devices import is_device
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.entities import add_entity
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim
from archsmith.derive.words import phrase
from archsmith.kernel.ids import ActorId, OperationId
from archsmith.kernel.provenance import Derived
from archsmith.model.domain import Access
from archsmith.model.requirements import NumberRole, OperationKind, Priority

_DEEDS: Final[dict[str, tuple[str, OperationKind, Access]]] = {
    "save": ("save", OperationKind.COMMAND, Access.UPDATE),
    "search": ("search", OperationKind.QUERY, Access.SEARCH),
    "request": ("get", OperationKind.QUERY, Access.GET),
    "lookup": ("look up", OperationKind.QUERY, Access.GET),
    "download": ("download", OperationKind.QUERY, Access.GET),
    "view": ("view", OperationKind.QUERY, Access.GET),
    "redirect": ("follow", OperationKind.QUERY, Access.GET),
    "upload": ("upload", OperationKind.COMMAND, Access.CREATE),
    "update": ("update", OperationKind.COMMAND, Access.UPDATE),
}
"""What a load's last word says is done with the thing before it."""
_EVENTS: Final = "event_record"
"""The row of the lexicon of what just happens, like clicks."""


def entities_of_loads(world: World, loads: Loads, product: Product, lore: Lore) -> None:
    """Adds the readings that come in streams: `positions` of couriers, `clicks`, where no mention names them."""
    ids = Identifiers(taken=tuple(world.entities))
    for load in loads.found.values():
        name = load.noun
        if is_browsing(name):
            continue
        if world.find(name) is None or (lore.kin(name) == "reading" and lore.kin(name.split(" ")[0]) != "reading"):
            known = world.find(name.rpartition(" ")[2])
            if lore.kin(name) == "reading" and known is None and load.quantity.number.role is NumberRole.LOAD:
                add_entity(world, ids, name, load.quantity.number.why, product, lore)


def operations_of_loads(world: World, loads: Loads, product: Product, lore: Lore) -> None:
    """Adds one operation for each stated load that no operation of the brief carries."""
    ids = Identifiers(taken=tuple(world.operations))
    taken: set[str] = set()
    carriers = Carriers(world, product, lore)
    for load in loads.found.values():
        if load.job or (is_browsing(load.noun) and load.noun not in world.names):
            continue
        carrier = carriers.of(load, taken)
        if carrier is not None:
            taken.add(carrier.id)
            continue
        draft = _operation(load, world, lore, ids)
        if draft is not None and draft.id not in world.operations:
            world.operations[draft.id] = draft
            taken.add(draft.id)
    _looked_at_in_sums(world, loads, lore)


def _looked_at_in_sums(world: World, loads: Loads, lore: Lore) -> None:
    """Of clicks that are counted by their rate nobody reads the single ones: `clicks per campaign` are figures."""
    counted = {world.names[load.noun] for load in loads.found.values() if load.noun in world.names}
    for operation in world.operations.values():
        word = lore.entity(world.entities[operation.entity].name)
        if operation.access is Access.LIST and operation.entity in counted and word and word.id == _EVENTS:
            operation.access = Access.AGGREGATE


def _operation(load: Load, world: World, lore: Lore, ids: Identifiers) -> OperationDraft | None:
    words = load.noun.split(" ")
    entity = world.find(load.noun)
    if entity is None or (load.quantity.dim is Dim.SHARE and lore.kin(load.noun) != "reading"):
        return None
    deed = _DEEDS.get(words[-1])
    if deed is not None and len(words) > 1 and words[-1] not in entity.name.split(" "):
        verb, kind, access = deed
    elif entity.kin == "reading":
        verb, kind, access = "record", OperationKind.STREAM, Access.APPEND
    elif load.noun in entity.aliases and not entity.person and entity.kin in ("", "money", "message", "file"):
        verb, kind, access = "create", OperationKind.COMMAND, Access.CREATE
        if is_device(phrase(world.actors[_actor(load, entity, world, kind)].name)):
            verb, kind, access = "record", OperationKind.STREAM, Access.APPEND
    else:
        return None
    name = f"{verb} {entity.name}"
    return OperationDraft(
        id=OperationId(ids.of(name)),
        verb=verb,
        object=entity.name,
        actor=_actor(load, entity, world, kind),
        entity=entity.id,
        kind=kind,
        access=access,
        priority=Priority.MUST,
        text=load.words,
        why=Derived(rule="the brief states its load", inputs=(load.quantity.number.id,)),
    )


def _actor(load: Load, entity: EntityDraft, world: World, kind: OperationKind) -> ActorId:
    """Who does it: an actor named in the load's own words, else the public, else the system for streams."""
    for actor in world.actors.values():
        if actor.id != SYSTEM.id and f" {phrase(actor.name)} " in f" {phrase(load.words)} ":
            return actor.id
    if kind is OperationKind.STREAM:
        return SYSTEM.id
    return next((a.id for a in world.actors.values() if not a.internal), SYSTEM.id)
