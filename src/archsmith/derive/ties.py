"""What a number is tied to beyond its own noun: `4 receipts each` are for each of the claims counted just before."""

import re
from dataclasses import replace
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.quantities import Dim, Quantity, quantities
from archsmith.model.requirements import Number, NumberRole

_TIMES: Final = re.compile(r"\b(?:times|twice|double[ds]?|triple[ds]?|\w*fold|factor|half|x)\b")
_EACH_AFTER: Final = re.compile(r"^[\W\d]{0,3}(?:[a-z]+\s){0,2}each\b")
_EACH_BEFORE: Final = re.compile(r"\beach\s+(?:[a-z]+\s+){0,3}$")
_COUNTED: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})


def tied(numbers: tuple[Number, ...], context: Context) -> tuple[Quantity, ...]:
    """All numbers in plain units and in the order of the brief, each with the noun that it holds for each of."""
    found: list[Quantity] = []
    for q in quantities(numbers):
        whole = _whole(q, found, context)
        found.append(replace(q, per=whole) if whole else q)
    return tuple(found)


def is_multiple(q: Quantity) -> bool:
    """Whether the number multiplies another (`three times`, `twice`, `peak factor 2.5`) and counts nothing itself."""
    return q.dim is Dim.FACTOR and not q.per and _TIMES.search(f"{q.number.what} {q.quote}".lower()) is not None


def _whole(q: Quantity, before: list[Quantity], context: Context) -> str:
    """The noun counted just before on the same line, where the text says "each" or leaves it out between two counts."""
    if q.per or q.dim not in (Dim.FACTOR, Dim.RATE, Dim.BYTES) or is_multiple(q):
        return ""
    near = [p for p in before if p.line == q.line and p.number.role in _COUNTED and p.noun != q.noun]
    kinds = (Dim.FACTOR, Dim.COUNT, Dim.RATE) if q.dim is Dim.BYTES else (Dim.COUNT, Dim.RATE)
    near = [p for p in near if p.dim in kinds and not is_multiple(p)]
    if not near:
        return ""
    head, tail = context.sides(q.number.why)
    each = bool(_EACH_AFTER.search(tail) or _EACH_BEFORE.search(head) or re.search(r"\beach\b", q.quote))
    silent = not head and not tail and q.dim is Dim.FACTOR and q.number.role is NumberRole.RATIO
    return near[-1].noun if each or silent else ""
