"""A smaller space with the same optimum: without options that another beats in all, and sizes that can't matter."""

import operator
from typing import NamedTuple

from msgspec.structs import replace

from archsmith.decide.columns import costs
from archsmith.decide.dimensions import store, structure
from archsmith.decide.ground import Ground
from archsmith.decide.option import Cores, Demands, Option, Space


def reduce(space: Space, ground: Ground, aim: str = "") -> Space:
    """Each dropped option can be replaced by a kept one at no higher cost, whatever else is chosen.

    `aim`: the sum that alone is to be the least, in a space without ceilings. The options come out in the order of
    their names, so that the order in which they came in decides nothing.
    """
    traits = used(space)
    by_axis: dict[str, list[tuple[Option, int]]] = {}
    own = [0] * len(space.options) if aim else costs(space, ground)
    for option, cost in zip(space.options, own, strict=True):
        by_axis.setdefault(option.axis, []).append((option, cost))
    ranges = _Ranges({axis: [o for o, _ in rows] for axis, rows in by_axis.items()}, space, ground)
    kept: list[Option] = []
    for rows in by_axis.values():
        possible = [row for row in rows if ranges.fits(row[0])] or rows
        kept.extend(_best([_row(o, cost, traits, ranges, aim) for o, cost in possible], _harmless(traits)))
    return replace(space, options=tuple(sorted(kept, key=lambda o: (o.axis, o.key))))


def used(space: Space) -> frozenset[str]:
    """Traits that anything asks for or bars: the others tell nothing."""
    found = {t for o in space.options for group in o.needs for t in group} | {t for o in space.options for t in o.bars}
    for rule in space.rules:
        if isinstance(rule, Demands):
            found |= {rule.given, *rule.one_of}
    return frozenset(found | {"hosting:local", "sized", "redundant", "machines", "machines:1"})


def no_more_demanding(a: Option, b: Option, traits: frozenset[str]) -> bool:
    """Whether `a` can stand wherever `b` can: it needs and bars no more, and gives no less that matters."""
    return (
        set(a.needs) <= set(b.needs)
        and set(a.bars) <= set(b.bars)
        and _gives(b, traits) <= _gives(a, traits)
        and _gives(a, traits) <= _gives(b, traits) | _harmless(traits)
        and all(x <= y + 1e-12 for x, y in zip(_uses(a), _uses(b), strict=True))
    )


def _gives(option: Option, traits: frozenset[str]) -> frozenset[str]:
    return frozenset(option.gives) & traits


def _harmless(traits: frozenset[str]) -> frozenset[str]:
    """Traits that only help: needed by others, never barred and never the head of a demand."""
    return traits & {"failover", "balances", "fast_copy", "shared_memory", "pub_sub"}


def _uses(option: Option) -> tuple[float, ...]:
    return (option.compute, option.memory, option.store, -option.supply, -option.room, -option.saves)


class _Ranges:
    """The lightest and the heaviest load that any choice makes."""

    def __init__(self, by_axis: dict[str, list[Option]], space: Space, ground: Ground) -> None:
        rest = [options for axis, options in by_axis.items() if axis not in ("compute", "size")]
        web = [space.web[f"framework:{o.key}"] for o in by_axis["framework"]]
        base = store.load(ground)
        self.hot = store.hot_memory(ground)
        self.asked = base + sum(min(o.store for o in options) for options in rest)
        self.most_asked = base + sum(max(o.store for o in options) for options in rest)
        saved = sum(max(o.saves for o in options) for options in rest)
        beside = sum(max(o.compute for o in options) for options in rest) + max(0.0, self.most_asked)
        self.light = min(w.peak - w.peak_answers * saved for w in web)
        self.cores = max(w.peak for w in web) + beside
        self.work = {o.key: _work(space.web[f"framework:{o.key}"]) for o in by_axis["framework"]}
        self.services = {o.key: (structure.services_of(ground, o.key),) for o in by_axis["style"]}
        used = sum(max(o.memory for o in options) for axis, options in by_axis.items() if axis != "compute")
        self.memory = ground.figure("memory.app") + 0.4 + used

    def fits(self, option: Option) -> bool:
        """Whether a size can be enough for the lightest load."""
        if option.axis == "size":
            return not option.needs or (option.supply >= self.asked - _HAIR and option.room >= self.hot - _HAIR)
        return option.axis != "compute" or self.light <= option.most * (option.cores + _HAIR)


def _work(web: Cores) -> tuple[float, ...]:
    """Cores at the peak and at the mean, when nothing and when all of the answers is spared."""
    return web.peak, web.mean, web.peak - web.peak_answers, web.mean - web.mean_answers


_HAIR = 1e-3
"""What sums of rounded thousandths may be off."""


class _Row(NamedTuple):
    """An option with all that is compared; what it gives is apart, since only equals in that are compared."""

    costs: tuple[float, ...]
    key: str
    option: Option
    gives: frozenset[str]
    needs: frozenset[tuple[str, ...]]
    bars: frozenset[str]
    uses: tuple[float, ...]


def _row(option: Option, cost: int, traits: frozenset[str], ranges: _Ranges, aim: str) -> _Row:
    """An option as it is compared; of a size no more than the heaviest load takes."""
    costs: tuple[float, ...] = (cost, option.infra, option.down, option.ops, option.delay)
    if aim:
        costs = (getattr(option, aim),)
    uses = _uses(option)
    if option.axis == "size":
        supply = min(option.supply, ranges.most_asked + option.store + _HAIR)
        uses = (*uses[:3], -supply, -min(option.room, ranges.hot + _HAIR), uses[5])
    elif option.axis == "compute":
        if aim in ("", "infra"):
            costs = (*costs, option.price * option.duty, option.price * (1 - option.duty))
        if aim in ("", "ops"):
            costs = (*costs, option.each)
        room, cores = min(option.room, ranges.memory + _HAIR), min(option.cores, ranges.cores + _HAIR)
        uses = (*uses[:4], -room, -cores, -option.most)
    elif option.axis == "framework":
        uses = (*uses, *ranges.work[option.key])
    elif option.axis == "style":
        uses = (*uses, *ranges.services[option.key])
    return _Row(
        costs,
        option.key,
        option,
        frozenset(option.gives) & traits,
        frozenset(option.needs),
        frozenset(option.bars),
        uses,
    )


def _best(rows: list[_Row], harmless: frozenset[str]) -> list[Option]:
    """Cheapest first, then by name: an option stays unless one that stayed beats it."""
    alike: dict[tuple[object, ...], list[_Row]] = {}
    for row in rows:
        where = row.needs if row.option.axis in ("size", "compute") else None  # each needs one thing, its own
        alike.setdefault((row.gives - harmless, where), []).append(row)
    kept: list[Option] = []
    for group in alike.values():
        stayed: list[_Row] = []
        for row in sorted(group, key=lambda r: r[:2]):
            if not any(_beats(better, row) for better in stayed):
                stayed.append(row)
        kept.extend(r.option for r in stayed)
    return kept


def _beats(a: _Row, b: _Row) -> bool:
    return (
        a.needs <= b.needs
        and a.bars <= b.bars
        and a.gives >= b.gives
        and all(map(operator.le, a.costs, b.costs))
        and all(map(operator.le, a.uses, b.uses))
    )
