"""A smaller space with the same optimum: without options that another beats in all, and sizes that can't matter."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from archsmith.decide.demand import Demand
from archsmith.decide.dimensions import store
from archsmith.decide.ground import Ground
from archsmith.decide.option import Demands, Option, Space
from archsmith.decide.program import money, weighed

_MOST_OF_A_TYPE = 60


def reduce(space: Space, ground: Ground) -> Space:
    """Each dropped option can be replaced by a kept one at no higher cost, whatever else is chosen."""
    traits = used(space)
    by_axis: dict[str, list[Option]] = {}
    for option in space.options:
        by_axis.setdefault(option.axis, []).append(option)
    kept: list[Option] = []
    low, high = _store_range(by_axis, ground)
    for axis, options in by_axis.items():
        if axis == "size":
            options = _sizes(options, low, high, store.hot_memory(ground))
        elif axis == "compute":
            options = _instances(options, space, by_axis["framework"])
        else:
            options = _best(options, traits, ground.demand)
        kept.extend(options)
    return replace(space, options=tuple(sorted(kept, key=lambda o: (o.axis, o.key))))


def below(space: Space, ground: Ground, upper: float) -> Space:
    """Without options that even beside the cheapest of every other axis cost more than a design that is known."""
    cost = [weighed(money(o, ground.demand), ground.demand) for o in space.options]
    least: dict[str, float] = {}
    for option, value in zip(space.options, cost, strict=True):
        least[option.axis] = min(value, least.get(option.axis, value))
    room = upper - sum(least.values()) + 0.01
    kept = tuple(o for o, value in zip(space.options, cost, strict=True) if value - least[o.axis] <= room)
    return replace(space, options=kept)


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


def _costs(option: Option, demand: Demand) -> tuple[float, ...]:
    return (weighed(money(option, demand), demand), option.infra, option.down, option.ops, option.delay)


class _Row(NamedTuple):
    """An option with all that is compared; what it gives is apart, since only equals in that are compared."""

    costs: tuple[float, ...]
    key: str
    option: Option
    helps: frozenset[str]
    needs: frozenset[tuple[str, ...]]
    bars: frozenset[str]
    uses: tuple[float, ...]


def _best(options: list[Option], traits: frozenset[str], demand: Demand) -> list[Option]:
    """Cheapest first, then by name: an option stays unless one that stayed beats it."""
    harmless = _harmless(traits)
    alike: dict[frozenset[str], list[_Row]] = {}
    for option in options:
        gives = _gives(option, traits)
        row = _Row(
            _costs(option, demand),
            option.key,
            option,
            gives & harmless,
            frozenset(option.needs),
            frozenset(option.bars),
            _uses(option),
        )
        alike.setdefault(gives - harmless, []).append(row)
    kept: list[Option] = []
    for rows in alike.values():
        stayed: list[_Row] = []
        for row in sorted(rows, key=lambda r: r[:2]):
            if not any(_beats(better, row) for better in stayed):
                stayed.append(row)
        kept.extend(r.option for r in stayed)
    return kept


def _beats(a: _Row, b: _Row) -> bool:
    return (
        a.needs <= b.needs
        and a.bars <= b.bars
        and a.helps >= b.helps
        and all(x <= y + 1e-9 for x, y in zip(a.costs, b.costs, strict=True))
        and all(x <= y + 1e-12 for x, y in zip(a.uses, b.uses, strict=True))
    )


def _store_range(by_axis: dict[str, list[Option]], ground: Ground) -> tuple[float, float]:
    """Least and most cores that any choice asks of the primary store."""
    low = high = store.load(ground)
    for options in by_axis.values():
        asked = [o.store for o in options]
        low, high = low + min(asked), high + max(asked)
    return low, high


def _sizes(options: Iterable[Option], low: float, high: float, memory: float) -> list[Option]:
    """Of each hosting: sizes that are enough for the least, up to the first that is enough for the most."""
    kept, done = [], set()
    for option in sorted(options, key=lambda o: (o.infra, o.key)):
        if not option.needs:
            kept.append(option)
            continue
        if option.supply < low - 1e-3 or option.room < memory or option.needs in done:
            continue
        kept.append(option)
        if option.supply >= high and option.delay <= 0:
            done.add(option.needs)
    return kept


def _instances(options: list[Option], space: Space, frameworks: list[Option]) -> list[Option]:
    """Of each platform: no type so small that too many are needed, none larger than the first to carry all alone.

    The largest one stays where none would.
    """
    most = max(space.web[f"framework:{f.key}"].peak for f in frameworks) * 1.2 + 4.0
    least = min(space.web[f"framework:{f.key}"].peak for f in frameworks)
    families: dict[tuple[tuple[str, ...], ...], list[Option]] = {}
    for option in sorted(options, key=lambda o: (o.price, o.key)):
        families.setdefault(option.needs, []).append(option)
    kept = []
    for rows in families.values():
        enough = next((n for n, o in enumerate(rows) if o.cores >= most), len(rows) - 1)
        few = [o for o in rows[: enough + 1] if least * 0.2 / o.cores <= _MOST_OF_A_TYPE]
        kept.extend(few or rows[-1:])
    return kept
