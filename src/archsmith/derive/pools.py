"""Pools of requests that are spread over many operations: the visitors' looking around, and the work of staff."""

import re
from typing import Final

from msgspec import Struct

from archsmith.derive.ledger import Ledger
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim
from archsmith.derive.requests import known_ratio, peak_factor
from archsmith.derive.words import phrase, plural
from archsmith.kernel.ids import ActorId
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_PAGES: Final = ("page", "page view", "request", "api request", "api call", "call", "view", "screen", "hit", "query")
_READ_WRITE: Final = re.compile(r"\breads?\s*(?::|/|to|-|per)\s*writes?\b")
_ASKED: Final = frozenset("request query search lookup look-up call read view hit fetch download reload".split())
_STEADY: Final = re.compile(
    r"\b(?:averages?|means?|sustained|constant(?:ly)?|steady|steadily|continuous(?:ly)?|typical(?:ly)?|normal(?:ly)?"
    r"|usual(?:ly)?|off-peak|around the clock|all day|(?:per|each) (?:device|sensor|meter|box))\b"
)
_STAFF_NOUNS: Final = ("staff", "employee", "agent", "operator", "user", "people")


class Rate(Struct, frozen=True):
    """Events a second on average and at the peak."""

    average: Figure
    peak: Figure


def peak_of(loads: Loads, noun: str, factor: Figure) -> Figure:
    """The peak of a stated load: its rush where one is stated, else its busiest day times the peak factor.

    A rate that the brief states for the peak is the peak, and its average follows from the factor.
    """
    load = loads.found[noun]
    if (load.quantity.number.peak or _at_most(load, loads)) and load.busy is None and load.burst is None:
        load.burst = load.average
        load.average = loads.ledger.ratio(
            f"{noun}_mean", f"mean {plural(noun)} per second", load.unit, "peak / peak factor", (load.burst,), (factor,)
        )
    top = load.busy or load.average
    if load.burst is not None and (load.burst.id == load.average.id or load.burst.value >= top.value):
        return load.burst
    return loads.ledger.ratio(
        f"{noun}_peak", f"peak {plural(noun)} per second", load.unit, "busy rate x peak factor", (top, factor)
    )


def _at_most(load: Load, loads: Loads) -> bool:
    """Whether people's requests are told by the second: that is what must be carried, and no mean over the day."""
    asked = load.noun.rpartition(" ")[2] in _ASKED and load.quantity.period <= 1.0
    return asked and not _STEADY.search(f"{load.words} {load.quantity.quote.lower()}")


def visitors(
    loads: Loads,
    deeds: list[Rate],
    asked: tuple[Figure, ...],
    people: Figure,
    at_once: Figure,
    product: Product,
    lore: Lore,
) -> Rate:
    """Requests of visitors: stated pages, else reads for each deed, else visits of the users.

    At the peak never less than those who are stated to be there at once can cause; `asked` are the peaks of what the
    brief says that they ask for, which is a part of that.
    """
    ledger, factor = loads.ledger, peak_factor(loads, product, lore)
    noun = next((n for n in _PAGES if n in loads.found and n not in loads.carried), None)
    if noun is not None:
        peak = peak_of(loads, noun, factor)
        pool = Rate(loads.found[noun].average, peak)
    elif deeds:
        reads = _read_write(loads) or known_ratio(
            product, lore, ledger, "reads_per_command", "the brief counts deeds, not requests"
        )
        made = ledger.total("deeds", "what people do, per second", "per second", "sum", tuple(r.average for r in deeds))
        top = ledger.total(
            "deeds_peak", "what people do at the peak, per second", "per second", "sum", tuple(r.peak for r in deeds)
        )
        most = _most(made, people, product, lore, ledger)
        if most is not None and made.value * reads.value > most.value and not isinstance(reads.why, Stated):
            what = "average requests to look around, by the visits of those who are counted"
            average = ledger.total("browsing", what, "rps", "at most what so many people do", (most,))
            rush = (average, top, made) if made.value else (average, factor)
            peak = ledger.ratio(
                "browsing_peak", "peak requests to look around", "rps", "average x peak", rush[:2], rush[2:]
            )
        else:
            average = ledger.ratio("browsing", "average requests to look around", "rps", "deeds x reads", (made, reads))
            peak = ledger.ratio("browsing_peak", "peak requests to look around", "rps", "deeds x reads", (top, reads))
        pool = Rate(average, peak)
    else:
        come = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief does not say how often users come")
        each = known_ratio(product, lore, ledger, "requests_per_visit", "the brief does not say what a visit does")
        average = ledger.ratio(
            "browsing",
            "average requests of visitors",
            "rps",
            "users x visits x requests",
            (people, come, each),
            (float(DAY),),
        )
        pool = Rate(
            average,
            ledger.ratio(
                "browsing_peak", "peak requests of visitors", "rps", "average x peak factor", (average, factor)
            ),
        )
    return _crowded(loads, pool, at_once, asked, product, lore)


def of_people(actor: str, count: Figure, loads: Loads, product: Product, lore: Lore) -> Rate:
    """Requests of one counted group of actors: heads x visits x requests."""
    ledger, factor = loads.ledger, peak_factor(loads, product, lore)
    come = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief does not say how often users come")
    each = known_ratio(product, lore, ledger, "requests_per_visit", "the brief does not say what a visit does")
    name = phrase(loads.world.actors[ActorId(actor)].name)
    average = ledger.ratio(
        f"{actor}_requests",
        f"average requests of {plural(name)}",
        "rps",
        "heads x visits x requests",
        (count, come, each),
        (float(DAY),),
    )
    peak = ledger.ratio(
        f"{actor}_requests_peak", f"peak requests of {plural(name)}", "rps", "average x peak factor", (average, factor)
    )
    return Rate(average, peak)


def _most(made: Figure, people: Figure, product: Product, lore: Lore, ledger: Ledger) -> Figure | None:
    """What so many people ask for, where the brief counts them: their visits, and never less than their deeds."""
    if people.id == "users" or people.value <= 0:
        return None
    come = known_ratio(product, lore, ledger, "visits_per_user_day", "the brief does not say how often users come")
    each = known_ratio(product, lore, ledger, "requests_per_visit", "the brief does not say what a visit does")
    visits = people.value * come.value * each.value / float(DAY)
    if visits <= made.value:
        return made
    return ledger.ratio(
        "visits_requests",
        "requests of so many people",
        "rps",
        "users x visits x requests",
        (people, come, each),
        (float(DAY),),
    )


def _read_write(loads: Loads) -> Figure | None:
    """`read:write ratio 100:1`, where the brief states it."""
    for q in loads.numbers:
        text = f"{q.number.what} {loads.context.around(q.number.why)}"
        if q.dim is Dim.FACTOR and q.number.role is NumberRole.RATIO and _READ_WRITE.search(text) and q.value >= 1:
            return loads.ledger.state(q.number.id, "reads for each write", q.value, "ratio", q.number.why)
    return None


def _crowded(
    loads: Loads, pool: Rate, at_once: Figure, asked: tuple[Figure, ...], product: Product, lore: Lore
) -> Rate:
    """The peak of those who are stated to be active at once: the requests of a visit spread over its length.

    Without what the brief states of their requests itself: that is counted with the operations that it is for.
    """
    idle = [q for q in loads.numbers if loads.people.is_concurrent(q) and q.number.id not in loads.used]
    stated = at_once.id == "concurrent_stated"
    if not idle and not stated:
        return pool
    crowd = at_once if stated else min(loads.people.concurrent(), key=lambda f: f.value)
    each = known_ratio(product, lore, loads.ledger, "requests_per_visit", "the brief does not say what a visit does")
    length = lore.assume(loads.ledger, "session_seconds")
    peak = loads.ledger.ratio(
        "crowd_peak",
        "requests of those who are active at once",
        "rps",
        "active x requests / visit",
        (crowd, each),
        (length,),
    )
    if asked:
        what = "the other requests of those who are active at once"
        peak = loads.ledger.rest("crowd_rest", what, "rps", "all - stated ones", peak, asked)
    return Rate(pool.average, peak) if peak.value > pool.peak.value else pool


def staff(loads: Loads, actors: tuple[ActorId, ...], lore: Lore) -> Rate:
    """Requests of staff: heads x actions of a working day."""
    ledger = loads.ledger
    named = [loads.people.of(phrase(loads.world.actors[a].name)) for a in actors]
    known = [f for f in named if f is not None] or [f for f in map(loads.people.of, _STAFF_NOUNS[:1]) if f is not None]
    heads = (
        max(known, key=lambda f: f.value)
        if known
        else ledger.assume(
            "staff",
            "members of staff",
            5.0,
            "users",
            reason="the brief gives no head count of those who run it",
            source="defaults/staff",
        )
    )
    each = lore.assume(ledger, "staff_actions_day")
    factor = lore.assume(ledger, "peak_factor", "internal", because="staff work office hours")
    average = ledger.ratio(
        "staff_requests", "average requests of staff", "rps", "heads x actions", (heads, each), (float(DAY),)
    )
    return Rate(
        average,
        ledger.ratio(
            "staff_requests_peak", "peak requests of staff", "rps", "average x peak factor", (average, factor)
        ),
    )
