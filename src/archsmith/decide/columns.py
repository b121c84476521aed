"""The options of a space in fixed integer units, column by column: what exact evaluations count with.

Money in hundredths of a cent, cores and GB in thousandths, time away in billionths, hours in thousandths.
"""

import operator
from functools import cached_property
from typing import NamedTuple

from archsmith.decide.dimensions import platform, store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ceiling, Option, Space
from archsmith.decide.program import CENT, HOURS, MILLI, SCALE, WEIGHT

Counts = tuple[int, int]
"""Instances at the peak and at the mean."""


class Machine(NamedTuple):
    """A compute option. `rent` of one at the peak and of one at the mean and `upkeep` of one, in the objective;
    `bill` and `hours`: the same in the sums of the ceilings."""

    cores: int
    room: int
    most: int
    rent: Counts
    upkeep: int
    bill: Counts
    hours: int


class Columns:
    """Figures by the index of the option; `cost` is its part of the objective, tie-break included, without machines.

    By framework: `work` (thousandths of cores at the peak, at the mean, of the mean without headroom), what of it is
    for `answers`, and that `mean` in cores. `services` by style.
    """

    def __init__(self, space: Space, ground: Ground, aim: str = "") -> None:
        """Translates all options once. `aim`: the sum of a ceiling that is the objective in place of the cost."""
        self.space, self.ground, self.options = space, ground, space.options
        self.axes = space.axes()
        self.cost = self.scaled(aim, SCALE[aim]) if aim else costs(space, ground)
        self.machines = {i: _machine(self.options[i], ground, aim) for i in self.axes["compute"]}
        web = {i: space.web[f"framework:{self.options[i].key}"] for i in self.axes["framework"]}
        plain = 1 - ground.demand.headroom
        self.mean = {i: w.mean * plain for i, w in web.items()}
        self.work = {
            i: (round(w.peak * MILLI), round(w.mean * MILLI), round(w.mean * plain * MILLI)) for i, w in web.items()
        }
        self.answers = {
            i: (w.peak_answers * MILLI, w.mean_answers * MILLI, w.mean_answers * plain * MILLI) for i, w in web.items()
        }
        self.services = {i: structure.services_of(ground, self.options[i].key) for i in self.axes["style"]}
        self.base = round(store.load(ground) * MILLI)
        self.hot = round(store.hot_memory(ground) * MILLI)
        self.app = round((ground.figure("memory.app") + 0.4) * MILLI)
        self.ceilings = tuple((r.what, int(r.most * SCALE[r.what])) for r in space.rules if isinstance(r, Ceiling))
        self._spares: dict[tuple[int, int, int], int] = {}
        self.compute = self.scaled("compute", MILLI)
        self.memory = self.scaled("memory", MILLI)
        self.store = self.scaled("store", MILLI)

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """The index of each option by axis and key."""
        return {(o.axis, o.key): i for i, o in enumerate(self.options)}

    def spare(self, machine: int, framework: int, services: int) -> int:
        """Instances beyond the mean load of so many services, where one zone may fail."""
        key = machine, framework, services
        if key not in self._spares:
            option = self.options[machine]
            apart = {1} if platform.own_machines(option) else {1, services}
            mean = self.mean[framework]
            self._spares[key] = max(platform.spare(self.ground, option, mean / n) * n for n in apart)
        return self._spares[key]

    def scaled(self, name: str, scale: int) -> list[int]:
        """A column in whole units."""
        return [round(value * scale) for value in map(operator.attrgetter(name), self.options)]


def costs(space: Space, ground: Ground) -> list[int]:
    """Each option's part of the objective: whole cents, then its place among equals."""
    demand, places = ground.demand, space.places
    weight = {part: demand.weights.get(quality, 1.0) for part, quality in WEIGHT.items()}
    infra, risk = weight["infrastructure"] * CENT, weight["risk"] * CENT
    ops = demand.hourly * weight["operations"] * CENT
    build = 8 * demand.hourly / demand.horizon * weight["building"] * CENT
    down = HOURS * demand.outage * weight["outages"] * CENT
    return [
        round(o.infra * infra + o.ops * ops + o.build * build + o.down * down + o.risk * risk) * 100
        + min(places.get((o.axis, o.key), 0), 99)
        for o in space.options
    ]


def _machine(option: Option, ground: Ground, aim: str) -> Machine:
    demand = ground.demand
    bill, hours = rents(option, 1.0), round(option.each * MILLI)
    usd = option.each * demand.hourly * demand.weights.get("effort", 1.0)
    rent, upkeep = rents(option, demand.weights.get("cost", 1.0)), round(usd * CENT) * 100
    if aim:
        rent, upkeep = bill if aim == "infra" else (0, 0), hours if aim == "ops" else 0
    return Machine(
        cores=round(option.cores * MILLI),
        room=round(option.room * MILLI),
        most=option.most,
        rent=rent,
        upkeep=upkeep,
        bill=bill,
        hours=hours,
    )


def rents(option: Option, weight: float) -> Counts:
    """What one machine costs at the peak, and one at the mean."""
    unit = option.price * CENT * 100 * weight
    return round(unit * option.duty), round(unit * (1 - option.duty))
