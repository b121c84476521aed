"""A whole design, evaluated without the solver: does it stand, how many instances, what does it cost?

The same rules as in `program`, in floating point. A test compares both.
"""

import copy
import math
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from archsmith.decide.dimensions import platform as platforms
from archsmith.decide.dimensions import store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Ceiling, Demands, Option, Space, by_axis, given_by, rent
from archsmith.decide.program import prices

Chosen = dict[str, Option]


class Value(msgspec.Struct, frozen=True):
    """Weighed USD a month, and the instances that it takes."""

    total: float
    counts: tuple[int, int]


class Evaluator:
    """Evaluates and repairs designs of one space."""

    def __init__(self, space: Space, ground: Ground, reduced: tuple[Option, ...] | None = None) -> None:
        """Indexes of the options by axis and trait, and what each costs. `reduced`: with the only sizes that matter."""
        self.space, self.ground = space, ground
        self.by_axis = by_axis(space.options)
        self.by_key = {(o.axis, o.key): o for o in space.options}
        self.kinds = {axis: _by_kind(self.by_axis[axis]) for axis in ("size", "compute")}
        self.givers: dict[str, list[Option]] = {}
        for option in space.options:
            for trait in option.gives:
                self.givers.setdefault(trait, []).append(option)
        self.demands = [r for r in space.rules if isinstance(r, Demands)]
        self.ceilings = [r for r in space.rules if isinstance(r, Ceiling)]
        self.banned = {(r.axis, r.key) for r in space.rules if isinstance(r, Ban)}
        rows = zip(space.options, prices(space.options, ground.demand), strict=True)
        self.cost = {(o.axis, o.key): price for o, price in rows}
        self.app_memory = ground.figure("memory.app") + 0.4
        self.web = {o.key: space.web[f"framework:{o.key}"] for o in self.by_axis["framework"]}
        self.styles = {o.key: structure.services_of(ground, o.key) for o in self.by_axis["style"]}
        left = self.by_axis if reduced is None else by_axis(reduced)
        self.machines = left["compute"]
        self.sizes = sorted((o for o in left["size"] if o.needs), key=lambda o: (o.infra, o.key))
        self.anchor: tuple[object, ...] | None = None
        self.anchored: Chosen = {}
        self._spares: dict[tuple[str, str, float], int] = {}
        self._suited: dict[tuple[str, str], list[Option]] = {}
        self.base = store.load(ground)
        self.hot = store.hot_memory(ground)

    def broken(self, chosen: Chosen) -> tuple[str, tuple[str, ...]] | None:
        """The first fault in structure: who asks and the traits of which one is missing; or who bars, and the trait."""
        given = given_by(chosen.values())
        for axis, option in chosen.items():
            for group in option.needs:
                if given.isdisjoint(group):
                    return axis, group
            for trait in option.bars:
                if trait in given and any(trait in o.gives for a, o in chosen.items() if a != axis):
                    return axis, ("!" + trait,)
        for demand in self.demands:
            if (not demand.given or demand.given in given) and not given.intersection(demand.one_of):
                return "", demand.one_of
        return None

    def value(self, chosen: Chosen) -> Value | None:
        """What a structurally sound design costs; None where it is too small or breaks a ceiling."""
        return self._sized(chosen, self._load(chosen), chosen["size"], chosen["compute"])

    def _load(self, chosen: Chosen) -> tuple[float, ...]:
        """Sums over all but the sizes: infra, down, ops, cost; what is asked of the store; and of the machines."""
        infra = down = ops = total = saves = beside = memory = delay = 0.0
        asked = self.base
        for axis, option in chosen.items():
            if axis in ("size", "compute"):
                continue
            infra += option.infra
            down += option.down
            ops += option.ops
            asked += option.store
            saves += option.saves
            beside += option.compute
            memory += option.memory
            delay += option.delay
            total += self.cost[axis, option.key]
        return infra, down, ops, total, asked, saves, beside, memory, delay

    def _sized(self, chosen: Chosen, load: tuple[float, ...], size: Option, machine: Option) -> Value | None:
        """The value with these sizes."""
        demand = self.ground.demand
        infra, down, ops, total, asked, saves, beside, memory, delay = load
        hosting = chosen["hosting"].gives
        if "sized" in hosting and (size.supply < asked + size.store - 2e-3 or size.room < self.hot):
            return None
        shared = asked if "hosting:local" in hosting else 0.0
        counts = self._counts(chosen, machine, saves, beside + shared, memory + size.memory)
        if counts is None:
            return None
        bill, upkeep = rent(machine, counts), machine.each * counts[0]
        if self.ceilings:
            sums = {
                "infra": infra + size.infra + machine.infra + bill,
                "down": down + size.down + machine.down,
                "ops": ops + size.ops + machine.ops + upkeep,
                "delay": delay + size.delay + machine.delay,
            }
            if any(sums[c.what] > c.most + 1e-6 for c in self.ceilings):
                return None
        weights = demand.weights
        total += self.cost["size", size.key] + self.cost["compute", machine.key]
        total += bill * weights.get("cost", 1.0) + upkeep * demand.hourly * weights.get("effort", 1.0)
        return Value(total, counts)

    def without_ceilings(self) -> "Evaluator":
        """The same, but for the limits on sums: tells what a design would come to."""
        free = copy.copy(self)
        free.ceilings = []
        return free

    def sums(self, chosen: Chosen, counts: tuple[int, int]) -> dict[str, float]:
        """What ceilings are about: USD a month, share of time away, hours a month, seconds of a request."""
        machine = chosen["compute"]
        return {
            "infra": sum(o.infra for o in chosen.values()) + rent(machine, counts),
            "down": sum(o.down for o in chosen.values()),
            "ops": sum(o.ops for o in chosen.values()) + machine.each * counts[0],
            "delay": sum(o.delay for o in chosen.values()),
        }

    def _counts(
        self, chosen: Chosen, option: Option, saves: float, beside: float, memory: float
    ) -> tuple[int, int] | None:
        """Instances at the peak and at the mean, or None where one machine is not enough or too many are needed."""
        platform, framework = chosen["platform"], chosen["framework"].key
        whole = self.web[framework]
        peak, mean = whole.peak - whole.peak_answers * saves, whole.mean - whole.mean_answers * saves
        most = math.ceil(round((peak + beside) / option.cores, 3))
        least = math.ceil(round(mean / option.cores, 3))
        machines = "machines" in platform.gives
        zones = 2 if "redundant" in chosen["zones"].gives else 1
        services = 1 if machines else self.styles[chosen["style"].key]
        least = max(least, zones * services, 1)
        most = max(most, least)
        if zones > 1:  # what is left when as many are lost as the zones' promise bears carries the mean load
            plain = 1 - self.ground.demand.headroom
            spare = self._spare(option, framework, whole.mean * plain / services) * services
            most = max(most, math.ceil(round(mean * plain / option.cores, 3)) + spare)
        if machines:
            most = max(most, math.ceil(round((self.app_memory + memory) / option.room, 3)))
        if ("machines:1" in platform.gives and most > 1) or most > option.most:
            return None
        return most, least

    def _spare(self, option: Option, framework: str, mean: float) -> int:
        """Machines on top of those that the mean load of one service takes; asked for once."""
        known = (option.key, framework, mean)
        if known not in self._spares:
            self._spares[known] = platforms.spare(self.ground, option, mean)
        return self._spares[known]

    def forced(self, chosen: Chosen, option: Option, depth: int = 3) -> tuple[Value, Chosen] | None:
        """The cheapest design found with this option in: the rest as it is, but for what has to follow (searched)."""
        return self._repair({**chosen, option.axis: option}, frozenset({option.axis}), depth)

    def carried_over(self, chosen: Chosen) -> tuple[Value, Chosen] | None:
        """The same choices in a space for another demand, repaired and resized; None where they can't stand."""
        moved = self._with_sizes({a: self.by_key.get((a, o.key), self.by_axis[a][0]) for a, o in chosen.items()})
        return self._repair(moved, frozenset(), 3) or self._with_one_change(moved)

    def mended(self, chosen: Chosen) -> tuple[Value, Chosen] | None:
        """A design of this space with sizes that fit, repaired where it can't stand; None where that takes more."""
        return self._repair(self._with_sizes(chosen), frozenset(), 3)

    def as_it_is(self, choices: Mapping[str, str]) -> tuple[Value, Chosen] | None:
        """The design with these variants by axis and the cheapest sizes; None where one is missing or it can't stand.

        `choices` are those of all axes but the two of sizes.
        """
        moved = {a: o for a, k in choices.items() if (o := self.by_key.get((a, k))) is not None}
        same = self.anchored and all(moved.get(a) is self.anchored[a] for a in ("platform", "hosting"))
        moved |= {a: self.anchored[a] for a in ("size", "compute")} if same else self._with_sizes(moved)
        if len(moved) < len(self.by_axis) or self.broken(moved) is not None:
            return None
        return self._resized(moved, frozenset())

    def _with_sizes(self, chosen: Chosen) -> Chosen:
        """With a machine and a store size of the kind that the other choices ask for, where there is one."""
        moved = dict(chosen)
        given = given_by(o for axis, o in moved.items() if axis not in ("size", "compute"))
        for axis, kinds in self.kinds.items():
            rows = [o for trait in ("", *given) if trait in kinds for o in kinds[trait]]
            fits = (o for o in rows if all(given.intersection(g) for g in o.needs) and not given.intersection(o.bars))
            found = next(fits, None)
            if found is not None:
                moved[axis] = found
        return moved

    def _with_one_change(self, chosen: Chosen) -> tuple[Value, Chosen] | None:
        """The first sound design that differs in one axis, the dearest bills tried first."""
        for axis in sorted(chosen, key=lambda a: (-chosen[a].infra, a)):
            for option in self.by_axis[axis]:
                trial = {**chosen, axis: option}
                if option.key != chosen[axis].key and self.broken(trial) is None:
                    found = self._resized(trial, frozenset({axis}))
                    if found:
                        return found
        return None

    def _repair(self, chosen: Chosen, fixed: frozenset[str], depth: int) -> tuple[Value, Chosen] | None:
        fault = self.broken(chosen)
        if fault is None:
            return self._resized(chosen, fixed)
        if depth == 0:
            return None
        best: tuple[Value, Chosen] | None = None
        for candidate in self._mends(chosen, fault, fixed):
            found = self._repair({**chosen, candidate.axis: candidate}, fixed | {candidate.axis}, depth - 1)
            if found and (best is None or found[0].total < best[0].total):
                best = found
        return best

    def _mends(self, chosen: Chosen, fault: tuple[str, tuple[str, ...]], fixed: frozenset[str]) -> Iterator[Option]:
        """Options that would give what is missing, or stand in for what is barred; cheapest first, at most four."""
        axis, traits = fault
        if traits[0].startswith("!"):
            barred = traits[0][1:]
            axes = [a for a, o in chosen.items() if a not in fixed and (a == axis or barred in o.gives)]
            rows = [o for a in axes for o in self.by_axis[a] if o.key != chosen[a].key]
            rows = [o for o in rows if (barred not in o.gives if o.axis != axis else barred not in o.bars)]
        else:
            rows = [o for t in traits for o in self.givers.get(t, ()) if o.axis not in fixed]
            if axis and axis not in fixed:
                rows += [o for o in self.by_axis[axis] if o.key != chosen[axis].key and traits not in o.needs]
        rows = [o for o in rows if (o.axis, o.key) not in self.banned]
        given = given_by(chosen.values())
        missing = {(o.axis, o.key): sum(map(given.isdisjoint, o.needs)) for o in rows}
        rows.sort(key=lambda o: (missing[o.axis, o.key], self.cost[o.axis, o.key] + o.price, o.axis, o.key))
        yield from rows[:4]

    def _resized(self, chosen: Chosen, fixed: frozenset[str]) -> tuple[Value, Chosen] | None:
        """With the cheapest instance type and store size that fit."""
        if self.anchor is not None and self._weight(chosen) == self.anchor:
            value = self.value(chosen)  # the same load on the same kind of machines: the sizes stay right
            return (value, chosen) if value else None
        best: tuple[Value, Chosen] | None = None
        hosting = chosen["hosting"].gives
        machines = [chosen["compute"]]
        if "compute" not in fixed:
            machines = self._for(chosen["platform"], self.machines)
        sizes = [chosen["size"]]
        if "size" not in fixed and "sized" in hosting:
            sizes = self._for(chosen["hosting"], self.sizes)
        load = self._load(chosen)
        if "sized" in hosting:
            asked = load[4] - 2e-3
            sizes = [o for o in sizes if o.supply >= asked + o.store and o.room >= self.hot]
        for size in sizes:
            for machine in machines:
                value = self._sized(chosen, load, size, machine)
                if value and (best is None or value.total < best[0].total - 1e-9):
                    best = (value, {**chosen, "size": size, "compute": machine})
            if best:
                break
        return best

    def _for(self, choice: Option, sizes: list[Option]) -> list[Option]:
        """The sizes that a platform or a hosting has; asked for once."""
        known = (choice.axis, choice.key)
        if known not in self._suited:
            given = frozenset(choice.gives)
            self._suited[known] = [o for o in sizes if not given.isdisjoint(o.needs[0])]
        return self._suited[known]

    def anchor_at(self, chosen: Chosen) -> None:
        """Designs with the same load on the same kind of machines as this one keep its sizes."""
        self.anchor, self.anchored = self._weight(chosen), chosen

    def _weight(self, chosen: Chosen) -> tuple[object, ...]:
        places = tuple(chosen[a].key for a in ("platform", "zones", "framework", "style", "hosting", "compute", "size"))
        sums = [0.0, 0.0, 0.0, 0.0]
        for option in chosen.values():
            sums[0] += option.compute
            sums[1] += option.memory
            sums[2] += option.store
            sums[3] += option.saves
        return (*places, *(round(v, 9) for v in sums))


def _by_kind(options: Iterable[Option]) -> dict[str, list[Option]]:
    """Sizes by the trait that they need first: that of a hosting or a platform, or none."""
    found: dict[str, list[Option]] = {}
    for option in options:
        for trait in option.needs[0] if option.needs else ("",):
            found.setdefault(trait, []).append(option)
    return found
