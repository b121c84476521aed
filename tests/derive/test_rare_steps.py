"""What ends a thing is rare: it carries no load of such things, and no more leave than are there."""

import pytest
from tests.derive.saying import Said, has, operation

from archsmith.kernel.provenance import Derived
from archsmith.model.domain import Access, Derivation
from archsmith.model.requirements import OperationKind


def _ended(verb: str) -> Derivation:
    said = Said(f"We have 40 million readers in total. A reader may {verb} a membership. A reader reads an article.")
    said.number("40 million readers", "readers", 4e7, "users", "population")
    said.actor("reader").things("reader", "membership", "article")
    return said.does("reader", verb, "reader").does("reader", "add", "article").derive()


@pytest.mark.parametrize("verb", ["unsubscribe", "delete", "leave", "cancel"])
def test_no_more_leave_than_are_there(verb: str) -> None:
    found = _ended(verb)
    left = operation(found, f"{verb}-reader")
    assert 0 < left.average.value <= 4e7 * 0.1 / 2.63e6, "at a tenth a month nobody would be left"
    assert isinstance(left.average.why, Derived)
    assert left.average.why.rule == "no more than leave"
    assert left.peak.value > left.average.value
    assert operation(found, "add-article").average.value > 20 * left.average.value


def test_where_nothing_is_looked_at_by_name_most_is_looked_at_all_the_same() -> None:
    """A change is few beside the looking, even where it is all that the brief names."""
    said = Said("We have 2 million readers. A reader rates an article.")
    said.number("2 million readers", "readers", 2e6, "users", "population").actor("reader")
    found = said.things("article", "reader").does("reader", "rate", "article").derive()
    rated = operation(found, "rate-article")
    pool = next(s.value for s in found.workload.steps if s.id == "browsing")
    assert rated.average.value < 0.05 * pool


def test_what_arrives_is_not_what_is_deleted() -> None:
    said = Said("There are 30,000 signals per second. Raw signals are deleted after a week.")
    said.number("30,000 signals per second", "signals", 30000, "per second").things("signal")
    found = said.does("system", "delete", "signal", "batch", quote="signals are deleted").derive()
    assert operation(found, "delete-signal").average.value < 30000
    (made,) = (o for o in found.domain.operations if o.access in (Access.CREATE, Access.APPEND))
    assert made.average.value == pytest.approx(30000)


def test_what_a_device_sends_is_no_deed_of_which_somebody_is_told() -> None:
    said = Said("A controller has 30,000 signals per second. We send an alarm.").actor("controller")
    said.number("30,000 signals per second", "signals", 30000, "per second").things("signal", "alarm")
    found = said.does("system", "send", "alarm", "event").derive()
    (taken,) = (o for o in found.domain.operations if o.entity == "signal" and o.access is Access.APPEND)
    assert taken.average.value == pytest.approx(30000)
    assert operation(found, "send-alarm").average.value < 30000


def test_withdrawals_are_what_is_withdrawn() -> None:
    said = Said("There are 9,000 withdrawals per hour. A member withdraws money: a withdrawal.")
    said.number("9,000 withdrawals per hour", "withdrawals", 9000, "per hour").actor("member")
    found = said.things("withdrawal").does("member", "withdraw", "withdrawal").derive()
    assert operation(found, "withdraw-withdrawal").average.value == pytest.approx(2.5)


def test_a_share_right_after_its_word_is_of_what_the_word_says() -> None:
    said = Said("We send 86,400 mails per day, a mail is 75 KB, opens 22 %, clicks 2.5 %. An editor views opens.")
    said.number("86,400 mails per day", "mails", 86400, "per day").number("22 %", "mails", 22, "percent", "ratio")
    said.number("2.5 %", "mails", 2.5, "percent", "ratio").actor("editor", internal=True)
    said.things("mail", "open", "click").does("system", "send", "mail", "event")
    found = said.does("editor", "view", "open", "query", quote="views opens").derive()
    has(found, 0.22, "per second")
    has(found, 0.025, "per second")
    looked = next(o for o in found.domain.operations if o.verb == "view")
    (taken,) = (o for o in found.domain.operations if o.entity == "open" and o.access is Access.APPEND)
    assert taken.average.value == pytest.approx(0.22)
    assert looked.average.value != taken.average.value, "who looks at opens opens no mail"
    assert looked.access is Access.AGGREGATE, "nobody reads the single ones"


def test_who_checks_a_balance_changes_nothing() -> None:
    said = Said("A holder checks the balance. A clerk checks a claim.").actor("holder").actor("clerk", internal=True)
    said.things("balance", "claim").does("holder", "check", "balance").does("clerk", "check", "claim")
    found = said.derive()
    balance, claim = (operation(found, f"check-{what}") for what in ("balance", "claim"))
    assert (balance.kind, balance.access) == (OperationKind.QUERY, Access.GET)
    assert claim.kind is OperationKind.COMMAND
