"""What an operation touches beside its own entity: further entities, systems outside, and the events it raises."""

from collections.abc import Mapping
from typing import Final

from archsmith.derive.drafts import OperationDraft, World
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.lore import Lore
from archsmith.derive.words import past, phrase, tokens
from archsmith.kernel.ids import EntityId, EventId, OperationId, SystemId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Derived
from archsmith.model.domain import Access, Event
from archsmith.model.requirements import ExternalSystem, OperationKind

_PAYS: Final = frozenset("pay charge refund deposit donate tip top purchase buy capture withdraw payout".split())
_SIGNS: Final = frozenset(
    {"sign in", "sign on", "sign up", "sign out", "log in", "log on", "log out", "login", "authenticate"}
)
"""What the identity provider does; who signs a note or logs an access does something else."""
_SCARCE: Final = frozenset({"stock", "slot"})
_MOVES: Final = frozenset({Access.CREATE, Access.TRANSITION})
_COMMITS: Final = frozenset({"order", "booking", "loan", "ticket"})


class Neighbours:
    """What hangs together with an entity, found once for the whole domain: scarce things, payments, parts of wholes."""

    def __init__(self, world: World, lore: Lore) -> None:
        rows = {e.id: row.id for e in world.entities.values() if (row := lore.entity(e.name)) is not None}
        self._rows = rows
        self._scarce = [e for e, row in rows.items() if row in _SCARCE]
        self._payments = [e for e, row in rows.items() if row == "payment"]
        self._parts: dict[EntityId, list[EntityId]] = {}
        for entity in world.entities.values():
            for relation in entity.relations:
                if relation.owns and entity.kin != "file":
                    self._parts.setdefault(relation.target, []).append(entity.id)

    def touched(self, operation: OperationDraft) -> tuple[EntityId, ...]:
        """Entities that must change in the same transaction: what is scarce, its parts, the payment."""
        found: dict[EntityId, None] = dict.fromkeys(operation.touches)
        if operation.access in _MOVES and self._rows.get(operation.entity) in _COMMITS:
            found.update(dict.fromkeys(self._scarce))
        if operation.access is Access.CREATE:
            found.update(dict.fromkeys(self._parts.get(operation.entity, [])))
        if operation.verb in _PAYS:
            found.update(dict.fromkeys(self._payments))
        found.pop(operation.entity, None)
        return tuple(found)


def called(operation: OperationDraft, world: World, text: str) -> tuple[tuple[SystemId, ...], bool]:
    """Systems outside that it needs, and whether it must wait for them before it answers."""
    found: dict[SystemId, bool] = {}
    verb = operation.verb.split(" ")[0]
    for system in world.systems:
        if system.kind == "payment" and verb in _PAYS:
            found[system.id] = True
        elif operation.access is Access.NOTIFY and system.kind in ("mail", "sms"):
            found[system.id] = False
        elif system.kind == "identity" and operation.verb in _SIGNS:
            found[system.id] = True
        elif world.entities[operation.entity].master == system.id and operation.kind is OperationKind.COMMAND:
            found[system.id] = False
        elif system.kind != "payment" and _named(system, operation, text):
            found[system.id] = operation.kind is OperationKind.QUERY and not system.protocol.startswith("file")
    return tuple(found), any(found.values())


def _named(system: ExternalSystem, operation: OperationDraft, text: str) -> bool:
    """Whether the operation's words name the system, or it moves data whose truth lies there."""
    words = [w for w in tokens(system.name) if len(w) > 2]
    if words and all(w in text for w in words):
        return True
    moves = operation.access in (Access.IMPORT, Access.EXPORT)
    return moves and any(
        phrase(noun) in (operation.object, operation.object.rpartition(" ")[2]) for noun in system.masters
    )


def events_of(
    operations: Mapping[OperationId, OperationDraft], world: World
) -> tuple[tuple[Event, ...], dict[OperationId, EventId]]:
    """A fact for each creation, transition and deletion that a person or a partner causes, and who raises it."""
    found: dict[str, Event] = {}
    raised: dict[OperationId, EventId] = {}
    ids = Identifiers()
    for operation in operations.values():
        if operation.access not in (Access.CREATE, Access.TRANSITION, Access.DELETE):
            continue
        if operation.kind not in (OperationKind.COMMAND, OperationKind.EVENT):
            continue
        entity = world.entities[operation.entity]
        name = f"{slug(entity.id, '_')}.{slug(operation.to_state or past(operation.verb), '_')}"
        if name not in found:
            why = Derived(rule="event of a command", inputs=(operation.id,))
            ident = EventId(ids.of(name))
            found[name] = Event(id=ident, name=name, entity=entity.id, operation=operation.id, why=why)
        raised[operation.id] = found[name].id
    return tuple(found.values()), raised
