"""From which states a step is possible: as the brief says, else as an assumption with its reason."""

import pytest
from tests.derive.saying import Said

from archsmith.kernel.provenance import Assumed, Stated
from archsmith.model.domain import Operation

STATES = ("draft", "submitted", "approved", "paid", "rejected")


def _step(verb: str, quote: str) -> Operation:
    said = Said("A manager approves submitted claims. A manager rejects a claim. A clerk pays a claim.")
    said.actor("manager", internal=True).actor("clerk", internal=True).thing("claim", states=STATES)
    said.does("manager", verb, "claim", quote=quote)
    return next(o for o in said.derive().domain.operations if o.verb == verb)


def test_what_the_brief_says_is_quoted() -> None:
    before = _step("approve", "approves submitted claims").from_states
    assert before is not None
    assert before.value == ("submitted",)
    assert isinstance(before.why, Stated)


@pytest.mark.parametrize(
    ("verb", "quote", "states", "source"),
    [
        ("pay", "pays a claim", ("submitted", "approved"), "naming/final_states"),
        ("reject", "rejects a claim", ("draft", "submitted", "approved", "paid"), "naming/exit_states"),
    ],
)
def test_what_it_does_not_say_is_an_assumption(verb: str, quote: str, states: tuple[str, ...], source: str) -> None:
    before = _step(verb, quote).from_states
    assert before is not None
    assert before.value == states
    assert isinstance(before.why, Assumed)
    assert before.why.source == source
    assert f"'{verb} claim'" in before.why.reason


@pytest.mark.parametrize(
    ("verb", "states", "expected"),
    [
        ("refund", ("placed", "paid", "shipped", "delivered", "refunded"), ("paid", "shipped", "delivered")),
        ("reopen", ("open", "pending", "closed", "reopened"), ("closed",)),
        ("unblock", ("active", "blocked", "unblocked"), ("blocked",)),
        ("publish", ("draft", "published"), ("draft",)),
    ],
)
def test_money_goes_back_where_it_came_and_what_ended_is_taken_up(
    verb: str, states: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    said = Said("A clerk handles a parcel.").actor("clerk", internal=True).thing("parcel", states=states)
    (operation,) = (o for o in said.does("clerk", verb, "parcel").derive().domain.operations if o.verb == verb)
    assert operation.from_states is not None
    assert operation.from_states.value == expected


def test_what_changes_no_state_starts_from_none() -> None:
    assert _step("view", "claims").from_states is None
