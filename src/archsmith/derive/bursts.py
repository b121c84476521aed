"""Rushes and rhythms: many within a short window, and things that repeat at an interval for each of many."""

import re
from typing import Final

from archsmith.derive.context import Window, windows
from archsmith.derive.loads import Load, Loads, unit_of
from archsmith.derive.lore import Lore
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import lemmas, phrase, plural, singular
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_REPEATS: Final = re.compile(r"\b(?:every|each|once (?:a|an|per|every)|per|interval)\b")
_DOING: Final = re.compile(r"\b([a-z]+)\s+(?:with)?(?:in|inside)\s")
_VERB_NOUN: Final = {
    "start": "start",
    "sent": "mail",
    "out": "",
    "come": "",
    "arrive": "arrival",
    "log": "login",
    "sign": "login",
}
_THINGS: Final = (NumberRole.POPULATION, NumberRole.LIMIT)
_WORKLOADS: Final = (NumberRole.LOAD, NumberRole.RATIO, *_THINGS)
_WORKED: Final = re.compile(
    r"\b(?:sen[dt]s?|sent|mail(?:s|ed)?|process(?:es|ed)?|deliver(?:s|ed)?|import(?:s|ed)?|export(?:s|ed)?|index(?:es|ed)?|"
    r"scan(?:s|ned)?|print(?:s|ed)?|load(?:s|ed)?|out|done|finished|ready|through|complete[ds]?|handled?|calculated?)\b"
)
_REPORT_WORDS: Final = frozenset({"report", "interval", "update", "time", "every", "report interval", "save interval"})


def rushes(loads: Loads) -> None:
    """`45,000 in the best ten minutes`, `1.8M addresses within 40 minutes`, `80% of orders between 9:45 and 10:30`."""
    for q in loads.numbers:
        if q.number.role not in _WORKLOADS or not q.binding or q.number.id in loads.used:
            continue
        text = loads.context.around(q.number.why)
        found = _window(q, text, loads)
        if found is None or q.value <= 0 or (q.number.role in _THINGS and not _is_batch(q, text, found, loads)):
            continue
        if q.dim is Dim.COUNT:
            _count_in_window(q, found, text, loads)
        elif q.dim is Dim.SHARE:
            _share_in_window(q, found, loads)


def rhythms(loads: Loads, lore: Lore) -> None:
    """`answers are saved every 20 seconds` x those who sit the exam; `a box reports once a minute` x boxes x values."""
    for q in loads.numbers:
        seconds = _interval(q, loads)
        if seconds is None or q.number.id in loads.used:
            continue
        text = loads.context.around(q.number.why)
        who = _who(q, text, loads)
        if who is None:
            continue
        noun, each = _what(q, text, loads)
        every = loads.ledger.state(q.number.id, f"interval of {plural(noun)}", seconds, "s", q.number.why)
        times = (who,) if each is None else (who, each)
        label = f"{plural(noun)} per second" + (" at the horizon" if "horizon" in who.what else "")
        beat = loads.ledger.ratio(f"{noun}_rate", label, unit_of(noun), "count / interval", times, (every,))
        average = beat if _is_steady(who, text, loads) else _part_time(noun, beat, loads, lore)
        loads.found[noun] = Load(noun, average, q, beat, burst=beat, words=text)
        loads.used.add(q.number.id)


def _is_batch(q: Quantity, text: str, window: Window, loads: Loads) -> bool:
    """Things that are worked through in the window (`1.8M addresses ... out within 40 minutes`), not people."""
    draft = loads.world.find(q.noun)
    people = draft is not None and (draft.person or draft.kin == "site")
    return (
        q.dim is Dim.COUNT
        and q.value >= 100
        and not people
        and window.seconds >= 60
        and _WORKED.search(text) is not None
    )


def _is_steady(who: Figure, text: str, loads: Loads) -> bool:
    """Devices send round the clock; people do so only while they are at it."""
    draft = next((d for d in map(loads.world.find, nouns_in(text, loads.world)) if d and is_device(d.name)), None)
    return draft is not None and not draft.person and "same moment" not in who.what


def _part_time(noun: str, beat: Figure, loads: Loads, lore: Lore) -> Figure:
    share = lore.assume(loads.ledger, "duty_share")
    return loads.ledger.ratio(
        f"{noun}_mean",
        f"average {plural(noun)} per second over the day",
        beat.unit,
        "beat x part of the day",
        (beat, share),
    )


def _window(q: Quantity, text: str, loads: Loads) -> Window | None:
    """The time that the number holds for: the nearest one behind it in its sentence, else the first before."""
    at = text.find(q.quote) if q.quote else -1
    found = windows(text)
    after = [w for w in found if w.start >= at]
    if found and at >= 0:
        window = (after or list(found))[0]
        return window if window.seconds <= float(DAY) else None
    if "night" in q.quote or "day" in q.quote:
        near = [w for w in windows(loads.context.near(q.number.why)) if 1800 <= w.seconds < float(DAY)]
        return near[0] if near else None
    return None


def _count_in_window(q: Quantity, window: Window, text: str, loads: Loads) -> None:
    noun = _noun(q, text, window, loads)
    size = loads.ledger.state(q.number.id, f"{plural(noun)} {window.words}", q.value, plural(noun), q.number.why)
    doing = _DOING.search(text[max(0, window.start - 16) : window.start + 8])
    verb = _VERB_NOUN.get(doing[1], "") if doing else ""
    label = f"{noun} {plural(verb)}" if verb and verb != noun else plural(noun)
    rate = loads.ledger.ratio(
        f"{noun}_{verb or 'rush'}_rate",
        f"{label} per second {window.words}",
        unit_of(noun),
        "count / window",
        (size,),
        (window.seconds,),
    )
    key = f"{noun} {verb}".strip() if verb else noun
    known = loads.found.get(key)
    if known is None:
        daily = loads.ledger.ratio(
            f"{key}_day",
            f"average {label} per second, once a day",
            unit_of(noun),
            "count / day",
            (size,),
            (float(DAY),),
        )
        loads.found[key] = Load(key, daily, q, size, burst=rate, words=text)
    elif known.burst is None or known.burst.value < rate.value:
        known.burst = rate
    if not loads.people.is_concurrent(q):
        loads.used.add(q.number.id)


def _share_in_window(q: Quantity, window: Window, loads: Loads) -> None:
    base = next((ld for ld in loads.found.values() if ld.noun == q.noun or f"of {plural(ld.noun)}" in q.quote), None)
    if base is None:
        day = [ld for ld in loads.found.values() if ld.quantity.dim is Dim.RATE and ld.quantity.period_name == "day"]
        base = max(
            day,
            key=lambda ld: (ld.quantity.noun == q.noun, ld.quantity.order < q.order, ld.quantity.order),
            default=None,
        )
    if base is None:
        return
    share = loads.ledger.state(
        q.number.id, f"share of {plural(q.noun or base.noun)} {window.words}", q.value, "ratio", q.number.why
    )
    noun = q.noun or base.noun
    daily = base.busy or base.average
    rate = loads.ledger.ratio(
        f"{noun}_rush_rate",
        f"{plural(noun)} per second {window.words}",
        unit_of(noun),
        "daily load x share / window",
        (daily, float(DAY), share),
        (window.seconds,),
    )
    base.burst = rate
    loads.used.add(q.number.id)


def _noun(q: Quantity, text: str, window: Window, loads: Loads) -> str:
    """What is counted in the window: the number's noun, or what it elides (`45,000 in the best ten minutes`)."""
    if q.noun and q.noun not in ("minute", "hour", "second", "best", "night", "peak", "ten minute"):
        return q.noun
    before = [ld for ld in loads.found.values() if ld.quantity.order <= q.order]
    named = nouns_in(text, loads.world)
    return before[-1].noun if before else named[0] if named else q.noun or "request"


def _interval(q: Quantity, loads: Loads) -> float | None:
    """Seconds between two events, where the number is an interval for each of many."""
    if q.number.role not in (NumberRole.LOAD, NumberRole.RATIO, NumberRole.OTHER) or not q.binding:
        return None
    if q.dim is Dim.SECONDS and 0 < q.value <= float(DAY):
        own = f"{q.number.what} {q.quote}".lower()
        return q.value if _REPEATS.search(own) or q.number.role is NumberRole.LOAD else None
    if q.dim is Dim.RATE and q.value <= 10 and q.period <= float(DAY) and q.number.id not in loads.used and not q.per:
        return q.period / q.value if q.value and "once" in q.quote else None
    return None


def _who(q: Quantity, text: str, loads: Loads) -> Figure | None:
    """Those of whom each repeats it: named as the subject, named in the sentence, or all who are at work at once."""
    subject = phrase(q.number.subject)
    for noun in (subject, q.per):
        if noun:
            figure = loads.people.of(noun)
            if figure is not None and figure.value > 1:
                return figure
    best: Figure | None = None
    for noun in nouns_in(text, loads.world):
        draft = loads.world.find(noun)
        active = draft is None or draft.person or draft.kin in ("person", "") or is_device(draft.name)
        figure = loads.people.of(noun) if active else None
        if figure is not None and (best is None or (draft is not None and is_device(draft.name))):
            best = figure
    if best is not None:
        return best
    crowd = loads.people.concurrent()
    return crowd[0] if crowd else None


def is_device(name: str) -> bool:
    """Whether a thing of this name sends by itself, or moves about with a device that does."""
    return name.split(" ")[-1] in {
        "box",
        "device",
        "sensor",
        "meter",
        "tracker",
        "vehicle",
        "gateway",
        "machine",
        "courier",
        "driver",
        "truck",
        "van",
        "bike",
        "scooter",
        "camera",
        "charger",
        "terminal",
        "controller",
    }


def _what(q: Quantity, text: str, loads: Loads) -> tuple[str, Figure | None]:
    """What is sent at each beat, and how many of them: `four measurements` a report."""
    for p in loads.numbers:
        near = (
            p.line == q.line and p.number.id != q.number.id and p.dim in (Dim.FACTOR, Dim.COUNT) and 1 < p.value <= 1000
        )
        if near and (p.number.role is NumberRole.RATIO or p.dim is Dim.COUNT) and not p.number.peak:
            draft = loads.world.find(p.noun)
            if draft is not None and draft.kin == "reading":
                loads.used.add(p.number.id)
                return draft.name, loads.ledger.state(
                    p.number.id, f"{plural(p.noun)} in a report", p.value, "ratio", p.number.why
                )
    own = [w for w in lemmas(f"{q.number.what}") if w not in _REPORT_WORDS and w not in ("second", "minute", "hour")]
    words = [singular(w) for w in text.split(" ")]
    saves = "save" if any(w in words for w in ("saved", "save")) else ""
    readings = [n for n in nouns_in(text, loads.world) if loads.world.find(n) and loads.world.find(n).kin == "reading"]  # type: ignore[union-attr]
    named = readings or [n for n in nouns_in(text, loads.world) if n in text]
    base = readings[0] if readings else " ".join(own) or (named[-1] if named else q.noun or "update")
    if saves and "save" not in base:
        things = [n for n in named if n not in own]
        base = f"{things[-1] if things else base} save"
    elif "save" in base and named:
        base = f"{named[-1]} save"
    return base, None
