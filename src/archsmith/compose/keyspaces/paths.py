"""What operations ask of an entity's rows, and how hot the hottest key of such a question gets."""

import math
from dataclasses import dataclass

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import SUBJECT, TENANT, whose
from archsmith.formulas.sizing import hottest_share
from archsmith.kernel.ids import EntityId, StoreId
from archsmith.kernel.provenance import Derived
from archsmith.kernel.units import Count, PerSecond, Ratio
from archsmith.knowledge.capacity import CAPACITY
from archsmith.model.base import Figure
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import READS, Access, AttributeType, Consistency, Entity, Operation
from archsmith.model.shapes import Field, Shape, Source

KEY = "id"
"""The field that identifies a row."""
ORDERED = frozenset(
    {AttributeType.DATE, AttributeType.TIMESTAMP, AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL}
)
_WIDE = frozenset({AttributeType.JSON, AttributeType.GEO, AttributeType.FILE})
_MANY = frozenset({Access.LIST, Access.SEARCH, Access.AGGREGATE, Access.EXPORT})
_NEW = frozenset({Access.CREATE, Access.APPEND, Access.IMPORT})


@dataclass(frozen=True, slots=True)
class Path:
    """Rows that are equal in `equal`, ordered or limited by `order`. `narrow`: what else the caller may select by.

    `exact`: somebody changes the rows that it finds, or must not read old ones.
    """

    equal: tuple[str, ...]
    order: str
    operations: tuple[Operation, ...]
    narrow: tuple[str, ...] = ()

    @property
    def by_key(self) -> bool:
        """Whether it asks for one row by its identity."""
        return self.equal == (KEY,)

    @property
    def peak(self) -> PerSecond:
        """All its operations together."""
        return PerSecond(math.fsum(o.peak.value for o in self.operations))

    @property
    def exact(self) -> bool:
        """Whether rows that it finds are changed, or must not be old."""
        return any(o.access not in READS or o.consistency is Consistency.STRONG for o in self.operations)


def paths(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> tuple[Path, ...]:
    """The access paths of an entity's rows in a store, the one by key first; each once, with all its operations."""
    shape = draft.shape_of(entity.id)
    found: dict[tuple[tuple[str, ...], str], tuple[list[Operation], set[str]]] = {((KEY,), ""): ([], set())}
    for operation in ctx.operations_on[entity.id]:
        if operation.access in _NEW or _answered_elsewhere(ctx, draft, operation, store):
            continue
        if operation.access in _MANY:
            *equal, order = _asked(ctx, shape, entity, operation)
            key = (tuple(equal), order)
            narrow = {f.name for n in operation.filters if (f := _field(shape, n)) is not None}
        else:
            key, narrow = ((KEY,), ""), set()
        operations, others = found.setdefault(key, ([], set()))
        operations.append(operation)
        others |= narrow - set(key[0]) - {key[1]}
    whole = ctx.part_of.get(entity.id)
    reference = shape.of(whole.name) if whole is not None else None
    if whole is not None and reference is not None and not reference.many:
        with_parts = [o for o in ctx.operations_on[whole.target] if o.access in (Access.GET, Access.LIST)]
        if with_parts:
            found.setdefault(((reference.name,), _made(shape)), ([], set()))[0].extend(with_parts)
    return tuple(
        Path(equal, order, tuple(dict.fromkeys(done)), tuple(sorted(others)))
        for (equal, order), (done, others) in found.items()
    )


def _answered_elsewhere(ctx: Context, draft: Draft, operation: Operation, store: StoreId) -> bool:
    """Whether a search store answers what is looked for by words."""
    if operation.access is not Access.SEARCH:
        return False
    copies = {c for p in ctx.decisions.placements if p.entity == operation.entity for c in p.copies}
    return any(s.role is StoreRole.SEARCH and s.id in copies and s.id != store for s in draft.stores)


def _asked(ctx: Context, shape: Shape, entity: Entity, operation: Operation) -> list[str]:
    """Fields of equality (whose, then the most selective filter), and the order last, empty for none."""
    equal = [TENANT] if shape.field(TENANT) else []
    owner = whose(ctx, entity, operation.actor)
    equal += [owner] if owner != SUBJECT and shape.field(owner) else []
    wished = [f for name in operation.filters if (f := _field(shape, name)) is not None]
    exact = [f.name for f in wished if f.type not in ORDERED]
    ranges = [f.name for f in wished if f.type in ORDERED]
    sort = _field(shape, operation.sort)
    order = ranges[0] if ranges else sort.name if sort is not None else _made(shape)
    return [*dict.fromkeys([*equal, *exact[:1]]), order]


def _field(shape: Shape, name: str) -> Field | None:
    """The field that a filter or an order of the domain names, if values of it can stand in a key."""
    found = shape.of(name) or shape.of(name.removesuffix("_id")) or shape.field(name)
    if found is None or found.type in _WIDE or found.many or found.encrypted or found.write_only:
        return None
    return found


def _made(shape: Shape) -> str:
    return next(f.name for f in shape.fields if f.source is Source.STAMP)


def time_of(shape: Shape, *, changes: bool) -> Field:
    """The time by which rows are cut: that of what happened where the business names one, else when they were made.

    Where rows change, only the latter: a row must stay in the part that it was put into.
    """
    stamps = [
        f
        for f in shape.fields
        if f.type is AttributeType.TIMESTAMP and f.source is Source.ATTRIBUTE and f.required and not changes
    ]
    return (stamps or [f for f in shape.fields if f.source is Source.STAMP])[0]


def distinct(ctx: Context, draft: Draft, entity: Entity, fields: tuple[str, ...]) -> Count:
    """How many different values these fields have together; what nobody states counts as one value, the worst case."""
    shape, found = draft.shape_of(entity.id), 1.0
    for name in fields:
        field = shape.field(name)
        if field is None:
            continue
        if field.unique:
            return entity.rows.value
        if field.refers is not None:
            found *= max(1.0, _rows(ctx, field.refers))
        elif field.source is Source.OWNER:
            found *= max(1.0, ctx.workload.users.value)
        elif field.states:
            found *= len(field.states)
        elif field.type is AttributeType.BOOLEAN:
            found *= 2
    return Count(min(found, max(1.0, entity.rows.value)))


def _rows(ctx: Context, entity: EntityId) -> float:
    return ctx.entities[entity].rows.value


def hot(ctx: Context, values: Count) -> float:
    """Share of the accesses that the most wanted of so many values gets."""
    skew = Ratio(ctx.catalogue.table(CAPACITY)["cache.skew"].value)
    return float(hottest_share(values, skew))


def figure(ident: str, what: str, value: float, unit: str, formula: str, *inputs: str) -> Figure:
    """A figure of a keyspace with its arithmetic."""
    why = Derived(rule=f"keyspaces.{ident.rpartition('.')[2]}", formula=formula, inputs=inputs)
    return Figure(id=ident, what=what, value=value, unit=unit, formula=formula, why=why)
