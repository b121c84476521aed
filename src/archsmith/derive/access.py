"""How an operation meets its entity: it creates it, lists it, moves it on, by its verb, its object and its kind."""

import re
from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.devices import is_device
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.values import is_value
from archsmith.derive.words import phrase, plural
from archsmith.model.domain import LOOKS, Access
from archsmith.model.requirements import OperationKind, OperationMention

_KINDS: Final = {
    OperationKind.BATCH: Access.COMPUTE,
    OperationKind.EVENT: Access.NOTIFY,
    OperationKind.STREAM: Access.APPEND,
    OperationKind.COMMAND: Access.UPDATE,
    OperationKind.QUERY: Access.LIST,
}
"""What an operation of a kind does where its verb does not say."""
_TELLS: Final = frozenset(
    {Access.NOTIFY, Access.APPEND, Access.CREATE, Access.TRANSITION, Access.UPDATE, Access.DELETE}
)
"""What follows from something that happened."""
_WORKS: Final = frozenset(Access) - {Access.GET, Access.LIST, Access.SEARCH, Access.APPEND}
"""What a job by night may do."""


def access_of(verb: str, obj: str, kind: OperationKind, lore: Lore) -> Access:
    """How the operation meets its entity: what the verb says, as far as that fits the kind that the brief suggests."""
    row = lore.verb(verb, obj)
    known = row.access if row else None
    if kind is OperationKind.QUERY:
        if known is not Access.SEARCH and lore.naming.has_one("report_words", obj):
            return Access.AGGREGATE
        if known is not Access.SEARCH and lore.naming.has_one("list_words", obj):
            return Access.LIST
        fits = known in LOOKS
    elif kind is OperationKind.STREAM:
        return Access.APPEND
    elif kind is OperationKind.EVENT:
        fits = known in _TELLS
    elif kind is OperationKind.BATCH:
        fits = known in _WORKS
    else:
        fits = known not in LOOKS | {Access.APPEND}
    return known if known is not None and fits else _KINDS[kind]


def settle(draft: OperationDraft, said: OperationMention, world: World, lore: Lore) -> None:
    """What its verb alone does not tell: payments, values that are followed, streams, plurals, reports of people."""
    entity = world.entities[draft.entity]
    _settle_payment(draft, world, lore)
    follows = lore.naming.has("following_verbs", said.verb) and is_value(said, world, lore)
    person = draft.actor != SYSTEM.id and draft.kind is OperationKind.COMMAND
    if follows or (person and lore.looks(said.verb, draft.object)):
        draft.kind, draft.access = OperationKind.QUERY, Access.GET
    _settle_kind(draft, said, entity, lore)
    if draft.access is Access.GET and lore.naming.has("looking_verbs", said.verb) and _says_many(draft):
        draft.access = Access.LIST  # "sees photos": all that there are, not one of them
    if draft.access is Access.NOTIFY and draft.actor != SYSTEM.id and draft.kind is OperationKind.EVENT:
        if entity.kin == "reading":
            draft.access, draft.kind = Access.APPEND, OperationKind.STREAM
        elif entity.kin != "message":
            draft.access, draft.kind = Access.CREATE, OperationKind.COMMAND


def _says_many(draft: OperationDraft) -> bool:
    return plural(draft.object).split(" ")[-1] in re.findall(r"[a-z-]+", draft.text)


def _settle_kind(draft: OperationDraft, said: OperationMention, entity: EntityDraft, lore: Lore) -> None:
    """Streams are of readings and from devices; what is fetched is asked for, what a person collects moves on."""
    row = lore.verb(said.verb, draft.object)
    reads = row is not None and row.access in LOOKS
    stream = draft.kind is OperationKind.STREAM and entity.kin not in ("reading", "aggregate")
    if reads and (stream or (draft.kind is OperationKind.BATCH and lore.naming.has("fetching_verbs", said.verb))):
        draft.kind = OperationKind.QUERY
    elif stream and draft.actor != SYSTEM.id and not is_device(phrase(said.actor)):
        draft.kind = OperationKind.COMMAND
    else:
        return
    draft.access = access_of(said.verb, draft.object, draft.kind, lore)


def _settle_payment(draft: OperationDraft, world: World, lore: Lore) -> None:
    """Paying for a thing moves it on (`pay order`); paying a person makes a payment."""
    entity = world.entities[draft.entity]
    pays = lore.naming.has_one("money_verbs", draft.verb)
    if draft.access is not Access.CREATE or not pays or entity.kin == "money":
        return
    if not entity.person:
        draft.access = Access.TRANSITION
        return
    money = next((e for e in world.entities.values() if e.kin == "money"), None)
    if money is not None:
        draft.entity = money.id
