"""Which figures of the brief a change reaches."""

from typing import Final

from archsmith.kernel.provenance import Derived, Fact, Stated
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Needs, Number, NumberRole, NumberStatus, Requirements
from archsmith.vary.levers import Lever, Reach

_PEOPLE: Final = frozenset({"users", "tenants", "people", "persons", "accounts"})
_PLAIN: Final = frozenset(
    {"percent", "ratio", "ms", "s", "us", "seconds", "minutes", "hours", "days", "weeks", "months"}
)
_BYTES: Final = frozenset({"bytes", "b", "kb", "mb", "gb", "tb", "pb"})
_WAITS: Final = frozenset({"ms", "s", "us"})
_LONGEST_WAIT: Final = 10.0
_ROLES: Final = {
    "concurrent": (NumberRole.LOAD, NumberRole.POPULATION),
    "growth": (NumberRole.GROWTH,),
    "availability": (NumberRole.AVAILABILITY,),
    "latency": (NumberRole.LATENCY,),
    "rpo": (NumberRole.RECOVERY,),
    "rto": (NumberRole.RECOVERY,),
    "budget": (NumberRole.BUDGET,),
    "build_budget": (NumberRole.BUDGET,),
    "deadline": (NumberRole.DEADLINE,),
    "team": (NumberRole.TEAM,),
}


def reached(lever: Lever, requirements: Requirements, derivation: Derivation, *, by_factor: bool) -> tuple[Number, ...]:
    """The numbers that change along, in the order of the brief; those of the past and corrected ones stay."""
    alive = [n for n in requirements.numbers if n.status not in (NumberStatus.SUPERSEDED, NumberStatus.HISTORY)]
    if lever.reach is Reach.PEOPLE:
        people = [n for n in alive if _counts_people(n)]
        each = _per_head(derivation, frozenset(_step(n) for n in people))
        return tuple(n for n in alive if n in people or (_is_flow(n) and _step(n) not in each))
    if lever.reach is Reach.THINGS:
        return tuple(n for n in alive if n.role is NumberRole.POPULATION and n.unit not in _PEOPLE)
    if lever.reach is Reach.LOAD:
        return ()
    own = _behind(lever, requirements.needs, alive)
    if lever.reach is Reach.WAITS and by_factor:
        return tuple(n for n in alive if n in own or _is_wait(n))
    return own


def _counts_people(number: Number) -> bool:
    return number.unit in _PEOPLE and number.role in (NumberRole.POPULATION, NumberRole.LOAD)


def _is_flow(number: Number) -> bool:
    """A stated rate, or a count of what comes at once."""
    unit = number.unit.strip().lower()
    return number.role is NumberRole.LOAD and unit not in _PLAIN and unit.split(" ")[0] not in _BYTES


def _is_wait(number: Number) -> bool:
    if number.role is not NumberRole.LATENCY or number.unit not in _WAITS:
        return False
    return number.unit != "s" or number.value <= _LONGEST_WAIT


def _step(number: Number) -> str:
    """The id of the step of the workload that puts a number down."""
    return number.id.replace("-", "_").lower()


def _per_head(derivation: Derivation, people: frozenset[str]) -> frozenset[str]:
    """Steps that are multiplied with a count of people further on, such as `3 a month` of each member: they stay."""
    steps = {s.id: s.why for s in derivation.workload.steps}
    counted: set[str] = set(people)
    for ident, why in steps.items():  # in the order of computation
        if isinstance(why, Derived) and counted & set(why.inputs):
            counted.add(ident)
    found: set[str] = set()
    for why in steps.values():
        if isinstance(why, Derived) and "*" in why.formula and counted & set(why.inputs):
            found.update(i for i in why.inputs if i not in counted)
    return frozenset(found)


def _behind(lever: Lever, needs: Needs, alive: list[Number]) -> tuple[Number, ...]:
    """The numbers whose words the need quotes."""
    fact = getattr(needs, lever.field, None) if lever.field else None
    if not isinstance(fact, Fact) or not isinstance(fact.why, Stated):
        return ()
    at, roles = fact.why.at, _ROLES.get(lever.name, ())
    return tuple(
        n for n in alive if n.role in roles and isinstance(n.why, Stated) and n.why.at.line == at.line
        and (n.why.at.quote in at.quote or at.quote in n.why.at.quote)
    )  # fmt: skip
