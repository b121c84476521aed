"""Tables of wide-column stores: one for each query, since rows are found by their key and by nothing else."""

import math

from msgspec.structs import replace

from archsmith.compose.keyspaces.items import SHARD, uniques
from archsmith.compose.keyspaces.made import Making, kept_fields, pattern_of, seconds
from archsmith.compose.keyspaces.paths import KEY, Path, distinct, hot
from archsmith.compose.names import Unique, bounded
from archsmith.kernel.units import DAY, Seconds
from archsmith.model.base import Figure
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, Period

_HOUR = 3600.0
COPIES = 3
"""Copies of each row where there are machines for them: a quorum survives the loss of one."""


def by_query(of: Making) -> list[Keyspace]:
    """Cassandra: a table for the rows by their key, and one for each other path, its partitions bounded in bytes."""
    first = of.names.take(of.table, of.entity.id)
    found = []
    for path in of.paths():
        name = first if path.by_key else of.names.take(_named(of, path), f"{of.entity.id}.{path.equal}")
        partition, figures = ((of.part(KEY),), []) if path.by_key else _partition(of, name, path)
        ordered = [path.order] if path.order and path.order not in path.equal else []
        order = () if path.by_key else (*(_ordered(of, f) for f in ordered), of.part(KEY))
        found.append(_table(of, name, path, partition, order, figures, "" if path.by_key else first))
    return [*found, *uniques(of, first)]


def by_row_key(of: Making) -> list[Keyspace]:
    """Bigtable: rows lie in the order of their one key; a table for the rows by id, and one for each other path."""
    first = of.names.take(of.table, of.entity.id)
    found = []
    for path in of.paths():
        name = first if path.by_key else of.names.take(_named(of, path), f"{of.entity.id}.{path.equal}")
        partition, figures = ((of.part(KEY),), []) if path.by_key else _prefix(of, name, path)
        ordered = [path.order] if path.order and path.order not in path.equal else []
        order = () if path.by_key else (*(_ordered(of, f) for f in ordered), of.part(KEY))
        made = _table(of, name, path, partition, order, figures, "" if path.by_key else first)
        found.append(_with_row_key(made))
    return [*found, *(_with_row_key(u) for u in uniques(of, first))]


def _with_row_key(table: Keyspace) -> Keyspace:
    said = [f"{{{p.name}}}" if not p.descending else f"{{reversed {p.name}}}" for p in (*table.partition, *table.order)]
    return replace(table, pattern="#".join(said))


def _named(of: Making, path: Path) -> str:
    return bounded(f"{of.table}_by_{'_'.join(path.equal) or path.order or 'time'}", 48)


def _ordered(of: Making, field: str) -> KeyPart:
    return of.part(field, descending=of.newest_first(field))


def _table(
    of: Making,
    name: str,
    path: Path,
    partition: tuple[KeyPart, ...],
    order: tuple[KeyPart, ...],
    figures: list[Figure],
    source: str,
) -> Keyspace:
    return Keyspace(
        store=of.store.id,
        name=name,
        kind=KeyspaceKind.TABLE,
        entity=of.entity.id,
        comment=of.comment,
        fields=kept_fields(of.shape),
        partition=partition,
        order=order,
        source=source,
        patterns=(pattern_of(path),) if path.operations else (),
        cut=of.part(of.time.name) if not of.changes else None,
        keep=of.keep,
        window=_window(of),
        items=of.entity.rows.value,
        item_bytes=of.entity.row_bytes.value,
        copies=min(COPIES, of.store.nodes) if of.store.nodes > 1 else 1,
        figures=tuple(figures),
        because=of.because,
    )


def _window(of: Making) -> Seconds | None:
    """Rows that end and never change lie in files by time: a part of their life, in whole hours or days."""
    if of.keep is None or of.changes:
        return None
    window = seconds(of.keep) / of.ctx.parameter("keys.windows")
    unit = _HOUR if window < DAY else DAY
    return Seconds(max(1, round(window / unit)) * unit)


def _partition(of: Making, name: str, path: Path) -> tuple[tuple[KeyPart, ...], list[Figure]]:
    """The fields of equality, and a period where all rows of the hottest key would be too much for one partition."""
    limit = of.ctx.parameter("keys.partition_bytes")
    share = hot(of.ctx, distinct(of.ctx, of.draft, of.entity, path.equal))
    held = of.entity.rows.value * of.entity.row_bytes.value * share
    period = of.period(held, limit)
    parts = [of.part(f) for f in path.equal]
    each, formula = held, f"{of.entity.rows.value:.6g} * {of.entity.row_bytes.value:.6g} * {share:.4g}"
    if period is not None:
        count = of.months * {Period.MONTH: 1.0, Period.DAY: 30.44, Period.HOUR: 730.5}[period]
        each, formula = held / count, f"{formula} / {count:.6g}"
        time = path.order if path.order == of.time.name else of.time.name
        parts.append(KeyPart(name=_free(of, f"{period}_of_{time}"), fields=(time,), period=period))
    spread = max(1, math.ceil(each / limit))
    if spread > 1:
        each, formula = each / spread, f"{formula} / {spread}"
        parts.append(KeyPart(name=_free(of, SHARD), spread=spread))
    if not parts:  # few rows that nothing tells apart lie in one partition
        parts.append(KeyPart(name=_free(of, SHARD), spread=1))
    said = "Bytes of the largest partition" + (f", cut by the {period}" if period else "")
    return tuple(parts), [of.figure(name, "partition", said, each, "bytes", formula)]


def _prefix(of: Making, name: str, path: Path) -> tuple[tuple[KeyPart, ...], list[Figure]]:
    """The fields of equality; a number in front where nothing else keeps new rows from all going to one node."""
    if path.equal:
        return tuple(of.part(f) for f in path.equal), []
    nodes = max(1, of.store.nodes)
    figures = [of.figure(name, "spread", "Ranges that new rows go to: one a node", nodes, "ranges", f"{nodes}")]
    return (KeyPart(name=_free(of, SHARD), spread=nodes),), figures if nodes > 1 else []


def _free(of: Making, wish: str) -> str:
    return Unique(f.name for f in of.shape.fields).take(wish, of.entity.id)
