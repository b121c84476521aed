"""Two figures for one thing: the one that the text takes back is superseded, else the safer one is used."""

import itertools
from collections.abc import Iterator
from typing import Final

import msgspec

from archsmith.elicit.budgets import per_month
from archsmith.elicit.conflicts.corrections import Ages, taken_back
from archsmith.elicit.conflicts.replacements import inherited, replacements
from archsmith.elicit.numbers import Found
from archsmith.elicit.reading import Reading, Sentence
from archsmith.elicit.recovery import kind_of
from archsmith.elicit.units import seconds
from archsmith.kernel.inflect import phrase_singular
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.requirements import Conflict, Number, NumberRole, NumberStatus

ID: Final = "CFL001"

R = NumberRole
_SMALLER_IS_SAFER: Final = frozenset({R.BUDGET, R.DEADLINE, R.LATENCY, R.RECOVERY, R.TEAM})
_WHOLE: Final = frozenset({R.AVAILABILITY, R.BUDGET})
"""Roles of which a system has one figure, whatever noun it stands with."""
_OF_A_NOUN: Final = frozenset({R.POPULATION, R.LOAD})
_RECOVERY: Final = frozenset("rto rpo restore recover recovery disaster failure outage crash lose loss lost".split())
_PARTIAL: Final = frozenset(
    "active new paying free premium of inactive concurrent first initial later now today peak additional more"
    " extra another other each per at least most by after until some these those such same remaining rest among"
    " average usually normally sometimes typical typically simulated test maybe final season upon reaching"
    " alone only within plus he's she's he she aged".split()
)
"""Words near a figure that make it one of a part, of another time or of a bound."""
_BOUNDS: Final = frozenset({"at least", "at most", "up to", "under", "over"})
_PART: Final = frozenset("for of during api in on at".split())
_SPANS: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0, "month": 2.63e6,
                 "year": 31.56e6}  # fmt: skip
_ABOUT: Final = 0.15
"""Two figures this near each other are one and the same, rounded: "10k users", "9,400 users"."""

_CALENDAR: Final = 0.6
"""As much apart may be two rates of different periods: a week of five days, a month of twenty-one."""


def settle(found: list[Found], reading: Reading) -> tuple[list[Found], list[Conflict]]:
    """The numbers with their status corrected, and the conflicts with the figure that the design uses."""
    conflicts: list[Conflict] = []
    changed: dict[int, NumberStatus] = {}
    found = list(found)
    ages = Ages(reading)
    for r in replacements(found, reading, ages):
        before = r.added if r.old is None else found[r.old]
        after = found[r.new] if r.new is not None else r.added
        if r.added is not None:
            found.append(r.added)
        if r.old is not None:
            changed[r.old] = NumberStatus.SUPERSEDED
            if r.new is not None and before is not None:
                found[r.new] = after = inherited(found[r.new], before)
        where = r.where or (before or found[0]).context.sentence
        other = after.context.sentence if r.old is None and after is not None else r.sentence
        if before is not None and where is not other:
            conflicts.append(_replaced(before, after, where, other))
    for one, two in _pairs([f if n not in changed else _with(f, changed[n]) for n, f in enumerate(found)], reading):
        a, b = found[one], found[two]
        old = taken_back(a, b, ages)
        if old is not None:
            keep, drop = (b, a) if old is a else (a, b)
            changed[one if old is a else two] = NumberStatus.SUPERSEDED
            text = f"uses {_say(keep.number)}: the brief itself corrects {_say(drop.number)}"
        elif _comparable(a, b):
            smaller, larger = (one, two) if _amount(a, reading) < _amount(b, reading) else (two, one)
            used, left = (smaller, larger) if a.number.role in _SMALLER_IS_SAFER else (larger, smaller)
            changed[left] = NumberStatus.CONFLICT
            safer = _say(found[used].number)
            text = f"uses {safer}, the safer one to plan with, until somebody says which one holds"
        else:
            continue
        conflicts.append(Conflict(rule=ID, what=_about(a.number), spans=_spans(a, b), resolution=text))
    out = [f if n not in changed else _with(f, changed[n]) for n, f in enumerate(found)]
    return out, list({c.spans: c for c in reversed(conflicts)}.values())[::-1]


def _replaced(old: Found, new: Found | None, where: Sentence, sentence: Sentence) -> Conflict:
    use = f"uses {_say(new.number)}" if new is not None else "follows the later words"
    return Conflict(
        rule=ID,
        what=_about(old.number),
        spans=(where.span(), sentence.span()),
        resolution=f"{use}: the brief itself corrects {_say(old.number)}",
    )


def _with(f: Found, status: NumberStatus) -> Found:
    return Found(number=msgspec.structs.replace(f.number, status=status), context=f.context, said=f.said)


def _pairs(found: list[Found], reading: Reading) -> Iterator[tuple[int, int]]:
    """Neighbours among the figures for one thing, however far apart in the text, that differ by more than rounding."""
    by_key: dict[tuple[str, ...], list[int]] = {}
    for n, f in enumerate(found):
        key = _key(f) if f.number.status is NumberStatus.TARGET else None
        if key is not None:
            by_key.setdefault(key, []).append(n)
    for rows in by_key.values():
        for left, right in itertools.pairwise(rows):
            if _differ(found[left], found[right], reading):
                yield left, right


def _key(f: Found) -> tuple[str, ...] | None:
    """What a figure is about; figures with the same key are compared. None: with no other."""
    number, c = f.number, f.context
    if c.attached.how == "pronoun":
        return None
    dimension = _dimension(number.unit)
    if number.role in _WHOLE:
        return number.role.value, dimension
    if number.role is R.RECOVERY and dimension == "time":
        if not _RECOVERY & c.sentence.words:
            return None
        return number.role.value, kind_of(f)
    name = c.attached.phrase.name if c.attached.phrase is not None else number.what
    key = (number.role.value, phrase_singular(name.lower()), dimension, number.subject)
    if number.role in (R.DEADLINE, R.TEAM):
        return key if c.here("deadline") or (number.role is R.TEAM and c.attached.how == "after") else None
    if number.role is R.LOAD and (_rhythm(number.unit) == "" or number.peak):
        return None
    return (*key, _rhythm(number.unit)) if number.role in _OF_A_NOUN and name and not c.past() else None


def _rhythm(unit: str) -> str:
    """Rates of a day or longer compare with each other; those of an hour or shorter may be peaks."""
    period = unit.rpartition("per ")[2] if "per " in unit else ""
    return "long" if period in ("day", "week", "month", "year") else period


def _dimension(unit: str) -> str:
    """What a unit measures, so that 200 ms compares with 1 s and 100 a day with 3,000 a month."""
    first, _, period = unit.rpartition("per ")
    if period in _SPANS:
        return f"{_currency(first)}rate"
    try:
        seconds(1.0, unit)
    except KeyError:
        return unit
    return "time"


def _currency(words: str) -> str:
    """Money of any currency is money; other units before a period stay what they are."""
    bare = words.strip()
    return "money " if len(bare) == 3 and bare.isupper() else f"{bare} " if bare else ""


def _amount(f: Found, reading: Reading, *, upper: bool = True) -> float:
    """The figure in the base unit of its dimension."""
    number = f.number
    value = number.high if upper and number.high is not None else number.value
    if number.role is R.BUDGET:
        month = per_month(reading, value, number.unit)
        return value if month is None else month
    period = number.unit.rpartition("per ")[2]
    if "per " in number.unit and period in _SPANS:
        return value / _SPANS[period]
    try:
        return seconds(value, number.unit)
    except KeyError:
        return value


def _differ(a: Found, b: Found, reading: Reading) -> bool:
    """Whether the ranges of two figures lie apart by more than rounding; nines count exactly."""
    if a.number.role is R.AVAILABILITY:
        return a.number.value != b.number.value
    rows = sorted((_amount(f, reading, upper=False), _amount(f, reading)) for f in (a, b))
    (_, low_end), (high_start, _) = rows
    hedged = any(f.context.quantity.hedge for f in (a, b))
    slack = _CALENDAR if a.number.unit != b.number.unit else _ABOUT if hedged else 0.0
    return high_start > low_end * (1 + slack) + 1e-9


def _comparable(a: Found, b: Found) -> bool:
    """Whether two figures speak of the same: different sentences, and no word that makes one a part of the other."""
    if a.context.sentence is b.context.sentence or a.context.sentence.block.column or b.context.sentence.block.column:
        return a.number.role in _WHOLE and a.context.sentence is not b.context.sentence and not (_part(a) or _part(b))
    if a.number.role is R.AVAILABILITY:
        return not _part(a) and not _part(b)
    if a.number.unit.startswith("percent") or a.number.peak or b.number.peak:
        return False
    if a.context.sentence.scope.priority is not b.context.sentence.scope.priority:
        return False
    return _named(a) == _named(b) and not (_qualified(a) or _qualified(b))


def _named(f: Found) -> frozenset[str]:
    """The names in the clause of a figure: 40 shops in Spain and 12 in Portugal are no contradiction."""
    tokens = f.context.sentence.tokens[max(1, f.context.first) : f.context.last]
    return frozenset(t.text for t in tokens if t.text[0].isupper() and not t.text.isupper() and t.tag == "NOUN")


def _part(f: Found) -> bool:
    """Whether an availability is that of a part or of some hours: "99.9 for the API", "of the alarm path 99.95"."""
    tokens, q = f.context.sentence.tokens, f.context.quantity
    before = {t.low for t in tokens[f.context.first : max(f.context.first, q.start - 1)]}
    after = {t.low for t in tokens[q.end : f.context.last]}
    return bool({"of", "for", "during", "api"} & before or _PART & after)


def _qualified(f: Found) -> bool:
    q = f.context.quantity
    tokens = f.context.sentence.tokens
    before, after = tokens[max(f.context.first, q.start - 3) : q.start], tokens[q.mid : f.context.attached.end + 3]
    near = {t.low for t in (*before, *(t for n, t in enumerate(after, q.mid) if not q.mid <= n < q.end))}
    bound = q.hedge in _BOUNDS and f.number.role is not R.BUDGET
    return bound or bool(near & (_PARTIAL - {"at", "most", "up", "to"} if f.number.role is R.BUDGET else _PARTIAL))


def _about(number: Number) -> str:
    return number.what or number.role.value


def _say(number: Number) -> str:
    return (
        " ".join(number.why.at.quote.split()) if isinstance(number.why, Stated) else f"{number.value:g} {number.unit}"
    )


def _spans(a: Found, b: Found) -> tuple[Span, ...]:
    return tuple(f.context.sentence.span() for f in (a, b))
