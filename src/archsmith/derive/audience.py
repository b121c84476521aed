"""How many people use it, and how many of them at the same moment."""

import re
from typing import Final

from archsmith.derive.attach import Carriers
from archsmith.derive.devices import is_device
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.requests import VISITS, known_ratio, peak_factor
from archsmith.derive.words import head, phrase, plural, singular, tokens
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.domain import Access
from archsmith.model.requirements import NumberRole

_PEOPLE_PER_THING: Final = 10.0
"""Users for each counted thing where nobody is counted: twelve ponds have no ten thousand visitors."""
_ANYONE: Final = frozenset(
    {"user", "people", "person", "account", "client", "customer", "member", "subscriber", "inhabitant"}
)
_INSIDERS: Final = re.compile(
    r"\b(?:staff|support|employees?|team|office|desk|analysts?|operators?|clerks?|volunteers?)\W{0,3}$"
)
_DONE_BY_PEOPLE: Final = frozenset({Access.CREATE, Access.TRANSITION, Access.UPDATE, Access.SEARCH})


def users(loads: Loads, product: Product, lore: Lore) -> tuple[Figure, Figure]:
    """Users at the horizon, and those who are at it at the same moment on a busy day."""
    ledger, needs = loads.ledger, loads.requirements.needs
    outside = [a for a in loads.world.actors.values() if not a.internal]
    inside = [a for a in loads.world.actors.values() if a.internal and a.name != "system"]
    human = [a for a in (outside or inside) if not is_device(a.name)]
    found = [f for f in (loads.people.of(a.name) for a in human) if f is not None]
    found += [f for f in (_anyone(q, loads, lore, bool(outside)) for q in loads.numbers) if f is not None]
    inner = (
        any(q.value == needs.users.value and _insiders(q, loads, lore) for q in loads.numbers)
        if needs.users and outside
        else False
    )
    if needs.users is not None and not inner and not any(f.value >= needs.users.value for f in found):
        found.append(ledger.state("users_stated", "users", needs.users.value, "users", needs.users.why))
    visit = next((ld for noun, ld in loads.found.items() if noun.split(" ")[-1] in VISITS), None)
    estimate = _behind(loads, product, lore, visit, stated=bool(found))
    if estimate is not None and visit is None and found and not inner:
        estimate = None  # those who are counted are the ones behind the deeds
    crowd = loads.people.concurrent()
    if found or estimate is not None:
        people = max([*found, *([estimate] if estimate is not None else [])], key=lambda f: f.value)
    elif crowd:
        share = lore.assume(ledger, "concurrent_share")
        people = ledger.ratio("users", "users", "users", "concurrent / share", (crowd[0],), (share,))
    else:
        people = _nobody_counted(loads, product, lore)
    if needs.concurrent is not None and not any(c.value >= needs.concurrent.value for c in crowd):
        return people, ledger.state(
            "concurrent_stated", "users at the same moment", needs.concurrent.value, "users", needs.concurrent.why
        )
    return people, crowd[0] if crowd else _at_once(loads, people, visit, product, lore)


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


def _anyone(q: Quantity, loads: Loads, lore: Lore, outsiders: bool) -> Figure | None:
    """A count of users in general; not of staff where the system is for others."""
    counts = q.dim is Dim.COUNT and q.number.role is NumberRole.POPULATION and q.binding and head(q.noun) in _ANYONE
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


def _behind(loads: Loads, product: Product, lore: Lore, visit: Load | None, *, stated: bool) -> Figure | None:
    """People behind stated visits, or behind deeds whose doers nobody counted."""
    ledger = loads.ledger
    if visit is not None:
        if stated:
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
    deeds, carriers = [], Carriers(loads.world, product)
    for load in loads.found.values():
        operation = carriers.of(load, set()) if load.quantity.dim is Dim.RATE else None
        if operation is None or (operation.access not in _DONE_BY_PEOPLE and head(load.noun) != "search"):
            continue
        actor = loads.world.actors[operation.actor]
        if not actor.internal and loads.people.of(actor.name) is None:
            deeds.append(load)
    if not deeds:
        return None
    top = max(deeds, key=lambda ld: ld.average.value)
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
