"""Which nouns of a brief are its things: by what they name, and by how the brief speaks of them."""

import pytest
from tests.elicit.reading import CATALOGUE, requirements

from archsmith.elicit.kept import Kept, kept
from archsmith.knowledge.archetypes import CUES, archetype
from archsmith.knowledge.noun_kinds import NOUN_KINDS, Standing, nouns

NOUNS = nouns(CATALOGUE)


def things(text: str) -> set[str]:
    return {m.name for m in requirements(text).mentions if not m.doubtful}


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("Tenants report repairs with photos. Staff assign vendors to repairs.", {"photo", "vendor"}, {"staff"}),
        (
            "The vendor must deliver the prototype before launch. Clerks check applications that citizens submit.",
            {"application"},
            {"launch"},
        ),
        ("Customers pay invoices by card or Apple Pay, in EUR.", {"invoice", "payment"}, {"card", "eur", "apple pay"}),
        ("Riders in Ghana share the petrol and book trips.", {"trip"}, {"petrol", "ghana"}),
        ("Agents answer tickets; availability is 99.9 % and latency under 200 ms.", {"ticket"}, {"availability", "ms"}),
        (
            "Doctors export prescriptions as PDF; the home page has a button for it.",
            {"prescription"},
            {"pdf", "button"},
        ),
        ("Planners publish rosters. Scheduling and billing are done by others.", {"roster"}, {"scheduling", "billing"}),
        (
            "Officers approve loans; a machine learning pipeline on Kubernetes helps them.",
            {"loan"},
            {"machine learning", "kubernete"},
        ),
        ("Editors must see the latest version of each article.", {"article"}, {"latest version"}),
    ],
)
def test_records_are_things_and_units_places_and_tools_are_not(text: str, there: set[str], absent: set[str]) -> None:
    found = things(text)
    assert there <= found
    assert not absent & found


def test_a_word_that_no_lexicon_knows_needs_more_than_one_use() -> None:
    once = "Keepers feed the animals. There is a zonkey."
    often = "Keepers tag 40 zonkeys. A keeper weighs each zonkey every week and moves zonkeys between ponds."
    assert "zonkey" not in things(once)
    assert "zonkey" in things(often)


def test_one_site_is_the_operator_and_many_are_records() -> None:
    assert "clinic" not in things("Our clinic is open from 8 to 6. Patients book appointments.")
    assert "clinic" in things("There are 31 clinics. Each clinic has rooms. Patients book appointments at a clinic.")


def test_what_is_done_by_the_company_is_no_record() -> None:
    assert "scooter" not in things("We sell scooters. Members reserve lockers.")


def test_a_deed_leaves_its_record_behind() -> None:
    assert {"payment", "reservation"} <= things("Guests reserve tables and pay at once.")
    assert "application" not in things("HIPAA applies. Guests reserve tables.")


def test_a_second_name_in_a_bracket_means_the_same() -> None:
    found = things('We serve 60 resellers ("partners"). Partners upload price lists. A partner has its own logo.')
    assert "partner" in found
    assert "reseller" not in found


def test_an_attribute_word_goes_to_its_owner() -> None:
    mentions = {m.name: m for m in requirements("Members change the member name. Clerks delete members.").mentions}
    assert "name" in mentions["member"].attributes
    assert "member name" not in mentions


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("latest balance", Kept("balance")),
        ("order number", Kept("order", "number")),
        ("booking overview", Kept("booking")),
        ("whatsapp reminder", Kept("reminder")),
        ("payment account", Kept("payment account")),
        ("tax receipt", Kept("tax receipt")),
        ("course reading list", Kept("course reading list")),
        ("bank details change", Kept("bank detail")),
        ("visitor record", Kept("visitor")),
        ("item to basket", Kept("item")),
        ("diem", Kept("per diem")),
    ],
)
def test_names_are_kept_without_what_adds_nothing(name: str, thing: Kept) -> None:
    assert kept(name, NOUNS) == thing


def test_the_evidence_says_why() -> None:
    found = {m.name: m for m in requirements("Buyers place 400 orders a day. Clerks cancel orders.").mentions}
    assert "a record of buying and selling" in found["order"].evidence
    assert any(e.startswith("operation: cancel") for e in found["order"].evidence)


def test_a_noun_has_one_kind() -> None:
    words = [w for row in CATALOGUE.table(NOUN_KINDS).values() for w in row.words.split()]
    assert not sorted({w for w in words if words.count(w) > 1})


def test_what_archetypes_keep_is_not_ruled_out() -> None:
    """A word of an archetype that the lexicon calls no thing at all could never be found."""
    lost = {
        f"{kind}/{word}"
        for kind in CATALOGUE.table(CUES)
        for entity in archetype(CATALOGUE, kind).entities
        for word in (entity.name, *entity.aka)
        if not entity.person and NOUNS.standing(word) is Standing.NONE
    }
    assert lost <= KNOWINGLY, sorted(lost - KNOWINGLY)


KNOWINGLY = {
    "video/quality", "video/playback", "audio/listening figure", "item_library/lending",
    "item_library/thing", "item_library/checkout",
    "helpdesk/service level", "file_sharing/upload", "ml_serving/feature", "ml_serving/ground truth",
    "newsletter/audience", "warehouse/stock on hand", "saas/card",
}  # fmt: skip
"""Words for an act, a quality or the system itself in nearly every brief: only the kind's own name brings them in."""


def test_a_head_that_several_compounds_share_is_the_thing() -> None:
    text = "There are 17 volunteer zerbs. Clerks alert the neighbour zerb. The right zerb may accept the alarm."
    assert "zerb" in things(text)
    assert "zerb" not in things("Clerks read about the volunteer zerb.")


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Senders announce a parcel (API). Each parcel gets a label.", "parcel", True),
        ("400 third parties (TPPs) register. Each TPP signs a contract.", "tpp", True),
        ("Large clients never profit at the expense of small ones. Clerks file 40 invoices.", "expense", False),
        ("Guests pay 3 invoices. EU data stays in the EU.", "data stay", False),
        ("Members of the club upload pictures. Health certificates stay private.", "health certificate", True),
        ("A visitor sees what is there (monitor, coffee, quiet room). Visitors rent 20 desks.", "room", False),
        ("Clerks must match each line to a recording; 1.4 billion lines arrive a month.", "line", True),
    ],
)
def test_words_beside_a_noun_tell_whether_it_names_a_thing(text: str, name: str, there: bool) -> None:
    assert (name in things(text)) is there


@pytest.mark.parametrize(
    ("name", "kept_as"), [("average event", "event"), ("present sms", "sms"), ("merit list", "merit list")]
)
def test_words_that_order_or_date_fall_off_the_front(name: str, kept_as: str) -> None:
    assert kept(name, NOUNS).name == kept_as


def test_the_number_of_a_requirement_is_no_part_of_a_name() -> None:
    found = things(
        "- R7 Patients sign in with a code.\n- R8 Patients book 40 slots.\n- R9 Nobody may double book a slot."
    )
    assert {"patient", "slot"} <= found
    assert not {"r7 patient", "r8 patient", "book"} & found


def test_who_books_is_whoever_a_later_sentence_names() -> None:
    text = "People book a desk for a day.\n\n- A member books a desk and pays by card"
    assert [o.actor for o in requirements(text).operations if (o.verb, o.object) == ("book", "desk")] == ["member"]


def test_what_each_of_many_people_opens_is_one_of_many() -> None:
    """A shop is the operator itself, unless whoever comes has one of his own."""
    own = "As a maker I want to open a shop.\nAs an admin I want to close a shop that breaks the rules."
    assert "shop" in {m.name for m in requirements(own).mentions}
    ours = "A customer visits the shop. We opened the shop in 1998."
    assert "shop" not in {m.name for m in requirements(ours).mentions}
