"""Operations that adjectives tell: what is possible with a thing, and what was done to it."""

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from archsmith.elicit.agents import acts_itself
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import is_person, thing_name
from archsmith.kernel.provenance import Derived
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import OperationKind, OperationMention


class AbleRow(Value, frozen=True, kw_only=True):
    """Adjectives that say what must be possible; `id` is the verb."""

    id: str
    kind: OperationKind
    words: str


ABLE: Final = Table("able", AbleRow)


@functools.lru_cache(maxsize=8)
def _able(catalogue: Catalogue) -> Mapping[str, AbleRow]:
    return {w: r for r in catalogue.table(ABLE).values() for w in r.words.split()}


def from_adjectives(sentence: Sentence, reading: Reading) -> Iterator[OperationMention]:
    """ "Statistics, visible next day", "all evidence must be retrievable", "cancelled gifts"."""
    if sentence.block.kind == "heading":
        return
    rows = _able(reading.catalogue)
    for n, token in enumerate(sentence.tokens):
        row = rows.get(token.low)
        if row is not None:
            phrase = _subject_before(sentence, n, reading.lex)
            if phrase is not None:
                yield OperationMention(
                    actor=_by(sentence, n, reading.lex) or "user",
                    verb=row.id,
                    object=thing_name(phrase, reading.lex),
                    kind=row.kind,
                    priority=priority_of(sentence),
                    why=sentence.at(phrase.start, n + 1),
                )
        elif token.tag == "ADJ":
            yield from _done_to(sentence, n, reading)


def _by(sentence: Sentence, n: int, lex: Lexicon) -> str:
    """Who can, after "by": "readable by payroll only"."""
    if n + 1 >= len(sentence.tokens) or sentence.tokens[n + 1].low not in ("by", "to", "for"):
        return ""
    phrase = next((p for p in sentence.phrases if p.start == n + 2), None)
    return phrase.name if phrase is not None and acts_itself(phrase.head_word, lex) else ""


def _subject_before(sentence: Sentence, n: int, lex: Lexicon) -> Phrase | None:
    """What is said to be so: the thing before "is", else the first thing of the sentence, persons apart."""
    tokens = sentence.tokens
    k = n - 1
    while k > 0 and tokens[k].tag in ("ADV", "NEG"):
        k -= 1
    if (
        tokens[k].tag == "PRON"
        or any(t.tag == "NEG" for t in tokens[max(0, k - 2) : n])
        or tokens[k].low in ("isn't", "aren't", "not")
    ):
        return None
    near = next((p for p in sentence.phrases if p.end == k), None) if k >= 0 and tokens[k].tag == "AUX" else None
    if near is not None and thing_name(near, lex) and not is_person(near.head_word, lex):
        return near
    for phrase in sentence.phrases:
        if phrase.end > n:
            break
        if thing_name(phrase, lex) and not is_person(phrase.head_word, lex):
            return phrase
    return None


def _done_to(sentence: Sentence, n: int, reading: Reading) -> Iterator[OperationMention]:
    """A state that somebody must have brought about: "cancelled gifts", "approved invoices"."""
    lex = reading.lex
    verb = lex.forms.get(sentence.tokens[n].low)
    if verb is None or "pp" not in verb.forms or lex.access.get(verb.lemma) != "transition":
        return
    phrase = sentence.phrase_at(n)
    if phrase is None or phrase.head != n + 1:
        return
    name = thing_name(phrase, lex)
    if name and verb.lemma not in ("pay", "finish", "close", "check", "block", "return", "take"):
        yield OperationMention(
            actor="user",
            verb=verb.lemma,
            object=name,
            kind=OperationKind.COMMAND,
            priority=priority_of(sentence),
            why=Derived(
                rule="a state in the text needs the deed that leads to it", inputs=(sentence.tokens[n].text, name)
            ),
        )
