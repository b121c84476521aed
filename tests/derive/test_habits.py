"""How often each of those who are counted does something: the rate of that very operation."""

import pytest
from tests.derive.saying import Said, has, operation


def test_each_does_it_so_often() -> None:
    said = Said("The club has 2,400 rowers, each reserves a boat roughly 5 times a month.")
    said.number("2,400 rowers", "rowers", 2400, "users", "population")
    said.number("roughly 5 times a month", "boat", 5, "per month", subject="reserve")
    said.actor("rower").actor("steward").things("boat")
    said.does("rower", "reserve", "boat").does("rower", "view", "boat", "query").does("steward", "enter", "boat")
    found = said.derive()
    monthly = 2400 * 5
    has(found, monthly, "per month")
    assert operation(found, "reserve-boat").average.value == pytest.approx(monthly / 2_629_746, rel=0.01)
    assert operation(found, "enter-boat").average.value < operation(found, "reserve-boat").average.value / 2


@pytest.mark.parametrize("words", ["twice a week", "2 times a week"])
def test_the_counted_themselves_stand_beside_it(words: str) -> None:
    said = Said(f"Our 310 plumbers restock {words}.")
    said.number(f"310 plumbers restock {words}", "plumbers", 2, "per week", subject="restock")
    said.number("310 plumbers", "plumbers", 310, "users", "population")
    found = said.actor("plumber").things("van").does("plumber", "restock", "van", "command").derive()
    has(found, 620, "per week")
    assert operation(found, "restock-van").average.value == pytest.approx(620 / 604_800, rel=0.01)


def test_coming_so_often_is_a_visit() -> None:
    said = Said("There are 8,000 anglers. Every angler opens the app three times a day.")
    said.number("8,000 anglers", "anglers", 8000, "users", "population")
    said.number("the app three times a day", "app", 3, "per day", subject="open")
    found = said.actor("angler").things("lake").does("angler", "view", "lake", "query").derive()
    assert found.workload.average.value > 8000 * 3 / 86400


def test_what_is_stated_for_all_goes_first() -> None:
    said = Said("There are 900 bookings a day. Each of the 700 guests books about 4 times a month.")
    said.number("900 bookings a day", "bookings", 900, "per day")
    said.number("700 guests", "guests", 700, "users", "population")
    said.number("about 4 times a month", "guests", 4, "per month", subject="book")
    found = said.actor("guest").things("sauna").does("guest", "book", "sauna").derive()
    assert operation(found, "book-sauna").average.value == pytest.approx(900 / 86400, rel=0.01)


def test_nobody_counted_makes_no_load() -> None:
    said = Said("The surveyors look in twice a week.")
    said.number("twice a week", "surveyors", 2, "per week", subject="inspect")
    found = said.actor("surveyor").things("site").does("surveyor", "inspect", "site").derive()
    assert operation(found, "inspect-site").average.value != pytest.approx(2 / 604_800, rel=0.01)
