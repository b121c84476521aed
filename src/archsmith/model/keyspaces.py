"""What a store that is no relational database keeps, and under which keys: collections, tables by query, key families,
search indexes, prefixes of a bucket.

A keyspace refers to the fields of its entity's shape by name; `own` holds the fields that only the store needs (when
an item ends, a count that is kept up to date).
"""

import enum
from collections.abc import Iterable

from archsmith.kernel.ids import DecisionId, EntityId, OperationId, StoreId
from archsmith.kernel.units import Bytes, Count, Days, Months, PerSecond, Seconds
from archsmith.model.base import Figure, Value
from archsmith.model.shapes import Field, Shape


class KeyspaceKind(enum.StrEnum):
    """What the store calls it."""

    COLLECTION = "collection"
    """Documents (MongoDB, Cosmos DB)."""
    TABLE = "table"
    """Rows or items by key (DynamoDB, Cassandra, Bigtable) or in columns (ClickHouse, BigQuery)."""
    ROLL_UP = "roll_up"
    """Sums that the store keeps up to date from the rows of `source`."""
    UNIQUE = "unique"
    """One item for each value of a field that no two rows may share, where the store has no unique index."""
    KEYS = "keys"
    """Keys of one pattern in a cache."""
    CHANNEL = "channel"
    """Messages that are passed on and not kept."""
    INDEX = "index"
    """A search index."""
    MEASUREMENT = "measurement"
    """Readings by time, with tags."""
    LABEL = "label"
    """Nodes of a graph."""
    PREFIX = "prefix"
    """Objects whose keys begin alike."""


class Period(enum.StrEnum):
    """By what time is cut; the value of such a part is the beginning of the period."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class KeyPart(Value, frozen=True, kw_only=True):
    """One part of a key. `name` in the store; `fields` whose values make it, joined by `#` where there are several.

    With a `period` it is the beginning of that period of the one field's time. `spread` above 1: a number from 0 to
    `spread` - 1 that the writer draws and the reader asks for one after the other, so that no key gets too hot.
    """

    name: str
    fields: tuple[str, ...] = ()
    period: Period | None = None
    spread: int = 1
    descending: bool = False


class AccessPattern(Value, frozen=True, kw_only=True):
    """What operations ask for: rows that are equal in `equal`, in the order (or a range) of `order`.

    `index`: the index that serves it, empty for the key. `scan`: it reads all rows, which is cheap as there are few.
    `peak` of all its operations together.
    """

    operations: tuple[OperationId, ...]
    equal: tuple[str, ...] = ()
    order: str = ""
    index: str = ""
    scan: bool = False
    peak: PerSecond


class SecondaryIndex(Value, frozen=True, kw_only=True):
    """An index beside the key. `partition` and `order` as in the keyspace; `expires`: items end when this time of
    theirs is that old."""

    name: str
    partition: tuple[KeyPart, ...]
    order: tuple[KeyPart, ...] = ()
    unique: bool = False
    expires: Seconds | None = None
    operations: tuple[OperationId, ...] = ()


class EmbeddedPart(Value, frozen=True, kw_only=True):
    """Parts of a whole that lie in its document as a list under `name`: at most `max_items`, read and written with it.
    `fields` of the part's shape, without the reference to its whole."""

    entity: EntityId
    name: str
    fields: tuple[str, ...]
    max_items: int


class Analysis(Value, frozen=True, kw_only=True):
    """How a search index treats fields: `searched` by word, `filtered` by value, `sorted` by; `language` of its stems
    (an ISO 639 code, empty for none). What is searched and filtered or sorted by too is kept whole as well, up to
    `exact` characters."""

    searched: tuple[str, ...]
    filtered: tuple[str, ...]
    sorted: tuple[str, ...]
    exact: int = 0
    language: str = ""


def whole_days(time: Months) -> int:
    """A retention in days of a calendar year, at least one.

    >>> whole_days(Months(12.0)), whole_days(Months(13.0))
    (365, 395)
    """
    return max(1, round(time * 365 / 12))


class Keyspace(Value, frozen=True, kw_only=True):
    """A collection, table, index, key family or prefix. `name` is unique in its store and safe in its language.

    `fields`: names of the shape's fields that are kept here, in its order; `own`: further ones (a sum has the summed
    field as its `attribute`). `partition` says where
    an item lies, `order` how items of a partition stand. `pattern`: a key, a row key or an object's key with its parts
    in braces (`product:{id}`). `source`: the keyspace that this one is made from. `cut`: the time and the period by
    which it is cut into parts that are dropped whole. `versioned`: the field of which the largest value is the row that
    counts, where the store keeps several.

    `few`: fields that have so few values that the store keeps a dictionary of them. `ttl`: an item ends so long after
    it was written; `keep`: rows end after that time, by retention; `window`: rows of so long a time lie in one file,
    which is dropped whole. `items` and `item_bytes` at the horizon; `shards` and `copies` of an index or a cluster;
    `multipart_days`: uploads that were never finished end then; `preflight`: for so long a browser need not ask again
    whether it may upload. `changed_by`: operations after which what is kept here is out of date. `figures`: the
    arithmetic of what was computed.
    """

    store: StoreId
    name: str
    kind: KeyspaceKind
    entity: EntityId | None = None
    comment: str
    fields: tuple[str, ...] = ()
    own: tuple[Field, ...] = ()
    parts: tuple[EmbeddedPart, ...] = ()
    partition: tuple[KeyPart, ...] = ()
    order: tuple[KeyPart, ...] = ()
    pattern: str = ""
    source: str = ""
    cut: KeyPart | None = None
    versioned: str = ""
    few: tuple[str, ...] = ()
    patterns: tuple[AccessPattern, ...] = ()
    indexes: tuple[SecondaryIndex, ...] = ()
    analysis: Analysis | None = None
    ttl: Seconds | None = None
    keep: Months | None = None
    window: Seconds | None = None
    items: Count = Count(0.0)
    item_bytes: Bytes = Bytes(0.0)
    shards: int = 1
    copies: int = 1
    multipart_days: Days | None = None
    uploaded: bool = False
    preflight: Seconds | None = None
    changed_by: tuple[OperationId, ...] = ()
    figures: tuple[Figure, ...] = ()
    because: tuple[DecisionId, ...]

    @property
    def keep_days(self) -> int | None:
        """`keep` in the whole days that stores count in, at least one; None where rows stay."""
        return None if self.keep is None else whole_days(self.keep)

    def index(self, name: str) -> SecondaryIndex | None:
        """The secondary index of that name."""
        return next((i for i in self.indexes if i.name == name), None)


def fields_of(keyspace: Keyspace, shapes: Iterable[Shape]) -> tuple[Field, ...]:
    """The fields that items of a keyspace have: those of its entity's shape that it keeps, then its own."""
    shape = next((s for s in shapes if s.entity == keyspace.entity), None)
    kept = [f for name in keyspace.fields if shape is not None and (f := shape.field(name)) is not None]
    return (*kept, *keyspace.own)
