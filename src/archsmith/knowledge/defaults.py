"""Defaults with reasons, and the lexicons of verbs, entity words and attribute words."""

from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind


class Default(Value, frozen=True, kw_only=True):
    """A value to use where the brief is silent: unit, reason, range, and the source (`estimate` where it is ours).

    The id is `<name>` or `<name>.<audience>`.
    """

    id: str
    value: float
    unit: str
    reason: str
    source: str
    low: float | None = None
    high: float | None = None


class Verb(Value, frozen=True, kw_only=True):
    """How an operation with one of these verbs meets its entity.

    `kind` is what the verb suggests where the brief does not say; `state`: the verb moves its object into a
    state, named by its participle.
    """

    id: str
    verbs: tuple[str, ...]
    access: Access
    kind: OperationKind
    state: bool = False


class EntityWord(Value, frozen=True, kw_only=True):
    """What an entity whose name is, or ends in, one of `words` usually has.

    `attributes` as in archetypes. `part_of`/`of`: names of the usual whole, or of the usual reference; the first that
    the domain has is taken. `of_offer`: else it belongs to what people book, buy or borrow. `kin` groups words by
    nature: person, money, file, reading, message, place, rule, site. `whole`: the words are the whole name (a price
    plan is a plan, an exercise plan is none).
    """

    id: str
    words: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    of_offer: bool = False
    whole: bool = False
    of: tuple[str, ...] = ()
    kin: str = ""
    data_class: str = ""
    row_bytes: float = 0.0


class AttributeWord(Value, frozen=True, kw_only=True):
    """The type (and class of data) of an attribute whose name is or ends in one of `words`."""

    id: str
    words: tuple[str, ...]
    type: str
    data_class: str = ""


DEFAULTS: Final = Table("defaults", Default)
VERBS: Final = Table("defaults_verbs", Verb)
ENTITY_WORDS: Final = Table("attributes", EntityWord)
ATTRIBUTE_WORDS: Final = Table("attributes_types", AttributeWord)


class Kins:
    """The nature of things by their names in the singular: that of the longest tail that the lexicon has."""

    def __init__(self, catalogue: Catalogue) -> None:
        rows: Mapping[str, EntityWord] = catalogue.table(ENTITY_WORDS)
        self._kins = {word.lower(): row.kin for row in rows.values() for word in row.words}
        self._offers = {word.lower() for row in rows.values() if row.of_offer for word in row.words}

    def tells_of_offer(self, name: str) -> bool:
        """Whether things of this name say on what terms something is offered: a price, an opening day."""
        words = name.lower().split()
        return any(" ".join(words[start:]) in self._offers for start in range(len(words)))

    def of(self, name: str) -> str:
        """`money` of a refund, `file` of a photo; empty for what has no nature of its own."""
        words = name.lower().split()
        tails = (" ".join(words[start:]) for start in range(len(words)))
        return next((self._kins[tail] for tail in tails if tail in self._kins), "")
