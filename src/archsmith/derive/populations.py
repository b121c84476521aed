"""How many there are of each thing at the planning horizon, from the stated counts."""

import re
from itertools import pairwise
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import World
from archsmith.derive.growth import Growth
from archsmith.derive.ledger import Ledger
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import a_number, phrase, plural, tokens
from archsmith.kernel.inflect import singular
from archsmith.kernel.provenance import Derived
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_SAME_TIME: Final = re.compile(
    r"\b(?:at the same (?:moment|time)|simultaneous(?:ly)?|concurrent(?:ly)?|at once|in parallel|online at|connected|"
    r"active users? at|at (?:noon|peak))\b"
)
_SMALL: Final = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ON_A_DAY: Final = re.compile(
    r"\b(?:(?:on|in|during) (?:any|an?|each|every|one) (?:\w+ )?(day|week|month)|(?:each|every|per|a) (day|week|month)|"
    r"(daily|weekly|monthly))\b"
)
_GROWING: Final = re.compile(r"\b(?:grow\w*|increas\w+|more|churn\w*|leave|cancel\w*)\b")
_EACH: Final = re.compile(r"\b(?:each|on average|per (?:day|visit|session|person|user)|a day|at a time|long)\b")
_DAILY: Final = re.compile(r"\b(?:daus?|daily active)\b")
_CROWD: Final = 5.0
"""Fewer at the same moment are an example: two people must never get the same seat."""
_REACH: Final = 1000.0
"""Nobody plans for a thousand times of what is there: such a figure tells of the market, of a country, of a wish."""
_COUNTS: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})
_EXTREME: Final = re.compile(
    r"\b(?:largest|biggest|busiest|smallest|maximum|max|record|longest|heaviest|top|worst)\b[^,;.:()]{0,30}$"
)
"""Words before the count of one single member: the largest workspace is not all of them."""


class Populations:
    """Looks up, and puts into the ledger once, how many there are of a noun."""

    def __init__(
        self, numbers: tuple[Quantity, ...], growths: tuple[Growth, ...], world: World, context: Context, ledger: Ledger
    ) -> None:
        self._numbers = numbers
        self._growths = growths
        self._world = world
        self._context = context
        self._ledger = ledger
        self._known: dict[str, Figure | None] = {}
        self._nouns = {q.noun for q in numbers if q.dim is Dim.COUNT and q.number.role in _COUNTS}

    def of(self, noun: str) -> Figure | None:
        """The number of these things at the horizon, or None where the brief gives none.

        Counts of those at work at the same moment are no populations. `boxes per grower` times the growers counts too.
        """
        key = self._key(noun)
        if key not in self._known:
            self._known[key] = None  # a circle of "per" ends here
            self._known[key] = self._compute(noun)
        return self._known[key]

    def concurrent(self) -> tuple[Figure, ...]:
        """Stated numbers of people or devices that are at work at the same moment, largest first."""
        found = [q for q in self._numbers if self.is_concurrent(q)]
        found.sort(key=lambda q: (-q.value, q.order))
        return tuple(self._grown(q, f"{plural(q.noun)} at the same moment") for q in found)

    def is_concurrent(self, q: Quantity) -> bool:
        """Whether a count says how many are at work at one moment."""
        if q.dim is not Dim.COUNT or q.number.role not in _COUNTS or not q.binding or q.value < _CROWD:
            return False
        own = f"{q.number.what} {q.number.subject} {q.quote} {q.number.unit}".lower()
        if _SAME_TIME.search(own) or "concurrent" in own:
            return True
        return q.number.role is NumberRole.LOAD and _SAME_TIME.search(self._context.around(q.number.why)) is not None

    def sites(self) -> tuple[tuple[Quantity, Figure], ...]:
        """Counted places or organisations (practices, hotels, tenants), each with its figure."""
        found = []
        for q in self._numbers:
            if (
                q.dim is Dim.COUNT
                and q.number.role is NumberRole.POPULATION
                and q.binding
                and not self.is_concurrent(q)
            ):
                draft = self._world.find(q.noun)
                if (draft is not None and draft.kin == "site") or q.number.unit.lower() in ("sites", "tenants"):
                    figure = self.of(q.noun)
                    if figure is not None and figure.value > 1:
                        found.append((q, figure))
        return tuple(found)

    def _compute(self, noun: str) -> Figure | None:
        direct = [
            q
            for q in self._numbers
            if q.dim is Dim.COUNT
            and q.number.role in _COUNTS
            and not q.per
            and self._matches(q.noun, noun)
            and not self.is_concurrent(q)
            and not (q.number.role is NumberRole.LOAD and q.number.peak)
        ]
        direct = [q for q in direct if q.noun == noun] or direct
        common = [q for q in direct if not self._is_extreme(q)]
        if not common and any(q.per and self._matches(q.noun, noun) for q in self._numbers):
            direct = []
        direct = common or direct
        known = max((q.value for q in direct if not q.binding), default=0.0)
        binding = [q for q in direct if q.binding and not 0 < known * _REACH < q.value] or direct
        binding = [q for q in binding if not 0 < known * _REACH < q.value] or binding
        stated = [q for q in binding if q.number.role is NumberRole.POPULATION] or binding
        if stated:
            return self._grown(max(stated, key=lambda q: (q.value, -q.order)))
        for q in self._numbers:
            if q.per and q.dim in (Dim.FACTOR, Dim.COUNT) and self._matches(q.noun, noun) and q.per != noun:
                whole = self.of(q.per)
                if whole is not None:
                    each = self._ledger.state(
                        q.number.id, f"{plural(q.noun)} per {q.per}", q.value, "ratio", q.number.why
                    )
                    return self._ledger.ratio(
                        f"{noun}_count", plural(noun), plural(noun), "count x n each", (whole, each)
                    )
        return None

    def _is_extreme(self, q: Quantity) -> bool:
        """Whether it counts one single member: `the largest 1,200`."""
        before, _ = self._context.sides(q.number.why)
        own = re.split(r"\d", q.quote, maxsplit=1)[0]
        return _EXTREME.search(f"{before}{own}") is not None

    def anyone(self) -> Figure | None:
        """The largest counted group of people, for those whom the brief names but does not count."""
        actors = {phrase(a.name) for a in self._world.actors.values()}
        found = []
        for noun in sorted(self._nouns | {q.noun for q in self._numbers if q.per}):
            draft = self._world.find(noun)
            if noun in ("user", "person", "people") or noun in actors or (draft is not None and draft.person):
                found.append(self.of(noun))
        return max((f for f in found if f is not None), key=lambda f: f.value, default=None)

    def active(self) -> Figure | None:
        """Stated daily active users: counted, or as a share of the users; None where the brief states neither."""
        for q in self._numbers:
            if q.dim is Dim.COUNT and q.binding and _DAILY.search(f"{q.number.what} {q.quote}".lower()):
                return self._ledger.state(q.number.id, "daily active users", q.value, "users", q.number.why)
        known = self.active_share()
        return known[1] if known is not None else None

    def active_share(self) -> tuple[Quantity, Figure] | None:
        """`1.1 million students, of which some 9 per cent watch on any given day`: the number, and those it makes."""
        for q in self._numbers:
            if q.dim is not Dim.SHARE or not 0 < q.value <= 1 or q.number.role not in (*_COUNTS, NumberRole.GROWTH):
                continue
            _, tail = self._context.sides(q.number.why)
            found = _ON_A_DAY.search(f"{q.quote}{tail[:60]}")
            whole = self.of(q.noun) if found is not None and _GROWING.search(f"{q.quote}{tail[:60]}") is None else None
            if found is None or whole is None or whole.value <= 1:
                continue
            period = next((p for p in found.groups() if p), "day").removesuffix("ly").replace("dai", "day")
            share = self._ledger.state(
                q.number.id, f"share that is active in a {period}", q.value, "ratio", q.number.why
            )
            what = f"{plural(q.noun)} active in a {period}"
            active = self._ledger.once(f"{period}_users", what, "users", "users x share", (whole, share))
            if period == "day":
                return q, active
            days = 7.0 if period == "week" else 30.0
            what = f"{plural(q.noun)} active on a day, once in the {period} each"
            return q, self._ledger.once("daily_users", what, "users", "active / days", (active, 1.0 / days))
        return None

    def stay(self) -> Figure | None:
        """How long one of the active stays, where the brief says so beside their share: `35 minutes each`."""
        known = self.active_share()
        if known is None:
            return None
        text = self._context.around(known[0].number.why)
        for q in self._numbers:
            if q.dim is Dim.SECONDS and 0 < q.value < float(DAY) and q.quote and q.quote in text:
                _, tail = self._context.sides(q.number.why)
                if _EACH.search(f"{q.quote}{tail[:30]}"):
                    return self._ledger.state(q.number.id, "time that each stays", q.value, "s", q.number.why)
        return None

    def in_passing(self, noun: str) -> Figure | None:
        """A small count that stands in a sentence but was not read as a number: `from two large portals`."""
        wanted = re.compile(rf"\b({_SMALL})\s+(?:[a-z]+\s+){{0,2}}{re.escape(plural(noun))}\b(?!\s+(?:per|a)\b)")
        for text in self._context.sentences:
            match = wanted.search(text)
            count = a_number(match[1]) if match else None
            if match is not None and count is not None and count >= 2:
                why = self._context.place(match[0]) or Derived(rule="count in the words", formula=f"{count:g}")
                return self._ledger.state(f"{noun}_count", plural(noun), count, plural(noun), why)
        return None

    def _grown(self, q: Quantity, what: str = "") -> Figure:
        label = what or plural(q.noun)
        unit = q.number.unit if q.number.unit not in ("", "ratio", "count") else label
        base = self._ledger.state(q.number.id, label, q.value, unit, q.number.why)
        for growth in self._growths:
            if growth.applies(q):
                factor = self._ledger.state(
                    growth.quantity.number.id,
                    f"growth of {label}",
                    growth.quantity.value,
                    "ratio",
                    growth.quantity.number.why,
                )
                return self._ledger.ratio(
                    f"{base.id}_horizon", f"{label} at the horizon", unit, "count x growth", (base, factor)
                )
        return base

    def _key(self, noun: str) -> str:
        """One key for all names of an entity, but its own for what the brief counts by itself: trucks, and trailers."""
        if noun in self._nouns:
            return noun
        draft = self._world.find(noun)
        return f"entity:{draft.id}" if draft is not None and noun in draft.aliases else noun

    def _matches(self, said: str, wanted: str) -> bool:
        """Whether two nouns mean the same: in words, or as names of one entity. `active patient` is a patient."""
        if said == wanted or said.rpartition(" ")[2] == wanted:
            return True
        a, b = self._world.find(said), self._world.find(wanted)
        return a is not None and a is b and (wanted in a.aliases) and (said in a.aliases)


def nouns_in(text: str, world: World) -> tuple[str, ...]:
    """Names of entities and actors that stand in a text, in its order."""
    words = [singular(w) for w in tokens(text)]
    known = {*world.names, *(phrase(a.name) for a in world.actors.values())}
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return tuple(dict.fromkeys([p for p in pairs if p in known] + [w for w in words if w in known]))
