"""What an attribute says of its entity, by its name and type: the words beside a field in every contract."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.domain import AttributeType


class Meaning(Value, frozen=True, kw_only=True):
    """`said` of attributes of `kinds` whose name is, or ends in, one of `words` (all where there are none).

    `{thing}` is the entity, `{words}` the attribute's name in words, `{before}` what stands in front of the word that
    fits.
    """

    id: str
    kinds: tuple[AttributeType, ...]
    words: tuple[str, ...] = ()
    said: str


MEANINGS: Final = Table("meanings", Meaning)


class Meanings:
    """The meanings of a catalogue, found by type and name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._rows = tuple(catalogue.table(MEANINGS).values())

    def of(self, kind: AttributeType, attribute: str, thing: str) -> str:
        """What an attribute (in snake case) of a thing says; of several fitting rows the one with the longest word."""
        best: tuple[int, str, str] = (-1, "", "")
        for row in self._rows:
            if kind not in row.kinds:
                continue
            fitting = [word for word in row.words if _ends(attribute, word)]
            if row.words and not fitting:
                continue
            word = max(fitting, key=len, default="")
            best = max(best, (len(word), row.said, word), key=lambda found: found[0])
        _, said, word = best
        words, before = (text.replace("_", " ") for text in (attribute, attribute.removesuffix(word).strip("_")))
        told = said.replace("{words}", words).replace("{before}", before).replace("{thing}", thing)
        return " ".join(told.split()) or words.capitalize()


def _ends(name: str, word: str) -> bool:
    return name == word or name.endswith(f"_{word}")
