"""Operations that clauses tell: who does what with what."""

from collections.abc import Iterator
from typing import Final

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.deeds import from_adjectives, from_messages, from_nouns, from_rates, from_systems, nominals
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import heading_actor, priority_of, story_actor
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import Memory, is_person, objects_of, remember, thing_name
from archsmith.kernel.provenance import Derived
from archsmith.model.requirements import ExternalSystem, Number, OperationKind, OperationMention

_OWN: Final = frozenset(
    "build sell make run offer operate count want hire supply provide develop spend grow work start move buy"
    " think talk sit use"
    " launch license invest estimate look outgrow host found".split()
)
_SKIP: Final = frozenset(
    "handle sustain use work begin help try run go do hold act base spend say estimate hire forget find_out".split()
)
_PAPERS: Final = frozenset(
    "report dashboard overview summary statement export chart graph calendar plan map digest forecast".split()
)
_BUSINESS: Final = frozenset("sell offer buy supply manufacture produce employ operate run license".split())
_SOFTWARE: Final = frozenset("portal app application system website site platform tool shop solution software".split())
_SENT: Final = frozenset(
    "message mail email e-mail notification receipt invitation reminder alert alarm confirmation link code"
    " invoice report letter"
    " newsletter summary digest sms text ticket certificate statement bill push warning notice document voucher".split()
)


def find_operations(reading: Reading, numbers: list[Number], systems: list[ExternalSystem]) -> list[OperationMention]:
    """The operations of a brief in reading order, each once; what is only implied comes last."""
    memory = remember(reading)
    seen: set[tuple[str, str]] = set()
    out: list[OperationMention] = []

    def keep(found: Iterator[OperationMention]) -> None:
        for operation in found:
            if not operation.object:
                continue
            key = (operation.verb, operation.object)
            if key not in seen:
                seen.add(key)
                out.append(operation)

    block = None
    for sentence in reading.sentences:
        if sentence.block is not block:
            block, memory.last = sentence.block, ""
        if sentence.scope.excluded or sentence.scope.story or sentence.block.kind == "heading":
            continue
        keep(_from_clauses(sentence, reading, memory))
        keep(from_nouns(sentence, reading, memory))
        keep(from_adjectives(sentence, reading))
        keep(from_messages(sentence, reading, out))
    keep(from_systems(systems, out))
    keep(from_rates(numbers, out, reading))
    return out


def _from_clauses(sentence: Sentence, reading: Reading, memory: Memory) -> Iterator[OperationMention]:
    lex = reading.lex
    for clause in clauses(sentence, lex):
        actor = _actor(clause, lex, memory, sentence)
        got = _received(clause, lex)
        if got is not None:
            yield from got
            continue
        asked = _asked(clause, reading)
        if asked is not None:
            yield asked
            continue
        needed = _needed(clause, lex, actor)
        if needed is not None:
            yield from needed
            continue
        if actor and clause.subject is not None and is_person(clause.subject.head_word, lex):
            memory.actor = actor
        if not _counts(clause, lex, actor):
            continue
        for name in objects_of(clause, reading, memory):
            if not is_person(name.rpartition(" ")[2], lex):
                memory.last = name
            yield OperationMention(
                actor=actor or "user",
                verb=clause.lemma,
                object=name,
                kind=_kind(clause, lex),
                priority=priority_of(sentence),
                why=sentence.at(clause.start, clause.end),
            )


def _received(clause: Clause, lex: Lexicon) -> Iterator[OperationMention] | None:
    """ "Donors get a thank-you mail": the system sends it. "Every click gets a verdict": the system gives it."""
    if clause.lemma not in ("get", "receive") or clause.passive or clause.negated:
        return None
    head = clause.subject.head_word if clause.subject is not None else ""
    if not head and clause.subject_word not in ("he", "she", "they", "whoever"):
        return None
    names = [(p, thing_name(p, lex)) for p in clause.objects]
    person = is_person(head, lex) or clause.subject_word in ("he", "she", "they", "whoever")
    if person:
        kept = [(p, n) for p, n in names if n and set(n.split()) & _SENT]
        return _mentions(clause, "send", kept, OperationKind.EVENT)
    told = [(p, n) for p, n in names if n and set(n.split()) & _SENT]
    if told:
        return _mentions(clause, "send", told, OperationKind.EVENT)
    if clause.lemma == "get":
        return _mentions(clause, "give", [(p, n) for p, n in names if n], OperationKind.COMMAND)
    return None


def _asked(clause: Clause, reading: Reading) -> OperationMention | None:
    """ "A subscriber may ask for deletion": the deed that the noun stands for, on who asks."""
    if (
        clause.lemma not in ("ask", "ask for", "request", "demand", "apply for")
        or clause.negated
        or clause.subject is None
    ):
        return None
    for phrase in clause.objects:
        row = nominals(reading.catalogue).get(phrase.head_word)
        if row is not None and row.object == "of":
            before = phrase.name.rpartition(" ")[0]
            return OperationMention(
                actor=clause.subject.name,
                verb=row.verb,
                object=before or clause.subject.name,
                kind=row.kind,
                priority=priority_of(clause.sentence),
                why=clause.sentence.at(min(clause.start, clause.subject.start), clause.end),
            )
    return None


def _needed(clause: Clause, lex: Lexicon, actor: str) -> Iterator[OperationMention] | None:
    """ "Receptionists need a plan of rooms": they look at it."""
    if clause.lemma not in ("need", "want", "like", "require") or clause.passive or clause.negated:
        return None
    subject = clause.subject
    if clause.subject_word == "i" and story_actor(clause.sentence):
        return _told(clause, lex, actor)
    if subject is None or not (
        is_person(subject.head_word, lex)
        or subject.head_word in lex.groups["company"]
        or subject.head_word in ("reception", "support", "management", "board", "finance", "partner")
    ):
        return None
    names = [(p, thing_name(p, lex) or _plan(p)) for p in clause.objects]
    names = [(p, n) for p, n in names if p.head_word not in _SOFTWARE]
    names = [(p, n) for p, n in names if n and n not in ("access", "account") and not is_person(n, lex)]
    return _mentions(clause, "view", names, OperationKind.QUERY, actor)


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
    phrases = (wanted,) if paper else clause.objects or (wanted,)
    names = [(p, p.name if paper else thing_name(p, lex)) for p in phrases]
    return _mentions(clause, "view", [(p, n) for p, n in names if n], OperationKind.QUERY, actor)


def _plan(phrase: Phrase) -> str:
    return phrase.head_word if phrase.head_word in ("plan", "overview", "history", "status", "page", "feed") else ""


def _mentions(
    clause: Clause, verb: str, names: list[tuple[Phrase, str]], kind: OperationKind, actor: str = "system"
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


def _counts(clause: Clause, lex: Lexicon, actor: str) -> bool:
    """Whether a clause tells an operation of the system, and not a state, a story or a ban."""
    kind = lex.kinds.get(clause.lemma, "command")
    base = clause.lemma.split(" ")[0]
    if kind == "none" or clause.negated or clause.past or clause.lemma in _SKIP:
        return False
    if clause.subject_word in ("we", "i") and (base in _OWN or clause.modal in ("would", "could")):
        return False
    if clause.subject_word in ("nobody", "what", "this", "that", "it", "everything", "which") and not clause.passive:
        return False
    if clause.subject is not None and base in _BUSINESS and clause.sentence.number < 4:
        return False
    wished = bool(clause.sentence.words & {"nice", "great", "helpful"})
    if clause.conditional and not clause.passive and clause.modal == "" and not wished:
        return False
    token = clause.sentence.tokens[clause.verb]
    if token.form == "ing":
        return clause.subject is None and _gerund_subject(clause)
    gap = bool(clause.objects) and clause.objects[0].end <= clause.start
    return gap or not (token.form == "pp" and not clause.passive)


def _gerund_subject(clause: Clause) -> bool:
    """ "Opening a vent must take effect", "lending must go on": the gerund is what the sentence is about."""
    tokens = clause.sentence.tokens
    if clause.start and tokens[clause.start - 1].tag not in ("MARK", "ADV", "SUB", "CONJ"):
        return False
    rest = tokens[clause.end : clause.end + 8]
    return any(t.tag in ("MODAL", "AUX") or t.low in ("goes", "has") for t in rest)


def _actor(clause: Clause, lex: Lexicon, memory: Memory, sentence: Sentence) -> str:
    subject = clause.subject
    if subject is not None:
        head = subject.head_word
        if is_person(head, lex) or head in lex.groups["device"] or head in lex.groups["company"]:
            return " ".join(subject.name.split()[-2:])
        if clause.passive:
            return "system"
        return "system" if head in lex.groups["abstract"] or not subject.name or subject.proper else subject.name
    word = clause.subject_word
    if word in ("he", "she", "they", "whoever"):
        return memory.actor or "user"
    if word in ("we", "it") or clause.passive:
        return "system"
    if word == "i":
        return story_actor(sentence) or "user"
    return heading_actor(sentence, lex) or "user"


def _kind(clause: Clause, lex: Lexicon) -> OperationKind:
    kind = OperationKind(lex.kind(clause.lemma))
    recurring = {"nightly", "weekly", "monthly", "daily"} & clause.sentence.words or any(
        t.low in ("every", "each") for t in clause.sentence.tokens[clause.end : clause.end + 4]
    )
    if kind is OperationKind.COMMAND and clause.subject_word in ("we", "") and clause.passive and recurring:
        return OperationKind.BATCH
    return kind


def implied(operation: OperationMention) -> bool:
    """Whether the brief implies an operation without telling it."""
    return isinstance(operation.why, Derived)
