"""Which verbs mean one act: the word under which it is reported, and those that tell it twice on one object."""

import functools
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import OperationMention


class ActRow(Value, frozen=True, kw_only=True):
    """An act. `id`: its verb; `renamed`: verbs that give way to it; `alike`: verbs that mean it on the same object."""

    id: str
    renamed: str
    alike: str


ACTS: Final = Table("acts", ActRow)
_DOUBLED: Final = {
    ("order", "order"): "place",
    ("bid", "bid"): "place",
    ("book", "booking"): "make",
    ("reserve", "reservation"): "make",
    ("pay", "payment"): "make",
    ("vote", "vote"): "cast",
    ("comment", "comment"): "post",
    ("message", "message"): "send",
    ("search", "search"): "run",
    ("request", "request"): "submit",
    ("update", "update"): "publish",
    ("review", "review"): "write",
    ("rate", "rating"): "give",
    ("apply", "application"): "submit",
    ("report", "report"): "create",
}
"""A verb whose object is the deed itself says no more than that it is done."""


def _words(text: str) -> list[str]:
    return [w.replace("_", " ") for w in text.split()]


@functools.lru_cache(maxsize=8)
def _names(catalogue: Catalogue) -> Mapping[str, str]:
    return {w: row.id for row in catalogue.table(ACTS).values() for w in _words(row.renamed)}


@functools.lru_cache(maxsize=8)
def _groups(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in catalogue.table(ACTS).values():
        for word in (row.id, *_words(row.renamed), *_words(row.alike)):
            found.setdefault(word, set()).add(row.id)
    return {word: frozenset(ids) for word, ids in found.items()}


def named(verb: str, thing: str, catalogue: Catalogue) -> str:
    """The word for an act: `see` is reported as `view`, `order order` as `place order`."""
    verb = _names(catalogue).get(verb, verb)
    return _DOUBLED.get((verb, thing), verb)


def same(one: str, two: str, catalogue: Catalogue) -> bool:
    """Whether two verbs on the same object tell one act."""
    groups = _groups(catalogue)
    return one == two or bool(groups.get(one, frozenset()) & groups.get(two, frozenset()))


_PEOPLE: Final = frozenset({"user", "person"})
_NOBODY: Final = _PEOPLE | {"system", ""}
"""Actors that name nobody in particular."""


class Told:
    """The operations told so far, each act once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._verbs: dict[str, list[str]] = {}
        self.found: list[OperationMention] = []
        self._at: dict[tuple[str, str], int] = {}

    def keep(self, found: Iterable[OperationMention]) -> None:
        """Adds those that tell something new."""
        for operation in found:
            if not operation.object:
                continue
            verb = named(operation.verb, operation.object, self._catalogue)
            known = self._verbs.setdefault(operation.object, [])
            if not any(same(verb, other, self._catalogue) for other in known):
                known.append(verb)
                self.found.append(msgspec.structs.replace(operation, verb=verb))
                self._at[operation.object, verb] = len(self.found) - 1
            elif verb in known and operation.actor not in _NOBODY:
                self._name(self._at[operation.object, verb], operation)

    def _name(self, at: int, later: OperationMention) -> None:
        """Who does it, where a later sentence names somebody and the first said no more than "people"."""
        if self.found[at].actor in _PEOPLE:
            self.found[at] = msgspec.structs.replace(self.found[at], actor=later.actor, why=later.why)
