"""Indexes: one for each access path of an operation that no other serves, and none that no operation asks for."""

from collections.abc import Sequence

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.fields import is_encrypted
from archsmith.compose.names import bounded
from archsmith.compose.ownership import SUBJECT, ownership_path, relation_column
from archsmith.compose.parameters import searched
from archsmith.kernel.ids import OperationId, StoreId
from archsmith.model.architecture import Topology
from archsmith.model.contracts import Column, Index
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, AttributeType, Entity, Operation

SEARCH = "search_words"
"""The generated column of full-text search."""


def search_column(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Column]:
    """The words of a row, where PostgreSQL itself searches them for an operation."""
    asked = any(o.access is Access.SEARCH for o in ctx.operations_on[entity.id])
    inside = any(
        s.role is StoreRole.SEARCH and s.topology is Topology.EMBEDDED and s.host == store for s in draft.stores
    )
    elsewhere = any(s.role is StoreRole.SEARCH and s.topology is not Topology.EMBEDDED for s in draft.stores)
    texts = [ctx.names[entity.id].columns[a.name] for a in searched(entity) if not is_encrypted(a)]
    if not asked or not texts or (elsewhere and not inside):
        return []
    words = " || ' ' || ".join(f"coalesce({name}, '')" for name in texts)
    return [
        Column(
            name=SEARCH,
            type="tsvector",
            nullable=True,
            comment=f"Words of {', '.join(texts)}",
            generated=f"to_tsvector('simple', {words})",
        )
    ]


def indexes(
    ctx: Context, entity: Entity, columns: list[Column], tenant: str, uniques: Sequence[tuple[str, ...]]
) -> list[Index]:
    """Indexes by access path; a path that is the beginning of another, or of a unique one, needs none of its own."""
    known = {column.name for column in columns}
    wished = _paths(ctx, entity, known, tenant)
    table, found = ctx.names[entity.id].table, []
    for path, operations in wished.items():
        longer = any(path == other[: len(path)] for other in wished if len(other) > len(path))
        if longer or any(path == unique[: len(path)] for unique in uniques):
            continue
        name = bounded(f"{table}_{'_'.join(path)}_idx")
        found.append(Index(name=name, columns=path, operations=tuple(dict.fromkeys(operations))))
    if SEARCH in known:
        used = tuple(o.id for o in ctx.operations_on[entity.id] if o.access is Access.SEARCH)
        found.append(Index(name=bounded(f"{table}_words_idx"), columns=(SEARCH,), method="gin", operations=used))
    return found


def _paths(ctx: Context, entity: Entity, known: set[str], tenant: str) -> dict[tuple[str, ...], list[OperationId]]:
    found: dict[tuple[str, ...], list[OperationId]] = {}
    for operation in ctx.operations_on[entity.id]:
        if operation.access in (Access.LIST, Access.SEARCH, Access.AGGREGATE, Access.EXPORT):
            path = _path(ctx, entity, operation, known, tenant)
            if path:
                found.setdefault(path, []).append(operation.id)
    whole = ctx.part_of.get(entity.id)
    if whole is not None and relation_column(whole.name) in known:
        column = relation_column(whole.name)
        with_parts = [o.id for o in ctx.operations_on[whole.target] if o.access in (Access.GET, Access.LIST)]
        changing = [o.id for o in ctx.domain.operations if entity.id in o.touches]
        found.setdefault((column,), []).extend(with_parts or changing)
    for relation in entity.relations:
        deleting = [o.id for o in ctx.operations_on[relation.target] if o.access is Access.DELETE]
        if deleting and relation_column(relation.name) in known:
            found.setdefault((relation_column(relation.name),), []).extend(deleting)
    return found


def _path(ctx: Context, entity: Entity, operation: Operation, known: set[str], tenant: str) -> tuple[str, ...]:
    """Equality first (tenant, owner, filters), then a range or the order of the page, then the key as tie-breaker."""
    names = ctx.names[entity.id].columns
    relations = {f"{r.name}_id": relation_column(r.name) for r in entity.relations}
    types = {a.name: a.type for a in entity.attributes}
    equal, ranges = ([tenant] if tenant else []), list[str]()
    if entity.owner == operation.actor:
        equal += [c for c in (ownership_path(ctx, entity),) if c in known and c != SUBJECT]
    for name in operation.filters:
        column = relations.get(name) or names.get(name, "")
        if column not in known or is_wide(types.get(name)):
            continue
        (ranges if types.get(name) in _ORDERED else equal).append(column)
    order = names.get(operation.sort, operation.sort)
    tail = ranges[:1] or ([order] if order in known and not is_wide(types.get(operation.sort)) else [])
    path = tuple(dict.fromkeys([*equal, *tail]))
    if not path or path == (tenant,):
        return path
    return (*path, "id") if tail and "id" not in path and not ranges else path


_ORDERED = frozenset(
    {AttributeType.DATE, AttributeType.TIMESTAMP, AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL}
)


def is_wide(kind: AttributeType | None) -> bool:
    """Whether values are too large or too shapeless for a B-tree."""
    return kind in (AttributeType.JSON, AttributeType.GEO, AttributeType.FILE)
