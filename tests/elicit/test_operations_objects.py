"""What is acted on: pronouns, left-out objects, gifts and their takers, and what can be no object at all."""

import pytest
from tests.elicit.reading import deeds


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("As a nurse I want to write a referral and send it to the specialist.", ("nurse", "send", "referral")),
        ("The system shall show the citizen the state of his file.", ("system", "show", "state")),
        ("A donor looks for a centre and books one.", ("donor", "book", "centre")),
        ("Visitors chat with an agent.", ("visitor", "chat", "agent")),
        ("Holds expire after 7 days.", ("system", "expire", "hold")),
        ("An offer that is not answered within 2 days shall lapse.", ("system", "lapse", "offer")),
        ("A pupil registers on the phone.", ("pupil", "register", "pupil")),
        ("Members sign in with a code.", ("member", "sign in", "account")),
        ("The referee records the result.", ("referee", "record", "result")),
        ("Teachers assign tasks to pupils, and grade them.", ("teacher", "grade", "task")),
        ("Requests are checked, and rejected within a day.", ("system", "reject", "request")),
        ("Reviewers see where the parcel is.", ("reviewer", "track", "parcel")),
        ("The keeper feeds the animals and consults their charts.", ("keeper", "view", "chart")),
        ("A guest books a cabin. The warden sees who is coming today.", ("warden", "expect", "cabin")),
        ("Customers order until noon. An order has dishes.", ("customer", "place", "order")),
    ],
)
def test_what_is_acted_on(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(f"# Works\n\n{text}")


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Couriers pay 30 percent in advance.", "percent"),
        ("We will replace Oracle Forms.", "oracle forms"),
        ("The clinic must register in Ghana.", "ghana"),
        ("Latency of a call: 15 ms, measured at the edge.", "ms"),
        ("The operator runs the platform.", "platform"),
        ("Staff process data.", "data"),
        ("Guests ring people up.", "person"),
    ],
)
def test_what_is_no_object(text: str, thing: str) -> None:
    assert thing not in {o for _, _, o in deeds(f"# Works\n\n{text}")}


@pytest.mark.parametrize(
    "text",
    [
        "Clerks see invoices. Clerks look at invoices every day. The portal shows invoices.",
        "Analysts remove drafts. Drafts are purged after a week of rest.",
        "Editors create a page and write the page.",
        "A guest may tell the porter. The system informs the porter.",
    ],
)
def test_one_act_is_told_once(text: str) -> None:
    found = [(verb, thing) for _, verb, thing in deeds(f"# Works\n\n{text}")]
    things = [thing for _, thing in found]
    assert things
    assert len(set(things)) == len(things)


def test_what_is_ruled_out_is_not_what_a_verb_means() -> None:
    text = "A skipper books a mooring and pays by card.\n\nNot now: memberships with a flat rate, company accounts."
    assert {o for _, verb, o in deeds(text) if verb == "pay"} == {"mooring"}
