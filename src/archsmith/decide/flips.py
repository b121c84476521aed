"""Flip points: the same brief under other loads, teams and budgets, solved anew on a coarse geometric grid."""

from collections.abc import Callable

import msgspec

from archsmith.decide import scaling
from archsmith.decide.demand import Demand
from archsmith.decide.ground import Ground
from archsmith.decide.settle import Settled, attempt
from archsmith.decide.space import build
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Cut
from archsmith.model.requirements import Requirements


class Step(msgspec.Struct, frozen=True):
    """One change of the demand, and how a reader calls it."""

    words: str
    change: Callable[[Demand], Demand]


def grid(demand: Demand) -> tuple[tuple[Step, ...], ...]:
    """Series of steps, each from small to large; only the first step of a series that changes a choice is reported.

    Few and far apart: each is a whole solve. `what-if` asks for any point in between.
    """

    def load(low: float, high: float) -> Step:
        most = f"{demand.web + demand.stream:,.3g} -> {(demand.web + demand.stream) * high:,.5g} requests/s at the peak"
        return Step(f"between {low:g} and {high:g} times the load ({most})", lambda d: scaling.traffic(d, high))

    def people(low: float, high: float) -> Step:
        few, many = max(1, round(demand.team * low)), max(1, round(demand.team * high))
        return Step(f"between {few} and {many} engineers", lambda d: scaling.team(d, high))

    return (load(1, 4), load(4, 100)), (people(1, 10),)


def flips(
    settled: Settled, demand: Demand, requirements: Requirements, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> dict[str, str]:
    """By axis: the first step of each series at which another option wins, in words with the figures."""
    found: dict[str, list[str]] = {axis: [] for axis in settled.chosen}
    for series in grid(demand):
        open_axes = set(settled.chosen)
        for step in series:
            ground = Ground(step.change(demand), requirements, catalogue)
            space = build(ground, requirements, cuts)
            other = attempt(space, ground, cuts, frozenset(settled.gave_way), known=settled.chosen)
            if other is None:
                for axis in sorted(open_axes):
                    found[axis].append(f"{step.words}: no design within the limits")
                break
            for axis in sorted(open_axes):
                if other.chosen[axis].id != settled.chosen[axis].id:
                    found[axis].append(f"{step.words}: then {other.chosen[axis].label}")
                    open_axes.discard(axis)
    return {
        axis: "; ".join(words) or "none up to 100 times the load or 10 times the team" for axis, words in found.items()
    }
