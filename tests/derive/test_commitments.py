"""What a deed leaves behind takes what follows: a booking is paid and cancelled, and not the desk."""

import pytest
from tests.derive.saying import Said, entity

from archsmith.model.domain import Access, Derivation, Operation


def _operation(found: Derivation, name: str) -> Operation:
    return next(o for o in found.domain.operations if o.name == name)


def _desks() -> Derivation:
    said = Said("Hosts enter desks. A member books a desk, pays and may cancel. A host cancels a desk for repair.")
    said.actor("member").actor("host").things("desk", "member", "booking", "host")
    said.does("host", "enter", "desk").does("member", "book", "desk").does("member", "pay", "desk")
    return said.does("member", "cancel", "desk").derive()


def test_who_books_a_desk_makes_a_booking_that_touches_the_desk() -> None:
    booked = _operation(_desks(), "book desk")
    assert (booked.entity, booked.access) == ("booking", Access.CREATE)
    assert "desk" in booked.touches


@pytest.mark.parametrize("name", ["pay desk", "cancel desk"])
def test_what_the_member_does_later_is_done_to_the_booking(name: str) -> None:
    found = _operation(_desks(), name)
    assert (found.entity, found.access) == ("booking", Access.TRANSITION)


def test_what_the_host_enters_stays_a_desk() -> None:
    assert _operation(_desks(), "enter desk").entity == "desk"


def test_a_host_who_cancels_a_desk_does_not_cancel_a_booking() -> None:
    said = Said("Members book rooms. Managers cancel rooms.").actor("member").actor("manager")
    said.things("room", "booking").does("member", "book", "room").does("manager", "cancel", "room")
    assert _operation(said.derive(), "cancel room").entity == "room"


def test_the_booking_refers_to_desk_and_member_and_the_desk_to_neither() -> None:
    found = _desks()
    assert {r.target for r in entity(found, "booking").relations} >= {"desk", "member"}
    assert "member" not in {r.target for r in entity(found, "desk").relations}


def test_an_appointment_that_is_booked_is_the_record_itself() -> None:
    said = Said("Patients book appointments.").actor("patient").things("appointment", "booking", "patient")
    assert _operation(said.does("patient", "book", "appointment").derive(), "book appointment").entity == "appointment"


def test_two_ways_to_say_one_deed_are_one_operation() -> None:
    said = Said("Guests order a lunch. Guests place an order.").actor("guest").things("lunch", "order", "guest")
    found = said.does("guest", "order", "lunch").does("guest", "place", "order").derive()
    assert [o.name for o in found.domain.operations if o.entity == "order" and o.access is Access.CREATE] == [
        "place order"
    ]


def test_prices_and_opening_days_belong_to_what_people_book() -> None:
    said = Said("Hosts enter prices. Members book desks.").actor("member").actor("host")
    said.things("desk", "price", "opening day", "booking").does("member", "book", "desk").does("host", "enter", "price")
    found = said.derive()
    for name in ("price", "opening-day"):
        assert "desk" in {r.target for r in entity(found, name).relations}


def test_who_sees_photos_sees_all_that_there_are() -> None:
    said = Said("A visitor sees photos. A visitor sees the photo.").actor("visitor").things("photo")
    said.does("visitor", "view", "photo", kind="query", quote="sees photos")
    assert _operation(said.derive(), "view photo").access is Access.LIST
    one = Said("A visitor sees the photo.").actor("visitor").things("photo")
    one.does("visitor", "view", "photo", kind="query", quote="sees the photo")
    assert _operation(one.derive(), "view photo").access is Access.GET


def test_whom_a_message_is_for_is_named_in_it_and_reads_it() -> None:
    said = Said("As a patient I want to message my therapist. Messages are kept.")
    said.actor("patient").actor("therapist").things("patient", "therapist", "message")
    said.does("patient", "message", "therapist", kind="event", quote="message my therapist")
    domain = said.derive().domain
    message = next(e for e in domain.entities if e.id == "message")
    assert {r.target for r in message.relations} == {"therapist", "patient"}
    deeds = [(o.actor, o.verb, o.access) for o in domain.operations if o.entity == "message"]
    assert ("patient", "send", Access.CREATE) in deeds
    assert ("therapist", "read", Access.LIST) in deeds
