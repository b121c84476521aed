"""Sets of cue words from `knowledge/data/cues.yaml`, and whether a text contains one of them."""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Final

from archsmith.elicit.lexicon import WordClass
from archsmith.knowledge.catalogue import Catalogue, Table

CUES: Final = Table("cues", WordClass)
_SPLIT: Final = re.compile(r"[^\w'’-]+")


@functools.lru_cache(maxsize=8)
def cue_sets(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """The cue words by class, compounds with spaces."""
    return {r.id: frozenset(w.replace("_", " ") for w in r.words.split()) for r in catalogue.table(CUES).values()}


def words_of(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words_of("Won't (this year)!")
    ["won't", 'this', 'year']
    """
    return [w for w in _SPLIT.split(text.lower().replace("’", "'")) if w]


def any_of(words: Iterable[str], cues: frozenset[str]) -> bool:
    """Whether one of the words, or a pair or a longer run of words beside each other, is a cue."""
    listed = list(words)
    if any(w in cues for w in listed):
        return True
    for size in (2, 3, 4):
        for n in range(len(listed) - size + 1):
            if " ".join(listed[n : n + size]) in cues:
                return True
    return False
