"""Entities, their attributes, relations and states, and operations, from what a text says of them."""

import pytest
from tests.derive.saying import Said, entity, operation

from archsmith.kernel.provenance import Assumed, Stated
from archsmith.kernel.units import Probability
from archsmith.model.domain import Access, AttributeType, Cardinality, Consistency, DataClass
from archsmith.model.requirements import OperationKind, Regime, RegimeStatus


def shop() -> Said:
    said = Said(
        "Online shop for tea. Customers browse products, fill a basket, place orders, pay orders and cancel orders.\n"
        "Stock is reserved with the order. Staff change prices. Payment goes through Stripe.",
        "Online shop for tea",
    )
    said.actor("customer").actor("staff", internal=True).system("Stripe", "payment")
    said.things("product", "basket", "order", "stock").does("customer", "browse", "product", "query")
    said.does("customer", "place", "order").does("customer", "pay", "order").does("customer", "cancel", "order")
    return said.does("staff", "change", "product")


def test_shop_gets_what_every_shop_has() -> None:
    found = shop().derive()
    assert [a.value for a in found.domain.archetypes] == ["shop"]
    line = entity(found, "order-line")
    assert isinstance(line.why, Assumed) and line.why.source == "archetypes/shop" and line.why.reason
    assert line.aggregate == "order"
    owner = next(r for r in line.relations if r.target == "order")
    assert owner.owns and owner.cardinality is Cardinality.MANY_TO_ONE
    assert isinstance(entity(found, "order").why, Stated)


def test_archetype_adds_nothing_that_is_excluded() -> None:
    said = shop()
    said.text += " No accounts and no order lines."
    found = said.without("order lines").derive()
    assert not [e for e in found.domain.entities if e.id == "order-line"]


def test_an_archetype_word_is_not_added_beside_its_synonym() -> None:
    said = Said(
        "Online shop. Shoppers put articles into a cart and check out; each article has a stock.", "Online shop"
    )
    found = said.actor("shopper").things("article", "cart", "stock").does("shopper", "add", "article").derive()
    names = {e.id for e in found.domain.entities}
    assert "article" in names and "product" not in names and "customer" not in names


def test_verbs_become_transitions_of_states() -> None:
    found = shop().derive()
    order = entity(found, "order")
    states = next(a.states for a in order.attributes if a.type is AttributeType.STATE)
    assert states[0] == "placed" and {"paid", "cancelled"} <= set(states)
    place, pay = operation(found, "place-order"), operation(found, "pay-order")
    assert place.access is Access.CREATE and not place.to_state
    assert pay.access is Access.TRANSITION and pay.to_state == "paid"
    assert pay.calls == ("stripe",) and pay.calls_sync and pay.idempotent
    assert {e.name for e in found.domain.events} >= {"order.placed", "order.paid", "order.cancelled"}
    assert place.emits == ("order-placed",)


def test_scarce_things_change_with_the_order() -> None:
    found = shop().derive()
    assert "stock" in operation(found, "place-order").touches
    assert operation(found, "place-order").consistency is Consistency.STRONG


def test_seldom_acts_are_seldom() -> None:
    said = shop().number("", "orders", 8640, "per day")
    found = said.derive()
    assert operation(found, "place-order").average.value == pytest.approx(0.1)
    assert operation(found, "pay-order").average.value == pytest.approx(0.1)
    assert operation(found, "cancel-order").average.value < 0.01
    assert operation(found, "browse-product").average.value > 1


def test_states_come_from_the_text_first() -> None:
    said = Said("A parcel is announced, weighed, stamped and handed over.").thing(
        "parcel", (), ("announced", "weighed", "stamped")
    )
    found = said.actor("clerk", True).does("clerk", "weigh", "parcel").does("clerk", "approve", "parcel").derive()
    states = next(a.states for a in entity(found, "parcel").attributes if a.states)
    assert states[:3] == ("announced", "weighed", "stamped") and "approved" in states


def test_attributes_from_text_lexicon_and_fallback() -> None:
    said = (
        Said("A member has an e-mail and a birth date. A zorg is kept.")
        .thing("member", ("email", "birth date"))
        .things("zorg")
    )
    found = said.derive()
    member = {a.name: a for a in entity(found, "member").attributes}
    assert member["email"].type is AttributeType.EMAIL and isinstance(member["email"].why, Stated)
    assert member["birth_date"].type is AttributeType.DATE and member["birth_date"].data_class is DataClass.PERSONAL
    zorg = {a.name: a for a in entity(found, "zorg").attributes}
    assert next(iter(zorg)) == "id" and "name" in zorg and isinstance(zorg["name"].why, Assumed)


def test_parts_belong_to_their_whole() -> None:
    said = Said("There are 12 pictures per listing.").number(
        "12 pictures per listing", "pictures", 12, "ratio", "ratio", subject="listing"
    )
    found = said.things("listing", "picture").derive()
    picture = entity(found, "picture")
    assert picture.aggregate == "listing" and next(r.owns for r in picture.relations if r.target == "listing")


def test_who_makes_a_thing_owns_it() -> None:
    said = (
        Said("A tenant reports defects. A tenant sees only his own defects.").actor("tenant").things("tenant", "defect")
    )
    found = said.does("tenant", "report", "defect").derive()
    defect = entity(found, "defect")
    assert [r.target for r in defect.relations] == ["tenant"] and defect.owner == "tenant"


def test_classes_of_data() -> None:
    said = Said("Patients book visits. The clinic lists opening hours. Bank accounts of members.")
    said.actor("patient").things("patient", "visit note", "bank account", "opening hour").does(
        "patient", "write", "visit note"
    )
    hipaa = Regime(
        id="HIPAA", status=RegimeStatus.REQUIRED, reason="", confidence=Probability(1.0), why=said.at("Patients")
    )
    found = said.needs(regimes=(hipaa,)).derive()
    assert entity(found, "patient").data_class is DataClass.HEALTH
    assert entity(found, "visit-note").data_class is DataClass.HEALTH
    assert entity(found, "bank-account").data_class is DataClass.FINANCIAL
    assert entity(found, "opening-hour").data_class is DataClass.INTERNAL


def test_card_numbers_are_left_to_the_provider() -> None:
    text = "Guests pay by card through Mollie. A payment has a card number and an amount."
    kept = Said(text).thing("payment", ("card number", "amount")).derive()
    left = Said(text).thing("payment", ("card number", "amount")).system("Mollie", "payment").derive()
    assert "card_number" in {a.name for a in entity(kept, "payment").attributes}
    assert "card_number" not in {a.name for a in entity(left, "payment").attributes}
    assert "amount" in {a.name for a in entity(left, "payment").attributes}


def test_two_names_never_share_an_id() -> None:
    found = Said("x").things("naive", "naïve", "x y", "../x z", "Ä y", "訂單", "订单").derive()
    assert len({e.id for e in found.domain.entities}) == len(found.domain.entities) >= 5
    for item in found.domain.entities:
        assert item.id.isascii() and "/" not in item.id and "." not in item.id


def test_master_system_and_sync() -> None:
    said = Said("Stock is kept in our ERP. Every night we import the stock from the ERP.").system(
        "ERP", "erp", ("stock",)
    )
    found = said.things("stock").does("system", "import", "stock", "batch", "Every night we import the stock").derive()
    assert entity(found, "stock").master == "erp"
    job = operation(found, "import-stock")
    assert job.every is not None and float(job.every.value) == 86400 and job.calls == ("erp",)
    assert job.kind is OperationKind.BATCH and job.access is Access.IMPORT


def test_live_views_and_time_limits() -> None:
    said = Said("Customers track the delivery live; the delivery view answers in 2 seconds. Mails may take an hour.")
    said.number("2 seconds", "delivery view", 2, "s", "latency", subject="track")
    found = (
        said.actor("customer")
        .things("delivery")
        .does("customer", "track", "delivery", "query", "track the delivery live")
        .derive()
    )
    view = operation(found, "track-delivery")
    assert view.real_time and float(view.latency_p95.value) == 2 and isinstance(view.latency_p95.why, Stated)
    assert found.workload.connections.value > 0


def test_tenants_scope_what_is_theirs() -> None:
    said = Said("Multi-tenant product. Every publisher has templates.").things("publisher", "template")
    found = said.derive()
    assert found.domain.multi_tenant.value and entity(found, "template").tenant_scoped


def test_outside_all_archetypes_its_own_words_are_the_domain() -> None:
    said = (
        Said("Keepers tag herons and log sightings of herons at ponds.")
        .actor("keeper")
        .things("heron", "sighting", "pond")
    )
    found = said.does("keeper", "tag", "heron").does("keeper", "log", "sighting").derive()
    assert found.domain.archetypes == ()
    assert {"heron", "sighting", "pond"} <= {e.id for e in found.domain.entities}
    assert [o for o in found.domain.operations if o.kind is OperationKind.QUERY], "somebody must be able to look"


def test_passing_remarks_on_retention_are_no_operation() -> None:
    said = Said("Invoices are kept for 10 years.").number(
        "10 years", "invoices", 10, "years", "retention", subject="keep"
    )
    found = said.things("invoice").does("system", "keep", "invoice", "command", "kept for 10 years").derive()
    assert "keep-invoice" not in {o.id for o in found.domain.operations}
    kept = entity(found, "invoice").retention
    assert kept is not None and kept.value == pytest.approx(120, rel=0.01)


def test_filters_name_real_columns() -> None:
    found = shop().derive()
    for item in found.domain.operations:
        kept = entity(found, item.entity)
        columns = {a.name for a in kept.attributes} | {f"{r.name}_id" for r in kept.relations} | {"tenant_id"}
        assert set(item.filters) <= columns
        assert not item.sort or item.sort in columns


def test_what_is_out_of_scope_is_out_as_a_thing_and_as_an_act() -> None:
    said = Said(
        "Patients book visits. No payments in the first version. The newsletter stays outside. Patients pay later."
    )
    said.actor("patient").things("visit", "payment", "newsletter subscription").without("payments").without(
        "newsletter"
    )
    found = said.does("patient", "book", "visit").does("patient", "pay", "visit").derive()
    assert "payment" not in {e.id for e in found.domain.entities}
    assert "newsletter-subscription" in {e.id for e in found.domain.entities}
    assert [o.verb for o in found.domain.operations if o.verb == "pay"] == []


def test_a_compound_and_its_head_are_one_thing() -> None:
    said = Said("A box reports. Sensor boxes measure. An account signs in. Bank accounts are kept.")
    found = said.things("sensor box", "box", "bank account", "account").derive()
    names = {e.id for e in found.domain.entities}
    assert "box" in names and "sensor-box" not in names
    assert {"bank-account", "account"} <= names, "a bank account is no account"


def test_laws_values_and_people_in_general_are_no_things() -> None:
    said = Said("HIPAA applies. People book rooms. The humidity and the IP address are noted. Guests come.")
    hipaa = Regime(
        id="HIPAA", status=RegimeStatus.REQUIRED, reason="", confidence=Probability(1.0), why=said.at("HIPAA")
    )
    said.actor("guest").things("HIPAA", "people", "room", "humidity", "ip address", "guest").needs(regimes=(hipaa,))
    assert {e.id for e in said.derive().domain.entities} == {"room", "guest"}


def test_the_likely_actor_of_an_act_without_subject() -> None:
    said = Said("Readers reserve books. Books are renewed. Staff shelve books.").actor("reader").actor("staff", True)
    said.things("book", "reservation").does("reader", "reserve", "book").does("", "renew", "book")
    found = said.does("staff", "shelve", "book").does("system", "remind", "reader", "event").derive()
    assert operation(found, "renew-book").actor == "reader"
    assert operation(found, "remind-reader").actor == "system"
