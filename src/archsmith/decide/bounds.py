"""What a design of a mask costs at least, and the cheapest sizes for choices that are made.

The same arithmetic gives both: with one option an axis, the lightest load is the load.
"""

from typing import NamedTuple

import msgspec

from archsmith.decide.columns import Columns, Counts
from archsmith.decide.loads import SIZES, Load, Loads, Ranked, least, ranked, varied
from archsmith.decide.network import Network, bits
from archsmith.decide.program import MILLI, SCALE


class Design(msgspec.Struct, frozen=True):
    """A design that stands: its cost in the objective's unit, the mask of its options, its instances."""

    cost: int
    mask: int
    counts: Counts


class Bound(NamedTuple):
    """What any design costs at least, the plain choices behind that, and the sizes under the lightest load.

    `plain`: what the plain choices cost.
    """

    low: int
    pick: int
    sizes: int
    machine: int
    counts: Counts
    plain: int


class Bounds:
    """The columns of a space, ranked."""

    def __init__(self, columns: Columns, network: Network) -> None:
        """Ranks each axis by each figure that differs in it."""
        self.columns, self.network = columns, network
        plain = (axis for axis in columns.axes if axis not in SIZES)
        self._ranked = {axis: ranked(columns.axes[axis], columns.cost) for axis in plain}
        self.costs = tuple(self._ranked.values())
        self.sizes = ranked(columns.axes["size"], columns.cost)
        self._beyond = {bit: _carried(columns, bit.bit_length() - 1) for bit, _ in self.sizes}
        dear = {i: columns.cost[i] + sum(m.rent) + m.upkeep for i, m in columns.machines.items()}
        self.machines = tuple((1 << i, dear[i], i) for i in sorted(dear, key=lambda i: (dear[i], i)))
        answers = max((a[0] for a in columns.answers.values()), default=0.0)
        self._weight = [
            columns.compute[i] + columns.store[i] - round(o.saves * answers) + columns.work.get(i, (0,))[0]
            for i, o in enumerate(columns.options)
        ]
        self._spares: dict[tuple[int, int], int] = {}
        self.loads = Loads(columns, network)
        self._axis = {axis: network.axis[axis] for axis in SIZES}
        self._sizes_of: dict[int, Ranked] = {}
        self._machines_of: dict[int, tuple[tuple[int, int, int], ...]] = {}
        self.sums = tuple((what, most, columns.scaled(what, SCALE[what])) for what, most in columns.ceilings)
        self.light_sums = tuple(varied(columns.axes.values(), column) for _, _, column in self.sums)

    def below(self, mask: int, upper: int, above: Bound | None = None) -> Bound | None:
        """The least that a design of the mask can cost; None where that is not below `upper`.

        `above`: the bound of a mask that holds this one: only choices that are gone are made anew.
        """
        total, pick = (above.plain, above.pick & mask) if above else (0, 0)
        rows = self.costs
        if above:
            gone = bits(above.pick & ~mask)
            total -= sum([self.columns.cost[i] for i in gone])
            rows = tuple([self._ranked[self.columns.options[i].axis] for i in gone])
        for row in rows:
            for bit, cost in row:
                if bit & mask:
                    total += cost
                    pick |= bit
                    break
        if total >= upper:
            return None
        for (_, most, _), rows in zip(self.sums, self.light_sums, strict=True):
            if least(rows, mask) > most:
                return None
        load = self.loads.lightest(mask)
        asked = load.asked if load.sized else _NONE
        size = next((row for row in self.sizes_of(mask) if self._beyond[row[0]] >= asked), None)
        if size is None or total + size[1] >= upper:
            return None
        machine = self._cheapest_machine(mask, load)
        if machine is None or total + size[1] + machine[0] >= upper:
            return None
        return Bound(total + size[1] + machine[0], pick, size[0] | 1 << machine[1], *machine[1:], total)

    def decides(self, mask: int) -> bool:
        """Whether it is open in an axis if a design has a trait that its sizes depend on."""
        return any(mask & givers and mask & ~givers for givers in self.loads.trait.values())

    def heavier(self, mask: int, pick: int) -> int:
        """By how much more an option loads machines and store than the lightest of an axis, in thousandths of cores."""
        return self._weight[pick.bit_length() - 1] - min(self._weight[i] for i in bits(mask))

    def adequate(self, bit: int, load: Load) -> bool:
        """Whether a size of the store is enough."""
        return not load.sized or self._beyond[bit] >= load.asked

    def _cheapest_machine(self, mask: int, load: Load) -> tuple[int, int, Counts] | None:
        best: tuple[int, int, Counts] | None = None
        for _, low, index in self.machines_of(mask):
            if best is not None and low >= best[0]:
                break
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

    def sizes_of(self, mask: int) -> Ranked:
        """The sizes of a mask, the cheapest first."""
        here = mask & self._axis["size"]
        if here not in self._sizes_of:
            self._sizes_of[here] = tuple(row for row in self.sizes if row[0] & here)
        return self._sizes_of[here]

    def machines_of(self, mask: int) -> tuple[tuple[int, int, int], ...]:
        """The machines of a mask, the cheapest first."""
        here = mask & self._axis["compute"]
        if here not in self._machines_of:
            self._machines_of[here] = tuple(row for row in self.machines if row[0] & here)
        return self._machines_of[here]

    def sized(self, mask: int, pick: int, upper: int) -> Design | None:
        """The cheapest design with these choices and sizes of the mask that costs less than `upper`."""
        beside, plain = self.network.left_beside(mask, pick), sum([self.columns.cost[i] for i in bits(pick)])
        sizes, machines = self.sizes_of(beside), self.machines_of(beside)
        if not beside or not sizes or not machines:
            return None
        best: Design | None = None
        memory, first = self.columns.memory, sizes[0][0]
        load = self.loads.lightest(pick | first | beside & self._axis["compute"])
        asked = load.asked if load.sized else _NONE
        without = load.memory - memory[first.bit_length() - 1]  # nothing else of a load is of the size
        rented: dict[tuple[int, int], tuple[Counts, int] | None] = {}
        for size, cost in sizes:
            if plain + cost + machines[0][1] >= upper:
                break  # the sizes after it cost no less
            if self._beyond[size] < asked:
                continue
            needed = without + memory[size.bit_length() - 1]
            for machine, low, index in machines:
                if plain + cost + low >= upper:
                    break
                if (needed, index) not in rented:
                    counts = self.counted(load._replace(memory=needed), index)
                    rented[needed, index] = (counts, self.rented(index, counts)) if counts else None
                found = rented[needed, index]
                if found and (total := plain + cost + found[1]) < upper:
                    design = pick | size | machine
                    if not self.network.fault(design) and not self.over(design, found[0]):
                        best, upper = Design(total, design, found[0]), total
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
        machine, rows = (chosen & self._axis["compute"]).bit_length() - 1, bits(chosen)
        return any(
            sum([column[i] for i in rows]) + self.added(what, machine, counts) > most
            for what, most, column in self.sums
        )

    def strained(self, bound: Bound) -> list[int]:
        """The ceilings that the choices behind a bound break."""
        chosen = bits(bound.pick | bound.sizes)
        return [
            place
            for place, (what, most, column) in enumerate(self.sums)
            if sum([column[i] for i in chosen]) + self.added(what, bound.machine, bound.counts) > most
        ]

    def added(self, what: str, index: int, counts: Counts) -> int:
        """What counted machines add to the sum of a ceiling."""
        machine = self.columns.machines[index]
        if what == "infra":
            return counts[0] * machine.bill[0] + counts[1] * machine.bill[1]
        return counts[0] * machine.hours if what == "ops" else 0


_NONE = -(1 << 60)
"""Less than any load, and what a size carries that holds too little in memory."""


def _carried(columns: Columns, index: int) -> int:
    """Thousandths of cores that all but a size may ask of the store for it to be enough."""
    option = columns.options[index]
    if round(option.room * MILLI) < columns.hot:
        return _NONE
    return round(option.supply * MILLI) - columns.store[index]
