"""Operations that a clause tells by where things go: what comes in, what reaches another system, what appears."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.agents import SYSTEM, acts_itself, is_software
from archsmith.elicit.clauses import Clause
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.objects import phrase_name
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import priority_of
from archsmith.model.requirements import OperationKind, OperationMention

_IN: Final = frozenset({"come", "come from", "come in", "arrive"})
_OUT: Final = frozenset({"reach", "go", "go to", "go into", "flow", "end up in", "land"})
_GOING: Final = frozenset({"go", "go to", "go out", "go out to"})
_SHOWN: Final = frozenset({"appear", "show up", "pop up"})
_SCREENS: Final = frozenset(
    "screen page list map app dashboard display board calendar feed wall monitor website portal overview tablet".split()
)
_REGULAR: Final = frozenset("every each nightly daily hourly weekly monthly automatically".split())
_FILES: Final = frozenset("csv file excel spreadsheet export feed ftp sftp erp crm api database webhook".split())
_LETTING: Final = frozenset({"allow", "permit", "authorise", "authorize"})
_FETCHING: Final = frozenset({"fetch", "poll", "pull", "download", "retrieve", "load"})
_CLIENTS: Final = frozenset("app client player browser reader podcatcher sdk widget plugin plug-in partner".split())
_REPORTING: Final = frozenset(
    "measure report send transmit push emit deliver upload publish post record take log stream collect sample".split()
)
_READINGS: Final = frozenset(
    "reading measurement temperature humidity pressure position location telemetry sample value signal consumption"
    " level speed data datum event heartbeat ping status state vibration voltage current power flow weight light sound"
    " pulse co2 coordinate track trace log metric".split()
)
_MANY: Final = 2


def flows(clause: Clause, lex: Lexicon) -> Iterator[OperationMention] | None:
    """The operation of a clause that tells a flow; None where it tells none."""
    if clause.negated or clause.past or clause.bygone:
        return None
    subject, lemma = clause.subject, clause.lemma
    if clause.passive:
        by_client = clause.agent is not None and clause.agent.head_word in _CLIENTS
        return _serve(clause, lex) if lemma in _FETCHING and by_client else None
    if subject is None:
        return None
    if lemma in _LETTING and acts_itself(subject.head_word, lex) and clause.modal in ("can", "may", "must", "shall"):
        people = [p for p in clause.objects if acts_itself(p.head_word, lex)]
        return _mentions(clause, lemma, [p.name for p in people], OperationKind.COMMAND, subject.name)
    if lemma in _FETCHING and subject.head_word in _CLIENTS and clause.subject_word == "":
        return _serve(clause, lex)
    if lemma in _REPORTING and subject.head_word in lex.groups["device"]:
        return _ingested(clause, lex)
    if acts_itself(subject.head_word, lex) or is_software(subject.head_word):
        return None
    return _of_things(clause, subject, lex)


def _of_things(clause: Clause, subject: Phrase, lex: Lexicon) -> Iterator[OperationMention] | None:
    name = phrase_name(subject, lex)
    other = next((p for p in clause.sentence.phrases if p.start > clause.verb), None)
    if clause.lemma in _SHOWN and other is not None and other.head_word in _SCREENS:
        return _mentions(clause, "show", [name], OperationKind.QUERY)
    regular = bool(_REGULAR & {t.low for t in clause.sentence.tokens[clause.verb :]})
    if other is None or not (clause.lemma in _IN or clause.lemma in _OUT):
        return None
    if name and clause.lemma in _GOING and clause.modal not in ("would", "could") and acts_itself(other.head_word, lex):
        return _mentions(clause, "send", [name], OperationKind.EVENT) if _preposition(clause) == "to" else None
    outside = _is_outside(clause, other)
    if clause.lemma in _IN and outside and (regular or other.head_word in _FILES) and _preposition(clause) == "from":
        return _mentions(clause, "import", [name], OperationKind.BATCH)
    if clause.lemma in _OUT and outside and clause.modal not in ("would", "could"):
        return _mentions(clause, "sync", [name or other.name], OperationKind.BATCH)
    return None


def _is_outside(clause: Clause, place: Phrase) -> bool:
    """Whether a phrase names another system or a file: a capital in the midst of the sentence, a CSV."""
    return clause.sentence.tokens[place.head].text[:1].isupper() or place.head_word in _FILES


def _preposition(clause: Clause) -> str:
    behind = clause.sentence.tokens[clause.verb + 1 :]
    return next((t.low for t in behind if t.tag in ("PREP", "TO") and t.low not in ("out", "off")), "")


def _serve(clause: Clause, lex: Lexicon) -> Iterator[OperationMention]:
    """ "The podcast app fetches feed and audio": the system serves them."""
    return _mentions(clause, "serve", [phrase_name(p, lex) for p in clause.objects], OperationKind.QUERY)


def _ingested(clause: Clause, lex: Lexicon) -> Iterator[OperationMention] | None:
    """ "A box measures temperature, humidity and light", "a unit sends its position": the system takes readings in."""
    read = [p for p in clause.objects if p.head_word in _READINGS]
    if clause.objects and not read:
        return None
    names = [phrase_name(p, lex) or p.head_word for p in read]
    if not names or len(names) > _MANY:
        names = ["measurement"]
    actor = clause.subject.name if clause.subject is not None else SYSTEM
    return _mentions(clause, "ingest", names, OperationKind.STREAM, actor)


def _mentions(
    clause: Clause, verb: str, names: list[str], kind: OperationKind, actor: str = SYSTEM
) -> Iterator[OperationMention]:
    for name in names:
        yield OperationMention(
            actor=actor,
            verb=verb,
            object=name,
            kind=kind,
            priority=priority_of(clause.sentence),
            why=clause.sentence.at(clause.start, clause.end),
        )
