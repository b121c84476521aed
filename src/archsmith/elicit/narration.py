"""Whether a sentence tells how things are done today, and not what the new system shall do."""

import itertools
from collections.abc import Mapping
from typing import Final

from archsmith.elicit.cues import any_of, words_of
from archsmith.elicit.reading import Sentence

_LONGEST_LABEL: Final = 6
"""Words of a heading, or of a short sentence that stands for one, that say of what the text below tells."""
_FRESH: Final = frozenset("new want need wish shall must should please wants needs".split())
"""Words of what is to come."""


def is_narrated(sentence: Sentence, opening: Sentence | None, title: str, cues: Mapping[str, frozenset[str]]) -> bool:
    """Whether the heading above, the first words of the paragraph or an adverb put the sentence into the present.

    `opening`: the first sentence of the block; `title`: the numbered line above a paragraph ("1. Who we are").
    "The problem", "How is it today. Zuzana opens the box", "At the moment
    Tom does this by hand". A modal or a wish brings even such a sentence back to what is wanted.
    """
    if _is_asked(sentence):
        return False
    labels = [*sentence.block.headings[-1:]]
    if sentence.block.kind == "paragraph":
        labels.append(title)
    if opening is not None and opening is not sentence:
        labels.append(opening.text)
    if any(_is_label(label, cues) for label in labels):
        return True
    return any_of([t.low for t in sentence.tokens], cues["at_present"])


def _is_asked(sentence: Sentence) -> bool:
    """Whether a modal, "has to" or a word of wishing stands in the sentence."""
    tokens = sentence.tokens
    has_to = any(a.lemma == "have" and b.low == "to" for a, b in itertools.pairwise(tokens))
    return has_to or any(t.tag == "MODAL" and t.low != "can" for t in tokens) or bool(sentence.words & _FRESH)


def _is_label(title: str, cues: Mapping[str, frozenset[str]]) -> bool:
    words = words_of(title)
    return 0 < len(words) <= _LONGEST_LABEL and any_of(words, cues["narrated"])
