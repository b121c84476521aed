"""What a clause acts on: its objects by name, what a pronoun stands for, and what is left out and understood."""

import functools
from collections.abc import Mapping, Sequence
from typing import Final

from archsmith.elicit.agents import ANYBODY, acts_itself
from archsmith.elicit.clauses import Clause
from archsmith.elicit.lexicon import Lexicon, WordClass
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import Memory, context_noun, is_person, thing_name
from archsmith.kernel.inflect import is_plural
from archsmith.knowledge.catalogue import Catalogue, Table

VERB_OBJECTS: Final = Table("verb_objects", WordClass)
_TOOL: Final = frozenset(
    "spreadsheet phone website web internet browser app portal laptop camera screen desk mail system".split()
)
_MANY: Final = frozenset("them these those they".split())
_BACK: Final = frozenset("it them these those".split())
_VAGUE_VALUES: Final = frozenset("time end start type kind way part side number rest percent percentage".split())
_OF_MONEY: Final = frozenset("pay refund charge".split())
_OF_ONESELF: Final = frozenset({"register", "sign up", "enrol", "enroll"})
"""Without an object these are done to whoever does them."""
_TO_ACCOUNT: Final = frozenset({"sign in", "log in", "log on", "sign out", "log out", "authenticate"})
_NEAR: Final = frozenset("these those".split())
"""These go back to the last thing that was spoken of."""
_ALL: Final = frozenset("everybody everyone".split())
_ONES: Final = frozenset("one ones rest remainder other others".split())
_LOOSE: Final = frozenset({"view", "notify", "stream"})
_SETTLED: Final = frozenset({"transition", "update", "delete"})
"""Classes of verbs that need an object: where it is left out, the sentence has it already."""


_OF_BOOKED: Final = frozenset({"cancel", "reschedule", "rebook", "call off"})
"""Done to what somebody booked, ordered or reserved before."""


EXPECT: Final = "expect"
"""To look at what others have booked: "a host sees who comes today"."""


def tells_who_comes(clause: Clause, lex: Lexicon) -> bool:
    """Whether a clause is about who comes, is coming or has booked."""
    behind = [t.low for t in clause.sentence.tokens[clause.verb + 1 : clause.verb + 5]]
    return behind[:1] in (["who"], ["who's"], ["whoever"]) and not lex.groups["coming"].isdisjoint(behind)


@functools.lru_cache(maxsize=8)
def _defaults(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    return {r.id: tuple(r.words.split()) for r in catalogue.table(VERB_OBJECTS).values()}


def usual_objects(lemma: str, catalogue: Catalogue) -> tuple[str, ...]:
    """What a verb is usually done to."""
    return _defaults(catalogue).get(lemma, ())


def objects_of(clause: Clause, earlier: Sequence[Clause], reading: Reading, memory: Memory) -> list[str]:
    """The names of what a clause acts on, as far as the text tells; empty where it does not.

    `earlier`: the clauses before it in the same sentence.
    """
    lex = reading.lex
    if clause.lemma in _TO_ACCOUNT:
        return ["account"]
    if tells_who_comes(clause, lex):
        return [memory.booked] if memory.booked else []
    if clause.objects:
        names = [n for n in (_name(p, clause, earlier, lex, memory) for p in clause.objects) if n]
        if names or clause.lemma not in _OF_MONEY:
            return list(dict.fromkeys(names))
    following = [t.low for t in clause.sentence.tokens[clause.verb + 1 : clause.verb + 5]]
    if "what" in following and {"is", "are", "we"} & set(following) and lex.kind(clause.lemma) == "query":
        return [memory.thing] if memory.thing else []
    if clause.passive and clause.subject_word in ("he", "she", "they", "whoever"):
        back = _antecedent(clause, earlier, lex, many=True) if clause.subject_word == "they" else ""
        return [back or memory.actor or ANYBODY]
    if clause.pronoun:
        if clause.pronoun not in _BACK and clause.pronoun != "each other":
            return []
        near = memory.mentioned if clause.pronoun in _NEAR else ""
        many = clause.pronoun in _MANY
        before = memory.last or (memory.many if many else "") or memory.thing
        back = _antecedent(clause, earlier, lex, many) or near or before
        return [back] if back else []
    if clause.passive:
        back = _antecedent(clause, earlier, lex) or context_noun(clause.sentence, lex) or memory.last
        return [back] if back else []
    if clause.lemma in _OF_MONEY and memory.actor and _ALL & set(following[:1]):
        return [memory.actor]
    if clause.subject_word == "we":
        return []
    return [n for n in (_left_out(clause, earlier, reading, memory),) if n]


def _name(phrase: Phrase, clause: Clause, earlier: Sequence[Clause], lex: Lexicon, memory: Memory) -> str:
    """The name of an object; an attribute such as `amount` or `result` can be set, recorded and looked at, too."""
    head = phrase.head_word
    if head in _ONES:
        many = head not in ("one", "other") or clause.sentence.tokens[phrase.head].low in ("ones", "others")
        return _antecedent(clause, earlier, lex, many or None) or memory.last
    return phrase_name(phrase, lex)


def phrase_name(phrase: Phrase, lex: Lexicon) -> str:
    """The name of a phrase as a thing, or as an attribute of one; empty where it is neither."""
    head = phrase.head_word
    name = thing_name(phrase, lex)
    if name:
        return name
    kept = phrase.name in lex.groups["kept"] or head in lex.groups["kept"]
    return phrase.name if kept and head not in _VAGUE_VALUES else ""


def _left_out(clause: Clause, earlier: Sequence[Clause], reading: Reading, memory: Memory) -> str:
    """The object of "patients book, move and cancel" or "manager approves": only for verbs that must have one.

    What was just acted on or what the verb usually has, where the brief names it; what stands above; else what the
    sentence has.
    """
    lex = reading.lex
    subject = clause.subject
    if subject is not None and not acts_itself(subject.head_word, lex) and _is_inert(subject, lex):
        return ""
    if clause.lemma in _OF_ONESELF and subject is not None:
        return subject.name
    if clause.lemma in _OF_BOOKED and memory.booked:
        return memory.booked
    defaults = usual_objects(clause.lemma, reading.catalogue)
    row = context_noun(clause.sentence, lex)
    if row and clause.sentence.block.kind == "cell":
        return row
    if row in defaults:
        return row
    here = {p.head_word for p in clause.sentence.phrases if p.end <= clause.start}
    near = next((d for d in defaults if d in here), "")
    if near or memory.last in defaults:
        return near or memory.last
    acted = _acted_on(earlier, lex) if lex.classes.get(clause.lemma) in _SETTLED else ""
    if acted and defaults:
        return acted
    named = next((d for d in defaults if d in memory.named), "")
    if named:
        return named
    if defaults and lex.classes.get(clause.lemma) not in _LOOSE:
        about = memory.topic or memory.thing if subject is None or acts_itself(subject.head_word, lex) else ""
        return row or _antecedent(clause, earlier, lex) or memory.last or about
    if lex.classes.get(clause.lemma) in _SETTLED and _breaks_off(clause):
        return row or _antecedent(clause, earlier, lex)
    return ""


def _acted_on(earlier: Sequence[Clause], lex: Lexicon) -> str:
    """What the clause before it in the sentence was done to, if it is a thing that can be approved or cancelled."""
    for before in reversed(earlier[-2:]):
        for phrase in before.objects:
            name = thing_name(phrase, lex)
            if name and phrase.head_word in lex.groups["kept"] and not _is_no_patient(phrase, lex):
                return name
    return ""


def _is_inert(subject: Phrase, lex: Lexicon) -> bool:
    return subject.head_word in lex.groups["thing"] or subject.proper


def _breaks_off(clause: Clause) -> bool:
    """Whether the clause ends with its verb, or goes on with a mark, a time or a reason."""
    tokens = clause.sentence.tokens
    following = tokens[clause.verb + 1] if clause.verb + 1 < len(tokens) else None
    return (
        following is None or following.tag in ("MARK", "CONJ", "SUB") or following.low in ("after", "within", "before")
    )


def _antecedent(clause: Clause, earlier: Sequence[Clause], lex: Lexicon, many: bool | None = None) -> str:
    """The thing that is spoken of: the object of the last clause before, as far as its number fits; else the first
    thing of the sentence before the verb.
    """
    tokens = clause.sentence.tokens
    for before in reversed(earlier[-3:]):
        for phrase in before.objects:
            name = thing_name(phrase, lex)
            if phrase.start >= clause.start or not name or _is_no_patient(phrase, lex):
                continue
            if many is None or is_plural(tokens[phrase.head].low) == many:
                return name
    doers = {c.subject.start for c in earlier[-8:] if c.subject is not None and c.objects and not c.passive}
    fallback = ""
    for phrase in clause.sentence.phrases:
        if phrase.start >= clause.start:
            break
        name = thing_name(phrase, lex)
        if phrase == clause.subject or phrase.start in doers or not name or _is_no_patient(phrase, lex):
            continue
        if many is None or (phrase.start <= 1 and not many) or is_plural(tokens[phrase.head].low) == many:
            return name
        fallback = fallback or name
    return fallback


def _is_no_patient(phrase: Phrase, lex: Lexicon) -> bool:
    return is_person(phrase.head_word, lex) or phrase.head_word in _TOOL
