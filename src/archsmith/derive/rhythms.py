"""Rhythms: things that repeat at an interval for each of many."""

import re
from typing import Final

from archsmith.derive.devices import is_device
from archsmith.derive.load import Load, unit_of
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase, plural, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_REPEATS: Final = re.compile(r"\b(?:every|each|once (?:a|an|per|every)|per|interval)\b")
_PLACES: Final = frozenset("where position location map track gps coordinate".split())
_GENERIC: Final = frozenset(
    "report interval update time every send second minute poll refresh ping beat save it".split()
)
_SENDS: Final = re.compile(
    r"\b(?:sends?|reports?|reporting|pings?|transmits?|push(?:es)?|uploads?|measures?|posts?|submits?|emits?|beats?|"
    r"syncs?|checks? in|polls?)\b"
)
_OURS: Final = re.compile(
    r"\b(?:we (?:\w+ ){0,2}\w+|(?:be|is|are|gets?) (?:\w+ ){0,2}(?:polled|fetched|pulled|refreshed|re-?calculated|"
    r"computed|imported|exported|checked|queried|synchronised|synchronized|synced|re-?run|re-?built))\b"
)
"""Words before an interval at which the system itself does something, once for all."""
_AT_TIMES: Final = frozenset(
    "courier driver agent vehicle truck van bike scooter car lorry drone ship wearable watch robot".split()
)
"""What sends by itself, but only while somebody is at work with it."""
_A_DAY: Final = re.compile(r"\b(?:days?|daily|shifts?)\b")
_CLAUSE: Final = re.compile(r"[.;]\s|\band\b")
_HOUR: Final = 3600.0


def rhythms(loads: Loads, lore: Lore) -> None:
    """`answers are saved every 20 seconds` x those who sit the exam; `a box reports once a minute` x boxes x values.

    Two intervals for one thing (`every 15 seconds while unlocked, else every 5 minutes`) are its peak and its mean.
    """
    for q in loads.numbers:
        seconds = _interval(q, loads)
        if seconds is None or q.number.id in loads.used:
            continue
        text = loads.context.around(q.number.why)
        found = _who(q, text, loads)
        if found is None:
            continue
        name, who = found
        noun, each = _what(q, text, name, loads, lore)
        every = loads.ledger.state(q.number.id, f"interval of {plural(noun)}", seconds, "s", q.number.why)
        times = (who,) if each is None else (who, each)
        label = f"{plural(noun)} per second" + (" at the horizon" if "horizon" in who.what else "")
        beat = loads.ledger.ratio(f"{noun}_rate", label, unit_of(noun), "count / interval", times, (every,))
        average = _over_the_day(noun, name, who, beat, q, loads, lore)
        known = loads.found.get(noun)
        if known is not None and known.burst is not None:
            known.average = min(known.average, average, key=lambda f: f.value)
            known.burst = max(known.burst, beat, key=lambda f: f.value)
        else:
            loads.found[noun] = Load(noun, average, q, beat, burst=beat, words=text)
        loads.used.add(q.number.id)


def _over_the_day(noun: str, name: str, who: Figure, beat: Figure, q: Quantity, loads: Loads, lore: Lore) -> Figure:
    """The mean over the day: at work round the clock, for the hours that are stated, or for a part of it."""
    hours = duty(q, loads)
    if hours is not None:
        what = f"{plural(noun)} per day"
        daily = loads.ledger.ratio(f"{noun}_per_day", what, "per day", "rate x hours at work", (beat, hours))
        what = f"average {plural(noun)} per second over the day"
        return loads.ledger.ratio(f"{noun}_mean", what, beat.unit, "count / day", (daily,), (float(DAY),))
    return beat if _is_steady(name, who, loads) else _part_time(noun, beat, loads, lore)


def duty(q: Quantity, loads: Loads) -> Figure | None:
    """Seconds a day for which it goes on, where the same sentence says so: `(9 hours on an average working day)`."""
    for p in loads.numbers:
        if p.dim is not Dim.SECONDS or p.line != q.line or not _HOUR <= p.value < float(DAY) or p is q:
            continue
        if not p.quote or p.quote not in loads.context.around(q.number.why):
            continue
        _, tail = loads.context.sides(p.number.why)
        if _A_DAY.search(f"{p.quote}{tail[:40]}") and "hour" in p.quote:
            loads.used.add(p.number.id)
            return loads.ledger.state(p.number.id, f"seconds at work a day, {p.quote}", p.value, "s", p.number.why)
    return None


def _is_steady(name: str, who: Figure, loads: Loads) -> bool:
    """Devices send round the clock; people do so only while they are at it."""
    if is_device(name) and name.rpartition(" ")[2] not in _AT_TIMES:
        return True
    draft = loads.world.find(name) if name else None
    person = draft is not None and draft.person
    human = any(phrase(a.name) == name for a in loads.world.actors.values()) and not (is_device(name) and not person)
    return bool(name) and not person and not human and "same moment" not in who.what


def _part_time(noun: str, beat: Figure, loads: Loads, lore: Lore) -> Figure:
    share = lore.assume(loads.ledger, "duty_share")
    what = f"average {plural(noun)} per second over the day"
    return loads.ledger.ratio(f"{noun}_mean", what, beat.unit, "beat x part of the day", (beat, share))


def _interval(q: Quantity, loads: Loads) -> float | None:
    """Seconds between two events, where the number is an interval for each of many."""
    if q.number.role not in (NumberRole.LOAD, NumberRole.RATIO, NumberRole.OTHER) or not q.binding:
        return None
    if q.dim is Dim.SECONDS and 0 < q.value <= float(DAY):
        own = f"{q.number.what} {q.quote}".lower()
        return q.value if _REPEATS.search(own) else None
    if q.dim is Dim.RATE and 0 < q.value <= 10 and q.period <= float(DAY) and not q.per and "once" in q.quote:
        return q.period / q.value
    return None


def _who(q: Quantity, text: str, loads: Loads) -> tuple[str, Figure] | None:
    """Those of whom each repeats it: named as the subject, counted or named in the sentence, all who are at work at
    once, or, for what devices send, the devices that were counted before. What we fetch or work out ourselves at an
    interval is no load of others."""
    for noun in (phrase(q.number.subject), q.per, *_counted_here(q, loads)):
        figure = loads.people.of(noun) if noun else None
        if figure is not None and figure.value > 1:
            return noun, figure
    if any(system.name.lower() in f"{q.noun} {q.quote}" for system in loads.world.systems):
        return None
    head = re.split(r"[,;:]\s", text.partition(q.quote)[0] if q.quote else text)[-1]
    if _OURS.search(head) and _SENDS.search(head) is None:
        return None
    best: tuple[str, Figure] | None = None
    for noun in nouns_in(text, loads.world):
        draft = loads.world.find(noun)
        active = draft is None or draft.person or draft.kin in ("person", "") or is_device(noun)
        figure = loads.people.of(noun) if active else None
        if figure is not None and (best is None or (is_device(noun) and not is_device(best[0]))):
            best = noun, figure
    if best is not None:
        return best
    crowd = loads.people.concurrent()
    if crowd:
        return "", crowd[0]
    known = [p for p in loads.numbers if p.dim is Dim.COUNT and p.order < q.order and is_device(p.noun) and p.binding]
    near = [p for p in known if q.line - p.line <= 1]
    if not near and _SENDS.search(text):
        near = sorted(known, key=lambda p: p.value)
    figure = loads.people.of(near[-1].noun) if near else None
    return (near[-1].noun, figure) if figure is not None else None


def _counted_here(q: Quantity, loads: Loads) -> list[str]:
    """Things and people that the same clause counts just before: `400 trailers: temperature every 5 minutes`."""
    text = loads.context.around(q.number.why)
    head = text.partition(q.quote)[0] if q.quote else ""
    found = [
        p
        for p in loads.numbers
        if p.line == q.line and p.order < q.order and p.dim is Dim.COUNT and p.value > 1 and p.quote
    ]
    own = [p for p in found if p.number.role is NumberRole.POPULATION and p.quote in head and p.binding]
    return [p.noun for p in own if _CLAUSE.search(head[head.rindex(p.quote) + len(p.quote) :]) is None][-1:]


def _what(q: Quantity, text: str, who: str, loads: Loads, lore: Lore) -> tuple[str, Figure | None]:
    """What is sent at each beat, and how many of them: `four measurements` a report."""
    values = _values(q, loads)
    if values is not None:
        return values
    named = nouns_in(text, loads.world)
    readings = [n for n in named if _kin(n, loads) == "reading"]
    words = {singular(w) for w in tokens(text)}
    own = q.noun if q.noun not in _GENERIC and q.noun != who else ""
    if words & {"save", "saved", "stored"} or "save" in q.noun:
        things = [n for n in named if not _is_person(n, loads)]
        exact = own.removesuffix(" save") if own.removesuffix(" save") in loads.world.names else ""
        return f"{exact or (things[-1] if things else own or 'draft')} save", None
    if readings or lore.kin(own) == "reading":
        return (readings or [own])[0], None
    if words & _PLACES and who:
        return f"{who} position", None
    if own and not _is_person(own, loads):
        return own, None
    return f"{who} report".strip(), None


def _values(q: Quantity, loads: Loads) -> tuple[str, Figure] | None:
    """The count of readings on the same line that one report carries."""
    for p in loads.numbers:
        counts = p.dim in (Dim.FACTOR, Dim.COUNT) and 1 < p.value <= 100_000 and p.number.id != q.number.id
        if not counts or not q.line or p.line != q.line or p.number.peak:
            continue
        draft = loads.world.find(p.noun)
        if draft is not None and draft.kin == "reading":
            loads.used.add(p.number.id)
            what = f"{plural(p.noun)} in a report"
            return draft.name, loads.ledger.state(p.number.id, what, p.value, "ratio", p.number.why)
    return None


def _kin(noun: str, loads: Loads) -> str:
    draft = loads.world.find(noun)
    return draft.kin if draft is not None and noun in draft.aliases else ""


def _is_person(noun: str, loads: Loads) -> bool:
    draft = loads.world.find(noun)
    actor = any(phrase(a.name) == noun for a in loads.world.actors.values())
    return actor or (draft is not None and draft.person)
