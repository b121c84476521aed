"""What pronouns and left-out objects go back to: the row, the topic of the sentence, the last object, the main
thing.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.cues import words_of
from archsmith.elicit.inflect import is_plural, singular
from archsmith.elicit.lexicon import Lexicon, WordClass
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading, Sentence
from archsmith.knowledge.catalogue import Catalogue, Table

VERB_OBJECTS: Final = Table("verb_objects", WordClass)
_GENERIC: Final = frozenset(
    "form page file request total rule plan standard feed list record table line room version result code key level"
    " value score point history report status case note card account statement type class group set entry event"
    " item slot sheet map option area zone".split()
)
_PLAIN_HEADS: Final = frozenset(
    "must should could wont won't may mandatory optional feature limit quality scope".split()
)
"""Words of headings that group requirements and name no thing."""
_TOOL: Final = frozenset(
    "spreadsheet phone website web internet browser app portal laptop camera screen desk mail system".split()
)


@dataclass(slots=True)
class Memory:
    """What was spoken of: `topic` of the brief, `last` object, `actor` and the main `thing` that the brief counts."""

    topic: str = ""
    thing: str = ""
    last: str = ""
    actor: str = ""
    named: frozenset[str] = field(default_factory=frozenset)


@functools.lru_cache(maxsize=8)
def _defaults(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    return {r.id: tuple(r.words.split()) for r in catalogue.table(VERB_OBJECTS).values()}


def remember(reading: Reading) -> Memory:
    """The memory at the start of a brief."""
    named: set[str] = set()
    for sentence in reading.sentences:
        for phrase in sentence.phrases:
            named.add(phrase.head_word)
            named.add(phrase.name)
    return Memory(topic=_topic(reading), thing=_thing(reading), named=frozenset(named))


def is_person(word: str, lex: Lexicon) -> bool:
    """Whether a noun names people: known ones, or the doer of a deed by its ending."""
    if word in lex.groups["person"]:
        return True
    groups = lex.groups
    if any(word in groups[g] for g in ("device", "event", "abstract", "not_person")):
        return False
    if len(word) > 5 and word.endswith(("ist", "eer", "ician", "ologist", "worker", "holder", "keeper", "goer")):
        return True
    if len(word) > 5 and word.endswith(("er", "or")):
        return any(stem in lex.forms and "base" in lex.forms[stem].forms for stem in (word[:-2], word[:-1], word[:-3]))
    return False


def thing_name(phrase: Phrase, lex: Lexicon) -> str:
    """The name of a phrase as a thing of the business; empty where it is none (time, place, measure)."""
    head = phrase.head_word
    if head in lex.groups["abstract"] or head in ("who", "which") or not head.replace("-", "").isalnum():
        return phrase.name if " " in phrase.name and head in _GENERIC else ""
    return phrase.name


def objects_of(clause: Clause, reading: Reading, memory: Memory) -> list[str]:
    """The names of what a clause acts on, as far as the text tells; empty where it does not."""
    lex = reading.lex
    names = [n for n in (thing_name(p, lex) for p in clause.objects) if n]
    if names:
        return list(dict.fromkeys(names))
    following = [t.low for t in clause.sentence.tokens[clause.verb + 1 : clause.verb + 5]]
    if "what" in following and {"is", "are", "we"} & set(following) and lex.kind(clause.lemma) == "query":
        return [memory.thing] if memory.thing else []
    if clause.pronoun:
        back = _antecedent(clause, lex) or (memory.last if clause.pronoun != "that" else "")
        return [n for n in (back or memory.thing,) if n]
    if clause.passive and not clause.objects and clause.subject_word in ("they", "he", "she") and memory.actor:
        return [memory.actor]
    if clause.passive and not clause.objects:
        back = context_noun(clause.sentence, lex) or _antecedent(clause, lex) or memory.last
        return [back] if back else []
    return [n for n in (_left_out(clause, reading, memory),) if n]


def _left_out(clause: Clause, reading: Reading, memory: Memory) -> str:
    """The object of "patients book, move and cancel" or "manager approves": only for verbs that must have one.

    What the verb usually has, where the brief names it; what stands above; what was acted on just before.
    """
    defaults = _defaults(reading.catalogue).get(clause.lemma, ())
    row = context_noun(clause.sentence, reading.lex)
    if row and clause.sentence.block.kind == "cell":
        return row
    for default in defaults:
        if default in memory.named:
            return default
    if defaults:
        return row or _antecedent(clause, reading.lex) or memory.last or memory.topic or memory.thing
    return ""


def context_noun(sentence: Sentence, lex: Lexicon) -> str:
    """The thing that the row or the heading above names: "Assignments", "Grades"."""
    block = sentence.block
    titles = [block.row] if block.row and block.row != block.piece.text.strip() else []
    if block.kind == "item":
        titles += [h for h in block.headings[1:] if len(h.split()) <= 2][-1:]
    for title in titles:
        words = [singular(w) for w in words_of(title)]
        if (
            words
            and len(words) <= 3
            and not _PLAIN_HEADS & set(words)
            and words[-1] not in lex.groups["abstract"]
            and not is_person(words[-1], lex)
        ):
            name = " ".join(words)
            return name if lex.forms.get(words[-1]) is None or words[-1] in lex.groups["also_noun"] else ""
    return ""


def _antecedent(clause: Clause, lex: Lexicon) -> str:
    """The thing that "it" or "them" stands for: the first thing of the same sentence before the verb that fits
    in number.
    """
    many = clause.pronoun in ("them", "these", "those")
    fallback = ""
    doers = _doers(clause, lex) if clause.pronoun else frozenset()
    for phrase in clause.sentence.phrases:
        if phrase.start >= clause.start:
            break
        if phrase == clause.subject or phrase.start in doers:
            continue
        name = thing_name(phrase, lex)
        if not name or is_person(phrase.head_word, lex) or phrase.head_word in _TOOL:
            continue
        if not clause.pronoun or phrase.start <= 1 or is_plural(clause.sentence.tokens[phrase.head].low) == many:
            return name
        fallback = fallback or name
    return fallback


def _doers(clause: Clause, lex: Lexicon) -> frozenset[int]:
    """Where the subjects stand that act on a thing before the clause: "a TPP initiates a payment; X confirms it"."""
    return frozenset(
        c.subject.start
        for c in clauses(clause.sentence, lex)
        if c.verb < clause.verb and c.subject is not None and c.objects and not c.passive
    )


def _topic(reading: Reading) -> str:
    """The noun that the brief is about, of its title or first line: an event noun before others."""
    for sentence in reading.sentences[:2]:
        for phrase in sentence.phrases:
            if phrase.head_word in reading.lex.groups["event"]:
                return phrase.head_word
    return ""


def _thing(reading: Reading) -> str:
    """The first thing that the brief counts and that is no person, device or event."""
    lex = reading.lex
    for sentence in reading.sentences:
        for q in sentence.quantities:
            if q.kind != "count" or q.value < 10 or q.mid >= len(sentence.tokens):
                continue
            phrase = sentence.phrase_at(q.mid)
            if phrase is None or phrase.head_word in lex.groups["abstract"] - {"thing"}:
                continue
            word = phrase.head_word
            if not is_person(word, lex) and word not in lex.groups["site"] and word not in lex.groups["team"]:
                return word
    return ""
