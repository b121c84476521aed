"""How the brief uses each noun: the evidence for and against its being a thing of which records are kept."""

from bisect import bisect_right
from typing import Final

from archsmith.elicit.clauses import Clause, clauses
from archsmith.elicit.deeds import left_behind, nominals
from archsmith.elicit.evidence import Candidate, Use
from archsmith.elicit.heads import share_heads
from archsmith.elicit.kept import kept, kept_phrase
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.numbers import Found
from archsmith.elicit.phrases import Phrase
from archsmith.elicit.priority import story_actor
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.referents import is_person
from archsmith.elicit.shapes import (
    also_called,
    bracketed,
    has_others,
    in_idiom,
    in_quotes,
    is_bare,
    is_cited,
    is_denied,
    is_label,
    reads_as_verb,
    shows_another,
)
from archsmith.kernel.inflect import is_plural
from archsmith.kernel.provenance import Stated
from archsmith.knowledge.noun_kinds import Standing, nouns
from archsmith.model.requirements import NumberRole, OperationKind, OperationMention, Priority

_STORY: Final = frozenset(
    "sell make build run operate manufacture produce supply distribute found own employ hire license outgrow".split()
)
"""What a company does: its objects are its trade, and not yet records."""
_HAVE: Final = frozenset("have contain include consist comprise hold own carry".split())
_KEEP: Final = frozenset("see store keep hold have need want collect process touch handle save log record".split())
_STAYS: Final = frozenset({"stay", "remain"})
"""What stays where it is is no part of the new system."""
_EACH: Final = frozenset("each every per another any".split())
_OURS: Final = frozenset("we our us".split())
_COMPANIES: Final = frozenset("company firm customer tenant employer member everybody".split())
_SIGNS_IN: Final = frozenset({"sign in", "log in", "sign out", "log out"})
_NEVER_COUNTED: Final = frozenset({NumberRole.TEAM, NumberRole.GEOGRAPHY, NumberRole.BUDGET, NumberRole.DEADLINE})
_FIRM: Final = frozenset({Use.COUNTED, Use.EACH, Use.MEMBER, Use.LISTED})
"""Uses that are as good as a deed, wherever they stand."""
_ROWS: Final = 1000
"""What there are thousands of is kept in rows."""
_COMMANDS: Final = frozenset({OperationKind.COMMAND, OperationKind.BATCH, OperationKind.EVENT, OperationKind.STREAM})


class Pool:
    """The candidates by the name under which they are kept."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.nouns = reading, nouns(reading.catalogue)
        self.found: dict[str, Candidate] = {}
        self.also: dict[str, str] = {}
        self.deeds: frozenset[int] = frozenset()
        self._bracketed: tuple[int, frozenset[int]] = (-1, frozenset())

    def note(self, sentence: Sentence, phrase: Phrase, use: Use, words: str = "") -> str:
        """One use of a phrase; the name under which it is kept."""
        thing = kept_phrase(phrase, sentence, self.nouns)
        if thing.name:
            candidate = self.at(thing.name, sentence, phrase)
            candidate.see(Use.NAMED if thing.value else use, words)
            inside = phrase.start in self._details(sentence)
            candidate.aside = candidate.aside and inside
            detail = use is Use.NAMED and inside
            if (sentence.number in self.deeds and not detail) or use in _FIRM:
                candidate.see(Use.IN_DEED)
            itself = thing.name.endswith(phrase.head_word)
            if (is_plural(sentence.tokens[phrase.head].low) and itself) or use in (Use.COUNTED, Use.EACH):
                candidate.see(Use.MANY)
        told = thing.value in ("start", "end", "percent")
        if thing.value and thing.name and not told and thing.value not in self.found[thing.name].attributes:
            self.found[thing.name].attributes.append(thing.value)
        return thing.name

    def _details(self, sentence: Sentence) -> frozenset[int]:
        """The tokens in the brackets of a sentence, found once for each."""
        if self._bracketed[0] != sentence.number:
            self._bracketed = (sentence.number, bracketed(sentence))
        return self._bracketed[1]

    def at(self, name: str, sentence: Sentence, phrase: Phrase) -> Candidate:
        """The candidate of this name, with the sentence among those that name it."""
        candidate = self.found.get(name)
        if candidate is None:
            candidate = self.found[name] = Candidate(first=sentence.number * 1000 + phrase.start)
        candidate.sentences.add(sentence.number)
        if sentence.scope.story or sentence.scope.priority is Priority.LATER:
            candidate.told.add(sentence.number)
        if candidate.why is None:
            words = name.count(" ")
            candidate.why = sentence.at(max(phrase.start, phrase.end - 1 - words), phrase.end)
        return candidate

    def plain(self, name: str) -> Candidate:
        """The candidate of a name that stands nowhere as a noun."""
        return self.found.setdefault(kept(name, self.nouns).name or name, Candidate(first=2_000_000))


def uses_of(reading: Reading, found: list[Found], operations: list[OperationMention]) -> dict[str, Candidate]:
    """All nouns of a brief with their uses."""
    pool = Pool(reading)
    pool.deeds = _deeds(reading, operations)
    for f in found:
        _count(pool, f)
    for sentence in reading.sentences:
        if not sentence.scope.excluded:
            _scan(pool, sentence)
    for operation in operations:
        _operate(pool, operation)
    _rename(pool)
    share_heads(pool.found, pool.nouns, reading.lex)
    return pool.found


def _deeds(reading: Reading, operations: list[OperationMention]) -> frozenset[int]:
    """The sentences that operations were read from, and those that say what must or may be."""
    starts = [(s.span().line, s.span().column) for s in reading.sentences]
    out = {s.number for s in reading.sentences if any(t.tag == "MODAL" for t in s.tokens)}
    for operation in operations:
        if isinstance(operation.why, Stated):
            at = operation.why.at
            out.add(max(0, bisect_right(starts, (at.line, at.column)) - 1))
    return frozenset(out)


def _rename(pool: Pool) -> None:
    """Puts together what a bracket calls by another name: `fintechs ("programs")`, `third parties (TPPs)`."""
    for name, other in pool.also.items():
        old, new = pool.found.get(name), pool.found.get(other)
        if old is None or new is None or old is new:
            continue
        for use, words in old.uses.items():
            new.uses.setdefault(use, {}).update(words)
        new.uses.pop(Use.PROPER, None)
        new.see(Use.LABEL)
        new.sentences |= old.sentences
        new.told &= old.told
        new.first = min(new.first, old.first)
        del pool.found[name]


def _count(pool: Pool, f: Found) -> None:
    phrase, owner = f.context.attached.phrase, f.context.attached.owner
    if phrase is None or owner is None or f.context.quantity.kind not in ("count", "size", "rate"):
        return
    if f.number.role in _NEVER_COUNTED:
        return
    one = f.context.quantity.value == 1
    if pool.nouns.standing(phrase.name) is Standing.VIEW:
        pool.note(owner, phrase, Use.NAMED)
        return
    name = pool.note(owner, phrase, Use.EACH if one else Use.COUNTED, "" if one else f"{f.context.quantity.value:g}")
    if name and f.context.quantity.kind == "count" and f.context.quantity.value >= _ROWS:
        pool.found[name].see(Use.ROWS)
    per = f.context.attached.per
    if per is not None:
        pool.note(f.context.sentence, per, Use.EACH, "per")


def _scan(pool: Pool, sentence: Sentence) -> None:
    """All phrases, subjects and objects of clauses, members of lists, rows of tables."""
    title, quoted = sentence.block.kind == "heading", in_quotes(sentence)
    for phrase in sentence.phrases:
        before = sentence.tokens[phrase.start - 1].low if phrase.start else ""
        if shows_another(sentence, phrase, pool.reading) or is_cited(sentence, phrase) or phrase.start in quoted:
            continue
        if in_idiom(sentence, phrase):
            continue
        each = before in _EACH or sentence.tokens[phrase.start].low in _EACH
        name = pool.note(sentence, phrase, Use.EACH if each else Use.NAMED)
        if not name:
            continue
        candidate = pool.found[name]
        other = also_called(sentence, phrase)
        if other is not None:
            pool.also[name] = kept_phrase(other, sentence, pool.nouns).name
        if title:
            candidate.told.add(sentence.number)
        if has_others(sentence, phrase):
            candidate.see(Use.HAS)
            candidate.see(Use.MANY)
        if is_label(sentence, phrase):
            candidate.see(Use.LABEL)
        if is_bare(sentence, phrase):
            candidate.see(Use.BARE)
        if is_denied(sentence, phrase):
            candidate.see(Use.DENIED)
        if reads_as_verb(sentence, phrase, pool.reading, pool.nouns):
            candidate.see(Use.CLASHES)
        if phrase.proper and phrase.start > 0 and not title and not is_person(phrase.head_word, pool.reading.lex):
            candidate.see(Use.PROPER)
    if title:
        return
    for clause in clauses(sentence, pool.reading.lex):
        _clause(pool, sentence, clause)
    if sentence.block.kind == "cell" and sentence.block.row == sentence.block.piece.text.strip():
        for phrase in sentence.phrases:
            pool.note(sentence, phrase, Use.MEMBER, "table")
    if sentence.block.kind in ("item", "cell"):
        _list_members(pool, sentence)


def _clause(pool: Pool, sentence: Sentence, clause: Clause) -> None:
    lex, lemma = pool.reading.lex, clause.lemma
    ours = clause.subject_word in _OURS or (clause.subject is not None and clause.subject.proper)
    use = Use.TOLD if lemma in _STORY and (ours or clause.modal == "") and not clause.passive else Use.ARGUMENT
    if clause.negated:
        use = Use.DENIED if lemma in _KEEP and not clause.passive else Use.NAMED
    for phrase in clause.objects:
        had = lemma in _HAVE and clause.subject is not None and use is Use.ARGUMENT
        name = pool.note(sentence, phrase, Use.MEMBER if had else use)
        if name and _one_of_theirs(clause, phrase, lex):
            pool.found[name].see(Use.MANY)
    subject = clause.subject
    rest = sentence.tokens[clause.verb + 1].tag if clause.verb + 1 < len(sentence.tokens) else ""
    if subject is not None and lemma in _STAYS and rest != "ADJ":
        pool.note(sentence, subject, Use.DENIED)
    elif subject is not None:
        name = pool.note(sentence, subject, use if use is Use.ARGUMENT else Use.NAMED)
        acts = lex.kind(lemma) != "none" and is_person(subject.head_word, lex) and not clause.passive
        if name and acts and clause.modal not in ("", "to"):
            pool.found[name].see(Use.DOES, lemma)
    left = left_behind(pool.reading.catalogue).get(lemma)
    implied = not clause.negated or clause.subject_word == "nobody" or "twice" in sentence.words
    if left and implied and not clause.past and _by_people(clause, left, pool):
        pool.plain(left).see(Use.LEFT, lemma)


def _one_of_theirs(clause: Clause, phrase: Phrase, lex: Lexicon) -> bool:
    """ "A maker opens a shop", "as an admin I can close a shop": whoever does that has his own, or one of many."""
    subject = clause.subject
    people = subject is not None and not subject.proper and is_person(subject.head_word, lex)
    told = people or (clause.subject_word == "i" and story_actor(clause.sentence))
    one = clause.sentence.tokens[phrase.start].low in ("a", "an")
    does = lex.kind(clause.lemma) == OperationKind.COMMAND and not clause.past and not clause.negated
    return bool(told and one and does)


def _by_people(clause: Clause, left: str, pool: Pool) -> bool:
    """Whether people (or nobody in particular) do it to a thing: a law applies, and nobody reserves an amount."""
    subject = clause.subject
    done_to = [pool.nouns.standing(p.name) for p in clause.objects]
    if Standing.VALUE in done_to and left != "payment":
        return False
    return subject is None or is_person(subject.head_word, pool.reading.lex) or subject.head_word in _COMPANIES


def _list_members(pool: Pool, sentence: Sentence) -> None:
    nominal = nominals(pool.reading.catalogue)
    inside = bracketed(sentence)
    for phrase in sentence.phrases:
        before = sentence.tokens[phrase.start - 1].low if phrase.start else ""
        if phrase.start in inside or not (phrase.start == 0 or before in (",", ";", "and")):
            continue
        pool.note(sentence, phrase, Use.LISTED)
        if phrase.head_word in nominal and " " in phrase.name:
            first = kept(phrase.name.rpartition(" ")[0], pool.nouns).name
            if first:
                pool.at(first, sentence, phrase).see(Use.LISTED)


def _operate(pool: Pool, operation: OperationMention) -> None:
    """What operations are done to, and who does them. Signing in is no use of accounts that are kept here."""
    if operation.verb in _SIGNS_IN:
        return
    thing = kept(operation.object, pool.nouns)
    if thing.name:
        candidate = pool.found.setdefault(thing.name, Candidate(first=1_000_000))
        stated = isinstance(operation.why, Stated)
        use = Use.ACTED_ON if operation.kind in _COMMANDS else Use.READ
        candidate.see(use if stated and not thing.value else Use.READ, operation.verb)
        if thing.value and thing.value not in candidate.attributes:
            candidate.attributes.append(thing.value)
    if operation.actor in pool.found and operation.actor not in ("system", "user"):
        pool.found[operation.actor].see(Use.DOES, operation.verb)
    left = left_behind(pool.reading.catalogue).get(operation.verb)
    money = left == "payment"
    worth = operation.actor != "system" and pool.nouns.standing(operation.object) is not Standing.VALUE
    if left and (money or worth):
        pool.plain(left).see(Use.LEFT, operation.verb)
