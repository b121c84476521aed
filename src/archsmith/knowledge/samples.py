"""Synthetic values by the name and type of an attribute, for the examples of contracts. No decision rests on them."""

from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.domain import AttributeType


class Sample(Value, frozen=True, kw_only=True):
    """Values for attributes of `kinds` whose name is, or ends in, one of `words` (all where there are none).

    `of`: only for entities named so. Numbers lie between `low` and `high`; dates are `days` after the row's first day,
    planned moments `hours` after nine. In a text, `{thing}` stands for the entity and `{number}` for a number.
    """

    id: str
    kinds: tuple[AttributeType, ...]
    words: tuple[str, ...]
    of: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    decimals: int = 0
    days: int = 0
    hours: int = 0


SAMPLES: Final = Table("samples", Sample)


class Samples:
    """The samples of a catalogue, found by type, attribute and entity."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows: Mapping[str, Sample] = catalogue.table(SAMPLES)
        self._rows: dict[str, list[Sample]] = {}
        for row in rows.values():
            for word in row.words or ("",):
                self._rows.setdefault(word, []).append(row)
        self._found: dict[tuple[AttributeType, str, str], Sample] = {}

    def of(self, kind: AttributeType, attribute: str, entity: str) -> Sample:
        """The most fitting row. Raises KeyError where the file has no row for a kind, which is a bug of the file."""
        key = (kind, attribute, entity)
        if key not in self._found:
            self._found[key] = self._search(kind, attribute, entity)
        return self._found[key]

    def _search(self, kind: AttributeType, attribute: str, entity: str) -> Sample:
        """The row with the longest word that fits; of equals the first."""
        words = attribute.split("_")
        for word in (*("_".join(words[at:]) for at in range(len(words))), ""):
            for row in self._rows.get(word, ()):
                if kind in row.kinds and (not row.of or any(_ends(entity, other) for other in row.of)):
                    return row
        raise KeyError(f"samples.yaml has no row for all attributes of type {kind}")


def _ends(name: str, word: str) -> bool:
    return name == word or name.endswith(f"_{word}")
