"""An entity in a sentence: what it belongs to, and who does what with it."""

from tests.derive.saying import Said, entity


def test_a_desk_says_who_enters_and_who_books_it() -> None:
    said = Said("Hosts enter desks. A member books a desk. A place has desks.").actor("member").actor("host")
    said.things("desk", "booking", "member").does("host", "enter", "desk").does("member", "book", "desk")
    assert (
        entity(said.derive(), "desk").description
        == "A desk of a host; entered and viewed by hosts and booked by members"
    )


def test_what_nothing_is_done_to_says_what_refers_to_it() -> None:
    said = Said("A member books a desk.").actor("member").things("desk", "booking", "member")
    assert (
        entity(said.does("member", "book", "desk").derive(), "member").description == "A member; bookings belong to it"
    )
