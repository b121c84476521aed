"""Which deeds a brief names: paid once, corrected by whoever wrote it, and nothing out of a word for a detail."""

from tests.derive.saying import Said

from archsmith.kernel.provenance import Derived
from archsmith.model.domain import Derivation, Operation
from archsmith.model.requirements import OperationKind, OperationMention, RelationMention


def _deeds(found: Derivation) -> dict[str, Operation]:
    return {o.id: o for o in found.domain.operations}


def test_what_is_taken_with_an_order_is_paid_with_it() -> None:
    said = Said("A fan holds a seat and places an order for it. Fans pay the seat, fans pay the order.")
    said.actor("fan").things("fan").thing("seat", states=("free", "held")).thing("order", states=("held", "paid"))
    said.does("fan", "hold", "seat").does("fan", "place", "order")
    said.does("fan", "pay", "seat", quote="pay the seat").does("fan", "pay", "order", quote="pay the order")
    seat = RelationMention(whole="order", part="seat", why=said.at("order for it"))
    found = _deeds(said.needs(relations=(seat,)).derive())
    touched = {e for o in found.values() for e in o.touches if o.entity == "order"}
    assert "pay-order" in found
    assert ("pay-seat" in found) is ("seat" not in touched)


def test_whoever_wrote_it_amends_it_where_a_passive_names_nobody() -> None:
    said = Said("As a therapist I write a note; a note must not be changed, only amended.")
    said.actor("therapist", internal=True).things("note")
    said.does("therapist", "write", "note", quote="write a note").does("system", "amend", "note", quote="only amended")
    assert _deeds(said.derive())["amend-note"].actor == "therapist"


def test_the_system_stays_the_doer_where_nobody_wrote_it_before() -> None:
    said = Said("Prices are updated. A clerk reads a price.")
    said.actor("clerk", internal=True).things("price")
    said.does("system", "update", "price", quote="are updated")
    assert _deeds(said.derive())["update-price"].actor == "system"


def test_a_detail_of_a_thing_is_no_deed() -> None:
    said = Said("Promoters create an event with price categories, allocations and a date. Fans buy a ticket.")
    said.actor("promoter").actor("fan").things("ticket").thing("event", attributes=("price category", "allocation"))
    said.does("promoter", "create", "event", quote="create an event")
    said.does("fan", "assign", "ticket", quote="allocations")
    assert "assign-ticket" not in _deeds(said.derive())


def test_what_a_word_implies_adds_nothing_beside_what_is_said() -> None:
    said = Said("A therapist writes a progress note and signs it. A signed note stays.")
    said.actor("therapist", internal=True).actor("patient").things("progress note", "note")
    said.does("therapist", "write", "progress note").does("therapist", "sign", "progress note", quote="signs it")
    said.operations.append(
        OperationMention(
            actor="user",
            verb="sign",
            object="note",
            kind=OperationKind.COMMAND,
            why=Derived(rule="a state in the text needs the deed that leads to it"),
        )
    )
    signing = [o for o in said.derive().domain.operations if o.verb == "sign"]
    assert [o.actor for o in signing] == ["therapist"]
    assert not signing[0].calls


def test_signing_a_note_asks_no_identity_provider() -> None:
    said = Said("A therapist signs a note. Staff sign in with Entra.")
    said.actor("therapist", internal=True).things("note").system("Entra", "identity")
    said.does("therapist", "write", "note").does("therapist", "sign", "note", quote="signs a note")
    assert not _deeds(said.derive())["sign-note"].calls
