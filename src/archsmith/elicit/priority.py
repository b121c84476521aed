"""How much a sentence binds, and for whom a list stands: from its heading, else from its words."""

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
    """The person that a heading or a lead-in names: "Customers can:", "For the administrator"."""
    for title in (sentence.block.lead, sentence.block.row, *reversed(sentence.block.headings[1:])):
        for word in words_of(title)[:6]:
            if singular(word) in lex.groups["person"]:
                return singular(word)
    return ""


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
