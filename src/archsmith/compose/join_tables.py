"""Join tables: which rows of two entities go together, within one tenant where rows belong to one."""

from archsmith.compose.columns import Own
from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.indexes import indexed
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.kernel.ids import StoreId
from archsmith.kernel.names import snake
from archsmith.model.contracts import ForeignKey, Query, Table
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, Entity, Relation


def join_table(ctx: Context, draft: Draft, entity: Entity, relation: Relation, store: StoreId, cut: set[str]) -> Table:
    """The table of one relation of many with many. `cut`: the partitioned tables, which no key refers to."""
    target, dialect = ctx.entities[relation.target], dialect_of(draft, store)
    own = Own(dialect)
    left, right = ctx.names[entity.id], ctx.names[target.id]
    other = right.parameter if right.parameter != left.parameter else f"other_{right.parameter}"
    name = bounded(f"{left.singular}_{snake(relation.name)}_links")
    both = all(draft.shape_of(e.id).field(TENANT) is not None for e in (entity, target))
    tenant = (TENANT,) if both else ()
    within = tenant if dialect.row_security else ()
    sides = ((left.parameter, entity, left.table), (other, target, right.table))
    indexes, asked = indexed(
        name, [_ends(ctx, side[1], side[0], tenant) for side in sides], [(*tenant, left.parameter, other)], small=False
    )
    return Table(
        store=store,
        name=name,
        entity=None,
        comment=f"Which {target.plural} go with which {entity.plural}",
        columns=(
            *(own.reference(TENANT, "Whose row it is; row-level security holds tenants apart by it") for _ in tenant),
            *(own.reference(c, f"Id of the {e.name}") for c, e, _ in sides),
            own.moment("created_at", "When the two were put together (UTC)"),
        ),
        primary_key=(*tenant, left.parameter, other),
        foreign_keys=tuple(
            ForeignKey(
                name=bounded(f"{name}_{column}_fkey"),
                columns=(*within, column),
                target=table,
                target_columns=(*within, "id"),
                on_delete="CASCADE",
            )
            for column, end, table in sides
            if ctx.owner_of[end.id] is ctx.owner_of[entity.id] and table not in cut
        ),
        indexes=tuple(indexes),
        queries=tuple(asked),
        tenant_column=TENANT if within else "",
        because=ctx.because(Dimension.PRIMARY_STORE),
    )


def _ends(ctx: Context, end: Entity, column: str, tenant: tuple[str, ...]) -> Query:
    """The links of one row, read with it and deleted with it."""
    reading = [o.id for o in ctx.operations_on[end.id] if o.access in (Access.GET, Access.LIST, Access.DELETE)]
    return Query(name=f"links of a {end.name}", kind="parts", operations=tuple(reading), equal=(*tenant, column))
