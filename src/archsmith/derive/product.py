"""What sort of product this is: the archetypes that fit, and who causes its load."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from msgspec import Struct

from archsmith.derive.words import tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.provenance import Derived, Fact
from archsmith.knowledge.archetypes import CUES, Archetype, ArchetypeCues, Audience, EntitySketch, archetype
from archsmith.knowledge.catalogue import Catalogue, Sourced
from archsmith.model.requirements import Requirements

_ENOUGH: Final = 5.0
"""Two strong cues: enough to know what its things are usually like."""
_SURE: Final = 9.0
"""More than two strong cues: enough to say what the brief left unsaid."""
_SURE_CUES: Final = 3
"""Different words that must agree before anything is added."""
_STRONG: Final = 3.0
"""A cue of this weight speaks for the kind; one such word may be there by chance."""
_ALONE: Final = 8.0
"""What a strong cue must reach with weak ones where no other strong one stands by it."""
_SECOND: Final = 0.6
"""A second archetype counts if it is sure, and reaches this part of the first one's score."""
_INTERNAL: Final = re.compile(r"\b(?:internal tool|intranet|our (?:staff|employees|colleagues)|back[- ]office)\b")


class Product(Struct, frozen=True):
    """The kind of product. `main` is the archetype that fits best, `all` it and at most one more."""

    audience: Audience
    main: Archetype | None
    all: tuple[Archetype, ...]
    facts: tuple[Fact[str], ...]
    sure: bool = False

    def ratio(self, name: str) -> tuple[str, Sourced] | None:
        """A ratio that an archetype knows, with the place where it stands."""
        for kind in self.all:
            if name in kind.ratios:
                return f"archetypes/{kind.id}", kind.ratios[name]
        return None

    def sketch(self, name: str) -> tuple[Archetype, EntitySketch] | None:
        """The archetype's entity of this name or alias: by the whole name, then by its last word."""
        for wanted in dict.fromkeys((name, name.rpartition(" ")[2])):
            for kind in self.all:
                for sketch in kind.entities:
                    if wanted in sketch.words:
                        return kind, sketch
        return None


def classify(requirements: Requirements, catalogue: Catalogue) -> Product:
    """Weighs the words of the brief against the cues. Each different cue counts once, a repeated one a little more."""
    bag = _bag(requirements)
    scored: list[tuple[float, ArchetypeCues, list[str]]] = []
    for row in catalogue.table(CUES).values():
        hits = [cue for cue in row.cues if bag[cue]]
        score = sum(row.cues[cue] * (1.25 if bag[cue] > 1 else 1.0) for cue in hits)
        score -= sum(weight for word, weight in row.against.items() if bag[word])
        strong = sum(row.cues[cue] >= _STRONG for cue in hits)
        apart = strong >= 2 or (strong == 1 and len(hits) >= _SURE_CUES and score >= _ALONE)
        if score >= _ENOUGH and apart and _names_core(archetype(catalogue, row.id), bag):
            scored.append((score, row, hits))
    scored.sort(key=lambda item: (-item[0], item[1].id))
    kept = [*scored[:1], *(item for item in scored[1:2] if item[0] >= max(scored[0][0] * _SECOND, _SURE))]
    kinds = tuple(archetype(catalogue, row.id) for _, row, _ in kept)
    facts = tuple(
        Fact(
            value=row.id,
            why=Derived(
                rule="archetype by cue words",
                formula=" + ".join(f"{row.cues[cue] * (1.25 if bag[cue] > 1 else 1.0):g} ({cue})" for cue in hits)
                + f" = {score:g}",
            ),
        )
        for score, row, hits in kept
    )
    return Product(
        _audience(requirements, kept[0][1] if kept else None),
        kinds[0] if kinds else None,
        kinds,
        facts,
        bool(kept) and kept[0][0] >= _SURE and len(kept[0][2]) >= _SURE_CUES,
    )


def _names_core(kind: Archetype, bag: Counter[str]) -> bool:
    """Whether the brief names a thing (and not only people) that no system of the kind is without."""
    things = [e for e in kind.entities if e.core and not e.person]
    return not things or any(bag[word] for e in things for word in e.words)


def _audience(requirements: Requirements, best: ArchetypeCues | None) -> Audience:
    outside = [actor for actor in requirements.actors if not actor.internal]
    text = " ".join((requirements.title, requirements.summary)).lower()
    if requirements.actors and not outside:
        return Audience.INTERNAL
    if best is not None:
        return best.audience
    if _INTERNAL.search(text):
        return Audience.INTERNAL
    multi = requirements.needs.multi_tenant
    if multi is not None and multi.value:
        return Audience.BUSINESS
    return Audience.CONSUMER if outside else Audience.INTERNAL


def _bag(requirements: Requirements) -> Counter[str]:
    """Words and pairs of neighbours, in the singular, each text of the requirements once."""
    excluded = {singular(w) for x in requirements.excluded for w in tokens(x.what)}
    texts: dict[str, None] = dict.fromkeys(
        (
            requirements.title,
            requirements.summary,
            *(r.statement for r in requirements.requirements),
            *(m.name for m in requirements.mentions),
            *(a.name for a in requirements.actors),
            *(f"{o.actor} {o.verb} {o.object}" for o in requirements.operations),
            *(n.what for n in requirements.numbers),
        )
    )
    bag: Counter[str] = Counter()
    for text in texts:
        words = [singular(word) for word in tokens(text)]
        bag.update(word for word in words if word not in excluded)
        bag.update(f"{a} {b}" for a, b in pairwise(words))
    return bag
