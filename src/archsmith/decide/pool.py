"""The designs that were weighed, costed again under one draw of what was assumed: sizes anew, all else as it is.

Solving each draw would take a hundred times as long. The pool holds the optimum, the best design with each option that
lost, and those at flip points; within a draw, changes that help are joined, so that two of them can win together.
"""

from collections.abc import Iterable, Mapping

import msgspec

from archsmith.decide.evaluator import Chosen, Evaluator, Value
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Option
from archsmith.decide.space import build
from archsmith.decide.worlds import world
from archsmith.knowledge.uncertain import Draw
from archsmith.model.decisions import Cut, Rival, Weighed

SIZES = ("compute", "size")
"""Axes that follow from the others: they are chosen anew in each draw."""
JOINED = 6
"""Changes at most that are tried on top of the best one."""
Design = tuple[tuple[str, str], ...]
"""The variants by axis, without sizes: what tells designs apart."""


class Found(msgspec.Struct, frozen=True):
    """A design in a draw: USD a month of ownership, the options with their sizes, and the sums of what it takes."""

    total: float
    chosen: Chosen
    sums: dict[str, float]

    @property
    def design(self) -> Design:
        """What tells it apart."""
        return design_of({a: o.key for a, o in self.chosen.items()})


def design_of(choices: Mapping[str, str]) -> Design:
    """The choices without those that follow from them."""
    return tuple(sorted((a, k) for a, k in choices.items() if a not in SIZES))


def rivals_of(chosen: Mapping[str, Option], designs: Iterable[tuple[float, Mapping[str, Option]]]) -> tuple[Rival, ...]:
    """The designs as differences to the chosen one, each once, the cheapest first. Other sizes alone are none."""
    found: dict[Design, Rival] = {}
    for extra, design in sorted(designs, key=lambda row: row[0]):
        choices = {a: o.key for a, o in sorted(design.items()) if a not in SIZES and o.key != chosen[a].key}
        if choices:
            found.setdefault(design_of(choices), Rival(choices=choices, extra=round(extra, 2)))  # type: ignore[arg-type]
    return tuple(found.values())


class Pool:
    """The weighed designs in one draw."""

    def __init__(self, draw: Draw, weighed: Weighed, cuts: tuple[Cut, ...]) -> None:
        """Builds the space of the draw, without the constraints that gave way, and keeps what the designs may need."""
        self.draw, self.weighed = draw, weighed
        demand = gather(draw.requirements, draw.derivation, draw.catalogue, bound=False)
        only = {d["provider"] for d in (weighed.chosen, *(r.choices for r in weighed.rivals)) if "provider" in d}
        self.ground = Ground(demand, draw.requirements, draw.catalogue, weighed.strain, only)
        whole = build(self.ground, draw.requirements, cuts)
        rules = tuple(r for r in whole.rules if r.because.name not in weighed.gave_way)
        banned = {(r.axis, r.key) for r in rules if isinstance(r, Ban)}
        left = [o for o in whole.options if (o.axis, o.key) not in banned]
        self._axes = {o.axis for o in whole.options}
        self.whole = msgspec.structs.replace(whole, options=tuple(_needed(left, weighed)), rules=rules)
        self._worlds: dict[str, Evaluator | None] = {}
        self._found: dict[Design, Found | None] = {}

    def cost(self, choices: Mapping[str, str]) -> Found | None:
        """The design with these variants and the cheapest sizes that fit; None where it breaks a rule here."""
        design = design_of(choices)
        if design not in self._found:
            self._found[design] = self._costed(dict(design))
        return self._found[design]

    def costed(self) -> Iterable[Found]:
        """All designs that were costed and stand."""
        return (f for f in self._found.values() if f is not None)

    def _costed(self, choices: dict[str, str]) -> Found | None:
        evaluator = self._evaluator(choices["regions"])
        found = evaluator.as_it_is(choices) if evaluator else None
        return _found(evaluator, *found) if evaluator and found else None

    def repaired(self) -> Found | None:
        """The chosen design, mended where it can't stand in this draw as it is."""
        evaluator = self._evaluator(self.weighed.chosen["regions"])
        if evaluator is None:
            return None
        known = {a: evaluator.by_key.get((a, k), evaluator.by_axis[a][0]) for a, k in self.weighed.chosen.items()}
        mended = evaluator.carried_over(known)
        found = _found(evaluator, *mended) if mended else None
        if found:
            self._found[found.design] = found
        return found

    def best(self, first: Found | None) -> Found | None:
        """The cheapest: one of the pool, or that with others of its changes joined to it."""
        base = self.weighed.chosen
        rows = [(r, f) for r in self.weighed.rivals if (f := self.cost({**base, **r.choices})) is not None]
        better = sorted((row for row in rows if first is None or row[1].total < first.total), key=lambda r: r[1].total)
        if not better:
            return first
        best = better[0][1]
        for rival, _ in better[1 : 1 + JOINED]:
            joined = self.cost({**dict(best.design), **rival.choices})
            if joined is not None and joined.total < best.total:
                best = joined
        return best

    def _evaluator(self, role: str) -> Evaluator | None:
        """That of the world of a role of the second region; None where the draw has no such world."""
        if role not in self._worlds:
            option = next((o for o in self.whole.options if o.axis == "regions" and o.key == role), None)
            here = world(self.whole, self.ground, option) if option else None
            whole = here is not None and {o.axis for o in here.options} == self._axes
            self._worlds[role] = Evaluator(here, self.ground) if here is not None and whole else None
        return self._worlds[role]


def _found(evaluator: Evaluator, value: Value, chosen: Chosen) -> Found:
    return Found(value.total, chosen, evaluator.sums(chosen, value.counts))


def _needed(options: Iterable[Option], weighed: Weighed) -> Iterable[Option]:
    """The options of the designs, the sizes that may stand with them, and all of an axis where it has none of them."""
    keys = {*weighed.chosen.items(), *(item for r in weighed.rivals for item in r.choices.items())}
    given: set[str] = set()
    kept = []
    for option in options:
        if (option.axis, option.key) in keys:
            given.update(option.gives)
            kept.append(option)
    names, axes = {(o.axis, o.key) for o in kept}, {o.axis for o in kept}
    for option in options:
        fits = option.axis in SIZES and all(not given.isdisjoint(group) for group in option.needs)
        if (fits and (option.axis, option.key) not in names) or option.axis not in axes:
            kept.append(option)
    return kept
