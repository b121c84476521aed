"""Words that need a number and have none: each gives a question that quotes it, and the default that stands in."""

import functools
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.gaps import Ranked, quoted
from archsmith.elicit.names import NameIndex
from archsmith.elicit.reading import Reading, Sentence
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import Needs, Question


class Vague(Value, frozen=True, kw_only=True):
    """Words without a number: `kinds` of quantities that give it, the `need` that settles it, and the default."""

    id: str
    words: str
    kinds: tuple[str, ...]
    need: str
    ask: str
    used: str
    why: str


VAGUE: Final = Table("vague", Vague)
_WISH: Final = frozenset("must should need want be can may never not shall have will would like please expect".split())
_RANK: Final = 65.0
_MOST: Final = 6
"""Questions about words: the first of each kind."""


@functools.lru_cache(maxsize=8)
def _index(catalogue: Catalogue) -> NameIndex[Vague]:
    index: NameIndex[Vague] = NameIndex()
    for row in catalogue.table(VAGUE).values():
        index.add(row.words, row)
    index.sort()
    return index


def ask_vague(reading: Reading, needs: Needs) -> Iterator[Ranked]:
    """One question for each kind of vague word, about the sentence that uses it first."""
    asked: set[str] = set()
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.scope.story or sentence.block.kind == "heading":
            continue
        for first, last, row in _index(reading.catalogue).find(sentence):
            settled = bool(row.need) and getattr(needs, row.need) is not None
            if row.id in asked or settled or len(asked) >= _MOST or not _asks(sentence, first, row):
                continue
            asked.add(row.id)
            yield Ranked(rank=_RANK, question=_question(sentence, first, last, row))


def _asks(sentence: Sentence, at: int, row: Vague) -> bool:
    """Whether the word is part of a wish without a number: not of the past, not denied, no figure of speech."""
    if any(q.kind in row.kinds for q in sentence.quantities) or sentence.text.rstrip().endswith("?"):
        return False
    before = sentence.tokens[at - 1].low if at else ""
    if before in ("how", "not", "no", "too", "so", "as") or any(
        t.low in ("was", "were", "had") for t in sentence.tokens
    ):
        return False
    return bool(sentence.words & _WISH) or sentence.block.kind in ("item", "cell")


def _question(sentence: Sentence, first: int, last: int, row: Vague) -> Question:
    word = " ".join(t.text for t in sentence.tokens[first:last])
    text = row.ask.replace("{w}", word).replace("{q}", quoted(sentence))
    return Question(
        topic=f"vague:{row.id}",
        question=f"{text}?",
        used=f"{row.used} ({row.why})",
        worth="turns a wish into a target that can be tested",
        spans=(sentence.span(),),
    )
