"""The seed shop's entities and operations, written by hand."""

from tests.samples.parts import assumed, computed, fact
from tests.samples.shop_brief import BRIEF, CUSTOMER, MAIL, PAYMENTS, STAFF, WAREHOUSE

from archsmith.kernel.ids import ActorId, EntityId, EventId, OperationId, RequirementId
from archsmith.kernel.provenance import Fact, Provenance
from archsmith.kernel.units import (
    Bytes,
    Count,
    Months,
    PerSecond,
    Seconds,
)
from archsmith.model.domain import (
    Access,
    Attribute,
    AttributeType,
    Cardinality,
    Consistency,
    DataClass,
    Entity,
    Operation,
    Relation,
)
from archsmith.model.requirements import (
    OperationKind,
)

_DAY = 86_400.0
PEAK = 4.0
PAGES = 20_000 * 8 / _DAY
_ORDERS = 500 / _DAY


def _attribute(name: str, kind: AttributeType, description: str, **more: object) -> Attribute:
    return Attribute(name=name, type=kind, description=description, why=computed("attributes.by_name"), **more)  # type: ignore[arg-type]


def _entity(
    name: str,
    plural: str,
    description: str,
    attributes: tuple[Attribute, ...],
    rows: float,
    a_month: float,
    **more: object,
) -> Entity:
    ident = EntityId(name.replace(" ", "-"))
    common: dict[str, object] = {
        "id": ident,
        "aggregate": ident,
        "data_class": DataClass.INTERNAL,
        "row_bytes": fact(Bytes(600.0)),
        "blob_bytes": fact(Bytes(0.0)),
        "why": computed("entities.from_mentions"),
    }
    return Entity(
        name=name,
        plural=plural,
        description=description,
        attributes=attributes,
        rows=fact(Count(rows)),
        rows_per_month=fact(Count(a_month)),
        **(common | more),  # type: ignore[arg-type]
    )


def _belongs(name: str, target: str, owns: bool = False) -> Relation:
    return Relation(
        name=name,
        target=EntityId(target),
        cardinality=Cardinality.MANY_TO_ONE,
        owns=owns,
        why=computed("relations.from_words"),
    )


def entities() -> tuple[Entity, ...]:
    text, money, whole = AttributeType.TEXT, AttributeType.MONEY, AttributeType.INTEGER
    orders = 500 * 30.44
    order_states = ("placed", "paid", "shipped", "cancelled")
    return (
        _entity(
            "customer",
            "customers",
            "Somebody who buys seeds.",
            (
                _attribute("name", text, "Full name", max_length=200, data_class=DataClass.PERSONAL),
                _attribute("email", AttributeType.EMAIL, "Where mail goes", unique=True, data_class=DataClass.PERSONAL),
            ),
            60_000,
            5_000,
            data_class=DataClass.PERSONAL,
            owner=CUSTOMER,
        ),
        _entity(
            "product",
            "products",
            "A packet of seeds or a tool that the shop sells.",
            (
                _attribute("name", text, "Name on the packet", max_length=200),
                _attribute("description", text, "How to sow it", max_length=4000, required=False),
                _attribute("price", money, "Price with tax"),
                _attribute("stock", whole, "Pieces in the warehouse at the last import", read_only=True),
            ),
            4_200,
            50,
            data_class=DataClass.PUBLIC,
        ),
        _entity(
            "order",
            "orders",
            "What a customer buys at once.",
            (
                _attribute("status", AttributeType.STATE, "Where the order stands", states=order_states),
                _attribute("total", money, "Sum of its lines", read_only=True),
                _attribute("placed_at", AttributeType.TIMESTAMP, "When it was placed", read_only=True),
            ),
            orders * 36,
            orders,
            relations=(_belongs("customer", "customer"),),
            data_class=DataClass.PERSONAL,
            owner=CUSTOMER,
            retention=Fact(value=Months(84.0), why=BRIEF.said("Orders are kept for 7 years")),
        ),
        _entity(
            "order line",
            "order lines",
            "One product of an order.",
            (_attribute("quantity", whole, "Pieces"), _attribute("price", money, "Price of one when ordered")),
            orders * 36 * 3,
            orders * 3,
            relations=(_belongs("order", "order", owns=True), _belongs("product", "product")),
            aggregate=EntityId("order"),
        ),
        _entity(
            "payment",
            "payments",
            "Money for an order, through the payment provider.",
            (
                _attribute("amount", money, "What is paid"),
                _attribute("status", AttributeType.STATE, "How far it is", states=("pending", "settled", "failed")),
                _attribute("provider_reference", text, "Token of the provider", data_class=DataClass.FINANCIAL),
            ),
            orders * 36,
            orders,
            relations=(_belongs("order", "order"),),
            data_class=DataClass.FINANCIAL,
            owner=CUSTOMER,
        ),
    )


def _operation(
    verb: str, noun: str, entity: str, actor: ActorId, access: Access, rate: float, why: Provenance, **more: object
) -> Operation:
    reading = access in (Access.GET, Access.LIST, Access.SEARCH)
    common: dict[str, object] = {
        "kind": OperationKind.QUERY if reading else OperationKind.COMMAND,
        "request_bytes": fact(Bytes(800.0)),
        "response_bytes": fact(Bytes(12_000.0 if reading else 1_200.0)),
        "latency_p95": Fact(value=Seconds(0.8), why=BRIEF.said("0.8 seconds")),
        "consistency": Consistency.EVENTUAL if reading else Consistency.STRONG,
        "idempotent": reading,
        "requirements": (RequirementId("R-001"),),
    }
    return Operation(
        id=OperationId(f"{verb}-{noun.replace(' ', '-')}"),
        name=f"{verb} {noun}",
        verb=verb,
        actor=actor,
        entity=EntityId(entity),
        access=access,
        average=fact(PerSecond(rate), computed("operations.rate", f"{rate:.6g}", "visits")),
        peak=fact(PerSecond(rate * PEAK), computed("operations.peak", f"{rate:.6g} * {PEAK:g}", "peak_factor")),
        why=why,
        **(common | more),  # type: ignore[arg-type]
    )


def operations() -> tuple[Operation, ...]:
    hour = fact(Seconds(3600.0), assumed("products change a few times a day"))
    placed = (EventId("order.placed"),)
    return (
        _operation(
            "browse", "products", "product", CUSTOMER, Access.LIST, PAGES * 0.5, BRIEF.said("browse"),
            filters=("price",), sort="name", freshness=hour,
        ),
        _operation("search", "products", "product", CUSTOMER, Access.SEARCH, PAGES * 0.2, BRIEF.said("search")),
        _operation(
            "view", "product", "product", CUSTOMER, Access.GET, PAGES * 0.3, BRIEF.said("Product pages"),
            freshness=hour,
        ),
        _operation(
            "place", "order", "order", CUSTOMER, Access.CREATE, _ORDERS, BRIEF.said("place an order"),
            touches=(EntityId("order-line"), EntityId("product")), emits=placed,
        ),
        _operation(
            "pay", "order", "payment", CUSTOMER, Access.CREATE, _ORDERS, BRIEF.said("pay it by card"),
            touches=(EntityId("order"),), calls=(PAYMENTS,), calls_sync=True, emits=(EventId("order.paid"),),
        ),
        _operation(
            "cancel", "order", "order", CUSTOMER, Access.TRANSITION, _ORDERS * 0.05, BRIEF.said("cancel it"),
            from_states=fact(("placed", "paid", "shipped"), assumed("whatever is not over may be cancelled")),
            to_state="cancelled",
        ),
        _operation(
            "list", "orders", "order", CUSTOMER, Access.LIST, _ORDERS * 3, computed("operations.completed"),
            filters=("customer_id",), sort="placed_at",
        ),
        _operation("change", "product", "product", STAFF, Access.UPDATE, 40 / _DAY, BRIEF.said("change products")),
        _operation(
            "import", "stock", "product", STAFF, Access.IMPORT, 1 / _DAY, BRIEF.said("Stock is imported nightly"),
            kind=OperationKind.BATCH, idempotent=True, calls=(WAREHOUSE,), every=fact(Seconds(_DAY)),
            requirements=(RequirementId("R-002"),),
        ),
        _operation(
            "send", "order confirmation", "order", STAFF, Access.NOTIFY, _ORDERS, BRIEF.said("order confirmation"),
            kind=OperationKind.EVENT, calls=(MAIL,), requirements=(RequirementId("R-003"),),
        ),
    )  # fmt: skip
