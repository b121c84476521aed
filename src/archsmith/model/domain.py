"""What `derive` returns: the business as entities and operations, its workload, and the targets. No technology."""

import enum
from typing import Final

from archsmith.kernel.ids import ActorId, EntityId, EventId, OperationId, RequirementId, SystemId
from archsmith.kernel.provenance import Fact, Provenance
from archsmith.kernel.units import (
    Bytes,
    BytesPerMonth,
    Count,
    Months,
    PerSecond,
    Probability,
    Ratio,
    Seconds,
    Usd,
    UsdPerHour,
    UsdPerMonth,
)
from archsmith.model.base import Figure, Value
from archsmith.model.requirements import Actor, ExternalSystem, OperationKind, Priority


class DataClass(enum.StrEnum):
    """How much harm a leak does, mildest first. A set of data has the class of its worst part."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    FINANCIAL = "financial"
    EDUCATION = "education"
    CHILD = "child"
    CREDENTIAL = "credential"
    CARD = "card"
    HEALTH = "health"


class AttributeType(enum.StrEnum):
    """The abstract type of an attribute; a store's own types follow from it."""

    UUID = "uuid"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    FILE = "file"
    JSON = "json"
    GEO = "geo"
    STATE = "state"


class Attribute(Value, frozen=True, kw_only=True):
    """One attribute, its name in snake case. `states` only where the type is STATE, first the initial one."""

    name: str
    type: AttributeType
    description: str
    required: bool = True
    unique: bool = False
    read_only: bool = False
    data_class: DataClass = DataClass.INTERNAL
    max_length: int | None = None
    states: tuple[str, ...] = ()
    why: Provenance


class Cardinality(enum.StrEnum):
    """Of a relation, read from its entity to its target."""

    MANY_TO_ONE = "many_to_one"
    ONE_TO_ONE = "one_to_one"
    MANY_TO_MANY = "many_to_many"


class Relation(Value, frozen=True, kw_only=True):
    """A reference from an entity to another, held by the former as `<name>_id`. `owns`: the target is the whole of
    which this entity is a part (an order owns its lines: the line's relation to order has it). `taken`: nobody stands
    there before a deed takes the thing (the fan of a seat); the system sets it, and shows it to nobody.
    """

    name: str
    target: EntityId
    cardinality: Cardinality
    required: bool = True
    owns: bool = False
    taken: bool = False
    why: Provenance


class Entity(Value, frozen=True, kw_only=True):
    """A thing with identity. `aggregate` is the root whose transaction covers it (itself for a root).

    `rows` at the planning horizon, `rows_per_month` new ones; `retention` None keeps for ever. `owner`: the actor whose
    own rows only it (and staff) may see. `master`: the external system that holds the truth. `blob_bytes`: mean size of
    the file that goes with a row, zero where none does.
    """

    id: EntityId
    name: str
    plural: str
    description: str
    attributes: tuple[Attribute, ...]
    relations: tuple[Relation, ...] = ()
    aggregate: EntityId
    data_class: DataClass
    owner: ActorId | None = None
    tenant_scoped: bool = False
    master: SystemId | None = None
    rows: Fact[Count]
    rows_per_month: Fact[Count]
    row_bytes: Fact[Bytes]
    blob_bytes: Fact[Bytes]
    retention: Fact[Months] | None = None
    why: Provenance


class Consistency(enum.StrEnum):
    """What a caller may count on."""

    STRONG = "strong"
    READ_YOUR_WRITES = "read_your_writes"
    EVENTUAL = "eventual"


class Access(enum.StrEnum):
    """The access pattern of an operation on its entity."""

    GET = "get"
    LIST = "list"
    SEARCH = "search"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    TRANSITION = "transition"
    APPEND = "append"
    AGGREGATE = "aggregate"
    EXPORT = "export"
    IMPORT = "import"
    NOTIFY = "notify"
    COMPUTE = "compute"


LOOKS: Final = frozenset({Access.GET, Access.LIST, Access.SEARCH, Access.AGGREGATE})
"""What answers with what is kept, to whoever asked."""
READS: Final = frozenset({Access.GET, Access.LIST, Access.SEARCH, Access.AGGREGATE, Access.EXPORT, Access.NOTIFY})
"""Access patterns that change nothing."""


class Operation(Value, frozen=True, kw_only=True):
    """Who does what with what, how often, how fast and how surely.

    `name` is verb and object ("place order"). `filters` are attributes or relations (`<name>_id`) that a query
    selects by, most selective first; `sort` the attribute that it orders by. `to_state` for a transition, which is
    possible from each of `from_states`, and only `until`, in the words of the brief.
    `touches` are further entities that must change in the same transaction.
    `calls` are the external systems it needs before it can answer when `calls_sync`, and after it otherwise. `every` is
    the interval of a batch. `real_time`: the result is pushed.
    """

    id: OperationId
    name: str
    verb: str
    actor: ActorId
    entity: EntityId
    kind: OperationKind
    access: Access
    priority: Priority = Priority.MUST
    average: Fact[PerSecond]
    peak: Fact[PerSecond]
    request_bytes: Fact[Bytes]
    response_bytes: Fact[Bytes]
    latency_p95: Fact[Seconds]
    freshness: Fact[Seconds] | None = None
    every: Fact[Seconds] | None = None
    consistency: Consistency
    idempotent: bool
    filters: tuple[str, ...] = ()
    sort: str = ""
    from_states: Fact[tuple[str, ...]] | None = None
    to_state: str = ""
    until: Fact[str] | None = None
    touches: tuple[EntityId, ...] = ()
    calls: tuple[SystemId, ...] = ()
    calls_sync: bool = False
    emits: tuple[EventId, ...] = ()
    real_time: bool = False
    requirements: tuple[RequirementId, ...] = ()
    why: Provenance


def same_for_all(entity: Entity, operation: Operation) -> bool:
    """Whether whoever may ask gets the same answer: nobody's own and not about people, or public and read by others."""
    if entity.data_class is DataClass.PUBLIC:
        return operation.actor != entity.owner
    return entity.owner is None and entity.data_class is DataClass.INTERNAL


class Event(Value, frozen=True, kw_only=True):
    """A fact that others may react to: past tense (`order.placed`), with its entity and the operation that causes
    it."""

    id: EventId
    name: str
    entity: EntityId
    operation: OperationId
    why: Provenance


class Domain(Value, frozen=True, kw_only=True):
    """The business. Every id that an element refers to stands in here."""

    title: str
    archetypes: tuple[Fact[str], ...]
    actors: tuple[Actor, ...]
    systems: tuple[ExternalSystem, ...]
    entities: tuple[Entity, ...]
    operations: tuple[Operation, ...]
    events: tuple[Event, ...]
    multi_tenant: Fact[bool]


class Workload(Value, frozen=True, kw_only=True):
    """The load at the planning horizon, with every step of its arithmetic.

    `average` and `peak` are requests that reach the system from outside; `reads` is the share of queries among them.
    `steps` are in the order of computation: a formula names only earlier ones. `connections`: held open at the peak
    (devices, web sockets). `blobs`: bytes of files a month. `stored_1y`/`stored_3y`: database bytes; `blobs_1y`/
    `blobs_3y`: file bytes.
    """

    users: Fact[Count]
    concurrent: Fact[Count]
    average: Fact[PerSecond]
    peak: Fact[PerSecond]
    peak_factor: Fact[Ratio]
    reads: Fact[Ratio]
    connections: Fact[Count]
    egress: Fact[BytesPerMonth]
    blobs: Fact[BytesPerMonth]
    stored_1y: Fact[Bytes]
    stored_3y: Fact[Bytes]
    blobs_1y: Fact[Bytes]
    blobs_3y: Fact[Bytes]
    growth_per_month: Fact[Ratio]
    steps: tuple[Figure, ...]


class Targets(Value, frozen=True, kw_only=True):
    """What the design is held to: stated where the brief says so, assumed with a reason where it is silent.

    `headroom` is the share of capacity left free at the peak. `outage_cost` is what an hour without service costs.
    `hourly_rate` of an engineer. `horizon` over which building is spread. `budget` None: no limit was stated.
    """

    availability: Fact[Probability]
    latency_p95: Fact[Seconds]
    rpo: Fact[Seconds]
    rto: Fact[Seconds]
    headroom: Fact[Ratio]
    horizon: Fact[Months]
    hourly_rate: Fact[UsdPerHour]
    outage_cost: Fact[UsdPerHour]
    budget: Fact[UsdPerMonth] | None
    build_budget: Fact[Usd] | None
    deadline: Fact[Months] | None
    team: Fact[Count]
    teams: Fact[Count]
    regions: tuple[Fact[str], ...]


class Derivation(Value, frozen=True, kw_only=True):
    """All that `derive` returns."""

    domain: Domain
    workload: Workload
    targets: Targets
