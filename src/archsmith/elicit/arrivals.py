"""Operations of a sentence without a verb of doing: where a thing has to be, somebody must have sent it there."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.agents import SYSTEM, acts_itself
from archsmith.elicit.arguments import subject_of
from archsmith.elicit.objects import phrase_name
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.model.requirements import OperationKind, OperationMention

_BOXES: Final = frozenset("mailbox inbox mail phone letterbox hand e-mail email pager desk".split())
"""Where somebody finds what was sent to him."""
_DUTY: Final = frozenset("must shall should will".split())


def from_arrivals(sentence: Sentence, reading: Reading) -> Iterator[OperationMention]:
    """ "The receipt has to be in their mailbox within a minute", "the report must be with the crew"."""
    tokens = sentence.tokens
    for n, token in enumerate(tokens[:-2]):
        if token.low != "be" or tokens[n + 1].low not in ("in", "with", "on", "at"):
            continue
        place = next((p for p in sentence.phrases if p.start == n + 2), None)
        if place is None or not _receives(place, tokens[n + 1].low, reading):
            continue
        first = _duty_start(sentence, n)
        thing = subject_of(sentence, first, n, "must")[0] if first else None
        name = phrase_name(thing, reading.lex) if thing is not None else ""
        if thing is not None and name and not acts_itself(thing.head_word, reading.lex):
            yield OperationMention(
                actor=SYSTEM,
                verb="send",
                object=name,
                kind=OperationKind.EVENT,
                priority=priority_of(sentence),
                why=sentence.at(thing.start, place.end),
            )


def _receives(place: Phrase, preposition: str, reading: Reading) -> bool:
    if preposition == "with":
        return acts_itself(place.head_word, reading.lex)
    return place.head_word in _BOXES


def _duty_start(sentence: Sentence, n: int) -> int:
    """Where "must", "has to" or "needs to" before the "be" at `n` begins; 0 where there is none."""
    tokens = sentence.tokens
    if n and tokens[n - 1].low in _DUTY:
        return n - 1
    if n > 1 and tokens[n - 1].low == "to" and tokens[n - 2].lemma in ("have", "need"):
        return n - 2
    return 0
