"""Things of the business that the brief names, weighed by how it speaks of them, and the actors."""

from dataclasses import dataclass, field
from typing import Final

from archsmith.elicit.clauses import clauses
from archsmith.elicit.deeds import left_behind, nominals
from archsmith.elicit.inflect import singular
from archsmith.elicit.numbers import Found
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import story_actor
from archsmith.elicit.proper import MEASURES, VAGUE, no_things
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import is_person, thing_name
from archsmith.kernel.ids import ActorId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Derived, Provenance, Stated
from archsmith.model.requirements import (
    Actor,
    ExternalSystem,
    Mention,
    NumberRole,
    OperationMention,
    TechnologyWish,
)

_THRESHOLD: Final = 2
_STAFF: Final = frozenset(
    "staff employee manager admin administrator operator support agent clerk receptionist finance editor"
    " moderator analyst reviewer"
    " dispatcher treasurer registrar supervisor lead accountant auditor volunteer director officer teacher"
    " doctor nurse planner team"
    " department librarian controller picker packer storekeeper caretaker engineer technician planner reception"
    " coordinator".split()
)
_NOT_THING: Final = frozenset(
    "system app website site page platform service product project company team staff developer engineer email"
    " e-mail mail"
    " phone browser screen internet server database api interface csv pdf cloud hosting data information list"
    " detail file_drop law tax"
    " card cash bank euro world public gcp aws kafka it rss web sms http json xml password button peak hour"
    " uptime response p95"
    " latency error version draft comment goal stage window evening morning mean factor waves air way bit"
    " percent board investor lawyer"
    " family sister brother colleague contractor freelancer programmer budget".split()
)


_NOT_HEAD: Final = _NOT_THING - frozenset(
    "list file information detail data mail product service team text waves event draft button card".split()
)


@dataclass(slots=True)
class _Candidate:
    weight: int = 0
    first: int = 0
    why: Stated | None = None
    attributes: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)


def find_mentions(
    reading: Reading,
    found: list[Found],
    operations: list[OperationMention],
    technologies: list[TechnologyWish],
    systems: list[ExternalSystem],
    excluded: frozenset[str],
) -> list[Mention]:
    """The things in the order in which the brief names them first."""
    names = {t.name.lower() for t in technologies} | {s.name.lower() for s in systems}
    pool: dict[str, _Candidate] = {}
    for f in found:
        _count(pool, f, reading)
    for sentence in reading.sentences:
        if not sentence.scope.excluded:
            _scan(pool, sentence, reading)
    for operation in operations:
        candidate = pool.setdefault(operation.object, _Candidate(first=1_000_000))
        candidate.weight += 2
        if candidate.why is None and isinstance(operation.why, Stated):
            candidate.first = operation.why.at.line * 1000
    for operation in operations:
        _after_deed(pool, operation, reading)
    out = []
    none = no_things(reading, excluded)
    acted = {o.object for o in operations if isinstance(o.why, Stated)}
    for name, c in sorted(pool.items(), key=lambda kv: (kv[1].first, kv[0])):
        if c.weight < _THRESHOLD or not _is_thing(name, reading, names) or name in excluded:
            continue
        head = name.rpartition(" ")[2]
        if (name in none and (name not in acted or name in excluded)) or head in MEASURES or head in VAGUE:
            continue
        why: Provenance = c.why or Derived(rule="operation object", inputs=(name,))
        out.append(
            Mention(
                name=name, attributes=tuple(dict.fromkeys(c.attributes)), states=tuple(dict.fromkeys(c.states)), why=why
            )
        )
    return out


def _after_deed(pool: dict[str, _Candidate], operation: OperationMention, reading: Reading) -> None:
    """What a deed leaves behind, and who does it: paying leaves a payment."""
    name = left_behind(reading.catalogue).get(operation.verb)
    if name and name not in pool:
        pool[name] = _Candidate(weight=_THRESHOLD, first=2_000_000)
    elif name:
        pool[name].weight += _THRESHOLD
    if operation.actor in pool and operation.actor not in ("system", "user"):
        pool[operation.actor].weight += 1


def _is_thing(name: str, reading: Reading, names: set[str]) -> bool:
    head = name.rpartition(" ")[2]
    if name in _NOT_THING or (head in _NOT_HEAD) or name in names or head in names or len(name) > 40:
        return False
    if len(name) < 3 and name not in ("cv", "ad", "id"):
        return False
    if name == "application" and not reading.applies:
        return False
    if any(part in reading.lex.groups["number"] or part in ("largest", "biggest") for part in name.split()):
        return False
    if head in reading.lex.groups["abstract"] and " " not in name:
        return False
    if head in reading.lex.groups["team"] or any(ch.isdigit() for ch in name):
        return False
    return head not in reading.cues["geography"] and all(
        part.replace("-", "").replace("'", "").isalpha() for part in name.split()
    )


def _note(pool: dict[str, _Candidate], sentence: Sentence, phrase: Phrase, name: str, weight: int) -> None:
    if not name:
        return
    candidate = pool.get(name)
    if candidate is None:
        candidate = pool[name] = _Candidate(first=sentence.number * 1000 + phrase.start)
    candidate.weight += weight
    if candidate.why is None:
        candidate.why = sentence.at(
            phrase.head if " " not in name else max(phrase.start, phrase.head - name.count(" ")), phrase.end
        )


def _count(pool: dict[str, _Candidate], f: Found, reading: Reading) -> None:
    phrase, owner = f.context.attached.phrase, f.context.attached.owner
    if phrase is None or owner is None:
        return
    if f.context.quantity.kind not in ("count", "size"):
        if f.number.role is NumberRole.RETENTION:
            _note(pool, owner, phrase, thing_name(phrase, reading.lex), 1)
        return
    if f.number.role in (NumberRole.TEAM, NumberRole.GEOGRAPHY):
        return
    name = phrase.name
    _note(pool, owner, phrase, name, 2)
    if " " in name and phrase.head_word in reading.lex.groups["event"]:
        _note(pool, owner, phrase, phrase.head_word, 1)
    per = f.context.attached.per
    if per is not None:
        _note(pool, f.context.sentence, per, thing_name(per, reading.lex), 2)


def _scan(pool: dict[str, _Candidate], sentence: Sentence, reading: Reading) -> None:
    """Subjects and objects of clauses, members of lists, rows of tables: each use adds weight."""
    lex = reading.lex
    title = sentence.block.kind == "heading"
    duty = any(t.tag == "MODAL" for t in sentence.tokens)
    for phrase in sentence.phrases:
        name = thing_name(phrase, lex)
        if name and not (phrase.proper and " " not in name and phrase.start > 0 and not is_person(name, lex)):
            person = is_person(phrase.head_word, lex)
            known = phrase.head_word in lex.groups["event"] or person
            _note(pool, sentence, phrase, name, 2 if person and duty else 1 if known or not title else 0)
            if " " in name and (known or phrase.head_word in lex.groups["event"]):
                _note(pool, sentence, phrase, phrase.head_word, 1)
    if title:
        return
    for clause in clauses(sentence, lex):
        lemma = clause.lemma
        if lemma in ("have", "contain", "include", "consist") and clause.subject is not None:
            for phrase in clause.objects:
                _note(pool, sentence, phrase, thing_name(phrase, lex), 1)
        for phrase in (*((clause.subject,) if clause.subject is not None else ()), *clause.objects):
            _note(pool, sentence, phrase, thing_name(phrase, lex), 1)
        if clause.passive and clause.objects and lex.kinds.get(lemma, "command") != "none":
            name = thing_name(clause.objects[0], lex)
            if name in pool:
                pool[name].states.append(sentence.tokens[clause.verb].low)
    if sentence.block.kind == "cell" and sentence.block.row == sentence.block.piece.text.strip():
        for phrase in sentence.phrases:
            _note(pool, sentence, phrase, thing_name(phrase, lex), 2)
    if sentence.block.kind in ("item", "cell"):
        _list_members(pool, sentence, reading)


def _list_members(pool: dict[str, _Candidate], sentence: Sentence, reading: Reading) -> None:
    nominal = nominals(reading.catalogue)
    inside = _bracketed(sentence)
    for phrase in sentence.phrases:
        before = sentence.tokens[phrase.start - 1].low if phrase.start else ""
        if phrase.start in inside:
            continue
        if phrase.start == 0 or before in (",", ";", "and"):
            name = thing_name(phrase, reading.lex)
            _note(pool, sentence, phrase, name, 1)
            if phrase.head_word in nominal and " " in phrase.name:
                _note(pool, sentence, phrase, singular(phrase.name.split()[0]), 1)


def _bracketed(sentence: Sentence) -> frozenset[int]:
    """The tokens inside brackets: details, not things of their own."""
    out: set[int] = set()
    depth = 0
    for n, token in enumerate(sentence.tokens):
        if token.low == "(":
            depth += 1
        elif token.low == ")":
            depth = max(0, depth - 1)
        elif depth:
            out.add(n)
    return frozenset(out)


def find_actors(reading: Reading, operations: list[OperationMention], found: list[Found]) -> list[Actor]:
    """Those who use the system: actors of operations and people counted, in reading order."""
    out: dict[str, Actor] = {}
    team = {f.context.attached.noun for f in found if f.number.role is NumberRole.TEAM}
    for operation in operations:
        name = operation.actor
        if name in ("system", "user", "") or name in team or not isinstance(operation.why, Stated):
            continue
        head = name.rpartition(" ")[2]
        if (
            not is_person(head, reading.lex)
            and head not in reading.lex.groups["company"]
            and head not in reading.lex.groups["device"]
            and head not in _STAFF
        ):
            continue
        out.setdefault(
            slug(name), Actor(id=ActorId(slug(name)), name=name, internal=_internal(name), why=operation.why)
        )
    for sentence in reading.sentences:
        name = story_actor(sentence)
        if name and name not in team:
            actor = Actor(id=ActorId(slug(name)), name=name, internal=_internal(name), why=sentence.stated())
            out.setdefault(slug(name), actor)
    for f in found:
        noun = f.context.attached.noun
        if (
            f.number.role is NumberRole.POPULATION
            and is_person(noun.rpartition(" ")[2], reading.lex)
            and noun not in team
        ):
            if noun in ("people", "person") and f.context.attached.how == "after":
                continue
            if " " in noun and _plainly(noun) != noun and slug(_plainly(noun)) in out:
                continue
            out.setdefault(
                slug(noun), Actor(id=ActorId(slug(noun)), name=noun, internal=_internal(noun), why=f.number.why)
            )
    return list(out.values())


def _plainly(noun: str) -> str:
    """Active patients are patients."""
    first, _, rest = noun.partition(" ")
    told = ("active", "registered", "new", "current", "existing", "paying", "regular", "monthly", "daily", "total")
    return rest if first in told else noun


def _internal(name: str) -> bool:
    return bool(set(name.split()) & _STAFF)
