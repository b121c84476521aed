"""Requests of visitors: visits x pages, or users x visits x requests, and what reminders and sites add up to."""

import re
from typing import Final

from archsmith.derive.ledger import Ledger
from archsmith.derive.loads import Load, Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim
from archsmith.derive.words import plural
from archsmith.kernel.units import DAY
from archsmith.knowledge.archetypes import Audience
from archsmith.model.base import Figure
from archsmith.model.domain import Access
from archsmith.model.requirements import NumberRole

VISITS: Final = frozenset({"visit", "session", "visitor"})
PAGES: Final = frozenset({"page", "page view", "pageview", "screen", "request", "view", "hit", "call", "api call"})
_BEFORE: Final = re.compile(
    r"((?:[a-z0-9]+ (?:day|hour|week|minute|month)s?(?:, | and |, and )?)+)\s*(?:before|after|ahead|prior|in advance)"
)
_DURATION: Final = re.compile(r"[a-z0-9]+ (?:day|hour|week|minute|month)s?")


def known_ratio(product: Product, lore: Lore, ledger: Ledger, name: str, because: str) -> Figure:
    """A ratio of the archetype, else the default of the audience, as a step with its reason."""
    found = product.ratio(name)
    if found is None:
        return lore.assume(ledger, name, product.audience, because=because)
    source, row = found
    return ledger.assume(
        name, name.replace("_", " "), row.value, row.unit, reason=row.reason, source=f"{source}/{name}"
    )


def visits(loads: Loads, product: Product, lore: Lore) -> Load | None:
    """`55,000 visits a day` x `11 pages per visit`: the page requests; the pages assumed where only visits are stated."""
    visit = next((ld for noun, ld in loads.found.items() if noun.split(" ")[-1] in VISITS), None)
    if visit is None:
        return None
    per = next(
        (q for q in loads.numbers if q.dim in (Dim.FACTOR, Dim.COUNT, Dim.RATE) and q.per.split(" ")[-1] in VISITS),
        None,
    )
    if per is not None:
        each = loads.ledger.state(per.number.id, f"{plural(per.noun)} per visit", per.value, "ratio", per.number.why)
        loads.used.add(per.number.id)
        noun = per.noun if per.noun in PAGES else "page"
    else:
        each = known_ratio(product, lore, loads.ledger, "requests_per_visit", "the brief counts visits, not requests")
        noun = "request"
    average = loads.ledger.ratio(
        f"{noun}_rate",
        f"average {noun} rps on a normal day",
        "rps",
        "visits x pages",
        (visit.counted, each),
        (visit.quantity.period,),
    )
    busy = None
    if visit.busy is not None:
        top = loads.ledger.get(visit.busy.why.inputs[0]) if hasattr(visit.busy.why, "inputs") else None
        if top is not None:
            busy = loads.ledger.ratio(
                f"{noun}_busy",
                f"average {noun} rps on the peak day",
                "rps",
                "visits x pages",
                (top, each),
                (visit.quantity.period,),
            )
    load = Load(noun, average, visit.quantity, visit.counted, busy, words=visit.words)
    loads.found[noun] = load
    return load


def users(loads: Loads, product: Product, lore: Lore) -> tuple[Figure, Figure]:
    """How many people use it at the horizon, and how many of them are at it at the same moment on a busy day."""
    ledger, needs = loads.ledger, loads.requirements.needs
    outside = [a for a in loads.world.actors.values() if not a.internal]
    inside = [a for a in loads.world.actors.values() if a.internal and a.name != "system"]
    found = [f for f in (loads.people.of(a.name) for a in [*outside, *inside]) if f is not None]
    for q in loads.numbers:
        if q.dim is Dim.COUNT and q.number.unit.lower() in ("users", "people", "persons", "accounts") and q.binding:
            if q.number.role is NumberRole.POPULATION and not loads.people.is_concurrent(q):
                figure = loads.people.of(q.noun)
                found.extend([figure] if figure is not None else [])
    if needs.users is not None and not any(f.value >= needs.users.value for f in found):
        found.append(ledger.state("users_stated", "users", needs.users.value, "users", needs.users.why))
    crowd = loads.people.concurrent()
    visit = next((ld for noun, ld in loads.found.items() if noun.split(" ")[-1] in VISITS), None)
    if found:
        people = max(found, key=lambda f: f.value)
    elif visit is not None:
        each = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief counts visits, not people")
        people = ledger.ratio(
            "users",
            "people who come by at all",
            "users",
            "visits / visits of each",
            (visit.average, float(DAY)),
            (each,),
        )
    elif crowd:
        share = lore.assume(ledger, "concurrent_share")
        people = ledger.ratio("users", "users", "users", "concurrent / share", (crowd[0],), (share,))
    else:
        people = _users_from_loads(loads, product, lore)
    if needs.concurrent is not None and not any(c.value >= needs.concurrent.value for c in crowd):
        at_once = ledger.state(
            "concurrent_stated", "users at the same moment", needs.concurrent.value, "users", needs.concurrent.why
        )
    elif crowd:
        at_once = crowd[0]
    else:
        at_once = _concurrent(loads, people, visit, product, lore)
    return people, at_once


def _users_from_loads(loads: Loads, product: Product, lore: Lore) -> Figure:
    """Nobody was counted: as many as cause the most frequent thing that people do, else a default."""
    made = [
        ld for ld in loads.found.values() if ld.quantity.dim is Dim.RATE and product.audience is not Audience.DEVICE
    ]
    if made:
        top = min(made, key=lambda ld: ld.average.value)
        each = known_ratio(product, lore, loads.ledger, "visits_per_user_day", "the brief counts deeds, not people")
        return loads.ledger.ratio(
            "users",
            f"people behind the {plural(top.noun)}",
            "users",
            "deeds / visits of each",
            (top.average, float(DAY)),
            (each,),
        )
    return lore.assume(
        loads.ledger, "users", product.audience, ident="users", what="users", because="the brief counts nobody"
    )


def _concurrent(loads: Loads, people: Figure, visit: Load | None, product: Product, lore: Lore) -> Figure:
    ledger = loads.ledger
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


def peak_factor(loads: Loads, product: Product, lore: Lore) -> Figure:
    """The busiest hour over the mean of a busy day: stated, else that of the archetype, else that of the audience."""
    known = loads.ledger.get("peak_factor")
    if known is not None:
        return known
    need = loads.requirements.needs.peak_factor
    if need is not None and need.value >= 1:
        return loads.ledger.state("peak_factor", "peak over mean", need.value, "ratio", need.why)
    for q in loads.numbers:
        if q.dim is Dim.FACTOR and q.value >= 1 and "peak" in f"{q.number.what} {q.quote}".lower() and not q.per:
            return loads.ledger.state("peak_factor", "peak over mean", q.value, "ratio", q.number.why)
    found = product.ratio("peak_factor")
    if found is not None:
        source, row = found
        return loads.ledger.assume(
            "peak_factor", "peak over mean", row.value, "ratio", reason=row.reason, source=f"{source}/peak_factor"
        )
    return lore.assume(
        loads.ledger,
        "peak_factor",
        product.audience,
        ident="peak_factor",
        what="peak over mean",
        because=f"no peak is stated, and the users are of the kind '{product.audience}'",
    )


def reminders(loads: Loads) -> None:
    """`reminders by text two days and two hours before`: two for each appointment of the day."""
    for operation in loads.world.operations.values():
        if operation.access is not Access.NOTIFY:
            continue
        match = _BEFORE.search(loads.context.around(operation.why))
        times = len(_DURATION.findall(match[1])) if match else 0
        owner = loads.world.entities[operation.entity]
        targets = {owner.id, *(r.target for r in owner.relations)}
        base = next(
            (
                ld
                for n, ld in loads.found.items()
                if ld.quantity.dim is Dim.RATE
                and n in loads.world.names
                and (loads.world.names[n] in targets or len(loads.found) == 1)
            ),
            None,
        )
        if not times or base is None or operation.object in loads.found:
            continue
        noun, period = operation.object, base.quantity.period_name
        each = loads.ledger.state(
            f"{noun}_each", f"{plural(noun)} for each {base.noun}", float(times), "ratio", operation.why
        )
        counted = loads.ledger.ratio(
            f"{noun}_per_{period}",
            f"{plural(noun)} per {period}",
            f"per {period}",
            "load x n each",
            (base.counted, each),
        )
        rate = loads.ledger.ratio(
            f"{noun}_rate",
            f"average {plural(noun)} per second",
            "per second",
            "rate",
            (counted,),
            (base.quantity.period,),
        )
        loads.found[noun] = Load(noun, rate, base.quantity, counted, words=base.words)


def sites(loads: Loads) -> None:
    """A stated load over the counted sites or tenants: what one of them sees on average."""
    places = loads.people.sites()
    if not places:
        return
    q, count = max(places, key=lambda item: item[1].value)
    for load in tuple(loads.found.values()):
        if load.quantity.dim is Dim.RATE and not load.quantity.per and load.counted.value > count.value:
            period = load.quantity.period_name
            loads.ledger.ratio(
                f"{load.noun}_per_site",
                f"{plural(load.noun)} per {period} and {q.noun}",
                f"per {period}",
                "load / sites",
                (load.counted,),
                (count,),
            )
