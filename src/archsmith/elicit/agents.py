"""Who acts in a clause: a person, an organisation, a device, the system; a mere thing does nothing of its own."""

from collections.abc import Sequence
from typing import Final

from archsmith.elicit.clauses import Clause
from archsmith.elicit.lexicon import Lexicon
from archsmith.elicit.priority import heading_actor, story_actor
from archsmith.elicit.referents import Memory, is_person
from archsmith.kernel.inflect import is_plural

SYSTEM: Final = "system"
ANYBODY: Final = "user"
_GENERAL: Final = frozenset(
    "person people anyone anybody everyone everybody somebody someone one human individual".split()
)
_BY_PRONOUN: Final = frozenset("he she they whoever".split())
_SOFTWARE: Final = frozenset(
    "system portal app website site platform service api software program backend frontend server job"
    " engine gateway screen page widget bot assistant tool solution button product module component server process"
    " link map dashboard installation worker scheduler script form wizard console".split()
)


def acts_itself(head: str, lex: Lexicon) -> bool:
    """Whether a noun names somebody or something that does things: people, firms, departments, devices."""
    return is_person(head, lex) or any(head in lex.groups[g] for g in ("device", "company", "department"))


def is_software(head: str) -> bool:
    """Whether a noun stands for the system or a part of it."""
    return head in _SOFTWARE


def is_thing(clause: Clause, lex: Lexicon) -> bool:
    """Whether the subject is a thing of the business: "a mail opens a ticket", "a debit must see the balance"."""
    subject = clause.subject
    if subject is None or clause.passive:
        return False
    head = subject.head_word
    if acts_itself(head, lex) or is_software(head):
        return False
    if _is_name(clause):
        return False
    return head in lex.groups["thing"] or head in lex.groups["abstract"] or head in lex.groups["event"]


def _is_name(clause: Clause) -> bool:
    """Whether the subject is a proper name: a capital, and no article that would make it one of many."""
    subject = clause.subject
    article = subject is not None and clause.sentence.tokens[subject.start].low in ("a", "an", "each", "every", "any")
    return subject is not None and subject.proper and not article


def _meant(clause: Clause, earlier: Sequence[Clause], lex: Lexicon) -> str:
    """Who "they" are, by the subject of a clause before: "the portals pull prices (they expect ...)"."""
    if clause.subject_word != "they":
        return ""
    for before in reversed(earlier[-4:]):
        subject = before.subject
        if subject is not None and is_plural(clause.sentence.tokens[subject.head].low):
            return subject.name if acts_itself(subject.head_word, lex) else SYSTEM
    return ""


def actor_of(clause: Clause, earlier: Sequence[Clause], lex: Lexicon, memory: Memory) -> str:
    """The name of who acts; `system` for what runs by itself, `user` for anybody.

    `earlier`: the clauses before it in the same sentence.
    """
    subject = clause.subject
    if subject is not None:
        head = subject.head_word
        if head in _GENERAL:
            return ANYBODY
        known = is_software(head) or head in lex.groups["abstract"] or is_thing(clause, lex)
        if acts_itself(head, lex) or not (known or clause.passive or _is_name(clause) or not subject.name):
            return " ".join(subject.name.split()[-2:])
        return SYSTEM
    word = clause.subject_word
    if word in _BY_PRONOUN:
        return _meant(clause, earlier, lex) or memory.actor or ANYBODY
    if word in ("we", "it", "us") or clause.passive:
        return SYSTEM
    if word == "i":
        return story_actor(clause.sentence) or ANYBODY
    return heading_actor(clause.sentence, lex) or ANYBODY
