"""What a client may not say: what it costs, how long it is held, the secret of a ticket."""

import pytest
from tests.designs import example
from tests.samples.parts import fact

from archsmith.compose.fields import attribute_field
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.naming import Naming
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Body
from archsmith.model.domain import Attribute, AttributeType, DataClass
from archsmith.model.shapes import Field

NAMING = Naming(Catalogue())


def _field(name: str, kind: AttributeType, *, reckoned: bool = False, grade: DataClass = DataClass.INTERNAL) -> Field:
    unique = kind is AttributeType.TEXT
    attribute = Attribute(name=name, type=kind, description="", unique=unique, data_class=grade, why=fact(True).why)
    return attribute_field(NAMING, name, attribute, "ticket", has_file=False, reckoned=reckoned)


@pytest.mark.parametrize("reckoned", [True, False])
def test_money_is_ours_only_where_it_follows_from_something(reckoned: bool) -> None:
    assert _field("total", AttributeType.MONEY, reckoned=reckoned).read_only is reckoned


def test_a_hold_ends_when_we_say() -> None:
    assert _field("held_until", AttributeType.TIMESTAMP).read_only
    assert not _field("valid_until", AttributeType.TIMESTAMP).read_only


def test_the_code_of_a_ticket_is_drawn_and_never_shown() -> None:
    code = _field("code", AttributeType.TEXT, grade=DataClass.CREDENTIAL)
    assert (code.read_only, code.shown, code.write_only) == (True, False, False)
    assert not _field("code", AttributeType.TEXT).read_only


def test_whoever_orders_tickets_says_which_and_nothing_else() -> None:
    design = example("tickets")
    order = next(e for e in design.architecture.endpoints if e.operation_id == "create_order")
    bodies = Bodies(design)
    assert order.request is Body.CREATE
    assert bodies.sent(order, order.entity) == []
    assert [
        [f.name for f in bodies.sent(order, part) if f.refers != order.entity] for _, part in bodies.parts(order)
    ] == [["seat_id"]]


def test_a_booking_keeps_the_price_that_its_payer_does_not_set() -> None:
    shape = next(s for s in example("startup").architecture.shapes if s.entity == "booking")
    assert [(f.name, f.read_only) for f in shape.fields if f.name in ("price", "currency")] == [
        ("price", True),
        ("currency", True),
    ]


def test_a_change_hands_no_row_to_somebody_else() -> None:
    design = example("startup")
    bodies, owned = Bodies(design), {(r.entity, r.column) for r in design.architecture.policies.ownership}
    changes = [e for e in design.architecture.endpoints if e.request is Body.UPDATE]
    assert changes
    for endpoint in changes:
        assert not {(endpoint.entity, f.name) for f in bodies.sent(endpoint, endpoint.entity)} & owned
