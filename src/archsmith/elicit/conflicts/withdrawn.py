"""Figures of an earlier paper that the brief recalls only to take them back: "the first draft said 3 years"."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.conflicts.book import Book, Replacement, content
from archsmith.elicit.reading import Sentence

_PAPER: Final = re.compile(
    r"\b(?:first|earlier|previous|old|original|last|former) (?:version|draft|paper|edition|brief|document|concept"
    r"|specification|spec|tender|offer)\b",
    re.I,
)
_FORGET: Final = re.compile(
    r"\b(?:forget|ignore|disregard|scrap|strike|drop) (?:that|this|it|the) ?(?:one|figure|number|line|sentence)?\b",
    re.I,
)
_MOST: Final = 50
"""Figures of one role that are compared."""


def withdrawn(sentence: Sentence, book: Book) -> Iterator[Replacement]:
    """Each figure of a sentence that recalls an earlier paper and drops it, with the one elsewhere that holds."""
    if not (_PAPER.search(sentence.text) and _FORGET.search(sentence.text)):
        return
    mine = content(sentence)
    for n in book.by_sentence.get(sentence.number, []):
        old = book.found[n]
        best = (0, -1)
        rows = [k for k, f in enumerate(book.found) if f.number.role is old.number.role and k != n][:_MOST]
        for k in rows:
            other = book.found[k].context
            if other.sentence is not sentence and other.quantity.kind == old.context.quantity.kind:
                best = max(best, (len(mine & content(other.sentence)), -k))
        if best[0]:
            yield Replacement(n, -best[1], sentence, where=book.found[-best[1]].context.sentence)
