"""Rules that compare two wordings: rows of `opposed.yaml`, each side with the words that show it."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule, says
from archsmith.elicit.names import NameIndex
from archsmith.elicit.reading import Sentence
from archsmith.kernel.provenance import Span
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import Conflict


class Side(Value, frozen=True, kw_only=True):
    """One of two statements. `says`: phrases, one of which must stand there (`denied`: under a negation).

    `beside`: words of which one must stand in the same sentence, `without`: words of which none may.
    """

    says: str
    beside: str = ""
    without: str = ""
    denied: bool = False


class Opposed(Value, frozen=True, kw_only=True):
    """Two statements that can't both hold. `shared`: only where both speak of the same thing."""

    id: str
    title: str
    why: str
    one: Side
    other: Side
    shared: bool = False
    resolution: str


OPPOSED: Final = Table("opposed", Opposed)
_ANYTHING: Final = frozenset(
    "system data user customer people person time app application platform service solution tool thing information"
    " day night hour minute second week month year way part team company".split()
)
_MOST: Final = 3
"""Pairs that one rule reports: the first say it all."""


@functools.lru_cache(maxsize=8)
def opposed_rules(catalogue: Catalogue) -> tuple[Rule, ...]:
    """The rules of the table, in its order."""
    return tuple(_rule(row) for row in catalogue.table(OPPOSED).values())


def _rule(row: Opposed) -> Rule:
    names = {side: _index(side.says) for side in (row.one, row.other)}
    hints = {side: _hint(side.says) for side in (row.one, row.other)}

    def check(matter: Matter, rule: Rule) -> Iterator[Conflict]:
        sides = [
            [s for s in matter.wanted() if hints[side].search(s.text) and _shows(s, side, names[side])]
            for side in (row.one, row.other)
        ]
        pairs = ((a, b) for a in sides[0][:20] for b in sides[1][:20] if a is not b)
        seen: set[int] = set()
        for a, b in pairs:
            if len(seen) == _MOST:
                return
            if a.number not in seen and (not row.shared or _things(a) & _things(b)):
                seen.add(a.number)
                yield rule.conflict(_span(a), _span(b), row.resolution)

    return Rule(row.id, row.title, row.why, check)


def _index(words: str) -> NameIndex[str]:
    index: NameIndex[str] = NameIndex()
    for word in words.split():
        index.add(word, word)
    index.sort()
    return index


def _hint(words: str) -> re.Pattern[str]:
    """Finds quickly whether a text can have one of the names at all."""
    names = (re.escape(w).replace("_", " ").replace("'", "['’]") for w in words.split())
    return re.compile("|".join(names), re.I)


def _shows(sentence: Sentence, side: Side, names: NameIndex[str]) -> bool:
    words = sentence.words
    if side.without and not words.isdisjoint(side.without.split()):
        return False
    if side.beside and words.isdisjoint(side.beside.split()):
        return False
    return says(sentence, names, denied=side.denied)


def _things(sentence: Sentence) -> frozenset[str]:
    """The nouns that a sentence is about."""
    return frozenset(t.lemma for t in sentence.tokens if t.tag == "NOUN") - _ANYTHING


def _span(sentence: Sentence) -> Span:
    return sentence.span()
