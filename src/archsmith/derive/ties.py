"""What a number is tied to beyond its own noun: `4 receipts each` are for each of the claims counted just before."""

import re
from dataclasses import replace
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.quantities import PERIODS, Dim, Quantity, quantities
from archsmith.derive.words import STOP, phrase, singular
from archsmith.model.requirements import Number, NumberRole

_TIMES: Final = re.compile(r"\b(?:times|twice|doubled?s?|tripled?s?|\w+fold|factor|half|x|\d+(?:\.\d+)?\s?x)\b")
_MEAN: Final = re.compile(r"\b(?:average|mean|normal|usual|base|typical)\b")
_EACH_AFTER: Final = re.compile(r"^[\W\d]{0,3}(?:[a-z]+\s){0,2}each\b")
_EACH_BEFORE: Final = re.compile(r"\b(?:each|every)\s+([a-z]+)?\s*(?:[a-z]+\s+){0,3}$")
_PER_AFTER: Final = re.compile(
    r"^\W{0,2}(?:new\s+)?(?:(?:per|an?|each|and)\b|/)\s*([a-z]+(?:\s[a-z]+)?)(?:\s+(?:and|per|a|each)\s+([a-z]+))?"
)
_COUNTED: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})
_SHARED: Final = (Dim.FACTOR, Dim.COUNT, Dim.RATE)


def tied(numbers: tuple[Number, ...], context: Context) -> tuple[Quantity, ...]:
    """All numbers in plain units and in the order of the brief, each with the noun that it holds for each of."""
    found: list[Quantity] = []
    by_line: dict[int, list[Quantity]] = {}
    for raw in quantities(numbers):
        q = _per_after(raw, context)
        before = by_line.setdefault(q.line, [])
        whole = _whole(q, before, context)
        found.append(replace(q, per=whole) if whole else q)
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
    return "peak" in own or (
        _MEAN.search(f"{q.quote} {tail[:24]}") is not None and "peak" in context.around(q.number.why)
    )


def _per_after(q: Quantity, context: Context) -> Quantity:
    """What follows the number: `12 per application`, `3 views per day per subscriber`, `1.2 per user and week`."""
    plain = q.dim is Dim.COUNT and q.number.role in _COUNTED and q.value <= 1000
    if (q.dim not in (Dim.FACTOR, Dim.RATE) and not plain) or is_multiple(q):
        return q
    _, tail = context.sides(q.number.why)
    match = _PER_AFTER.match(tail)
    words = [w for w in (match.groups() if match else ()) if w]
    for word in words:
        name = phrase(word)
        last = name.rpartition(" ")[2] if name.rpartition(" ")[2] not in STOP else name.partition(" ")[0]
        if singular(name.partition(" ")[0]) in PERIODS and q.dim is Dim.FACTOR and q.per:
            period = singular(name.partition(" ")[0])
            q = replace(q, dim=Dim.RATE, period=PERIODS[period], period_name=period)
        elif match is not None and match[0].lstrip().startswith("per") and not q.per and last not in PERIODS and last:
            q = replace(q, per=name, dim=Dim.FACTOR if q.dim is Dim.COUNT else q.dim)
    return q


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
