"""Flip points: the same brief under other loads, teams and budgets, solved anew on a coarse geometric grid."""

from collections.abc import Callable

import msgspec

from archsmith.decide import scaling
from archsmith.decide.demand import Demand
from archsmith.decide.ground import Ground
from archsmith.decide.settle import Settled, settle
from archsmith.decide.space import build
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Cut
from archsmith.model.requirements import Requirements


class Step(msgspec.Struct, frozen=True):
    """One change of the demand, and how a reader calls it."""

    words: str
    change: Callable[[Demand], Demand]


def grid(demand: Demand) -> tuple[tuple[Step, ...], ...]:
    """Series of steps, each from small to large; only the first step of a series that changes a choice is reported."""

    def load(factor: float) -> Step:
        return Step(
            f"{factor:g} times the load ({demand.web * factor:,.0f} requests/s at the peak)",
            lambda d: scaling.traffic(d, factor),
        )

    def people(factor: float) -> Step:
        return Step(f"a team of {max(1, round(demand.team * factor))} engineers", lambda d: scaling.team(d, factor))

    up = tuple(load(f) for f in (4.0, 20.0, 100.0))
    team = tuple(people(f) for f in (4.0, 12.0))
    return up, team


def flips(
    settled: Settled, demand: Demand, requirements: Requirements, catalogue: Catalogue, cuts: tuple[Cut, ...]
) -> dict[str, str]:
    """By axis: the smallest change of each series at which another option wins, in words with the figure."""
    found: dict[str, list[str]] = {axis: [] for axis in settled.chosen}
    for series in grid(demand):
        open_axes = set(settled.chosen)
        for step in series:
            ground = Ground(step.change(demand), requirements, catalogue)
            other = settle(build(ground, requirements, cuts), ground, cuts)
            if other is None:
                break
            for axis in sorted(open_axes):
                if other.chosen[axis].id != settled.chosen[axis].id:
                    found[axis].append(f"{step.words}: then {other.chosen[axis].label}")
                    open_axes.discard(axis)
    return {
        axis: "; ".join(words) or "none up to 100 times the load or 12 times the team" for axis, words in found.items()
    }
