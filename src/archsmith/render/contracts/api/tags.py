"""What a tag says of its entity: whose it is, which states it goes through, how long it stays."""

from archsmith.kernel.phrases import listed
from archsmith.model.contracts import Act, Endpoint
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
        found.append(f"It goes when its {listed(prose(view.entity_name(w)) for w in wholes)} goes.")
    kept = next((r for r in view.arch.policies.retention if r.entity == entity.id), None)
    if kept:
        found.append(f"Kept for {round(kept.keep, 1):g} months, then {_ACTIONS.get(kept.action, prose(kept.action))}.")
    return " ".join(found)


def act_said(endpoint: Endpoint) -> str:
    """What a tag of no entity is about, by what its first endpoint does."""
    return _ACTS.get(endpoint.act) or sentence(endpoint.reason) or sentence(endpoint.summary)


_ACTS = {
    Act.JOB: "Work that goes on after the answer: where it stands, what came out, and how to stop it.",
    Act.CALLBACK: "What other systems tell us; each request proves that it is theirs, and may come twice.",
    Act.SIGN: "Accounts of our own: signing in and out, new tokens, forgotten passwords.",
}
_ACTIONS = {"delete": "deleted", "anonymise": "made anonymous", "aggregate": "added up", "archive": "archived"}
