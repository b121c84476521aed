"""The actors: those who use the system, by what they do and by how the brief counts them."""

from typing import Final

from archsmith.elicit.numbers import Found
from archsmith.elicit.priority import story_actor
from archsmith.elicit.reading import Reading
from archsmith.elicit.referents import is_person
from archsmith.kernel.ids import ActorId
from archsmith.kernel.names import slug
from archsmith.kernel.provenance import Stated
from archsmith.model.requirements import Actor, NumberRole, OperationMention

_STAFF: Final = frozenset(
    "staff employee manager admin administrator operator support agent clerk receptionist finance editor"
    " moderator analyst reviewer"
    " dispatcher treasurer registrar supervisor lead accountant auditor volunteer director officer teacher"
    " doctor nurse planner team"
    " department librarian controller picker packer storekeeper caretaker engineer technician planner reception"
    " coordinator".split()
)


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
