"""Acts on an attribute of something rather than on a thing: a status is looked at, a pace is borne."""

import re
from typing import Final

from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.words import phrase
from archsmith.kernel.provenance import Stated
from archsmith.knowledge.noun_kinds import Standing
from archsmith.model.requirements import OperationMention

_ITS: Final = re.compile(r"\b(?:its|their)\b")


def is_value(said: OperationMention, world: World, lore: Lore) -> bool:
    """Whether its object is an attribute of something, and no thing of its own."""
    name = phrase(said.object)
    return bool(name) and name not in world.names and lore.nouns.standing(name) is Standing.VALUE


def meant(said: OperationMention, world: World) -> EntityDraft | None:
    """What `its` stands for: the thing of the act before in that line ("send a referral and follow its status")."""
    if not isinstance(said.why, Stated) or not _ITS.search(said.why.at.quote.lower()):
        return None
    before = [
        o.entity
        for o in world.operations.values()
        if isinstance(o.why, Stated) and o.why.at.line == said.why.at.line and o.why.at.column < said.why.at.column
    ]
    return world.entities[before[-1]] if before else None
