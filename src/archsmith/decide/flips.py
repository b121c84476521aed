"""Flip points: the same brief under other loads, teams and budgets, solved anew on a coarse geometric grid."""

from collections.abc import Callable

import msgspec

from archsmith.decide import scaling
from archsmith.decide.argue import named
from archsmith.decide.demand import Demand
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ceiling, Space
from archsmith.decide.settle import Settled, attempt
from archsmith.decide.space import build
from archsmith.decide.words import figure, span
from archsmith.decide.worlds import world
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Cut
from archsmith.model.requirements import Requirements


class Step(msgspec.Struct, frozen=True):
    """One change of the demand, and how a reader calls it: the way there, its end, its size."""

    words: str
    change: Callable[[Demand], Demand]
    at: str
    reach: str


def grid(demand: Demand) -> tuple[tuple[Step, ...], ...]:
    """Series of steps, each from small to large; only the first step of a series that changes a choice is reported.

    Few and far apart: each is a whole solve. `what-if` asks for any point in between.
    """
    asked = demand.web + demand.stream

    def load(low: float, high: float) -> Step:
        rates = f"{span(asked * low, asked * high)} requests/s at the peak"
        reach = f"{high:g} times the load"
        return Step(
            f"between {low:g} and {high:g} times the load ({rates})",
            lambda d: scaling.traffic(d, high),
            f"{figure(asked * high)} requests/s at the peak",
            reach,
        )

    def people(low: float, high: float) -> Step:
        few, many = max(1, round(demand.team * low)), max(1, round(demand.team * high))
        return Step(
            f"between {few:,} and {many:,} engineers",
            lambda d: scaling.team(d, high),
            f"{many:,} engineers",
            f"{high:g} times the team",
        )

    return (load(1, 4), load(4, 100)), (people(1, 10),)


BINDS = {"infra": "provider", "down": "zones", "ops": "style"}
"""The axis whose decision a ceiling binds first; where no ceiling does, it is the size of what runs."""


def flips(
    settled: Settled, demand: Demand, requirements: Requirements, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> dict[str, str]:
    """By axis: the first step of each series at which another option wins, in words with the figures.

    Where a step is beyond any design, the decision that the limit binds says so, and the others how far they hold.
    """
    found: dict[str, list[str]] = {axis: [] for axis in settled.chosen}
    reached: list[str] = []
    for series in grid(demand):
        open_axes, reach = set(settled.chosen), ""
        for step in series:
            ground = Ground(step.change(demand), requirements, catalogue)
            space = build(ground, requirements, cuts)
            other = attempt(space, ground, cuts, frozenset(settled.gave_way), known=settled.chosen)
            if other is None:
                axis, limit = _limit(settled, ground, space)
                found[axis].append(f"no design within the limits from {step.at} on{limit}")
                break
            reach = step.reach
            for axis in sorted(open_axes):
                if other.chosen[axis].id != settled.chosen[axis].id:
                    found[axis].append(f"{step.words}: then {named(other.chosen[axis])}")
                    open_axes.discard(axis)
        reached += [reach] if reach else []
    none = f"none up to {' or '.join(reached)}" if reached else "none of the steps tried has a design within the limits"
    return {axis: "; ".join(words) or none for axis, words in found.items()}


def _limit(settled: Settled, ground: Ground, space: Space) -> tuple[str, str]:
    """The axis of the decision that a step beyond all designs binds, and the ceiling that it breaks."""
    role = next(o for o in space.options if o.axis == "regions" and o.key == settled.chosen["regions"].key)
    free = Evaluator(world(space, ground, role), ground).without_ceilings()
    found = free.carried_over(settled.chosen)
    if found:
        sums = free.sums(found[1], found[0].counts)
        for rule in space.rules:
            if isinstance(rule, Ceiling) and sums[rule.what] > rule.most:
                return BINDS[rule.what], f" ({rule.because.fact})"
    return "size" if settled.chosen["size"].key != "none" else "compute", ""
