"""User stories, the systems that a brief names by their place, and what has to stay where it is."""

import pytest
from tests.elicit.reading import deeds, requirements


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("As a clinic manager I want a report of no-shows for each clinic.", ("clinic manager", "view", "report")),
        ("As a nurse I want an overview of free beds.", ("nurse", "view", "overview")),
        ("As an operator, I would like a list of open alarms.", ("operator", "view", "open alarm")),
        ("As the store manager I need the stock levels shown per shelf.", ("store manager", "view", "stock level")),
        ("As a clerk I want the visits of the day exported to our clearinghouse.", ("system", "export", "visit")),
        ("As a physician I want to send a referral.", ("physician", "send", "referral")),
    ],
)
def test_stories(text: str, deed: tuple[str, str, str]) -> None:
    assert deed in deeds(text)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("As a clinic manager I want a report of no-shows.", "clinic manager"),
        ("As a billing clerk I want the visits exported each night.", "billing clerk"),
        ("As an auditor, I need read access to everything.", "auditor"),
    ],
)
def test_whose_story_it_is(text: str, actor: str) -> None:
    assert actor in {a.name for a in requirements(text).actors}


@pytest.mark.parametrize(
    ("text", "name", "masters"),
    [
        ("Scheduling is done in a system called WebPT.", "WebPT", ("scheduling",)),
        ("WebPT stays the master of the calendar.", "WebPT", ("calendar",)),
        ("Orders are entered in our ERP (SAP).", "SAP", ("order",)),
        ("Stock is kept in the warehouse software (Korber).", "Korber", ("stock",)),
        ("Invoices are written in a program named Lexoffice.", "Lexoffice", ()),
        ("Customer data is mastered in Vega, our CRM.", "Vega", ("customer data",)),
        ("Our billing system, Zuora, sends invoices.", "Zuora", ()),
        ("Prices come from the pricing engine (Prisma) every night.", "Prisma", ()),
        ("The core system (IBM i, MQ) holds the policies.", "core system", ("policy",)),
        ("Payroll is calculated by Hogia, it gets a file every night.", "Hogia", ()),
        ("Order equipment in ServiceNow by its REST API.", "ServiceNow", ()),
        ("New hires sign electronically (we have a Scrive contract).", "Scrive", ()),
        ("The visits go to our clearinghouse (EDI 837 over SFTP).", "clearinghouse", ()),
    ],
)
def test_systems_and_what_they_master(text: str, name: str, masters: tuple[str, ...]) -> None:
    found = {s.name: s for s in requirements(text).systems}
    assert name in found
    assert found[name].masters == masters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We are on AWS (eu-central-1) and stay there.", "AWS"),
        ("Everything runs in Azure and must stay there.", "Azure"),
        ("We have to remain on Google Cloud.", "Google Cloud"),
    ],
)
def test_where_it_stays(text: str, name: str) -> None:
    assert name in {t.name for t in requirements(text).must_use}
