"""The designs that were weighed, costed again under one draw of what was assumed: sizes anew, all else as it is.

Solving each draw would take ten times as long. The pool holds the optimum and the best design with each option that
lost; in each draw the cheapest of them is improved by swaps of single options, as long as they help.
"""

from collections.abc import Iterable, Mapping

import msgspec

from archsmith.decide.evaluator import Chosen, Evaluator, Value
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Option, given_by
from archsmith.decide.space import build
from archsmith.decide.worlds import world
from archsmith.kernel.memory import remembered
from archsmith.knowledge.uncertain import Draw
from archsmith.model.decisions import Cut, Weighed

SIZES = ("compute", "size")
"""Axes that follow from the others: they are chosen anew in each draw."""
PASSES = 2
"""Times that all axes are gone through for a swap that helps."""
WITHIN = 1.2
"""Times the cheapest up to which another provider's design is worth improving."""
MACHINES = 2
"""Machines that an option of less load may save."""
Design = tuple[tuple[str, str], ...]
"""The variants by axis, without sizes: what tells designs apart."""


class Found(msgspec.Struct, frozen=True):
    """A design in a draw: USD a month of ownership, the options with their sizes, and what tells the design apart."""

    total: float
    counts: tuple[int, int]
    chosen: Chosen
    design: Design


def design_of(choices: Mapping[str, str]) -> Design:
    """The choices without those that follow from them."""
    return tuple(sorted((a, k) for a, k in choices.items() if a not in SIZES))


def rivals_of(chosen: Mapping[str, Option], designs: Iterable[Mapping[str, Option]]) -> tuple[dict[str, str], ...]:
    """The designs as differences to the chosen one, each once, in their order. Other sizes alone are none."""
    found: dict[Design, dict[str, str]] = {}
    for design in designs:
        choices = {a: o.key for a, o in sorted(design.items()) if a not in SIZES and o.key != chosen[a].key}
        if choices:
            found.setdefault(design_of(choices), choices)
    return tuple(found.values())


class Pool:
    """The weighed designs in one draw."""

    def __init__(self, draw: Draw, weighed: Weighed, cuts: tuple[Cut, ...], *, whole: bool = False) -> None:
        """Builds the space of the draw, without the constraints that gave way, and keeps what the designs may need.

        `whole`: all of it, to look for further designs.
        """
        self.draw, self.weighed = draw, weighed
        demand = gather(draw.requirements, draw.derivation, draw.catalogue, bound=False)
        only = {d["provider"] for d in (weighed.chosen, *weighed.rivals) if "provider" in d}
        sized = {d[a] for d in (weighed.chosen, *weighed.rivals) for a in ("hosting", "platform") if a in d}
        self.ground = Ground(demand, draw.requirements, draw.catalogue, weighed.strain, only, None if whole else sized)
        space = build(self.ground, draw.requirements, cuts)
        rules = tuple(r for r in space.rules if r.because.name not in weighed.gave_way)
        banned = {(r.axis, r.key) for r in rules if isinstance(r, Ban)}
        left = [o for o in space.options if (o.axis, o.key) not in banned]
        self._axes = {o.axis for o in space.options}
        kept = left if whole else _needed(left, weighed)
        self.whole = msgspec.structs.replace(space, options=tuple(kept), rules=rules)
        self._by_key = {(o.axis, o.key): o for o in self.whole.options}
        self._worlds: dict[str, Evaluator | None] = {}
        self._found: dict[Design, Found | None] = {}

    def cost(self, choices: Mapping[str, str]) -> Found | None:
        """The design with these variants and the cheapest sizes that fit; None where it breaks a rule here."""
        return self.cost_of(design_of(choices))

    def cost_of(self, design: Design) -> Found | None:
        """The same of a design."""
        if design not in self._found:
            self._found[design] = self._costed(design)
        return self._found[design]

    def costed(self) -> Iterable[Found]:
        """All designs that were costed and stand."""
        return (f for f in self._found.values() if f is not None)

    def hours(self, found: Found) -> float:
        """Operations work a month that a design asks for here."""
        evaluator = self._evaluator(found.chosen["regions"].key)
        return evaluator.sums(found.chosen, found.counts)["ops"] if evaluator else 0.0

    def _costed(self, design: Design) -> Found | None:
        choices = dict(design)
        evaluator = self._evaluator(choices["regions"])
        found = evaluator.as_it_is(choices) if evaluator else None
        return _found(*found, design) if found else None

    def repaired(self) -> Found | None:
        """The chosen design, mended where it can't stand in this draw as it is."""
        evaluator = self._evaluator(self.weighed.chosen["regions"])
        if evaluator is None:
            return None
        known = {a: evaluator.by_key.get((a, k), evaluator.by_axis[a][0]) for a, k in self.weighed.chosen.items()}
        mended = evaluator.mended(known)
        found = _found(*mended, _keys(mended[1])) if mended else None
        if found:
            self._found[found.design] = found
            evaluator.anchor_at(found.chosen)
        return found

    def best(self, first: Found | None) -> Found | None:
        """The cheapest: of each provider and platform the best of the pool, made cheaper by swaps of single options."""
        rows = [first, *map(self.cost_of, _designs(self.weighed))]
        starts: dict[tuple[str, str], Found] = {}
        for found in filter(None, rows):
            where = (found.chosen["provider"].key, found.chosen["platform"].key)
            if where not in starts or found.total < starts[where].total:
                starts[where] = found
        least = min((f.total for f in starts.values()), default=0.0)
        near = [self._swapped(f) for f in starts.values() if f.total <= least * WITHIN]
        return min(near, key=lambda f: f.total, default=None)

    def wider(self) -> tuple[dict[str, str], ...]:
        """More designs: for each provider of the pool its cheapest one here on each of its platforms, repaired."""
        base = self.weighed.chosen
        least: dict[str, Found] = {}
        for found in filter(None, map(self.cost_of, (design_of(base), *_designs(self.weighed)))):
            where = found.chosen["provider"].key
            if where not in least or found.total < least[where].total:
                least[where] = found
        designs = []
        for found in least.values():
            evaluator = self._evaluator(found.chosen["regions"].key)
            for option in evaluator.by_axis["platform"] if evaluator else ():
                given = {*found.chosen["provider"].gives, *found.chosen["zones"].gives}
                if evaluator and all(not given.isdisjoint(group) for group in option.needs):
                    forced = evaluator.mended({**found.chosen, "platform": option})
                    designs += [forced[1]] if forced else []
        here = {a: o for a, k in base.items() if (o := self._by_key.get((a, k))) is not None}
        return rivals_of(here, designs) if len(here) == len(base) else ()

    def _swapped(self, found: Found) -> Found:
        """Every option that costs less in its place, or asks for less of the machines, is tried in it; twice over."""
        evaluator = self._evaluator(found.chosen["regions"].key)
        assert evaluator is not None
        places = {axis: place for place, (axis, _) in enumerate(found.design)}
        for _ in range(PASSES):
            before = found
            for axis, now in before.chosen.items():
                if axis in SIZES:
                    continue
                place, given = places[axis], set[str]()
                for option in evaluator.by_axis[axis]:
                    if option.key == now.key or not _may_help(evaluator, found.chosen, option):
                        continue
                    given = given or given_by(o for a, o in found.chosen.items() if a != axis)
                    if not _fits(option, given):
                        continue
                    design = found.design
                    trial = self.cost_of((*design[:place], (axis, option.key), *design[place + 1 :]))
                    if trial is not None and trial.total < found.total - 0.01:
                        found, given = trial, set()
            if found is before:
                break
        return found

    def _evaluator(self, role: str) -> Evaluator | None:
        """That of the world of a role of the second region; None where the draw has no such world."""
        if role not in self._worlds:
            option = next((o for o in self.whole.options if o.axis == "regions" and o.key == role), None)
            here = world(self.whole, self.ground, option) if option else None
            whole = here is not None and {o.axis for o in here.options} == self._axes
            self._worlds[role] = Evaluator(here, self.ground) if here is not None and whole else None
        return self._worlds[role]


def _found(value: Value, chosen: Chosen, design: Design) -> Found:
    return Found(value.total, value.counts, chosen, design)


def _keys(chosen: Chosen) -> Design:
    return design_of({a: o.key for a, o in chosen.items()})


@remembered
def _designs(weighed: Weighed) -> tuple[Design, ...]:
    """The rivals as whole designs: the same in all draws."""
    return tuple(design_of({**weighed.chosen, **r}) for r in weighed.rivals)


def _may_help(evaluator: Evaluator, chosen: Chosen, option: Option) -> bool:
    """Whether an option could make a design cheaper: by itself, or by what its load saves of machines at the most."""
    now = chosen[option.axis]
    gain = evaluator.cost[now.axis, now.key] - evaluator.cost[option.axis, option.key]
    if _load(option) != _load(now):
        gain += evaluator.cost["size", chosen["size"].key] + evaluator.cost["compute", chosen["compute"].key]
        gain += chosen["compute"].price * MACHINES
    return gain > 0


def _fits(option: Option, given: set[str]) -> bool:
    """Whether an option can stand beside what the rest of a design gives."""
    return not any(given.isdisjoint(group) for group in option.needs) and given.isdisjoint(option.bars)


def _load(option: Option) -> tuple[float, ...]:
    return (option.compute, option.memory, option.store, option.saves)


def _needed(options: Iterable[Option], weighed: Weighed) -> Iterable[Option]:
    """All options but sizes of what no design of the pool stands on."""
    keys = {*weighed.chosen.items(), *(item for r in weighed.rivals for item in r.items())}
    given = given_by(o for o in options if (o.axis, o.key) in keys)
    return [o for o in options if o.axis not in SIZES or all(not given.isdisjoint(group) for group in o.needs)]
