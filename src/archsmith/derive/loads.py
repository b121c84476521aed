"""Stated loads: what the brief says happens how often, as events a second at the horizon."""

import re
from dataclasses import dataclass, field
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import World
from archsmith.derive.growth import Growth, seasonal
from archsmith.derive.ledger import Ledger
from archsmith.derive.populations import Populations, nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.ties import is_multiple
from archsmith.derive.words import head, phrase, plural
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole, NumberStatus, Requirements

REQUESTS: Final = frozenset("request query call hit page view search feed impression".split())
"""Nouns of which each is one request to the system, so that their rates are in rps."""
_SEASON: Final = re.compile(r"\b(?:in|during|on|at|for|every|before|around)\s+(?:the\s+)?([a-z]+(?:\s[a-z]+)?)")
_PEOPLE_PER: Final = re.compile(r"\b(?:each|every|a|an|one)\b")
_PLAN: Final = 8.0
"""A stated rate this many times another of the same noun is no busy day of it."""
_SKIP_ROLES: Final = frozenset(
    {
        NumberRole.BUDGET,
        NumberRole.TEAM,
        NumberRole.DEADLINE,
        NumberRole.RETENTION,
        NumberRole.RECOVERY,
        NumberRole.AVAILABILITY,
        NumberRole.GEOGRAPHY,
    }
)


@dataclass(slots=True)
class Load:
    """One noun's load. `average`, `busy` (the mean of the busiest season or day) and `burst` (of a stated rush) in events
    a second. `daily`: the stated figure with its period, grown. `words`: the sentence it stands in."""

    noun: str
    average: Figure
    quantity: Quantity
    counted: Figure
    busy: Figure | None = None
    burst: Figure | None = None
    words: str = ""
    inflow: list[Figure] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """`rps` for requests, else `per second`."""
        return unit_of(self.noun)


def unit_of(noun: str) -> str:
    """`rps` where each of the things is a request to the system, else `per second`.

    >>> unit_of("feed request"), unit_of("mail")
    ('rps', 'per second')
    """
    return "rps" if head(noun) in REQUESTS else "per second"


class Loads:
    """All stated rates, each brought to events a second at the horizon."""

    def __init__(
        self,
        numbers: tuple[Quantity, ...],
        growths: tuple[Growth, ...],
        people: Populations,
        world: World,
        context: Context,
        ledger: Ledger,
        requirements: Requirements,
    ) -> None:
        self.numbers = numbers
        self.growths = growths
        self.people = people
        self.world = world
        self.context = context
        self.ledger = ledger
        self.requirements = requirements
        self.used: set[str] = set()
        self.found: dict[str, Load] = {}

    def rates(self) -> None:
        """Rates with a period: `1,900 orders per day`, `25 requests per minute per portal`, `2.6 million a month`."""
        groups: dict[str, list[Quantity]] = {}
        for q in self.numbers:
            if q.dim is Dim.RATE and q.number.role not in _SKIP_ROLES and q.number.status is not NumberStatus.HISTORY:
                groups.setdefault(q.noun, []).append(q)
        for noun, members in groups.items():
            targets = [q for q in members if q.binding] or [q for q in members if self._grows(q) or not self._others(q)]
            calm = [q for q in targets if not q.number.peak] or targets
            if not calm:
                continue
            base, top = self._calm_and_busy(calm, targets)
            load = self._load(noun, base)
            if top.per_second > base.per_second:
                load.busy = self._per_second(
                    top, self._counted(top), f"average {plural(noun)} per second on the peak {top.period_name or 'day'}"
                )
            self.found[noun] = load
            self.used.update(q.number.id for q in members)

    def _calm_and_busy(self, calm: list[Quantity], targets: list[Quantity]) -> tuple[Quantity, Quantity]:
        """Two figures for one load: an ordinary day and a busy one, or today's and the one that is planned for.

        A figure many times as large that no word calls a rush or a season is the plan: the smaller one is history then.
        """
        low, top = min(calm, key=lambda q: q.per_second), max(targets, key=lambda q: q.per_second)
        words = f"{top.quote}{self.context.sides(top.number.why)[1][:40]}"
        if top.per_second > _PLAN * low.per_second and not top.number.peak and not seasonal(words):
            return top, top
        return low, top

    def seasons(self) -> None:
        """`three times that in spring`, `double that in summer`: the busy season of the load named just before."""
        for q in self.numbers:
            if q.value <= 1 or q.number.role is NumberRole.LIMIT or not is_multiple(q):
                continue
            grows = any(g.quantity.number.id == q.number.id for g in self.growths)
            if grows or "factor" in f"{q.number.what} {q.quote}".lower():
                continue
            before = [
                ld for ld in self.found.values() if ld.quantity.order < q.order and q.line - ld.quantity.line <= 1
            ]
            if not before:
                continue
            load = max(before, key=lambda ld: ld.quantity.order)
            factor = self.ledger.state(
                q.number.id, f"busy season of {plural(load.noun)}", q.value, "ratio", q.number.why
            )
            match = _SEASON.search(f"{q.quote}{self.context.sides(q.number.why)[1][:40]}")
            season = f" in {match[1]}" if match else " in the busy season"
            load.busy = self.ledger.ratio(
                f"{load.average.id}_season",
                f"{plural(load.noun)} per second{season}",
                load.unit,
                "rate x season",
                (load.average, factor),
            )
            self.used.add(q.number.id)

    def conversions(self) -> None:
        """`1 out of 60 ends in a booking`, `opens 22 %`: the share of one load that becomes another."""
        for q in self.numbers:
            if (
                q.dim is not Dim.SHARE
                or q.number.role not in (NumberRole.RATIO, NumberRole.LOAD)
                or q.number.id in self.used
            ):
                continue
            base = self._base_of(q)
            if base is None or self._has_window(q):
                continue
            noun = self._outcome(q, base)
            if noun == base.noun:
                continue
            share = self.ledger.state(
                q.number.id, f"share of {plural(base.noun)} that become {plural(noun)}", q.value, "ratio", q.number.why
            )
            period = base.quantity.period_name
            counted = self.ledger.ratio(
                f"{noun}_per_{period}",
                f"{plural(noun)} per {period}",
                f"per {period}",
                "load x share",
                (base.counted, share),
            )
            average = self.ledger.ratio(
                f"{noun}_rate",
                f"average {plural(noun)} per second",
                unit_of(noun),
                "rate",
                (counted,),
                (base.quantity.period,),
            )
            busy = (
                self.ledger.ratio(
                    f"{noun}_busy",
                    f"{plural(noun)} per second when {plural(base.noun)} are busiest",
                    unit_of(noun),
                    "load x share",
                    (base.busy, share),
                )
                if base.busy
                else None
            )
            if noun not in self.found:
                self.found[noun] = Load(noun, average, q, counted, busy, words=self.context.around(q.number.why))
            self.used.add(q.number.id)

    def _load(self, noun: str, q: Quantity) -> Load:
        counted = self._counted(q)
        average = self._per_second(q, counted, f"average {plural(noun)} per second")
        return Load(noun, average, q, counted, words=self.context.around(q.number.why))

    def _counted(self, q: Quantity) -> Figure:
        """The stated rate in its own period, times those who cause it each, at the horizon."""
        label = plural(q.noun)
        unit = f"per {q.period_name}"
        figure = self.ledger.state(
            q.number.id,
            f"{label} per {q.period_name}" + (f" and {q.per}" if q.per else ""),
            q.value,
            unit,
            q.number.why,
        )
        each = self._each(q)
        if each is not None:
            figure = self.ledger.ratio(
                f"{q.number.id}_all",
                f"{label} per {q.period_name} of all {each.what}",
                unit,
                "rate of each x count",
                (figure, each),
            )
        if q.number.status is NumberStatus.CURRENT or self._pointed(q):
            for growth in self.growths:
                if growth.applies(q) and (each is None or not self._grew(each)):
                    factor = self.ledger.state(
                        growth.quantity.number.id,
                        f"growth of {label}",
                        growth.quantity.value,
                        "ratio",
                        growth.quantity.number.why,
                    )
                    return self.ledger.ratio(
                        f"{q.number.id}_horizon",
                        f"{label} per {q.period_name} at the horizon",
                        unit,
                        "rate x growth",
                        (figure, factor),
                    )
        return figure

    def _per_second(self, q: Quantity, counted: Figure, what: str) -> Figure:
        return self.ledger.ratio(f"{q.number.id}_rate", what, unit_of(q.noun), "rate", (counted,), (q.period,))

    def _each(self, q: Quantity) -> Figure | None:
        """Those of whom each causes the rate: `per portal`, `each with one new episode a week`, `a box reports`."""
        if q.per:
            return self.people.of(q.per)
        subject = phrase(q.number.subject)
        if subject and subject != q.noun and _PEOPLE_PER.search(self.context.around(q.number.why)):
            return self.people.of(subject) if f"each {subject}" in self.context.around(q.number.why) else None
        if re.search(r"\beach\b", q.quote):
            for noun in reversed(nouns_in(self.context.around(q.number.why).partition(q.quote)[0], self.world)):
                figure = self.people.of(noun)
                if figure is not None and noun != q.noun:
                    return figure
        return None

    def _base_of(self, q: Quantity) -> Load | None:
        """The load of which the share is taken: the one it names, else the last one before it, near by."""
        for load in self.found.values():
            if q.noun == load.noun or f"of {plural(load.noun)}" in q.quote:
                return load
        before = [
            ld
            for ld in self.found.values()
            if ld.quantity.order < q.order and q.line - ld.quantity.line <= 1 and ld.quantity.dim is Dim.RATE
        ]
        return max(before, key=lambda ld: ld.quantity.order, default=None)

    def _outcome(self, q: Quantity, base: Load) -> str:
        """What the share becomes: `ends in a booking`, `opens 22 %`, else the number's own noun."""
        words = self.context.around(q.number.why)
        after = words.partition(q.quote)[2][:60] if q.quote else ""
        match = re.search(
            r"\b(?:ends? (?:up )?in|becomes?|leads? to|results? in|are|is|converts? to|turns? into)\s+"
            r"(?:an?\s+)?([a-z]+(?: [a-z]+)?)",
            f"{q.quote} {after}",
        )
        if match:
            found = nouns_in(match[1], self.world)
            return found[0] if found else f"{match[1].split(' ')[0]} {base.noun}" if q.noun == base.noun else q.noun
        own = q.noun if q.noun not in ("", base.noun, "conversion", "share", "rate") else ""
        own = own.removesuffix(" rate")
        return own or base.noun

    def _has_window(self, q: Quantity) -> bool:
        from archsmith.derive.context import windows

        return bool(windows(self.context.around(q.number.why))) and q.number.role is NumberRole.LOAD

    def _others(self, q: Quantity) -> bool:
        return any(p.binding and p.dim is Dim.RATE and head(p.noun) == head(q.noun) for p in self.numbers)

    def _grows(self, q: Quantity) -> bool:
        return any(g.applies(q) for g in self.growths)

    def _pointed(self, q: Quantity) -> bool:
        return any(g.target == q.number.id for g in self.growths)

    def _grew(self, figure: Figure) -> bool:
        return any(
            g.quantity.number.id.replace("-", "_").lower() in getattr(figure.why, "inputs", ()) for g in self.growths
        )
