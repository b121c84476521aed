"""Nines that the rest of the brief does not leave room for: one server, one zone, a window of maintenance."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Sentence
from archsmith.elicit.stance import negated_at
from archsmith.elicit.units import seconds
from archsmith.model.requirements import Conflict, NumberRole, NumberStatus

_SERVER: Final = re.compile(
    r"\b(?:on|one|a|just|only|the|single) (?:a )?(?:single|sole|one|lone) (?:\w+ )?(?:server|machine|vm|vps|box"
    r"|host|instance|node|computer)\b"
    r"|\b(?:one|1) (?:server|machine|vm|vps|box|host|instance|node) (?:only|is enough|must|will do|has to do"
    r"|suffices)\b"
    r"|\bon (?:one|1) (?:\w+ )?(?:server|machine|vm|vps|box|host|instance)\b|\bonly one (?:\w+ )?(?:server"
    r"|machine|vm|vps|box|host|instance)\b"
    r"|\b(?:no|without) (?:redundan\w+|fail-?over|stand-?by|second (?:server|machine|node|instance)|replicas?)\b",
    re.I,
)
_ZONE: Final = re.compile(
    r"\b(?:one|a single|single|only one) (?:availability zone|zone|az|data cent(?:re|er)|site|server room|location)\b"
    r"|\bno (?:second|other|further|additional) (?:availability zone|zone|az|data cent(?:re|er)|site|location)\b"
    r"|\bsingle-(?:zone|az|site)\b",
    re.I,
)
_MONTH: Final = 2_630_000.0
_PERIODS: Final = {"day": 86_400.0, "night": 86_400.0, "nightly": 86_400.0, "daily": 86_400.0, "morning": 86_400.0,
                   "evening": 86_400.0, "week": 604_800.0, "weekly": 604_800.0, "weekend": 604_800.0, "month": _MONTH,
                   "monthly": _MONTH, "quarter": 3 * _MONTH, "quarterly": 3 * _MONTH, "year": 12 * _MONTH}  # fmt: skip
_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_PLANNED: Final = frozenset("maintenance patching upgrade upgrades planned scheduled housekeeping".split())
_OUTSIDE: Final = re.compile(
    r"\b(?:exclud\w+|except|outside|apart from|not count\w*|does not count|on top of|beside|without counting"
    r"|no downtime"
    r"|zero downtime|without downtime|announced|agreed window|not included)\b",
    re.I,
)
_HOURS: Final = re.compile(
    r"\b(?:between|during|from \d|office hours|opening hours|business hours|working hours|weekdays"
    r"|in that window|\d ?(?:am|pm)"
    r"|\d\d:\d\d)\b",
    re.I,
)
"""The availability is asked for in some hours only."""
_CLOCK: Final = re.compile(
    r"\b(\d{1,2})(?:[:.h](\d\d))? ?(am|pm|a\.m\.|p\.m\.)?(?: ?o'clock)? ?(?:-|–|to|until|till"
    r"|and) ?(\d{1,2})(?:[:.h](\d\d))? ?(am|pm|a\.m\.|p\.m\.)?(?: ?o'clock)?\b",
    re.I,
)


def _targets(matter: Matter, least: float) -> Found | None:
    """The highest availability that the brief demands of the whole, from `least` percent on."""
    rows = [
        f
        for f in matter.found
        if f.number.role is NumberRole.AVAILABILITY and f.number.unit == "percent" and f.number.value >= least
        and f.number.status in (NumberStatus.TARGET, NumberStatus.CONFLICT)
    ]  # fmt: skip
    return max(rows, key=lambda f: f.number.value, default=None)


def _alone(least: float, words: re.Pattern[str], promise: str) -> Callable[[Matter, Rule], Iterator[Conflict]]:
    """A check for a part that stands alone: from `least` percent on, what is promised of one is too little."""

    def check(matter: Matter, rule: Rule) -> Iterator[Conflict]:
        high = _targets(matter, least)
        single = next((s for s in matter.wanted() if _holds(s, words)), None)
        if high is not None and single is not None and high.context.sentence is not single:
            kept = f"keeps {high.number.value:g} percent ({_minutes(high):.3g} minutes away a month)"
            yield rule.conflict(high.context.sentence.span(), single.span(), f"{kept} and plans {promise}")

    return check


def _window(matter: Matter, rule: Rule) -> Iterator[Conflict]:
    """The hours of a regular window against the minutes that the nines leave."""
    high = _targets(matter, 99.0)
    if high is None or _HOURS.search(high.context.sentence.text):
        return
    budget = _minutes(high)
    for sentence in matter.wanted():
        taken = _taken(sentence)
        if (
            taken is not None
            and taken > budget
            and not _OUTSIDE.search(f"{sentence.text} {high.context.sentence.text}")
        ):
            yield rule.conflict(
                high.context.sentence.span(),
                sentence.span(),
                f"keeps {high.number.value:g} percent: it leaves {budget:.3g} minutes a month and the window takes"
                f" {taken:,.0f}, so that releases and patches roll without stopping, and what can't is counted apart",
            )


def _holds(sentence: Sentence, pattern: re.Pattern[str]) -> bool:
    """Whether the words stand there and are not denied: "must not depend on a single server"."""
    found = pattern.search(sentence.text)
    if found is None:
        return False
    offset = sentence.start + found.start()
    first = next((n for n, t in enumerate(sentence.tokens) if t.end > offset), 0)
    low = found.group().lower()
    if low.startswith(("no ", "without ")):
        return True
    near = sentence.text[: found.start()].lower()
    return not negated_at(sentence, first, first + 1) and not re.search(
        r"\b(?:fail\w*|loss|lose|lost|outage|crash\w*|more than|if|when|per|each|every|any|down)\b[^,;]*$", near
    )


def _minutes(high: Found) -> float:
    """Minutes a month that an availability leaves."""
    return float(round((1 - high.number.value / 100) * _MONTH / 60, 4))


def _taken(sentence: Sentence) -> float | None:
    """Minutes a month that a regular window of maintenance takes, or None where the sentence tells of none."""
    words = sentence.words
    if not words & _PLANNED:
        return None
    period = min((s for w, s in _PERIODS.items() if w in words), default=None)
    if period is None or words & _DAYS:
        period = 604_800.0 if words & (_DAYS | {"weekend"}) and "month" not in words else period
    if period is None:
        return None
    length = _clock(sentence.text)
    spans = [q for q in sentence.quantities if q.kind == "time" and q.unit in ("minutes", "hours") and not q.per]
    if length is None and spans:
        length = seconds(spans[0].high or spans[0].value, spans[0].unit)
    return None if length is None or length > period else length / 60 * (_MONTH / period)


def _clock(text: str) -> float | None:
    """Seconds between two times of a clock: "2-4 am", "from 22:00 to 02:00"."""
    found = _CLOCK.search(text)
    if found is None or not (found[2] or found[3] or found[5] or found[6]):
        return None
    ends = [_hour(found[1], found[2], found[3] or found[6]), _hour(found[4], found[5], found[6])]
    if max(ends) > 24:
        return None
    return ((ends[1] - ends[0]) % 24) * 3600 or None


def _hour(hour: str, minutes: str | None, half: str | None) -> float:
    value = int(hour) + int(minutes or 0) / 60
    if half and half.lower().startswith("p") and value < 12:
        value += 12
    return 0.0 if half and half.lower().startswith("a") and int(hour) == 12 else value


ONE_SERVER: Final = Rule(
    "CFL101",
    "availability on one server",
    "A machine alone is away for hours a month; nines need a second.",
    _alone(99.9, _SERVER, "a second server: providers promise 99.5 percent (219 minutes) of one"),
)
ONE_ZONE: Final = Rule(
    "CFL102",
    "availability in one zone",
    "A zone fails as a whole; four nines and more need a second.",
    _alone(99.99, _ZONE, "a second zone: one alone is not promised more than 99.9 percent"),
)
WINDOW: Final = Rule(
    "CFL103",
    "maintenance window and availability",
    "A regular window is time away; it may be longer than all that the nines leave.",
    _window,
)
