"""Until when a deed is possible: the brief's own words for it, where they belong to the deed."""

import pytest
from tests.derive.saying import Said

from archsmith.model.domain import Operation


def _operation(text: str, verb: str = "cancel") -> Operation:
    said = Said(text).actor("member").things("booking").thing("booking", states=("booked", "cancelled"))
    said.does("member", "make", "booking").does("member", verb, "booking", quote=f"{verb} a booking")
    return next(o for o in said.derive().domain.operations if o.verb == verb)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        (
            "A member can cancel a booking until 18:00 the evening before and gets the money back.",
            "until 18:00 the evening before",
        ),
        (
            "A member may cancel a booking up to 24 hours before the start, free of charge.",
            "up to 24 hours before the start",
        ),
        ("A member can cancel a booking within 14 days after the order.", "within 14 days after the order"),
        ("Members cancel a booking no later than 6 pm on the day before.", "no later than 6 pm on the day before"),
    ],
)
def test_the_words_of_the_limit_are_kept(text: str, until: str) -> None:
    found = _operation(text).until
    assert found is not None
    assert found.value == until


@pytest.mark.parametrize(
    "text",
    [
        "A member can cancel a booking, and the desk is free again until 18:00.",
        "A member can cancel a booking. The office answers within 14 days.",
        "A member can cancel a booking and gets a mail within 5 minutes.",
        "A member can cancel a booking at any time.",
    ],
)
def test_a_limit_of_something_else_is_none_of_the_deed(text: str) -> None:
    assert _operation(text).until is None


def test_what_is_made_is_not_limited_in_time() -> None:
    assert _operation("A member can make a booking until 18:00.", verb="make").until is None
