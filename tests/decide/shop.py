"""A shop with 61 requests a second at the peak, four engineers and a budget, made by hand."""

from typing import TypeVar

from archsmith.decide.demand import Demand
from archsmith.decide.gather import gather
from archsmith.decide.ground import Ground
from archsmith.kernel.ids import ActorId, EntityId, EventId, OperationId, RequirementId
from archsmith.kernel.provenance import Assumed, Fact, Given, Provenance, Span, Stated
from archsmith.kernel.units import (
    Bytes,
    BytesPerMonth,
    Count,
    Months,
    PerSecond,
    Probability,
    Ratio,
    Seconds,
    UsdPerHour,
    UsdPerMonth,
)
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.domain import (
    Access,
    Consistency,
    DataClass,
    Derivation,
    Domain,
    Entity,
    Event,
    Operation,
    Targets,
    Workload,
)
from archsmith.model.requirements import (
    Actor,
    Needs,
    OperationKind,
    Priority,
    Requirement,
    RequirementClass,
    Requirements,
)

T = TypeVar("T")
CATALOGUE = Catalogue()
WHY: Provenance = Given(file="shop.yaml", key="all")
SILENT: Provenance = Assumed(reason="the brief is silent", source="defaults/test")
QUERY, COMMAND = OperationKind.QUERY, OperationKind.COMMAND


def fact(value: T, why: Provenance = WHY) -> Fact[T]:
    return Fact(value=value, why=why)


def operation(
    ident: str,
    actor: str,
    entity: str,
    kind: OperationKind,
    access: Access,
    average: float,
    peak: float,
    emits: tuple[str, ...] = (),
) -> Operation:
    return Operation(
        id=OperationId(ident),
        name=ident.replace("-", " "),
        verb=ident.split("-")[0],
        actor=ActorId(actor),
        entity=EntityId(entity),
        kind=kind,
        access=access,
        average=fact(PerSecond(average)),
        peak=fact(PerSecond(peak)),
        request_bytes=fact(Bytes(500)),
        response_bytes=fact(Bytes(5000)),
        latency_p95=fact(Seconds(0.5)),
        consistency=Consistency.EVENTUAL if kind is QUERY else Consistency.STRONG,
        idempotent=True,
        emits=tuple(EventId(e) for e in emits),
        why=WHY,
    )


def entity(
    ident: str, rows: float, blob: float = 0, whole: str = "", owner: str = "", data: DataClass = DataClass.INTERNAL
) -> Entity:
    return Entity(
        id=EntityId(ident),
        name=ident,
        plural=ident + "s",
        description="",
        attributes=(),
        aggregate=EntityId(whole or ident),
        data_class=data,
        owner=ActorId(owner) if owner else None,
        rows=fact(Count(rows)),
        rows_per_month=fact(Count(rows / 30)),
        row_bytes=fact(Bytes(500)),
        blob_bytes=fact(Bytes(blob)),
        why=WHY,
    )


DOMAIN = Domain(
    title="Shop",
    archetypes=(fact("shop"),),
    actors=(
        Actor(id=ActorId("customer"), name="customer", internal=False, why=WHY),
        Actor(id=ActorId("staff"), name="staff", internal=True, why=WHY),
    ),
    systems=(),
    entities=(
        entity("article", 4200),
        entity("photo", 25_200, blob=4e5),
        entity("order", 7e5, owner="customer", data=DataClass.PERSONAL),
        entity("order-line", 2e6, whole="order", owner="customer"),
        entity("customer", 3e5, data=DataClass.PERSONAL),
    ),
    operations=(
        operation("search-article", "customer", "article", QUERY, Access.SEARCH, 8, 16),
        operation("view-article", "customer", "article", QUERY, Access.GET, 20, 42),
        operation("view-photo", "customer", "photo", QUERY, Access.GET, 1, 2),
        operation("place-order", "customer", "order", COMMAND, Access.CREATE, 0.06, 0.3, ("order.placed",)),
        operation("edit-article", "staff", "article", COMMAND, Access.UPDATE, 0.01, 0.1),
    ),
    events=(
        Event(
            id=EventId("order.placed"),
            name="order.placed",
            entity=EntityId("order"),
            operation=OperationId("place-order"),
            why=WHY,
        ),
    ),
    multi_tenant=fact(False),
)
WORKLOAD = Workload(
    users=fact(Count(50_000)),
    concurrent=fact(Count(300)),
    average=fact(PerSecond(30.6)),
    peak=fact(PerSecond(61.1)),
    peak_factor=fact(Ratio(2)),
    reads=fact(Ratio(0.97)),
    connections=fact(Count(0)),
    egress=fact(BytesPerMonth(8e11)),
    blobs=fact(BytesPerMonth(1e9)),
    stored_1y=fact(Bytes(2e9)),
    stored_3y=fact(Bytes(6e9)),
    blobs_1y=fact(Bytes(1e10)),
    blobs_3y=fact(Bytes(1.2e10)),
    growth_per_month=fact(Ratio(1.0)),
    steps=(),
)
SPAN = Span(file="shop.md", line=3, column=1, end_line=3, end_column=20, quote="EUR 1,500 a month")
TARGETS = Targets(
    availability=fact(Probability(0.999)),
    latency_p95=fact(Seconds(0.5)),
    rpo=fact(Seconds(300)),
    rto=fact(Seconds(3600)),
    headroom=fact(Ratio(0.3)),
    horizon=fact(Months(36)),
    hourly_rate=fact(UsdPerHour(75)),
    outage_cost=fact(UsdPerHour(200)),
    budget=fact(UsdPerMonth(1650), Stated(at=SPAN)),
    build_budget=None,
    deadline=None,
    team=fact(Count(4)),
    teams=fact(Count(1)),
    regions=(fact("eu", SILENT),),
)
DERIVATION = Derivation(domain=DOMAIN, workload=WORKLOAD, targets=TARGETS)
REQUIREMENTS = Requirements(
    title="Shop",
    source="shop.md",
    needs=Needs(skills=(fact("php"), fact("python")), homes=(fact("be"),)),
    requirements=(
        Requirement(
            id=RequirementId("R-001"),
            kind=RequirementClass.COST,
            priority=Priority.MUST,
            statement="EUR 1,500 a month for hosting",
            why=Stated(at=SPAN),
        ),
    ),
)


def demand() -> Demand:
    return gather(REQUIREMENTS, DERIVATION, CATALOGUE)


def ground(asked: Demand, requirements: Requirements = REQUIREMENTS) -> Ground:
    return Ground(asked, requirements, CATALOGUE)
