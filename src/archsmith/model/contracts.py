"""Contracts within the architecture: endpoints, tables and events, each name decided once and shown everywhere."""

import enum
from typing import Final

from archsmith.kernel.ids import DecisionId, EntityId, EventId, OperationId, PolicyId, RequirementId, ServiceId, StoreId
from archsmith.kernel.units import Months, Seconds
from archsmith.model.base import Value
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field


class Body(enum.StrEnum):
    """What a request or a response carries."""

    NONE = "none"
    CREATE = "create"
    UPDATE = "update"
    FILE = "file"
    ONE = "one"
    PAGE = "page"
    ACCEPTED = "accepted"
    """A job: where long-running work stands."""
    SUMMARY = "summary"
    FIELDS = "fields"
    """An object of the fields that stand in `takes` (request) or `gives` (response)."""
    BATCH = "batch"
    """Several of what CREATE holds, at most `batch` of them; as a response, one outcome for each (207)."""
    EVENTS = "events"
    """A stream of messages that stays open."""


class Act(enum.StrEnum):
    """What an endpoint does, in the words of the naming guide; its operationId begins with it."""

    LIST = "list"
    GET = "get"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    STEP = "step"
    """A command on one row, such as a change of its state: the last segment of the path is its verb."""
    RUN = "run"
    """It starts work that takes long: 202, and a job."""
    SUMMARY = "summary"
    JOB = "job"
    JOB_CANCEL = "job_cancel"
    UPLOAD = "upload"
    """It gives a signed link to which the client sends a large file."""
    UPLOADED = "uploaded"
    """The client says that the file has arrived, and gets it checked."""
    DOWNLOAD = "download"
    STREAM = "stream"
    """Messages as they come: server-sent events, or a web socket."""
    CALLBACK = "callback"
    """A system outside tells us something: a webhook that comes in."""
    SIGN = "sign"
    """Signing in and out and what belongs to it, where accounts are our own."""


class Audience(enum.StrEnum):
    """Who an endpoint is for, in the words of Zalando's guidelines (rule 219); the edge shows all but the last."""

    PUBLIC = "external-public"
    PARTNER = "external-partner"
    STAFF = "company-internal"
    COMPONENT = "component-internal"


INTERNAL: Final = "/internal"
"""The beginning of all paths that only our own services may call; the edge answers 404 there."""


class Over(enum.StrEnum):
    """What carries an endpoint."""

    HTTP = "http"
    GRAPHQL = "graphql"
    """It is a field of the schema: `method` is QUERY or MUTATION, `path` the field's name."""
    GRPC = "grpc"
    """It is a method of its service: `method` is RPC, `path` the method's name."""


class Refusal(Value, frozen=True, kw_only=True):
    """A problem (RFC 9457) that belongs to a rule of the business: `type` is its name below `/problems/`, unique with
    its words in the design. `states`: those from which the step is possible, where that is the rule."""

    type: str
    status: int
    title: str
    detail: str
    description: str
    states: tuple[str, ...] = ()


class Parameter(Value, frozen=True, kw_only=True):
    """A path or query parameter. `attribute` of the entity that it selects by, empty for cursor, limit and the like.

    `many`: several values, parted by commas.
    """

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
    many: bool = False


class Endpoint(Value, frozen=True, kw_only=True):
    """An operation that callers may ask for. `path` is relative to the API's base (`/orders/{order_id}`).

    `also`: further operations that are the same request (staff list what customers list, a search is a filtered list).
    `companion`: it serves what `operation` needs or leaves behind (reading back what was made, the state of a job); no
    load of its own is counted, and `reason` says why it is there. `summary` is what it does in the guide's words;
    `description` what the brief says. `tag` groups what is about no entity ("Sessions"); empty: its entity's.

    Who may call: `audience`; `scopes` of a token (empty: none is asked for); `proofs` are the ways to prove who calls,
    one of which is enough: methods of `Authentication`, `signed_link`, `webhook_signature`, `one_time_token`,
    `refresh_token` or `service_token`; empty: open to all. `callers`: our own services that call it.

    Bodies: `takes` and `gives` for FIELDS, `gives` also for a PAGE of what is no entity; `batch` the most items of
    a BATCH; `media_types` and `max_bytes` of a file. A step leads to `to_state` from one of `from_states`, both
    safe names as in the shape. `events` are those that a stream carries, with a sign of life every `heartbeat`.
    `retry_after`: when to ask again for work that takes long.

    `problems` are the status codes of the problems it may answer with, `refusals` those of the business among them.
    `idempotency_key`: a POST that must not happen twice takes one. `etag`: reads return one (and take If-None-Match),
    changes take If-Match. `cache`: how long an answer may be kept, by shared caches only where `shared`.
    """

    operation: OperationId
    also: tuple[OperationId, ...] = ()
    companion: bool = False
    reason: str = ""
    service: ServiceId
    entity: EntityId
    over: Over = Over.HTTP
    act: Act = Act.GET
    audience: Audience = Audience.PUBLIC
    operation_id: str
    method: str
    path: str
    tag: str = ""
    summary: str
    description: str = ""
    parameters: tuple[Parameter, ...]
    request: Body
    response: Body
    takes: tuple[Field, ...] = ()
    gives: tuple[Field, ...] = ()
    batch: int | None = None
    media_types: tuple[str, ...] = ()
    max_bytes: int | None = None
    success: int
    problems: tuple[int, ...]
    refusals: tuple[Refusal, ...] = ()
    from_states: tuple[str, ...] = ()
    to_state: str = ""
    events: tuple[EventId, ...] = ()
    heartbeat: Seconds | None = None
    retry_after: Seconds | None = None
    scopes: tuple[str, ...]
    proofs: tuple[str, ...] = ()
    callers: tuple[ServiceId, ...] = ()
    idempotency_key: bool
    etag: bool
    cache: Seconds | None = None
    shared: bool = False
    rate_limit: PolicyId | None = None
    because: tuple[DecisionId, ...]

    @property
    def open(self) -> bool:
        """Whether nobody has to prove who calls."""
        return not self.scopes and not self.proofs


class Webhook(Value, frozen=True, kw_only=True):
    """A message that we send to others over HTTP when an event happens (OpenAPI `webhooks`).

    `name` is its operationId; `type` and `attributes` are those of the event's contract. `receivers`: systems and
    actors outside that want it.
    """

    name: str
    event: EventId
    entity: EntityId
    type: str
    summary: str
    description: str
    attributes: tuple[str, ...]
    receivers: tuple[str, ...]
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


class Vacancy(Value, frozen=True, kw_only=True):
    """When a row is free: no row of `table` that names it by `key`, and for which `where` holds, has a span (`starts`,
    `ends`, `last_too` as there) that meets the one asked for. `tenant`: a column of both."""

    table: str
    key: str
    starts: str
    ends: str
    where: str = ""
    last_too: bool = False
    tenant: str = ""


class Query(Value, frozen=True, kw_only=True):
    """A way in which rows are looked up, and the index that serves it.

    `kind`: `row` (one, by `equal`), `page` (in the `order`, from a cursor on), `words` (full text), `count` (how many),
    `all` (every row that fits), `parts` (the rows of another's row), `next` (what waits longest, taken by one worker),
    `old` (what may go), `taken` (the rows of its `vacancy` that are in the way of a span). `equal`: columns compared
    with a value each; `span`: a column that lies between two values; `order`: columns of the page, the last one unique.
    `where`: a condition on top, as the index has it. `through`: the column, and the table that it leads to, on the way
    to whose it is: the first column of `equal` that is not the tenant's then stands there. `vacancy`: of a page, only
    rows that are free in a span. `index`: its name; the constraint's columns where a key serves it; empty where a table
    is so small that it is read whole.
    """

    name: str
    kind: str
    operations: tuple[OperationId, ...] = ()
    equal: tuple[str, ...] = ()
    span: str = ""
    order: tuple[str, ...] = ()
    where: str = ""
    through: tuple[tuple[str, str], ...] = ()
    vacancy: Vacancy | None = None
    index: str = ""


class Condition(Value, frozen=True, kw_only=True):
    """A CHECK over several columns of a row."""

    name: str
    expression: str


class NoOverlap(Value, frozen=True, kw_only=True):
    """No two rows with the same `keys` may have spans (`starts`, `ends`) that overlap; `where` says which rows count.

    `dates`: both ends are days, else moments. `last_too`: the end is taken as well, as it is a day that counts; a day
    of departure does not.
    """

    name: str
    keys: tuple[str, ...]
    starts: str
    ends: str
    where: str = ""
    dates: bool = False
    last_too: bool = False


class Table(Value, frozen=True, kw_only=True):
    """A table of a relational store. `entity` None for tables of the design itself (outbox, idempotency keys, jobs).

    `tenant_column`: row-level security holds rows apart by it. `partition_by`: a range-partitioned column, cut by
    `partition_step` (month or day), by TimescaleDB where it is a `hypertable`, which packs rows older than
    `compress_days`. `append_only`: the application may add and read rows, no more. `relayed`: workers take its rows
    whosever they are, by a role of their own. `fill`: percent of a page that new
    rows fill; the rest is for their changes. `vacuum_scale`: the share of dead rows at which a table is vacuumed, None
    for the server's own (0.2). `queries`: all that is asked of it. `holds`:
    requirements that its constraints keep whatever the application does.
    """

    store: StoreId
    name: str
    entity: EntityId | None
    comment: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    uniques: tuple[tuple[str, ...], ...] = ()
    checks: tuple[Condition, ...] = ()
    overlaps: tuple[NoOverlap, ...] = ()
    indexes: tuple[Index, ...] = ()
    queries: tuple[Query, ...] = ()
    tenant_column: str = ""
    partition_by: str = ""
    partition_step: str = "month"
    hypertable: bool = False
    compress_days: int = 0
    append_only: bool = False
    relayed: bool = False
    fill: int = 100
    vacuum_scale: float | None = None
    retention: Months | None = None
    holds: tuple[RequirementId, ...] = ()
    because: tuple[DecisionId, ...]


class MessageKind(enum.StrEnum):
    """What a message is for."""

    EVENT = "event"
    """A fact: what happened, to whoever wants to know."""
    JOB = "job"
    """Work that waits for one worker."""
    REPORT = "report"
    """What a source measured or saw, in a stream."""
    COMMAND = "command"
    """What a device is told to do."""


class EventContract(Value, frozen=True, kw_only=True):
    """A message on the wire, as a CloudEvent: its `type`, and `name` as a type of its own (`OrderPlaced`).

    `operation` causes an event or sends a report, and is what a job or a command asks for. `attributes` are names of
    fields of the entity's shape: what the data carries. `channel` is the aggregate's; messages with the same `key` (in
    the data: the field `key_field`) keep their order. `timed`: a job that the clock starts, on no single row.
    """

    event: EventId | None
    type: str
    channel: str
    key: str
    attributes: tuple[str, ...]
    kind: MessageKind = MessageKind.EVENT
    name: str = ""
    entity: EntityId | None = None
    operation: OperationId | None = None
    key_field: str = "id"
    timed: bool = False
    because: tuple[DecisionId, ...]
