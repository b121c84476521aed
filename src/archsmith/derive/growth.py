"""Growth that the brief states: by which factor, of what, over how long."""

import re
from typing import Final

from msgspec import Struct

from archsmith.derive.context import Context
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import a_number, lemmas
from archsmith.kernel.inflect import singular
from archsmith.model.requirements import Number, NumberRole, NumberStatus, Requirements

_SPAN: Final = re.compile(
    r"\b(?:in|within|over|after|by the end of)\s+(?:the next\s+)?(\d{1,3}|[a-z]+)\s+(year|month)s?\b"
)
_FOR: Final = re.compile(r"\b(?:for|over|during|in)\s+(?:the\s+)?(?:next\s+)?(\d{1,3}|[a-z]+)\s+(year|month)s\b")
_ABSURD: Final = 1e6
"""No business grows by as much: such a figure was meant in another way."""
_GENERAL: Final = frozenset("growth user traffic load volume business everything size number customer".split())
_PART_OF: Final = re.compile(r"(?:%|per ?cent)\s+of\b")
_GROWS: Final = re.compile(r"\b(?:grow\w*|increas\w+|rise[sn]?|rising|up by|more|expan\w+|year on year)\b")
_MORE: Final = re.compile(r"\b(?:as many|as much|more|the number of|times the|times as many)\s+([a-z]+(?: [a-z]+)?)")
_SEASONS: Final = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|season|weekends?|christmas|easter|holidays?|black friday|peak|rush|night|"
    r"(?:storm|busy|busiest|worst|sale|record|event|match|race|election|pay) ?days?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|mondays?|fridays?|sundays?)\b"
)
_BACK: Final = re.compile(r"\b(?:that|this|it|those|these|as much|as many|them)\b")


class Growth(Struct, frozen=True):
    """A stated factor. `nouns` is what grows (empty: everything), `target` the number that it points back to."""

    quantity: Quantity
    nouns: frozenset[str]
    target: str
    months: float | None

    def applies(self, quantity: Quantity) -> bool:
        """Whether the stated quantity grows by it: it is the one pointed at, or counts what the growth names."""
        if quantity.number.id == self.target:
            return True
        words = set(quantity.noun.split(" "))
        if self.nouns & words:
            return True
        return not self.nouns and not self.target and quantity.number.status is NumberStatus.CURRENT


def seasonal(text: str) -> bool:
    """Whether the words speak of a season or a rush, so that a factor is a swing and no growth.

    >>> seasonal("double that in summer"), seasonal("twice as many growers in two years")
    (True, False)
    """
    return _SEASONS.search(text) is not None


def growths(numbers: tuple[Quantity, ...], requirements: Requirements, context: Context) -> tuple[Growth, ...]:
    """The growth factors of the brief; the needs' own one where no number carries it."""
    found = []
    for index, q in enumerate(numbers):
        if q.number.role is not NumberRole.GROWTH or q.dim not in (Dim.FACTOR, Dim.SHARE, Dim.COUNT):
            continue
        factor = (1 + q.value) ** _times(q, context) if q.dim is Dim.SHARE else q.value
        if not 0 < factor < _ABSURD:
            continue
        _, tail = context.sides(q.number.why)
        if (
            q.dim is Dim.SHARE
            and _PART_OF.search(f"{q.quote}{tail[:16]}")
            and not _GROWS.search(context.around(q.number.why))
        ):
            continue  # 80% of the messages, 8% of the members a month: a part, and nothing that grows
        if seasonal(f"{q.quote}{tail[:40]}"):
            continue
        more = _MORE.search(f"{q.quote}{tail[:40]}")
        text = more[1] if more else f"{q.number.subject} {q.number.what} {q.quote}".lower()
        counted = {
            singular(w)
            for p in numbers
            if p.dim in (Dim.COUNT, Dim.RATE) and p.number.id != q.number.id
            for w in p.noun.split(" ")
        }
        named = frozenset(w for w in lemmas(text) if w in counted and w not in _GENERAL)
        earlier = [p for p in numbers[:index] if p.dim is Dim.RATE or p.dim is Dim.COUNT]
        back = more is None and bool(earlier) and _BACK.search(f"{q.quote} {tail[:12]}") is not None
        target = ""
        if back:
            rates = [p for p in earlier if p.dim is Dim.RATE and abs(p.line - q.line) <= 1]
            target = (rates or earlier)[-1].number.id
        months = _months(f"{q.quote} {context.around(q.number.why)}")
        if months is None and requirements.needs.growth_months is not None:
            months = requirements.needs.growth_months.value
        found.append(
            Growth(q if factor == q.value else _as_factor(q, factor), frozenset() if target else named, target, months)
        )
    return tuple(found) or _from_needs(numbers, requirements)


def _from_needs(numbers: tuple[Quantity, ...], requirements: Requirements) -> tuple[Growth, ...]:
    """The growth that a person set in requirements.yaml, with no number behind it: it grows the figures of today."""
    needs = requirements.needs
    if needs.growth is None or needs.growth.value <= 0 or any(q.number.why == needs.growth.why for q in numbers):
        return ()
    number = Number(
        id="growth",
        what="growth",
        value=needs.growth.value,
        unit="ratio",
        role=NumberRole.GROWTH,
        status=NumberStatus.TARGET,
        why=needs.growth.why,
    )
    months = needs.growth_months.value if needs.growth_months is not None else None
    factor = Quantity(number=number, noun="growth", dim=Dim.FACTOR, value=float(number.value))
    return (Growth(factor, frozenset(), "", months),)


def _times(q: Quantity, context: Context) -> float:
    """How many periods it goes on for: `12% a year for five years` is five times 12% on top of each other."""
    text = context.around(q.number.why)
    match = _FOR.search(text)
    count = a_number(match[1]) if match else None
    if match is None or count is None or q.period_name not in ("year", "month", "quarter"):
        return 1.0
    months = count * (12 if match[2] == "year" else 1)
    return max(1.0, months / {"year": 12.0, "quarter": 3.0, "month": 1.0}[q.period_name])


def _as_factor(q: Quantity, factor: float) -> Quantity:
    return Quantity(number=q.number, noun=q.noun, dim=Dim.FACTOR, value=factor, order=q.order)


def _months(text: str) -> float | None:
    match = _SPAN.search(text)
    count = a_number(match[1]) if match else None
    return None if match is None or count is None else count * (12 if match[2] == "year" else 1)
