"""Nouns that are no things of the business."""

import pytest
from tests.elicit.reading import requirements


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Haulwerk runs trucks. The drivers of Haulwerk report positions. Haulwerk sends tours.", "haulwerk"),
        ("Users place orders. I spoke with Kwame about the orders, and Kwame has doubts.", "kwame"),
        ("RPO 15 minutes, RTO 4 hours. The RPO holds for orders.", "rpo"),
        ("DORA applies to us. DORA asks for reports.", "dora"),
        ("No chat in the first version. Users place orders.", "chat"),
        ("The thing is that users order things. A thing must be shipped.", "thing"),
        ("Costs in dollars: 900 dollars for orders, no dollar more.", "dollar"),
    ],
)
def test_no_thing(text: str, name: str) -> None:
    assert name not in {m.name for m in requirements(text).mentions}


def test_terms_of_a_contract_are_things() -> None:
    found = {m.name for m in requirements("The Applicant uploads a Plan. The Reviewer checks the Plan.").mentions}
    assert "plan" in found
