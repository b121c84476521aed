"""One lever turned one way: the points solved on it, the gaps between them in which a choice changes, and where to look
next.

Limits that narrow or widen have exact breakpoints: a design breaks a limit where its own sum is. Traffic, data and team
change what everything costs: there the next point is where the designs on both sides of a gap cost the same (after
Eisner and Severance, Mathematical techniques for efficient record segmentation in large shared databases, JACM 1976).
"""

import math
from collections.abc import Container, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from archsmith.decide.evaluator import Evaluator
from archsmith.decide.holds import broken
from archsmith.decide.scout import Point, Scout, Way
from archsmith.decide.settle import Settled
from archsmith.decide.worlds import world

_LEAST = 0.12
"""Share of a gap, on a logarithmic scale, that a next point stays away from its ends."""
_BEYOND = 1.0005
"""Just past the point at which a design breaks a limit."""


class Gap(Struct, frozen=True):
    """Between two neighbouring points of which the outer one has another choice, or no design; nothing is known in it.

    `axes` change their first time there.
    """

    inner: Point
    outer: Point
    axes: frozenset[str]

    @property
    def width(self) -> float:
        """Outer over inner factor."""
        return self.outer.near / self.inner.far


class Track:
    """The points on a way, nearest first; the first is today's."""

    def __init__(self, scout: Scout, way: Way, *, bordered: bool = False) -> None:
        """Nothing is solved yet but today's point. `bordered`: with the exact place of a limit that no design meets."""
        self.scout, self.way, self.bordered = scout, way, bordered
        self.points = [scout.today()]
        self._stuck: set[float] = set()
        self._even_at: dict[tuple[float, float], float | None] = {}

    def begin(self) -> None:
        """Solves the ends, so that `none` is only said of what was looked at."""
        if not self.way.tightens:
            self.add(self.way.end)
            return
        if self.scout.stand.clashing:  # what can't be met under these limits can't be met under narrower ones
            self.stays(self.way.end)
            return
        held = self.scout.held(self.way)
        self.stays(held)
        if held < self.way.end:
            self.add(min(held * _BEYOND, self.way.end))
            last = self.points[-1].settled
            if last and self.points[-1].far < self.way.end:
                self.add(self.way.end)
                if self.bordered:
                    self._to_border(last)

    def _to_border(self, inner: Settled) -> None:
        """Where the end is beyond all designs, the last point that is not, if one sum can be blamed."""
        end = self.points[-1]
        border = self.scout.border(self.way, end, inner) if end.settled is None else None
        if border is not None and border * _BEYOND < end.away:
            self.points[-1] = replace(end, away=border * _BEYOND, near=border * _BEYOND, far=border * _BEYOND)
            self.add(border)

    def stays(self, far: float) -> None:
        """Today's design is known to be the best as far as that."""
        self.points[0] = replace(self.points[0], far=far)

    def found(self, point: Point) -> None:
        """A point that was solved elsewhere."""
        self.points = sorted((*self.points, point), key=lambda p: p.away)

    def add(self, away: float) -> None:
        """Solves one more point; where it is one of those that there are, the place is not tried again."""
        exact = self.way.snapped(self.scout.stand, away)
        if any(p.away == exact for p in self.points):
            self._stuck.add(away)
            return
        inner = max((p for p in self.points if p.away < exact), key=lambda p: p.away)
        known = inner.settled.chosen if inner.settled else None
        self.found(self.scout.at(self.way, exact, known))

    @cached_property
    def limit(self) -> str:
        """What leaves no design at the last point, in words; empty where there is one. Call when all is solved."""
        if self.scout.stand.clashing:
            return ""
        inner, outer = self.points[0], self.points[-1]
        for point in self.points:
            if point.settled is None:
                outer = point
                break
            inner = point
        if outer.settled:
            return ""
        return "the catalogue has none that meets it" if self.way.tightens else _limit(inner, outer)

    def gaps(self, wanted: Container[str]) -> Iterator[Gap]:
        """Gaps in which one of the wanted axes changes for the first time, or beyond which there is no design."""
        now = self.points[0].settled
        assert now is not None
        open_axes = {a for a in now.chosen if a in wanted}
        for inner, outer in zip(self.points, self.points[1:], strict=False):
            if outer.settled is None and self.scout.stand.clashing:
                continue
            if outer.settled is None and open_axes:
                yield Gap(inner, outer, frozenset(open_axes))
            if outer.settled is None:
                return
            there = outer.settled.chosen
            changed = frozenset(a for a in open_axes if there[a].id != now.chosen[a].id)
            open_axes -= changed
            if changed:
                yield Gap(inner, outer, changed)

    def split(self, gap: Gap, precision: float) -> float | None:
        """Where to look next in a gap; None where it is narrow enough, or can't be narrowed."""
        if gap.width <= precision:
            return None
        low, high = math.log(gap.inner.far), math.log(gap.outer.near)
        hair = math.sqrt(precision)
        if self.way.tightens and gap.inner is self.points[0]:
            place = low + math.log(_BEYOND)
        else:
            place = (low + high) / 2
            even = self._even(gap)
            if even is not None:  # a hair to the outer side, then to the inner one: both together enclose it
                outer, inner = math.log(even * hair), math.log(even / hair)
                place = outer if outer < high - 0.01 else inner
            rim = min(_LEAST * (high - low), math.log(hair))
            place = min(max(place, low + rim), high - rim)
        away = self.way.snapped(self.scout.stand, math.exp(place))
        if away in self._stuck or any(p.away == away for p in self.points):
            return None
        return math.exp(place)

    def _even(self, gap: Gap) -> float | None:
        """The factor at which the designs of both ends would cost the same, if costs were linear in between."""
        if self.way.knob.tighter is not None or gap.outer.settled is None or gap.inner.settled is None:
            return None
        ends = (gap.inner.away, gap.outer.away)
        if ends not in self._even_at:
            lead, gain = _dearer(gap.inner, gap.outer), _dearer(gap.outer, gap.inner)
            self._even_at[ends] = None
            if lead is not None and gain is not None and lead + gain > 0:
                self._even_at[ends] = ends[0] + (ends[1] - ends[0]) * lead / (lead + gain)
        return self._even_at[ends]


def _dearer(here: Point, other: Point) -> float | None:
    """What the other point's design costs more here, USD a month; None where it can't stand here."""
    assert here.settled is not None and other.settled is not None
    if here.settled.chosen["regions"].key != other.settled.chosen["regions"].key:
        return None
    evaluator = Evaluator(here.settled.space, here.ground)
    mine, theirs = evaluator.value(here.settled.chosen), evaluator.carried_over(other.settled.chosen)
    return max(0.0, theirs[0].total - mine.total) if mine and theirs else None


def _limit(inner: Point, outer: Point) -> str:
    """What leaves no design at a point: the first rule that the one before it would break there."""
    assert inner.settled is not None
    role = next(o for o in outer.space.options if o.axis == "regions" and o.key == inner.settled.chosen["regions"].key)
    free = Evaluator(world(outer.space, outer.ground, role), outer.ground).without_ceilings()
    found = free.carried_over(inner.settled.chosen)
    if found is None:
        return "no size in the catalogue carries it"
    rules = broken(found[1], found[0].counts, outer.space.rules)
    return rules[0].because.fact if rules else "what is demanded can't be had together"
