"""Attributes, states and relations in the words of a brief."""

import pytest
from tests.elicit.reading import requirements

from archsmith.model.requirements import Mention, RelationMention


def mention(text: str, name: str) -> Mention:
    return next(m for m in requirements(text).mentions if m.name == name)


@pytest.mark.parametrize(
    ("text", "name", "attributes"),
    [
        (
            "The app keeps the name, address and IBAN of each member. Clerks edit members.",
            "member",
            "name address iban",
        ),
        ("We keep the name, e-mail and phone number of each donor. Donors give.", "donor", "name|e-mail|phone number"),
        ("Owners register pets (name, breed, date of birth).", "pet", "name|breed|date of birth"),
        ("Hosts publish events with a title, a start time and a price.", "event", "title|start time|price"),
        (
            "For each parcel we record weight, size and destination. Couriers deliver parcels.",
            "parcel",
            "weight size destination",
        ),
        ("Guests search listings by price and location. Sellers create listings.", "listing", "price"),
        ("Articles (by name, colour and size) are searched by customers.", "article", "name colour size"),
        ("Players' data: nickname, e-mail, birth year. Players join games.", "player", "nickname|e-mail|birth year"),
        ("The invoice number must never repeat. Customers download invoices.", "invoice", "number"),
    ],
)
def test_attributes(text: str, name: str, attributes: str) -> None:
    wanted = attributes.split("|") if "|" in attributes else attributes.split()
    assert set(wanted) <= set(mention(text, name).attributes)


def test_a_count_of_things_is_no_attribute_of_them() -> None:
    assert mention("The number of rooms grows. Guests book rooms.", "room").attributes == ()


@pytest.mark.parametrize(
    ("text", "name", "states"),
    [
        ("Orders are placed, paid and shipped. Customers view orders.", "order", "placed paid shipped"),
        (
            "The status of a ticket is shown: open, waiting, closed. Agents close tickets.",
            "ticket",
            "open waiting closed",
        ),
        ("Shipment (draft, booked, delivered): carriers update shipments.", "shipment", "draft booked delivered"),
        ("A job moves from draft to published to closed. Recruiters create jobs.", "job", "draft published closed"),
        ("Clerks show the state of the permit: draft, under review, issued.", "permit", "draft|under review|issued"),
    ],
)
def test_states_in_their_order(text: str, name: str, states: str) -> None:
    wanted = states.split("|") if "|" in states else states.split()
    assert mention(text, name).states == tuple(wanted)


def test_a_bracket_of_examples_is_no_list_of_states() -> None:
    assert mention("Members borrow tools (drills, saws, ladders).", "tool").states == ()


@pytest.mark.parametrize(
    ("text", "whole", "part", "most", "single"),
    [
        ("A clinic has up to 40 rooms. Patients book rooms at a clinic.", "clinic", "room", 40, False),
        ("Each order belongs to one customer. Customers place orders.", "customer", "order", None, False),
        ("Pet owners register pets. A pet belongs to one owner.", "pet owner", "pet", None, False),
        (
            "We list 90 places (libraries, a bakery) that have two to ten desks. Members book desks at a place.",
            "place",
            "desk",
            None,
            False,
        ),
        ("Every course has one forum. Students join courses and read the forum.", "course", "forum", None, True),
        (
            "Every publisher has subscribers, templates and campaigns. Publishers edit templates.",
            "publisher",
            "template",
            None,
            False,
        ),
    ],
)
def test_relations(text: str, whole: str, part: str, most: float | None, single: bool) -> None:
    found = {(r.whole, r.part): r for r in requirements(text).relations}
    relation = found[whole, part]
    assert isinstance(relation, RelationMention)
    assert relation.single is single
    assert relation.most == most


def test_what_has_not_is_no_relation() -> None:
    assert requirements("A member has no vehicle. Members sell vehicles.").relations == ()
