"""The seed shop's architecture by hand: small, consistent, with one of everything that a renderer shows."""

from tests.samples import shop
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.kernel.ids import (
    ActorId,
    DecisionId,
    DeploymentId,
    EdgeId,
    ElementId,
    EntityId,
    EventId,
    FlowId,
    OperationId,
    PolicyId,
    RequirementId,
    ServiceId,
    SloId,
    StoreId,
    SystemId,
    TechId,
)
from archsmith.kernel.units import GB, Bytes, Count, Days, Months, PerSecond, Probability, Seconds, UsdPerMonth
from archsmith.model import architecture as ir
from archsmith.model.contracts import Body, Column, Endpoint, EventContract, ForeignKey, Index, Parameter, Table
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.requirements import OperationKind

BECAUSE = (DecisionId("D-001"),)
SHOP, MAIN = ServiceId("shop"), StoreId("main")
VM, DATABASE = DeploymentId("vm"), DeploymentId("database")
ALL = tuple(o.id for o in sample_derivation().domain.operations)


def flow(
    source: str, target: str, label: str, protocol: str, operations: tuple[OperationId, ...] = ALL, **more: object
) -> ir.Flow:
    """A flow with the figures that the tests do not look at filled in."""
    given: dict[str, object] = {
        "mode": ir.Mode.SYNC,
        "events": (),
        "average": PerSecond(7.4),
        "peak": PerSecond(29.6),
        "payload": Bytes(4_000),
        "idempotent": True,
        "encrypted": True,
        "crosses_boundary": False,
    }
    return ir.Flow(
        id=FlowId(f"{source}-{target}"),
        source=ElementId(source),
        target=ElementId(target),
        label=label,
        protocol=protocol,
        operations=operations,
        because=BECAUSE,
        **(given | more),  # type: ignore[arg-type]
    )


def _flows() -> tuple[ir.Flow, ...]:
    pay, placed = (OperationId("pay-order"),), OperationId("send-order-confirmation")
    return (
        flow("actor:customer", "edge:load-balancer", "web and API", "HTTPS", crosses_boundary=True),
        flow("actor:staff", "edge:load-balancer", "back office", "HTTPS", crosses_boundary=True),
        flow("edge:load-balancer", "service:shop", "forwards", "HTTP", timeout=Seconds(5)),
        flow("service:shop", "store:main", "reads and writes", "PostgreSQL", timeout=Seconds(2)),
        flow(
            "service:shop",
            "system:payment-provider",
            "charges the card",
            "HTTPS",
            pay,
            crosses_boundary=True,
            timeout=Seconds(3),
            retry=ir.Retry(attempts=3, first=Seconds(0.2), factor=2.0, cap=Seconds(2)),
            fallback="the order waits as placed and is paid later",
        ),
        flow(
            "service:shop",
            "system:mail-provider",
            "sends the confirmation",
            "HTTPS",
            (placed,),
            mode=ir.Mode.ASYNC,
            events=(EventId("order.placed"),),
            crosses_boundary=True,
        ),
    )


def _endpoint(operation: Operation) -> Endpoint:
    create = operation.kind is OperationKind.COMMAND
    return Endpoint(
        operation=operation.id,
        service=SHOP,
        entity=operation.entity,
        operation_id=operation.id.replace("-", "_"),
        method="POST" if create else "GET",
        path=f"/{operation.entity}s/{operation.verb}",
        summary=operation.name,
        parameters=(
            Parameter(name="limit", place="query", type=AttributeType.INTEGER, required=False, description="page size"),
        ),
        request=Body.CREATE if create else Body.NONE,
        response=Body.ONE if create else Body.PAGE,
        success=201 if create else 200,
        problems=(400, 401, 403, 404, 429, 500),
        scopes=("shop:write",) if create else (),
        idempotency_key=create,
        etag=not create,
        rate_limit=PolicyId("public"),
        because=BECAUSE,
    )


def _table(name: str, entity: str, *columns: Column, **more: object) -> Table:
    ident = Column(name="id", type="uuid", nullable=False, comment="identity")
    return Table(
        store=MAIN,
        name=name,
        entity=EntityId(entity),
        comment=f"Rows of {entity}",
        columns=(ident, *columns),
        primary_key=("id",),
        because=BECAUSE,
        **more,  # type: ignore[arg-type]
    )


def _tables() -> tuple[Table, ...]:
    customer = Column(name="customer_id", type="uuid", nullable=True, comment="who ordered")
    status = Column(
        name="status", type="text", nullable=False, comment="state", check="status IN ('placed', 'shipped')"
    )
    return (
        _table("product", "product", Column(name="name", type="text", nullable=False, comment="its name")),
        _table("customer", "customer", Column(name="email", type="text", nullable=False, comment="address")),
        _table(
            "order",
            "order",
            customer,
            status,
            retention=Months(84),
            foreign_keys=(
                ForeignKey(
                    name="order_customer",
                    columns=("customer_id",),
                    target="customer",
                    target_columns=("id",),
                    on_delete="SET NULL",
                ),
            ),
            indexes=(
                Index(name="order_by_customer", columns=("customer_id",), operations=(OperationId("list-orders"),)),
            ),
        ),
    )


def _stores() -> tuple[ir.Store, ...]:
    backup = ir.Backup(
        every=Seconds(86_400), keep=Days(30), continuous=True, elsewhere=True, rpo=Seconds(300), rto=Seconds(3_600)
    )
    entities = tuple(e.id for e in sample_derivation().domain.entities)
    return (
        ir.Store(
            id=MAIN,
            name="Main database",
            role=StoreRole.PRIMARY,
            engine=TechId("postgresql"),
            product="Amazon RDS for PostgreSQL",
            version="17",
            kinds=("relational_db", "full_text_search"),
            managed=True,
            topology=ir.Topology.PRIMARY_STANDBY,
            nodes=2,
            entities=entities,
            owner=SHOP,
            size_now=Bytes(0.3 * GB),
            size_horizon=Bytes(2.4 * GB),
            reads_peak=PerSecond(29.3),
            writes_peak=PerSecond(0.3),
            backup=backup,
            deployment=DATABASE,
            because=BECAUSE,
        ),
        ir.Store(
            id=StoreId("jobs"),
            name="Jobs",
            role=StoreRole.BROKER,
            engine=TechId("postgresql"),
            product="A table in PostgreSQL",
            version="17",
            kinds=("queue",),
            managed=True,
            topology=ir.Topology.EMBEDDED,
            nodes=1,
            host=MAIN,
            owner=SHOP,
            size_now=Bytes(1e6),
            size_horizon=Bytes(1e6),
            reads_peak=PerSecond(1.0),
            writes_peak=PerSecond(0.1),
            because=BECAUSE,
        ),
    )


def _deployments() -> tuple[ir.Deployment, ...]:
    def place(ident: DeploymentId, name: str, product: str, month: float, *runs: str) -> ir.Deployment:
        return ir.Deployment(
            id=ident,
            name=name,
            platform=TechId("aws_ec2"),
            provider=TechId("aws"),
            product=product,
            instance=f"aws.{ident}.small",
            vcpu=Count(2),
            memory=Bytes(2 * 2**30),
            disk=Bytes(20 * GB),
            count=2,
            zones=2,
            regions=("eu-central-1",),
            runs=tuple(map(ElementId, runs)),
            month=UsdPerMonth(month),
            because=BECAUSE,
        )

    return (
        place(VM, "Virtual machines", "Amazon EC2 t4g.small", 28.0, "service:shop"),
        place(DATABASE, "Database", "Amazon RDS db.t4g.small", 55.0, "store:main"),
    )


def _policies() -> ir.Policies:
    return ir.Policies(
        authentication=(
            ir.Authentication(
                actor=ActorId("customer"), method="password", second_factor=False, session=Seconds(86_400)
            ),
            ir.Authentication(actor=ActorId("staff"), method="password", second_factor=True, session=Seconds(28_800)),
        ),
        scopes=(
            ir.Scope(
                id="shop:write", description="place and pay orders", operations=ALL[2:4], actors=(ActorId("customer"),)
            ),
        ),
        ownership=(
            ir.OwnershipRule(
                entity=EntityId("order"),
                actor=ActorId("customer"),
                column="customer_id",
                requirements=(RequirementId("R-001"),),
            ),
        ),
        rate_limits=(
            ir.RateLimit(
                id=PolicyId("public"),
                applies_to=ElementId("edge:load-balancer"),
                limit=120,
                window=Seconds(60),
                burst=40,
                formula="20 * 6",
            ),
        ),
        encryption=(
            ir.Encryption(
                subject=ElementId("store:main"),
                at_rest="AES-256, provider's key",
                in_transit="TLS 1.3",
                fields=("email",),
            ),
        ),
        retention=(
            ir.RetentionRule(
                entity=EntityId("order"), keep=Months(84), action="anonymise", requirements=(RequirementId("R-007"),)
            ),
        ),
        because=BECAUSE,
    )


def sample_architecture() -> ir.Architecture:
    """One service, one database, a queue in it, a balancer, a mail utility."""
    domain, group = sample_derivation().domain, sample_decisions().services[0]
    return ir.Architecture(
        style="modular_monolith",
        api_style="rest",
        provider=TechId("aws"),
        regions=("eu-central-1",),
        zones=2,
        services=(
            ir.Service(
                id=SHOP,
                name="Shop",
                purpose=group.purpose,
                entities=group.entities,
                operations=group.operations,
                modules=group.modules,
                publishes=(EventId("order.placed"),),
                language=TechId("python"),
                framework=TechId("fastapi"),
                port=8000,
                worker=True,
                deployment=VM,
                because=BECAUSE,
            ),
        ),
        stores=_stores(),
        edges=(
            ir.Edge(
                id=EdgeId("load-balancer"),
                kind="load_balancer",
                name="Load balancer",
                product="Application Load Balancer",
                managed=True,
                serves=(ElementId("service:shop"),),
                because=BECAUSE,
            ),
        ),
        utilities=(
            ir.Utility(
                id=EdgeId("payments"),
                kind="payment_gateway",
                name="Payments",
                product="payment provider",
                purpose="charges cards",
                system=SystemId("payment-provider"),
                because=BECAUSE,
            ),
        ),
        deployments=_deployments(),
        flows=_flows(),
        policies=_policies(),
        slos=(
            ir.Slo(
                id=SloId("availability"),
                subject=ElementId("service:shop"),
                indicator="availability",
                objective=Probability(0.999),
                window=Days(30),
                requirements=(RequirementId("R-005"),),
                because=BECAUSE,
            ),
        ),
        shapes=shop.sample_architecture().shapes,
        api=shop.sample_architecture().api,
        endpoints=tuple(
            _endpoint(o) for o in domain.operations if o.kind in (OperationKind.COMMAND, OperationKind.QUERY)
        ),
        tables=_tables(),
        event_contracts=(
            EventContract(
                event=EventId("order.placed"),
                type="shop.order.placed.v1",
                channel="order.placed",
                key="id",
                attributes=("status",),
                because=BECAUSE,
            ),
        ),
    )
