"""Operations that a brief tells or implies: who does what with what, each once."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.acts import Told, named
from archsmith.elicit.adjectives import from_adjectives
from archsmith.elicit.agents import ANYBODY, SYSTEM, actor_of, is_thing
from archsmith.elicit.arrivals import from_arrivals
from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.deeds import from_fragments, from_nouns
from archsmith.elicit.flows import flows
from archsmith.elicit.gerunds import from_gerunds
from archsmith.elicit.implied import from_messages, from_rates, from_retention, from_systems
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.narration import is_narrated
from archsmith.elicit.objects import EXPECT, objects_of, phrase_name, tells_who_comes
from archsmith.elicit.patients import Patients
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import Memory, is_person, remember, thing_name
from archsmith.elicit.relevance import is_kept_up, tells_operation
from archsmith.elicit.shapes import bracketed
from archsmith.elicit.structure import Block
from archsmith.elicit.wishes import wished
from archsmith.kernel.inflect import is_plural
from archsmith.model.requirements import ExternalSystem, Number, OperationKind, OperationMention

_BY_ITSELF: Final = frozenset("expire lapse close reopen return renew move archive time_out auto-renew".split())
"""What happens to a thing and is put as its own deed: "holds expire"."""
_BOOKING: Final = frozenset("book order reserve rent hire place request arrange schedule submit lodge".split())
"""What can be cancelled or prolonged later on was booked first."""
_RECURRING: Final = frozenset({"nightly", "weekly", "monthly", "daily"})


def find_operations(reading: Reading, numbers: list[Number], systems: list[ExternalSystem]) -> list[OperationMention]:
    """The operations of a brief in reading order, each once; what is only implied comes last."""
    memory, told = remember(reading), Told(reading.catalogue)
    patients = Patients(reading, memory.thing)

    def fit(found: Iterator[OperationMention]) -> Iterator[OperationMention]:
        return (o for o in found if patients.allows(o.object, named(o.verb, o.object, reading.catalogue), o.kind))

    block: Block | None = None
    opening: Sentence | None = None
    title = ""
    for sentence in reading.sentences:
        if sentence.block is not block:
            if block is None or not _goes_on(block, sentence.block):
                memory.last = memory.mentioned = memory.many = ""
            block, opening = sentence.block, sentence
            title = "" if block.kind == "heading" else sentence.text if block.kind == "item" else title
        if sentence.scope.excluded or sentence.scope.story or sentence.block.kind == "heading":
            continue
        if is_narrated(sentence, opening, title, reading.cues):
            continue
        told.keep(fit(_from_clauses(sentence, reading, memory)))
        told.keep(fit(from_nouns(sentence, reading, memory)))
        told.keep(fit(from_fragments(sentence, reading)))
        told.keep(fit(from_gerunds(sentence, reading, memory)))
        told.keep(fit(from_adjectives(sentence, reading)))
        told.keep(fit(from_arrivals(sentence, reading)))
        told.keep(from_messages(sentence, reading, told.found))
        memory.mentioned, memory.many = _last_thing(sentence, reading.lex), _first_things(sentence, reading.lex)
    told.keep(from_systems(systems, told.found))
    told.keep(from_rates(numbers, told.found, reading))
    told.keep(fit(from_retention(numbers, reading)))
    return told.found


def _last_thing(sentence: Sentence, lex: Lexicon) -> str:
    """The thing that the sentence names last."""
    names = (thing_name(p, lex) for p in reversed(sentence.phrases) if not is_person(p.head_word, lex))
    return next((n for n in names if n), "")


def _first_things(sentence: Sentence, lex: Lexicon) -> str:
    """The things, in the plural, that the sentence names first: "there are about 90 places that have desks"."""
    details = bracketed(sentence)
    many = (p for p in sentence.phrases if is_plural(sentence.tokens[p.head].low) and p.head not in details)
    return next((n for n in (thing_name(p, lex) for p in many if not is_person(p.head_word, lex)) if n), "")


_MEDIA: Final = frozenset("photo photograph scan picture copy file document pdf number text name".split())


def _labelled(name: str, sentence: Sentence) -> str:
    """ "Insurance card: photo uploaded by the patient": of which thing the photo is."""
    if name not in _MEDIA or len(sentence.tokens) < _SHORTEST or not sentence.phrases:
        return name
    label = sentence.phrases[0]
    if label.start or label.end > _LONGEST_LABEL or sentence.tokens[label.end].low != ":" or label.name == name:
        return name
    return f"{label.name} {name}"


_SHORTEST: Final = 4
_LONGEST_LABEL: Final = 3


def _goes_on(one: Block, two: Block) -> bool:
    """Whether two blocks are neighbours in one list, so that the second may speak of what the first named."""
    return one.kind == two.kind == "item" and one.headings == two.headings


def _from_clauses(sentence: Sentence, reading: Reading, memory: Memory) -> Iterator[OperationMention]:
    lex = reading.lex
    found = clauses(sentence, lex)
    for n, clause in enumerate(found):
        earlier = found[max(0, n - 8) : n]
        actor = actor_of(clause, earlier, lex, memory)
        other = wished(clause, reading, actor) or flows(clause, lex)
        if other is not None:
            yield from other
            continue
        if actor not in (SYSTEM, ANYBODY) and clause.subject is not None and is_person(clause.subject.head_word, lex):
            memory.actor = actor
        if not tells_operation(clause, lex):
            continue
        names = [_happens(clause, lex)] if is_thing(clause, lex) else []
        for name in [n for n in names if n] or objects_of(clause, earlier, reading, memory):
            if not is_person(name.rpartition(" ")[2], lex):
                memory.last = name
            if clause.lemma in _BOOKING and actor != SYSTEM:
                memory.booked = name
            yield OperationMention(
                actor=actor,
                verb=_verb(clause, lex),
                object=_labelled(name, sentence),
                kind=_kind(clause, lex),
                priority=priority_of(sentence),
                why=sentence.at(clause.start, clause.end),
            )


def _happens(clause: Clause, lex: Lexicon) -> str:
    """ "Holds expire after 7 days", "the ticket returns to the list": the thing that it happens to."""
    subject = clause.subject
    tokens = clause.sentence.tokens
    following = tokens[clause.verb + 1].tag if clause.verb + 1 < len(tokens) else "MARK"
    if (
        subject is None
        or clause.lemma not in _BY_ITSELF
        or following not in ("MARK", "PREP", "TO", "ADV", "CONJ", "SUB")
    ):
        return ""
    return phrase_name(subject, lex)


def _verb(clause: Clause, lex: Lexicon) -> str:
    """ "See where the courier is" is to track him, "see who comes" to expect what was booked."""
    if tells_who_comes(clause, lex):
        return EXPECT
    tokens = clause.sentence.tokens
    behind = [t.low for t in tokens[clause.verb + 1 : clause.verb + 4]]
    where = behind[:1] == ["where"] or behind[1:] in (["time", "where"], ["moment", "where"])
    return "track" if where and clause.lemma in ("see", "view", "show", "know", "look up") else clause.lemma


def _kind(clause: Clause, lex: Lexicon) -> OperationKind:
    if is_kept_up(clause):
        return OperationKind.COMMAND
    kind = OperationKind(lex.kind(clause.lemma))
    recurring = _RECURRING & clause.sentence.words or any(
        t.low in ("every", "each") for t in clause.sentence.tokens[clause.end : clause.end + 4]
    )
    if kind is OperationKind.COMMAND and clause.subject_word in ("we", "") and clause.passive and recurring:
        return OperationKind.BATCH
    if clause.lemma == "list" and clause.objects and _is_one(clause):
        return OperationKind.COMMAND
    return kind


def _is_one(clause: Clause) -> bool:
    """ "A seller lists a ticket" offers it; "admins list all tickets" looks at them."""
    return clause.sentence.tokens[clause.objects[0].start].low in ("a", "an", "his", "her", "their", "one")
