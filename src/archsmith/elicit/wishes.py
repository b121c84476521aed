"""Operations that a clause asks for without naming their verb: what somebody wants, needs, asks for or gets."""

import itertools
from collections.abc import Iterator
from typing import Final

from archsmith.elicit.agents import ANYBODY, SYSTEM, acts_itself
from archsmith.elicit.clauses import Clause
from archsmith.elicit.deeds import nominals
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.objects import phrase_name
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import priority_of, story_actor
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import is_person, thing_name
from archsmith.knowledge.noun_kinds import Standing, nouns
from archsmith.model.requirements import OperationKind, OperationMention

_PAPERS: Final = frozenset(
    "report dashboard overview summary statement export chart graph calendar plan map digest forecast".split()
)
_SHOWN: Final = frozenset(
    "plan overview history status page feed list report dashboard statistics statistic chart graph map calendar"
    " timeline summary statement forecast figure log view breakdown comparison analysis insight revenue turnover usage"
    " balance ranking leaderboard heatmap schedule availability file".split()
)
_SENT: Final = frozenset(
    "message mail email e-mail notification receipt invitation reminder alert alarm confirmation link code"
    " invoice report letter bar_code barcode voucher password key token pass badge label"
    " newsletter summary digest sms text ticket certificate statement bill push warning notice document call".split()
)
_MONEY: Final = frozenset(
    "money share payout commission salary cut fee refund royalty bonus credit settlement payment wage wages proceeds"
    " earnings reimbursement allowance percent %".split()
)
_ONES: Final = frozenset({"one", "other"})
_PRONOUNS: Final = frozenset("he she they whoever".split())


def wished(clause: Clause, reading: Reading, actor: str) -> Iterator[OperationMention] | None:
    """The operations of a clause of wanting, getting or asking; None where it is none of these."""
    if clause.passive or clause.negated:
        return None
    if clause.lemma in _HANDING and (_to_us(clause) or _from_outside(clause, reading.lex)):
        names = [(p, phrase_name(p, reading.lex)) for p in clause.objects[: 1 if clause.conditional else None]]
        return _mentions(clause, "receive", [(p, n) for p, n in names if n], OperationKind.BATCH)
    if clause.lemma in ("get", "receive", "earn"):
        return _received(clause, reading, actor)
    if clause.lemma in ("ask", "ask for", "request", "demand", "apply for"):
        return _asked(clause, reading)
    if clause.lemma in ("need", "want", "like", "require"):
        return _needed(clause, reading, actor)
    return None


_HANDING: Final = {"hand over", "pass on"} | frozenset(
    "send deliver transmit push ship forward submit provide supply mail e-mail email".split()
)


def _to_us(clause: Clause) -> bool:
    """ "Stations send us a record", "customers ship logs to us": what others hand over, the system takes in."""
    if clause.subject is None or clause.conditional or clause.modal in ("could", "would"):
        return False
    behind = [t.low for t in clause.sentence.tokens[clause.verb + 1 : clause.end + 2]]
    return behind[:1] == ["us"] or any(a == "to" and b == "us" for a, b in itertools.pairwise(behind))


def _from_outside(clause: Clause, lex: Lexicon) -> bool:
    """ "When the laboratory sends a result": what another office hands over is what the system begins with."""
    subject = clause.subject
    office = subject is not None and any(subject.head_word in lex.groups[g] for g in ("company", "department"))
    return clause.conditional and office and clause.modal == "" and bool(clause.objects)


def _received(clause: Clause, reading: Reading, actor: str) -> Iterator[OperationMention] | None:
    """ "Donors get a thank-you mail": the system sends it. "Every click gets a verdict": the system gives it."""
    lex = reading.lex
    head = clause.subject.head_word if clause.subject is not None else ""
    person = acts_itself(head, lex) or clause.subject_word in _PRONOUNS or (not head and actor not in (SYSTEM, ANYBODY))
    if (not head and not person) or head in _ONES or (clause.pronoun and not clause.objects):
        return None
    names = [(p, thing_name(p, lex)) for p in clause.objects]
    if person and _is_paid(clause):
        return _one(clause, "refund", "payment") if _comes_back(clause) else _one(clause, "pay", actor)
    sent = [(p, n) for p, n in names if n and set(n.split()) & _SENT]
    if person or sent:
        return _mentions(clause, "send", sent, OperationKind.EVENT)
    if clause.lemma == "get":
        tokens = clause.sentence.tokens
        given = [(p, n) for p, n in names if n and tokens[p.start].tag != "NUM"]
        return _mentions(clause, "give", given, OperationKind.COMMAND)
    return None


def _is_paid(clause: Clause) -> bool:
    """Whether what somebody gets is money: "gets 70 % of each sale", "gets his money after the show"."""
    if clause.objects:
        return bool(set(clause.objects[0].name.split()) & (_MONEY - {"refund"}))
    tokens = clause.sentence.tokens[clause.verb + 1 : clause.verb + 4]
    return any(t.low in ("%", "percent") for t in tokens) or any(
        q.kind == "money" and clause.verb < q.core <= clause.verb + 3 for q in clause.sentence.quantities
    )


def _comes_back(clause: Clause) -> bool:
    """ "Gets the money back", "gets back what she paid": the payment is undone, and nothing new is paid."""
    return any(t.low == "back" for t in clause.sentence.tokens[clause.verb + 1 : clause.end + 2])


def _one(clause: Clause, verb: str, thing: str) -> Iterator[OperationMention]:
    yield OperationMention(
        actor=SYSTEM,
        verb=verb,
        object=thing,
        kind=OperationKind.COMMAND,
        priority=priority_of(clause.sentence),
        why=clause.sentence.at(clause.start, clause.end),
    )


def _asked(clause: Clause, reading: Reading) -> Iterator[OperationMention] | None:
    """ "A subscriber may ask for deletion": the deed that the noun stands for, on who asks."""
    if clause.subject is None:
        return None
    for phrase in clause.objects:
        row = nominals(reading.catalogue).get(phrase.head_word)
        if row is not None and row.object == "of":
            before = phrase.name.rpartition(" ")[0]
            return iter(
                [
                    OperationMention(
                        actor=clause.subject.name,
                        verb=row.verb,
                        object=before or clause.subject.name,
                        kind=row.kind,
                        priority=priority_of(clause.sentence),
                        why=clause.sentence.at(min(clause.start, clause.subject.start), clause.end),
                    )
                ]
            )
    return None


def _needed(clause: Clause, reading: Reading, actor: str) -> Iterator[OperationMention] | None:
    """ "Receptionists need a plan of rooms": they look at it. Other needs are no operations."""
    lex = reading.lex
    subject = clause.subject
    if clause.subject_word == "i" and story_actor(clause.sentence):
        return _told(clause, lex, actor)
    if subject is None:
        return None
    if not acts_itself(subject.head_word, lex):
        return _required(clause, subject, reading)
    phrases = (*clause.objects, *_light_heads(clause))
    shown = {p.head_word for p in phrases if _is_shown(p, reading)}
    if not shown:
        return iter(())
    names = [(p, thing_name(p, lex) or p.head_word) for p in clause.objects]
    names = [(p, n) for p, n in names if not is_person(n, lex)]
    return _handed(clause, names, actor)


_HANDED: Final = {"feed": "share", "file": "export", "extract": "export", "export": "export"}
"""What is not looked at but handed over, and by which verb."""


def _handed(clause: Clause, names: list[tuple[Phrase, str]], actor: str) -> Iterator[OperationMention]:
    seen = [(p, n) for p, n in names if p.head_word not in _HANDED]
    yield from _mentions(clause, "view", seen, OperationKind.QUERY, actor)
    for phrase, name in names:
        if phrase.head_word in _HANDED:
            yield from _mentions(clause, _HANDED[phrase.head_word], [(phrase, name)], OperationKind.BATCH)


def _required(clause: Clause, subject: Phrase, reading: Reading) -> Iterator[OperationMention] | None:
    """ "An order above 5,000 needs approval of the owner": somebody approves it."""
    thing = _changed(clause, subject, reading.lex) or thing_name(subject, reading.lex)
    if not thing:
        return None
    for phrase in clause.objects:
        row = nominals(reading.catalogue).get(phrase.head_word)
        if row is not None and row.object == "of" and row.kind is OperationKind.COMMAND:
            by = next((p for p in clause.sentence.phrases if p.start == phrase.end + 1), None)
            actor = by.name if by is not None and acts_itself(by.head_word, reading.lex) else ANYBODY
            return _mentions(clause, row.verb, [(phrase, thing)], row.kind, actor)
    return None


def _changed(clause: Clause, subject: Phrase, lex: Lexicon) -> str:
    """The price in "a change of a price"."""
    tokens = clause.sentence.tokens
    if subject.end >= len(tokens) or tokens[subject.end].low not in ("of", "to"):
        return ""
    inner = next((p for p in clause.sentence.phrases if p.start == subject.end + 1), None)
    return thing_name(inner, lex) if inner is not None and subject.head_word in _CHANGES else ""


_CHANGES: Final = frozenset("change modification edit deletion release publication cancellation amendment".split())


def _light_heads(clause: Clause) -> list[Phrase]:
    """The "plan" of "a plan of rooms", whose object is the rooms."""
    return [p for p in clause.sentence.phrases if clause.verb < p.start < clause.end]


def _is_shown(phrase: Phrase, reading: Reading) -> bool:
    if phrase.head_word in _SHOWN:
        return True
    return nouns(reading.catalogue).standing(phrase.head_word) is Standing.VIEW


def _told(clause: Clause, lex: Lexicon, actor: str) -> Iterator[OperationMention] | None:
    """ "As a manager I want a report of no-shows": he looks at it. What he wants done is another clause."""
    tokens = clause.sentence.tokens
    wanted = next((p for p in clause.sentence.phrases if p.start == clause.verb + 1), None)
    if wanted is None:
        return None
    wish = next((t for t in tokens[wanted.end : wanted.end + 5] if t.tag in ("VERB", "MARK")), None)
    if wish is not None and wish.tag == "VERB" and wish.form in ("pp", "past"):
        shown = [(wanted, thing_name(wanted, lex))] if wish.lemma in ("show", "list", "display", "present") else []
        return _mentions(clause, "view", shown, OperationKind.QUERY, actor)
    paper = wanted.head_word in _PAPERS
    if wanted.head_word in _SENT and not paper:
        return _mentions(clause, "send", [(wanted, wanted.name)], OperationKind.EVENT)
    phrases = (wanted,) if paper else clause.objects or (wanted,)
    names = [(p, p.name if paper else thing_name(p, lex)) for p in phrases]
    return _mentions(clause, "view", [(p, n) for p, n in names if n], OperationKind.QUERY, actor)


def _mentions(
    clause: Clause, verb: str, names: list[tuple[Phrase, str]], kind: OperationKind, actor: str = SYSTEM
) -> Iterator[OperationMention]:
    for phrase, name in names:
        yield OperationMention(
            actor=actor,
            verb=verb,
            object=name,
            kind=kind,
            priority=priority_of(clause.sentence),
            why=clause.sentence.at(min(clause.start, phrase.start), max(clause.verb + 1, phrase.end)),
        )
