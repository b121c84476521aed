"""A ceiling with a price: how much more designs cost that keep it, from below.

Each unit of the sum is charged, so that the axes stay apart; at the best charge the bound is the largest. The charge is
found from solution to solution: of one that breaks the ceiling and one that keeps it, the charge at which they cost the
same, until no third one costs less there. Geoffrion, Lagrangean relaxation for integer programming (1974).
"""

import math
from typing import NamedTuple

from archsmith.decide.bounds import Bounds
from archsmith.decide.loads import SIZES, Load
from archsmith.decide.network import bits

Row = tuple[int, int, int]
"""Cost, sum and bit of an option."""
_ROUNDS = 30


class Relaxed(NamedTuple):
    """Choices of each axis for itself: what they cost, what their sum is, and the plain ones among them."""

    cost: int
    total: int
    pick: int


def priced(bounds: Bounds, mask: int, place: int) -> tuple[int, Relaxed] | None:
    """A bound that knows of one ceiling, and choices that keep it; None where nothing keeps it."""
    _, most, _ = bounds.sums[place]
    rows = _rows(bounds, mask, place)
    cheap = _least(rows, 0.0)
    if cheap.total <= most:
        return cheap.cost, cheap
    kept = _least(rows, math.inf)
    if kept.total > most:
        return None
    low = cheap.cost
    for _ in range(_ROUNDS):
        charge = (kept.cost - cheap.cost) / (cheap.total - kept.total)
        found = _least(rows, charge)
        worth = found.cost + charge * (found.total - most)
        low = max(low, math.ceil(worth - _hair(worth)))
        if worth > cheap.cost + charge * (cheap.total - most) - _hair(worth):
            break
        cheap, kept = (found, kept) if found.total > most else (cheap, found)
    return low, kept


def _hair(figure: float) -> float:
    """More than what floats of this size are off."""
    return max(0.01, abs(figure) * 1e-12)


def _rows(bounds: Bounds, mask: int, place: int) -> list[list[Row]]:
    columns, network = bounds.columns, bounds.network
    what, _, column = bounds.sums[place]
    load = bounds.loads.lightest(mask)
    plain = (m & mask for axis, m in network.axis.items() if axis not in SIZES)
    rows = [[(columns.cost[i], column[i], 1 << i) for i in bits(m)] for m in plain]
    sizes = (b.bit_length() - 1 for b, _ in bounds.sizes_of(mask) if bounds.adequate(b, load))
    rows.append([(columns.cost[i], column[i], 0) for i in sizes])
    rows.append(_machines(bounds, mask, load, what, column))
    return rows


def _machines(bounds: Bounds, mask: int, load: Load, what: str, column: list[int]) -> list[Row]:
    found = []
    for _, _, index in bounds.machines_of(mask):
        counts = bounds.counted(load, index)
        if counts:
            found.append((bounds.rented(index, counts), column[index] + bounds.added(what, index, counts), 0))
    return found


def _least(rows: list[list[Row]], charge: float) -> Relaxed:
    """The least of each axis at a charge; of equals the one of the least sum."""
    cost = total = pick = 0
    for row in rows:
        if charge == math.inf:
            least = min(row, key=lambda r: (r[1], r[0]))
        elif charge:
            least = min(row, key=lambda r: (r[0] + charge * r[1], r[1]))
        else:
            least = min(row)
        cost += least[0]
        total += least[1]
        pick |= least[2]
    return Relaxed(cost, total, pick)
