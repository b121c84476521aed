"""Small random spaces with traits of their own, and the cheapest design of one by trying everything."""

import itertools
import random

from msgspec.structs import replace
from tests.decide.shop import REQUIREMENTS, demand, ground

from archsmith.decide.dimensions import platform, store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Barrier, Ceiling, Cores, Demands, Option, Rule, Space
from archsmith.decide.program import CENT, MILLI, SCALE, money, weighed
from archsmith.decide.settle import settle
from archsmith.decide.space import build

HERE: Ground = ground(demand())
WHOLE: Space = build(HERE, REQUIREMENTS)
_FOUND = settle(WHOLE, HERE)
assert _FOUND
BASE = _FOUND.chosen
OPEN = ("style", "provider", "zones", "platform", "compute", "framework", "hosting", "size", "cache", "search", "edge")
"""Axes that get more than one option, some of them at a time."""
WHY = Barrier(name="test", fact="because")
_GROUPS = (("a", "b"), ("c",), ("b",))
Best = tuple[int, tuple[str, ...], tuple[int, int]]


def space(seed: int) -> Space:
    """The options of a design that stands, others beside them, with figures, needs, bars and rules at random."""
    chance = random.Random(seed)
    opened = chance.sample(OPEN, 5)
    options: list[Option] = []
    for axis, chosen in BASE.items():
        rivals = [o for o in WHOLE.options if o.axis == axis and o.key != chosen.key]
        more = chance.sample(rivals, min(len(rivals), 2)) if axis in opened else []
        options.extend(_changed(o, chance, axis in opened) for o in (chosen, *more))
    web = {
        f"framework:{o.key}": Cores(peak, mean, peak * chance.choice((0, 0.5, 1)), mean * chance.choice((0, 0.5, 1)))
        for o in options
        if o.axis == "framework"
        for peak in [chance.choice((0.5, 2.0, 4.0))]
        for mean in [peak * chance.choice((0.25, 0.5))]
    }
    keys: dict[str, list[str]] = {}
    for option in options:
        keys.setdefault(option.axis, []).append(option.key)
    places = {(axis, key): n for axis, row in keys.items() for n, key in enumerate(sorted(row))}
    return Space(options=tuple(options), rules=_rules(options, chance), web=web, places=places)


def _changed(option: Option, chance: random.Random, much: bool) -> Option:
    def some(*values: float) -> float:
        return chance.choice(values) if much else values[0]

    sized = option.axis in ("compute", "size")
    return replace(
        option,
        infra=chance.randint(0, 300) / 2,
        ops=chance.randint(0, 20) / 4,
        down=chance.randint(0, 8) / 16_384,
        risk=chance.randint(0, 3),
        compute=0.0 if sized else some(0, 0, 0.25, 1),
        memory=0.0 if sized else some(0, 0, 1, 4),
        store=0.0 if sized else some(0, 0, 0.5, -0.25),
        saves=0.25 if chance.random() < 0.1 and not sized else 0.0,
        supply=float(chance.choice((1, 4, 16))) if option.axis == "size" else 0.0,
        room=float(chance.choice((4, 16, 64))) if sized else 0.0,
        cores=chance.choice((0.5, 1.0, 2.0, 4.0)) if option.axis == "compute" else 0.0,
        price=chance.randint(5, 60) if option.axis == "compute" else 0.0,
        each=chance.choice((0, 0.5)) if option.axis == "compute" else 0.0,
        duty=chance.choice((1.0, 0.5)) if option.axis == "compute" else 1.0,
        most=chance.randint(4, 12) if option.axis == "compute" else 1,
        gives=(*option.gives, *(t for t in "abc" if much and chance.random() < 0.3)),
        needs=(*option.needs, *(group for group in _GROUPS if much and chance.random() < 0.04)),
        bars=(*option.bars, *(t for t in "abc" if much and chance.random() < 0.012)),
    )


def _rules(options: list[Option], chance: random.Random) -> tuple[Rule, ...]:
    found: list[Rule] = []
    if chance.random() < 0.4:
        option = chance.choice([o for o in options if o.key != BASE[o.axis].key] or options)
        found.append(Ban(axis=option.axis, key=option.key, because=WHY))
    if chance.random() < 0.4:
        found.append(Demands(given=chance.choice(("", "a", "b")), one_of=("c", "b"), because=WHY))
    for what, most in (("infra", 2700.0), ("down", 0.008), ("ops", 85.0)):
        if chance.random() < 0.4:
            found.append(Ceiling(what=what, most=most * chance.uniform(0.95, 1.2), because=WHY))
    return tuple(found)


def brute(here: Space, by: Ground) -> Best | None:
    """The least objective of all combinations with all numbers of instances, with the keys and counts behind it."""
    axes: dict[str, list[Option]] = {}
    for option in here.options:
        axes.setdefault(option.axis, []).append(option)
    best: Best | None = None
    for row in itertools.product(*axes.values()):
        chosen = {o.axis: o for o in row}
        if not _stands(here, chosen):
            continue
        plain = sum(_cost(o, here, by) for o in row)
        machine = chosen["compute"]
        for most in range(1, machine.most + 1):
            for least in range(1, most + 1):
                total = plain + _rent(machine, most, least, by)
                if (best is None or total < best[0]) and _enough(here, by, chosen, most, least):
                    best = (total, tuple(sorted(f"{o.axis}={o.key}" for o in row)), (most, least))
    return best


def _cost(option: Option, here: Space, by: Ground) -> int:
    return round(weighed(money(option, by.demand), by.demand) * CENT) * 100 + here.places[option.axis, option.key]


def _rent(machine: Option, most: int, least: int, by: Ground) -> int:
    unit = machine.price * CENT * 100 * by.demand.weights.get("cost", 1.0)
    work = machine.each * by.demand.hourly * by.demand.weights.get("effort", 1.0)
    rent = most * round(unit * machine.duty) + least * round(unit * (1 - machine.duty))
    return rent + most * round(work * CENT) * 100


def _stands(here: Space, chosen: dict[str, Option]) -> bool:
    given = {t for o in chosen.values() for t in o.gives}
    for axis, option in chosen.items():
        if any(given.isdisjoint(group) for group in option.needs):
            return False
        if any(t in o.gives for t in option.bars for a, o in chosen.items() if a != axis):
            return False
    for rule in here.rules:
        match rule:
            case Ban():
                if chosen[rule.axis].key == rule.key:
                    return False
            case Demands():
                if (not rule.given or rule.given in given) and given.isdisjoint(rule.one_of):
                    return False
            case Ceiling():
                pass
    return True


def _enough(here: Space, by: Ground, chosen: dict[str, Option], most: int, least: int) -> bool:
    """Whether so many instances and this size carry the load, and no ceiling is broken; in whole thousandths."""
    given = {t for o in chosen.values() for t in o.gives}
    machine, size, web = chosen["compute"], chosen["size"], here.web[f"framework:{chosen['framework'].key}"]
    services = structure.services_of(by, chosen["style"].key)
    together = platform.own_machines(machine)
    rows = chosen.values()
    asked = round(store.load(by) * MILLI) + sum(round(o.store * MILLI) for o in rows)
    carried = machine.cores * MILLI
    saved = [o.saves for o in rows if o.saves]
    plain = 1 - by.demand.headroom
    peak = round(web.peak * MILLI) - sum(round(s * web.peak_answers * MILLI) for s in saved)
    peak += sum(round(o.compute * MILLI) for o in rows) + (asked if "hosting:local" in given else 0)
    mean = round(web.mean * MILLI) - sum(round(s * web.mean_answers * MILLI) for s in saved)
    zones = 2 if "redundant" in given else 1
    floor = zones * (1 if together else services)
    fits = most * carried >= peak and least * carried >= mean and least >= floor
    if zones == 2:
        left = round(web.mean * plain * MILLI) - sum(round(s * web.mean_answers * plain * MILLI) for s in saved)
        spare = max(platform.spare(by, machine, web.mean * plain / n) * n for n in {1, 1 if together else services})
        fits = fits and (most - spare) * carried >= left
    if "machines" in given:
        used = round((by.figure("memory.app") + 0.4) * MILLI)
        used += sum(round(o.memory * MILLI) for o in rows if o.axis != "compute")
        fits = fits and most * machine.room * MILLI >= used
    if "machines:1" in given:
        fits = fits and most == 1
    if "sized" in given:
        fits = fits and size.supply * MILLI >= asked and size.room * MILLI >= round(store.hot_memory(by) * MILLI)
    return bool(fits) and all(_keeps(r, chosen, most, least) for r in here.rules if isinstance(r, Ceiling))


def _keeps(rule: Ceiling, chosen: dict[str, Option], most: int, least: int) -> bool:
    scale, machine = SCALE[rule.what], chosen["compute"]
    total: int = sum(round(getattr(o, rule.what) * scale) for o in chosen.values())
    if rule.what == "infra":
        unit = machine.price * CENT * 100
        total += most * round(unit * machine.duty) + least * round(unit * (1 - machine.duty))
    elif rule.what == "ops":
        total += most * round(machine.each * scale)
    return total <= int(rule.most * scale)
