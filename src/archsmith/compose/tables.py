"""Pass: tables of the relational stores, one for each entity whose truth lies there, and join tables."""

from collections.abc import Iterable

from archsmith.compose.changes import changes
from archsmith.compose.claims import Claims, claims, conditions
from archsmith.compose.columns import columns_of
from archsmith.compose.context import Context
from archsmith.compose.dialects import Dialect, dialect_of
from archsmith.compose.draft import Draft
from archsmith.compose.foreign_keys import foreign_key
from archsmith.compose.indexes import Scale, indexed, search_column
from archsmith.compose.join_tables import join_table
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.compose.queries import queries
from archsmith.compose.vacancy import taking
from archsmith.kernel.ids import DecisionId, EntityId, StoreId, element
from archsmith.model.contracts import Column, ForeignKey, Table
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, AttributeType, Cardinality, Entity, Relation
from archsmith.model.requirements import OperationKind
from archsmith.model.shapes import Field, Source

_ROW_STAMPS = ("created_at", "updated_at")


def tables(ctx: Context, draft: Draft) -> None:
    """Tables in the order of the domain; a join table stands after the entity that holds the relation."""
    for entity in ctx.domain.entities:
        store = database_of(ctx, draft, entity.id)
        if store is not None:
            draft.tables.append(_table(ctx, draft, entity, store))
            draft.tables += _joins(ctx, draft, entity, store)


def _scale(ctx: Context, entity: Entity) -> Scale:
    """How many rows there will be, and among how many things those are to which a column refers, here or on the way
    to the owner."""
    values = dict[str, float]()
    for other in (*ctx.domain.entities, entity):
        columns = ctx.names[other.id].references
        values |= {columns[r.name]: ctx.entities[r.target].rows.value for r in other.relations}
    states = {ctx.names[entity.id].columns[a.name]: float(len(a.states)) for a in entity.attributes if a.states}
    return Scale(
        rows=entity.rows.value,
        row_bytes=entity.row_bytes.value,
        page=ctx.parameter("page.max"),
        disk_page=ctx.parameter("index.page"),
        values=values | states,
        states=frozenset(states),
    )


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
    dialect, names = dialect_of(draft, store), ctx.names[entity.id]
    partition = _partition(ctx, entity) if dialect.partitions else ""
    columns = _columns(ctx, draft, entity, store)
    fields, known = draft.shape_of(entity.id).fields, {column.name for column in columns}
    tenant = TENANT if TENANT in known else ""
    forbidden = Claims() if partition else claims(ctx, draft, entity, dialect, tenant)
    uniques = [] if partition else [*_uniques(fields, known, tenant), *forbidden.uniques]
    primary = ("id", partition) if partition else ("id",)
    made, asked = indexed(
        names.table,
        [
            *queries(ctx, draft, entity, store, known, tenant, _partition(ctx, entity)),
            *taking(ctx, draft, entity, forbidden.overlaps, tenant),
        ],
        (primary, *uniques),
        small=entity.rows.value < ctx.parameter("index.rows"),
        series=partition,
        scale=_scale(ctx, entity),
    )
    packed = bool(partition) and _is_hypertable(draft, ctx.store_of[entity.id], store)
    daily = entity.rows_per_month.value >= ctx.parameter("partition.daily")
    return Table(
        store=store,
        name=names.table,
        entity=entity.id,
        comment=_about(ctx, entity),
        columns=tuple(columns),
        primary_key=primary,
        foreign_keys=tuple(_foreign_keys(ctx, draft, entity, store)),
        uniques=tuple(dict.fromkeys(u for u in uniques if set(u) <= known)),
        checks=tuple(conditions(ctx, names.table, fields, dialect)),
        overlaps=tuple(forbidden.overlaps),
        indexes=(*forbidden.partial, *made),
        queries=tuple(asked),
        tenant_column=tenant if dialect.row_security else "",
        partition_by=partition,
        partition_step="day" if partition and daily else "month",
        hypertable=packed,
        compress_days=ctx.parameter.whole("series.compress_after") if packed else 0,
        append_only=bool(partition) and not any(o.access is Access.DELETE for o in ctx.operations_on[entity.id]),
        fill=_fill(ctx, entity) if dialect.row_security else 100,
        vacuum_scale=_vacuum_scale(ctx, entity) if dialect.row_security else None,
        retention=entity.retention.value if entity.retention else None,
        holds=tuple(forbidden.said),
        because=_because(ctx, entity),
    )


def _about(ctx: Context, entity: Entity) -> str:
    """What the brief says of it, whose it is, and how much of it there will be."""
    said = entity.description.strip() or entity.name
    said = entity.plural[:1].upper() + entity.plural[1:] if said.startswith("What is kept of") else said.rstrip(".")
    whose = f", each of one {ctx.actors[entity.owner].name}" if entity.owner is not None else ""
    rows, more = (about(f.value) for f in (entity.rows, entity.rows_per_month))
    return f"{said}{whose}: about {rows} rows at the horizon, {more} more a month"


def about(count: float) -> str:
    """A count with two digits that mean something.

    >>> about(20948.3), about(2.4), about(19_693_440_000)
    ('21,000', '2', '20,000,000,000')
    """
    digits = len(str(int(count)))
    return f"{int(round(count, min(0, 2 - digits))):,}"


def _uniques(fields: Iterable[Field], known: set[str], tenant: str) -> list[tuple[str, ...]]:
    """Values that no two rows share, within a tenant; an address in whatever case it is written."""
    found = list[tuple[str, ...]]()
    for field in fields:
        if field.unique and field.source is Source.SUBJECT:
            found.append((field.name,))
        elif field.unique and field.source is Source.ATTRIBUTE:
            lower = lower_of(field)
            column = lower if lower in known else field.name
            found.append((tenant, column) if tenant else (column,))
    return found


def _is_hypertable(draft: Draft, home: StoreId, store: StoreId) -> bool:
    """Whether TimescaleDB cuts the table: as the database, or as an extension of it that keeps this entity."""
    return any(s.engine == "timescaledb" for s in draft.stores if s.id in (home, store))


def _changed(ctx: Context, entity: Entity) -> float:
    """Changes of existing rows a second, on average."""
    own = sum(o.average.value for o in ctx.operations_on[entity.id] if o.access in (Access.UPDATE, Access.TRANSITION))
    return own + sum(o.average.value for o in ctx.domain.operations if entity.id in o.touches)


def _fill(ctx: Context, entity: Entity) -> int:
    busy = _changed(ctx, entity) >= ctx.parameter("table.hot_updates")
    return 90 if busy else 100


def _vacuum_scale(ctx: Context, entity: Entity) -> float | None:
    large = entity.rows.value >= ctx.parameter("table.vacuum_rows")
    return 0.02 if large and _changed(ctx, entity) > 0 and not _partition(ctx, entity) else None


def _because(ctx: Context, entity: Entity) -> tuple[DecisionId, ...]:
    own = [d.id for d in ctx.decisions.decisions if d.subject == element("entity", entity.id)]
    return tuple(dict.fromkeys([*own, *ctx.because(Dimension.PRIMARY_STORE)]))


def _columns(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Column]:
    found, dialect = list[Column](), dialect_of(draft, store)
    fields = draft.shape_of(entity.id).fields
    for field in fields:
        relation = next((r for r in entity.relations if field.refers and r.name == field.attribute), None)
        found += columns_of(
            dialect, field, _whereabouts(ctx, draft, entity, relation, field.description) if relation else ""
        )
    found += [_lowered(dialect, f) for f in fields if f.unique and f.type is AttributeType.EMAIL and not f.encrypted]
    if dialect.full_text:
        found += search_column(ctx, draft, entity, store)
    kept: dict[str, Column] = {}
    for column in found:
        kept.setdefault(column.name, column)
    return list(kept.values())


def _lowered(dialect: Dialect, field: Field) -> Column:
    """Nobody gets two accounts by writing an address in capitals."""
    return Column(
        name=lower_of(field),
        type=dialect.type_of(field),
        nullable=True,
        comment=f"`{field.name}` in lower case, unique",
        generated=f"lower({field.name})",
    )


def lower_of(field: Field) -> str:
    """The generated column of an e-mail address in lower case; the name of any other field."""
    return bounded(f"{field.name}_lower") if field.type is AttributeType.EMAIL else field.name


def _held(entity: Entity) -> list[Relation]:
    """The relations that are a column of this table."""
    return [r for r in entity.relations if r.cardinality is not Cardinality.MANY_TO_MANY]


def _whereabouts(ctx: Context, draft: Draft, entity: Entity, relation: Relation, said: str) -> str:
    """What a reference is, and where its target is kept if not beside it."""
    target = ctx.entities[relation.target]
    together = database_of(ctx, draft, entity.id) == database_of(ctx, draft, target.id)
    near = together and ctx.owner_of[entity.id] is ctx.owner_of[target.id]
    return said if near else f"{said}, kept by {ctx.owner_of[target.id].name} in {ctx.store_of[target.id]}"


def _foreign_keys(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[ForeignKey]:
    """Only to tables of the same service in the same store, and never to a partitioned one, whose key is wider."""
    cut = dialect_of(draft, store).partitions
    found = {
        (key := foreign_key(ctx, draft, entity, relation, store)).columns: key
        for relation in _held(entity)
        if database_of(ctx, draft, relation.target) == store
        and ctx.owner_of[entity.id] is ctx.owner_of[relation.target]
        and not (cut and _partition(ctx, ctx.entities[relation.target]))
    }
    return list(found.values())


def _partition(ctx: Context, entity: Entity) -> str:
    """The column that a table of readings, or a huge one, is cut by; empty for all others, and for rows that change."""
    series = is_series(ctx, entity)
    huge = entity.rows.value >= ctx.parameter("partition.rows") or series
    pointed_at = any(r.target == entity.id and e.id != entity.id for e in ctx.domain.entities for r in e.relations)
    if not huge or (pointed_at and not series) or changes(ctx, entity.id):
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
    cut = {ctx.names[e.id].table for e in ctx.domain.entities if _partition(ctx, e)}
    found = [
        join_table(ctx, draft, entity, relation, store, cut)
        for relation in entity.relations
        if relation.cardinality is Cardinality.MANY_TO_MANY and database_of(ctx, draft, relation.target) == store
    ]
    return list({table.name: table for table in found}.values())
