"""Solving until something fits: assumed targets give way first, stated ones only with a clash that says so."""

import msgspec

from archsmith.decide.evaluator import Evaluator
from archsmith.decide.ground import Ground
from archsmith.decide.option import Barrier, Ceiling, Option, Space
from archsmith.decide.program import CENT, Program, build
from archsmith.decide.prune import prune
from archsmith.decide.reduce import below, reduce
from archsmith.decide.solver import Outcome, Solver
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
    program: Program
    solver: Solver
    outcome: Outcome
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
        most = best.outcome.objective / (CENT * 100) if best else None
        found = solved(here, ground, cuts, known, most)
        if found is None:
            continue
        small, program, solver, outcome = found
        if best is None or outcome.objective < best.outcome.objective:
            chosen, counts = read(small, program, outcome)
            best = Settled(space, left, here, small.options, out, program, solver, outcome, chosen, counts, gave_way)
    return best


def solved(
    here: Space,
    ground: Ground,
    cuts: tuple[Cut, ...] = (),
    known: dict[str, Option] | None = None,
    most: float | None = None,
) -> tuple[Space, Program, Solver, Outcome] | None:
    """The optimum of one world; None where nothing fits, or nothing that costs less than `most`."""
    if beyond(here):
        return None
    small = reduce(here, ground)
    start = Evaluator(small, ground).carried_over(known) if known else None
    bounds = [b for b in (most, start[0].total if start else None) if b is not None]
    if bounds:
        small = below(small, ground, min(bounds))
        if {o.axis for o in small.options} != {o.axis for o in here.options}:
            return None
    program = build(small, ground, cuts)
    solver = Solver(program)
    outcome = solver.solve()
    return (small, program, solver, outcome) if outcome.values is not None else None


def beyond(here: Space) -> tuple[Ceiling, float] | None:
    """A ceiling that even the least of every axis together breaks, and that sum: then nothing has to be solved."""
    for rule in here.rules:
        if isinstance(rule, Ceiling):
            least: dict[str, float] = {}
            for option in here.options:
                value = getattr(option, rule.what)
                least[option.axis] = min(value, least.get(option.axis, value))
            if sum(least.values()) > rule.most + 1e-9:
                return rule, sum(least.values())
    return None


def read(small: Space, program: Program, outcome: Outcome) -> tuple[dict[str, Option], tuple[int, int]]:
    """The chosen option of each axis, and the instances at the peak and at the mean."""
    values = outcome.values or ()
    chosen = {o.axis: o for i, o in enumerate(small.options) if values[i]}
    pair = next((pair for i, pair in program.counts.items() if values[i]), None)
    return chosen, (values[pair[0]], values[pair[1]]) if pair else (1, 1)
