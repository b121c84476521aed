"""What "it", "that" or a bracket behind a thing speaks of, where something is ruled out."""

import re

from archsmith.elicit.members import members
from archsmith.elicit.reading import Sentence


def phrase_before(sentence: Sentence, end: int) -> list[str]:
    """The noun phrase that ends where a bracket begins: "in our mobile banking (not built here)"."""
    at = sentence.start + end
    hits = [p for p in sentence.phrases if abs(sentence.tokens[p.end - 1].end - at) <= 1]
    return members(" ".join(t.text for t in sentence.tokens[hits[0].start : hits[0].end]), 5) if hits else []


def phrase_of(sentence: Sentence, end: int) -> list[str]:
    """What "ignore it" speaks of in its own sentence: after "idea of", behind a label, or at its start."""
    before = [p for p in sentence.phrases if sentence.tokens[p.end - 1].end <= sentence.start + end]
    names = [p for p in before if p.head_word not in ("idea", "thing", "part", "question", "nobody", "everybody")]
    label = next((n for n, t in enumerate(sentence.tokens[:5]) if t.low == ":"), -1)
    behind = [p for p in names if p.start > label]
    if not behind or len(before) < 2:
        return []
    of_idea = [p for p in behind if p.start >= 2 and sentence.tokens[p.start - 2].low == "idea"]
    chosen = of_idea[0] if of_idea else behind[0]
    return members(" ".join(t.text for t in sentence.tokens[chosen.start : chosen.end]), 5)


def earlier(sentence: Sentence, previous: Sentence | None) -> list[str]:
    """What a pronoun stands for: a question or fragment before ("Cards?"), or the sentence's own start."""
    own = re.split(r"[?:–—]", sentence.text)
    if len(own) > 1 and 0 < len(own[0].split()) <= 5:
        return members(own[0], 5)
    if len(own) == 1 and ";" in sentence.text:  # "X has been asked for; it is not part of this"
        return _opening(sentence)
    last = previous
    if last is None or last.block is not sentence.block:
        return []
    text = last.text.strip()
    if len(text.split()) <= 6 and not any(t.tag in ("AUX", "MODAL") for t in last.tokens):
        return members(text.rstrip("?.!"), 5)
    return _opening(last)


def _opening(sentence: Sentence) -> list[str]:
    """The noun phrase with which a sentence begins, with what is joined to it by "of" or "for"."""
    tokens = sentence.tokens
    first = sentence.phrases[0] if sentence.phrases and sentence.phrases[0].start == 0 else None
    if first is None:
        return []
    end = first.end
    if end < len(tokens) and tokens[end].low in ("of", "for"):
        end = next((p.end for p in sentence.phrases if p.start == end + 1), end)
    return members(" ".join(t.text for t in tokens[:end]), 6)
