"""What sort of thing a noun names: whether software keeps records of it, and why not."""

import enum
import functools
from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Standing(enum.StrEnum):
    """How likely a noun names something that rows are kept of.

    `open`: how a text speaks of it decides; `means`: it is kept where something is done to it; `place`: one of many is
    kept, a single one is the operator itself; `value`: it is an attribute of something else; `view`: it shows other
    records; `quality`: it looks like a quality or an activity.
    """

    RECORD = "record"
    OPEN = "open"
    MEANS = "means"
    PLACE = "place"
    VALUE = "value"
    VIEW = "view"
    QUALITY = "quality"
    NONE = "none"


class NounKind(Value, frozen=True, kw_only=True):
    """Nouns of one sort. `words`: separated by spaces, compounds joined by underscores; `endings` instead of words."""

    id: str
    standing: Standing
    reason: str
    words: str = ""
    endings: str = ""


NOUN_KINDS: Final = Table("noun_kinds", NounKind)
_LEAST: Final = 3
"""Letters that must stand before an ending."""


class Nouns:
    """The kinds by their words."""

    def __init__(self, rows: Mapping[str, NounKind]) -> None:
        self._words: dict[str, NounKind] = {}
        self._endings: list[tuple[str, NounKind]] = []
        for row in rows.values():
            for word in row.words.split():
                self._words.setdefault(word.replace("_", " "), row)
            self._endings += [(ending, row) for ending in row.endings.split()]

    def whole(self, name: str) -> NounKind | None:
        """The kind of exactly this name (singular, lower case)."""
        return self._words.get(name)

    def of(self, name: str) -> NounKind | None:
        """The kind of a name: by the whole of it, then by ever fewer of its last words, then by its ending."""
        words = name.split(" ")
        for start in range(len(words)):
            row = self._words.get(" ".join(words[start:]))
            if row is not None:
                return row
        head = words[-1]
        return next((row for end, row in self._endings if head.endswith(end) and len(head) >= len(end) + _LEAST), None)

    def standing(self, name: str) -> Standing:
        """The standing of a name; open where nothing is known of it."""
        row = self.of(name)
        return row.standing if row is not None else Standing.OPEN


@functools.lru_cache(maxsize=8)
def nouns(catalogue: Catalogue) -> Nouns:
    """The index over a catalogue's nouns, made once."""
    return Nouns(catalogue.table(NOUN_KINDS))
