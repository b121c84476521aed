"""How many people use it, and how many of them at the same moment."""

import re
from typing import Final

from archsmith.derive.attach import Carriers
from archsmith.derive.devices import is_device
from archsmith.derive.ledger import Ledger
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.requests import VISITS, known_ratio, peak_factor
from archsmith.derive.words import head, phrase, plural, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.domain import Access
from archsmith.model.requirements import Actor, NumberRole

_PEOPLE_PER_THING: Final = 10.0
"""Users for each counted thing where nobody is counted: twelve ponds have no ten thousand visitors."""
_ANYONE: Final = frozenset("user people person account client customer member subscriber inhabitant login seat".split())
_LOOKED_AFTER: Final = frozenset({"account", "client", "customer"})
"""Counted beside the actors, they may be those whom the actors deal with: 48,000 accounts of 340 representatives."""
_BY_PROGRAMS: Final = frozenset({"call", "request", "query", "hit", "message", "event", "posting"})
"""Loads that programs cause, so that no people can be reckoned from them."""
_DEEDS_EACH: Final = 2.0
"""Deeds a day of one person: so many come from those who are counted; more come from others too."""
_MANY: Final = 1e6
"""So many who are counted are all there are."""
_INSIDERS: Final = re.compile(
    r"\b(?:staff|support|employees?|team|office|desk|analysts?|operators?|clerks?|volunteers?)\W{0,3}$"
)
_DONE_BY_PEOPLE: Final = frozenset({Access.CREATE, Access.TRANSITION, Access.UPDATE, Access.SEARCH})


def users(loads: Loads, product: Product, lore: Lore) -> tuple[Figure, Figure]:
    """Users at the horizon, and those who are at it at the same moment on a busy day."""
    ledger, needs = loads.ledger, loads.requirements.needs
    outside = [a for a in loads.world.actors.values() if not a.internal]
    inside = [a for a in loads.world.actors.values() if a.internal and a.name != "system"]
    found = _counted(outside or inside, loads)
    found += [f for q in loads.numbers if (f := _anyone(q, loads, lore, bool(outside), bool(found))) is not None]
    inner = (
        any(q.value == needs.users.value and _insiders(q, loads, lore) for q in loads.numbers)
        if needs.users and outside
        else False
    )
    if needs.users is not None and not inner and not any(f.value >= needs.users.value for f in found):
        found.append(ledger.state("users_stated", "users", needs.users.value, "users", needs.users.why))
    visit = next((ld for noun, ld in loads.found.items() if noun.split(" ")[-1] in VISITS), None)
    estimate = _behind(loads, product, lore, visit, found)
    crowd = loads.people.concurrent()
    if found or estimate is not None:
        known = [*found, *_counted(inside, loads), *([estimate] if estimate is not None else [])]
        people = max(known, key=lambda f: f.value)
    elif crowd:
        people = _of_crowd(crowd[0], lore, ledger)
    else:
        people = max([*_counted(inside, loads), _nobody_counted(loads, product, lore)], key=lambda f: f.value)
    if needs.concurrent is not None and not any(c.value >= needs.concurrent.value for c in crowd):
        at_once = ledger.state(
            "concurrent_stated", "users at the same moment", needs.concurrent.value, "users", needs.concurrent.why
        )
    else:
        at_once = crowd[0] if crowd else _at_once(loads, people, visit, product, lore)
    if at_once.value > people.value:
        people = _of_crowd(at_once, lore, ledger)
    return people, at_once


def _counted(actors: list[Actor], loads: Loads) -> list[Figure]:
    """The figures of those actors whom the brief counts; devices are no users."""
    return [f for a in actors if not is_device(a.name) and (f := loads.people.of(a.name)) is not None]


def _of_crowd(crowd: Figure, lore: Lore, ledger: Ledger) -> Figure:
    """Those of whom so many are there at the same moment."""
    share = lore.assume(ledger, "concurrent_share")
    return ledger.ratio("users", "users", "users", "concurrent / share", (crowd,), (share,))


def _nobody_counted(loads: Loads, product: Product, lore: Lore) -> Figure:
    """The default of the audience, but never more than ten for each of the things that the brief does count."""
    usual = lore.default("users", product.audience)
    things = [
        q for q in loads.numbers if q.dim is Dim.COUNT and q.number.role is NumberRole.POPULATION and q.value >= 1
    ]
    top = max(things, key=lambda q: q.value, default=None)
    if top is None or top.value * _PEOPLE_PER_THING >= usual.value:
        return lore.assume(
            loads.ledger, "users", product.audience, ident="users", what="users", because="the brief counts nobody"
        )
    count = loads.ledger.state(
        top.number.id, plural(top.noun), top.value, top.number.unit or plural(top.noun), top.number.why
    )
    return loads.ledger.ratio(
        "users",
        f"users, from the {plural(top.noun)} that are counted",
        "users",
        "ten for each thing",
        (count, _PEOPLE_PER_THING),
    )


def _anyone(q: Quantity, loads: Loads, lore: Lore, outsiders: bool, known: bool) -> Figure | None:
    """A count of users in general; not of staff where the system is for others, nor of the firms that the users look
    after."""
    nouns = _ANYONE - _LOOKED_AFTER if known else _ANYONE
    counts = q.dim is Dim.COUNT and q.number.role is NumberRole.POPULATION and q.binding and head(q.noun) in nouns
    if not counts or loads.people.is_concurrent(q):
        return None
    return None if outsiders and _insiders(q, loads, lore) else loads.people.of(q.noun)


def _is_staff(word: str, lore: Lore) -> bool:
    row = lore.entity(word)
    return row is not None and row.id == "staff"


def _insiders(q: Quantity, loads: Loads, lore: Lore) -> bool:
    """Whether the count is one of staff: `Staff (9 people)`, or a noun that only insiders bear."""
    before, _ = loads.context.sides(q.number.why)
    inside = any(a.internal and phrase(a.name) == q.noun for a in loads.world.actors.values())
    near = [singular(w) for w in tokens(before[-40:])]
    inside = inside or any(_is_staff(word, lore) for word in near)
    return inside or _INSIDERS.search(before) is not None or _INSIDERS.search(q.number.subject) is not None


def _behind(loads: Loads, product: Product, lore: Lore, visit: Load | None, found: list[Figure]) -> Figure | None:
    """People behind stated visits, or behind deeds whose doers nobody counted."""
    ledger = loads.ledger
    if visit is not None:
        if found:
            return None
        each = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief counts visits, not people")
        return ledger.ratio(
            "users",
            "people who come by at all",
            "users",
            "visits / visits of each",
            (visit.average, float(DAY)),
            (each,),
        )
    deeds, carriers = [], Carriers(loads.world, product, lore)
    for load in loads.found.values():
        operation = carriers.of(load, set()) if load.quantity.dim is Dim.RATE else None
        if head(load.noun) in _BY_PROGRAMS:
            continue
        if operation is None or (operation.access not in _DONE_BY_PEOPLE and head(load.noun) != "search"):
            continue
        actor = loads.world.actors[operation.actor]
        if not actor.internal and loads.people.of(actor.name) is None:
            deeds.append(load)
    if not deeds:
        return None
    top = max(deeds, key=lambda ld: ld.average.value)
    most = max((f.value for f in found), default=0.0)
    if top.average.value * float(DAY) <= _DEEDS_EACH * most or most >= _MANY:
        return None
    each = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief counts deeds, not people")
    return ledger.ratio(
        "users",
        f"people behind the {plural(top.noun)}",
        "users",
        "deeds / visits of each",
        (top.average, float(DAY)),
        (each,),
    )


def _at_once(loads: Loads, people: Figure, visit: Load | None, product: Product, lore: Lore) -> Figure:
    ledger, active, stay = loads.ledger, loads.people.active(), loads.people.stay()
    if active is not None and stay is not None:
        return ledger.ratio(
            "concurrent",
            "users at the same moment in the busiest hour",
            "users",
            "Little's law",
            (active, stay, peak_factor(loads, product, lore)),
            (float(DAY),),
        )
    length = lore.assume(ledger, "session_seconds")
    if visit is not None:
        return ledger.ratio(
            "concurrent",
            "visitors at the same moment on a busy day",
            "users",
            "Little's law",
            (visit.busy or visit.average, length),
        )
    each = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief does not say how often people come")
    factor = peak_factor(loads, product, lore)
    return ledger.ratio(
        "concurrent",
        "users at the same moment in the busiest hour",
        "users",
        "Little's law",
        (people, each, factor, length),
        (float(DAY),),
    )
