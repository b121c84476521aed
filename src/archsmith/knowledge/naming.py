"""Words that names must avoid, and words that decide how a name is read."""

from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class WordList(Value, frozen=True, kw_only=True):
    """A list of words, lower case, with what it is for and where it is from."""

    id: str
    what: str
    source: str
    words: tuple[str, ...]


NAMING: Final = Table("naming", WordList)


class Naming:
    """The word lists of a catalogue, as sets."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows: Mapping[str, WordList] = catalogue.table(NAMING)
        self._sets: dict[str, frozenset[str]] = {ident: frozenset(row.words) for ident, row in rows.items()}
        self._rows = rows

    def has(self, ident: str, word: str) -> bool:
        """Whether `word` stands in the list `ident`. Raises KeyError for an unknown list, a bug of the caller."""
        return word in self._sets[ident]

    def has_one(self, ident: str, name: str) -> bool:
        """Whether a word of `name` stands in the list; hyphens part words, and case does not count."""
        return not self._sets[ident].isdisjoint(name.lower().replace("-", " ").split())

    def words(self, ident: str) -> tuple[str, ...]:
        """The list, in the order of the file."""
        return self._rows[ident].words

    def any_in(self, ident: str, text: str) -> bool:
        """Whether one of the list's words or phrases occurs in `text`, which is compared in lower case."""
        lower = text.lower()
        return any(phrase in lower for phrase in self._rows[ident].words)
