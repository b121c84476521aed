"""A status is followed by looking at it, and a pace that a system can take is no act of anybody."""

from tests.derive.saying import Said

from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind


def _referrals() -> Said:
    said = Said("A physician sends a referral and follows its status. A shop takes the pace. A member takes a seat.")
    said.actor("physician").actor("member").things("physician", "referral", "note", "seat", "member")
    return said.does("physician", "send", "referral", quote="sends a referral")


def test_its_status_is_looked_at_and_is_that_of_what_was_said_before() -> None:
    found = _referrals().does("physician", "follow", "status", quote="follows its status").derive()
    (followed,) = (o for o in found.domain.operations if o.verb == "follow")
    assert (followed.entity, followed.kind, followed.access) == ("referral", OperationKind.QUERY, Access.GET)


def test_a_pace_that_is_taken_is_a_limit_and_a_seat_that_is_taken_is_an_act() -> None:
    said = _referrals().does("shop", "take", "pace", quote="takes the pace")
    found = said.does("member", "take", "seat", quote="takes a seat").derive()
    assert [(o.actor, o.entity) for o in found.domain.operations if o.verb == "take"] == [("member", "seat")]
