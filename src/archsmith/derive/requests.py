"""Requests of visitors: visits x pages, or users x visits x requests, and what reminders and sites add up to."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.ledger import Ledger
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.ties import is_peak_factor
from archsmith.derive.words import plural
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.domain import Access

VISITS: Final = frozenset({"visit", "session", "visitor"})
PAGES: Final = frozenset({"page", "page view", "pageview", "screen", "request", "view", "hit", "call", "api call"})
_ACTIVE: Final = re.compile(
    r"\b(?:daus?|maus?|daily active|monthly active|active (?:users? )?(?:per|a|each|every) (?:day|month))\b"
)
_AT_WORK: Final = re.compile(r"\b(?:working|office|business|opening|busy|daytime) hours\b")
_BUSY: Final = re.compile(r"\b(?:busy|working|office|opening|business|daylight|operating|active|trading) hours?\b")
_WORKING_DAY: Final = 9 * 3600.0
"""Seconds of an office day, where the brief compares a peak with its working hours and does not say how many."""
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
    """`55,000 visits a day` x `11 pages per visit`: page requests; pages are assumed where only visits are stated."""
    visit = next((ld for noun, ld in loads.found.items() if noun.split(" ")[-1] in VISITS), None)
    if visit is None:
        visit = _daily_users(loads, lore)
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


def _daily_users(loads: Loads, lore: Lore) -> Load | None:
    """Daily active users come once a day each; of monthly ones a part."""
    shared = loads.people.active_share()
    if shared is not None:
        return _once_a_day(*shared, loads)
    for q in loads.numbers:
        match = _ACTIVE.search(f"{q.number.what} {q.quote} {q.number.unit}".lower())
        if match is None or q.dim not in (Dim.COUNT, Dim.RATE) or not q.binding or loads.people.is_concurrent(q):
            continue
        daily = match[0].startswith(("d", "active")) and "month" not in match[0]
        base = loads.ledger.state(q.number.id, match[0], q.value, "users", q.number.why)
        come = None if daily else lore.assume(loads.ledger, "daily_of_monthly")
        counted = loads.ledger.ratio(
            "visits_day", "visits per day", "per day", "active users", (base,) if come is None else (base, come)
        )
        return _once_a_day(q, counted, loads)
    return None


def _once_a_day(q: Quantity, counted: Figure, loads: Loads) -> Load:
    """The load of those who come by on a day."""
    rate = loads.ledger.ratio(
        "visit_rate", "average visits per second", "per second", "rate", (counted,), (float(DAY),)
    )
    day = replace(q, dim=Dim.RATE, period=float(DAY), period_name="day", noun="visit")
    loads.found["visit"] = Load("visit", rate, day, counted, words=loads.context.around(q.number.why))
    return loads.found["visit"]


def peak_factor(loads: Loads, product: Product, lore: Lore) -> Figure:
    """The busiest hour over the mean of a busy day: stated, else that of the archetype, else that of the audience."""
    known = loads.ledger.get("peak_factor")
    if known is not None:
        return known
    need = loads.requirements.needs.peak_factor
    if need is not None and need.value >= 1:
        return loads.ledger.state("peak_factor", "peak over mean", need.value, "ratio", need.why)
    for q in loads.numbers:
        if is_peak_factor(q, loads.context):
            return _stated_factor(q, loads)
    hours = busy_hours(loads)
    if hours is not None:
        what = "peak over mean: nearly all of it comes in the busy hours"
        return loads.ledger.ratio("peak_factor", what, "ratio", "day / busy hours", (float(DAY),), (hours,))
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


def _stated_factor(q: Quantity, loads: Loads) -> Figure:
    """A stated peak over the mean of the day; over that of the working hours it is so much higher over the day's."""
    _, tail = loads.context.sides(q.number.why)
    if _AT_WORK.search(f"{q.quote}{tail[:60]}") is None:
        return loads.ledger.state("peak_factor", "peak over mean", q.value, "ratio", q.number.why)
    factor = loads.ledger.state(q.number.id, "peak over the mean of the working hours", q.value, "ratio", q.number.why)
    hours: Figure | float = busy_hours(loads) or _WORKING_DAY
    return loads.ledger.ratio(
        "peak_factor",
        "peak over mean of the whole day",
        "ratio",
        "factor x day / hours",
        (factor, float(DAY)),
        (hours,),
    )


def busy_hours(loads: Loads) -> Figure | None:
    """Seconds a day in which nearly everything happens: `assume 10 busy hours`, `12 opening hours a day`."""
    for q in loads.numbers:
        if q.dim is Dim.SECONDS and 3600 <= q.value < float(DAY) and _BUSY.search(f"{q.number.what} {q.quote}"):
            return loads.ledger.state(q.number.id, "busy seconds of a day", q.value, "s", q.number.why)
    return None


def reminders(loads: Loads) -> None:
    """`reminders by text two days and two hours before`: two for each appointment of the day."""
    for operation in loads.world.operations.values():
        if operation.access is not Access.NOTIFY:
            continue
        named = operation.object.rpartition(" ")[2]
        said = (loads.context.around(operation.why), *(s for s in loads.context.sentences if named in s))
        match = next(filter(None, map(_BEFORE.search, said)), None)
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
