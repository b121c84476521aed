"""The optimum is the optimum: branch and bound, the solver and trying everything agree on random small spaces."""

import random

import pytest
from msgspec.structs import replace
from tests.decide.spaces import BASE, HERE, WHOLE, brute, space

from archsmith.decide.branch import NEVER
from archsmith.decide.network import bits
from archsmith.decide.optimum import Optimum, cheapest, prepared, proven
from archsmith.decide.option import Cores, Option, Space
from archsmith.decide.program import build
from archsmith.decide.prune import prune
from archsmith.decide.reduce import reduce
from archsmith.decide.settle import attempt
from archsmith.decide.solver import Solver
from archsmith.kernel.ids import OptionId

SEEDS = range(400)
CHUNK = 20


def searched(here: Space, without: int = 0) -> Optimum | None:
    branching = prepared(here, HERE)
    return cheapest(branching, branching.network.start & ~without)


def keys(chosen: dict[str, Option]) -> tuple[str, ...]:
    return tuple(sorted(f"{o.axis}={o.key}" for o in chosen.values()))


@pytest.mark.parametrize("start", SEEDS[::CHUNK])
def test_trying_everything_finds_nothing_else(start: int) -> None:
    for seed in range(start, start + CHUNK):
        here = space(seed)
        best = brute(here, HERE)
        found = searched(here)
        assert (found.objective if found else None) == (best[0] if best else None), seed
        outcome = Solver(build(here, HERE)).solve()
        assert (outcome.objective if outcome.values else None) == (best[0] if best else None), seed
        if found and best:
            assert found.design.counts == best[2], seed
            assert found.optimal
            assert proven(found).objective == best[0]


@pytest.mark.parametrize("start", SEEDS[::CHUNK])
def test_what_is_dropped_before_is_not_missed(start: int) -> None:
    for seed in range(start, start + CHUNK):
        here = space(seed)
        whole, small = searched(here), searched(reduce(prune(here)[0], HERE))
        settled = attempt(here, HERE, ())
        assert (small.objective if small else None) == (whole.objective if whole else None), seed
        assert (settled.outcome.objective if settled else None) == (whole.objective if whole else None), seed


@pytest.mark.parametrize("start", SEEDS[::CHUNK])
def test_the_order_of_options_and_axes_decides_nothing(start: int) -> None:
    for seed in range(start, start + CHUNK):
        here = space(seed)
        rows, rules = list(here.options), list(here.rules)
        random.Random(seed + 1).shuffle(rows)
        random.Random(seed + 2).shuffle(rules)
        first, second = (
            attempt(here, HERE, ()),
            attempt(replace(here, options=tuple(rows), rules=tuple(rules)), HERE, ()),
        )
        assert (keys(first.chosen) if first else ()) == (keys(second.chosen) if second else ()), seed


def test_spaces_are_of_all_kinds() -> None:
    """Enough have a design, and enough have none; else the tests above show little."""
    best = [brute(space(seed), HERE) for seed in SEEDS[:60]]
    assert 15 <= sum(b is not None for b in best) <= 55


def test_a_known_design_or_a_small_budget_of_nodes_changes_no_optimum() -> None:
    for seed in SEEDS[:60]:
        branching = prepared(space(seed), HERE)
        start = branching.network.start
        whole = cheapest(branching, start)
        if whole is None:
            continue
        for index in bits(whole.design.mask):
            other = cheapest(branching, start & ~(1 << index))
            known = cheapest(branching, start, other.chosen if other else None)
            assert known
            assert known.objective == whole.objective
        found = branching.search(start, nodes=1)
        assert found.left or (found.best and found.best.cost == whole.objective)


def test_a_framework_that_is_cheaper_to_build_with_does_not_stand_for_a_lighter_one() -> None:
    """Two that give and need the same: the one that takes days more takes a tenth of the machines."""
    chosen = BASE["framework"]
    light = replace(chosen, key="light", id=OptionId("light"), build=chosen.build + 0.1)
    heavy, few = Cores(40.0, 20.0, 40.0, 20.0), Cores(4.0, 2.0, 4.0, 2.0)
    options = tuple(o for o in WHOLE.options if o.axis in ("compute", "framework") or o in BASE.values())
    options = (*(o for o in options if o.axis != "framework" or o is chosen), light)
    here = replace(WHOLE, options=options, web={f"framework:{chosen.key}": heavy, "framework:light": few})
    settled = attempt(here, HERE, ())
    whole = searched(here)
    assert settled and whole
    assert settled.chosen["framework"].key == "light" == whole.chosen["framework"].key
    assert settled.outcome.objective == whole.objective


def test_a_bound_from_the_mask_above_is_the_bound_itself() -> None:
    """And never less than that of the mask above, which is why what costs too much need not be tried."""
    looked = 0
    for seed in SEEDS:
        branching, chance = prepared(space(seed), HERE), random.Random(seed)
        bounds, network = branching.bounds, branching.network
        mask = network.close(network.start)
        above = bounds.below(mask, NEVER) if mask else None
        while above:
            axis = chance.choice(network.axes) & mask
            child = network.close(mask & ~axis | 1 << chance.choice(bits(axis)))
            below = bounds.below(child, NEVER, above) if child else None
            if not below:
                break
            assert below == bounds.below(child, NEVER), seed
            assert below.low >= above.low, seed
            looked += child != mask
            if all(m & child & (m & child) - 1 == 0 for m in network.axes):
                break
            mask, above = child, below
    assert looked > 100
