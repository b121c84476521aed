"""Branch and bound over the axes: the cheapest design of a space, or what is left of the space for the solver.

A node is a mask of the options that are still open. Where the choices behind its bound stand together and cost no more
than the bound says, the node is done; else its most important open axis is split. Land and Doig, An automatic method of
solving discrete programming problems (1960).
"""

import msgspec

from archsmith.decide.bounds import Bound, Bounds, Design
from archsmith.decide.columns import Columns
from archsmith.decide.loads import SIZES
from archsmith.decide.network import Network
from archsmith.decide.priced import priced

NODES = 120
"""Nodes that are looked at before the rest is left to the solver: about as long as that takes."""
NEVER = 1 << 60
"""More than any design costs."""


class Found(msgspec.Struct, frozen=True):
    """The cheapest design that was seen. It is the optimum where no option is `left` to look at."""

    best: Design | None
    left: int


class Branching:
    """A space, prepared once, searched as often as wanted with some options left out."""

    def __init__(self, columns: Columns, network: Network) -> None:
        """The tables of the bounds."""
        self.columns, self.network = columns, network
        self.bounds = Bounds(columns, network)
        self.ranked = (*self.bounds.costs, self.bounds.sizes, tuple((b, c) for b, c, _ in self.bounds.machines))
        self.nodes = 0

    def search(self, mask: int, upper: int = NEVER, first: int = 0, nodes: int = NODES) -> Found:
        """The cheapest design of the mask that costs less than `upper`; options of `first` are tried first."""
        self._upper, self._first, self._budget = upper, first, nodes
        self._best: Design | None = None
        self._left = 0
        mask = self.network.close(mask & self.network.start)
        bound = self.bounds.below(mask, upper) if mask else None
        if bound:
            self._node(mask, bound)
        return Found(self._best, self._left)

    def _node(self, mask: int, bound: Bound) -> None:
        if self._budget <= 0:
            self._left |= mask
            return
        self._budget -= 1
        self.nodes += 1
        self._take(self.bounds.sized(mask, bound.pick, self._upper))
        contested = self._charged(mask, bound) if self._upper > bound.low else -1
        axis = self._open(mask, bound, contested) if contested >= 0 else 0
        children = []
        rest, here = mask & ~axis, mask & axis
        others = bound.low - self._cost(bound.pick & axis)  # a bound never falls as options go
        while here:
            bit = here & -here
            here ^= bit
            if others + self._cost(bit) >= self._upper:
                continue
            child = self.network.close(rest | bit)
            below = self.bounds.below(child, self._upper, bound) if child else None
            if below:
                children.append((not bit & self._first, below, child))
        for _, below, child in sorted(children):
            if below.low < self._upper:
                self._node(child, below)

    def _cost(self, bit: int) -> int:
        """What an option costs; nothing for none."""
        return self.columns.cost[bit.bit_length() - 1] if bit else 0

    def _take(self, design: Design | None) -> None:
        if design:
            self._best, self._upper = design, design.cost

    def _charged(self, mask: int, bound: Bound) -> int:
        """Choices that keep the ceilings where the least ones do not: tried too. -1: none cost less than is known."""
        contested = 0
        for place in self.bounds.strained(bound):
            found = priced(self.bounds, mask, place)
            if found is None or found[0] >= self._upper:
                return -1
            if found[1].pick != bound.pick:
                self._take(self.bounds.sized(mask, found[1].pick, self._upper))
                contested |= found[1].pick ^ bound.pick
        return contested

    def _open(self, mask: int, bound: Bound, contested: int) -> int:
        """The options of the axis to split, or 0 where sizes alone are open.

        One that much depends on; one of a fault; the one whose pick loads the machines more than its lightest; any.
        """
        network, bounds = self.network, self.bounds
        for name in network.pivots:
            if name not in SIZES and _several(network.axis[name] & mask):
                return network.axis[name]
        rows = [m for name, m in network.axis.items() if name not in SIZES and _several(m & mask)]
        for reason in (network.fault(bound.pick | bound.sizes), contested):
            found = next((m for m in rows if m & reason), 0)
            if found:
                return found
        return max(rows, key=lambda m: (bounds.decides(mask & m), bounds.heavier(mask & m, bound.pick & m)), default=0)


def _several(mask: int) -> bool:
    return bool(mask & (mask - 1))
