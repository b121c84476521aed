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
