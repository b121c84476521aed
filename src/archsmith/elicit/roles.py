"""What a quantity says: its role and unit, one function for each kind of quantity; None where it is no requirement."""

import itertools
from collections.abc import Callable, Mapping
from typing import Final

from archsmith.elicit.amounts import money
from archsmith.elicit.context import Context, Said
from archsmith.elicit.counts import count
from archsmith.elicit.permits import permitted
from archsmith.elicit.referents import is_person
from archsmith.elicit.spans import time
from archsmith.model.requirements import NumberRole as R

_SHARE: Final = 5.0
_MOST_OF: Final = 80.0
_FAR: Final = 40
"""Words behind a share among which a time of the day is looked for."""
_BOUND: Final = frozenset({"within", "in", "under", "at most", "up to"})


def _percent(c: Context) -> Said | None:
    q = c.quantity
    after = [t.low for t in c.sentence.tokens[q.mid : q.mid + 4]]
    option = c.sentence.tokens[q.core - 1].text if q.core else ""
    if len(option) == 1 and option.isupper() and option != "I":
        return None
    fine = q.value >= 99 and q.value < 100
    if q.value >= _MOST_OF and after[:1] == ["of"] and _percentile(c):
        return Said(role=R.RATIO, unit="percent")
    if q.value <= 100 and (
        (fine and not c.has("accuracy", "accurate", "precision", "cheaper"))
        or (q.value >= 90 and (c.here("uptime") or c.heading("uptime")))
    ):
        if not (
            after[:1] == ["of"]
            and any(w in c.clause for w in ("request", "response", "query", "page", "call", "message", "search"))
        ) or c.has("uptime", "available", "availability"):
            return Said(role=R.AVAILABILITY, unit="percent")
        return Said(role=R.RATIO, unit="percent")
    of = c.attached.of
    money_of = of is not None and of.head_word in c.cues["income"]
    if (money_of and c.here("budget")) or (c.here("running") and of is not None and of.head_word in c.cues["budget"]):
        return Said(role=R.BUDGET, unit="percent")
    plus = q.core > 0 and c.sentence.tokens[q.core - 1].low == "+" and q.per in ("year", "month", "quarter")
    grows = plus or c.has("yoy", "growth", "grow", "growing", "grows")
    if grows or (c.here("growth") and not c.has("than") and after[:1] != ["of"]):
        per = (q.per if q.per != "day" else "") or _over(c)
        return Said(role=R.GROWTH, unit="percent" + (f" per {per}" if per else ""))
    if q.hedge in ("over", "under", "at most", "up to") and c.has("discount", "discounts", "deviation", "approval"):
        return Said(role=R.LIMIT, unit="percent")
    if _bracketed(c):
        return Said(role=R.RATIO, unit="percent")
    if c.here("pay"):
        return Said(role=R.OTHER, unit="percent")
    if any(t.kind == "time" for t in c.sentence.tokens[q.end : q.end + _FAR]) or c.here("peak") or _hours(c):
        return Said(role=R.LOAD, unit="percent", peak=True)
    if c.here("tolerate") and q.value < 5:
        return Said(role=R.LIMIT, unit="percent")
    if any(t.low in ("not", "don't", "never") for t in c.sentence.tokens[q.end : q.end + 3]):
        return Said(role=R.OTHER, unit="percent")
    return Said(role=R.RATIO, unit="percent")


def _bracketed(c: Context) -> bool:
    """ "Rush orders (4%, paid extra)": the share that the noun before the bracket has, unless it names hours."""
    q, noun = c.quantity, c.attached.noun.rpartition(" ")[2]
    alone = c.low(q.start - 1) == "(" and c.low(q.mid) in (",", ")")
    return alone and c.attached.how == "bracket" and noun not in ("day", "hour", "peak", "evening", "morning", "night")


def _percentile(c: Context) -> bool:
    """ "Within 800 ms for 95 % of requests": the share only says of how many a time holds."""
    month = c.attached.of is not None and c.attached.of.head_word in ("time", "month", "year", "day", "hour", "minute")
    timed = any(
        x.kind == "time" and x.hedge in _BOUND and c.first <= x.start and x.end <= c.last for x in c.sentence.quantities
    )
    return timed and not month


def _over(c: Context) -> str:
    """The period of "60 % year over year", "15 % MoM", "grows by 20 % annually"; empty where none is told."""
    low = list(c.lows)
    for n in range(len(low) - 2):
        if (
            low[n] == low[n + 2]
            and low[n] in ("year", "month", "week", "quarter")
            and low[n + 1] in ("over", "on", "by")
        ):
            return low[n]
    for one, two in itertools.pairwise([t.low for t in c.sentence.tokens[c.quantity.end : c.last]]):
        if one in ("each", "every", "a", "per") and two in ("year", "month", "week", "quarter"):
            return two
    return next((period for period, told in _COMPARED.items() if told & set(low)), "")


_COMPARED: Final = {
    "year": frozenset("yoy y-o-y annually yearly annual year-over-year year-on-year p.a".split()),
    "month": frozenset("mom m-o-m monthly month-over-month month-on-month".split()),
    "week": frozenset("wow weekly week-over-week".split()),
}


def _hours(c: Context) -> bool:
    """ "60% of them between 7 and 9 am", "half of it before noon": a share that falls into some hours of the day."""
    after = [t.low for t in c.sentence.tokens[c.quantity.mid : c.quantity.mid + 9]]
    return bool({"between", "before", "after", "from"} & set(after)) and bool(
        {"am", "pm", "noon", "midnight", "a.m", "p.m", "o'clock"} & set(after)
    )


def _habit(c: Context) -> bool:
    """ "Each books three times a month", "a patient comes in once a year": what people do, and no schedule of ours."""
    before = c.sentence.tokens[c.first : c.quantity.start]
    verb = next((n for n in range(len(before) - 1, -1, -1) if before[n].tag == "VERB"), None)
    if verb is None or any(t.tag == "AUX" and t.lemma == "be" for t in before[:verb]):
        return False
    told = before[:verb]
    people = any(is_person(t.lemma, c.lex) for t in told if t.tag == "NOUN")
    single = any(t.low in ("each", "every") for t in told) or (people and told[0].low in ("a", "an", "one"))
    return single or (people and c.quantity.value > 1)


def _interval(c: Context) -> Said | None:
    q = c.quantity
    if q.unit == "times":
        if q.value == 1 and q.per in ("second", "minute", "hour"):
            return Said(role=R.LOAD, unit={"second": "s", "minute": "minutes", "hour": "hours"}[q.per], value=1.0)
        seldom = q.per in ("month", "year", "quarter") or q.value == 1
        if c.past() or (seldom and not _habit(c)):
            return None
        return Said(role=R.LIMIT if permitted(c) else R.LOAD, unit=f"per {q.per}")
    if q.unit in ("weeks", "months", "years", "quarters") or c.has("was", "were", "had", "did", "ago"):
        return None
    return Said(role=R.LOAD, unit=q.unit)


def _size(c: Context) -> Said | None:
    q = c.quantity
    if q.per:
        return Said(role=R.LOAD, unit=f"{q.unit} per {q.per}")
    limit = q.hedge in ("up to", "at most", "under", "over") or c.near("allowance", 3, 2)
    return Said(role=R.LIMIT if limit else R.SIZE, unit=q.unit)


def _bits(c: Context) -> Said | None:
    if c.quantity.unit == "kbit/s" and not c.has(
        "bandwidth", "uplink", "line", "link", "connection", "network", "speed"
    ):
        return None
    return Said(role=R.LIMIT, unit=c.quantity.unit)


def _factor(c: Context) -> Said | None:
    before = c.sentence.tokens[c.quantity.core - 1].low if c.quantity.core else ""
    if before in ("have", "has", "had", "already") and c.sentence.tokens[c.quantity.core].kind == "word":
        return None
    if c.has("summer", "winter", "spring", "autumn", "christmas", "season", "friday", "weekend", "weekends"):
        return Said(role=R.RATIO, unit="ratio", peak=c.here("peak"))
    if c.here("growth") or (c.anywhere("growth") and not c.has("spring", "summer", "season", "peak")):
        return Said(role=R.GROWTH, unit="ratio")
    return Said(role=R.RATIO, unit="ratio", peak=c.here("peak"))


def _measure(c: Context) -> Said | None:
    """Lengths tell where the business is; weights, powers and pictures say nothing of a back end."""
    return Said(role=R.GEOGRAPHY, unit=c.quantity.unit) if c.quantity.unit in ("km", "miles") else None


def _odds(c: Context) -> Said | None:
    """ "1 out of 60" is a ratio; "one in ten" and "nine out of ten" are shares."""
    if c.past():
        return None
    share = round(100.0 / c.quantity.value, 6)
    if share >= _SHARE:
        return Said(role=R.RATIO, unit="percent", value=share)
    return Said(role=R.RATIO, unit="ratio")


def _rate(c: Context) -> Said | None:
    role = R.LIMIT if permitted(c) else R.LOAD
    peak = c.here("peak") and role is R.LOAD
    return Said(role=role, unit=f"per {c.quantity.per}", what=c.attached.noun or "request", peak=peak)


_BY_KIND: Final[Mapping[str, Callable[[Context], Said | None]]] = {
    "count": count,
    "time": time,
    "size": _size,
    "bits": _bits,
    "money": money,
    "percent": _percent,
    "rate": _rate,
    "factor": _factor,
    "interval": _interval,
    "odds": _odds,
    "measure": _measure,
}


def role_of(c: Context) -> Said | None:
    """The role of a quantity by its kind."""
    return _BY_KIND[c.quantity.kind](c)
