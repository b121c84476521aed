"""The lightest load that a mask of options puts on machines and store, in whole units."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archsmith.decide.columns import Columns
from archsmith.decide.network import Network
from archsmith.decide.program import NANO

SIZES = ("compute", "size")
"""Axes whose cost follows from the load that the others make."""
TRAITS = ("redundant", "hosting:local", "sized", "machines", "machines:1")
"""Of a design that its sizes depend on."""
Ranked = tuple[tuple[int, int], ...]
"""Options as bits, each with a figure, the least first."""


class Load(NamedTuple):
    """Thousandths of cores at the peak, at the mean and when one is lost; of GB; of cores asked of the store.

    `floor`: instances at least; `who`: frameworks and styles; `redundant`, `machines`, `single`, `sized`: whether that
    is certain.
    """

    peak: int
    mean: int
    lost: int
    memory: int
    asked: int
    floor: int
    redundant: bool
    who: int
    machines: bool
    single: bool
    sized: bool


class Loads:
    """The columns that loads are made of, ranked."""

    def __init__(self, columns: Columns, network: Network) -> None:
        """Ranks each axis by each figure that differs in it."""
        self.columns, self.network = columns, network
        plain = [rows for axis, rows in columns.axes.items() if axis not in SIZES]
        self.light = {name: varied(plain, getattr(columns, name)) for name in ("compute", "store")}
        self.light["memory"] = varied([*plain, columns.axes["size"]], columns.memory)
        self.savers = varied(plain, [-round(o.saves * NANO) for o in columns.options])
        self.relief = {
            framework: {i: [round(o.saves * a) for a in answers] for i, o in enumerate(columns.options) if o.saves}
            for framework, answers in columns.answers.items()
        }
        self.trait = {t: network.giving.get(t, 0) for t in TRAITS}
        self._who = network.axis["framework"] | network.axis["style"]
        self._bearing = self._who | self._bearers()
        self._known: dict[int, Load] = {}

    def _bearers(self) -> int:
        """All options of the axes that a load depends on."""
        ranked = [row for rows in (*self.light.values(), self.savers) for row in rows]
        bearing = sum({bit for row in ranked for bit, _ in row})
        for axis in self.network.axes:
            if any(axis & givers for givers in self.trait.values()):
                bearing |= axis
        return bearing

    def lightest(self, mask: int) -> Load:
        """The lightest load of a mask; worked out once for all masks that differ only in what bears on no load."""
        mask &= self._bearing
        found = self._known.get(mask)
        if found is None:
            found = self._known[mask] = self._lightest(mask)
        return found

    def _lightest(self, mask: int) -> Load:
        columns, sure, trait = self.columns, self.network.sure, self.trait
        savers = [next(bit for bit, _ in ranked if bit & mask).bit_length() - 1 for ranked in self.savers]
        peak = mean = lost = 1 << 60
        for framework, work in columns.work.items():
            if mask >> framework & 1:
                spared = [r for i in savers if (r := self.relief[framework].get(i))]
                peak = min(peak, work[0] - sum(s[0] for s in spared))
                mean = min(mean, work[1] - sum(s[1] for s in spared))
                lost = min(lost, work[2] - sum(s[2] for s in spared))
        peak += least(self.light["compute"], mask)
        asked = columns.base + least(self.light["store"], mask)
        if trait["hosting:local"] & mask and (asked < 0 or sure(mask, trait["hosting:local"])):
            peak += asked
        redundant = sure(mask, trait["redundant"])
        services = 1
        if not trait["machines"] & mask:
            services = min(n for i, n in columns.services.items() if mask >> i & 1)
        return Load(
            peak=peak,
            mean=mean,
            lost=lost,
            memory=columns.app + least(self.light["memory"], mask),
            asked=asked,
            floor=services * (2 if redundant else 1),
            redundant=redundant,
            who=mask & self._who,
            machines=sure(mask, trait["machines"]),
            single=sure(mask, trait["machines:1"]),
            sized=sure(mask, trait["sized"]),
        )


def ranked(rows: Iterable[int], column: Sequence[int]) -> Ranked:
    """The options of an axis by a figure, the least first."""
    return tuple((1 << i, column[i]) for i in sorted(rows, key=lambda i: (column[i], i)))


def varied(axes: Iterable[Iterable[int]], column: Sequence[int]) -> tuple[Ranked, ...]:
    """The ranked axes in which a column is not zero everywhere."""
    return tuple(ranked(rows, column) for rows in axes if any(column[i] for i in rows))


def least(rows: Iterable[Ranked], mask: int) -> int:
    """The sum of the least figure of each axis."""
    total = 0
    for row in rows:
        for bit, figure in row:
            if bit & mask:
                total += figure
                break
    return total
