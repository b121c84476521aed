"""What a rule about contradictions is, and what it looks at."""

import functools
from collections.abc import Callable, Iterable

from msgspec import Struct

from archsmith.elicit.names import NameIndex
from archsmith.elicit.numbers import Found
from archsmith.elicit.places import Place
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.stance import negated_at
from archsmith.elicit.technologies import TechName
from archsmith.kernel.provenance import Span
from archsmith.model.requirements import Conflict, Excluded, TechnologyWish


class Matter(Struct, frozen=True, kw_only=True, dict=True):
    """What has been read of a brief, for rules that compare two places of it."""

    reading: Reading
    found: list[Found]
    places: list[Place]
    wishes: list[TechnologyWish]
    excluded: list[Excluded]
    technical: NameIndex[TechName]

    def wanted(self) -> tuple[Sentence, ...]:
        """The sentences that say what is to be: no headings, no questions, nothing under "Out of scope"."""
        return self._wanted

    @functools.cached_property
    def _wanted(self) -> tuple[Sentence, ...]:
        return tuple(
            s
            for s in self.reading.sentences
            if s.block.kind != "heading" and not s.scope.excluded and not s.text.rstrip().endswith("?")
        )


class Rule(Struct, frozen=True):
    """`why` says why the two can't both hold; `check` yields what it finds, in reading order."""

    id: str
    title: str
    why: str
    check: "Callable[[Matter, Rule], Iterable[Conflict]]"

    def conflict(self, one: Span, two: Span, resolution: str, what: str = "") -> Conflict:
        """The two places, and which of them the design follows."""
        return Conflict(rule=self.id, what=what or self.title, spans=(one, two), resolution=resolution)


def says(sentence: Sentence, names: NameIndex[str], *, denied: bool = False) -> bool:
    """Whether one of the names stands in the sentence and holds there; with `denied`, whether it is denied."""
    return any(negated_at(sentence, first, last) is denied for first, last, _ in names.find(sentence))
