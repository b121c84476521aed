"""Solving until something fits: assumed targets give way first, stated ones only with a clash that says so."""

import msgspec

from archsmith.decide.evaluator import Evaluator
from archsmith.decide.ground import Ground
from archsmith.decide.option import Barrier, Ceiling, Option, Space
from archsmith.decide.program import Program, build
from archsmith.decide.prune import prune
from archsmith.decide.reduce import below, reduce
from archsmith.decide.solver import Outcome, Solver
from archsmith.model.decisions import Cut


class Settled(msgspec.Struct, frozen=True):
    """A solved space. `chosen`: the option of each axis; `counts`: instances at the peak and at the mean.

    `space` is what is left of `whole` after pruning, `out` why the rest is out; `reduced` are the options that the
    program is about. `gave_way`: names of assumed or clashing barriers that were left out.
    """

    whole: Space
    space: Space
    reduced: tuple[Option, ...]
    out: dict[tuple[str, str], Barrier]
    program: Program
    solver: Solver
    outcome: Outcome
    chosen: dict[str, Option]
    counts: tuple[int, int]
    gave_way: tuple[str, ...] = ()


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
    small = reduce(left, ground)
    if known:
        start = Evaluator(small, ground).carried_over(known)
        small = below(small, ground, start[0].total) if start else small
    program = build(small, ground, cuts)
    solver = Solver(program)
    outcome = solver.solve()
    if outcome.values is None:
        return None
    chosen = {o.axis: o for i, o in enumerate(small.options) if outcome.values[i]}
    pair = next((pair for i, pair in program.counts.items() if outcome.values[i]), None)
    counts = (outcome.values[pair[0]], outcome.values[pair[1]]) if pair else (1, 1)
    return Settled(space, left, small.options, out, program, solver, outcome, chosen, counts, gave_way)


def ceiling(space: Space, what: str) -> Ceiling | None:
    """The ceiling on a sum, if there is one."""
    return next((r for r in space.rules if isinstance(r, Ceiling) and r.what == what), None)
