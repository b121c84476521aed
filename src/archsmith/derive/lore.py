"""The lexicons and defaults as look-ups: what a word suggests, and what to assume where the brief is silent."""

from collections.abc import Mapping

from archsmith.derive.ledger import Ledger
from archsmith.derive.words import phrase, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.kernel.units import Seconds
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.defaults import (
    ATTRIBUTE_WORDS,
    DEFAULTS,
    ENTITY_WORDS,
    VERBS,
    AttributeWord,
    Default,
    EntityWord,
    Verb,
)
from archsmith.knowledge.meanings import Meanings
from archsmith.knowledge.naming import Naming
from archsmith.knowledge.noun_kinds import nouns
from archsmith.model.base import Figure
from archsmith.model.requirements import OperationKind


class Lore:
    """One index over the lexicons, made once a run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue, self.nouns, self.meanings = catalogue, nouns(catalogue), Meanings(catalogue)
        self.naming = Naming(catalogue)
        self._defaults: Mapping[str, Default] = catalogue.table(DEFAULTS)
        self._verbs = {v: row for row in catalogue.table(VERBS).values() for v in row.verbs}
        self._entities: dict[str, EntityWord] = {}
        self._seen: dict[str, EntityWord | None] = {}
        for row in catalogue.table(ENTITY_WORDS).values():
            for word in row.words:
                self._entities.setdefault(phrase(word) or word, row)
        self._attributes: dict[str, AttributeWord] = {}
        for entry in catalogue.table(ATTRIBUTE_WORDS).values():
            for word in entry.words:
                self._attributes.setdefault(word.replace("-", " "), entry)

    def verb(self, verb: str, obj: str = "") -> Verb | None:
        """What the verb does: with its object first (`resolve ticket`), then alone, then by its first word."""
        first = verb.split(" ")[0]
        for key in (f"{verb} {obj}", f"{verb} {obj.rpartition(' ')[2]}", verb, first):
            if key in self._verbs:
                return self._verbs[key]
        return None

    def looks(self, verb: str, obj: str) -> bool:
        """Whether the verb looks at this object, whatever it does to others: who checks a balance changes nothing."""
        keys = (f"{verb} {obj}", f"{verb} {obj.rpartition(' ')[2]}")
        return any(k in self._verbs and self._verbs[k].kind is OperationKind.QUERY for k in keys)

    def entity(self, name: str) -> EntityWord | None:
        """What is known of entities of this name: by the whole name, then by ever fewer of its last words."""
        if name not in self._seen:
            words = name.split(" ")
            tails = [(start, self._entities.get(" ".join(words[start:]))) for start in range(len(words))]
            self._seen[name] = next((row for n, row in tails if row is not None and not (n and row.whole)), None)
        return self._seen[name]

    def kin(self, name: str) -> str:
        """The nature of a thing by its name: person, money, file, reading, message, aggregate, rule, site, or empty."""
        row = self.entity(name)
        return row.kin if row else ""

    def attribute(self, name: str) -> AttributeWord | None:
        """What is known of attributes of this name (snake case or words)."""
        words = tokens(name.replace("_", " ").replace("-", " "))
        for start in range(len(words)):
            tail = " ".join(words[start:])
            row = self._attributes.get(tail) or self._attributes.get(" ".join([*words[start:-1], singular(words[-1])]))
            if row is not None:
                return row
        return None

    def default(self, name: str, variant: str = "") -> Default:
        """The default `name.variant`, else `name`. Raises KeyError for one that the data lack."""
        key = f"{name}.{variant}" if variant else name
        return self._defaults[key] if key in self._defaults else self._defaults[name]

    def assume(
        self, ledger: Ledger, name: str, variant: str = "", *, ident: str = "", what: str = "", because: str = ""
    ) -> Figure:
        """Puts the default down as a step, once; `because` says why it fits this system."""
        row = self.default(name, variant)
        reason = f"{because}: {row.reason}" if because else row.reason
        return ledger.assume(
            ident or row.id,
            what or row.id.replace("_", " ").replace(".", ", "),
            row.value,
            row.unit,
            reason=reason,
            source=f"defaults/{row.id}",
        )

    def seconds(self, name: str, variant: str = "", because: str = "") -> Fact[Seconds]:
        """A default duration as a fact."""
        row = self.default(name, variant)
        reason = f"{because}: {row.reason}" if because else row.reason
        return Fact(value=Seconds(row.value), why=Assumed(reason=reason, source=f"defaults/{row.id}"))
