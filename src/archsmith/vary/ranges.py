"""Which inputs vary in a run, between which ends, and the value at a share of the way."""

import math
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.formulas.sampling import log_triangular, triangular
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.defaults import DEFAULTS, Default
from archsmith.knowledge.prices import PRICES
from archsmith.knowledge.technologies import TECHNOLOGIES, Effort
from archsmith.knowledge.tradeoffs import TRADEOFFS
from archsmith.knowledge.uncertain import VARIED, VariedInput, VariedKind
from archsmith.model.base import Value
from archsmith.model.domain import Derivation
from archsmith.model.requirements import RegimeStatus, Requirements
from archsmith.model.uncertainty import Uncertain
from archsmith.vary.replay import origin

TABLES: Final[dict[str, Table[Any]]] = {t.name: t for t in (CAPACITY, PRICES, TECHNOLOGIES, TRADEOFFS)}
FACTOR: Final = "x"
"""The unit of an input that stands for several figures of ours."""


class Member(Struct, frozen=True):
    """What an input moves: a source of the derivation (no `table`), or a row of knowledge with its `field`."""

    table: str
    name: str
    field: str
    low: float
    base: float
    high: float

    def moved(self, way: float) -> float:
        """The value that lies this part of the way (-1 to 1) from the one in use to the lower or the upper end."""
        return moved(way, self.low, self.base, self.high)


def way(share: float, low: float, base: float, high: float) -> float:
    """Which part of the way (-1 to 1) from the value in use to an end a share (0 to 1) of the distribution lies.

    It is triangular and its mode the value in use; on logarithms where the range is above zero.

    >>> way(0.0, 1, 2, 8), way(1.0, 1, 2, 8), round(way(0.5, 1, 2, 4), 6)
    (-1.0, 1.0, 0.0)
    """
    low, high = min(low, base), max(high, base)
    if low <= 0:
        value = triangular(share, low, base, high)
        parts = (value - base, base - low, high - base)
    else:
        value = log_triangular(share, low, base, high)
        parts = (math.log(value / base), math.log(base / low), math.log(high / base))
    along, down, up = parts
    end = up if along > 0 else down
    return along / end if end > 0 else 0.0


def moved(way: float, low: float, base: float, high: float) -> float:
    """The value at a part of the way (-1 to 1); shares of almost all (availability) go by what is left to one.

    >>> moved(-1.0, 1, 2, 8), moved(0.5, 1, 2, 8), round(moved(1.0, 0.99, 0.999, 0.9999), 6)
    (1.0, 4.0, 0.9999)
    """
    end = high if way > 0 else low
    if base >= 0.9 and high < 1:
        return 1 - moved(abs(way), 0.0, 1 - base, 1 - end)
    if end <= 0 or base <= 0:
        return float(base + abs(way) * (end - base))
    return float(base * (end / base) ** abs(way))


def found(
    requirements: Requirements, derivation: Derivation, catalogue: Catalogue
) -> Iterator[tuple[VariedInput, Uncertain, tuple[Member, ...]]]:
    """The inputs that vary here, in the order of the catalogue, with all that each moves."""
    sources = assumed(derivation)
    for row in catalogue.table(VARIED).values():
        match row.kind:
            case VariedKind.ASSUMED:
                members = tuple(_sourced(row, sources, catalogue))
            case VariedKind.ROWS:
                members = tuple(_rows(row, catalogue))
            case VariedKind.EFFORT:
                members = tuple(_efforts(row.of, catalogue))
            case _:
                shown = _special(row, requirements, sources)
                if shown:
                    yield row, shown, ()
                continue
        if members:
            yield row, _shown(row, members, sources, catalogue), members


def assumed(derivation: Derivation) -> dict[str, Value | Fact[Any]]:
    """Every source and rule that stands behind a figure or a fact which nobody stated, with the first of them."""
    known: dict[str, Value | Fact[Any]] = {}
    for step in derivation.workload.steps:
        if source := origin(step):
            known.setdefault(source, step)
    domain = derivation.domain
    for holder in (derivation.targets, derivation.workload, *domain.operations, *domain.entities):
        for field in holder.__struct_fields__:
            fact = getattr(holder, field)
            for one in fact if isinstance(fact, tuple) else (fact,):
                if isinstance(one, Fact) and isinstance(one.why, Assumed):
                    known.setdefault(one.why.source, one)
    return known


def name_of(source: str) -> str:
    """What a source is about: the default's name without audience, or the archetype's figure.

    >>> name_of("defaults/peak_factor.consumer"), name_of("archetypes/shop/peak_factor")
    ('peak_factor', 'peak_factor')
    """
    return source.rpartition("/")[2].partition(".")[0] if "/" in source else source


def _sourced(row: VariedInput, sources: dict[str, Any], catalogue: Catalogue) -> Iterator[Member]:
    for source, what in sources.items():
        name = source if source in row.of else name_of(source)
        if name in row.of and what.value:
            low, high = _ends(row, source, catalogue)
            yield Member("", source, "", what.value * low, what.value, what.value * high)


def _ends(row: VariedInput, source: str, catalogue: Catalogue) -> tuple[float, float]:
    """Factors on the value: those of the default; of an archetype's figure those that such defaults have on average."""
    defaults = catalogue.table(DEFAULTS)
    own = defaults.get(source.removeprefix("defaults/"))
    if own is not None and own.low is not None and own.high is not None and own.value:
        return own.low / own.value, own.high / own.value
    name = name_of(source)
    alike = [d for d in defaults.values() if name_of(f"/{d.id}") == name and d.low and d.high and d.value > 0]
    if alike and row.low is None:
        return _mean([_low(d) / d.value for d in alike]), _mean([_high(d) / d.value for d in alike])
    return row.low if row.low is not None else 1.0, row.high if row.high is not None else 1.0


def _low(default: Default) -> float:
    return default.low if default.low is not None else default.value


def _high(default: Default) -> float:
    return default.high if default.high is not None else default.value


def _mean(factors: list[float]) -> float:
    return math.exp(sum(map(math.log, factors)) / len(factors))


def _rows(row: VariedInput, catalogue: Catalogue) -> Iterator[Member]:
    for pattern in row.of:
        table, _, glob = pattern.partition("/")
        for ident, known in catalogue.table(TABLES[table]).items():
            if known.low is not None and known.high is not None and known.low < known.high and fnmatchcase(ident, glob):
                yield Member(table, ident, "value", known.low, known.value, known.high)


def _efforts(fields: tuple[str, ...], catalogue: Catalogue) -> Iterator[Member]:
    for field in fields:
        for ident, tech in catalogue.table(TECHNOLOGIES).items():
            effort = getattr(tech, field)
            if effort is not None and effort.low < effort.high:
                yield Member(TECHNOLOGIES.name, ident, field, effort.low, effort.value, effort.high)


class Rows:
    """The rows of knowledge that inputs move, each looked up once."""

    def __init__(self, members: Iterable[tuple[int, Member]], catalogue: Catalogue) -> None:
        """`members`: each with the place of its input."""
        fields: dict[tuple[str, str], list[tuple[int, Member]]] = {}
        for place, member in members:
            fields.setdefault((member.table, member.name), []).append((place, member))
        self._rows = [(t, n, catalogue.table(TABLES[t])[n], those) for (t, n), those in fields.items()]

    def under(self, ways: Sequence[float]) -> dict[str, dict[str, Any]]:
        """The rows by table, each input this part of its way."""
        rows: dict[str, dict[str, Any]] = {}
        for table, name, row, members in self._rows:
            values: dict[str, Any] = {m.field: m.moved(ways[place]) for place, m in members}
            if table == TECHNOLOGIES.name:
                values = {f: Effort(value=v, low=v, high=v) for f, v in values.items()}
            rows.setdefault(table, {})[name] = replace(row, **values)
        return rows


def _shown(row: VariedInput, members: tuple[Member, ...], sources: dict[str, Any], catalogue: Catalogue) -> Uncertain:
    """As a reader sees it: the figure itself where there is one, else a factor on all of them."""
    first = members[0]
    source = first.name if not first.table else f"{first.table}/{first.name}"
    if len(members) > 1 or not first.base or (not first.table and "/" not in source):
        low, high = (sum(ends) / len(ends) for ends in zip(*map(_factors, members), strict=True))
        return Uncertain(
            id=row.id, what=row.what, unit=FACTOR, low=low, base=1.0, high=high, source=source, reason=row.why
        )
    unit = row.unit
    if unit:
        pass
    elif first.table:
        unit = str(catalogue.table(TABLES[first.table])[first.name].unit)
    elif (default := catalogue.table(DEFAULTS).get(source.removeprefix("defaults/"))) is not None:
        unit = default.unit
    else:
        unit = getattr(sources[source], "unit", "")
    why = getattr(sources.get(source), "why", None)
    reason = row.why or (why.reason if isinstance(why, Assumed) else "")
    return Uncertain(
        id=row.id,
        what=row.what,
        unit=unit,
        low=first.low,
        base=first.base,
        high=first.high,
        source=source,
        reason=reason,
    )


def _factors(member: Member) -> tuple[float, float]:
    return (member.low / member.base, member.high / member.base) if member.base else (1.0, 1.0)


def _special(row: VariedInput, requirements: Requirements, sources: dict[str, Any]) -> Uncertain | None:
    """Growth that nobody named, a place that was guessed, a law that may apply."""
    source = f"uncertain/{row.id}"
    if row.kind is VariedKind.LOAD and any(name_of(s) in row.of for s in sources):
        low, high = row.low or 1.0, row.high or 1.0
        return Uncertain(
            id=row.id, what=row.what, unit=FACTOR, low=low, base=1.0, high=high, source=source, reason=row.why
        )
    if row.kind is VariedKind.PLACE and (known := sources.get("defaults/region")) is not None:
        last = len(row.of) - 1.0
        base = float(row.of.index(known.value)) if known.value in row.of else 0.0
        return Uncertain(
            id=row.id, what=row.what, unit=" or ".join(row.of), low=0.0, base=base, high=last, source="defaults/region",
            reason=known.why.reason,
        )  # fmt: skip
    if row.kind is VariedKind.LAW:
        regime = next((r for r in requirements.regimes if r.id.upper() in row.of), None)
        if regime is not None and regime.status is RegimeStatus.CONDITIONAL:
            chance = float(regime.confidence)
            return Uncertain(
                id=row.id, what=row.what, unit="probability", low=0.0, base=chance, high=1.0, source=source,
                reason=regime.reason,
            )  # fmt: skip
    return None
