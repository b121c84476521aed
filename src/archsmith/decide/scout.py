"""Deciding again with one lever moved, and how far the design that is found there is known to stay the best.

Where only limits move (budget, availability, latency, recovery) nothing else of the space changes. Then a design that
is the best under wide limits stays the best under narrower ones as long as it keeps them: its reach needs no solver.
"""

import copy
import math
from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import asdict, replace

from archsmith.decide import relax
from archsmith.decide.constraints import CONSTRAINTS
from archsmith.decide.constraints.constraint import Constraint
from archsmith.decide.demand import Demand
from archsmith.decide.evaluator import Chosen
from archsmith.decide.ground import Ground
from archsmith.decide.holds import broken
from archsmith.decide.levers import KNOBS, MOST, Knob, Stand
from archsmith.decide.option import Ban, Ceiling, Demands, Rule, Space
from archsmith.decide.settle import Settled, settle
from archsmith.decide.space import build
from archsmith.model.decisions import Direction

_HALVINGS = 16
"""Of a reach: a hundredfold is then known to within a ten-thousandth."""

_HAIR = 1e-4
"""Share of a reach that is left out of it: the program's sums are of rounded figures."""


class Point(Struct, frozen=True):
    """A solved point `away` times from today (1 and more, up or down). Its design is the best from `near` to `far`.

    `settled` is None where no design is left. `ground` and `space` are those that were solved.
    """

    away: float
    near: float
    far: float
    ground: Ground
    space: Space
    settled: Settled | None


class Way(Struct, frozen=True):
    """A knob and the direction in which it is turned; `end`: how many times away is looked at most."""

    knob: Knob
    direction: Direction
    end: float

    @property
    def tightens(self) -> bool:
        """Whether limits grow narrower on this way, and nothing else changes."""
        return self.knob.tighter is self.direction

    @property
    def widens(self) -> bool:
        """Whether limits grow wider on this way, and nothing else changes."""
        return self.knob.tighter is not None and not self.tightens

    def factor(self, away: float) -> float:
        """The factor on today's figure."""
        return away if self.direction is Direction.UP else 1 / away

    def snapped(self, stand: Stand, away: float) -> float:
        """The distance that is really there: people are whole."""
        if not self.knob.whole:
            return away
        now = self.knob.figure(stand.demand)
        there = max(1.0, round(now * self.factor(away)))
        return there / now if self.direction is Direction.UP else now / there


class Scout:
    """Solves points for one design, and counts them."""

    def __init__(self, stand: Stand) -> None:
        """Nothing is solved yet."""
        self.stand, self.solved = stand, 0

    def today(self) -> Point:
        """Where the design was found."""
        settled = self.stand.settled
        return Point(1.0, 1.0, 1.0, self.stand.ground, settled.whole, settled)

    def demand(self, way: Way, away: float) -> Demand:
        """The demand at a point of the way."""
        return way.knob.turned(self.stand, way.factor(away))

    def at(self, way: Way, away: float, known: Chosen | None = None) -> Point:
        """Decided again that far away."""
        demand = self.demand(way, away)
        if way.knob.tighter is None:
            stand = self.stand
            ground = Ground(demand, stand.requirements, stand.catalogue, stand.ground.strain)
            space = build(ground, stand.requirements, stand.cuts)
            found = self._settle(space, ground, known or self.stand.settled.chosen)
            return Point(away, away, away, ground, space, found)
        return self._limited(way, away, demand)

    def held(self, way: Way) -> float:
        """How far away today's design keeps all rules, on a way that narrows limits."""
        return self._reach(way, self.stand.settled, 1.0, way.end)

    def border(self, way: Way, beyond: Point, settled: Settled) -> float | None:
        """How far away at most a limit on a sum can be met, where it is met by `settled` and not `beyond`.

        None where it is not one limit on one sum that leaves no design there.
        """
        rules = self._kept(beyond.space.rules, settled)
        hit = broken(settled.chosen, settled.counts, rules)
        if len(hit) != 1 or not isinstance(hit[0], Ceiling):
            return None
        ceiling, name = hit[0], hit[0].because.name
        others = replace(beyond.space, rules=tuple(r for r in rules if r.because.name != name))
        self.solved += 1
        value = relax.least(others, beyond.ground, self.stand.cuts, ceiling)
        if value is None:
            return None

        def met(away: float) -> bool:
            here = self._rules(self.demand(way, away), self._sensitive)
            return all(r.most >= value for r in here if isinstance(r, Ceiling) and r.because.name == name)

        return _furthest(met, 1.0, beyond.away) if met(1.0) else None

    def widest(self, rows: tuple[Way, ...]) -> tuple[bool, dict[Way, Point | None]]:
        """All these limits at their widest at once: whether today's design stays, so with each alone too.

        Else the ways without which the better design found would break a limit; with the end of one that is enough.
        """
        demand = self._all([self.demand(w, w.end) for w in rows])
        ground, space = self._ground(demand), self._space(demand)
        settled = self._settle(space, ground, self.stand.settled.chosen)
        now = self.stand.settled.chosen
        if settled is None or all(o.key == now[a].key for a, o in settled.chosen.items()):
            return True, {}
        found: dict[Way, Point | None] = {}
        for way in rows:
            others = [self.demand(w, w.end) for w in rows if w != way]
            if self._broken(settled, self._all(others)):
                enough = not self._broken(settled, self.demand(way, way.end))
                near = self._reach(way, settled, way.end, 1.0)
                found[way] = Point(way.end, near, way.end, ground, space, settled) if enough else None
        return False, found

    def _limited(self, way: Way, away: float, demand: Demand) -> Point:
        ground, space = self._ground(demand), self._space(demand)
        found = self._settle(space, ground, self.stand.settled.chosen)
        near = far = away
        if found and way.tightens:
            far = self._reach(way, found, away, way.end)
        elif found:
            near = self._reach(way, found, away, 1.0)
        return Point(away, near, far, ground, space, found)

    def _settle(self, space: Space, ground: Ground, known: Chosen | None) -> Settled | None:
        """With all stated rules, also where today's design does not meet them. Each role of a second region counts."""
        found = settle(space, ground, self.stand.cuts, known)
        self.solved += max(1, sum(o.axis == "regions" for o in found.left.options)) if found else 1
        return found

    def _kept(self, rules: Iterable[Rule], settled: Settled) -> tuple[Rule, ...]:
        """The rules without assumed targets that gave way for a design."""
        return tuple(r for r in rules if r.because.name not in settled.gave_way)

    def _reach(self, way: Way, settled: Settled, start: float, end: float) -> float:
        """How far from `start` (where it stands) towards `end` the design keeps the rules."""

        def faults(away: float, among: Iterable[Constraint]) -> tuple[Rule, ...]:
            return self._broken(settled, self.demand(way, away), among)

        guilty = [c for c in self._sensitive if faults(end, (c,))]
        if not guilty:
            return end
        return _furthest(lambda away: not faults(away, guilty), start, end)

    def _broken(self, settled: Settled, demand: Demand, among: Iterable[Constraint] | None = None) -> tuple[Rule, ...]:
        rules = self._rules(demand, self._sensitive if among is None else among)
        return broken(settled.chosen, settled.counts, self._kept(rules, settled))

    def _ground(self, demand: Demand) -> Ground:
        """Today's, under a demand of which only limits differ: providers and regions are chosen by other figures."""
        found = copy.copy(self.stand.ground)
        found.demand = demand
        return found

    def _space(self, demand: Demand) -> Space:
        """Today's options under the rules of another demand of which only limits differ."""
        rules = (*self._fixed, *self._rules(demand, self._sensitive))
        return replace(self.stand.settled.whole, rules=rules)

    def _rules(self, demand: Demand, among: Iterable[Constraint]) -> tuple[Rule, ...]:
        ground, stand = self._ground(demand), self.stand
        options = stand.settled.whole.options
        return tuple(r for c in among for r in c.check(ground, options, stand.requirements, stand.cuts))

    @cached_property
    def _by_constraint(self) -> dict[str, tuple[Rule, ...]]:
        return {c.id: self._rules(self.stand.demand, (c,)) for c in CONSTRAINTS}

    @cached_property
    def _sensitive(self) -> tuple[Constraint, ...]:
        """Constraints whose rules differ where all limits are at their narrowest, or all at their widest."""
        rows = [w for w in ways(self.stand) if w.knob.tighter]
        ends = [
            self._all([self.demand(w, w.end) for w in rows if w.tightens is narrow]) for narrow in (True, False)
        ]  # fmt: skip
        now = {i: _signatures(rules) for i, rules in self._by_constraint.items()}
        return tuple(c for c in CONSTRAINTS if any(_signatures(self._rules(d, (c,))) != now[c.id] for d in ends))

    @cached_property
    def _fixed(self) -> tuple[Rule, ...]:
        moved = {c.id for c in self._sensitive}
        return tuple(r for i, rules in self._by_constraint.items() if i not in moved for r in rules)

    def _all(self, demands: list[Demand]) -> Demand:
        """Today's demand with all that differs in any of these."""
        if not demands:
            return self.stand.demand
        now = asdict(self.stand.demand)
        moved = {n: v for d in demands for n, v in asdict(d).items() if v != now[n]}
        soft = frozenset.intersection(self.stand.demand.soft, *(d.soft for d in demands))
        return replace(self.stand.demand, **(moved | {"soft": soft}))


def _furthest(holds: Callable[[float], bool], start: float, end: float) -> float:
    """How far from `start`, where it holds, towards `end`, where it does not; a hair less."""
    good, bad = math.log(start), math.log(end)
    for _ in range(_HALVINGS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if holds(math.exp(middle)) else (good, middle)
    return math.exp(good + (math.log(start) - good) * _HAIR)


def _signatures(rules: Iterable[Rule]) -> set[tuple[object, ...]]:
    """What rules say, without their words."""
    return {_signature(r) for r in rules}


def _signature(rule: Rule) -> tuple[object, ...]:
    match rule:
        case Ban():
            return rule.axis, rule.key
        case Demands():
            return rule.given, rule.one_of
        case Ceiling():
            return rule.what, rule.most


def ways(stand: Stand, narrowest: float = MOST) -> tuple[Way, ...]:
    """All ways on which there is something to look at: up and down for each knob. `narrowest`: how far limits are."""
    found = []
    for knob in KNOBS:
        low, high = knob.span(stand)
        rows = (Way(knob, Direction.UP, high), Way(knob, Direction.DOWN, 1 / low))
        found += [replace(w, end=min(w.end, narrowest)) if w.tightens else w for w in rows if w.end > 1]
    return tuple(found)
