"""Contracts within the architecture: endpoints, tables and events, each name decided once and shown everywhere."""

import enum

from archsmith.kernel.ids import DecisionId, EntityId, EventId, OperationId, PolicyId, ServiceId, StoreId
from archsmith.kernel.units import Months, Seconds
from archsmith.model.base import Value
from archsmith.model.domain import AttributeType


class Body(enum.StrEnum):
    """What a request or a response carries."""

    NONE = "none"
    CREATE = "create"
    UPDATE = "update"
    ACTION = "action"
    FILE = "file"
    ONE = "one"
    PAGE = "page"
    ACCEPTED = "accepted"
    SUMMARY = "summary"


class Parameter(Value, frozen=True, kw_only=True):
    """A path or query parameter. `attribute` of the entity that it selects by, empty for cursor, limit and the like."""

    name: str
    place: str
    type: AttributeType
    required: bool
    description: str
    attribute: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    minimum: int | None = None
    maximum: int | None = None


class Endpoint(Value, frozen=True, kw_only=True):
    """An HTTP operation. `path` is relative to the API's base (`/orders/{order_id}`); `problems` are the status
    codes of
    the RFC 9457 problems it may answer with. `cache` is how long an answer may be kept. `scopes` empty: open to all.
    `also`: further operations that are the same request (staff list what customers list, a search is a filtered list).
    `companion`: it serves what `operation` leaves behind (reading back what was made, the state of a job); no load of
    its own is counted.
    """

    operation: OperationId
    also: tuple[OperationId, ...] = ()
    companion: bool = False
    service: ServiceId
    entity: EntityId
    operation_id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    request: Body
    response: Body
    success: int
    problems: tuple[int, ...]
    scopes: tuple[str, ...]
    idempotency_key: bool
    etag: bool
    cache: Seconds | None = None
    rate_limit: PolicyId | None = None
    because: tuple[DecisionId, ...]


class Column(Value, frozen=True, kw_only=True):
    """A column as the store's engine types it. `check` is an SQL expression over the column, `default` an SQL one.

    `generated`: the SQL expression of a stored generated column, which nobody writes to.
    """

    name: str
    type: str
    nullable: bool
    comment: str
    default: str = ""
    check: str = ""
    generated: str = ""


class ForeignKey(Value, frozen=True, kw_only=True):
    """`columns` refer to `target` (`target_columns`); only inside one service's store."""

    name: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str


class Index(Value, frozen=True, kw_only=True):
    """An index and the operations whose access path it serves. `method` is btree, gin, brin; `where` makes it
    partial."""

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    method: str = "btree"
    where: str = ""
    operations: tuple[OperationId, ...] = ()


class Table(Value, frozen=True, kw_only=True):
    """A table of a relational store. `entity` None for tables of the design itself (outbox, idempotency keys, jobs).

    `tenant_column`: row-level security holds rows apart by it. `partition_by`: a range-partitioned column.
    """

    store: StoreId
    name: str
    entity: EntityId | None
    comment: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    uniques: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[Index, ...] = ()
    tenant_column: str = ""
    partition_by: str = ""
    retention: Months | None = None
    because: tuple[DecisionId, ...]


class EventContract(Value, frozen=True, kw_only=True):
    """An event on the wire: CloudEvents `type`, channel, ordering key, the entity's attributes that it carries."""

    event: EventId
    type: str
    channel: str
    key: str
    attributes: tuple[str, ...]
    because: tuple[DecisionId, ...]
