"""Flow by flow: when one commit is enough, what is undone elsewhere, who waits for whom, and what is told later."""

from typing import Any

import msgspec
from tests.decide.shop import CATALOGUE, COMMAND, DOMAIN, QUERY, entity, operation

from archsmith.decide.flows import flow_choices
from archsmith.decide.scene import Means
from archsmith.kernel.ids import EntityId, OperationId, ServiceId, StoreId, SystemId
from archsmith.kernel.provenance import Given
from archsmith.model.decisions import Placement, ServiceGroup
from archsmith.model.domain import Access, Consistency, Operation
from archsmith.model.flow_choices import FlowChoice, Way
from archsmith.model.requirements import ExternalSystem, OperationKind

WHY = Given(file="shop.yaml", key="all")
STOCK = entity("stock", 1000)
BANK = ExternalSystem(id=SystemId("bank"), name="bank", kind="payment", why=WHY)


def command(**change: Any) -> Operation:
    base = operation("place-order", "customer", "order", COMMAND, Access.CREATE, 1, 3)
    return msgspec.structs.replace(base, **change)


def choices(op: Operation, style: str = "modular_monolith", home: str = "primary", **means: Any) -> list[FlowChoice]:
    entities = (*DOMAIN.entities, STOCK)
    domain = msgspec.structs.replace(DOMAIN, entities=entities, operations=(op,), systems=(BANK,))
    apart = style == "microservices"
    owners = {"sales": [e.id for e in entities if not apart or e.id != "stock"], "stocks": [STOCK.id] if apart else []}
    services = tuple(
        ServiceGroup(
            id=ServiceId(name),
            name=name.capitalize(),
            purpose="",
            entities=tuple(own),
            operations=(op.id,) if name == "sales" else (),
            reason="",
        )
        for name, own in owners.items()
        if own
    )
    places = tuple(
        Placement(entity=e.id, store=StoreId(home if e.id == STOCK.id else "primary")) for e in domain.entities
    )
    return list(flow_choices(domain, services, places, Means(style=style, **means), CATALOGUE))


def test_what_lies_in_one_store_is_one_commit() -> None:
    (row,) = choices(command(touches=(STOCK.id,)))
    assert (row.way, row.waits, row.target, row.compensation) == (Way.TRANSACTION, True, "store:primary", "")
    assert "all or nothing" in row.guarantee


def test_parts_of_the_same_aggregate_are_no_flow() -> None:
    assert not choices(command(touches=(EntityId("order-line"),)))


def test_what_lies_elsewhere_is_undone_step_by_step_or_follows() -> None:
    for where in ({"style": "microservices"}, {"home": "keyed"}):
        (row,) = choices(command(touches=(STOCK.id,)), **where)
        assert row.way is Way.SAGA
        assert "cancelled" in row.compensation
        assert "stocks" in row.compensation
        (row,) = choices(command(touches=(STOCK.id,), consistency=Consistency.EVENTUAL), **where)
        assert (row.way, row.waits) == (Way.OUTBOX, False)


def test_a_query_of_another_service_waits_and_work_in_the_background_does_not() -> None:
    asks = operation("view-order", "customer", "order", QUERY, Access.GET, 1, 3)
    (row,) = choices(msgspec.structs.replace(asks, touches=(STOCK.id,)), "microservices")
    assert (row.way, row.waits, row.target) == (Way.CALL, True, "service:stocks")
    (row,) = choices(msgspec.structs.replace(asks, touches=(STOCK.id,), kind=OperationKind.BATCH), "microservices")
    assert (row.way, row.waits) == (Way.OUTBOX, False)


def test_a_payment_is_called_once_and_what_it_leaves_is_found() -> None:
    (row,) = choices(command(calls=(BANK.id,), calls_sync=True))
    assert (row.way, row.waits, row.target) == (Way.CALL, True, "system:bank")
    assert "idempotency key" in row.guarantee
    assert "refunded" in row.compensation
    assert "2 s" in row.reason  # the slowest hundredth of card authorisations
    (later,) = choices(command(calls=(BANK.id,), calls_sync=False), queue="jobs", embedded=True)
    assert (later.way, later.waits) == (Way.JOB, False)
    assert "same commit" in later.guarantee


def test_events_go_by_the_table_the_queue_or_the_log_and_by_nothing_without_one() -> None:
    told = command(emits=("order.placed",))
    assert not choices(told)
    assert [r.way for r in choices(told, queue="jobs", embedded=True)] == [Way.JOB]
    assert [(r.way, r.target) for r in choices(told, queue="SQS")] == [(Way.OUTBOX, "store:broker")]
    assert [(r.way, r.target) for r in choices(told, queue="SQS", log="Kafka")] == [(Way.OUTBOX, "store:stream")]


def test_a_stream_is_confirmed_by_the_log_where_there_is_one() -> None:
    clicks = msgspec.structs.replace(command(), kind=OperationKind.STREAM, access=Access.APPEND)
    assert [(r.way, r.target) for r in choices(clicks, log="Kafka")] == [(Way.LOG, "store:stream")]
    assert [(r.way, r.target) for r in choices(clicks)] == [(Way.TRANSACTION, "store:primary")]


def test_every_choice_says_why_and_what_lost() -> None:
    op = command(touches=(STOCK.id,), calls=(BANK.id,), calls_sync=True, emits=("order.placed",))
    rows = choices(op, "microservices", queue="SQS")
    assert [r.operation for r in rows] == [OperationId("place-order")] * 3
    assert all(r.reason and r.instead and r.guarantee for r in rows)
