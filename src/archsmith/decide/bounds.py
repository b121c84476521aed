"""What a design of a mask costs at least, and the cheapest sizes for choices that are made.

The same arithmetic gives both: with one option an axis, the lightest load is the load.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from archsmith.decide.columns import Columns, Counts
from archsmith.decide.network import Network, bits
from archsmith.decide.program import MILLI, NANO, SCALE

SIZES = ("compute", "size")
"""Axes whose cost follows from the load that the others make."""
Ranked = tuple[tuple[int, int], ...]
"""Options as bits, each with a figure, the least first."""


class Design(msgspec.Struct, frozen=True):
    """A design that stands: its cost in the objective's unit, the mask of its options, its instances."""

    cost: int
    mask: int
    counts: Counts


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


class Bound(NamedTuple):
    """What any design costs at least, the plain choices behind that, and the sizes under the lightest load."""

    low: int
    pick: int
    sizes: int
    machine: int
    counts: Counts


class Bounds:
    """The columns of a space, ranked."""

    def __init__(self, columns: Columns, network: Network) -> None:
        """Ranks each axis by each figure that differs in it."""
        self.columns, self.network = columns, network
        plain = [rows for axis, rows in columns.axes.items() if axis not in SIZES]
        self.costs = tuple(_ranked(rows, columns.cost) for rows in plain)
        self.sizes = _ranked(columns.axes["size"], columns.cost)
        dear = {i: columns.cost[i] + sum(m.rent) + m.upkeep for i, m in columns.machines.items()}
        self.machines = tuple((1 << i, dear[i], i) for i in sorted(dear, key=lambda i: (dear[i], i)))
        self.light = {name: _varied(plain, getattr(columns, name)) for name in ("compute", "store")}
        self.light["memory"] = _varied([*plain, columns.axes["size"]], columns.memory)
        self.savers = _varied(plain, [-round(o.saves * NANO) for o in columns.options])
        self.relief = {
            framework: {i: [round(o.saves * a) for a in answers] for i, o in enumerate(columns.options) if o.saves}
            for framework, answers in columns.answers.items()
        }
        answers = max((a[0] for a in columns.answers.values()), default=0.0)
        self._weight = [
            columns.compute[i] + columns.store[i] - round(o.saves * answers) + columns.work.get(i, (0,))[0]
            for i, o in enumerate(columns.options)
        ]
        self._who = network.axis["framework"] | network.axis["style"]
        self._spares: dict[tuple[int, int], int] = {}
        self.trait = {t: network.giving.get(t, 0) for t in _TRAITS}
        self.sums = tuple((what, most, columns.scaled(what, SCALE[what])) for what, most in columns.ceilings)
        self.light_sums = tuple(_varied(columns.axes.values(), column) for _, _, column in self.sums)

    def below(self, mask: int, upper: int) -> Bound | None:
        """The least that a design of the mask can cost; None where that is not below `upper`."""
        total = pick = 0
        for ranked in self.costs:
            for bit, cost in ranked:
                if bit & mask:
                    total += cost
                    pick |= bit
                    break
        if total >= upper:
            return None
        for (_, most, _), rows in zip(self.sums, self.light_sums, strict=True):
            if _least(rows, mask) > most:
                return None
        load = self.load(mask)
        size = next(((bit, cost) for bit, cost in self.sizes if bit & mask and self.adequate(bit, load)), None)
        if size is None or total + size[1] >= upper:
            return None
        machine = self._cheapest_machine(mask, load)
        if machine is None or total + size[1] + machine[0] >= upper:
            return None
        return Bound(total + size[1] + machine[0], pick, size[0] | 1 << machine[1], *machine[1:])

    def load(self, mask: int) -> Load:
        """The lightest load of a mask."""
        columns, sure, trait = self.columns, self.network.sure, self.trait
        savers = [next(bit for bit, _ in ranked if bit & mask).bit_length() - 1 for ranked in self.savers]
        peak = mean = lost = 1 << 60
        for framework, work in columns.work.items():
            if mask >> framework & 1:
                spared = [r for i in savers if (r := self.relief[framework].get(i))]
                peak = min(peak, work[0] - sum(s[0] for s in spared))
                mean = min(mean, work[1] - sum(s[1] for s in spared))
                lost = min(lost, work[2] - sum(s[2] for s in spared))
        peak += _least(self.light["compute"], mask)
        asked = columns.base + _least(self.light["store"], mask)
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
            memory=columns.app + _least(self.light["memory"], mask),
            asked=asked,
            floor=services * (2 if redundant else 1),
            redundant=redundant,
            who=mask & self._who,
            machines=sure(mask, trait["machines"]),
            single=sure(mask, trait["machines:1"]),
            sized=sure(mask, trait["sized"]),
        )

    def decides(self, mask: int) -> bool:
        """Whether it is open in an axis if a design has a trait that its sizes depend on."""
        return any(mask & givers and mask & ~givers for givers in self.trait.values())

    def heavier(self, mask: int, pick: int) -> int:
        """By how much more an option loads machines and store than the lightest of an axis, in thousandths of cores."""
        return self._weight[pick.bit_length() - 1] - min(self._weight[i] for i in bits(mask))

    def adequate(self, bit: int, load: Load) -> bool:
        """Whether a size of the store is enough."""
        if not load.sized:
            return True
        index = bit.bit_length() - 1
        option = self.columns.options[index]
        asked = load.asked + self.columns.store[index]
        return round(option.supply * MILLI) >= asked and round(option.room * MILLI) >= self.columns.hot

    def _cheapest_machine(self, mask: int, load: Load) -> tuple[int, int, Counts] | None:
        best: tuple[int, int, Counts] | None = None
        for bit, least, index in self.machines:
            if best is not None and least >= best[0]:
                break
            if bit & mask:
                counts = self.counted(load, index)
                if counts:
                    cost = self.rented(index, counts)
                    best = (cost, index, counts) if best is None or cost < best[0] else best
        return best

    def rented(self, index: int, counts: Counts) -> int:
        """What so many machines cost in the objective."""
        machine = self.columns.machines[index]
        peak, mean = machine.rent
        return self.columns.cost[index] + counts[0] * (peak + machine.upkeep) + counts[1] * mean

    def sized(self, mask: int, pick: int, upper: int) -> Design | None:
        """The cheapest design with these choices and sizes of the mask that costs less than `upper`."""
        beside = mask
        for index in bits(pick):
            beside &= self.network.beside[index] | pick
        plain = sum(self.columns.cost[i] for i in bits(pick))
        best: Design | None = None
        for bit, cost in self.sizes:
            if not bit & beside:
                continue
            load = self.load(pick | bit | beside & self.network.axis["compute"])
            if not self.adequate(bit, load):
                continue
            for machine, least, index in self.machines:
                if plain + cost + least >= upper:
                    break
                counts = self.counted(load, index) if machine & beside else None
                total = plain + cost + self.rented(index, counts) if counts else upper
                design = pick | bit | machine
                if counts and total < upper and not self.network.fault(design) and not self.over(design, counts):
                    best, upper = Design(total, design, counts), total
        return best

    def counted(self, load: Load, index: int) -> Counts | None:
        """Instances at the peak and at the mean that a load takes; None where there may not be so many."""
        machine = self.columns.machines[index]
        least = max(load.floor, -(-load.mean // machine.cores))
        most = max(least, -(-load.peak // machine.cores))
        if load.redundant:
            most = max(most, -(-load.lost // machine.cores) + self._spare(index, load.who))
        if load.machines:
            most = max(most, -(-load.memory // machine.room))
        if most > machine.most or (load.single and most > 1):
            return None
        return most, least

    def _spare(self, index: int, who: int) -> int:
        """The fewest spare instances with any framework and style of a mask."""
        found = self._spares.get((index, who))
        if found is None:
            columns = self.columns
            frameworks = [i for i in columns.work if who >> i & 1]
            services = {n for i, n in columns.services.items() if who >> i & 1}
            found = min(columns.spare(index, f, n) for f in frameworks for n in services)
            self._spares[index, who] = found
        return found

    def over(self, chosen: int, counts: Counts) -> bool:
        """Whether a design breaks a ceiling."""
        machine = (chosen & self.network.axis["compute"]).bit_length() - 1
        return any(
            sum(column[i] for i in bits(chosen)) + self.added(what, machine, counts) > most
            for what, most, column in self.sums
        )

    def strained(self, bound: Bound) -> list[int]:
        """The ceilings that the choices behind a bound break."""
        chosen = list(bits(bound.pick | bound.sizes))
        return [
            place
            for place, (what, most, column) in enumerate(self.sums)
            if sum(column[i] for i in chosen) + self.added(what, bound.machine, bound.counts) > most
        ]

    def added(self, what: str, index: int, counts: Counts) -> int:
        """What counted machines add to the sum of a ceiling."""
        machine = self.columns.machines[index]
        if what == "infra":
            return counts[0] * machine.bill[0] + counts[1] * machine.bill[1]
        return counts[0] * machine.hours if what == "ops" else 0


_TRAITS = ("redundant", "hosting:local", "sized", "machines", "machines:1")


def _ranked(rows: Iterable[int], column: Sequence[int]) -> Ranked:
    return tuple((1 << i, column[i]) for i in sorted(rows, key=lambda i: (column[i], i)))


def _varied(axes: Iterable[Iterable[int]], column: Sequence[int]) -> tuple[Ranked, ...]:
    """The ranked axes in which a column is not zero everywhere."""
    return tuple(_ranked(rows, column) for rows in axes if any(column[i] for i in rows))


def _least(rows: Iterable[Ranked], mask: int) -> int:
    """The sum of the least figure of each axis."""
    total = 0
    for ranked in rows:
        for bit, figure in ranked:
            if bit & mask:
                total += figure
                break
    return total
