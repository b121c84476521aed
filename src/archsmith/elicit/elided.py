"""What a number leaves out because it was just said: its noun ("We have 45"), its unit of time ("invoices ten")."""

from typing import Final

from archsmith.elicit.attach import Attached
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.quantity import Quantity, moved
from archsmith.elicit.reading import Sentence
from archsmith.elicit.verbal import acting
from archsmith.elicit.words import low_at

_OWNS: Final = frozenset("have own run keep need want get hold manage count operate serve expect plan".split())
_LEAST: Final = 4
_FOLD: Final = 50.0


def topic_of(sentence: Sentence, lex: Lexicon) -> Attached | None:
    """The last plural thing that a sentence names: what a bare number in the next one counts."""
    for phrase in reversed(sentence.phrases):
        head = sentence.tokens[phrase.head]
        many = head.tag == "NOUN" and head.low != head.lemma and head.kind == "word"
        if many and phrase.head_word not in lex.groups["abstract"]:
            return Attached(phrase, sentence, "same", end=phrase.end)
    return None


def left_out(sentence: Sentence, quantity: Quantity, attached: Attached, topic: Attached | None) -> Attached:
    """The noun of a bare number after a verb of having: "Then the loan aids. We have 45, and a shop gets one"."""
    bare = quantity.kind == "count" and quantity.value >= _LEAST and attached.how in ("heading", "left")
    if not bare or topic is None or sentence.block.kind == "cell":
        return attached
    tokens = sentence.tokens
    if acting(sentence, quantity):
        return Attached(topic.phrase, topic.owner, "same", end=quantity.end)
    if attached.how == "left":
        return attached
    closed = quantity.mid >= len(tokens) or tokens[quantity.mid].tag in ("MARK", "CONJ", "ADV", "PREP")
    verb = tokens[quantity.start - 1] if quantity.start else None
    if verb is None or verb.tag not in ("VERB", "AUX") or verb.lemma not in _OWNS or not closed:
        return attached
    return Attached(topic.phrase, topic.owner, "same", end=quantity.end)


def nearest(
    counted: list[tuple[float, Attached]], quantity: Quantity, last: Attached | None, places: frozenset[str]
) -> Attached | None:
    """Of the things counted before, the one that a bare number counts again: "14,200 taps in 60 towns; 31,000 planned".

    The last one, unless it is a place, the number is out of all proportion to it and fits another.
    """
    if not counted or last is None or last.noun not in places or _fits(counted[-1][0], quantity.value):
        return last
    return next((a for value, a in reversed(counted) if _fits(value, quantity.value)), last)


def _fits(one: float, two: float) -> bool:
    return 1 / _FOLD <= two / max(one, 1e-9) <= _FOLD


def again_in_time(sentence: Sentence, quantity: Quantity, span: Quantity | None) -> Quantity:
    """A bare number as a span where it restates the one before: "receipts are kept 3 years, invoices ten"; "within 48
    hours. Rush orders in 12".
    """
    tokens = sentence.tokens
    if span is None or quantity.kind != "count" or quantity.per or quantity.high is not None or quantity.value <= 1:
        return quantity
    after = low_at(tokens, quantity.mid)
    closed = quantity.mid >= len(tokens) or after in (".", ",", ";", ")", "for", "in") or after == "if"
    if not closed or not 1 / _FOLD <= quantity.value / max(span.value, 1e-9) <= _FOLD or quantity.value >= 1000:
        return quantity
    same = any(x is span or (x.start == span.start and x.end == span.end) for x in sentence.quantities)
    before = low_at(tokens, quantity.core - 1)
    listed = same and 0 < quantity.start - span.end <= _NEAR and _listed(sentence, span.end, quantity.start)
    restated = quantity.hedge in ("within", "in") and after in (".", "") and before in ("within", "in")
    corrected = [low_at(tokens, quantity.start - n) for n in (2, 1)] in (["make", "that"], ["make", "it"])
    if not listed and not restated and not corrected:
        return quantity
    return moved(quantity, kind="time", unit=span.unit)


_NEAR: Final = 5


def _listed(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether a comma and at most a noun part the two."""
    between = sentence.tokens[start:stop]
    marks = [t.low for t in between if t.tag == "MARK"]
    return marks == [","] and all(t.tag in ("MARK", "NOUN", "ADJ", "DET") for t in between)
