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
    if not cues.isdisjoint(listed):
        return True
    runs = _runs(cues)
    if runs.keys().isdisjoint(listed):
        return False
    return any(tuple(listed[n : n + len(run)]) == run for n, w in enumerate(listed) for run in runs.get(w, ()))


@functools.lru_cache(maxsize=256)
def _runs(cues: frozenset[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The cues of two to four words by their first one."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for cue in sorted(cues):
        words = tuple(cue.split(" "))
        if 2 <= len(words) <= _LONGEST:
            out.setdefault(words[0], []).append(words)
    return {first: tuple(runs) for first, runs in out.items()}


_LONGEST: Final = 4
