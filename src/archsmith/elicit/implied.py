"""Operations that the brief implies: messages that are sent, things that come at a rate, data mastered elsewhere."""

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from archsmith.elicit.deeds import nominals
from archsmith.elicit.priority import priority_of
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import is_person
from archsmith.kernel.inflect import phrase_singular, singular
from archsmith.kernel.provenance import Derived, Stated
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.requirements import (
    ExternalSystem,
    Number,
    NumberRole,
    OperationKind,
    OperationMention,
)


class EventVerbRow(Value, frozen=True, kw_only=True):
    """How things that come at a rate are brought about, and by whom (person, device, system)."""

    id: str
    verb: str
    kind: OperationKind
    actor: str
    words: str


EVENT_VERBS: Final = Table("event_verbs", EventVerbRow)


def from_messages(sentence: Sentence, reading: Reading, known: list[OperationMention]) -> Iterator[OperationMention]:
    """An alarm, a reminder or a notification that the text only speaks of is sent by somebody: the system."""
    rows = nominals(reading.catalogue)
    named = [p for p in sentence.phrases if p.head_word in _ALERTS]
    if not named:
        return
    heads = {o.object.rpartition(" ")[2] for o in known if o.verb in ("send", "receive", "get")}
    for phrase in named:
        row = rows.get(phrase.head_word)
        if row is None or row.id != "send-message" or phrase.head_word not in _ALERTS or phrase.head_word in heads:
            continue
        heads.add(phrase.head_word)
        yield OperationMention(
            actor="system",
            verb="send",
            object=phrase.name,
            kind=OperationKind.EVENT,
            priority=priority_of(sentence),
            why=Derived(rule="a message that the text names is sent", inputs=(sentence.text[:120],)),
        )


_ALERTS: Final = frozenset("reminder notification alert alarm invitation".split())


@functools.lru_cache(maxsize=8)
def _event_verbs(catalogue: Catalogue) -> Mapping[str, EventVerbRow]:
    return {w.replace("_", " "): r for r in catalogue.table(EVENT_VERBS).values() for w in r.words.split()}


def from_rates(numbers: list[Number], known: list[OperationMention], reading: Reading) -> Iterator[OperationMention]:
    """ "260 claims a month" needs somebody who submits claims; a size of a file needs somebody who uploads it."""
    rows = _event_verbs(reading.catalogue)
    person, near = _largest(numbers), _words_by_line(reading)
    making = {"create", "append"}
    done = {
        (o.object.rpartition(" ")[2], o.kind is OperationKind.QUERY)
        for o in known
        if o.kind is OperationKind.QUERY or reading.lex.access.get(o.verb) in making or o.kind is OperationKind.EVENT
    }
    done |= {(o.verb, True) for o in known if o.kind is OperationKind.QUERY}  # who searches desks runs the searches
    for number in numbers:
        if number.role not in (NumberRole.LOAD, NumberRole.RATIO, NumberRole.SIZE, NumberRole.LIMIT):
            continue
        head = singular(number.what.rpartition(" ")[2])
        row = rows.get(singular(number.what)) or rows.get(head)
        if number.role is NumberRole.SIZE and number.subject and rows.get(number.subject) is not None:
            head, row = number.subject, rows[number.subject]
        if row is None or not isinstance(number.why, Stated):
            continue
        if number.role is not NumberRole.LOAD and (row.verb not in ("upload", "ingest") or _is_made(number, near)):
            continue
        query = row.kind is OperationKind.QUERY
        if (head, query) in done:
            continue
        done.add((head, query))
        actor = {"person": person, "system": "system", "device": "device"}[row.actor]
        yield OperationMention(
            actor=actor,
            verb=row.verb,
            object=head,
            kind=row.kind,
            why=Derived(
                rule="what comes at a rate is brought about by somebody", inputs=(number.id, number.why.at.quote)
            ),
        )


_MADE: Final = frozenset("pdf ticket invoice report certificate receipt statement label export".split())
_BROUGHT: Final = frozenset("upload attach submit send hand photo photograph scan file bring provide deliver".split())


def _is_made(number: Number, near: Mapping[int, set[str]]) -> bool:
    """Whether a sized file is one that the system makes: a ticket's PDF, unless the sentence lets somebody bring it."""
    if not _MADE & set(number.what.split(" ")) or not isinstance(number.why, Stated):
        return False
    return not near.get(number.why.at.line, set()) & _BROUGHT


def _words_by_line(reading: Reading) -> Mapping[int, set[str]]:
    """The lemmas of the sentences on each line."""
    found: dict[int, set[str]] = {}
    for sentence in reading.sentences:
        span = sentence.span()
        for line in range(span.line, span.end_line + 1):
            found.setdefault(line, set()).update(t.lemma for t in sentence.tokens)
    return found


def _largest(numbers: list[Number]) -> str:
    people = [n for n in numbers if n.role is NumberRole.POPULATION and n.unit == "users"]
    best = max(people, key=lambda n: n.value, default=None)
    return singular(best.what) if best is not None else "user"


def from_systems(systems: list[ExternalSystem], known: list[OperationMention]) -> Iterator[OperationMention]:
    """Where another system holds the truth of a thing, the thing is brought over from there."""
    done = {o.object for o in known if o.verb in ("sync", "import", "fetch", "pull")}
    for system in systems:
        for noun in system.masters:
            if noun not in done:
                done.add(noun)
                yield OperationMention(
                    actor="system",
                    verb="sync",
                    object=noun,
                    kind=OperationKind.BATCH,
                    why=Derived(rule="another system holds the truth", inputs=(system.name, noun)),
                )


_KEEPING: Final = frozenset("keep store retain hold history remain archive save log".split())
_YEAR_IN_DAYS: Final = 366.0
_DAYS: Final = {"day": 1.0, "hour": 1 / 24, "h": 1 / 24, "minute": 1 / 1440, "week": 7.0, "month": 30.4, "year": 365.0}


def from_retention(numbers: list[Number], reading: Reading) -> Iterator[OperationMention]:
    """ "Pictures are kept for 30 days": what is kept no longer than a year is deleted then. Longer terms are duties to
    keep, and say nothing of the end.
    """
    near = _words_by_line(reading)
    for number in numbers:
        if number.role is not NumberRole.RETENTION or not isinstance(number.why, Stated):
            continue
        if not _KEEPING & near.get(number.why.at.line, set()):
            continue
        days = number.value * _DAYS.get(singular(number.unit), 1000.0)
        name = phrase_singular(number.what)
        if is_person(name.rpartition(" ")[2], reading.lex):
            continue
        if days <= _YEAR_IN_DAYS and name and singular(name.rpartition(" ")[2]) not in reading.lex.groups["abstract"]:
            yield OperationMention(
                actor="system",
                verb="delete",
                object=name,
                kind=OperationKind.BATCH,
                why=Derived(rule="what is kept for a short time is deleted after it", inputs=(number.why.at.quote,)),
            )
