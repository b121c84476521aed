"""An entity in a sentence: what it belongs to, and who does what with it."""

from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.entities import SESSION
from archsmith.derive.words import past, plural
from archsmith.kernel.phrases import listed
from archsmith.model.domain import LOOKS, Access

_MOST: Final = 4
"""Deeds of one doer that are told; the rest stands with the operations."""


def described(draft: EntityDraft, world: World) -> str:
    """`A desk of a place and a host; entered by hosts and searched by visitors`."""
    wholes = [r.name.replace("_", " ") for r in draft.relations if r.owns]
    others = [r.name.replace("_", " ") for r in draft.relations if not r.owns]
    lead = f"{_one(draft.name)[:1].upper()}{_one(draft.name)[1:]}"
    lead += f", part of {listed(map(_one, wholes))}" if wholes else ""
    lead += f"{',' if wholes else ''} of {listed(map(_one, others))}" if others else ""
    told = _deeds(draft, world) or _referring(draft, world)
    return f"{lead}; {told}" if told else lead


def _one(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def _deeds(draft: EntityDraft, world: World) -> str:
    """What is done to it, by whom; commands before queries."""
    by: dict[str, list[str]] = {}
    own = [o for o in world.operations.values() if draft.id in (o.entity, o.about) and o.verb not in SESSION]
    for operation in sorted(own, key=lambda o: o.access in LOOKS):
        doer = "the system" if operation.actor == SYSTEM.id else plural(world.actors[operation.actor].name)
        deed = "told of" if operation.access is Access.NOTIFY else past(operation.verb).replace("_", " ")
        deeds = by.setdefault(doer, [])
        if deed not in deeds:
            deeds.append(deed)
    return listed([f"{listed(deeds, _MOST)} by {doer}" for doer, deeds in by.items()]) if by else ""


def _referring(draft: EntityDraft, world: World) -> str:
    """What refers to a thing that nothing is done to."""
    names = [plural(e.name) for e in world.entities.values() if e.id != draft.id and e.reference(draft.id)]
    return f"{listed(names, _MOST)} belong to it" if names else ""
