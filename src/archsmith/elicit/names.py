"""Finds names of one or several words (products, places, laws) in the tokens of a sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Generic, TypeVar

from msgspec import Struct, field

from archsmith.elicit.reading import Sentence

T = TypeVar("T")
_RUN: Final = re.compile(r"[^\W_]*")


class NameIndex(Struct, Generic[T]):
    """Names by their first letters and digits. A loose name is found in any case, an exact one only as written."""

    loose: dict[str, list[tuple[str, T]]] = field(default_factory=dict)
    exact: dict[str, list[tuple[str, T]]] = field(default_factory=dict)

    def add(self, words: str, value: T, *, exact: bool = False) -> None:
        """Adds names separated by spaces, the words of each joined by underscores."""
        table = self.exact if exact else self.loose
        for name in words.split():
            plain = name.replace("_", " ")
            key = plain if exact else plain.lower()
            table.setdefault(_first_run(key, 0), []).append((key, value))

    def sort(self) -> None:
        """Longer names first."""
        for table in (self.loose, self.exact):
            for rows in table.values():
                rows.sort(key=lambda r: (-len(r[0]), r[0]))

    def find(self, sentence: Sentence) -> Iterator[tuple[int, int, T]]:
        """First token, one past the last, and the value of each name, from left to right; the longest one wins."""
        text = sentence.text
        low = text.lower().replace("’", "'")
        same = len(low) == len(text)
        covered = -1
        for n, token in enumerate(sentence.tokens):
            at = token.start - sentence.start
            if at < covered or (at and text[at - 1].isalnum()):
                continue
            hit = _longest(self.exact.get(_first_run(text, at), []), text, at)
            if hit is None and same:
                hit = _longest(self.loose.get(_first_run(low, at), []), low, at)
            if hit is None:
                continue
            name, value = hit
            covered = at + len(name)
            last = n + 1
            while last < len(sentence.tokens) and sentence.tokens[last].start - sentence.start < covered:
                last += 1
            yield n, last, value


def _first_run(text: str, at: int) -> str:
    """The letters and digits from `at` on, or the one mark that stands there: what a name and its finding share."""
    found = _RUN.match(text, at)
    return found.group() if found and found.group() else text[at : at + 1]


def _longest(rows: list[tuple[str, T]], text: str, at: int) -> tuple[str, T] | None:
    for name, value in rows:
        end = at + len(name)
        if text.startswith(name, at) and not (end < len(text) and (text[end].isalnum() or _glued(text, end))):
            return name, value
    return None


def _glued(text: str, end: int) -> bool:
    """Whether the word goes on: "go-kart" is not Go, "C++" is not C."""
    return text[end] in "-+#" and end + 1 < len(text) and not text[end + 1].isspace()


def merged(mapping: Mapping[str, T]) -> NameIndex[T]:
    """An index of loose names from a mapping of name lists."""
    index: NameIndex[T] = NameIndex()
    for words, value in mapping.items():
        index.add(words, value)
    index.sort()
    return index
