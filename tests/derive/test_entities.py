"""Mentions into entities: what archetypes confirm, what stays apart, and how things hang together."""

from tests.derive.saying import Said, entity

from archsmith.kernel.provenance import Assumed
from archsmith.model.domain import Cardinality, Derivation
from archsmith.model.requirements import Mention, RelationMention


def names(found: Derivation) -> set[str]:
    return {e.id for e in found.domain.entities}


def fleet(*things: str) -> Said:
    said = Said(
        "The fleet has trucks and trailers. Drivers deliver each shipment from the depot by truck, lorry, trailer."
    )
    said.actor("driver").does("driver", "deliver", "shipment")
    return said.things("shipment", "fleet", *things)


def test_near_words_are_two_things_where_both_are_named_and_one_where_not() -> None:
    assert {"truck", "trailer"} <= names(fleet("truck", "trailer").derive())
    assert "lorry" not in names(fleet("truck", "lorry").derive())
    alone = fleet("trailer").derive()
    assert "trailer" in names(alone)
    assert any(a.name == "plate" for a in entity(alone, "trailer").attributes), "what the kind knows of vehicles"


def test_a_doubtful_noun_is_kept_only_where_systems_of_the_kind_keep_it() -> None:
    hotel = Said("Hotel guests book rooms. The overbooking of a room must end. Prices are imported.")
    hotel.actor("guest").things("hotel", "room", "guest").does("guest", "book", "room")
    hotel.mentions.append(Mention(name="price", doubtful=True, why=hotel.at("Prices")))
    hotel.mentions.append(Mention(name="loudness", doubtful=True, why=hotel.at("must")))
    found = names(hotel.derive())
    assert "price" in found
    assert "loudness" not in found


def test_one_strong_word_makes_no_archetype() -> None:
    said = Said("Parents collect children at the school gate. Teachers see who was collected.")
    said.actor("parent").actor("teacher", True).things("parent", "child", "school", "teacher")
    found = said.does("parent", "collect", "child").does("teacher", "see", "child", "query").derive()
    assert found.domain.archetypes == ()
    assert not [e for e in found.domain.entities if isinstance(e.why, Assumed)]


def test_words_of_another_business_speak_against_a_kind() -> None:
    text = "Donors give blood. A donation is tested. The donor gets a reminder before the next donation of blood."
    said = Said(text).actor("donor").things("donor", "donation", "reminder").does("donor", "give", "blood")
    assert "donations" not in {f.value for f in said.derive().domain.archetypes}


def test_what_an_archetype_adds_is_assumed_with_its_source() -> None:
    said = Said("Our online shop has a basket and a checkout; customers order articles from the catalogue by shipping.")
    said.actor("customer").things("basket", "article", "customer").does("customer", "order", "article")
    added = [e for e in said.derive().domain.entities if isinstance(e.why, Assumed)]
    assert added
    assert {e.why.source for e in added if isinstance(e.why, Assumed)} == {"archetypes/shop"}


def related(*relations: RelationMention) -> Derivation:
    said = Said("Students take courses. A course has students. A course has one forum.").actor("student")
    said.things("student", "course", "forum").does("student", "take", "course")
    return said.needs(relations=relations).derive()


def test_a_whole_with_many_parts_and_with_a_single_one() -> None:
    why = Said("A course has one forum.").at("one forum")
    many = entity(related(RelationMention(whole="course", part="forum", why=why)), "forum").relations
    one = entity(related(RelationMention(whole="course", part="forum", single=True, why=why)), "forum").relations
    assert [(r.target, r.cardinality) for r in many] == [("course", Cardinality.MANY_TO_ONE)]
    assert [(r.target, r.cardinality) for r in one] == [("course", Cardinality.ONE_TO_ONE)]


def test_two_that_have_each_other_are_many_to_many() -> None:
    why = Said("A course has students.").at("students")
    pair = (
        RelationMention(whole="course", part="student", why=why),
        RelationMention(whole="student", part="course", why=why),
    )
    found = related(*pair)
    between = [
        r for e in ("course", "student") for r in entity(found, e).relations if r.target in ("course", "student")
    ]
    assert [r.cardinality for r in between] == [Cardinality.MANY_TO_MANY]


def test_signing_in_is_done_to_the_person_who_signs_in() -> None:
    said = Said("Members sign in. Members book courts.").actor("member").things("member", "court")
    found = said.does("member", "sign in", "account", quote="sign in").does("member", "book", "court").derive()
    assert "account" not in names(found)
    assert next(o for o in found.domain.operations if o.verb == "sign in").entity == "member"


def test_ways_to_reach_somebody_go_by_one_name() -> None:
    said = Said("The name, e-mail and phone number of each keeper are kept. Keepers feed bears.").actor("keeper")
    said.thing("keeper", attributes=("name", "e-mail", "phone number", "billing address")).things("bear")
    found = [a.name for a in entity(said.does("keeper", "feed", "bear").derive(), "keeper").attributes]
    assert found.count("email") == found.count("phone") == 1
    assert {"name", "billing_address"} <= set(found)
    assert not {"e_mail", "phone_number"} & set(found)


def test_a_thing_refers_to_its_owner_and_not_the_owner_to_the_thing() -> None:
    said = Said("Pet owners register pets.").actor("pet owner").things("pet", "pet owner")
    found = said.does("pet owner", "register", "pet").derive()
    assert [r.target for r in entity(found, "pet").relations] == ["pet-owner"]
    assert entity(found, "pet-owner").relations == ()


def test_what_a_deed_leaves_behind_is_of_the_thing_and_of_whoever_did_it() -> None:
    said = Said("Hosts enter desks. A member books a desk.").actor("member").actor("host")
    said.things("desk", "member", "booking", "host").does("host", "enter", "desk").does("member", "book", "desk")
    found = said.derive()
    assert {r.target for r in entity(found, "booking").relations} >= {"desk", "member"}
    assert "member" not in {r.target for r in entity(found, "desk").relations}
