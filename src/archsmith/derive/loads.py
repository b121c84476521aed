"""Stated loads: what the brief says happens how often, as events a second at the horizon."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import World
from archsmith.derive.growth import Growth, seasonal
from archsmith.derive.ledger import Ledger
from archsmith.derive.load import Load, unit_of
from archsmith.derive.populations import Populations, nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.ties import is_multiple, is_peak_factor
from archsmith.derive.words import head, lemmas, phrase, plural, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole, NumberStatus, Requirements

_SEASON: Final = re.compile(r"\b(?:in|during|on|at|for|every|before|around)\s+(?:the\s+)?([a-z]+(?:\s[a-z]+)?)")
_USUAL: Final = re.compile(r"\b(?:usual|usually|normal|normally|ordinary|otherwise|regular)\b")
"""What is told aside of a multiple: `20x the normal number of orders (normal: 800)`."""
_ADDS: Final = re.compile(
    r"\b(?:adds?|adding|added|additional(?:ly)?|on top|plus|another|extra|further)\b[^.;:]{0,24}$|"
    r"^\W*(?:more|on top|extra|in addition)\b"
)
_CHANGES: Final = re.compile(
    r"\b(?:change|update|edit|modif(?:y|ie)|adjust|correct|amend|delete|remove)(?:s|d|ed|ing)?\s(?:[^.;,]|[.,]\d){0,40}$"
)
_DISTRIBUTES: Final = re.compile(
    r"\b(?:each|every)\s+(?:of (?:the|our|these)\s+)?(?:[\d,.]+\s+)?([a-z]+)(?:\s+([a-z]+))?"
)
_MOMENT: Final = 60.0
_PEOPLE_PER: Final = re.compile(r"\b(?:each|every|a|an|one)\b")
_PLAN: Final = 8.0
"""A stated rate this many times another of the same noun is no busy day of it."""
_FEW: Final = 2.0
_MANY: Final = 100.0
"""So few a day or longer are of one single person, where so many times more people are said to have them."""
_SKIP_ROLES: Final = frozenset(
    {
        NumberRole.BUDGET,
        NumberRole.TEAM,
        NumberRole.DEADLINE,
        NumberRole.RETENTION,
        NumberRole.RECOVERY,
        NumberRole.AVAILABILITY,
        NumberRole.GEOGRAPHY,
        NumberRole.LIMIT,
    }
)


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
        self.carried: set[str] = set()
        self.found: dict[str, Load] = {}

    def rates(self) -> None:
        """Rates with a period: `1,900 orders per day`, `25 requests per minute per portal`, `2.6 million a month`."""
        groups: dict[str, list[Quantity]] = {}
        for q in self.numbers:
            aside = q.number.role in _SKIP_ROLES or q.number.status is NumberStatus.HISTORY
            if q.dim is Dim.RATE and not aside and q.number.id not in self.used:
                groups.setdefault(q.noun, []).append(q)
        for noun, told in groups.items():
            members = self._of_all(told)
            targets = [q for q in members if q.binding] or [q for q in members if self._grows(q) or not self._others(q)]
            if all(q.number.peak for q in targets):  # a busy day is not the plan, where an ordinary figure is stated
                targets = members
            calm = [q for q in targets if not q.number.peak] or targets
            if not calm:
                continue
            added = self._added(members)
            if added:
                self.found[noun] = self._together(noun, [q for q in members if q not in added], added)
                self.used.update(q.number.id for q in told)
                continue
            base, top = self._calm_and_busy(calm, targets)
            load = self.load_of(noun, base)
            if top.per_second > base.per_second:
                busy = self._per_second(
                    top, self._counted(top), f"average {plural(noun)} per second on the peak {top.period_name or 'day'}"
                )
                if top.period <= _MOMENT:  # a rate of so short a time beside the average is the peak itself
                    load.burst = busy
                else:
                    load.busy = busy
            self.found[noun] = load
            self.used.update(q.number.id for q in told)

    def changes(self, load: Load) -> bool:
        """Whether a load changes what is there: `dealers change 1.5 million offers a day` makes no offer."""
        before, _ = self.context.sides(load.quantity.number.why)
        return _CHANGES.search(f"{before}{load.quantity.quote.lower()}") is not None

    def _of_all(self, members: list[Quantity]) -> list[Quantity]:
        """Without those of a single one, where another rate times those who cause it says how many there are in all:
        `a dog gets 3 walks a week, some get ten`."""
        each = {q.number.id: count.value for q in members if q.per and (count := self._each(q)) is not None}
        most = max((q.per_second * each[q.number.id] for q in members if q.number.id in each), default=0.0)
        kept = [q for q in members if q.number.id in each or q.per_second * _PLAN >= most]
        # "220 a month ... sorry, 220 a year": the later period corrects the earlier one
        said = {(q.line, q.value): q.period for q in sorted(kept, key=lambda q: q.order)}
        return [q for q in kept if q.period == said[q.line, q.value] or q.value <= _FEW]

    def _added(self, members: list[Quantity]) -> list[Quantity]:
        """Rates that come on top of the others of the same noun: `... which adds 1.5M a day from April`."""
        found = []
        for q in members:
            before, after = self.context.sides(q.number.why)
            if _ADDS.search(before) or _ADDS.search(after):
                found.append(q)
        return found if len(found) < len(members) else []

    def _together(self, noun: str, known: list[Quantity], added: list[Quantity]) -> Load:
        """The load of today and what comes on top of it."""
        base = max(known, key=lambda q: q.per_second)
        parts = [
            self._per_second(q, self._counted(q), f"{plural(noun)} per second, {q.quote.strip()}")
            for q in (base, *added)
        ]
        average = self.ledger.total(
            f"{noun}_rate", f"average {plural(noun)} per second", parts[0].unit, "sum", tuple(parts)
        )
        top = max(added, key=lambda q: q.per_second)
        counted = self.ledger.ratio(
            f"{noun}_per_{top.period_name}",
            f"{plural(noun)} per {top.period_name}",
            f"per {top.period_name}",
            "rate x period",
            (average, top.period),
        )
        return Load(noun, average, top, counted, words=self.context.around(top.number.why))

    def _calm_and_busy(self, calm: list[Quantity], targets: list[Quantity]) -> tuple[Quantity, Quantity]:
        """Two figures for one load: an ordinary day and a busy one, or today's and the one that is planned for.

        A figure many times as large that no word calls a rush or a season is the plan: the smaller one is history then.
        """
        low, top = min(calm, key=lambda q: q.per_second), max(targets, key=lambda q: q.per_second)
        before, after = self.context.sides(top.number.why)
        words = f"{before[-40:]}{top.quote}{after[:40]}"
        if top.per_second > _PLAN * low.per_second and not top.number.peak and not seasonal(words):
            return top, top
        return low, top

    def seasons(self) -> None:
        """`three times that in spring`, `double that in summer`: the busy season of the load named just before."""
        for q in self.numbers:
            if q.value <= 1 or q.number.role is NumberRole.LIMIT or not is_multiple(q):
                continue
            need = self.requirements.needs.peak_factor
            if q.number.peak and need is not None and need.value == q.value:
                continue  # it is the peak factor, which every load gets
            grows = any(g.quantity.number.id == q.number.id for g in self.growths)
            if grows or is_peak_factor(q, self.context) or "factor" in f"{q.number.what} {q.quote}".lower():
                continue
            load = self._multiplied(q)
            if load is None:
                continue
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

    def _multiplied(self, q: Quantity) -> Load | None:
        """The load that a factor is of: one that its sentence names, or the one stated just before."""
        text = self.context.around(q.number.why)
        _, tail = self.context.sides(q.number.why)
        near = [ld for ld in self.found.values() if abs(q.line - ld.quantity.line) <= 1]
        aside = [ld for ld in near if _USUAL.search(ld.quantity.quote) and ld.quantity.quote in text]
        words = set(lemmas(f"{q.quote} {tail[:40]}"))
        named = [ld for ld in near if head(ld.noun) in words or any(w.startswith(head(ld.noun)) for w in words)]
        before = [ld for ld in near if ld.quantity.order < q.order]
        return max(aside or named or before, key=lambda ld: ld.quantity.order, default=None)

    def load_of(self, noun: str, q: Quantity) -> Load:
        """The load that one stated rate makes."""
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
            return self.people.of(q.per) or self._anybody(q.per)
        every = self._every(q)
        if every is not None:
            return every
        subject = phrase(q.number.subject)
        if subject and subject != q.noun and _PEOPLE_PER.search(self.context.around(q.number.why)):
            return self.people.of(subject) if f"each {subject}" in self.context.around(q.number.why) else None
        head, tail = self.context.sides(q.number.why)
        if re.search(r"\beach\b", f"{q.quote}{tail[:6]}"):
            for noun in reversed(nouns_in(head, self.world)):
                figure = self.people.of(noun) or self.people.in_passing(noun)
                if figure is not None and noun != q.noun:
                    return figure
            return self._several(head, q)
        return self._one_each(head, q)

    def _every(self, q: Quantity) -> Figure | None:
        """`Every turbine has a controller that sends one message per second`: those of whom each does it."""
        head, _ = self.context.sides(q.number.why)
        for match in reversed(list(_DISTRIBUTES.finditer(head))):
            for noun in (f"{match[1]} {match[2]}" if match[2] else match[1], match[1]):
                figure = self.people.of(phrase(noun)) if phrase(noun) != q.noun else None
                if figure is not None and figure.value > 1:
                    return figure
        return None

    def _one_each(self, head: str, q: Quantity) -> Figure | None:
        """`drivers receive one invoice a month`: so few are not of all together, where there are very many."""
        if q.value > _FEW or q.period < float(DAY):
            return None
        for noun in reversed(nouns_in(re.split(r"[.;:]\s", head)[-1], self.world)):
            draft = self.world.find(noun)
            people = self.people.of(noun) if draft is None or draft.person else None
            if people is not None and noun != q.noun:
                active = self.people.active_share()
                among = active is not None and active[0].quote in self.context.around(q.number.why)
                part = self.ledger.get(f"{q.period_name}_users") if among else None
                people = part or people
                return people if people.value >= _MANY * q.value else None
        return None

    def _several(self, head: str, q: Quantity) -> Figure | None:
        """Of those whom the sentence names and another one counts: `two large portals`, then `25 a minute each`."""
        named = [singular(w) for w in tokens(head) if singular(w) != w]
        found = (self.people.in_passing(noun) for noun in named if noun != q.noun)
        return next((f for f in found if f is not None), None)

    def _anybody(self, noun: str) -> Figure | None:
        """The users in general, where the noun is one that only people bear and nobody counted them by that name."""
        draft = self.world.find(noun)
        actor = any(phrase(a.name) == noun and not a.internal for a in self.world.actors.values())
        return (
            (self.people.active() or self.people.of("user"))
            if actor or (draft is not None and draft.person) or noun == "user"
            else None
        )

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
