"""Habits: how often each of those who are counted does something: `each books three times a month`."""

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.derive.attach import deed_noun
from archsmith.derive.drafts import OperationDraft
from archsmith.derive.loads import Loads
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase, tokens
from archsmith.kernel.inflect import singular
from archsmith.model.domain import LOOKS
from archsmith.model.requirements import NumberRole, OperationKind

_OFTEN: Final = re.compile(r"\b(?:times?|once|twice|thrice|\d+\s?[x×])(?=\s|/|$)")
_COMING: Final = frozenset("visit return open log sign use browse".split())
"""Verbs of which each is a visit, where no operation of the brief bears the verb."""
_GENERAL: Final = frozenset({"user", "person", "people"})


class Habit(Struct, frozen=True):
    """What somebody does so often, who that is, and the operation that it is where the brief names it."""

    quantity: Quantity
    noun: str
    operation: OperationDraft | None


def find(loads: Loads) -> list[Habit]:
    """The habits of those who are counted. They are no rates of the noun that stands beside them."""
    found = []
    for q in loads.numbers:
        verb = q.number.subject.lower().split(" ")[0]
        stated = q.dim is Dim.RATE and q.number.role is NumberRole.LOAD and bool(verb)
        who = _who(q, verb, loads) if stated and _OFTEN.search(q.quote) else ""
        if not who:
            continue
        operation = _operation(verb, who, q, loads)
        noun = "visit" if operation is None and verb in _COMING else deed_noun(verb)
        found.append(Habit(replace(q, noun=noun, per=who), noun, operation))
        loads.used.add(q.number.id)
    return found


def add(habits: list[Habit], loads: Loads) -> None:
    """The load of each habit: so often, times those who do it. What the brief states for all together goes first."""
    for habit in habits:
        operation = habit.operation
        same = {habit.noun} | ({operation.object} if operation is not None else set())
        if any(noun in loads.found for noun in same):
            continue
        load = loads.load_of(habit.noun, habit.quantity)
        load.operation = operation.id if operation is not None else ""
        loads.found[habit.noun] = load


def _who(q: Quantity, verb: str, loads: Loads) -> str:
    """Those who do it, nearest first: told by `each`, counted beside it, or named before it in the sentence."""
    head, _ = loads.context.sides(q.number.why)
    told = [singular(w) for w in tokens(q.quote)]
    named = [n for n in (*reversed(nouns_in(head, loads.world)), *nouns_in(q.quote, loads.world)) if n != verb]
    for noun in (q.per, q.noun, *named, *(w for w in told if w in _GENERAL)):
        if noun and noun != verb and _acts(noun, loads) and loads.people.of(noun) is not None:
            return noun
    return ""


def _acts(noun: str, loads: Loads) -> bool:
    draft = loads.world.find(noun)
    actor = any(phrase(a.name) == noun for a in loads.world.actors.values())
    return noun in _GENERAL or actor or draft is None or draft.person


def _operation(verb: str, who: str, q: Quantity, loads: Loads) -> OperationDraft | None:
    """The operation of this verb: by those who do it, on what the sentence names, a deed rather than a look."""
    text = loads.context.around(q.number.why)
    best: tuple[tuple[bool, bool, bool], OperationDraft] | None = None
    for operation in loads.world.operations.values():
        if operation.verb.split(" ")[0] != verb or operation.kind is OperationKind.EVENT:
            continue
        by = phrase(loads.world.actors[operation.actor].name) == who
        about = operation.object.rpartition(" ")[2] in text
        rank = (about, by, operation.access not in LOOKS)
        if best is None or rank > best[0]:
            best = rank, operation
    return best[1] if best is not None else None
