"""Which reads may be answered by something older than the last write: a cache, an edge network, a replica."""

from archsmith.formulas.sizing import ttl_hit_ratio
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.kernel.units import Ratio, Seconds
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.domain import Access, Consistency, DataClass, Entity, Operation

RANK = {c: i for i, c in enumerate(DataClass)}
"""Data classes from the freest to the most guarded."""


def cacheable(op: Operation, entities: dict[EntityId, Entity]) -> bool:
    """Whether a cache may answer: what is everybody's, not secret, and need not be the newest."""
    entity = entities[op.entity]
    shared = entity.owner is None and RANK[entity.data_class] <= RANK[DataClass.INTERNAL]
    return shared and op.consistency is not Consistency.STRONG and op.access in (Access.GET, Access.LIST, Access.SEARCH)


def at_edge(op: Operation, entities: dict[EntityId, Entity], inside: set[ActorId]) -> bool:
    """Whether an edge network may keep the answer: public, nobody's own, for people outside, and it may be old."""
    entity = entities[op.entity]
    free = entity.owner is None and entity.data_class is DataClass.PUBLIC and op.actor not in inside
    return free and op.freshness is not None and op.freshness.value > 0 and cacheable(op, entities)


def edge_hits(op: Operation, entities: dict[EntityId, Entity], catalogue: Catalogue) -> float:
    """Share of its reads that an edge network answers for as long as the answers may be old."""
    rows = catalogue.table(CAPACITY)
    life = op.freshness.value if op.freshness else Seconds(0.0)
    hits = ttl_hit_ratio(op.peak.value, entities[op.entity].rows.value, life, Ratio(rows["cache.skew"].value))
    return min(float(hits), rows["cache.hit_ratio"].value)


def tolerant(op: Operation, lag: float) -> bool:
    """Whether a replica that runs behind by `lag` seconds may answer."""
    return op.consistency is not Consistency.STRONG and (op.freshness is None or op.freshness.value >= lag)
