"""Collections of document stores: one for each aggregate's root, its few parts inside it, an index for each path."""

from archsmith.compose.keyspaces.items import uniques
from archsmith.compose.keyspaces.made import Making, kept_fields, pattern_of, seconds
from archsmith.compose.keyspaces.paths import KEY, Path
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.compose.shapes import REFERENCES_MAX
from archsmith.model.domain import Entity
from archsmith.model.keyspaces import EmbeddedPart, KeyPart, Keyspace, KeyspaceKind, SecondaryIndex
from archsmith.model.shapes import Source


def documents(of: Making) -> list[Keyspace]:
    """The collection of an entity; none for a part that lies in the document of its whole."""
    if _whole(of, of.entity) is not None:
        return []
    name = of.names.take(of.table, of.entity.id)
    parts = tuple(_part(of, e) for e in of.ctx.domain.entities if _whole(of, e) is of.entity)
    paths = of.paths()
    return [
        Keyspace(
            store=of.store.id,
            name=name,
            kind=KeyspaceKind.COLLECTION,
            entity=of.entity.id,
            comment=of.comment,
            fields=kept_fields(of.shape),
            parts=parts,
            partition=_partition(of, paths),
            patterns=tuple(pattern_of(p, "" if p.by_key else _name(p)) for p in paths if p.operations),
            indexes=(
                *(() if _apart(of) else _uniques(of)),
                *(_index(of, p) for p in paths if not p.by_key),
                *_expiry(of),
            ),
            keep=of.keep,
            items=of.entity.rows.value,
            item_bytes=of.entity.row_bytes.value,
            shards=of.store.shards,
            because=of.because,
        ),
        *(uniques(of, name) if _apart(of) else ()),
    ]


def _apart(of: Making) -> bool:
    """Whether the store holds values unique only within a partition: then each has an item of its own elsewhere."""
    return of.store.engine == "cosmos_db"


def _whole(of: Making, entity: Entity) -> Entity | None:
    """The entity in whose documents this one's rows lie: few of them on average, asked for only with their whole."""
    relation = of.ctx.part_of.get(entity.id)
    if relation is None:
        return None
    whole = of.ctx.entities[relation.target]
    alone = bool(of.ctx.operations_on[entity.id])
    pointed_at = any(r.target == entity.id for e in of.ctx.domain.entities for r in e.relations)
    nested = whole.id in of.ctx.part_of or whole.id == entity.id
    together = of.ctx.store_of[entity.id] == of.ctx.store_of[whole.id] == of.store.id
    few = entity.rows.value <= REFERENCES_MAX * max(1.0, whole.rows.value)
    return whole if together and few and not alone and not pointed_at and not nested else None


def _part(of: Making, part: Entity) -> EmbeddedPart:
    """As many as fit into a document beside the whole's own fields."""
    shape = of.draft.shape_of(part.id)
    left = {f.name for f in shape.fields if f.part_of or f.source in (Source.TENANT, Source.LOCK)}
    room = of.ctx.parameter("keys.item_bytes" if _apart(of) else "keys.document_bytes") - of.entity.row_bytes.value
    return EmbeddedPart(
        entity=part.id,
        name=_free(of, of.ctx.names[part.id].table),
        fields=kept_fields(shape, left),
        max_items=max(1, int(room / max(1.0, part.row_bytes.value))),
    )


def _free(of: Making, name: str) -> str:
    return name if of.shape.field(name) is None else f"{name}_parts"


def _partition(of: Making, paths: tuple[Path, ...]) -> tuple[KeyPart, ...]:
    """What spreads documents over shards or partitions: whose they are, else what most reads name, else the key."""
    lists = [p for p in paths if p.equal and not p.by_key]
    most = max(lists, key=lambda p: p.peak, default=None)
    if of.shape.field(TENANT):
        return (of.part(TENANT), of.part(KEY))
    if most is not None and most.peak > next(p.peak for p in paths if p.by_key):
        return (of.part(most.equal[0]), of.part(KEY))
    return (of.part(KEY),)


def _name(path: Path) -> str:
    return bounded("by_" + "_".join([*path.equal, *([path.order] if path.order else [])]))


def _index(of: Making, path: Path) -> SecondaryIndex:
    """Equality, then order, then the key, so that pages have one order."""
    order = [of.part(path.order, descending=of.newest_first(path.order))] if path.order else []
    return SecondaryIndex(
        name=_name(path),
        partition=tuple(of.part(f) for f in path.equal),
        order=(*order, of.part(KEY)),
        operations=tuple(o.id for o in path.operations),
    )


def _uniques(of: Making) -> list[SecondaryIndex]:
    found = []
    for field in of.shape.fields:
        if not field.unique or field.source is Source.KEY or field.encrypted:
            continue
        whose = [TENANT] if of.shape.field(TENANT) and field.source is Source.ATTRIBUTE else []
        parts = tuple(of.part(f) for f in (*whose, field.name))
        found.append(SecondaryIndex(name=bounded(f"one_{field.name}"), partition=parts, unique=True))
    return found


def _expiry(of: Making) -> list[SecondaryIndex]:
    if of.keep is None:
        return []
    time = of.part(of.time.name)
    return [SecondaryIndex(name=bounded(f"ends_{time.name}"), partition=(time,), expires=seconds(of.keep))]
