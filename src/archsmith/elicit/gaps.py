"""What a brief leaves open, by the rows of `questions.yaml`: asked where its words raise it and nothing answers it."""

import functools
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.facts import Facts
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading, Sentence
from archsmith.kernel.phrases import listed
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import Needs, NumberRole, NumberStatus, Question

_SHORT: Final = 4
"""Shorter sentences are labels and raise nothing."""
_THINGS: Final = 3
"""Words kept for each row."""
QUOTE: Final = 90
"""Characters of a sentence that a question quotes."""


class Gap(Value, frozen=True, kw_only=True):
    """A question with the conditions under which it is asked; see the head of `questions.yaml`."""

    id: str
    rank: int
    when: str
    unless: str
    facts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    loud: tuple[str, ...] = ()
    peak: bool = False
    numberless: bool = False
    kept: bool = False
    nouns: bool = False
    question: str
    used: str
    worth: str


GAPS: Final = Table("questions", Gap)


class Ranked(Value, frozen=True, kw_only=True):
    """A question with its place in the order until its worth is measured."""

    rank: float
    question: Question


def ask_gaps(reading: Reading, found: list[Found], needs: Needs, facts: Facts) -> Iterator[Ranked]:
    """One question for each row that applies."""
    rows = gaps(reading.catalogue)
    stated = stated_limits(found, needs)
    raised, said = _raised(reading, rows)
    for row, _, unless in rows:
        if not unless.isdisjoint(said) or stated & set(row.silent) or not set(row.loud) <= stated:
            continue
        if (row.facts and not any(facts.why(f) for f in row.facts)) or (row.peak and "peak" not in stated):
            continue
        hits = raised.get(row.id, {})
        if row.kept:
            hits = {word: s for word, s in hits.items() if not _kept(found, word)}
        if hits or not row.when:
            yield Ranked(rank=row.rank, question=_question(row, hits))


Row = tuple[Gap, frozenset[str], frozenset[str]]


@functools.lru_cache(maxsize=8)
def gaps(catalogue: Catalogue) -> tuple[Row, ...]:
    """The rows with their words."""
    return tuple((row, _words(row.when), _words(row.unless)) for row in catalogue.table(GAPS).values())


def _words(text: str) -> frozenset[str]:
    return frozenset(w.replace("_", " ") for w in text.split())


def _raised(reading: Reading, rows: tuple[Row, ...]) -> tuple[dict[str, dict[str, Sentence]], set[str]]:
    """The words that raise each row, with the first sentence of each; and all words that are asked about."""
    watched = frozenset().union(*(when | unless for _, when, unless in rows))
    raised: dict[str, dict[str, Sentence]] = {}
    said: set[str] = set()
    for sentence in reading.sentences:
        hits = watched & grams(sentence)
        said |= hits
        if not hits or sentence.scope.excluded or sentence.block.kind == "heading" or len(sentence.tokens) < _SHORT:
            continue
        heads = frozenset(p.head_word for p in sentence.phrases)
        for row, when, _ in rows:
            mine = when & hits & heads if row.nouns else when & hits
            if mine and not (row.numberless and sentence.quantities):
                words = raised.setdefault(row.id, {})
                for word in sorted(mine, key=lambda w: (-len(w), w)):
                    if len(words) < _THINGS:
                        words.setdefault(word, sentence)
    return raised, said


def grams(sentence: Sentence) -> frozenset[str]:
    """The words of a sentence, as written and in their base form, and its runs of two to four words."""
    low = [t.low for t in sentence.tokens]
    runs = (" ".join(low[n : n + size]) for size in (2, 3, 4) for n in range(len(low) - size + 1))
    return frozenset((*low, *(t.lemma for t in sentence.tokens), *runs))


def stated_limits(found: list[Found], needs: Needs) -> set[str]:
    """The names of limits and kinds of figures that the brief states."""
    out = {name for name in needs.__struct_fields__ if getattr(needs, name) not in (None, ())}
    out |= {f.number.role.value for f in found if f.number.status is not NumberStatus.SUPERSEDED}
    if any(f.number.peak for f in found) or needs.peak_factor is not None:
        out.add("peak")
    statuses = {f.number.status for f in found if f.number.role in (NumberRole.POPULATION, NumberRole.LOAD)}
    if {NumberStatus.CURRENT, NumberStatus.TARGET} <= statuses:
        out.add("future")
    return out


def _kept(found: list[Found], word: str) -> bool:
    """Whether a term is stated for a thing, or for all."""
    terms = [f for f in found if f.number.role is NumberRole.RETENTION]
    return any(word.split()[-1] in f.context.sentence.words for f in terms) or len(terms) > 3


def _question(row: Gap, hits: dict[str, Sentence]) -> Question:
    sentence = next(iter(hits.values()), None)
    said = quoted(sentence) if sentence is not None else ""
    text = row.question.replace("{q}", said).replace("{t}", f"{listed(list(hits))} ({said})")
    spans = (sentence.span(),) if sentence is not None else ()
    return Question(topic=row.id, question=text, used=row.used, worth=row.worth, spans=spans)


def quoted(sentence: Sentence) -> str:
    """The beginning of a sentence in quotation marks, cut between words."""
    text = " ".join(sentence.text.split())
    if len(text) > QUOTE:
        text = text[:QUOTE].rpartition(" ")[0] + " …"
    return f"“{text.rstrip('.:;,')}”"
