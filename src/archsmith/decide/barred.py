"""Why an option can't be chosen: the limit that every design with it breaks, or what it can't stand beside."""

from collections.abc import Sequence

import msgspec

from archsmith.decide.evaluator import Chosen, Evaluator, Value
from archsmith.decide.ground import Ground
from archsmith.decide.holds import sums_of
from archsmith.decide.optimum import Optimum, cheapest, prepared
from archsmith.decide.option import Barrier, Ceiling, Option, Space
from archsmith.decide.program import SCALE
from archsmith.decide.reduce import reduce
from archsmith.decide.settle import Settled
from archsmith.decide.words import figure
from archsmith.kernel.phrases import duration, listed, money, percent

FOLLOW = frozenset({"compute", "size"})
"""Axes that follow from others: their rivals are those of the same platform or hosting."""


class Case(msgspec.Struct, frozen=True):
    """How an option fares: the extra a month of the best design with it (None: impossible), and in which design.

    `because`: the rule that it breaks; where that is a limit on a sum, `excess`: what it comes to, and `would`: what
    the design would cost a month if it were allowed.
    """

    option: Option
    extra: float | None
    reason: str
    exact: bool = True
    chosen: Chosen | None = None
    because: Barrier | None = None
    excess: str = ""
    would: float | None = None


class Barred:
    """Tells of options that no design has what stands against them."""

    def __init__(self, settled: Settled, ground: Ground, evaluator: Evaluator) -> None:
        """Nothing is solved before it is asked for."""
        rules = tuple(r for r in settled.space.rules if not isinstance(r, Ceiling))
        self._free = msgspec.structs.replace(settled.space, rules=rules)
        self._chosen, self._ground, self._evaluator = settled.chosen, ground, evaluator
        self._small: dict[str, Space] = {}
        self._limits: dict[tuple[str, tuple[str, ...]], _Limit] = {}

    def case(self, alive: Sequence[Option]) -> Case:
        """The limit that is broken by the least that a design with one of the variants comes to; else the misfit."""
        option, ceilings = alive[0], self._evaluator.ceilings
        limit = self._limit(alive)
        if limit.case:
            return limit.case
        if not limit.stands or not ceilings:
            return Case(option, None, misfit(self._evaluator, self._chosen, option))
        together = listed([c.because.fact for c in ceilings])
        return Case(option, None, f"no design with it keeps all of: {together}", because=ceilings[0].because)

    def proof(self, alive: Sequence[Option]) -> Case | None:
        """The same, where one limit alone proves that no design has one of the variants: nothing has to be searched."""
        limit = self._limit(alive)
        return limit.case if limit.proven else None

    def _limit(self, alive: Sequence[Option]) -> "_Limit":
        """Asked for once."""
        place = alive[0].axis, tuple(o.key for o in alive)
        if place not in self._limits:
            self._limits[place] = self._beyond(alive)
        return self._limits[place]

    def _beyond(self, alive: Sequence[Option]) -> "_Limit":
        """The first ceiling that the least of its sum is above. What a design that was found keeps is not asked for."""
        if alive[0].axis in FOLLOW:
            return _Limit(stands=False)
        seen: list[dict[str, float]] = []
        for ceiling in self._evaluator.ceilings:
            if any(sums[ceiling.what] <= ceiling.most * _WELL_BELOW for sums in seen):
                continue
            best = self._least(ceiling.what, alive)
            if best is None:
                return _Limit(stands=False)
            total = best.objective / SCALE[ceiling.what]
            if total > ceiling.most + 1e-9:
                return _Limit(over(alive[0], ceiling, total), proven=best.optimal)
            seen.append(sums_of(best.chosen, best.design.counts))
        return _Limit()

    def _least(self, what: str, alive: Sequence[Option]) -> Optimum | None:
        """The design with one of the variants that has the least sum of a kind; None where none stands."""
        if what not in self._small:
            self._small[what] = reduce(self._free, self._ground, what)
        small, axis, keys = self._small[what], alive[0].axis, {o.key for o in alive}
        others = [o for o in small.options if o.axis != axis]
        inside = [o for o in self._free.options if o.axis == axis and o.key in keys]
        if not inside:
            return None
        branching = prepared(msgspec.structs.replace(small, options=(*others, *inside)), self._ground, what)
        return cheapest(branching, branching.network.start, self._chosen)


class _Limit(msgspec.Struct, frozen=True):
    """What a ceiling says against variants, and whether it is proven; whether any design with them `stands` without
    ceilings."""

    case: Case | None = None
    proven: bool = False
    stands: bool = True


_WELL_BELOW = 0.999
"""Share of a limit up to which a sum keeps it however it is rounded."""


def over(option: Option, ceiling: Ceiling, total: float, value: Value | None = None) -> Case:
    """An option that breaks a limit, with what it comes to: of a whole design, or at best."""
    comes_to = f"{'' if value else 'at best '}{say(ceiling.what, total)}"
    reason = f"{ceiling.because.fact}; with it {comes_to}"
    would = value.total if value else None
    return Case(option, None, reason, because=ceiling.because, excess=comes_to, would=would)


def misfit(evaluator: Evaluator, chosen: Chosen, option: Option) -> str:
    """Why an option that no limit is against can't stand."""
    if option.axis in FOLLOW:
        return _too_small(evaluator, chosen, option)
    fault = evaluator.broken({**chosen, option.axis: option})
    if fault and not fault[1][0].startswith("!"):
        asks, giver = fault[0], _givers(evaluator, fault[1])
        if asks and asks != option.axis:
            return f"{named(chosen[asks])} beside it needs {giver}, and nothing else is possible there"
        return f"stands only with {giver}, for which the other demands leave no room"
    if fault:
        return f"can not stand beside {named(chosen[_barring(chosen, fault)])}"
    return "no size of it in the catalogue carries this load"


def _too_small(evaluator: Evaluator, chosen: Chosen, option: Option) -> str:
    """What a size offers, and what is asked of it."""
    if option.axis == "compute":
        return f"{option.cores:g} cores each: too many of them, or of too little memory, for what the peak takes"
    asked = max(0.0, evaluator.base + sum(o.store for o in chosen.values()))
    if option.room < evaluator.hot:
        return f"{option.room:g} GB of memory, {figure(evaluator.hot)} GB are read often"
    return f"{option.supply:g} cores, the peak takes {figure(asked)} with headroom"


def _givers(evaluator: Evaluator, traits: tuple[str, ...]) -> str:
    """The options that would give one of the traits, by their labels."""
    names = dict.fromkeys(named(o) for t in traits for o in evaluator.givers.get(t, ()))
    found = list(names) or [t.partition(":")[2].replace("_", " ") or t for t in traits]
    return " or ".join(found[:3])


def _barring(chosen: Chosen, fault: tuple[str, tuple[str, ...]]) -> str:
    """The axis of what stands against what."""
    axis, (trait, *_) = fault
    return next((a for a, o in chosen.items() if a != axis and trait[1:] in o.gives), axis)


def named(option: Option) -> str:
    """An option in a sentence about the whole design: `none` says what there is none of."""
    if option.label != "none":
        return option.label
    return f"no {'CDN' if option.axis == 'cdn' else option.dimension.value.replace('_', ' ')}"


def say(what: str, value: float) -> str:
    """A sum as a reader calls it: an availability, money, a time, hours of work."""
    if what == "down":
        return f"{percent(1 - value)}"
    if what == "delay":
        return duration(value)
    return f"{money(value)} a month" if what == "infra" else f"{value:,.0f} h a month"
