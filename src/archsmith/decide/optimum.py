"""The optimum of one world: by branch and bound, and where that ends early by the solver; by the solver as a proof."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from archsmith.decide.bounds import Design
from archsmith.decide.branch import NEVER, Branching
from archsmith.decide.columns import Columns
from archsmith.decide.ground import Ground
from archsmith.decide.network import Network, bits
from archsmith.decide.option import Option, Space
from archsmith.decide.program import build
from archsmith.decide.solver import Solver


class Optimum(msgspec.Struct, frozen=True):
    """The cheapest design, the space that it was searched in, and whether nothing in it is cheaper."""

    branching: Branching
    design: Design
    optimal: bool

    @property
    def objective(self) -> int:
        """Hundredths of a cent a month, with the tie-break."""
        return self.design.cost

    @property
    def chosen(self) -> dict[str, Option]:
        """The option of each axis."""
        options = self.branching.columns.options
        return {options[i].axis: options[i] for i in bits(self.design.mask)}


def prepared(space: Space, ground: Ground, aim: str = "") -> Branching:
    """A space made ready for searches. `aim`: the sum of a ceiling that is to be the least, in place of the cost."""
    return Branching(Columns(space, ground, aim), Network(space))


def cheapest(
    branching: Branching, mask: int, known: Mapping[str, Option] | None = None, upper: int = NEVER
) -> Optimum | None:
    """The cheapest design of a mask, below `upper`; None where there is none. `known`: choices to try first."""
    first = these(branching, known) if known else 0
    found = branching.search(mask, upper, first)
    best, optimal = found.best, True
    if found.left:
        best, optimal = _solved(branching, found.left | (best.mask if best else 0), best)
    return Optimum(branching, best, optimal) if best and best.cost < upper else None


def proven(found: Optimum) -> Optimum:
    """The same found again by the solver, among all options that cost no more than the design leaves room for.

    Two ways to the same optimum: should the solver know of a cheaper one, that is taken.
    """
    branching, design = found.branching, found.design
    low = sum(ranked[0][1] for ranked in branching.ranked)
    room = design.cost - low
    mask = sum(bit for ranked in branching.ranked for bit, cost in ranked if cost - ranked[0][1] <= room)
    best, optimal = _solved(branching, mask & branching.network.start | design.mask, design)
    return Optimum(branching, best or design, optimal or found.optimal)


def _solved(branching: Branching, mask: int, known: Design | None) -> tuple[Design | None, bool]:
    """By the solver, among the options of a mask."""
    columns = branching.columns
    rows = bits(mask)
    program = build(replace(columns.space, options=tuple(columns.options[i] for i in rows)), columns.ground)
    outcome = Solver(replace(program, cost=_cost(columns, rows, program.counts))).solve()
    values = outcome.values
    if values is None or (known and known.cost <= outcome.objective):
        return known, outcome.optimal
    most, least = next(pair for i, pair in program.counts.items() if values[i])
    chosen = sum(1 << i for n, i in enumerate(rows) if values[n])
    return Design(outcome.objective, chosen, (values[most], values[least])), outcome.optimal


def _cost(columns: Columns, rows: list[int], counts: dict[int, tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The objective over the variables of a program of these options."""
    cost = [(n, columns.cost[i]) for n, i in enumerate(rows)]
    for n, (most, least) in counts.items():
        machine = columns.machines[rows[n]]
        cost += [(most, machine.rent[0] + machine.upkeep), (least, machine.rent[1])]
    return tuple(cost)


def these(branching: Branching, known: Mapping[str, Option]) -> int:
    """The mask of choices, as far as the space has them."""
    places = branching.columns.places
    found = (places.get((o.axis, o.key)) for o in known.values())
    return sum(1 << i for i in found if i is not None)
