"""What `decide` returns: for each dimension the choice and its argument, or the clash that makes all choices
impossible."""

import enum

import msgspec

from archsmith.kernel.ids import (
    DecisionId,
    ElementId,
    EntityId,
    OperationId,
    OptionId,
    RequirementId,
    ServiceId,
    StoreId,
    TechId,
)
from archsmith.kernel.provenance import Provenance, Span
from archsmith.kernel.units import Bytes, Count, HoursPerMonth, PersonDays, Ratio, UsdPerMonth
from archsmith.model.base import Figure, Value
from archsmith.model.flow_choices import FlowChoice
from archsmith.model.front import FrontPoint
from archsmith.model.requirements import Stance
from archsmith.model.uncertainty import Robustness, Uncertain, Worth


class Dimension(enum.StrEnum):
    """What is decided; one decision each, but for those made once a subject."""

    STYLE = "style"
    PARTITION = "partition"
    PLATFORM = "platform"
    PROVIDER = "provider"
    REGION = "region"
    ZONES = "zones"
    REGIONS = "regions"
    PRIMARY_STORE = "primary_store"
    STORE_HOSTING = "store_hosting"
    SPECIAL_STORE = "special_store"
    OBJECT_STORE = "object_store"
    CACHE = "cache"
    BROKER = "broker"
    SEARCH = "search"
    ANALYTICS = "analytics"
    CDN = "cdn"
    EDGE = "edge"
    REALTIME = "realtime"
    API_STYLE = "api_style"
    INTERNAL_CALLS = "internal_calls"
    IDENTITY = "identity"
    SESSION = "session"
    AUTHORIZATION = "authorization"
    CARD_DATA = "card_data"
    TENANCY = "tenancy"
    CONSISTENCY = "consistency"
    LANGUAGE = "language"
    FRAMEWORK = "framework"
    SIZING = "sizing"
    BACKUP = "backup"
    DEPLOYMENT = "deployment"
    OBSERVABILITY = "observability"
    IAC = "iac"
    CI = "ci"


class LossKind(enum.StrEnum):
    """Why an option lost."""

    VIOLATES = "violates"
    DEARER = "dearer"


class Loser(Value, frozen=True, kw_only=True):
    """An option that was not chosen, and the reason in numbers. `extra` a month over the choice, where it was
    possible."""

    option: OptionId
    label: str
    kind: LossKind
    reason: str
    extra: UsdPerMonth | None = None
    requirements: tuple[RequirementId, ...] = ()


class Lever(enum.StrEnum):
    """What is varied to find where a decision changes; the names are those of `archsmith what-if --set`."""

    TRAFFIC = "traffic"
    STORAGE = "storage"
    TEAM = "team"
    BUDGET = "budget"
    AVAILABILITY = "availability"
    LATENCY = "latency"
    RPO = "rpo"
    RTO = "rto"


class Direction(enum.StrEnum):
    """Which way a lever is moved."""

    UP = "up"
    DOWN = "down"


class Flip(Value, frozen=True, kw_only=True):
    """Where a decision changes when one lever is moved one way and everything is decided anew.

    Factors are on the figure of today, those of availability on the share of time that it works not (10 up: a tenth of
    the outages); where no budget is stated, on the present bill. `holds`: the furthest factor at which the choice was
    seen to stay, with `until`, the lever's figure there. `factor`: the nearest one at which another choice was seen to
    win, with `value`; None where none was, so that `holds` is how far was looked. Between the two nothing was solved.
    `becomes` and `label` are the choice there. `limit`: what leaves no design beyond `holds`, or beyond `factor`.
    Units: requests/s at the peak, bytes, engineers, USD per month, ratio, s.
    """

    lever: Lever
    direction: Direction
    holds: Ratio
    until: float
    factor: Ratio | None = None
    value: float | None = None
    unit: str
    becomes: OptionId | None = None
    label: str = ""
    limit: str = ""


class Bond(Value, frozen=True, kw_only=True):
    """A requirement that binds a decision, and how: what it names, rules out or asks for, or where it would flip it."""

    requirement: RequirementId
    how: str


class Decision(Value, frozen=True, kw_only=True):
    """One choice. `subject`: the element decided on where a dimension is decided more than once (`entity:reading`).

    `margin`: what the runner-up would cost more a month, None where no other option was possible. `flips`: for each
    lever and direction where the choice changes, or how far it was seen to hold; `flips_at` the nearest in words, with
    their figures. `robustness`: in how many draws of what was assumed it stays. `binding`: the requirements that leave
    no other choice or make it the cheapest. `rests_on`: decisions that this one follows from.
    """

    id: DecisionId
    dimension: Dimension
    title: str
    subject: ElementId | None = None
    option: OptionId
    choice: str
    tech: TechId | None = None
    reason: str
    binding: tuple[Bond, ...] = ()
    rests_on: tuple[DecisionId, ...] = ()
    losers: tuple[Loser, ...] = ()
    runner_up: str = ""
    margin: UsdPerMonth | None = None
    flips_at: str = ""
    flips: tuple[Flip, ...] = ()
    robustness: Robustness | None = None
    figures: tuple[Figure, ...] = ()


class ServiceGroup(Value, frozen=True, kw_only=True):
    """A service that the partition chose: the aggregates and the operations it owns, and why they stand together.

    `modules`: the bounded contexts inside it, each with its entities (one for a small service).
    """

    id: ServiceId
    name: str
    purpose: str
    entities: tuple[EntityId, ...]
    operations: tuple[OperationId, ...]
    modules: tuple["Module", ...] = ()
    reason: str


class Module(Value, frozen=True, kw_only=True):
    """A bounded context within a service."""

    name: str
    entities: tuple[EntityId, ...]


class StoreRole(enum.StrEnum):
    """What a store is for in this design."""

    PRIMARY = "primary"
    CACHE = "cache"
    BROKER = "broker"
    OBJECTS = "objects"
    SEARCH = "search"
    TIME_SERIES = "time_series"
    ANALYTICS = "analytics"
    KEY_VALUE = "key_value"


class Placement(Value, frozen=True, kw_only=True):
    """Where an aggregate's rows live: the store that holds the truth, and copies for other access patterns."""

    entity: EntityId
    store: StoreId
    copies: tuple[StoreId, ...] = ()


class Sizing(Value, frozen=True, kw_only=True):
    """How something that runs is sized. `instance` is the catalogue's id (`aws.ec2.t4g.small`), or a service's unit.

    `count` at the peak with headroom and redundancy, of all `shards`; `minimum` at the average. `vcpu` and `memory` of
    one instance, zero where the provider bills by use. `month` is the list price of all of them.
    """

    subject: ElementId
    tech: TechId
    role: StoreRole | None = None
    product: str
    managed: bool
    instance: str
    vcpu: Count
    memory: Bytes
    storage: Bytes
    count: int
    minimum: int
    zones: int
    shards: int = 1
    month: UsdPerMonth
    figures: tuple[Figure, ...] = ()
    because: tuple[DecisionId, ...] = ()


class ObjectiveTerm(Value, frozen=True, kw_only=True):
    """A part of the total cost of ownership (infrastructure, operations, building, outages, risk), weighted as
    shown."""

    name: str
    month: UsdPerMonth
    formula: str


class Clash(Value, frozen=True, kw_only=True):
    """The smallest set of requirements that can't be met together, in the brief's words, and the cheapest ways out."""

    requirements: tuple[RequirementId, ...]
    constraints: tuple[str, ...]
    spans: tuple[Span, ...]
    fact: str
    relaxations: tuple[str, ...]


class Cut(Value, frozen=True, kw_only=True):
    """What a finding of `evaluate` demands of the next round of `decide`.

    `kind`: `forbid` (the option `value` of `dimension`), `at_least` (the count of `subject`, as a number in `value`),
    `faster` (the sum of delays on the way of a request comes down to the share `value`; `at_most` is the same in
    seconds) or `less_down` (the share of time away has to be smaller by `value` than the target leaves).
    """

    kind: str
    dimension: Dimension
    subject: ElementId | None
    value: str
    reason: str


class Wished(Value, frozen=True, kw_only=True):
    """What became of a technology that the brief demands, prefers or rules out.

    `month`: what obeying costs more a month of ownership than the best design otherwise; None where there is no such
    design, or nothing in this design would be of its kind. `fact`: the same in words. `decision`: where it was decided.
    """

    name: str
    tech: TechId | None
    stance: Stance
    obeyed: bool
    month: UsdPerMonth | None = None
    fact: str
    decision: DecisionId | None = None
    why: Provenance


class Weighed(Value, frozen=True, kw_only=True):
    """The chosen design by axis and variant, and those beside it: enough to cost them again under other values.

    `gave_way`: names of the constraints that were left out. `strain`: how many times more an element needs than was
    first counted. Variants are finer than options: `ecs_fargate/aws/2` is one of `ecs_fargate`. `decisions`: where an
    axis was decided. `rivals`: of each, the variants by axis in which it differs.
    """

    chosen: dict[str, str]
    decisions: dict[str, DecisionId]
    rivals: tuple[dict[str, str], ...] = ()
    gave_way: tuple[str, ...] = ()
    strain: dict[str, float] = msgspec.field(default_factory=dict)


class Decisions(Value, frozen=True, kw_only=True):
    """All choices. With a `clash` the rest is the design that violates least, and says so.

    `wishes`: what became of technologies that the brief names, with the price of obeying. `front`: designs that trade
    one goal for another, the chosen one among them; empty where none does.
    `ops_hours`: operations work of the whole a month. `build_days` the effort the choices add to building the features.
    `cuts` those obeyed; `rounds` of solving until the exact model agreed. `optimal`: proven within the space.
    `uncertain`: the inputs that nobody stated; over draws of them `Decision.robustness` and `worths` were found.
    """

    decisions: tuple[Decision, ...]
    services: tuple[ServiceGroup, ...]
    placements: tuple[Placement, ...]
    flows: tuple[FlowChoice, ...] = ()
    sizings: tuple[Sizing, ...]
    objective: tuple[ObjectiveTerm, ...]
    ops_hours: HoursPerMonth
    build_days: PersonDays
    clash: Clash | None = None
    wishes: tuple[Wished, ...] = ()
    front: tuple[FrontPoint, ...] = ()
    cuts: tuple[Cut, ...] = ()
    rounds: int = 1
    optimal: bool = True
    weighed: Weighed | None = None
    uncertain: tuple[Uncertain, ...] = ()
    worths: tuple[Worth, ...] = ()
