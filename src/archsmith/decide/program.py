"""The space as an integer program: plain data, no solver."""

from collections.abc import Iterable

import msgspec

from archsmith.decide.demand import Demand
from archsmith.decide.dimensions import platform, store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Barrier, Ceiling, Demands, Option, Space
from archsmith.model.decisions import Cut

CENT = 100
"""Money in the program is in hundredths of a cent, so that sums of small prices do not drift."""
MILLI = 1000
NANO = 1_000_000_000
SCALE = {"infra": CENT * 100, "down": NANO, "ops": MILLI, "delay": 10 * MILLI}
"""Units of the sums that ceilings are about: hundredths of a cent, billionths of the time, thousandths of an hour,
tenths of a millisecond."""
HOURS = 730.0


class Line(msgspec.Struct, frozen=True):
    """low <= sum of factor x variable <= high, if all literals of `when` hold. None: no bound."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None
    when: tuple[int, ...] = ()


class Program(msgspec.Struct, frozen=True):
    """`bounds` of each variable; `clauses`: one literal of each holds (v, or -v-1 for not v); `cost`: to minimise."""

    bounds: tuple[tuple[int, int], ...]
    exactly: tuple[tuple[int, ...], ...]
    clauses: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]
    cost: tuple[tuple[int, int], ...]
    groups: dict[str, int]
    counts: dict[int, tuple[int, int]]


def money(option: Option, demand: Demand) -> dict[str, float]:
    """USD a month of an option by part of the objective, before weights; counted machines are not in it."""
    return {
        "infrastructure": option.infra,
        "operations": option.ops * demand.hourly,
        "building": option.build * 8 * demand.hourly / demand.horizon,
        "outages": option.down * HOURS * demand.outage,
        "risk": option.risk,
    }


WEIGHT = {
    "infrastructure": "cost",
    "operations": "effort",
    "building": "effort",
    "outages": "availability",
    "risk": "security",
}
"""Which priority weighs which part of the objective."""


def weighed(parts: dict[str, float], demand: Demand) -> float:
    """The sum of the parts, each times the weight of its quality."""
    return sum(value * demand.weights.get(WEIGHT[name], 1.0) for name, value in parts.items())


def prices(options: Iterable[Option], demand: Demand) -> list[float]:
    """The same of many options at once: `weighed(money(...))` of each, in one expression."""
    of = {part: demand.weights.get(quality, 1.0) for part, quality in WEIGHT.items()}
    infra, ops, build, down, risk = (of[p] for p in ("infrastructure", "operations", "building", "outages", "risk"))
    hourly, horizon, outage = demand.hourly, demand.horizon, demand.outage
    return [
        o.infra * infra
        + o.ops * hourly * ops
        + o.build * 8 * hourly / horizon * build
        + o.down * HOURS * outage * down
        + o.risk * risk
        for o in options
    ]


def no(variable: int) -> int:
    """The negated literal."""
    return -variable - 1


def build(space: Space, ground: Ground, cuts: tuple[Cut, ...] = (), without: frozenset[str] = frozenset()) -> Program:
    """The program of a space; rules whose barrier is named in `without` are left out.

    Every rule has a literal of its barrier's name, fixed to true, so that the clash finder can free it.
    """
    return _Builder(space, ground, cuts, without).program()


class _Builder:
    def __init__(self, space: Space, ground: Ground, cuts: tuple[Cut, ...], without: frozenset[str]) -> None:
        self.space, self.ground, self.cuts, self.without = space, ground, cuts, without
        self.options = space.options
        self.bounds: list[tuple[int, int]] = [(0, 1)] * len(self.options)
        self.clauses: list[tuple[int, ...]] = []
        self.lines: list[Line] = []
        self.cost: list[tuple[int, int]] = []
        self.groups: dict[str, int] = {}
        self.counts: dict[int, tuple[int, int]] = {}
        self.giving: dict[str, list[int]] = {}
        for index, option in enumerate(self.options):
            for trait in option.gives:
                self.giving.setdefault(trait, []).append(index)

    def program(self) -> Program:
        axes = self.space.axes()
        self._structure()
        self._counts()
        self._rules()
        self._compute()
        self._store()
        self._objective()
        return Program(
            bounds=tuple(self.bounds),
            exactly=tuple(axes.values()),
            clauses=tuple(self.clauses),
            lines=tuple(self.lines),
            cost=tuple(self.cost),
            groups=self.groups,
            counts=self.counts,
        )

    def _variable(self, low: int, high: int) -> int:
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def _group(self, barrier: Barrier) -> int:
        if barrier.name not in self.groups:
            self.groups[barrier.name] = self._variable(1, 1)
        return self.groups[barrier.name]

    def _structure(self) -> None:
        for index, option in enumerate(self.options):
            for group in option.needs:
                givers = [g for trait in group for g in self.giving.get(trait, ())]
                self.clauses.append((no(index), *givers))
            for trait in option.bars:
                self.clauses.extend((no(index), no(g)) for g in self.giving.get(trait, ()) if g != index)

    def _rules(self) -> None:
        by_key = {(o.axis, o.key): i for i, o in enumerate(self.options)}
        for rule in self.space.rules:
            if rule.because.name in self.without:
                continue
            group = self._group(rule.because)
            match rule:
                case Ban():
                    banned = by_key.get((rule.axis, rule.key))
                    if banned is not None:  # an option that the demand left out of the space is not chosen anyway
                        self.clauses.append((no(group), no(banned)))
                case Demands():
                    givers = [g for trait in rule.one_of for g in self.giving.get(trait, ())]
                    heads = self.giving.get(rule.given, []) if rule.given else [None]
                    for head in heads:
                        self.clauses.append((no(group), *([] if head is None else [no(head)]), *givers))
                case Ceiling():
                    self.lines.append(self._ceiling(rule, group))

    def _ceiling(self, rule: Ceiling, group: int) -> Line:
        scale = SCALE[rule.what]
        terms = [(i, round(getattr(o, rule.what) * scale)) for i, o in enumerate(self.options)]
        if rule.what == "infra":
            terms += [t for index in self.counts for t in self._rent(index, 1.0)]
        if rule.what == "ops":
            terms += [(self.counts[i][0], round(self.options[i].each * scale)) for i in self.counts]
        return Line(tuple(t for t in terms if t[1]), None, int(rule.most * scale), (group,))

    def _rent(self, index: int, weight: float) -> list[tuple[int, int]]:
        option, (most, least) = self.options[index], self.counts[index]
        unit = option.price * CENT * 100 * weight
        return [(most, round(unit * option.duty)), (least, round(unit * (1 - option.duty)))]

    def _upkeep(self, index: int) -> tuple[int, int]:
        """Operations work of each machine, in the objective's unit."""
        demand, option = self.ground.demand, self.options[index]
        usd = option.each * demand.hourly * demand.weights.get("effort", 1.0)
        return self.counts[index][0], round(usd * CENT) * 100

    def _counts(self) -> None:
        """Instances at the peak and at the mean of each compute option; zero where it is not chosen."""
        redundant, single = self.giving.get("redundant", []), self.giving.get("machines:1", [])
        for index in (i for i, o in enumerate(self.options) if o.axis == "compute"):
            option = self.options[index]
            most, least = self._variable(0, option.most), self._variable(0, option.most)
            self.counts[index] = (most, least)
            machines = platform.own_machines(option)
            for variable in (most, least):
                self.lines.append(Line(((variable, 1), (index, -option.most)), None, 0))
                self.lines.append(Line(((variable, 1), (index, -1)), 0, None))
            self.lines.append(Line(((most, 1), (least, -1)), 0, None))
            for zone in redundant:
                self.lines.append(Line(((least, 1),), 2, None, (index, zone)))
            for alone in single:
                self.lines.append(Line(((most, 1),), None, 1, (index, alone)))
            for style in self.giving.get("style:microservices", []) + self.giving.get("style:event_driven", []):
                services = structure.services_of(self.ground, self.options[style].key)
                if not machines:
                    self.lines.append(Line(((least, 1),), services, None, (index, style)))
                    for zone in redundant:
                        self.lines.append(Line(((least, 1),), 2 * services, None, (index, style, zone)))

    def _compute(self) -> None:
        """Machines carry the web work of the framework, what runs beside it, and a store that shares them."""
        local = self._any("hosting:local")
        beside = [(i, -round(o.compute * MILLI)) for i, o in enumerate(self.options) if o.compute]
        shared = [(i, -round(o.store * MILLI)) for i, o in enumerate(self.options) if o.store]
        base = round(store.load(self.ground) * MILLI)
        for position in (0, 1):
            supply = [(self.counts[i][position], round(self.options[i].cores * MILLI)) for i in self.counts]
            for trait, cores in self.space.web.items():
                work, answers = round(cores[position] * MILLI), cores[position + 2] * MILLI
                relief = [(i, round(o.saves * answers)) for i, o in enumerate(self.options) if o.saves]
                for framework in self.giving.get(trait, ()):
                    plain = (*supply, *relief, *(beside if position == 0 else ()))
                    self.lines.append(Line(plain, work, None, (framework, no(local))))
                    self.lines.append(
                        Line(
                            _merge(plain, shared if position == 0 else ()),
                            work + (base if position == 0 else 0),
                            None,
                            (framework, local),
                        )
                    )
        self._one_may_fail()
        room = [(self.counts[i][0], round(self.options[i].room * MILLI)) for i in self.counts]
        needed = [(i, -round(o.memory * MILLI)) for i, o in enumerate(self.options) if o.memory and o.axis != "compute"]
        app = round((self.ground.figure("memory.app") + 0.4) * MILLI)
        for machines in self.giving.get("machines", ()):
            self.lines.append(Line((*room, *needed), app, None, (machines,)))

    def _one_may_fail(self) -> None:
        """With two zones, as many instances more than the mean load takes (without headroom) as their promise asks for;
        where services have instances of their own, each of them."""
        supply = [(self.counts[i][0], round(self.options[i].cores * MILLI)) for i in self.counts]
        plain = 1 - self.ground.demand.headroom
        apart = {i: structure.services_of(self.ground, o.key) for i, o in enumerate(self.options) if o.axis == "style"}
        styles: list[tuple[tuple[int, ...], int]] = [((), 1), *(((i,), n) for i, n in apart.items() if n > 1)]
        for trait, cores in self.space.web.items():
            work, answers = cores.mean * plain, cores.mean_answers * plain * MILLI
            relief = [(i, round(o.saves * answers)) for i, o in enumerate(self.options) if o.saves]
            for style, services in styles:
                spare = ((i, self._spare(i, work, services)) for i in self.counts)
                lost = [(i, -round(n * self.options[i].cores * MILLI)) for i, n in spare]
                for framework in self.giving.get(trait, ()):
                    for zone in self.giving.get("redundant", ()):
                        when = (framework, zone, *style)
                        self.lines.append(Line((*supply, *lost, *relief), round(work * MILLI), None, when))

    def _spare(self, index: int, work: float, services: int) -> int:
        """Instances that a compute option has beyond the mean load of so many services."""
        option = self.options[index]
        each = 1 if platform.own_machines(option) else services
        return platform.spare(self.ground, option, work / each) * each

    def _store(self) -> None:
        """A store with a size of its own carries what is asked of it, and holds in memory what is read often."""
        sized = self._any("sized")
        asked = [(i, -round(o.store * MILLI)) for i, o in enumerate(self.options) if o.store]
        supply = [(i, round(o.supply * MILLI)) for i, o in enumerate(self.options) if o.supply and o.axis == "size"]
        self.lines.append(Line((*supply, *asked), round(store.load(self.ground) * MILLI), None, (sized,)))
        memory = [(i, round(o.room * MILLI)) for i, o in enumerate(self.options) if o.axis == "size" and o.room]
        self.lines.append(Line(tuple(memory), round(store.hot_memory(self.ground) * MILLI), None, (sized,)))

    def _any(self, trait: str) -> int:
        """A literal that is true if an option with the trait is chosen (its options exclude each other)."""
        literal = self._variable(0, 1)
        self.lines.append(Line((*((i, 1) for i in self.giving.get(trait, ())), (literal, -1)), 0, 0))
        return literal

    def _objective(self) -> None:
        demand, places = self.ground.demand, self.space.places
        for index, option in enumerate(self.options):
            cents = round(weighed(money(option, demand), demand) * CENT) * 100
            self.cost.append((index, cents + min(places.get((option.axis, option.key), 0), 99)))
            if index in self.counts:
                self.cost.extend(self._rent(index, demand.weights.get("cost", 1.0)))
                self.cost.append(self._upkeep(index))


def _merge(first: Iterable[tuple[int, int]], second: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    total: dict[int, int] = {}
    for variable, factor in (*first, *second):
        total[variable] = total.get(variable, 0) + factor
    return tuple(total.items())
