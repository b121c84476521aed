"""What of a letter is a requirement, and of which class."""

import pytest
from tests.elicit.reading import requirements

from archsmith.model.requirements import RequirementClass as Class


def statements(text: str) -> list[str]:
    return [r.statement for r in requirements(text).requirements]


def class_of(text: str) -> Class:
    (only,) = requirements(text).requirements
    return only.kind


@pytest.mark.parametrize(
    "talk",
    [
        "Hi Ruth, this is what I told you about, so that you can begin.",
        "Sorry for the long mail.",
        "Numbers, well.",
        "That would ruin us in this valley.",
        "Thomas Berg Tue 09:12",
        "Do you remember our evening on the boat?",
    ],
)
def test_talk_is_no_requirement(talk: str) -> None:
    text = f"Skippers book a mooring. {talk}\n\nA mooring costs 12 euros a night and the harbour master confirms it."
    assert not any(talk.rstrip(".")[:20] in s for s in statements(text))


@pytest.mark.parametrize(
    "demand",
    [
        "Two skippers must never get the same mooring.",
        "Skippers cancel a booking until noon.",
        "The list of guests is private of course.",
        "Please no chat.",
        "All data stays in Norway.",
        "The harbour office closes at 18:00 and bookings need a confirmation.",
    ],
)
def test_what_the_design_rests_on_is_one(demand: str) -> None:
    text = f"# Moorings\n\nSkippers book a mooring. {demand}"
    assert any(demand.rstrip(".")[:18] in s for s in statements(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A skipper sees the price of a mooring.", Class.FUNCTIONAL),
        ("A skipper moves a booking on his phone.", Class.FUNCTIONAL),
        ("A mooring must never be booked twice.", Class.CONSISTENCY),
        ("Every access to a medical file is logged.", Class.SECURITY),
        ("No card data on our machines.", Class.SECURITY),
        ("We must not keep social security numbers.", Class.PRIVACY),
        ("The nightly run has to be finished by 05:00.", Class.PERFORMANCE),
        ("Hosting may cost 90 euros a month.", Class.COST),
        ("All data must be stored in Norway.", Class.COMPLIANCE),
    ],
)
def test_class(text: str, kind: Class) -> None:
    assert class_of(text) is kind


def test_parts_of_one_class_are_one_requirement() -> None:
    found = requirements("The RPO shall be 1 hour and the RTO shall be 8 hours.").requirements
    assert [(r.kind, r.statement) for r in found] == [
        (Class.RECOVERY, "The RPO shall be 1 hour and the RTO shall be 8 hours.")
    ]


@pytest.mark.parametrize("line", ["Version 0.7, harbour administration, for comments", "Author: Kirsten Aas"])
def test_what_tells_of_the_document_is_not_read(line: str) -> None:
    found = requirements(f"# Moorings\n\n{line}\n\nSkippers book a mooring.")
    assert [r.statement for r in found.requirements] == ["Skippers book a mooring."]
    assert {(o.actor, o.verb) for o in found.operations} == {("skipper", "book")}
