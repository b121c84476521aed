"""How long each entity's rows are kept, by the stated periods."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import World
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import MONTH, Months
from archsmith.model.requirements import NumberRole

_ERASE: Final = re.compile(r"\b(?:deletion|be gone|erase[ds]?|erasure|on request|right to)\b")
_FIELD: Final = re.compile(r"\b(?:ip|ip address(?:es)?|address(?:es)?|truncated|hashed|cookie)\b")
_EVIDENCE: Final = re.compile(r"\b(?:evidence|raw|full detail|in full|every event|all events|history|original data)\b")
_AGGREGATE: Final = re.compile(
    r"\b(?:averages?|aggregates?|summar(?:y|ies)|totals?|hourly|daily|roll-?ups?|statistics?)\b"
)

_PERIOD: Final = re.compile(r"\b(?:\d+|one|two|three|five|six|seven|ten|an?)\s+(?:day|week|month|year)s?\b")


def retentions(
    numbers: tuple[Quantity, ...], world: World, context: Context, raw: tuple[EntityId, ...]
) -> dict[EntityId, tuple[Quantity, Fact[Months]]]:
    """Months by entity. `raw`: append-only entities, those of stated size first; a period of no entity's own is theirs.

    Periods to erase on request, and those of a single field (an IP address), are no retention of rows.
    """
    found: dict[EntityId, tuple[Quantity, Fact[Months]]] = {}
    loose: list[Quantity] = []
    for q in numbers:
        if q.dim is not Dim.SECONDS or q.number.role is not NumberRole.RETENTION:
            continue
        text = context.around(q.number.why)
        own = f"{q.number.what} {q.number.subject} {q.quote}".lower()
        if _ERASE.search(own) or _FIELD.search(own) or (_FIELD.search(text) and not nouns_in(own, world)):
            continue
        if _ERASE.search(text) and not nouns_in(own, world):
            continue
        entity = (
            None
            if _EVIDENCE.search(f"{text} {context.near(q.number.why)}") and not _AGGREGATE.search(own)
            else _entity(q, own, text, world)
        )
        if entity is None and (_AGGREGATE.search(own) or (_AGGREGATE.search(text) and not _EVIDENCE.search(text))):
            continue
        if entity is None:
            loose.append(q)
        elif entity not in found or found[entity][1].value < _months(q).value:
            found[entity] = (q, _months(q))
    for q in loose:
        target = next((e for e in raw if e not in found), None)
        if target is not None:
            found[target] = (q, _months(q))
    return found


def _entity(q: Quantity, own: str, text: str, world: World) -> EntityId | None:
    """The entity that the period names; averages and the like belong to the aggregate, not to the raw rows."""
    coarse = _AGGREGATE.search(f"{own} {text}") is not None
    part = _part(q, text)
    wide = () if _PERIOD.search(text.replace(part, " ")) else nouns_in(text, world)
    for source in (phrase(q.number.subject), q.noun, *nouns_in(own, world), *nouns_in(part, world), *wide):
        draft = world.find(source) if source else None
        if draft is None or draft.person or (source not in draft.aliases and source != draft.name):
            continue
        if coarse and draft.kin == "reading":
            continue
        if draft.kin in ("site", "rule", "person"):
            continue
        return draft.id
    return None


def _part(q: Quantity, text: str) -> str:
    """The part of the sentence that the period stands in: others of the same sentence hold for other things."""
    head, quote, tail = text.partition(q.quote)
    return f"{re.split(r'[,;:.]', head)[-1]}{quote}{re.split(r'[,;:.]', tail)[0]}" if quote else text


def _months(q: Quantity) -> Fact[Months]:
    return Fact(value=Months(q.value / float(MONTH)), why=q.number.why)
