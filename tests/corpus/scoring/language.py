"""How words compare: in lower case and in the singular, and by the reviewed synonyms beside this package."""

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import inflection
import yaml

SYNONYMS: Final = Path(__file__).parent.parent / "synonyms.yaml"
_SMALL: Final = frozenset(
    "a an the of for to in on at by with and or if is are be do does how what which who whom whose when where why it"
    " its this that them they their there from as per after during into about much many any not can may must should"
    " will would happen happens need needs".split()
)


def plain(text: str) -> str:
    """White space, case and emphasis do not count."""
    return " ".join(re.sub(r"[*_`]", "", text).lower().split())


def words(text: str) -> list[str]:
    """Lower case, singular, without articles; PaymentAccount is two words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    found = re.findall(r"[a-z0-9.]+", spaced.lower().replace("'s ", " "))
    return [inflection.singularize(w) for w in found if w not in ("a", "an", "the", "of")]


def content(text: str) -> set[str]:
    """The stems of the words that carry the meaning of a question or of an exclusion."""
    found = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\d),(?=\d{3})", "", text.lower()))
    return {_stem(inflection.singularize(w)) for w in found if w not in _SMALL}


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ments", "ment", "ing", "ers", "ed", "er", "al", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def either(want: object, test: Callable[[str], bool]) -> bool:
    """`a|b`: one of the alternatives satisfies."""
    return any(test(option.strip()) for option in str(want).split("|"))


@dataclass(frozen=True)
class Synonyms:
    """Groups of verbs and of nouns that mean one thing; a strict comparison has none."""

    verbs: tuple[frozenset[str], ...] = ()
    nouns: tuple[frozenset[str], ...] = ()
    phrasal: tuple[str, ...] = ()

    def verb(self, one: str, two: str) -> bool:
        """The same deed; of a phrasal verb the first word is enough."""
        if one == two or words(one) == words(two) or one.split()[:1] == two.split()[:1]:
            return True
        return any(one in group and two in group for group in self.verbs)

    def noun(self, one: str, two: str) -> bool:
        """The same thing: a shared head ("insurance card" for "card"), or heads of one group."""
        a, b = words(one), words(two)
        if not a or not b:
            return False
        if a == b or a[-1] in b or b[-1] in a:
            return True
        pairs = itertools.product((a[-1], " ".join(a)), (b[-1], " ".join(b)))
        return any(x in group and y in group for x, y in pairs for group in self.nouns)

    @staticmethod
    def named(option: str, name: str) -> bool:
        """One entity: equal, or the one is the other with a closer description ("gate camera" for "camera")."""
        a, b = words(option), words(name)
        if not a or not b:
            return False
        return a == b or (set(a) <= set(b) and a[-1] == b[-1]) or (set(a) < set(b) and len(a) > 1)

    def verb_object(self, text: str) -> tuple[str, str]:
        """ "Add to basket" is adding, of a basket; "roll back firmware" is rolling back."""
        low = text.lower().strip()
        two = next((p for p in self.phrasal if low.startswith(p + " ") or low == p), None)
        if two is not None:
            return two, low[len(two) :].strip()
        verb, _, rest = low.partition(" ")
        return verb, re.sub(r"^(?:to|in|for|the|a) ", "", rest)


@functools.cache
def synonyms(strict: bool) -> Synonyms:
    """The reviewed table, or only its phrasal verbs where the comparison is by the letter."""
    data = yaml.safe_load(SYNONYMS.read_text("utf-8"))
    phrasal = tuple(data["phrasal"])
    if strict:
        return Synonyms(phrasal=phrasal)
    groups = {side: tuple(frozenset(row) for row in data[side]) for side in ("verbs", "nouns")}
    return Synonyms(verbs=groups["verbs"], nouns=groups["nouns"], phrasal=phrasal)
