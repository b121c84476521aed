"""Masses of rows that are asked for one by one: where a store by key may do what neither rows nor columns do well."""

from collections.abc import Collection

from archsmith.kernel.ids import EntityId
from archsmith.model.base import Value
from archsmith.model.domain import Access, DataClass, Domain, Entity, Operation
from archsmith.model.requirements import OperationKind

MASS = 20.0
"""New rows a second on average from which an entity is masses, not records."""
_FLOOD = 1000.0
"""Writes a second at the peak that are a matter of their own, however little they leave."""
_MONTH = 2_630_000.0
_BY_KEY = frozenset({Access.GET, Access.LIST})
_IN_SUMS = frozenset({Access.AGGREGATE, Access.EXPORT, Access.COMPUTE})
_GUARDED = frozenset({DataClass.FINANCIAL, DataClass.CARD})
"""Classes that are held to account: they, and what refers to them, stay where transactions are."""


class Keyed(Value, frozen=True, kw_only=True):
    """Entities whose rows come in masses and are asked for by key; their GB, reads and writes a second at the peak.

    `streamed`: rows a second of streams among the writes, which the relational load does not count. `searched`: whether
    some are also looked for by words.
    """

    entities: tuple[EntityId, ...] = ()
    gb: float = 0.0
    reads: float = 0.0
    writes: float = 0.0
    streamed: float = 0.0
    searched: bool = False


def keyed(domain: Domain, streams: Collection[Operation], readings: Collection[EntityId], least_gb: float) -> Keyed:
    """The entities that grow by masses and are written and read row by row, with what they are asked.

    What arrives in streams counts only where somebody asks for single rows of it; the rest is read in sums. Left out is
    what is measured over time, what money is in or behind, what changes as a whole with other aggregates, and what
    anything reads in sums. None below `least_gb` and a flood of writes: those are plain tables.
    """
    rows = [e for e in domain.entities if e.id not in readings and _is_keyed(e, domain, streams)]
    ids = {e.id for e in rows}
    own = [o for o in domain.operations if o.entity in ids]
    asked = [o for o in own if o.kind is OperationKind.QUERY]
    written = [o for o in own if o.kind in (OperationKind.COMMAND, OperationKind.STREAM)]
    found = Keyed(
        entities=tuple(e.id for e in rows),
        gb=sum(e.rows.value * e.row_bytes.value for e in rows) / 1e9,
        reads=sum(o.peak.value for o in asked),
        writes=sum(o.peak.value for o in written),
        streamed=sum(o.peak.value for o in written if o in streams),
        searched=any(o.access is Access.SEARCH for o in asked),
    )
    return found if found.gb >= least_gb or found.writes >= _FLOOD else Keyed()


def _is_keyed(entity: Entity, domain: Domain, streams: Collection[Operation]) -> bool:
    if entity.rows_per_month.value / _MONTH < MASS or entity.master is not None or _accounted(entity, domain):
        return False
    own = [o for o in domain.operations if o.entity == entity.id]
    asked = any(o.kind is OperationKind.QUERY and o.access in _BY_KEY for o in own)
    commanded = any(o.kind is OperationKind.COMMAND for o in own) and not any(o in streams for o in own)
    in_sums = any(o.access in _IN_SUMS for o in own)
    return (asked or commanded) and not in_sums and not any(_whole(o, entity, domain) for o in domain.operations)


def _accounted(entity: Entity, domain: Domain) -> bool:
    """Whether money is in the entity, or in something that it refers to."""
    classes = {e.id: e.data_class for e in domain.entities}
    return any(classes.get(e) in _GUARDED for e in (entity.id, *(r.target for r in entity.relations)))


def _whole(operation: Operation, entity: Entity, domain: Domain) -> bool:
    """Whether an operation changes rows of the entity as a whole with those of another aggregate."""
    if operation.kind is not OperationKind.COMMAND or entity.id not in (operation.entity, *operation.touches):
        return False
    roots = {e.id: e.aggregate for e in domain.entities}
    return len({roots.get(e, e) for e in (operation.entity, *operation.touches)}) > 1
