"""Which requirements bind a decision, and how: what they name, rule out or ask for, and where they would flip it.

A requirement binds a decision if its words stand behind a rule that a rival breaks, behind a figure at another value of
which another option wins (found by solving anew), or if they name the choice. Where none does, none is given: it is the
cheapest.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.decide.barred import FOLLOW, Case, named
from archsmith.decide.evaluator import Evaluator
from archsmith.decide.flip_words import where
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Barrier, Demands
from archsmith.decide.settle import Settled
from archsmith.decide.worlds import world
from archsmith.kernel.ids import OptionId, RequirementId
from archsmith.kernel.phrases import listed, money
from archsmith.knowledge.instances import Region
from archsmith.model.decisions import Bond, Direction, Flip, Lever

MOST: Final = 5
"""Bonds of one decision."""
NEAR: Final = 10.0
"""Times a figure up or down within which a flip binds: beyond, the figure could be anything."""
_SOURCE: Final = {
    Lever.TRAFFIC: "load",
    Lever.STORAGE: "masses",
    Lever.TEAM: "team",
    Lever.BUDGET: "budget",
    Lever.AVAILABILITY: "availability",
    Lever.LATENCY: "latency",
    Lever.RPO: "rpo",
    Lever.RTO: "rto",
}
_LOOSER: Final = {
    Lever.BUDGET: Direction.UP,
    Lever.AVAILABILITY: Direction.DOWN,
    Lever.LATENCY: Direction.UP,
    Lever.RPO: Direction.UP,
    Lever.RTO: Direction.UP,
}
"""The direction in which a target binds less; loads, data and people bind both ways."""

Ids = tuple[RequirementId, ...]


class Bonds:
    """Finds the bonds of the decisions of one design."""

    def __init__(self, settled: Settled, ground: Ground) -> None:
        """An evaluator of the whole space tells what is ruled out and would have been cheaper."""
        self.settled, self.ground, self.demand = settled, ground, ground.demand
        role = next(o for o in settled.whole.options if o.axis == "regions" and o.key == settled.chosen["regions"].key)
        self.evaluator = Evaluator(world(settled.whole, ground, role), ground)
        best = self.evaluator.value(settled.chosen)
        self.now = best.total if best else 0.0

    def of(self, axis: str, cases: dict[OptionId, Case], flips: tuple[Flip, ...]) -> tuple[Bond, ...]:
        """Of one axis: what names the choice, what rules out rivals or asks for it, and where figures would flip it.

        Sizes only follow: they are bound by figures alone.
        """
        if axis in FOLLOW:
            return first(list(self._flips(flips)))
        decisive, idle = self._bans(axis)
        rows = (self._names(axis), decisive, self._limits(cases), self._demands(axis), self._flips(flips), idle)
        return first([row for part in rows for row in part])

    def _names(self, axis: str) -> Iterator[tuple[Ids, str]]:
        option, known = self.settled.chosen[axis], self.demand.binding
        if option.tech and option.tech in self.ground.wanted:
            yield known.get(f"tech.{option.tech}", ()), f"demands {self.ground.name_of(option.tech)}"
        elif option.tech and option.tech in self.ground.preferred:
            yield known.get(f"tech.{option.tech}", ()), f"prefers {self.ground.name_of(option.tech)}"
        elif option.tech and option.tech in self.ground.existing:
            yield known.get(f"tech.{option.tech}", ()), f"{self.ground.name_of(option.tech)} is there already"
        if axis in ("language", "framework") and option.tech:
            tech = self.ground.tech(option.tech)
            skill = next((s for s in (tech.id, *tech.skills) if s in self.demand.skills), "")
            yield known.get(f"skill.{skill}", ()), f"the team knows {self.ground.name_of(skill) if skill else ''}"

    def _bans(self, axis: str) -> tuple[list[tuple[Ids, str]], list[tuple[Ids, str]]]:
        """Rules that forbid rivals: those that keep out a cheaper one, and those that only confirm the choice."""
        groups: dict[str, tuple[Barrier, list[str], float]] = {}
        for rule in self.settled.whole.rules:
            if not isinstance(rule, Ban) or rule.axis != axis or not rule.because.requirements:
                continue
            option = next((o for o in self.evaluator.by_axis[axis] if o.key == rule.key), None)
            if option is None or option.id == self.settled.chosen[axis].id:
                continue
            found = self.evaluator.forced(self.settled.chosen, option, 2)
            saved = self.now - found[0].total if found else 0.0
            because, labels, most = groups.get(rule.because.name, (rule.because, [], 0.0))
            groups[rule.because.name] = because, [*labels, named(option)], max(most, saved)
        decisive, idle = [], []
        for because, labels, saved in groups.values():
            how = f"rules out {listed(labels, 3)}"
            if saved >= 0.5:
                decisive.append((because.requirements, f"{how}, at best {money(saved)} a month cheaper"))
            else:
                idle.append((because.requirements, how))
        return decisive, idle

    def _limits(self, cases: dict[OptionId, Case]) -> Iterator[tuple[Ids, str]]:
        """Ceilings that rivals break which would have been cheaper."""
        for case in cases.values():
            if case.because and case.excess and (case.would is None or case.would < self.now):
                yield case.because.requirements, f"{named(case.option)} would come to {case.excess}"

    def _demands(self, axis: str) -> Iterator[tuple[Ids, str]]:
        """Rules that ask for a trait which the choice has and a rival that is left has not."""
        chosen = self.settled.chosen
        given = {t for o in chosen.values() for t in o.gives}
        for rule in self.settled.left.rules:
            if (
                not isinstance(rule, Demands)
                or not rule.because.requirements
                or (rule.given and rule.given not in given)
            ):
                continue
            mine = set(rule.one_of) & set(chosen[axis].gives)
            rivals = [o for o in self.settled.left.options if o.axis == axis and not set(rule.one_of) & set(o.gives)]
            if mine and rivals:
                yield rule.because.requirements, rule.because.fact

    def _flips(self, flips: tuple[Flip, ...]) -> Iterator[tuple[Ids, str]]:
        """Figures at another value of which another option wins, the nearest first."""
        near = [f for f in flips if f.factor is not None and 1 / NEAR <= f.factor <= NEAR]
        for flip in sorted(near, key=lambda f: max(f.factor or 1.0, 1 / (f.factor or 1.0))):
            if _LOOSER.get(flip.lever, flip.direction) is flip.direction:
                ids = self.demand.binding.get(_SOURCE[flip.lever], ())
                yield ids, f"{where(flip)} {'it would be' if flip.becomes else 'it takes'} {flip.label}"

    def region(self, region: Region) -> tuple[Bond, ...]:
        """Of the place: what names it, and where data may be."""
        said = self.ground.requirements.requirements
        rows = [(tuple(r.id for r in said if region.id in r.statement.lower()), f"names {region.id}")]
        if self.demand.places:
            places = ", ".join(p.upper() if len(p) == 2 else p for p in self.demand.places)
            rows.append((self.demand.binding.get("places", ()), f"data may be in {places} only"))
        return first(rows)


def first(rows: Sequence[tuple[Ids, str]]) -> tuple[Bond, ...]:
    """A bond for each requirement, with the first that is said of it."""
    found: dict[RequirementId, str] = {}
    for ids, how in rows:
        for ident in ids:
            found.setdefault(ident, how)
    return tuple(Bond(requirement=ident, how=how) for ident, how in list(found.items())[:MOST])
