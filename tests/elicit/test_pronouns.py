"""What "it" and "them" stand for."""

import pytest
from tests.elicit.reading import deeds


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("A TPP initiates a payment; the customer confirms it.", ("customer", "confirm", "payment")),
        ("A rep creates a quote from a template and sends it to the customer.", ("rep", "send", "quote")),
        ("A nurse writes a note, and the doctor signs it.", ("doctor", "sign", "note")),
        ("The manager receives the claim and approves it or rejects it.", ("manager", "reject", "claim")),
        ("Couriers pick up parcels and scan them at the door.", ("courier", "scan", "parcel")),
        ("Members upload photos. The editor reviews them.", ("editor", "review", "photo")),
        ("Teachers create an exam; students take it online.", ("student", "take", "exam")),
        ("Users report a pothole, a clerk assigns it to a crew.", ("clerk", "assign", "pothole")),
        ("When a seller lists a ticket, the platform verifies it.", ("system", "verify", "ticket")),
    ],
)
def test_pronouns_go_back_to_the_thing_acted_on(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(text)
