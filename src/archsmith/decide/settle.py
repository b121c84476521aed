"""Solving until something fits: assumed targets give way first, stated ones only with a clash that says so."""

import math
import operator

import msgspec

from archsmith.decide.branch import NEVER
from archsmith.decide.ground import Ground
from archsmith.decide.optimum import Optimum, cheapest, prepared, proven
from archsmith.decide.option import Barrier, Ceiling, Option, Space
from archsmith.decide.prune import prune
from archsmith.decide.reduce import reduce
from archsmith.decide.worlds import role_of, worlds
from archsmith.model.decisions import Cut


class Settled(msgspec.Struct, frozen=True):
    """A solved space. `chosen`: the option of each axis; `counts`: instances at the peak and at the mean.

    `left` is what is left of `whole` after pruning, `out` why the rest is out; `space` is the world of the chosen role
    of a second region, with prices as they are in it, and `reduced` the options that the program is about.
    `gave_way`: names of assumed or clashing barriers that were left out.
    """

    whole: Space
    left: Space
    space: Space
    reduced: tuple[Option, ...]
    out: dict[tuple[str, str], Barrier]
    outcome: Optimum
    chosen: dict[str, Option]
    counts: tuple[int, int]
    gave_way: tuple[str, ...] = ()

    @property
    def here(self) -> dict[str, Option]:
        """The chosen options with what they cost in the first region alone."""
        plain = {(o.axis, o.key): o for o in self.whole.options}
        return {axis: plain[axis, o.key] for axis, o in self.chosen.items()}


def settle(
    space: Space, ground: Ground, cuts: tuple[Cut, ...] = (), known: dict[str, Option] | None = None
) -> Settled | None:
    """The cheapest design. Where targets that nobody stated stand in the way, as few of them as possible give way.

    None where the stated ones alone can't be met. `known`: a design to start from, which only saves time.
    """
    found = attempt(space, ground, cuts, known=known)
    if found:
        return found
    soft = sorted({r.because.name for r in space.rules if r.because.soft})
    dropped = list(soft)
    if not soft or not attempt(space, ground, cuts, frozenset(soft)):
        return None
    for name in soft:
        fewer = [n for n in dropped if n != name]
        if attempt(space, ground, cuts, frozenset(fewer)):
            dropped = fewer
    return attempt(space, ground, cuts, frozenset(dropped), gave_way=tuple(dropped))


def attempt(
    space: Space,
    ground: Ground,
    cuts: tuple[Cut, ...],
    without: frozenset[str] = frozenset(),
    gave_way: tuple[str, ...] = (),
    known: dict[str, Option] | None = None,
) -> Settled | None:
    """The cheapest design without the named rules, or None where there is none."""
    fewer = msgspec.structs.replace(space, rules=tuple(r for r in space.rules if r.because.name not in without))
    left, out = prune(fewer)
    best: Settled | None = None
    first = known["regions"].key if known else ""
    for here in sorted(worlds(left, ground), key=lambda w: role_of(w) != first):
        found = solved(here, ground, known, best.outcome.objective if best else None)
        if found:
            chosen = {axis: found.chosen[axis] for axis in dict.fromkeys(o.axis for o in space.options)}
            small = found.branching.columns.options
            best = Settled(space, left, here, small, out, found, chosen, found.design.counts, gave_way)
    return best


def solved(
    here: Space, ground: Ground, known: dict[str, Option] | None = None, upper: int | None = None
) -> Optimum | None:
    """The optimum of one world; None where nothing fits, or nothing that costs less than `upper`."""
    if beyond(here):
        return None
    branching = prepared(reduce(here, ground), ground)
    return cheapest(branching, branching.network.start, known, NEVER if upper is None else upper)


def confirmed(settled: Settled) -> Settled:
    """The same with the solver's proof that nothing is cheaper."""
    found = proven(settled.outcome)
    chosen = {axis: found.chosen[axis] for axis in settled.chosen}
    return msgspec.structs.replace(settled, outcome=found, chosen=chosen, counts=found.design.counts)


def beyond(here: Space) -> tuple[Ceiling, float] | None:
    """A ceiling that even the least of every axis together breaks, and that sum: then nothing has to be solved."""
    for rule in here.rules:
        if isinstance(rule, Ceiling):
            least: dict[str, float] = {}
            for option, value in zip(here.options, map(operator.attrgetter(rule.what), here.options), strict=True):
                if value < least.get(option.axis, math.inf):
                    least[option.axis] = value
            if sum(least.values()) > rule.most + 1e-9:
                return rule, sum(least.values())
    return None
