"""Many designs evaluated at once, in arrays: what stands, how many instances it takes, and what it costs.

The same integers as in `bounds`. NumPy takes longer to import than a whole decision, so no run does this; it shows
what is left to gain where thousands of designs are evaluated.
"""

from typing import Any

import msgspec
import numpy as np

from archsmith.decide.columns import Columns
from archsmith.decide.network import Network
from archsmith.decide.program import MILLI, SCALE

_TRAITS = ("hosting:local", "machines", "machines:1", "redundant", "sized")


class Valued(msgspec.Struct, frozen=True):
    """By design: its cost in the objective's unit, or -1 where it does not stand; instances at the peak and mean."""

    cost: Any
    most: Any
    least: Any


class Batch:
    """A space, prepared once for arrays of designs: the index of the option of each axis, a row a design."""

    def __init__(self, columns: Columns, network: Network) -> None:
        """Tables by option."""
        self.columns = columns
        options, count = columns.options, len(columns.options)
        self.axes = list(columns.axes)
        self.cost = np.array(columns.cost, dtype=np.int64)
        self.loads = {name: np.array(getattr(columns, name), dtype=np.int64) for name in ("compute", "memory", "store")}
        self.supply = np.array([round(o.supply * MILLI) for o in options], dtype=np.int64)
        self.room = np.array([round(o.room * MILLI) for o in options], dtype=np.int64)
        self.sums = [(what, most, np.array(columns.scaled(what, SCALE[what]))) for what, most in columns.ceilings]
        pairs = [*((askers, givers) for givers, askers in network.groups), *network.demands]
        self.asks = self._words([heads if heads >= 0 else network.all for heads, _ in pairs])
        self.gives = self._words([givers for _, givers in pairs])
        barring = network.barring
        given = {trait: network.giving.get(trait, 0) for trait in barring}
        self.given = self._words([given[t] for t in barring])
        self.bars = self._words([mask & ~given[t] for t, mask in barring.items()])
        self.bars_own = self._words([mask & given[t] for t, mask in barring.items()])
        self.out = ~self._has(network.start)
        self.traits = {t: self._has(network.giving.get(t, 0)) for t in _TRAITS}
        self.relief = np.zeros((count, count, 3), dtype=np.int64)
        self.work = np.zeros((count, 3), dtype=np.int64)
        for framework, work in columns.work.items():
            self.work[framework] = work
            for i, option in enumerate(options):
                if option.saves:
                    self.relief[framework, i] = [round(option.saves * a) for a in columns.answers[framework]]
        self.services = np.ones(count, dtype=np.int64)
        for style, services in columns.services.items():
            self.services[style] = services
        self.machine = np.zeros((count, 9), dtype=np.int64)
        for i, m in columns.machines.items():
            self.machine[i] = (m.cores, m.room, m.most, *m.rent, m.upkeep, *m.bill, m.hours)

    def _has(self, mask: int) -> Any:
        return np.array([bool(mask >> i & 1) for i in range(len(self.columns.options))])

    def _words(self, masks: list[int]) -> Any:
        """By option, a bit for each mask that holds it, in words of 64."""
        count = len(self.columns.options)
        found = np.zeros((count, len(masks) // 64 + 1), dtype=np.uint64)
        for place, mask in enumerate(masks):
            found[self._has(mask), place // 64] |= np.uint64(1 << place % 64)
        return found

    def value(self, rows: Any) -> Valued:
        """Of each row of option indexes, in the order of `axes`."""
        of = {axis: rows[:, n] for n, axis in enumerate(self.axes)}
        stands = self._stands(rows)

        def given(trait: str) -> Any:
            return self.traits[trait][rows].any(axis=1)

        machine, framework = self.machine[of["compute"]], of["framework"]
        work = self.work[framework] - self.relief[framework[:, None], rows].sum(axis=1)
        asked = self.columns.base + self.loads["store"][rows].sum(axis=1)
        peak = work[:, 0] + self.loads["compute"][rows].sum(axis=1) + np.where(given("hosting:local"), asked, 0)
        memory = self.loads["memory"][rows].sum(axis=1) - self.loads["memory"][of["compute"]] + self.columns.app
        machines, redundant = given("machines"), given("redundant")
        services = np.where(machines, 1, self.services[of["style"]])
        cores, room = np.maximum(machine[:, 0], 1), np.maximum(machine[:, 1], 1)
        least = np.maximum(services * np.where(redundant, 2, 1), -(-work[:, 1] // cores))
        most = np.maximum(least, -(-peak // cores))
        spared = -(-work[:, 2] // cores) + self._spare(of["compute"], framework, self.services[of["style"]])
        most = np.where(redundant, np.maximum(most, spared), most)
        most = np.where(machines, np.maximum(most, -(-memory // room)), most)
        stands &= (most <= machine[:, 2]) & ~(given("machines:1") & (most > 1))
        enough = (self.supply[of["size"]] >= asked) & (self.room[of["size"]] >= self.columns.hot)
        stands &= ~given("sized") | enough
        for what, ceiling, column in self.sums:
            total = column[rows].sum(axis=1)
            if what == "infra":
                total += most * machine[:, 6] + least * machine[:, 7]
            elif what == "ops":
                total += most * machine[:, 8]
            stands &= total <= ceiling
        cost = self.cost[rows].sum(axis=1) + most * (machine[:, 3] + machine[:, 5]) + least * machine[:, 4]
        return Valued(np.where(stands, cost, -1), most, least)

    def _stands(self, rows: Any) -> Any:
        """Whether all that is chosen stands together: what is asked is given, what is barred is given by none other."""
        any_of = np.bitwise_or.reduce
        missing = any_of(self.asks[rows], axis=1) & ~any_of(self.gives[rows], axis=1)
        once = np.zeros((len(rows), self.given.shape[1]), dtype=np.uint64)
        twice = once.copy()
        for n in range(rows.shape[1]):
            here = self.given[rows[:, n]]
            twice |= once & here
            once |= here
        barred = any_of(self.bars[rows], axis=1) & once | any_of(self.bars_own[rows], axis=1) & twice
        return ~(missing.any(axis=1) | barred.any(axis=1) | self.out[rows].any(axis=1))

    def _spare(self, machine: Any, framework: Any, services: Any) -> Any:
        count = len(self.columns.options)
        kinds, place = np.unique((services * count + framework) * count + machine, return_inverse=True)
        rows = [(int(k) % count, int(k) // count % count, int(k) // count**2) for k in kinds]
        return np.array([self.columns.spare(*row) for row in rows], dtype=np.int64)[place]
