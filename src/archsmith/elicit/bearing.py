"""Whether a sentence says something that a design rests on, or is talk: greetings, anecdotes, remarks to the reader.

A sentence matters where another reader found a fact in its words, where it demands something of the system, or where
it relates two things of the business. Talk has none of these, however many verbs it has.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.words import Token
from archsmith.kernel.provenance import Provenance, Stated
from archsmith.model.requirements import RequirementClass

_DEMAND: Final = frozenset(
    "must shall should need needs needed required requires require mandatory cannot can't may never only nobody always"
    " forbidden allowed applies tolerable without want wants wish wishes please no private confidential secret".split()
)
_READER: Final = frozenset(("you", "me"))
_TALK: Final = frozenset(
    "promise know say tell write read speak talk discuss mention ask think guess hope suppose remember mean understand"
    " sleep thank agree sound feel look see send forward attach call draft start wonder worry".split()
)


Evidence = Mapping[int, Sequence[RequirementClass | None]]
"""By the number of a sentence: the facts that stand in it, each as the class that it speaks for, if for one."""


def evidence(reading: Reading, facts: Iterable[tuple[Provenance, RequirementClass | None]]) -> Evidence:
    """The facts that other readers found, by the sentence whose words state them."""
    spans = [(s.span(), s.number) for s in reading.sentences]
    starts = [(span.line, span.column) for span, _ in spans]
    found: dict[int, list[RequirementClass | None]] = {}
    for why, kind in facts:
        if isinstance(why, Stated):
            at = bisect_right(starts, (why.at.line, why.at.column)) - 1
            if at >= 0:
                found.setdefault(spans[at][1], []).append(kind)
    return found


def matters(sentence: Sentence, told: Evidence, things: frozenset[str]) -> bool:
    """Whether a design may rest on the sentence. `told`: those with facts; `things`: the nouns of the business."""
    if sentence.number in told:
        return True
    if sentence.block.kind in ("item", "cell"):
        return bool(sentence.phrases)
    return len({p.name for p in sentence.phrases} & things) > 1 or _demands(sentence.tokens)


def _demands(tokens: list[Token]) -> bool:
    """Whether a word of duty stands in a clause that is not the writer speaking to the reader."""
    return any(t.low in _DEMAND and not _between_people(tokens, n) for n, t in enumerate(tokens))


def _between_people(tokens: list[Token], n: int) -> bool:
    """Whether the duty at `n` is about the letter: "you should know", "I must say", "we need to talk"."""
    before = next((t for t in reversed(tokens[max(0, n - 3) : n]) if t.tag in ("PRON", "NOUN")), None)
    after = next((t for t in tokens[n + 1 : n + 5] if t.tag == "VERB"), None)
    talk = after is not None and after.lemma in _TALK
    if before is None or before.low in ("i", "we"):
        return talk
    return before.low in _READER
