"""What a number is tied to beyond its own noun: `4 receipts each` are for each of the claims counted just before."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.context import Context, clock_windows
from archsmith.derive.quantities import PERIODS, Dim, Quantity, quantities
from archsmith.derive.words import STOP, phrase, plural
from archsmith.kernel.inflect import singular
from archsmith.model.requirements import Number, NumberRole

_TIMES: Final = re.compile(r"\b(?:times|twice|doubled?s?|tripled?s?|\w+fold|factor|half|x\d*|\d+(?:\.\d+)?\s?x)\b")
_MEAN: Final = re.compile(r"\b(?:average|mean|normal|usual|base|typical)\b")
_USUAL_HOUR: Final = re.compile(
    r"\b(?:times|twice|double|triple|x)\s+(?:the|an?|our|that of an?)?\s*(?:average|mean|normal|usual|typical)\s+"
    r"(?:hour|load|traffic|minute|(?:of (?:the |an? )?)?(?:\w+ )?hours?|of the day)\b"
)
"""What a peak is compared with: `3 times the average hour`, `twice the mean of the working hours`."""
_LABEL_PER: Final = re.compile(r"\bper ([a-z]+)\b[^:]*:\s*$|^[\W\d]*(?:per|for (?:each|every)) ([a-z]+):")
_AVERAGE_OF: Final = re.compile(
    r"(?:,|;|\(|\bwith)\s*(?:(?:on|an?)\s+)?(?:average|avg\.?|mean|typically|each)(?:\s+(?:of|with|has|having|going|sent|goes|"
    r"to|about|around|some|roughly|is|are))*\s*$"
)
_EACH_AFTER: Final = re.compile(r"^[\W\d]{0,3}(?:[a-z]+\s){0,2}each\b")
_EACH_BEFORE: Final = re.compile(r"\b(?:each|every)\s+([a-z]+)?\s*(?:[a-z]+\s+){0,3}$")
_MARK: Final = re.compile(
    r"\s*(?:new\s+)?((?:per|an?|each|every|(?:for|to|in|on|of|from|by)\s+(?:each|every|an?|one)|and)\b|/)\s*"
    r"([a-z]+)(?:\s(?!per\b|an?\b|and\b|each\b|every\b)([a-z]+))?"
)
_HOLDER: Final = re.compile(
    r"\b(an?|one|each|every|any|(?:the|our|an?)\s+(?:median|average|typical|usual|mean|ordinary|normal))\s+"
    r"([a-z]+(?:\s[a-z]+)?)\s+(?:ha(?:s|ve)|holds?|owns?|runs?|uses?|employs?|gets?|contains?|carr(?:y|ies)|counts?|"
    r"comprises?|serves?|keeps?|sends?|makes?|places?|writes?|sees?|manages?|receives?|produces?|with|of)\s+"
    r"(?:(?:on|at|about|around|roughly|some|up|to|an?|average|most|least|approximately|nearly|circa|between|only|say)\s+)*$"
)
_OWN_PERIOD: Final = re.compile(
    r"\b(?:per|an?|each|every|in an?|in one|a given|in each|one)\s+"
    r"(second|minute|hour|day|night|week|month|quarter|year)\b"
)
_ADVERB: Final = re.compile(r"\b(?:hour|dai|week|month|quarter|year|annual|night)ly\b")
_CLAUSE_END: Final = re.compile(r"[,;:.()|](?:\s|$)|\s(?:and|but|or|of which)\s")
_AT_PEAK: Final = re.compile(r"\b(?:at (?:the )?peaks?|peak(?:s|ing)? (?:at|of|with)|in the rush|rush hour|at rush)\b")
_ONE_DAY: Final = re.compile(r"\b(?:in|on|within|during) (?:one|a single|the same|just one) day\b")
"""A day that stands out: what came in then is no average."""
_AND: Final = re.compile(r"\s*(?:,|and|plus|, and)\s*(?:about|around|some|roughly|up to)?\s*")
_HOUR: Final = 3600.0
_LONG_RUSH: Final = 6 * _HOUR
_COUNTED: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})
_SHARED: Final = (Dim.FACTOR, Dim.COUNT, Dim.RATE)


def tied(numbers: tuple[Number, ...], context: Context) -> tuple[Quantity, ...]:
    """All numbers in plain units and in the order of the brief, each with the noun that it holds for each of."""
    plain = quantities(numbers)
    flows = frozenset(q.noun for q in plain if q.dim is Dim.RATE)
    counted = flows | {q.noun for q in plain if q.dim is Dim.COUNT and q.number.role in _COUNTED}
    found: list[Quantity] = []
    by_line: dict[int, list[Quantity]] = {}
    for raw in plain:
        q = _rush(_own_period(_per_after(raw, context, counted), context, flows), context)
        before = by_line.setdefault(q.line, [])
        whole = _averaged(q, before, context) or _whole(q, before, context) or _holder(q, context, counted)
        whole = whole or _conjoined(q, found, context)
        label = _labelled(q, context)
        q = replace(q, per=label, dim=Dim.FACTOR) if label else q
        found.append(replace(q, per=whole) if whole and not label else q)
        before.append(found[-1])
    return tuple(found)


def is_multiple(q: Quantity) -> bool:
    """Whether the number multiplies another (`three times`, `twice`, `peak factor 2.5`) and counts nothing itself."""
    return q.dim is Dim.FACTOR and not q.per and _TIMES.search(f"{q.number.what} {q.quote}".lower()) is not None


def is_peak_factor(q: Quantity, context: Context) -> bool:
    """Whether it says how far the peak lies above the mean: `peak factor 2.5`, `peaks at 5 times the average`."""
    if not is_multiple(q) or q.value < 1:
        return False
    own = f"{q.number.what} {q.quote}".lower()
    _, tail = context.sides(q.number.why)
    return (
        "peak" in own
        or _USUAL_HOUR.search(f"{own} {tail[:40]}") is not None
        or (_MEAN.search(f"{q.quote} {tail[:24]}") is not None and "peak" in context.around(q.number.why))
    )


def _rest(q: Quantity, context: Context) -> str:
    """The words after the counted noun: of the number's own quote, and of the sentence behind it."""
    _, tail = context.sides(q.number.why)
    last = q.noun.rpartition(" ")[2]
    for form in dict.fromkeys((plural(last), last)):
        at = q.quote.rfind(form) if form else -1
        if at >= 0:
            end = max(at + len(form), *(m.end() for m in re.finditer(r"\d", q.quote)), 0)
            return q.quote[end:] + tail
    return tail


def _clause(text: str) -> str:
    match = _CLAUSE_END.search(text)
    return text[: match.start()] if match else text[:80]


def _per_after(q: Quantity, context: Context, counted: frozenset[str]) -> Quantity:
    """What follows the number: `12 per application`, `3 views per day per subscriber`, `4.2 quotes a rep`."""
    plain = q.dim is Dim.COUNT and q.number.role in _COUNTED and q.value <= 1000
    if (q.dim not in (Dim.FACTOR, Dim.RATE) and not plain) or is_multiple(q):
        return q
    for mark, first, name in _marked(_rest(q, context)):
        if first in PERIODS:
            if q.dim is Dim.FACTOR and q.per:
                q = replace(q, dim=Dim.RATE, period=PERIODS[first], period_name=first)
            continue
        known = next((n for n in (name, first) if n in counted and n != q.noun), "")
        sure = mark in ("per", "/") or mark.endswith(("each", "every"))
        if q.per or not (sure or (mark.endswith(("a", "an", "one")) and known)):
            continue
        last = name.rpartition(" ")[2]
        whole = known or (name if last not in STOP else first)
        if last not in PERIODS and whole:
            q = replace(q, per=whole, dim=Dim.FACTOR if q.dim is Dim.COUNT else q.dim)
    return q


def _marked(rest: str) -> list[tuple[str, str, str]]:
    """What stands behind `per`, `a`, `for each` and the like: the mark, its word, and the word with the next one."""
    found: list[tuple[str, str, str]] = []
    at = 0
    while len(found) < 3 and (match := _MARK.match(rest, at)):
        found.append((match[1], singular(match[2]), phrase(f"{match[2]} {match[3] or ''}".strip())))
        at = match.end(2)
    return found


def _own_period(q: Quantity, context: Context, flows: frozenset[str]) -> Quantity:
    """The period of a rate by its own clause (`4.2 quotes a rep writes in a week`), where it names another one.

    So many for each thing of a flow (`6.5 messages per ticket`) are no rate where no period stands beside them.
    """
    if q.dim is not Dim.RATE or not q.quote:
        return q
    clause = q.quote + _clause(_rest(q, context))
    stated = _OWN_PERIOD.search(clause)
    if stated is not None:
        named = PERIODS[stated[1]]
        usual = singular(q.period_name) in clause or q.period == named
        return q if usual else replace(q, period=named, period_name=stated[1])
    said = "/" in clause or _ADVERB.search(clause) or (q.period_name and q.period_name in clause)
    if q.per in flows and q.per != q.noun and not said:
        return replace(q, dim=Dim.FACTOR, period=0.0, period_name="")
    return q


def _rush(q: Quantity, context: Context) -> Quantity:
    """A rate that holds between two times of the day is the peak: `between 17:00 and 19:00 up to 40 a minute`."""
    if q.dim is not Dim.RATE or q.number.peak or not q.quote:
        return q
    head, tail = context.sides(q.number.why)
    if q.period > _HOUR:
        once = q.period_name == "day" and _ONE_DAY.search(f"{q.quote}{tail[:24]}")
        return replace(q, number=replace(q.number, peak=True)) if once else q
    near = f"{re.split(r'[;.]', head)[-1]} {q.quote} {re.split(r'[,;.]', tail)[0]}"
    busy = any(w.seconds < _LONG_RUSH for w in clock_windows(near)) or _AT_PEAK.search(near)
    return replace(q, number=replace(q.number, peak=True)) if busy else q


def _labelled(q: Quantity, context: Context) -> str:
    """The whole that the label of a row names: `Photos per claim (in 3 years): 8`."""
    if q.per or q.dim not in (Dim.COUNT, Dim.FACTOR) or q.number.role not in _COUNTED:
        return ""
    head, _ = context.sides(q.number.why)
    match = _LABEL_PER.search(head)
    name = phrase(match[1] or match[2]) if match is not None else ""
    return name if name != q.noun and name not in PERIODS else ""


def _holder(q: Quantity, context: Context, counted: frozenset[str]) -> str:
    """The whole that has so many: `a school has around 480 children`, `the median workspace has 8 agents`."""
    parts = q.dim in (Dim.COUNT, Dim.RATE, Dim.FACTOR) and q.number.role in _COUNTED
    if not parts or q.per or is_multiple(q):
        return ""
    head, _ = context.sides(q.number.why)
    match = _HOLDER.search(head[-90:])
    if match is None:
        return ""
    name = phrase(match[2])
    known = (n for n in (name, name.rpartition(" ")[2]) if n in counted and n != q.noun)
    return next(known, "")


def _conjoined(q: Quantity, before: list[Quantity], context: Context) -> str:
    """The whole of the part just before, where only "and" stands between: `a fair has 300 stands and 800 guests`."""
    last = before[-1] if before else None
    if last is None or q.per or q.dim is not last.dim or q.line != last.line or not last.per or last.period:
        return ""
    if q.dim not in (Dim.COUNT, Dim.FACTOR) or q.number.role not in _COUNTED or is_multiple(q) or last.per == q.noun:
        return ""
    head, _ = context.sides(q.number.why)
    at = head.rfind(last.quote) if last.quote else -1
    return last.per if at >= 0 and _AND.fullmatch(head[at + len(last.quote) :]) else ""


def _averaged(q: Quantity, before: list[Quantity], context: Context) -> str:
    """The flow that an average belongs to: `9,000 requests a day, average 7 lines, each to about 12 suppliers`."""
    if q.dim not in (Dim.COUNT, Dim.FACTOR) or q.per or is_multiple(q) or q.number.role is NumberRole.TEAM:
        return ""
    head, _ = context.sides(q.number.why)
    if _AVERAGE_OF.search(f"{head[-48:]}{re.split(r'[0-9]', q.quote)[0]}") is None:
        return ""
    flows = [p for p in before if p.dim is Dim.RATE and p.quote and p.quote in head and p.noun != q.noun]
    return flows[-1].noun if flows else ""


def _whole(q: Quantity, before: list[Quantity], context: Context) -> str:
    """The noun counted `before` on the same line, where the text says "each" or leaves it out between two counts."""
    if not q.line or q.per or q.dim not in (Dim.FACTOR, Dim.RATE, Dim.BYTES) or is_multiple(q):
        return ""
    head, tail = context.sides(q.number.why)
    match = _EACH_BEFORE.search(head)
    if (
        match is not None
        and match[1]
        and match[1] not in STOP
        and not match[1].endswith("s")
        and q.dim is not Dim.BYTES
    ):
        return singular(match[1])
    same_line = [p for p in before if p.number.role in _COUNTED]
    if q.dim is Dim.BYTES and any(p.noun == q.noun for p in same_line):
        return ""
    near = [p for p in same_line if p.noun != q.noun]
    kinds = _SHARED if q.dim is Dim.BYTES else (Dim.COUNT, Dim.RATE)
    near = [p for p in near if p.dim in kinds and not is_multiple(p)]
    if not near:
        return ""
    each = bool(_EACH_AFTER.search(tail) or match or re.search(r"\beach\b", q.quote))
    silent = not head and not tail and q.dim is Dim.FACTOR and q.number.role is NumberRole.RATIO
    return near[-1].noun if each or silent else ""
