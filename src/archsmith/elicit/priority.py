"""How much a sentence binds, and for whom a list stands: from its heading, else from its words."""

from typing import Final

from archsmith.elicit.cues import words_of
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.reading import Sentence
from archsmith.kernel.inflect import singular
from archsmith.model.requirements import Priority


def priority_of(sentence: Sentence) -> Priority:
    """From the heading, else from the modal: should and would like are wishes, the rest binds."""
    if sentence.scope.priority is not None:
        return sentence.scope.priority
    words = sentence.words
    low = sentence.text.lower()
    if any(c in low for c in ("nice to have", "would be nice", "would be great", "if possible", "nice-to-have")):
        return Priority.COULD
    if words & {"optional", "optionally", "ideally"}:
        return Priority.COULD
    tail = [t.low for t in sentence.tokens[-3:]]
    if "later" in tail and not words & {"must", "until", "or"} and not sentence.quantities:
        return Priority.LATER
    if "should" in words and not words & {"must", "shall"}:
        return Priority.SHOULD
    if "would" in words and words & {"like", "love", "prefer"}:
        return Priority.SHOULD
    return Priority.MUST


def heading_actor(sentence: Sentence, lex: Lexicon) -> str:
    """The person that a label, a lead-in or a heading names: "Customers: ...", "Hosts can:", "For administrators".

    The first heading is mostly the title, and names one only where it says nothing else.
    """
    own, headings = _label(sentence), sentence.block.headings
    for label in (own, sentence.block.lead, *headings[:1]):
        if found := _role(label, lex):
            return found
    for title in (sentence.block.lead, sentence.block.row, *reversed(headings[1:])):
        for word in words_of(title)[:6]:
            if singular(word) in lex.groups["person"]:
                return singular(word)
    return ""


def _label(sentence: Sentence) -> str:
    """What stands before a colon or a dash at the start: "HR managers: enter contracts". In an item of a list it holds
    for all sentences."""
    if sentence.block.kind == "item":
        label, colon, _ = sentence.block.piece.text[:_LONGEST].partition(":")
        if colon:
            return label
    tokens = sentence.tokens[:_LABEL]
    end = next((n for n, t in enumerate(tokens) if t.low in _ENDS), 0)
    return " ".join(t.low for t in tokens[:end])


def _role(label: str, lex: Lexicon) -> str:
    """The people that a label names, where it names nothing else; "the HR managers can" are the HR manager."""
    words, stop = words_of(label), lex.groups["label"]
    while words and words[0] in stop:
        words.pop(0)
    while words and words[-1] in stop:
        words.pop()
    if not words or len(words) > _NAME or singular(words[-1]) not in lex.groups["person"]:
        return ""
    return " ".join([*words[:-1], singular(words[-1])])


_LABEL: Final = 7
"""Tokens that a label and its end may have."""
_LONGEST: Final = 40
"""Characters that it may have."""
_NAME: Final = 2
_ENDS: Final = frozenset(": - – —".split())


def story_actor(sentence: Sentence) -> str:
    """ "As a nurse I want to ...": the nurse. Empty where the sentence is no user story."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low != "as":
        return ""
    phrase = next((p for p in sentence.phrases if p.start <= 2), None)
    if phrase is None:
        return ""
    after = [t.low for t in tokens[phrase.end : phrase.end + 3]]
    return phrase.name if {"i", "we"} & set(after) else ""
