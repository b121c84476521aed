"""Streams: what takes them in answers at once, what writes their rows works behind the log."""

from msgspec.structs import replace
from tests.compose.invariants import broken
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.kernel.ids import DecisionId, ElementId, OperationId, OptionId, ServiceId, TechId
from archsmith.kernel.units import Bytes, Count, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions, Dimension, ServiceGroup, Sizing, StoreRole
from archsmith.model.domain import Access, Derivation
from archsmith.model.requirements import OperationKind

CLICK = OperationId("browse-products")


def streaming() -> Derivation:
    """The shop, with its busiest operation turned into a stream."""
    derivation = sample_derivation()
    operations = tuple(
        replace(o, kind=OperationKind.STREAM, access=Access.APPEND) if o.id == CLICK else o
        for o in derivation.domain.operations
    )
    return replace(derivation, domain=replace(derivation.domain, operations=operations))


def logged() -> Decisions:
    """The shop's decisions with an event log, one service that takes in, and one that works behind it."""
    decisions = sample_decisions()
    shop = decisions.services[0]
    background = (OperationId("import-stock"), OperationId("send-order-confirmation"))
    front = tuple(o for o in shop.operations if o != CLICK and o not in background)

    def group(ident: str, operations: tuple[OperationId, ...], owns: bool = False) -> ServiceGroup:
        entities = shop.entities if owns else ()
        return replace(shop, id=ServiceId(ident), name=ident, operations=operations, entities=entities, modules=())

    log = Sizing(
        subject=ElementId("store:stream"),
        tech=TechId("kafka"),
        role=StoreRole.BROKER,
        product="Apache Kafka",
        managed=True,
        instance="aws.msk.t3.small",
        vcpu=Count(2.0),
        memory=Bytes(2e9),
        storage=Bytes(1e11),
        count=3,
        minimum=3,
        zones=3,
        month=UsdPerMonth(300.0),
        because=(DecisionId("D-010"),),
    )
    return replace(
        decisions,
        decisions=tuple(
            replace(d, option=OptionId("event_driven")) if d.dimension is Dimension.STYLE else d
            for d in decisions.decisions
        ),
        services=(group("app", front, owns=True), group("ingest", (CLICK,)), group("processing", background)),
        sizings=(*decisions.sizings, log),
    )


def architecture() -> Architecture:
    """Composed anew."""
    return compose(sample_requirements(), streaming(), logged(), Catalogue())


def test_the_log_stands_between() -> None:
    found = architecture()
    carrying = {(f.source, f.target) for f in found.flows if CLICK in f.operations}
    assert ("service:ingest", "store:stream") in carrying
    assert ("store:stream", "service:processing") in carrying
    assert ("service:processing", "store:main") in carrying
    assert ("service:ingest", "store:main") not in carrying


def test_it_is_sound() -> None:
    assert broken(sample_requirements(), streaming(), logged(), architecture()) == []


def test_a_log_is_a_cluster_and_the_queue_is_not() -> None:
    kinds = {str(s.id): s.kinds for s in architecture().stores}
    assert kinds["stream"] == ("event_stream", "event_stream_cluster")
    assert kinds["broker"] == ("queue",)
