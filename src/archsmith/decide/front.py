"""The Pareto front: designs that win one goal for another, by epsilon-constraint solves around the optimum.

Goals: the bill, the time away, the hours of work, and how long a request takes at the peak. Points are the optimum, the
designs that were solved for options that lost, and the cheapest design under a ceiling on one goal at a time (Haimes,
Lasdon and Wismer 1971), all with the regions of the optimum. What another point beats in all of them and in the cost of
ownership is out. Every point keeps every rule of the brief.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from archsmith.decide.argue import ROOTS
from archsmith.decide.barred import FOLLOW, Case, named
from archsmith.decide.evaluator import Chosen, Evaluator
from archsmith.decide.ground import Ground
from archsmith.decide.holds import sums_of
from archsmith.decide.option import Barrier, Ceiling
from archsmith.decide.program import CENT
from archsmith.decide.response import response
from archsmith.decide.settle import Settled, solved
from archsmith.kernel.ids import OptionId
from archsmith.kernel.units import HoursPerMonth, Probability, Seconds, UsdPerMonth
from archsmith.model.front import FrontPoint

MOST: Final = 8
"""Points that are told."""
STEPS: Final = (("down", 0.5), ("ops", 0.6), ("infra", 0.7))
"""Ceilings as shares of what the optimum has: each takes a solve."""
DEAREST: Final = 3.0
"""Times the cost of ownership of the optimum up to which a design is worth a look."""
_GAIN: Final = 0.1
"""Share of a figure that has to be gained for a point to be told."""
_WORD: Final = 0.02
"""Share of the chosen design's figure from which on the best in a goal is called so."""
_TOLD: Final = 4
GOALS: Final = ("infra", "down", "ops", "response")
NAMES: Final = {
    "infra": "smallest bill",
    "down": "least time away",
    "ops": "fewest hours of work",
    "response": "quickest at the peak",
}

Goals = dict[str, float]


class Point(msgspec.Struct, frozen=True):
    """A design with its goals, and what it costs a month of ownership."""

    chosen: Chosen
    goals: Goals
    total: float


def front(settled: Settled, ground: Ground, argument: dict[str, dict[OptionId, Case]]) -> tuple[FrontPoint, ...]:
    """The points by their bill, the chosen one among them; none where no design trades one goal for another."""
    best = _best(settled, ground)
    points = [best, *_argued(settled, ground, argument)]
    for what, share in STEPS:
        if best.goals[what] > 0 and not any(p.goals[what] <= best.goals[what] * share for p in points):
            points += _under(settled, ground, what, best.goals[what] * share, best.total * DEAREST)
    near = [p for p in points if p.total <= best.total * DEAREST]
    left = _told([p for n, p in enumerate(near) if p is best or not _beaten(p, n, near)], best)
    if len(left) < 2:
        return ()
    return tuple(_said(p, best, left) for p in sorted(left, key=lambda p: (p.goals["infra"], p.total)))


def _best(settled: Settled, ground: Ground) -> Point:
    goals = _goals(settled.chosen, settled.counts, ground, settled)
    return Point(settled.chosen, goals, settled.outcome.objective / (CENT * 100))


def _goals(chosen: Chosen, counts: tuple[int, int], ground: Ground, settled: Settled) -> Goals:
    cores = settled.whole.web[f"framework:{chosen['framework'].key}"]
    return {**sums_of(chosen, counts), "response": response(ground, chosen, counts, cores)}


def _argued(settled: Settled, ground: Ground, argument: dict[str, dict[OptionId, Case]]) -> Iterator[Point]:
    """Designs that were found for options that lost, those in the same world as the optimum."""
    evaluator = Evaluator(settled.space, ground, settled.reduced)
    seen = {tuple(o.key for o in settled.chosen.values())}
    for rows in argument.values():
        for case in rows.values():
            if case.chosen is None or case.chosen["regions"].key != settled.chosen["regions"].key:
                continue
            key = tuple(case.chosen[a].key for a in settled.chosen)
            value = evaluator.value(case.chosen) if key not in seen else None
            seen.add(key)
            if value:
                yield Point(case.chosen, _goals(case.chosen, value.counts, ground, settled), value.total)


def _under(settled: Settled, ground: Ground, what: str, most: float, dearest: float) -> Iterator[Point]:
    """The cheapest design under a ceiling, if there is one that is worth a look."""
    ceiling = Ceiling(what=what, most=most, because=Barrier(name="front", fact="a point of the front"))
    space = msgspec.structs.replace(settled.space, rules=(*settled.space.rules, ceiling))
    found = solved(space, ground, upper=round(dearest * CENT * 100))
    if found:
        chosen = {a: found.chosen[a] for a in settled.chosen}
        yield Point(chosen, _goals(chosen, found.design.counts, ground, settled), found.objective / (CENT * 100))


def _beaten(point: Point, place: int, points: list[Point]) -> bool:
    """Whether another point is nowhere worse and somewhere better; of equals the first one stays."""

    def no_better(a: Point, b: Point) -> bool:
        return a.total >= b.total * (1 - 1e-9) and all(a.goals[g] >= b.goals[g] * (1 - 1e-9) for g in GOALS)

    rivals = ((n, p) for n, p in enumerate(points) if n != place and no_better(point, p))
    return any(n < place or not no_better(p, point) for n, p in rivals)


def _told(points: list[Point], best: Point) -> list[Point]:
    """The optimum, the best of each goal, then the cheapest ones: each gains something over every other one told."""
    kept = [best]
    firsts = [min(points, key=lambda p: (p.goals[g], p.total)) for g in GOALS]
    for point in (*firsts, *sorted(points, key=lambda p: p.total)):
        if len(kept) < MOST and all(_gains(point, k) for k in kept):
            kept.append(point)
    return kept


def _gains(a: Point, b: Point) -> bool:
    """Whether a point is better than another in some goal by more than what a reader would shrug at."""
    return any(a.goals[g] < b.goals[g] * (1 - _GAIN) for g in GOALS)


def _said(point: Point, best: Point, points: list[Point]) -> FrontPoint:
    axes = [*(a for a in ROOTS if a in best.chosen), *(a for a in best.chosen if a not in (*ROOTS, *FOLLOW))]
    changed = [a for a in axes if point.chosen[a].id != best.chosen[a].id]
    differs = tuple(dict.fromkeys(named(point.chosen[a]) for a in changed))
    won = [g for g in GOALS if all(point.goals[g] < p.goals[g] for p in points if p is not point)]
    gains = {g: 1 - point.goals[g] / best.goals[g] for g in won}
    wins = [NAMES[g] for g in sorted(won, key=lambda g: -gains[g]) if gains[g] > _WORD]
    plain = f"with {differs[0]}" if differs else "in other sizes"
    if not differs:
        differs = tuple(point.chosen[a].label for a in sorted(FOLLOW) if point.chosen[a].id != best.chosen[a].id)
    name = "as designed" if point is best else wins[0] if wins else plain
    return FrontPoint(
        name=name,
        chosen=point is best,
        wins=tuple(wins),
        infrastructure=UsdPerMonth(round(point.goals["infra"], 2)),
        ownership=UsdPerMonth(round(point.total, 2)),
        availability=Probability(round(1 - point.goals["down"], 7)),
        ops_hours=HoursPerMonth(round(point.goals["ops"], 2)),
        response=Seconds(round(point.goals["response"], 6)),
        differs=differs[:_TOLD],
    )
