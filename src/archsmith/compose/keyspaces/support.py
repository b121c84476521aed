"""What the design itself keeps (outbox, idempotency keys, jobs) where the primary store has no tables of SQL."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.keyspaces.items import SHARD
from archsmith.compose.keyspaces.made import EXPIRES, own_field, seconds
from archsmith.compose.names import Unique
from archsmith.compose.support_tables import home_store, support_of
from archsmith.kernel.names import snake
from archsmith.model.architecture import Store
from archsmith.model.contracts import Column, Index, Table
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import AttributeType
from archsmith.model.keyspaces import KeyPart, Keyspace, KeyspaceKind, SecondaryIndex
from archsmith.model.shapes import Field, Source

DOCUMENTS: Final = frozenset({"mongodb", "documentdb", "cosmos_db"})
_TYPES: Final = {
    "uuid": AttributeType.UUID,
    "timestamptz": AttributeType.TIMESTAMP,
    "jsonb": AttributeType.JSON,
    "integer": AttributeType.INTEGER,
    "smallint": AttributeType.INTEGER,
    "bigint": AttributeType.INTEGER,
    "boolean": AttributeType.BOOLEAN,
}
"""Fields by the column that they would be; all others are texts."""


def support(ctx: Context, draft: Draft, store: Store, names: Unique) -> Iterator[Keyspace]:
    """The same tables that a relational store would have, for each service that has none."""
    if store.role is not StoreRole.PRIMARY:
        return
    several = len(draft.services) > 1
    for service in draft.services:
        if home_store(ctx, draft, service) is None:
            for table in support_of(ctx, draft, service, store.id):
                name = names.take(f"{snake(service.id)}_{table.name}" if several else table.name, service.id)
                yield _document(table, name) if store.engine in DOCUMENTS else _item(table, name)


def _base(table: Table, name: str, own: tuple[Field, ...], kind: KeyspaceKind) -> Keyspace:
    return Keyspace(
        store=table.store,
        name=name,
        kind=kind,
        comment=table.comment.partition(", taken with FOR UPDATE")[0],
        own=own,
        keep=table.retention,
        because=table.because,
    )


def _item(table: Table, name: str) -> Keyspace:
    """An item by its key. What only finds old rows needs no index: they end by themselves."""
    own = {c.name: _field(c) for c in table.columns}
    indexes = []
    for index in table.indexes:
        timed = own[index.columns[0]].type is AttributeType.TIMESTAMP
        if timed and not index.where:
            continue
        if timed:
            own[SHARD] = own_field(SHARD, AttributeType.INTEGER, f"0 as long as {index.where}", required=False)
        indexes.append(_sparse(index) if timed else _plain(index))
    if table.retention is not None:
        said = "When it ends, in seconds since 1970; the store deletes it within two days after"
        own[EXPIRES] = own_field(EXPIRES, AttributeType.INTEGER, said)
    partition, *order = [_part(c) for c in table.primary_key]
    made = _base(table, name, tuple(own.values()), KeyspaceKind.TABLE)
    return replace(made, partition=(partition,), order=tuple(order), indexes=tuple(indexes))


def _document(table: Table, name: str) -> Keyspace:
    """A document with a key of its own; what else tells it apart is a unique index, and old ones end by an index."""
    own = [_field(c) for c in table.columns]
    indexes = []
    if table.primary_key != ("id",):
        key = own_field("id", AttributeType.UUID, "Key")
        own.insert(0, replace(key, source=Source.KEY))
        parts = tuple(_part(c) for c in table.primary_key)
        indexes.append(SecondaryIndex(name=f"one_{'_'.join(table.primary_key)}", partition=parts, unique=True))
    times = {c.name for c in table.columns if c.type == "timestamptz"}
    for index in table.indexes:
        ends = table.retention is not None and not index.where and set(index.columns) <= times
        found = _plain(index)
        ended = replace(found, order=(), expires=seconds(table.retention)) if ends and table.retention else found
        indexes.append(ended)
    made = _base(table, name, tuple(own), KeyspaceKind.COLLECTION)
    return replace(made, partition=(KeyPart(name="id", fields=("id",)),), indexes=tuple(indexes))


def _plain(index: Index) -> SecondaryIndex:
    first, *rest = [_part(c) for c in index.columns]
    return SecondaryIndex(name=f"by_{'_'.join(index.columns)}", partition=(first,), order=tuple(rest[:1]))


def _sparse(index: Index) -> SecondaryIndex:
    """Only what waits is in it: the item loses the number when it is done."""
    return SecondaryIndex(
        name=f"by_{index.columns[0]}", partition=(KeyPart(name=SHARD),), order=(_part(index.columns[0]),)
    )


def _part(column: str) -> KeyPart:
    return KeyPart(name=column, fields=(column,))


def _field(column: Column) -> Field:
    """The field of a column: its type, and the limits that its check has."""
    made = own_field(
        column.name, _TYPES.get(column.type, AttributeType.TEXT), column.comment, required=not column.nullable
    )
    if column.type == "bytea":
        return replace(made, encrypted=True)
    if made.type is not AttributeType.TEXT:
        return made
    longest = re.search(r"<= (\d+)", column.check)
    states = tuple(re.findall(r"'([a-z_]+)'", column.check)) if " IN (" in column.check else ()
    return replace(made, max_length=int(longest[1]) if longest and not states else None, states=states)
