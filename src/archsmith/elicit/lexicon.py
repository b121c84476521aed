"""What the reader knows of words, from `knowledge/data`: verbs with their forms, classes of nouns and function
words.
"""

import functools
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from archsmith.kernel.inflect import verb_forms
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.noun_kinds import NOUN_KINDS, Standing
from archsmith.model.base import Value


class WordClass(Value, frozen=True, kw_only=True):
    """A class of words: `words` are separated by spaces, the words of a compound joined by underscores."""

    id: str
    words: str


class VerbClass(Value, frozen=True, kw_only=True):
    """Verbs that run alike. `kind` as in OperationKind, or none; `access` as in model.domain.Access, or none."""

    id: str
    kind: str
    access: str
    words: str


WORDS: Final = Table("words", WordClass)
NOUNS: Final = Table("nouns", WordClass)
VERBS: Final = Table("verbs", VerbClass)


_THINGS: Final = frozenset({Standing.RECORD, Standing.VALUE, Standing.VIEW, Standing.NONE})
"""Standings of nouns that do nothing of their own."""


class VerbForm(Struct, frozen=True):
    """A reading of a word as a verb. `forms` is a subset of base, s, ing, past and pp."""

    lemma: str
    forms: frozenset[str]


class Lexicon(Struct, frozen=True):
    """All word knowledge. `groups` has the function words and the nouns by class; `classes` that of each verb."""

    groups: Mapping[str, frozenset[str]]
    forms: Mapping[str, VerbForm]
    kinds: Mapping[str, str]
    access: Mapping[str, str]
    particles: Mapping[str, frozenset[str]]
    classes: Mapping[str, str]

    def has(self, group: str, word: str) -> bool:
        """Whether a lower-case word is in a class."""
        return word in self.groups[group]

    def kind(self, lemma: str) -> str:
        """The kind of operation of a verb (`command` where unknown), or `none` where it is no operation."""
        return self.kinds.get(lemma, "command")


@functools.lru_cache(maxsize=8)
def lexicon(catalogue: Catalogue) -> Lexicon:
    """The lexicon of a catalogue, built once."""
    groups = {r.id: frozenset(w.replace("_", " ") for w in r.words.split()) for r in catalogue.table(WORDS).values()}
    things: set[str] = set()
    kept: set[str] = set()
    for row in catalogue.table(NOUNS).values():
        groups[row.id] = frozenset(w.replace("_", " ") for w in row.words.split())
    for sort in catalogue.table(NOUN_KINDS).values():
        if sort.standing in _THINGS:
            things.update(w.replace("_", " ") for w in sort.words.split())
        if sort.standing not in (Standing.NONE, Standing.QUALITY):
            kept.update(w.replace("_", " ") for w in sort.words.split())
    groups["thing"], groups["kept"] = frozenset(things), frozenset(kept)
    kinds: dict[str, str] = {}
    access: dict[str, str] = {}
    classes: dict[str, str] = {}
    particles: dict[str, set[str]] = {}
    for verbs in catalogue.table(VERBS).values():
        for word in verbs.words.split():
            verb = word.replace("_", " ")
            kinds.setdefault(verb, verbs.kind)
            access.setdefault(verb, verbs.access)
            classes.setdefault(verb, verbs.id)
            base, _, rest = verb.partition(" ")
            if rest:
                particles.setdefault(base, set()).add(rest)
    forms = _forms(kinds, groups)
    return Lexicon(groups, forms, kinds, access, {k: frozenset(v) for k, v in particles.items()}, classes)


def _forms(kinds: Mapping[str, str], groups: Mapping[str, frozenset[str]]) -> dict[str, VerbForm]:
    found: dict[str, tuple[str, set[str]]] = {}

    def add(form: str, lemma: str, name: str) -> None:
        known = found.setdefault(form, (lemma, set()))
        if known[0] == lemma:
            known[1].add(name)

    irregular = {}
    for entry in sorted(groups["irregular"]):
        base, past, participle = entry.split("/")
        irregular[base] = (past, participle)
    bases = dict.fromkeys(v.split(" ")[0] for v in kinds)
    for base in bases:
        add(base, base, "base")
    for base in bases:
        third, ing, past = verb_forms(base, groups["doubling"])
        add(third, base, "s")
        add(ing, base, "ing")
        if base in irregular:
            add(irregular[base][0], base, "past")
            add(irregular[base][1], base, "pp")
        else:
            add(past, base, "past")
            add(past, base, "pp")
            if base[-1] in "lt" and base in groups["doubling"]:
                add(base + "ed", base, "past")
                add(base + "ed", base, "pp")
                add(base + "ing", base, "ing")
    return {form: VerbForm(lemma, frozenset(names)) for form, (lemma, names) in found.items()}
