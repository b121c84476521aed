"""Rushes: many within a short window."""

import re
from typing import Final

from archsmith.derive.context import Window, windows
from archsmith.derive.load import Load, unit_of
from archsmith.derive.loads import Loads
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import PERIODS, Dim, Quantity
from archsmith.derive.words import phrase, plural
from archsmith.kernel.units import DAY
from archsmith.model.requirements import NumberRole

_APART: Final = re.compile(r";|\.\s|\d\s?(?:%|per ?cent)|,\s(?:of which|compare|then)\b")
"""What parts a number from a window of time: another clause, or another share that the window belongs to."""
_OF_DAY: Final = re.compile(r"\bof (?:the|a|our|each) day\b")
_AN_HOUR: Final = re.compile(r"\b(?:hour\b|hours\b.*\beach\b)")
_SHORT: Final = 6 * 3600.0
"""Seconds within which many of a stated load are a rush of it: `60,000 signatures within one hour`."""
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
_WORKLOADS: Final = (NumberRole.LOAD, NumberRole.RATIO, NumberRole.GROWTH, *_THINGS)
_WORKED: Final = re.compile(
    r"\b(?:sen[dt]s?|sent|mail(?:s|ed)?|process(?:es|ed)?|deliver(?:s|ed)?|import(?:s|ed)?|export(?:s|ed)?|index(?:es|ed)?|"
    r"scan(?:s|ned)?|print(?:s|ed)?|load(?:s|ed)?|out|done|finished|ready|through|complete[ds]?|handled?|calculated?)\b"
)

_PROMISED: Final = 0.9
_SOON: Final = 300.0
"""A share of nine tenths or more within some minutes is a percentile of the time that one takes."""


def rushes(loads: Loads) -> None:
    """`45,000 in the best ten minutes`, `1.8M addresses within 40 minutes`, `80% of orders between 9:45 and 10:30`."""
    for q in loads.numbers:
        if q.number.role not in _WORKLOADS or not q.binding or q.number.id in loads.used:
            continue
        text = loads.context.around(q.number.why)
        found = _window(q, text, loads)
        flow = q.noun in loads.found and q.dim is Dim.COUNT and found is not None and found.seconds <= _SHORT
        things = q.number.role in _THINGS and not flow
        if found is None or q.value <= 0 or (things and not _is_batch(q, text, found, loads)):
            continue
        if q.dim is Dim.COUNT:
            _count_in_window(q, found, text, loads)
        elif q.dim is Dim.SHARE and not _is_a_promise(q, found):
            _share_in_window(q, found, loads)


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


def _window(q: Quantity, text: str, loads: Loads) -> Window | None:
    """The time that the number holds for: the nearest one behind it in its sentence, else the first before."""
    at = text.find(q.quote) if q.quote else -1
    found = windows(text)
    after = [w for w in found if w.start >= at]
    if found and at >= 0:
        window = (after or list(found))[0]
        low, high = sorted((at + len(q.quote), window.start))
        if _APART.search(text[low:high]):
            return None
        return window if window.seconds <= float(DAY) else None
    _, tail = loads.context.sides(q.number.why)
    if q.dim is Dim.SHARE and _OF_DAY.search(f"{q.quote}{tail[:16]}") and _AN_HOUR.search(text):
        return Window(3600.0, "in the busiest hour", at)
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


def _crowd(q: Quantity, window: Window, loads: Loads) -> bool:
    """`70% of the parents press the button within the same 10 minutes`: a share of the people, not of a load."""
    draft = loads.world.find(q.noun)
    people = any(phrase(a.name) == q.noun for a in loads.world.actors.values()) or (draft is not None and draft.person)
    count = (loads.people.of(q.noun) or loads.people.anyone()) if people else None
    if count is None:
        return False
    share = loads.ledger.state(q.number.id, f"share of {plural(q.noun)} {window.words}", q.value, "ratio", q.number.why)
    what = f"{plural(q.noun)} per second {window.words}"
    noun = f"{q.noun} request"
    rate = loads.ledger.ratio(
        f"{q.noun}_rush_rate", what, unit_of(noun), "people x share / window", (count, share), (window.seconds,)
    )
    daily = loads.ledger.ratio(
        f"{q.noun}_rush_day",
        f"{plural(q.noun)} who do so, per second over the day",
        unit_of(noun),
        "people x share / day",
        (count, share),
        (float(DAY),),
    )
    loads.found.setdefault(noun, Load(noun, daily, q, count, burst=rate, words=loads.context.around(q.number.why)))
    loads.used.add(q.number.id)
    return True


def _is_a_promise(q: Quantity, window: Window) -> bool:
    """`95 % of the webhooks are out within 20 seconds`: how long each takes at most, and no rush."""
    return q.value >= _PROMISED and window.seconds <= _SOON


def _share_in_window(q: Quantity, window: Window, loads: Loads) -> None:
    named = any(ld.noun == q.noun or f"of {plural(ld.noun)}" in q.quote for ld in loads.found.values())
    if not named and _crowd(q, window, loads):
        return
    base = next((ld for ld in loads.found.values() if ld.noun == q.noun or f"of {plural(ld.noun)}" in q.quote), None)
    if base is None:
        day = [ld for ld in loads.found.values() if ld.quantity.dim is Dim.RATE and ld.quantity.period_name == "day"]
        base = max(
            day,
            key=lambda ld: (ld.quantity.noun == q.noun, ld.quantity.order < q.order, ld.quantity.order),
            default=None,
        )
    if base is None and "week" in q.quote:
        told = [ld for ld in loads.found.values() if ld.quantity.dim is Dim.RATE and ld.quantity.period > float(DAY)]
        base = max(told, key=lambda ld: ld.average.value, default=None)
    if base is None:
        return
    share = loads.ledger.state(
        q.number.id, f"share of {plural(q.noun or base.noun)} {window.words}", q.value, "ratio", q.number.why
    )
    noun = base.noun if not q.noun or q.noun in PERIODS else q.noun
    days = (
        7.0
        if "week" in q.quote or (base.quantity.period_name == "week" and "week" in loads.context.around(q.number.why))
        else 1.0
    )
    daily = base.busy or base.average
    rate = loads.ledger.ratio(
        f"{noun}_rush_rate",
        f"{plural(noun)} per second {window.words}",
        unit_of(noun),
        "daily load x share / window",
        (daily, float(DAY), days, share) if days > 1 else (daily, float(DAY), share),
        (window.seconds,),
    )
    base.burst = rate
    loads.used.add(q.number.id)
    if q.noun in loads.world.names and q.noun != base.noun and q.noun not in loads.found:
        # "15,000 lunches a day ... 80% of orders": both words mean the same act, and the later one is its name here
        loads.found = {(q.noun if load is base else noun): load for noun, load in loads.found.items()}
        base.noun = q.noun


def _noun(q: Quantity, text: str, window: Window, loads: Loads) -> str:
    """What is counted in the window: the number's noun, or what it elides (`45,000 in the best ten minutes`)."""
    if q.noun and q.noun not in ("minute", "hour", "second", "best", "night", "peak", "ten minute"):
        return q.noun
    before = [ld for ld in loads.found.values() if ld.quantity.order <= q.order]
    named = nouns_in(text, loads.world)
    return before[-1].noun if before else named[0] if named else q.noun or "request"
