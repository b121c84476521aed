"""Which reads may be answered by something older than the last write: a cache, an edge network, a replica."""

import math

from archsmith.formulas.sizing import kept_share
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.kernel.names import plain
from archsmith.kernel.phrases import duration
from archsmith.kernel.units import Ratio, Seconds
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.domain import Access, Consistency, DataClass, Entity, Operation, same_for_all

RANK = {c: i for i, c in enumerate(DataClass)}
"""Data classes from the freest to the most guarded."""


def cacheable(op: Operation, entities: dict[EntityId, Entity]) -> bool:
    """Whether a cache may answer: what is everybody's, not secret, and need not be the newest."""
    wide = op.access in (Access.GET, Access.LIST, Access.SEARCH)
    return wide and op.consistency is not Consistency.STRONG and same_for_all(entities[op.entity], op)


def served(ops: list[Operation], entities: dict[EntityId, Entity]) -> tuple[str, ...]:
    """What a cache may serve, the most asked first, and how old it may be: the least of what its readers allow."""
    asked: dict[EntityId, float] = {}
    ages: dict[EntityId, list[float]] = {}
    for op in ops:
        asked[op.entity] = asked.get(op.entity, 0.0) + op.peak.value
        ages.setdefault(op.entity, []).append(op.freshness.value if op.freshness else math.inf)
    return tuple(_aged(entities[e], min(ages[e])) for e in sorted(asked, key=lambda e: (-asked[e], e)))


def _aged(entity: Entity, age: float) -> str:
    name = plain(entity.plural or entity.name)
    return f"{name} up to {duration(age)} old" if math.isfinite(age) else f"{name} until they change"


def at_edge(op: Operation, entities: dict[EntityId, Entity], inside: set[ActorId]) -> bool:
    """Whether an edge network may keep the answer: public, for people outside, and it may be old."""
    free = entities[op.entity].data_class is DataClass.PUBLIC and op.actor not in inside
    return free and op.freshness is not None and op.freshness.value > 0 and cacheable(op, entities)


def hits(op: Operation, entities: dict[EntityId, Entity], catalogue: Catalogue) -> float:
    """Share of its reads that a copy of the answers serves, for as long as they may be old."""
    rows = catalogue.table(CAPACITY)
    skew, usual, most = (Ratio(rows[f"cache.{name}"].value) for name in ("skew", "hit_ratio", "hit_most"))
    life = op.freshness.value if op.freshness else Seconds(0.0)
    return float(kept_share(op.peak.value, entities[op.entity].rows.value, life, skew, usual, most))


def tolerant(op: Operation, lag: float) -> bool:
    """Whether a replica that runs behind by `lag` seconds may answer."""
    return op.consistency is not Consistency.STRONG and (op.freshness is None or op.freshness.value >= lag)
