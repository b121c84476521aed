"""What an operation can act on: a thing of the business, and no measure, currency, time, place, law or technology."""

import re
from typing import Final

from archsmith.elicit.places import find_places
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import is_person
from archsmith.elicit.regimes import regime_names
from archsmith.elicit.technologies import technology_names
from archsmith.elicit.words import Token
from archsmith.knowledge.noun_kinds import Standing, nouns
from archsmith.model.requirements import OperationKind

_NEVER: Final = frozenset(
    {"units", "money-units", "calendar-words", "places", "discourse", "technology", "makers", "qualities"}
)
"""Kinds of nouns that no operation is done to."""
_ONLY_ALONE: Final = frozenset({"stuff", "project-words"})
"""Kinds that are no object by themselves (`data`), and may be with more words (`account data`)."""
_TO_LOOK_AT: Final = frozenset({"mass-money", "qualities"})
"""Kinds that are shown and handed on, and otherwise never objects: revenue, availability."""
_SOFTWARE: Final = frozenset("system portal platform service site website app software solution".split())
"""The system itself: it is procured and hosted, and no operation of its own is done to it."""
_MOVED: Final = frozenset("sync import export pull push migrate connect".split())
_OF_DATA: Final = frozenset("delete export import sync anonymise anonymize archive".split())
"""What is done to all data at once."""
_TURNS: Final = frozenset(
    "importance emphasis weight attention advantage confidence preference influence significance notice heed".split()
)
"""Nouns of turns of speech: to attach importance, to take advantage."""
_SINGLE: Final = frozenset("person people man woman human individual somebody someone".split())
_CODE: Final = re.compile(r"[a-z]{1,5}[- ]?\d+(?:\.\d+)*$")


class Patients:
    """The test for one brief. `counted`: the main thing that it counts, however plain its name."""

    def __init__(self, reading: Reading, counted: str = "") -> None:
        self._counted = counted
        self._reading, self._nouns = reading, nouns(reading.catalogue)
        self._places = {p.word.lower() for p in find_places(reading)}
        self._made = _names(reading)

    def allows(self, name: str, verb: str, kind: OperationKind) -> bool:
        """Whether the thing of this name (singular, lower case) can be what the verb is done to."""
        head = name.rpartition(" ")[2]
        if len(head) < 2 or _CODE.match(name) or not any(c.isalpha() for c in head):
            return False
        if name in self._made or head in self._places or name in self._places:
            return verb in _MOVED and name not in self._places
        if head in _SINGLE:
            return kind is OperationKind.COMMAND
        if " " not in name and self._is_gerund(name):
            return False
        if head in _SOFTWARE and verb not in _MOVED:
            return False
        if name == self._counted or (name == "data" and verb in _OF_DATA):
            return True
        row = self._nouns.whole(name) or self._nouns.whole(head)
        if row is None:
            return head not in _TURNS
        if row.id in _TO_LOOK_AT:
            return kind in (OperationKind.QUERY, OperationKind.BATCH) and verb != "measure"
        if row.id in _NEVER:
            return row.id == "technology" and verb in _MOVED
        return not (row.id in _ONLY_ALONE and self._nouns.whole(name) is row)

    def _is_gerund(self, word: str) -> bool:
        """ "Who's coming": no thing."""
        lex = self._reading.lex
        form = lex.forms.get(word)
        return form is not None and form.forms == {"ing"} and word not in lex.groups["ing_noun"] | lex.groups["kept"]

    def standing(self, name: str) -> Standing:
        """How likely the name is that of something kept."""
        return self._nouns.standing(name)

    def is_person(self, name: str) -> bool:
        """Whether the name is that of people."""
        return is_person(name.rpartition(" ")[2], self._reading.lex)


def _is_name(token: Token, n: int) -> bool:
    """Whether a word is written as a name: a capital that no start of a sentence explains."""
    return token.text != token.low and not (n == 0 and token.text[1:] == token.low[1:])


def _names(reading: Reading) -> frozenset[str]:
    """Laws and technologies that the brief names, in lower case."""
    technical, regimes = technology_names(reading.catalogue), regime_names(reading.catalogue)
    found: set[str] = set()
    for sentence in reading.sentences:
        for first, last, _ in (*technical.find(sentence), *regimes.find(sentence)):
            if any(_is_name(t, n) for n, t in enumerate(sentence.tokens[first:last], first)):
                found.add(" ".join(t.low for t in sentence.tokens[first:last]))
    return frozenset(found)
