"""Pass: tables of the relational stores, one for each entity whose truth lies there, and join tables."""

from archsmith.compose.changes import changes
from archsmith.compose.columns import Own, columns_of
from archsmith.compose.context import Context
from archsmith.compose.dialects import dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.indexes import indexes, search_column
from archsmith.compose.names import bounded
from archsmith.compose.ownership import SUBJECT, TENANT, relation_column
from archsmith.compose.ownership import subject_entities as subjects_of
from archsmith.kernel.ids import DecisionId, EntityId, StoreId, element
from archsmith.model.contracts import Column, ForeignKey, Table
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, AttributeType, Cardinality, Entity, Relation
from archsmith.model.requirements import OperationKind
from archsmith.model.shapes import Source

_ROW_STAMPS = ("created_at", "updated_at")


def tables(ctx: Context, draft: Draft) -> None:
    """Tables in the order of the domain; a join table stands after the entity that holds the relation."""
    for entity in ctx.domain.entities:
        store = database_of(ctx, draft, entity.id)
        if store is not None:
            draft.tables.append(_table(ctx, draft, entity, store))
            draft.tables += _joins(ctx, draft, entity, store)


def database_of(ctx: Context, draft: Draft, entity: EntityId) -> StoreId | None:
    """The relational store that has an entity's table, itself or as the host of what is inside it; else None."""
    store = next((s for s in draft.stores if s.id == ctx.store_of[entity]), None)
    host = next((s for s in draft.stores if store is not None and s.id == store.host), store)
    return host.id if host is not None and is_relational(ctx, host.engine) else None


def is_relational(ctx: Context, engine: str) -> bool:
    """Whether an engine has tables: a relational one, or an extension of one."""
    tech = ctx.technologies.get(engine)
    if tech is None:
        return False
    return tech.category == "relational" or bool(tech.traits & {"extends_postgresql", "joins"})


def _table(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> Table:
    dialect = dialect_of(draft, store)
    partition = _partition(ctx, entity) if dialect.partitions else ""
    columns = _columns(ctx, draft, entity, store)
    tenant = TENANT if any(column.name == TENANT for column in columns) else ""
    known = {column.name for column in columns}
    uniques = (
        []
        if partition
        else [
            (tenant, f.name) if tenant else (f.name,)
            for f in draft.shape_of(entity.id).fields
            if f.unique and f.source is Source.ATTRIBUTE
        ]
    )
    if entity.id in subjects_of(ctx) and not partition:
        uniques.append((SUBJECT,))
    if not partition:
        uniques += [(relation_column(r.name),) for r in _held(entity) if r.cardinality is Cardinality.ONE_TO_ONE]
    return Table(
        store=store,
        name=ctx.names[entity.id].table,
        entity=entity.id,
        comment=entity.description.strip() or entity.name,
        columns=tuple(columns),
        primary_key=("id", partition) if partition else ("id",),
        foreign_keys=tuple(_foreign_keys(ctx, draft, entity, store)),
        uniques=tuple(u for u in uniques if set(u) <= known),
        indexes=tuple(indexes(ctx, entity, columns, tenant, uniques)),
        tenant_column=tenant if dialect.row_security else "",
        partition_by=partition,
        retention=entity.retention.value if entity.retention else None,
        because=_because(ctx, entity),
    )


def _because(ctx: Context, entity: Entity) -> tuple[DecisionId, ...]:
    own = [d.id for d in ctx.decisions.decisions if d.subject == element("entity", entity.id)]
    return tuple(dict.fromkeys([*own, *ctx.because(Dimension.PRIMARY_STORE)]))


def _columns(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Column]:
    found, dialect = list[Column](), dialect_of(draft, store)
    for field in draft.shape_of(entity.id).fields:
        relation = next((r for r in entity.relations if field.refers and r.name == field.attribute), None)
        found += columns_of(dialect, field, _whereabouts(ctx, draft, entity, relation) if relation else "")
    if dialect.full_text:
        found += search_column(ctx, draft, entity, store)
    kept: dict[str, Column] = {}
    for column in found:
        kept.setdefault(column.name, column)
    return list(kept.values())


def _held(entity: Entity) -> list[Relation]:
    """The relations that are a column of this table."""
    return [r for r in entity.relations if r.cardinality is not Cardinality.MANY_TO_MANY]


def _whereabouts(ctx: Context, draft: Draft, entity: Entity, relation: Relation) -> str:
    """What a reference is, and where its target is kept if not beside it."""
    target = ctx.entities[relation.target]
    together = database_of(ctx, draft, entity.id) == database_of(ctx, draft, target.id)
    near = together and ctx.owner_of[entity.id] is ctx.owner_of[target.id]
    elsewhere = "" if near else f", kept by {ctx.owner_of[target.id].name} in {ctx.store_of[target.id]}"
    plain = relation.name.replace("_", " ")
    said = f"Its {plain}" if plain == target.name else f"Its {plain} ({target.name})"
    said = f"The {target.name} that it is part of" if relation.owns else said
    return said + elsewhere


def _foreign_keys(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[ForeignKey]:
    """Only to tables of the same service in the same store, and never to a partitioned one, whose key is wider."""
    table, found = ctx.names[entity.id].table, []
    for relation in _held(entity):
        target = ctx.entities[relation.target]
        if database_of(ctx, draft, target.id) != store or ctx.owner_of[entity.id] is not ctx.owner_of[target.id]:
            continue
        if _partition(ctx, target) and dialect_of(draft, store).partitions:
            continue
        column = relation_column(relation.name)
        rule = "CASCADE" if relation.owns else "RESTRICT" if relation.required else "SET NULL"
        found.append(
            ForeignKey(
                name=bounded(f"{table}_{column}_fkey"),
                columns=(column,),
                target=ctx.names[target.id].table,
                target_columns=("id",),
                on_delete=rule,
            )
        )
    return list({key.columns: key for key in found}.values())


def _partition(ctx: Context, entity: Entity) -> str:
    """The column that a table of readings, or a huge one, is cut by; empty for all others, and for rows that change."""
    huge = entity.rows.value >= ctx.parameter("partition.rows") or is_series(ctx, entity)
    pointed_at = any(r.target == entity.id and e.id != entity.id for e in ctx.domain.entities for r in e.relations)
    if not huge or pointed_at or changes(ctx, entity.id):
        return ""
    stamps = [
        a for a in entity.attributes if a.type is AttributeType.TIMESTAMP and a.required and a.name not in _ROW_STAMPS
    ]
    return ctx.names[entity.id].columns[stamps[0].name] if stamps else "created_at"


def is_series(ctx: Context, entity: Entity) -> bool:
    """Whether a decision about readings over time is about this entity."""
    decided = any(
        (tech := ctx.technologies.get(d.tech or "")) is not None and "time_partitions" in tech.traits
        for d in ctx.by_dimension.get(Dimension.SPECIAL_STORE, ())
    )
    arrives = any(o.kind is OperationKind.STREAM or o.access is Access.APPEND for o in ctx.operations_on[entity.id])
    return decided and arrives


def _joins(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Table]:
    found, own = [], Own(dialect_of(draft, store))
    for relation in entity.relations:
        target = ctx.entities[relation.target]
        if relation.cardinality is not Cardinality.MANY_TO_MANY or database_of(ctx, draft, target.id) != store:
            continue
        left, right = ctx.names[entity.id], ctx.names[target.id]
        other = right.parameter if right.parameter != left.parameter else f"other_{right.parameter}"
        name = bounded(f"{left.singular}_{relation_column(relation.name).removesuffix('_id')}_links")
        sides = ((left.parameter, entity, left.table), (other, target, right.table))
        found.append(
            Table(
                store=store,
                name=name,
                entity=None,
                comment=f"Which {target.plural} go with which {entity.plural}",
                columns=(
                    *(own.reference(c, f"A {e.name}") for c, e, _ in sides),
                    own.moment("created_at", "When the two were put together"),
                ),
                primary_key=(left.parameter, other),
                foreign_keys=tuple(
                    ForeignKey(
                        name=bounded(f"{name}_{column}_fkey"),
                        columns=(column,),
                        target=table,
                        target_columns=("id",),
                        on_delete="CASCADE",
                    )
                    for column, end, table in sides
                    if ctx.owner_of[end.id] is ctx.owner_of[entity.id] and not _partition(ctx, end)
                ),
                because=ctx.because(Dimension.PRIMARY_STORE),
            )
        )
    return list({table.name: table for table in found}.values())
