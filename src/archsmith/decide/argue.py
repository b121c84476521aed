"""The argument: for each option that lost, what it violates or how much dearer the best design with it is."""

from archsmith.decide.barred import FOLLOW, Barred, Case, named, over
from archsmith.decide.branch import Branching, Found
from archsmith.decide.evaluator import Chosen, Evaluator, Value
from archsmith.decide.ground import Ground
from archsmith.decide.network import bits
from archsmith.decide.optimum import cheapest, prepared, these
from archsmith.decide.option import Option, Space
from archsmith.decide.program import CENT
from archsmith.decide.reduce import no_more_demanding, used
from archsmith.decide.settle import Settled, beyond, solved
from archsmith.decide.worlds import world
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import listed
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.decisions import Loser, LossKind

ROOTS = ("provider", "zones", "engine", "platform", "style")
"""Axes whose losers change much else: these are forced and solved anew, as far as the number of solves allows."""
SOLVES = 8
FEW = 6
"""Nodes that are looked at for an option of which a design is known."""


def cases(settled: Settled, ground: Ground) -> dict[str, dict[OptionId, Case]]:
    """For each axis, each option but the chosen one."""
    evaluator = Evaluator(settled.space, ground, settled.reduced)
    best = evaluator.value(settled.chosen)
    now = best.total if best else 0.0
    evaluator.anchor_at(settled.chosen)
    designs: list[tuple[Value, Chosen]] = []
    found: dict[str, dict[OptionId, Case]] = {}
    left = SOLVES
    axes = [*ROOTS, *(a for a in settled.chosen if a not in ROOTS)]
    traits = used(settled.space)
    whole, barred = prepared(settled.space, ground), Barred(settled, ground, evaluator)
    for axis in axes:
        chosen = settled.chosen[axis]
        rivals = _rivals(settled, evaluator, axis)
        if axis == "regions":
            found[axis] = {i: _in_its_world(settled, ground, rows[0], now) for i, rows in rivals.items()}
            continue
        found[axis] = {}
        for ident, variants in rivals.items():
            alive = [o for o in variants if (o.axis, o.key) not in settled.out]
            if not alive:
                barrier = settled.out[variants[0].axis, variants[0].key]
                found[axis][ident] = Case(variants[0], None, barrier.fact, because=barrier)
                continue
            result, exact = None, False
            if axis in ROOTS and left > 0:
                solved = _solve(settled, evaluator, axis, alive)
                left -= 1
                if solved is _IMPOSSIBLE:
                    found[axis][ident] = barred.case(alive)
                    continue
                result, exact = solved, True
                if result:
                    designs.append(result)
            if result is None:
                result, exact = _cheapest(evaluator, settled.chosen, designs, axis, alive, chosen, traits)
                proof = barred.proof(alive) if result is None else None
                if proof:
                    found[axis][ident] = proof
                    continue
                if not exact:
                    result, exact = _searched(whole, evaluator, settled.chosen, axis, alive, result)
            found[axis][ident] = _case(result, now, exact, settled, axis) if result else barred.case(alive)
    return {axis: found[axis] for axis in settled.chosen}


_IMPOSSIBLE: tuple[Value, Chosen] = (Value(float("inf"), (0, 0)), {})


def _solve(settled: Settled, evaluator: Evaluator, axis: str, alive: list[Option]) -> tuple[Value, Chosen] | None:
    """The cheapest design with one of these variants, by the solver; None where the reduced space lacks them."""
    branching = settled.outcome.branching
    keys = {o.key for o in alive}
    inside = sum(1 << i for i, o in enumerate(settled.reduced) if o.axis == axis and o.key in keys)
    if not inside:
        return None
    network = branching.network
    best = cheapest(branching, network.start & ~network.axis[axis] | inside, settled.chosen)
    if best is None:
        return _IMPOSSIBLE if inside.bit_count() == len(alive) else None
    value = evaluator.value(best.chosen)
    return (value, {a: best.chosen[a] for a in settled.chosen}) if value else None


def _searched(
    whole: Branching,
    evaluator: Evaluator,
    chosen: Chosen,
    axis: str,
    alive: list[Option],
    known: tuple[Value, Chosen] | None,
) -> tuple[tuple[Value, Chosen] | None, bool]:
    """The cheapest design with one of these variants in the whole space, and whether it is proven to be.

    Where one is `known`, a few nodes tell most that cost less; that none stands is said only when it is proven.
    """
    keys, network, options = {o.key for o in alive}, whole.network, whole.columns.options
    inside = sum(1 << i for i in bits(network.axis[axis]) if options[i].key in keys)
    mask, first = network.start & ~network.axis[axis] | inside, these(whole, chosen)
    if known is None:
        best = cheapest(whole, mask, chosen)
        found = Found(best.design if best else None, 0)
    else:
        found = whole.search(mask, int(known[0].total * CENT * 100), first, FEW)
    if found.best is None:
        return known, not found.left
    design = {options[i].axis: options[i] for i in bits(found.best.mask)}
    value = evaluator.value(design)
    if value is None or (known and value.total >= known[0].total):
        return known, not found.left
    return (value, {a: design[a] for a in chosen}), not found.left


def _in_its_world(settled: Settled, ground: Ground, option: Option, now: float) -> Case:
    """Another role of the second region: the optimum of its own world."""
    if (option.axis, option.key) in settled.out:
        barrier = settled.out[option.axis, option.key]
        return Case(option, None, barrier.fact, because=barrier)
    there = world(settled.left, ground, option)
    evaluator = Evaluator(there, ground)
    best = solved(there, ground, known=settled.chosen)
    if best is None:
        return _out_of_reach(option, there, evaluator, settled)
    chosen = {a: best.chosen[a] for a in settled.chosen}
    value = evaluator.value(chosen)
    extra = max(0.0, value.total - now) if value else None
    return Case(option, extra, option.why, True, chosen)


def _out_of_reach(option: Option, there: Space, evaluator: Evaluator, settled: Settled) -> Case:
    """The limit that no design of a world keeps: by the least of each axis, or by the choices as they are now."""
    known = beyond(there)
    if known:
        return over(option, *known)
    free = evaluator.without_ceilings()
    found = free.carried_over(settled.chosen)
    if found:
        value, design = found
        sums = free.sums(design, value.counts)
        for ceiling in evaluator.ceilings:
            if sums[ceiling.what] > ceiling.most + 1e-6:
                return over(option, ceiling, sums[ceiling.what], value)
    return Case(option, None, "no design with it keeps all limits")


def _rivals(settled: Settled, evaluator: Evaluator, axis: str) -> dict[OptionId, list[Option]]:
    """Options of the axis by reader's id, without the chosen one; of followers those beside the chosen one."""
    chosen = settled.chosen[axis]
    rows = [o for o in settled.whole.options if o.axis == axis and o.id != chosen.id]
    if axis in FOLLOW:
        rows = [o for o in rows if o.needs == chosen.needs and o.needs]
    found: dict[OptionId, list[Option]] = {}
    for option in rows:
        found.setdefault(option.id, []).append(option)
    return found


def _cheapest(
    evaluator: Evaluator,
    chosen: Chosen,
    designs: list[tuple[Value, Chosen]],
    axis: str,
    alive: list[Option],
    winner: Option,
    traits: frozenset[str],
) -> tuple[tuple[Value, Chosen] | None, bool]:
    """The best of: put in the winner's place, what follows repaired; and designs that were solved for other options."""
    best: tuple[Value, Chosen] | None = None
    exact = False
    here = chosen["provider"].key
    for option in alive:
        where = _provider_of(option)
        if where in ("", here):
            found = evaluator.forced(chosen, option)
            if found and (best is None or found[0].total < best[0].total):
                best = found
                alone = all(found[1][a].key == o.key for a, o in chosen.items() if a != axis)
                exact = alone and no_more_demanding(winner, option, traits)
    for value, design in designs:
        if best and value.total >= best[0].total:
            continue  # what stands on it can't be cheaper than it is
        for option in alive:
            if _provider_of(option) not in ("", design["provider"].key):
                continue
            found = (value, design) if design[axis].key == option.key else evaluator.forced(design, option, 2)
            if found and (best is None or found[0].total < best[0].total):
                best, exact = found, False
    return best, exact


def _provider_of(option: Option) -> str:
    """The provider that an option is bound to, or nothing."""
    return next((t[9:] for group in option.needs if len(group) == 1 for t in group if t.startswith("provider:")), "")


def _case(result: tuple[Value, Chosen], now: float, exact: bool, settled: Settled, axis: str) -> Case:
    """An option that is possible, in its cheapest design."""
    value, design = result
    extra = max(0.0, value.total - now)
    mine = design[axis]
    others = (a for a, o in design.items() if o.id != settled.chosen[a].id and a not in (axis, *FOLLOW))
    changes = list(dict.fromkeys(named(design[a]) for a in others if design[a].label != mine.label))
    words = mine.why
    if changes:
        words += f"; with it {'comes' if len(changes) == 1 else 'come'} {listed(changes, 3)}"
    return Case(mine, extra, words, exact, design)


def losers(rows: dict[OptionId, Case]) -> tuple[Loser, ...]:
    """Possible ones by their extra, then the impossible ones in the order of the catalogue."""
    possible = sorted((c for c in rows.values() if c.extra is not None), key=lambda c: (c.extra or 0.0, c.option.key))
    impossible = [c for c in rows.values() if c.extra is None]
    return tuple(
        Loser(
            option=c.option.id,
            label=c.option.label,
            kind=LossKind.VIOLATES if c.extra is None else LossKind.DEARER,
            reason=c.reason,
            extra=None if c.extra is None else UsdPerMonth(round(c.extra, 2)),
            requirements=c.because.requirements if c.because else (),
        )
        for c in (*possible, *impossible)
    )
