"""Parts of those who are counted, and of what comes in over days: `30% of them sign in during the week`."""

import re
from typing import Final

from archsmith.derive.context import windows
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase, plural
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_BACK: Final = re.compile(r"\b(?:of (?:them|these|those|whom|all of them)|among them)\b")
_ROLES: Final = frozenset({NumberRole.RATIO, NumberRole.LOAD})
_LONGEST: Final = 31 * float(DAY)


def busy_days(loads: Loads) -> None:
    """`22% of the applications come in the last two days`: what each of these days brings."""
    for q in _shares(loads):
        _over_days(q, loads)


def of_people(loads: Loads) -> None:
    """How many people a stated share of them is."""
    for q in _shares(loads):
        _of_people(q, loads)


def _shares(loads: Loads) -> list[Quantity]:
    told = [q for q in loads.numbers if q.dim is Dim.SHARE and q.number.role in _ROLES and 0 < q.value <= 1]
    return [q for q in told if q.number.id not in loads.used]


def _over_days(q: Quantity, loads: Loads) -> None:
    text = loads.context.around(q.number.why)
    at = text.find(q.quote) if q.quote else -1
    window = next((w for w in windows(text) if w.start >= at and float(DAY) < w.seconds <= _LONGEST), None)
    load = _load_of(q, loads)
    if window is None or load is None or at < 0 or load.quantity.period <= window.seconds:
        return
    ledger, days = loads.ledger, window.seconds / float(DAY)
    share = ledger.state(q.number.id, f"share of {plural(load.noun)} {window.words}", q.value, "ratio", q.number.why)
    daily = ledger.ratio(
        f"{load.noun}_busy_day",
        f"{plural(load.noun)} on each day, {window.words}",
        "per day",
        "load x share / days",
        (load.counted, share),
        (days,),
    )
    what = f"{plural(load.noun)} per second, {window.words}"
    busy = ledger.ratio(f"{load.noun}_busy_days", what, load.unit, "count / day", (daily,), (float(DAY),))
    if busy.value > load.average.value and (load.busy is None or load.busy.value < busy.value):
        load.busy = busy
    loads.used.add(q.number.id)


def _load_of(q: Quantity, loads: Loads) -> Load | None:
    for load in loads.found.values():
        if load.quantity.dim is Dim.RATE and (q.noun == load.noun or f"of {plural(load.noun)}" in q.quote):
            return load
    return None


def _of_people(q: Quantity, loads: Loads) -> None:
    who = _who(q, loads)
    if who is None:
        return
    noun, whole = who
    share = loads.ledger.state(q.number.id, f"share of {plural(noun)}", q.value, "ratio", q.number.why)
    what = f"{plural(noun)}, {q.quote.strip() or 'the stated share'} of them"
    loads.ledger.ratio(f"{q.number.id}_part", what, "users", "count x share", (whole, share))


def _who(q: Quantity, loads: Loads) -> tuple[str, Figure] | None:
    """Those of whom it is a share: named by the number, or the last people before `of them`."""
    head, tail = loads.context.sides(q.number.why)
    named = [q.noun]
    if _BACK.search(f"{head[-24:]} {q.quote} {tail[:24]}"):
        line = loads.context.near(q.number.why)
        before = line.partition(q.quote)[0] if q.quote else ""
        named += [*reversed(nouns_in(head, loads.world)), *reversed(nouns_in(before[-400:], loads.world))]
    for noun in named:
        figure = loads.people.of(noun) if noun and _is_people(noun, loads) else None
        if figure is not None and figure.value > 1:
            return noun, figure
    return None


def _is_people(noun: str, loads: Loads) -> bool:
    draft = loads.world.find(noun)
    return any(phrase(a.name) == noun for a in loads.world.actors.values()) or (draft is not None and draft.person)
