"""What is compared when one place of a brief corrects another: the numbers, where they stand, how old they are."""

import re
from typing import Final

import msgspec
from msgspec import Struct

from archsmith.elicit.attach import attach
from archsmith.elicit.conflicts.corrections import Ages
from archsmith.elicit.context import context_of
from archsmith.elicit.numbers import Found
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Reading, Sentence

_SECTION: Final = re.compile(
    r"^\W*(?:\d+\W+)?(?:correct(?:ion|ions|ed)|corrigend\w+|errat\w+|clarification\w*|answers?\b|amendments?"
    r"|addend\w+|changes? since"
    r"|updates?|edit(?:s|ed)?\b|p\.?\s?p?\.?s\b)",
    re.I,
)
"""A heading, a lead-in or the start of a block under which figures correct earlier ones."""
_INLINE: Final = re.compile(
    r"\b(?:correction|corrections|should (?:have )?read|is to be read|should (?:have )?said|i meant"
    r"|^\W*make (?:that|it)\b|sorry"
    r"|on second thoughts?|mentioned (?:before|earlier|above)|as (?:said|stated|written) (?:before|earlier|above))\b",
    re.I,
)
TURNED: Final = re.compile(r"\W*(?:no|sorry|correction|wait|oh)\b", re.I)
"""The start of a sentence that takes back the one before."""
_MOST: Final = 300
"""Earlier figures of one kind that a correction is compared with."""
_FEW: Final = 5
_EMPTY: Final = frozenset("year month figure please number per not any all day have make get see".split())


class Replacement(Struct, frozen=True):
    """`old` (an index of the numbers) is replaced in `sentence`; `new` says by which figure, if by one.

    `added`: the figure that is not among the numbers, the new one or, where `old` is None, the one taken back. `where`:
    the old place, where `old` only repeats it.
    """

    old: int | None
    new: int | None
    sentence: Sentence
    added: Found | None = None
    where: Sentence | None = None


class Book:
    """The numbers with the sentences that they stand in, the ages of these, and indexes that keep the search short."""

    def __init__(self, found: list[Found], reading: Reading, ages: Ages) -> None:
        self.found, self.reading, self.ages = found, reading, ages
        self.by_sentence: dict[int, list[int]] = {}
        self.by_kind: dict[tuple[str, str], list[int]] = {}
        self._by_value: dict[tuple[float, str], list[int]] = {}
        self._told: dict[tuple[float, str, str], list[Sentence]] = {}
        self._marked: dict[int, bool] = {}
        for n, f in enumerate(found):
            q = f.context.quantity
            self.by_sentence.setdefault(f.context.sentence.number, []).append(n)
            self._by_value.setdefault((q.value, q.unit), []).append(n)
            rows = self.by_kind.setdefault((q.kind, q.unit), [])
            if len(rows) < _MOST and not self.corrects(f.context.sentence):
                rows.append(n)
        for sentence in reading.sentences:
            for q in sentence.quantities:
                places = self._told.setdefault((q.value, q.kind, q.unit), [])
                if len(places) < _FEW and not self.corrects(sentence):
                    places.append(sentence)

    def corrects(self, sentence: Sentence) -> bool:
        """Whether the sentence stands where corrections stand, or says that it is one."""
        if sentence.number not in self._marked:
            block = sentence.block
            titles = (*block.headings[-1:], block.lead, block.row)
            section = _SECTION.match(block.piece.text) or any(_SECTION.match(t) for t in titles if t)
            self._marked[sentence.number] = bool(section or _INLINE.search(sentence.text))
        return self._marked[sentence.number]

    def told(self, sentence: Sentence, q: Quantity) -> Sentence | None:
        """The earlier sentence that has the same figure and shares a word; one is too small to tell."""
        mine = content(sentence)
        rows = self._told.get((q.value, q.kind, q.unit), []) if q.value > 1 else []
        turned = sentence if TURNED.match(sentence.text) else None
        return next(
            (s for s in rows if s.number < sentence.number and (mine & content(s) or _just_before(s, turned))), None
        )

    def equal(self, sentence: Sentence, q: Quantity, unit: str, noun: str) -> list[int]:
        """Figures with the value and the unit of `q`, and its noun where it has one; each is found once."""
        rows = self._by_value.get((q.value, unit), [])
        hits = [
            n
            for n in rows
            if self.found[n].context.sentence is not sentence
            and (not noun or self.found[n].context.attached.noun.rpartition(" ")[2] in (noun, ""))
        ]
        if hits:
            self._by_value[q.value, unit] = [n for n in rows if n not in set(hits)]
        own = self.by_sentence.get(sentence.number, [])
        return sorted({*hits, *(n for n in own if self.found[n].context.quantity is q)})


def _just_before(one: Sentence, turned: Sentence | None) -> bool:
    """Whether a sentence is the one that the next takes up and turns: "220 a month? No, sorry, 220 a year"."""
    return turned is not None and turned.number - one.number == 1 and turned.block is one.block


def comparable(q: Quantity, other: Quantity) -> bool:
    """Whether a figure can stand for another one: of a kind and a unit, and of another value."""
    return (
        (q.kind, q.unit) == (other.kind, other.unit)
        and q.per in ("", other.per)
        and (q.value, q.high) != (other.value, other.high)
    )


def repeats(f: Found, g: Found) -> bool:
    """Whether two figures are the same; one is too small to tell."""
    return (
        f.number.value == g.number.value and f.context.quantity.unit == g.context.quantity.unit and f.number.value > 1
    )


def moved(book: Book, old: int, sentence: Sentence, q: Quantity) -> Found:
    """The old figure with the value and the place of a bare one: "US-06, the limit is 50"."""
    before = book.found[old]
    number = msgspec.structs.replace(
        before.number, id=f"{before.number.id}c", value=q.value, high=q.high, why=sentence.at(q.start, q.end)
    )
    context = context_of(sentence, q, attach(sentence, q, None, book.reading), book.reading.lex, book.reading.cues)
    return Found(number=number, context=context, said=before.said)


def content(sentence: Sentence) -> frozenset[str]:
    """The words of a sentence that carry its matter: nouns and verbs, in their base form."""
    return frozenset(
        t.lemma or t.low
        for t in sentence.tokens
        if t.tag in ("NOUN", "VERB", "ADJ") and len(t.low) > 2 and t.low not in _EMPTY
    )
