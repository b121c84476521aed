"""Operations that nouns tell: nouns for deeds, and fragments of lists."""

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from archsmith.elicit.lexicon import Lexicon, WordClass
from archsmith.elicit.objects import usual_objects
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import heading_actor, priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import Memory, context_noun, is_person, thing_name
from archsmith.kernel.inflect import is_plural
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import OperationKind, OperationMention


class NominalRow(Value, frozen=True, kw_only=True):
    """Nouns that stand for an operation: its verb, its object (self, of, or fixed words) and its kind."""

    id: str
    nouns: str
    verb: str
    object: str
    kind: OperationKind


NOMINALS: Final = Table("nominals", NominalRow)
DEVERBAL: Final = Table("deverbal", WordClass)
_IN_LISTS: Final = frozenset(
    "note macro redeem attach run waiting-list wish-list autopay check-in scanning gift-card loyalty return-goods"
    " hand-over paper fee sharing editing tagging creation reporting sign-off collecting delivering".split()
)
"""Rows whose nouns are too plain to stand for a deed outside a list of functions."""
_BARE: Final = frozenset("email e-mail sms text_message digest".split())
"""Channels: by themselves they say only how something is sent."""
_TESTS: Final = frozenset(
    "load penetration performance stress failover fail-over smoke integration acceptance regression unit user security"
    " restore".split()
)
"""Tests of the system, and not by it."""
_GETTING: Final = frozenset({"get", "receive"})
_READ_ELSEWHERE: Final = frozenset({"want", "need", "like", "require"}) | _GETTING
_WANTED: Final = frozenset("want need get receive support offer provide allow require include expect see".split())
_JOINS: Final = frozenset(", and ; : & + / - – or plus ( with".split())


@functools.lru_cache(maxsize=8)
def nominals(catalogue: Catalogue) -> Mapping[str, NominalRow]:
    """The rows by noun."""
    return {n.replace("_", " "): r for r in catalogue.table(NOMINALS).values() for n in r.nouns.split()}


def from_nouns(sentence: Sentence, reading: Reading, memory: Memory) -> Iterator[OperationMention]:
    """ "Order confirmation by e-mail", "Firmware updates over the air", "bounce and complaint handling"."""
    title = sentence.number == 0 and sentence.block.kind == "paragraph" and len(reading.sentences) > 1
    if sentence.block.kind == "heading" or title:
        return
    rows = nominals(reading.catalogue)
    tokens = sentence.tokens
    for phrase in sentence.phrases:
        row = rows.get(phrase.name) or rows.get(phrase.head_word)
        if row is not None and row.object == "of" and phrase.end < len(tokens) and tokens[phrase.end].low == "per":
            continue
        if phrase.proper or _only_counted(sentence, phrase) or _is_denied(sentence, phrase):
            continue
        if (
            row is not None
            and row.id == "note"
            and "(" in {t.low for t in tokens[max(0, phrase.start - 12) : phrase.start]}
        ):
            continue
        if row is not None and row.id in _IN_LISTS and sentence.block.kind not in ("item", "cell"):
            continue
        if row is not None and (phrase.name in _BARE or (phrase.name.partition(" ")[0] in _TESTS and row.id == "test")):
            continue
        if row is None or _counted(sentence, phrase) or tokens[phrase.start].low in ("no", "without"):
            continue
        if row.object == "of" and _is_described(sentence, phrase):
            continue
        before = tokens[phrase.start - 1] if phrase.start else None
        wanted = before is not None and before.tag == "VERB" and before.lemma in _WANTED
        if (
            wanted
            and before is not None
            and before.lemma in _READ_ELSEWHERE
            and (_by_somebody(sentence, phrase) or (before.lemma in _GETTING and row.object == "self"))
        ):
            continue
        member = before is None or before.low in _JOINS
        if not wanted and not (member and _no_verb_beside(sentence, phrase)):
            continue
        for name in _nominal_objects(sentence, phrase, row, memory, reading):
            yield OperationMention(
                actor=_doer(row.kind, sentence, reading.lex),
                verb=row.verb,
                object=name,
                kind=row.kind,
                priority=priority_of(sentence),
                why=sentence.at(phrase.start, phrase.end),
            )


def _is_described(sentence: Sentence, phrase: Phrase) -> bool:
    """ "A payment that was debited": one of its kind, and no deed."""
    tokens = sentence.tokens
    article = tokens[phrase.start].low in ("a", "an", "any", "every", "each")
    return article and phrase.end < len(tokens) and tokens[phrase.end].low in _RELATIVE


def _by_somebody(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a noun wants it: then the clause tells who looks at it."""
    return phrase.start > 1 and sentence.tokens[phrase.start - 2].tag == "NOUN"


def from_fragments(sentence: Sentence, reading: Reading) -> Iterator[OperationMention]:
    """Fragments that tell an act by their form: "downloads per episode" are counted, "fraud score from Veritas" is
    fetched.
    """
    tokens = sentence.tokens
    for phrase in sentence.phrases:
        before = tokens[phrase.start - 1] if phrase.start else None
        if not (before is None or before.low in _JOINS) or phrase.end >= len(tokens):
            continue
        if tokens[phrase.end].low not in ("per", "from"):
            continue
        if _counted(sentence, phrase) or _is_denied(sentence, phrase) or not _no_verb_beside(sentence, phrase):
            continue
        name, following = thing_name(phrase, reading.lex), tokens[phrase.end].low
        if not name or (following == "per" and not _is_tally(sentence, phrase, reading.lex)):
            continue
        if (
            following == "per"
            and phrase.head_word in reading.lex.groups["event"]
            and is_plural(tokens[phrase.head].low)
        ):
            yield _fragment(sentence, phrase, "count", name, OperationKind.BATCH)
        elif following == "from" and before is None and _is_partner(sentence, phrase.end + 1, reading.lex):
            yield _fragment(sentence, phrase, "fetch", name, OperationKind.QUERY)


def _is_tally(sentence: Sentence, phrase: Phrase, lex: Lexicon) -> bool:
    """Whether "clicks per link" asks for their number: no label of a table, no rate, no figure beside it."""
    block, tokens = sentence.block, sentence.tokens
    label = block.kind == "cell" and block.row == block.piece.text.strip()
    each = tokens[phrase.end + 1].lemma if phrase.end + 1 < len(tokens) else ""
    figured = any(phrase.start <= q.core < phrase.end + _NEAR for q in sentence.quantities)
    return not label and not figured and each not in lex.groups["abstract"]


_NEAR: Final = 5
_POSSIBLE: Final = frozenset("possible supported available offered provided".split())
"""Whatever shall be possible is a deed that the list asks for."""


def _fragment(sentence: Sentence, phrase: Phrase, verb: str, name: str, kind: OperationKind) -> OperationMention:
    return OperationMention(
        actor="system",
        verb=verb,
        object=name,
        kind=kind,
        priority=priority_of(sentence),
        why=sentence.at(phrase.start, min(phrase.end + 2, len(sentence.tokens))),
    )


def _is_partner(sentence: Sentence, n: int, lex: Lexicon) -> bool:
    """Whether the phrase that begins at `n` names somebody or something outside: "the partner Veritas", "Mapbox"."""
    phrase = next((p for p in sentence.phrases if p.start == n), None)
    if phrase is None or (is_person(phrase.head_word, lex) and not phrase.proper):
        return False
    words = {t.low for t in sentence.tokens[phrase.start : phrase.end]}
    named = sentence.tokens[phrase.head].text[:1].isupper()
    return named or bool(words & {"partner", "supplier", "provider", "service", "vendor", "agency", "bureau"})


def _doer(kind: OperationKind, sentence: Sentence, lex: Lexicon) -> str:
    if kind in (OperationKind.EVENT, OperationKind.BATCH):
        return "system"
    return heading_actor(sentence, lex) or "user"


def _counted(sentence: Sentence, phrase: Phrase) -> bool:
    return any(q.core < phrase.end and q.mid >= phrase.start for q in sentence.quantities)


_REACH: Final = 40
"""Tokens on either side that can belong to the same stretch."""


def _no_verb_beside(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the stretch between marks that holds the phrase has no verb: it is a fragment or a member of a list."""
    tokens = sentence.tokens
    stops = {",", ";", ":", "(", ")", "."}
    k = phrase.start - 1
    while k >= max(0, phrase.start - _REACH) and tokens[k].low not in stops:
        if tokens[k].tag in ("AUX", "MODAL") or (tokens[k].tag == "VERB" and tokens[k].form != "ing"):
            return False
        k -= 1
    k = phrase.end
    stops |= _RELATIVE
    while k < min(len(tokens), phrase.end + _REACH) and tokens[k].low not in stops:
        if tokens[k].tag in ("AUX", "MODAL") or (tokens[k].tag == "VERB" and tokens[k].form in ("s", "base", "past")):
            if tokens[k].tag == "MODAL":
                return bool(_POSSIBLE & {t.low for t in tokens[k : k + _NEAR]})
            return any(t.low in ("while", "when", "if", "for") for t in tokens[phrase.end : k])
        k += 1
    return True


def _nominal_objects(
    sentence: Sentence, phrase: Phrase, row: NominalRow, memory: Memory, reading: Reading
) -> list[str]:
    lex, catalogue = reading.lex, reading.catalogue
    if row.object == "self":
        return [phrase.name]
    if row.object != "of":
        return [row.object]
    tokens = sentence.tokens
    first = phrase.name.rpartition(" ")[0]
    if first in lex.groups["means"]:  # a bank transfer, a card payment: how, and not on what
        first = ""
    if first:
        return [*_shared_modifiers(sentence, phrase), first]
    end = _last_joined(sentence, phrase, nominals(catalogue))
    if end < len(tokens) and tokens[end].low == "of":
        inner = next((p for p in sentence.phrases if p.start == end + 1), None)
        if inner is not None and thing_name(inner, lex):
            return [thing_name(inner, lex)]
    asked = phrase.start == 0 or tokens[phrase.start - 1].tag in ("VERB", "DET")
    if row.verb in ("sync", "import") and phrase.end < len(tokens) and tokens[phrase.end].low in ("from", "with", "to"):
        inner = next((p for p in sentence.phrases if p.start == phrase.end + 1), None)
        if inner is not None and inner.name:
            return [inner.name]
    if sentence.block.kind not in ("item", "cell") and row.kind is not OperationKind.QUERY and not asked:
        return []
    above = context_noun(sentence, lex)
    usual = next((d for d in usual_objects(row.verb, catalogue) if d in memory.named), "")
    return [n for n in (above or usual or (memory.topic or memory.thing if row.verb != "pay" else ""),) if n]


def _last_joined(sentence: Sentence, phrase: Phrase, rows: Mapping[str, NominalRow]) -> int:
    """The end of the last noun of a pair that shares what follows: "amendment and cancellation of a permit"."""
    end = phrase.end
    if end < len(sentence.tokens) and sentence.tokens[end].low in ("and", "or", "/"):
        other = next((p for p in sentence.phrases if p.start == end + 1), None)
        if other is not None and rows.get(other.name) is not None and rows[other.name].object == "of":
            return other.end
    return end


_RELATIVE: Final = frozenset("who which that whose where".split())


def _only_counted(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Payments: 7,000 a day", "contracts and payments: six years": a figure of it, and no act."""
    tokens = sentence.tokens
    if phrase.end + 1 >= len(tokens) or tokens[phrase.end].low != ":":
        return False
    return tokens[phrase.end + 1].tag == "NUM" or tokens[phrase.end + 1].kind == "num"


def _is_denied(sentence: Sentence, phrase: Phrase) -> bool:
    """ "I do not want to see the private calendar", "it doesn't cover delivery, authoring, or payments"."""
    verbs = 0
    for token in reversed(sentence.tokens[max(0, phrase.start - _REACH) : phrase.start]):
        if token.tag == "NEG":
            return True
        verbs += token.tag in ("VERB", "MODAL") or (token.tag == "AUX" and token.lemma != "do")
        if token.low in (";", ":", "but", ".") or verbs > _GOVERNING:
            return False
    return False


_GOVERNING: Final = 2
"""Verbs that may stand between a negation and what it denies: "not want to see"."""


def _shared_modifiers(sentence: Sentence, phrase: Phrase) -> list[str]:
    """The bounce in "bounce and complaint handling"."""
    k = phrase.start - 1
    if k > 0 and sentence.tokens[k].low in ("and", "or", "/", "&"):
        before = next((p for p in sentence.phrases if p.end == k), None)
        if before is not None and before.start == 0 and before.end - before.start <= 2:
            return [before.name]
    return []


@functools.lru_cache(maxsize=8)
def left_behind(catalogue: Catalogue) -> Mapping[str, str]:
    """What each verb leaves behind: pay a payment, reserve a reservation."""
    return {w.replace("_", " "): r.id for r in catalogue.table(DEVERBAL).values() for w in r.words.split()}
