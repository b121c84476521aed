"""A whole design, evaluated without the solver: does it stand, how many instances, what does it cost?

The same rules as in `program`, in floating point. A test compares both.
"""

import math
from collections.abc import Iterator

import msgspec

from archsmith.decide.dimensions import store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Ceiling, Demands, Option, Space
from archsmith.decide.program import MOST, money, weighed
from archsmith.decide.sizing import rent

Chosen = dict[str, Option]


class Value(msgspec.Struct, frozen=True):
    """Weighed USD a month, and the instances that it takes."""

    total: float
    counts: tuple[int, int]


class Evaluator:
    """Evaluates and repairs designs of one space."""

    def __init__(self, space: Space, ground: Ground, floor: int = 1) -> None:
        """`floor`: instances that a finding demands at least."""
        self.space, self.ground, self.floor = space, ground, floor
        self.by_axis: dict[str, list[Option]] = {}
        self.givers: dict[str, list[Option]] = {}
        for option in space.options:
            self.by_axis.setdefault(option.axis, []).append(option)
            for trait in option.gives:
                self.givers.setdefault(trait, []).append(option)
        self.demands = [r for r in space.rules if isinstance(r, Demands)]
        self.ceilings = [r for r in space.rules if isinstance(r, Ceiling)]
        self.banned = {(r.axis, r.key) for r in space.rules if isinstance(r, Ban)}
        self.base = store.load(ground)
        self.hot = store.hot_memory(ground)

    def broken(self, chosen: Chosen) -> tuple[str, tuple[str, ...]] | None:
        """The first structural fault: (axis that asks, traits of which one is missing), or (axis that bars, the trait)."""
        given = {trait for o in chosen.values() for trait in o.gives}
        for axis, option in chosen.items():
            for group in option.needs:
                if not given.intersection(group):
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
        demand = self.ground.demand
        asked = self.base + sum(o.store for o in chosen.values())
        local = "hosting:local" in chosen["hosting"].gives
        if "sized" in chosen["hosting"].gives and (
            chosen["size"].supply < asked - 2e-3 or chosen["size"].room < self.hot
        ):
            return None
        counts = self._counts(chosen, asked if local else 0.0)
        if counts is None:
            return None
        bill = rent(chosen["compute"], counts)
        sums = {"infra": bill, "down": 0.0, "ops": 0.0}
        upkeep = chosen["compute"].each * counts[0]
        sums["ops"] = upkeep
        total = bill * demand.weights.get("cost", 1.0) + upkeep * demand.hourly * demand.weights.get("effort", 1.0)
        for option in chosen.values():
            total += weighed(money(option, demand), demand)
            sums["infra"] += option.infra
            sums["down"] += option.down
            sums["ops"] += option.ops
        if any(sums[c.what] > c.most + 1e-6 for c in self.ceilings):
            return None
        return Value(total, counts)

    def _counts(self, chosen: Chosen, shared: float) -> tuple[int, int] | None:
        option, platform = chosen["compute"], chosen["platform"]
        peak, mean = self.space.web[f"framework:{chosen['framework'].key}"]
        saves = sum(o.saves for o in chosen.values())
        beside = sum(o.compute for o in chosen.values())
        most = math.ceil(round((peak * (1 - saves) + beside + shared) / option.cores, 3))
        least = math.ceil(round(mean * (1 - saves) / option.cores, 3))
        machines = "machines" in platform.gives
        zones = 2 if "redundant" in chosen["zones"].gives else 1
        services = structure.services_of(self.ground, chosen["style"].key) if not machines else 1
        least = max(least, zones * services, 1)
        most = max(most, least, 1 if machines else self.floor)
        if machines:
            memory = self.ground.figure("memory.app") + 0.4 + sum(o.memory for a, o in chosen.items() if a != "compute")
            most = max(most, math.ceil(round(memory / option.room, 3)))
        if ("machines:1" in platform.gives and most > 1) or most > MOST:
            return None
        return most, least

    def forced(self, chosen: Chosen, option: Option, depth: int = 3) -> tuple[Value, Chosen] | None:
        """The cheapest design found with this option in: the rest as it is, but for what has to follow (searched)."""
        return self._repair({**chosen, option.axis: option}, frozenset({option.axis}), depth)

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
        """Options that would give what is missing, or stand in for what is barred; cheapest first, at most six."""
        axis, traits = fault
        demand = self.ground.demand
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
        given = {trait for o in chosen.values() for trait in o.gives}
        missing = {(o.axis, o.key): sum(1 for group in o.needs if not given.intersection(group)) for o in rows}
        rows.sort(key=lambda o: (missing[o.axis, o.key], weighed(money(o, demand), demand) + o.price, o.axis, o.key))
        yield from rows[:5]

    def _resized(self, chosen: Chosen, fixed: frozenset[str]) -> tuple[Value, Chosen] | None:
        """With the cheapest instance type and store size that fit."""
        best: tuple[Value, Chosen] | None = None
        platform, hosting = set(chosen["platform"].gives), set(chosen["hosting"].gives)
        machines = (
            [chosen["compute"]]
            if "compute" in fixed
            else [o for o in self.by_axis["compute"] if platform & set(o.needs[0])]
        )
        sizes = (
            [chosen["size"]]
            if "size" in fixed or "sized" not in hosting
            else [o for o in self.by_axis["size"] if o.needs and hosting & set(o.needs[0])]
        )
        sizes.sort(key=lambda o: (o.infra, o.key))
        for size in sizes:
            for machine in machines:
                trial = {**chosen, "size": size, "compute": machine}
                value = self.value(trial)
                if value and (best is None or value.total < best[0].total - 1e-9):
                    best = (value, trial)
            if best:
                break
        return best
