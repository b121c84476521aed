"""Whose a thing is: what people call theirs, and what nobody has before a deed takes it."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.words import phrase, tokens
from archsmith.kernel.provenance import Stated
from archsmith.model.domain import READS

_THEIRS: Final = re.compile(r"\b(?:my|their|his|her)(?: own)?((?: [a-z-]+){1,4})")


def called_theirs(operation: OperationDraft, world: World, lore: Lore) -> EntityDraft | None:
    """The person whose own thing it is that they look at: `as a patient I want to see my exercise plan`.

    Not what many share (a school, a course): only what has no usual whole, or is usually of such people.
    """
    person, thing = world.person_of(operation.actor), world.entities[operation.entity]
    if person is None or world.actors[operation.actor].internal or operation.access not in READS:
        return None
    if thing.person or thing.relations or thing.kin in ("place", "site", "rule", "category"):
        return None
    row = lore.entity(thing.name)
    if row is not None and not set(row.of) & {person.name, *tokens(person.name)}:
        return None
    said = (phrase(m[1].strip()) for m in _THEIRS.finditer(operation.text))
    named = {thing.name, *thing.aliases}
    return person if any(s == n or s.startswith(f"{n} ") for s in said for n in named) else None


def vacate(world: World, lore: Lore) -> None:
    """What is free at first has nobody: whoever the brief says takes it stands there only from then on."""
    takers = {phrase(a.name) for a in world.actors.values() if not a.internal}
    for draft in world.entities.values():
        if not draft.states or not lore.naming.has("vacant_states", draft.states[0]):
            continue
        for n, relation in enumerate(draft.relations):
            target = world.entities[relation.target]
            if target.person and target.name in takers and isinstance(relation.why, Stated):
                draft.relations[n] = replace(relation, required=False, taken=True)
