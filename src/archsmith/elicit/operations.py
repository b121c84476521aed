"""Operations: who does what with what, from clauses, from nouns that stand for deeds, and from what lists leave out."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.lexicon import Lexicon, WordClass
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import OperationKind, OperationMention, Priority

_OWN: Final = frozenset(
    "build sell make run offer operate produce_goods plan count want hire sell supply provide develop spend grow work lend start"
    " move plan_to buy think talk sit work use launch license".split()
)
_SKIP: Final = frozenset(
    "use work test begin start help try run take go do set stop follow hold offer share_view act base spend say".split()
)
_VAGUE: Final = frozenset("what which who how where".split())


class NominalRow(Value, frozen=True, kw_only=True):
    """Nouns that stand for an operation: its verb, its object (self, of, or fixed words) and its kind."""

    id: str
    nouns: str
    verb: str
    object: str
    kind: OperationKind


NOMINALS: Final = Table("nominals", NominalRow)
VERB_OBJECTS: Final = Table("verb_objects", WordClass)


@functools.lru_cache(maxsize=8)
def _nominals(catalogue: Catalogue) -> Mapping[str, NominalRow]:
    return {n.replace("_", " "): r for r in catalogue.table(NOMINALS).values() for n in r.nouns.split()}


@functools.lru_cache(maxsize=8)
def _defaults(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    return {r.id: tuple(r.words.split()) for r in catalogue.table(VERB_OBJECTS).values()}


@dataclass(slots=True)
class _Memory:
    """What pronouns and elided objects go back to."""

    topic: str = ""
    last: str = ""
    actor: str = ""


def find_operations(reading: Reading) -> list[OperationMention]:
    """The operations of a brief in reading order, each once."""
    named = _nouns(reading)
    memory = _Memory(topic=_topic(reading))
    seen: set[tuple[str, str, str]] = set()
    out: list[OperationMention] = []
    for sentence in reading.sentences:
        if sentence.scope.excluded or sentence.scope.story:
            continue
        found = [*_from_clauses(sentence, reading, memory, named), *_from_nouns(sentence, reading, memory)]
        for operation in found:
            key = (operation.actor, operation.verb, operation.object)
            if key not in seen and (("", *key[1:]) not in seen):
                seen.add(key)
                out.append(operation)
    return out


def _from_clauses(
    sentence: Sentence, reading: Reading, memory: _Memory, named: frozenset[str]
) -> Iterator[OperationMention]:
    lex = reading.lex
    if sentence.block.kind == "heading":
        return
    for clause in clauses(sentence, lex):
        actor = _actor(clause, lex, memory, sentence)
        objects = _objects(clause, reading, memory, named)
        if actor and clause.subject is not None:
            memory.actor = actor
        if not _counts(clause, lex, actor):
            continue
        for name in objects:
            memory.last = name
            yield OperationMention(
                actor=actor or "user",
                verb=clause.lemma,
                object=name,
                kind=_kind(clause, lex, sentence),
                priority=priority_of(sentence, clause),
                why=sentence.at(clause.start, clause.end),
            )


def _counts(clause: Clause, lex: Lexicon, actor: str) -> bool:
    """Whether a clause tells an operation of the system, and not a state, a story or a ban."""
    kind = lex.kinds.get(clause.lemma, "command")
    if kind == "none" or clause.negated or clause.past or clause.lemma in _SKIP:
        return False
    if clause.subject_word in ("we", "i") and (clause.lemma in _OWN or clause.modal in ("would", "could")):
        return False
    if clause.subject_word in ("nobody", "what", "this", "that", "it") and not clause.passive:
        return False
    if clause.conditional and not clause.passive and clause.modal == "":
        return False
    return not (clause.sentence.tokens[clause.verb].form == "ing" and clause.subject is None and clause.start > 0)


def _actor(clause: Clause, lex: Lexicon, memory: _Memory, sentence: Sentence) -> str:
    subject = clause.subject
    if subject is not None:
        head = subject.head_word
        if is_person(head, lex) or head in lex.groups["device"] or head in lex.groups["company"]:
            return _role_name(subject, lex)
        if clause.passive:
            return head if head not in lex.groups["abstract"] else "system"
        return "system" if head in lex.groups["abstract"] or not subject.name else subject.name
    word = clause.subject_word
    if word in ("he", "she", "they", "whoever"):
        return memory.actor or "user"
    if word in ("we", "it") or clause.passive:
        return "system"
    if word == "i":
        story = _story_actor(sentence, lex)
        return story or "user"
    lead = _heading_actor(sentence, lex)
    return lead or ("user" if clause.start == 0 or clause.modal == "" else "system")


def is_person(word: str, lex: Lexicon) -> bool:
    """Whether a noun names people: known ones, or the doer of a deed by its ending."""
    if word in lex.groups["person"]:
        return True
    if word in lex.groups["device"] or word in lex.groups["event"] or word in lex.groups["abstract"]:
        return False
    return len(word) > 5 and word.endswith(("ist", "eer", "ician", "ologist", "worker", "holder", "keeper", "goer"))


def _role_name(subject: Phrase, lex: Lexicon) -> str:
    words = subject.name.split()
    return " ".join(words[-2:]) if len(words) > 1 else subject.name


def _story_actor(sentence: Sentence, lex: Lexicon) -> str:
    """ "As a nurse I want to ...": the nurse."""
    tokens = sentence.tokens
    if tokens and tokens[0].low == "as":
        phrase = next((p for p in sentence.phrases if p.start <= 2), None)
        if phrase is not None:
            return phrase.name
    return ""


def _heading_actor(sentence: Sentence, lex: Lexicon) -> str:
    from archsmith.elicit.cues import words_of
    from archsmith.elicit.inflect import singular

    for title in (sentence.block.lead, sentence.block.row, *reversed(sentence.block.headings[1:])):
        words = [singular(w) for w in words_of(title)]
        for word in words[:6]:
            if word in lex.groups["person"]:
                return word
    return ""


def _objects(clause: Clause, reading: Reading, memory: _Memory, named: frozenset[str]) -> list[str]:
    lex = reading.lex
    names = []
    for phrase in clause.objects:
        name = thing_name(phrase, lex)
        if name:
            names.append(name)
    if names:
        return names
    if clause.pronoun and memory.last:
        return [memory.last]
    base = clause.lemma
    for default in _defaults(reading.catalogue).get(base, ()):
        if default in named:
            return [default]
    if memory.topic and base in _defaults(reading.catalogue):
        return [memory.topic]
    return []


def thing_name(phrase: Phrase, lex: Lexicon) -> str:
    """The name of a phrase as a thing of the business; empty where it is none (time, place, measure)."""
    head = phrase.head_word
    if head in lex.groups["abstract"] or head in ("who", "which") or not head.replace("-", "").isalnum():
        words = phrase.name.split()
        if len(words) > 1 and head in ("form", "page", "file", "request", "total", "rule", "plan", "standard", "feed"):
            return phrase.name
        return ""
    return phrase.name


def _kind(clause: Clause, lex: Lexicon, sentence: Sentence) -> OperationKind:
    kind = OperationKind(lex.kind(clause.lemma))
    recurring = {"every", "each", "nightly", "weekly", "monthly", "daily"} & sentence.words
    if kind is OperationKind.COMMAND and clause.subject_word in ("we", "") and clause.passive and recurring:
        return OperationKind.BATCH
    return kind


def priority_of(sentence: Sentence, clause: Clause | None = None) -> Priority:
    """From the heading, else from the modal: should and would like are wishes, the rest binds."""
    words = sentence.words
    if sentence.scope.priority is not None:
        return sentence.scope.priority
    low = sentence.text.lower()
    if (
        "nice to have" in low
        or "would be nice" in low
        or "if possible" in low
        or "optional" in words
        or "ideally" in words
    ):
        return Priority.COULD
    if (
        "later" in words
        and not {"must", "until", "or"} & words
        and sentence.tokens[-2:]
        and "later" in [t.low for t in sentence.tokens[-2:]]
    ):
        return Priority.LATER
    if "should" in words and "must" not in words:
        return Priority.SHOULD
    if "would" in words and ("like" in words or "love" in words):
        return Priority.SHOULD
    return Priority.MUST


def _from_nouns(sentence: Sentence, reading: Reading, memory: _Memory) -> Iterator[OperationMention]:
    """ "Order confirmation by e-mail", "Firmware updates over the air" in lists and fragments."""
    nominals = _nominals(reading.catalogue)
    if sentence.block.kind == "heading":
        return
    tokens = sentence.tokens
    fragment = not any(t.tag in ("VERB", "AUX", "MODAL") and t.form != "ing" for t in tokens)
    for phrase in sentence.phrases:
        head = phrase.head_word
        row = nominals.get(head)
        if row is None or any(
            q.core < phrase.end and q.end >= phrase.end and q.kind == "count" for q in sentence.quantities
        ):
            continue
        wanted = (
            phrase.start > 0
            and tokens[phrase.start - 1].tag == "VERB"
            and tokens[phrase.start - 1].lemma
            in ("want", "need", "get", "receive", "support", "offer", "provide", "allow", "require")
        )
        if not (fragment and _leads(sentence, phrase)) and not wanted:
            continue
        name = _nominal_object(sentence, phrase, row, memory, reading.lex)
        if name:
            yield OperationMention(
                actor="system"
                if row.kind in (OperationKind.EVENT, OperationKind.BATCH)
                else _heading_actor(sentence, reading.lex) or "user",
                verb=row.verb,
                object=name,
                kind=row.kind,
                priority=priority_of(sentence),
                why=sentence.at(phrase.start, phrase.end),
            )


def _leads(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the phrase is a member of the list that the fragment is, and not inside a prepositional phrase."""
    k = phrase.start - 1
    return k < 0 or sentence.tokens[k].low in (",", "and", ";", ":", "&", "+", "/", "-", "–", "or", "plus")


def _nominal_object(sentence: Sentence, phrase: Phrase, row: NominalRow, memory: _Memory, lex: Lexicon) -> str:
    if row.object == "self":
        return phrase.name
    if row.object != "of":
        return row.object
    before = phrase.name.rpartition(" ")[0]
    if before:
        return before
    tokens = sentence.tokens
    if phrase.end < len(tokens) and tokens[phrase.end].low == "of":
        inner = next((p for p in sentence.phrases if p.start == phrase.end + 1), None)
        if inner is not None:
            return thing_name(inner, lex)
    return memory.topic


def _nouns(reading: Reading) -> frozenset[str]:
    out: set[str] = set()
    for sentence in reading.sentences:
        for phrase in sentence.phrases:
            out.add(phrase.head_word)
            out.add(phrase.name)
    return frozenset(out)


def _topic(reading: Reading) -> str:
    """The noun that the brief is about, of its title or first line: an event noun before others."""
    for sentence in reading.sentences[:2]:
        names = [p for p in sentence.phrases if p.head_word not in reading.lex.groups["abstract"]]
        for phrase in names:
            if phrase.head_word in reading.lex.groups["event"]:
                return phrase.head_word
    return ""
