"""Who acts: over relative clauses and insertions, for departments and devices, and never a thing or a law."""

import pytest
from tests.elicit.reading import deeds


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Only the tenant who holds a lease may report a defect.", ("tenant", "report", "defect")),
        ("The clerk, who sits in another town, must approve the invoice.", ("clerk", "approve", "invoice")),
        ("Billing checks each invoice before it goes out.", ("billing", "check", "invoice")),
        ("Payroll wants a report of overtime per site.", ("payroll", "view", "overtime")),
        ("A TPP initiates a payment.", ("tpp", "initiate", "payment")),
        ("Salaries readable by payroll only.", ("payroll", "view", "salary")),
        ("New hires sign their contract online.", ("hire", "sign", "contract")),
        ("An incoming call opens a case.", ("system", "open", "case")),
        ("The portal must accept complaints at night.", ("system", "accept", "complaint")),
        ("Guests who cancel get their money back.", ("system", "refund", "payment")),
        ("A host enters the rooms, opening days and prices.", ("host", "enter", "opening day")),
        ("If a member cancels the lesson, a fee is charged.", ("member", "cancel", "lesson")),
        ("Customers are informed by phone.", ("system", "notify", "customer")),
        ("Orders are approved by finance.", ("finance", "approve", "order")),
    ],
)
def test_who_acts(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(f"# Works\n\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "GDPR applies to all of it.",
        "A booking must see the latest price.",
        "The spring sale brings many orders.",
        "Nobody may open the letters before noon.",
        "I do not want to see the invoices of others.",
        "Our nephew rewrote the catalogue.",
        "The invoices were printed by a bureau.",
        "You would host it for us.",
        "It is accepted that visitors wait.",
        "Please send the offer by Monday.",
        "Drivers meet at the depot and drive to the villages.",
        "The portal shall be procured by tender.",
        "Availability is measured monthly.",
        "No clerk may delete a file.",
    ],
)
def test_what_tells_no_operation(text: str) -> None:
    assert deeds(f"# Works\n\nThis is about a town.\n\n{text}") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Members can:\n- book a desk\n- cancel a booking\n\nHosts can:\n- block a desk\n",
        "- **Members** can\n  - book a desk\n  - cancel a booking\n- Hosts:\n  - block a desk\n",
        "- Members: book a desk. Cancel a booking.\n- Hosts: block a desk.",
        "Members: book a desk, cancel a booking. Hosts: block a desk.",
        "**Member** - books a desk, cancels a booking\n\n**Host** - blocks a desk",
        "## As a member\n- book a desk\n- cancel a booking\n\n## For hosts\n- block a desk\n",
    ],
)
def test_a_label_says_who_acts_below_and_behind_it(text: str) -> None:
    assert deeds(text) == {("member", "book", "desk"), ("member", "cancel", "booking"), ("host", "block", "desk")}


def test_a_label_keeps_both_words_of_a_role_and_that_of_a_thing_says_nothing() -> None:
    assert deeds("HR managers: enter contracts.") == {("hr manager", "enter", "contract")}
    assert deeds("The members list: delete members.") == {("user", "delete", "member")}
