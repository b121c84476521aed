"""Tables of DynamoDB: the key for the path that must be exact or is asked most, an index for each other path."""

import math

from archsmith.compose.keyspaces.made import EXPIRES, Making, kept_fields, own_field, pattern_of
from archsmith.compose.keyspaces.paths import KEY, Path, distinct, hot
from archsmith.compose.names import Unique, bounded
from archsmith.kernel.units import PerSecond
from archsmith.model.base import Figure
from archsmith.model.domain import READS, AttributeType
from archsmith.model.keyspaces import AccessPattern, KeyPart, Keyspace, KeyspaceKind, SecondaryIndex
from archsmith.model.shapes import Field, Source

SHARD = "shard"
"""The part of a key that spreads rows which nothing else tells apart."""
_UNIT = 1000.0
"""Bytes that one write unit covers. Source: Amazon DynamoDB developer guide, capacity units (1 KB)."""


def items(of: Making) -> list[Keyspace]:
    """The table of an entity, and one for each field that no two rows may share."""
    name = of.names.take(of.table if len(of.table) > 2 else f"{of.table}_items", of.entity.id)
    paths = of.paths()
    base = base_of(paths)
    whole = of.entity.rows.value * of.entity.row_bytes.value
    small = whole <= of.ctx.parameter("keys.scan_bytes")
    indexes: list[SecondaryIndex] = []
    patterns: list[AccessPattern] = []
    figures: list[Figure] = []
    taken = Unique()
    for path in paths:
        if path is base:
            patterns += [pattern_of(path)] if path.operations else []
        elif not path.equal and small:
            patterns.append(pattern_of(path, scan=True))
            figures.append(_scanned(of, name, whole))
        elif path.operations:
            index, computed = _index(of, name, path, taken)
            indexes.append(index)
            figures += computed
            patterns.append(pattern_of(path, index.name))
    partition, order, computed = key_of(of, name, base)
    own = _own(of, [*partition, *order, *(p for i in indexes for p in (*i.partition, *i.order))])
    table = Keyspace(
        store=of.store.id,
        name=name,
        kind=KeyspaceKind.TABLE,
        entity=of.entity.id,
        comment=of.comment,
        fields=kept_fields(of.shape),
        own=own,
        partition=partition,
        order=order,
        patterns=tuple(patterns),
        indexes=tuple(indexes),
        keep=of.keep,
        items=of.entity.rows.value,
        item_bytes=of.entity.row_bytes.value,
        figures=(*computed, *figures),
        because=of.because,
    )
    return [table, *uniques(of, name)]


def base_of(paths: tuple[Path, ...]) -> Path:
    """The path that the table's own key serves: the one where rows are changed or read exactly, else the most asked.

    An index follows its table by a moment, so what must be exact can't go through one.
    """
    return max(paths, key=lambda p: (bool(p.equal) and p.exact, bool(p.equal), p.peak, p.by_key))


def key_of(of: Making, name: str, path: Path) -> tuple[tuple[KeyPart, ...], tuple[KeyPart, ...], list[Figure]]:
    """Partition and order of a table by its path, and the figures of the spread."""
    if path.by_key:
        return (of.part(KEY),), (), []
    spread, figures = _spread(of, name, path)
    ordered = (path.order, KEY) if path.order and path.order != KEY else (KEY,)
    order = (of.part(*ordered, descending=of.newest_first(path.order)),)
    return _partition(of, path, spread), order, figures


def _partition(of: Making, path: Path, spread: int) -> tuple[KeyPart, ...]:
    if not path.equal:
        return (KeyPart(name=_free(of, SHARD), spread=spread),)
    if spread == 1:
        return (of.part(*path.equal),)
    return (KeyPart(name=_free(of, of.part_name(path.equal) + "_shard"), fields=path.equal, spread=spread),)


def _free(of: Making, wish: str) -> str:
    return Unique(f.name for f in of.shape.fields).take(wish, of.entity.id)


def _index(of: Making, name: str, path: Path, taken: Unique) -> tuple[SecondaryIndex, list[Figure]]:
    operations = tuple(o.id for o in path.operations)
    if path.by_key:
        return SecondaryIndex(name=taken.take("by_id", KEY), partition=(of.part(KEY),), operations=operations), []
    spread, figures = _spread(of, name, path)
    parts = "_".join([*path.equal, *([path.order] if path.order else [])])
    order = (of.part(path.order, descending=of.newest_first(path.order)),) if path.order else ()
    index = SecondaryIndex(
        name=taken.take(bounded(f"by_{parts}"), parts),
        partition=_partition(of, path, spread),
        order=order,
        operations=operations,
    )
    return index, figures


def _spread(of: Making, name: str, path: Path) -> tuple[int, list[Figure]]:
    """Numbers over which the hottest key is spread: its writes and reads a second over what one partition takes."""
    values = distinct(of.ctx, of.draft, of.entity, path.equal)
    share = hot(of.ctx, values)
    writing = [o for o in of.ctx.domain.operations if o.access not in READS]
    peak = PerSecond(math.fsum(o.peak.value for o in writing if of.entity.id in (o.entity, *o.touches)))
    units = max(1.0, math.ceil(of.entity.row_bytes.value / _UNIT))
    most_writes, most_reads = of.ctx.parameter("keys.partition_writes"), of.ctx.parameter("keys.partition_reads")
    needed = max(peak * share * units / most_writes, path.peak * share / most_reads)
    spread = max(1, math.ceil(needed))
    if spread == 1:
        return 1, []
    formula = (
        f"ceil(max({peak:.6g} * {share:.4g} * {units:g} / {most_writes:g}, "
        f"{path.peak:.6g} * {share:.4g} / {most_reads:g})) = {spread}"
    )
    what = f"Partitions over which the hottest of {values:,.0f} keys is spread"
    ident = "spread_" + ("_".join(path.equal) or "all")
    return spread, [of.figure(name, ident, what, spread, "partitions", formula)]


def _scanned(of: Making, name: str, whole: float) -> Figure:
    formula = f"{of.entity.rows.value:.6g} * {of.entity.row_bytes.value:.6g}"
    return of.figure(name, "scan", "Bytes that a scan of the whole table reads", whole, "bytes", formula)


def _own(of: Making, parts: list[KeyPart]) -> tuple[Field, ...]:
    """Attributes of keys that are no field by themselves, and the end of an item."""
    found = {part.name: own_field(part.name, _type(part), _said(part)) for part in parts if part.fields != (part.name,)}
    if of.keep is not None:
        said = f"When the {of.entity.name} ends, in seconds since 1970; the store deletes it within two days after"
        found[EXPIRES] = own_field(EXPIRES, AttributeType.INTEGER, said)
    return tuple(found.values())


def _type(part: KeyPart) -> AttributeType:
    return AttributeType.INTEGER if not part.fields else AttributeType.TEXT


def _said(part: KeyPart) -> str:
    if not part.fields and part.spread == 1:
        return "Always 0: so few rows, which nothing else tells apart, lie in one partition"
    if not part.fields:
        return f"A number from 0 to {part.spread - 1} that spreads rows over as many partitions"
    values = " # ".join(part.fields)
    return f"{values} # a number from 0 to {part.spread - 1}" if part.spread > 1 else values


def uniques(of: Making, table: str) -> list[Keyspace]:
    """A table for each field that no two rows may share: its item is written in the same transaction as the row's."""
    found = []
    for field in of.shape.fields:
        if not field.unique or field.source is Source.KEY or field.encrypted:
            continue
        name = of.names.take(bounded(f"{of.table}_by_{field.name}"), f"{of.entity.id}.{field.name}")
        said = f"Holds each {field.name} of {of.entity.plural or of.entity.name} once, and leads from it to the row"
        found.append(
            Keyspace(
                store=of.store.id,
                name=name,
                kind=KeyspaceKind.UNIQUE,
                entity=of.entity.id,
                comment=said,
                fields=(field.name, KEY),
                partition=(of.part(field.name),),
                source=table,
                items=of.entity.rows.value,
                item_bytes=of.entity.row_bytes.value,
                because=of.because,
            )
        )
    return found
