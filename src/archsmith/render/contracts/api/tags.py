"""What a tag says of its entity: whose it is, which states it goes through, how long it stays."""

from archsmith.kernel.phrases import listed
from archsmith.model.domain import Entity
from archsmith.model.shapes import Source
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.view import View


def tag_said(view: View, entity: Entity) -> str:
    """A description of the entity in sentences, each of which is about this one."""
    shape = next(s for s in view.arch.shapes if s.entity == entity.id)
    plural = prose(entity.plural or entity.name)
    found = [sentence(entity.description) or sentence(plural)]
    states = next((f.states for f in shape.fields if f.states), ())
    if states:
        found.append(f"States: {listed((f'`{s}`' for s in states), 12)}.")
    wholes = [f.refers for f in shape.fields if f.source is Source.REFERENCE and f.part_of and f.refers]
    if wholes:
        found.append(f"Part of its {listed(prose(view.entity_name(w)) for w in wholes)}, with which it goes.")
    kept = next((r for r in view.arch.policies.retention if r.entity == entity.id), None)
    if kept:
        found.append(f"Kept for {kept.keep:g} months, then {_ACTIONS.get(kept.action, prose(kept.action))}.")
    return " ".join(found)


_ACTIONS = {"delete": "deleted", "anonymise": "made anonymous", "aggregate": "added up", "archive": "archived"}
