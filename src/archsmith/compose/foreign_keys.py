"""Foreign keys: inside a service's store only, and within a tenant where rows belong to one."""

from collections.abc import Iterable

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.kernel.ids import StoreId
from archsmith.model.contracts import ForeignKey, Table
from archsmith.model.domain import Entity, Relation


def foreign_key(ctx: Context, draft: Draft, entity: Entity, relation: Relation, store: StoreId) -> ForeignKey:
    """The key of a relation. Of two tenants' tables it names the tenant too: no row refers to another tenant's."""
    column = ctx.names[entity.id].references[relation.name]
    target = ctx.entities[relation.target]
    tenants = (draft.shape_of(e.id).field(TENANT) is not None for e in (entity, target))
    tenant = (TENANT,) if all(tenants) and dialect_of(draft, store).row_security else ()
    rule = "CASCADE" if relation.owns else "RESTRICT" if relation.required else "SET NULL"
    return ForeignKey(
        name=bounded(f"{ctx.names[entity.id].table}_{column}_fkey"),
        columns=(*tenant, column),
        target=ctx.names[target.id].table,
        target_columns=(*tenant, "id"),
        on_delete=rule,
    )


def with_targets(tables: Iterable[Table]) -> list[Table]:
    """Each table with a unique key over the columns that others refer to, where its primary key is not that."""
    tables = list(tables)
    asked: dict[tuple[StoreId, str], list[tuple[str, ...]]] = {}
    for table in tables:
        for key in table.foreign_keys:
            asked.setdefault((table.store, key.target), []).append(key.target_columns)
    return [_with(table, asked.get((table.store, table.name), ())) for table in tables]


def _with(table: Table, asked: Iterable[tuple[str, ...]]) -> Table:
    missing = [c for c in dict.fromkeys(asked) if c != table.primary_key and c not in table.uniques]
    return replace(table, uniques=(*table.uniques, *missing)) if missing else table


def to_tenants(tables: Iterable[Table], home: Table | None) -> list[Table]:
    """Each table of rows that belong to a tenant refers to the table of tenants, where that is in the same store.

    Not those cut into partitions: there every one of very many rows would lock its tenant's row for a moment.
    """
    return [_to_tenant(table, home) if home and home.store == table.store else table for table in tables]


def _to_tenant(table: Table, home: Table) -> Table:
    if table.partition_by or all(c.name != TENANT for c in table.columns):
        return table
    key = ForeignKey(
        name=bounded(f"{table.name}_{TENANT}_fkey"),
        columns=(TENANT,),
        target=home.name,
        target_columns=("id",),
        on_delete="RESTRICT",
    )
    return replace(table, foreign_keys=(*table.foreign_keys, key))
