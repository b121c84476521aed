"""What pronouns and left-out objects go back to: the row, the topic of the sentence, the last object, the main
thing.
"""

import re
from typing import Final

from msgspec import Struct, field

from archsmith.elicit.cues import words_of
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.inflect import singular

_GENERIC: Final = frozenset(
    "form page file request total rule plan standard feed list record table line room version result code key level"
    " value score point history report status case note card account statement type class group set entry event"
    " item slot sheet map option area zone".split()
)
_NUMBERING: Final = re.compile(r"[a-z]{0,3}-?\d+(?:\.\d+)*")
"""Codes that number headings: "B2", "3.1"."""
_PLAIN_HEADS: Final = frozenset(
    "must should could wont won't may mandatory optional feature limit quality scope".split()
)
"""Words of headings that group requirements and name no thing."""


class Memory(Struct):
    """What was spoken of: `topic` of the brief, `last` object, `actor`, what was last `booked`, what the
    sentence before last `mentioned`, the things in the plural that it named first (`many`), and the main `thing` that
    the brief counts.
    """

    topic: str = ""
    thing: str = ""
    last: str = ""
    actor: str = ""
    booked: str = ""
    mentioned: str = ""
    many: str = ""
    named: frozenset[str] = field(default_factory=frozenset)


def remember(reading: Reading) -> Memory:
    """The memory at the start of a brief. What it rules out is not among the things that a verb may mean."""
    named: set[str] = set()
    for sentence in reading.sentences:
        if sentence.scope.excluded:
            continue
        for phrase in sentence.phrases:
            named.add(phrase.head_word)
            named.add(phrase.name)
    return Memory(topic=_topic(reading), thing=_thing(reading), named=frozenset(named))


def is_person(word: str, lex: Lexicon) -> bool:
    """Whether a noun names people: known ones, or the doer of a deed by its ending."""
    if word in lex.groups["person"]:
        return True
    groups = lex.groups
    if any(word in groups[g] for g in ("device", "event", "abstract", "not_person")):
        return False
    if len(word) > 5 and word.endswith(("ist", "eer", "ician", "ologist", "worker", "holder", "keeper", "goer")):
        return True
    if len(word) > 5 and word.endswith(("er", "or")):
        return any(stem in lex.forms and "base" in lex.forms[stem].forms for stem in (word[:-2], word[:-1], word[:-3]))
    return False


def thing_name(phrase: Phrase, lex: Lexicon) -> str:
    """The name of a phrase as a thing of the business; empty where it is none (time, place, measure)."""
    head = phrase.head_word
    if head in lex.groups["abstract"] or head in ("who", "which") or not head.replace("-", "").isalnum():
        return phrase.name if " " in phrase.name and head in _GENERIC else ""
    return phrase.name


def context_noun(sentence: Sentence, lex: Lexicon) -> str:
    """The thing that the row or the heading above names: "Assignments", "Grades"."""
    block = sentence.block
    titles = [block.row] if block.row and block.row != block.piece.text.strip() else []
    if block.kind == "item":
        titles += [h for h in block.headings[1:] if len(h.split()) <= 2][-1:]
    for title in titles:
        raw = [w for w in words_of(title) if not _NUMBERING.fullmatch(w)]
        words = [singular(w) for w in raw]
        if (
            words
            and len(words) <= 3
            and (words[-1] in lex.groups["thing"] or words[-1] != raw[-1])
            and not _PLAIN_HEADS & set(words)
            and words[-1] not in lex.groups["abstract"]
            and not is_person(words[-1], lex)
        ):
            name = " ".join(words)
            return name if lex.forms.get(words[-1]) is None or words[-1] in lex.groups["also_noun"] else ""
    return ""


def _topic(reading: Reading) -> str:
    """The noun that the brief is about, of its title or first line: an event noun before others."""
    for sentence in reading.sentences[:2]:
        for phrase in sentence.phrases:
            if phrase.head_word in reading.lex.groups["event"]:
                return phrase.head_word
    return ""


def _thing(reading: Reading) -> str:
    """The first thing that the brief counts and that is no person, device or event."""
    lex = reading.lex
    for sentence in reading.sentences:
        for q in sentence.quantities:
            if q.kind != "count" or q.value < 10 or q.mid >= len(sentence.tokens):
                continue
            phrase = sentence.phrase_at(q.mid)
            if phrase is None or phrase.head_word in lex.groups["abstract"] - {"thing"}:
                continue
            word = phrase.head_word
            if not is_person(word, lex) and word not in lex.groups["site"] and word not in lex.groups["team"]:
                return word
    return ""
