"""Figures that the words beside them deny: "it is 10 minutes, not 15", "the figure of 25 months is withdrawn"."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from archsmith.elicit.conflicts.book import Book, Replacement, comparable, moved
from archsmith.elicit.numbers import Found
from archsmith.elicit.quantity import Quantity
from archsmith.elicit.reading import Sentence
from archsmith.model.requirements import NumberStatus

_BEFORE: Final = re.compile(
    r"\b(?:not|isn't|aren't|wasn't|instead of|rather than|no longer|replac(?:es|ing)|in place of"
    r"|forget(?: about)?|ignore"
    r"|disregard|scratch|(?:told|promised) you|(?:i|we) (?:said|wrote|mentioned))(?: (?:the|a|an|my|our|those"
    r"|these|about|just|only|flat|every|a mere|some))*\s*[\"“”'(~$€£₹]?\s*$",
    re.I,
)
"""Right before a figure that does not hold."""
_AFTER: Final = re.compile(
    r"^[^.;,?]{0,40}?\b(?:(?:is|are|was|were) (?:hereby |now )?(?:withdrawn|void|obsolete|superseded|wrong"
    r"|out of date|outdated"
    r"|dropped|a typo|incorrect|the (?:old|previous|earlier|first|former))|no longer (?:holds|applies|stands"
    r"|counts))\b",
    re.I,
)
"""Right after a figure that does not hold."""
_POINTERS: Final = frozenset("above below before earlier mentioned overleaf".split())
_READ: Final = re.compile(r"\bfor\s*[\"“”']?\s*$", re.I)


def denied(sentence: Sentence, book: Book) -> Iterator[Replacement]:
    """Each denied figure with the one that takes its place, and with every earlier place that has it."""
    own = book.by_sentence.get(sentence.number, [])
    struck = [q for q in sentence.quantities if _denied(sentence, q)]
    for q in struck:
        new = _successor(sentence, q, struck, own, book)
        others = [o for o in sentence.quantities if o not in struck]
        others += [book.found[new].context.quantity] if new is not None else []
        nearest = min(others, key=lambda o: (abs(o.start - q.start), o.start), default=None)
        unit = q.unit or (nearest.unit if nearest is not None and not _noun_of(sentence, q) else "")
        hits = book.equal(sentence, q, unit, _noun_of(sentence, q))
        for n in hits:
            yield Replacement(n, new, sentence)
        holds = _above(sentence, q, book) if not hits and (new is None or new in own) else None
        if holds is not None:
            told = moved(book, holds, sentence, q)
            number = msgspec.structs.replace(told.number, status=NumberStatus.SUPERSEDED)
            yield Replacement(None, holds, sentence, Found(number=number, context=told.context, said=told.said))


def _denied(sentence: Sentence, q: Quantity) -> bool:
    """Whether the words around a figure say that it does not hold: "not 15", "25 months is withdrawn", for"
    " "20" read "25"."""
    text = sentence.block.piece.text
    start, end = sentence.tokens[q.core].start, sentence.tokens[q.end - 1].end
    before, after = text[max(sentence.start, start - 40) : start], text[end : sentence.end]
    if _READ.search(before) and re.match(r"[^.;]{0,40}\bread\b", after):
        return True
    if _AFTER.match(after):
        return True
    hit = _BEFORE.search(before.replace("’", "'"))
    return hit is not None and not re.match(r"not (?:just|only)", hit.group(), re.I)


def _successor(sentence: Sentence, q: Quantity, struck: list[Quantity], own: list[int], book: Book) -> int | None:
    """The figure that takes the place of a denied one: in its sentence, else right before or after it in the block."""
    found = book.found
    near = [n for n in own if found[n].context.quantity not in struck and _alike(found[n].context.quantity, q)]
    if near:
        return min(near, key=lambda n: abs(found[n].context.quantity.start - q.start))
    for number in (sentence.number - 1, sentence.number + 1):
        rows = book.by_sentence.get(number, [])
        for n in reversed(rows) if number < sentence.number else rows:
            if found[n].context.sentence.block is sentence.block and _alike(found[n].context.quantity, q):
                return n
    return None


def _above(sentence: Sentence, q: Quantity, book: Book) -> int | None:
    """The figure of the sentence before, in the same block, with which one that is taken back belongs together."""
    rows = book.by_sentence.get(sentence.number - 1, []) + book.by_sentence.get(sentence.number - 2, [])
    same = (n for n in rows if book.found[n].context.sentence.block is sentence.block)
    return next((n for n in same if q.unit and comparable(q, book.found[n].context.quantity)), None)


def _alike(one: Quantity, two: Quantity) -> bool:
    """Whether `one` can take the place of the denied `two`: a bare number is short for a span, but not for money."""
    return one.kind == two.kind or two.kind == "count" or (one.kind == "count" and two.kind != "money")


def _noun_of(sentence: Sentence, q: Quantity) -> str:
    """The counted noun right after a bare number, or the empty string."""
    token = sentence.tokens[q.mid] if q.mid < len(sentence.tokens) else None
    if token is None or q.kind != "count" or token.tag != "NOUN" or token.low in _POINTERS:
        return ""
    return token.lemma
