"""Noun phrases of a sentence: their head, their name as a thing of the business, and what they depend on."""

import re
from typing import Final

from msgspec import Struct

from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.words import Token
from archsmith.knowledge.noun_kinds import Nouns

_TERM: Final = frozenset(
    "running direct medical digital electronic recurring monthly special public private technical open clinical legal"
    " annual social personal physical virtual mobile financial academic educational parental temporary".split()
)
_MEASURES: Final = frozenset({"units", "calendar-words"})
_MAX_WORDS: Final = 3
_LABEL: Final = re.compile(r"[A-Z]{1,4}-?\d{1,4}")
"""The number of a requirement before its words: "R7 Patients sign in"."""


class Phrase(Struct, frozen=True):
    """A noun phrase: token indexes, the head's index, and its name (singular, lower case)."""

    start: int
    end: int
    head: int
    name: str
    head_word: str
    proper: bool


def noun_phrases(tokens: list[Token], lex: Lexicon, known: Nouns) -> list[Phrase]:
    """The noun phrases from left to right; "of" phrases stay apart. `known`: compounds that are one name."""
    out: list[Phrase] = []
    n = 0
    while n < len(tokens):
        if tokens[n].tag not in ("DET", "POSS", "NUM", "ADJ", "NOUN"):
            n += 1
            continue
        start = n
        while n < len(tokens) and tokens[n].tag in ("DET", "POSS", "NUM", "ADJ"):
            n += 1
        first = n
        while n < len(tokens) and _continues(tokens, n, first):
            n += 1
        if n == first:
            n = max(n, start + 1)
            continue
        out.append(_phrase(tokens, start, first, n, lex, known))
    return out


def _continues(tokens: list[Token], n: int, first: int) -> bool:
    token = tokens[n]
    if token.kind not in ("word",):
        return False
    if token.tag == "NOUN":
        return not (n > first and tokens[n - 1].owned)
    return False


def _phrase(tokens: list[Token], start: int, first: int, end: int, lex: Lexicon, known: Nouns) -> Phrase:
    head = end - 1
    if first == 0 and end > 1 and _LABEL.fullmatch(tokens[0].text):
        first = 1
    words = [tokens[k].low for k in range(max(first, end - _MAX_WORDS), end)]
    head_word = tokens[head].lemma if tokens[head].tag == "NOUN" else tokens[head].low
    words[-1] = head_word
    if len(words) == 1 and first > start and tokens[first - 1].tag == "ADJ":
        before = tokens[first - 1].low
        vague = head_word in lex.groups["abstract"] or head_word in lex.groups["light"]
        plain = before in _TERM and (vague or before in ("direct", "running", "medical", "clinical"))
        row = known.whole(head_word)
        measure = row is not None and row.id in _MEASURES  # an "opening day" is a thing, a day is none
        if plain or (measure and known.whole(f"{before} {head_word}") is not None):
            words.insert(0, before)
    proper = all(tokens[k].text[:1].isupper() for k in range(first, end)) and first > 0
    return Phrase(start, end, head, " ".join(words), head_word, proper)
