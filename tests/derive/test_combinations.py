"""Figures of a brief that belong together, on sentences of which none is from a brief of ours."""

import pytest
from tests.derive.saying import CATALOGUE, entity, has

from archsmith.derive import derive
from archsmith.elicit import elicit
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.domain import Derivation


def read(text: str) -> Derivation:
    return derive(elicit(Brief(name="brief.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE), CATALOGUE)


CASES = {
    "so many a week of each": (
        "A portal for vets. We have 250 clinics. A clinic sees 90 animals in a week, and books 3.5 x-rays a week.",
        (("per week", 250 * 90),),
    ),
    "the median whole holds so many": (
        "A tool for choirs. There are 3,000 choirs; the median choir has 40 singers, the largest 700. "
        "Singers upload 2 recordings per singer per month.",
        (("singers", 3000 * 40), ("per month", 3000 * 40 * 2)),
    ),
    "so many for each of a flow": (
        "A parcel service takes 20,000 orders per day. Each order has items: 4 items per order.",
        (("per day", 80_000),),
    ),
    "share that is active on a day": (
        "A language app for 2 million learners, of whom 12 percent practise on any given day, 20 minutes each.",
        (("users", 240_000),),
    ),
    "share of people in a window": (
        "A canteen app. There are 9,000 pupils. 60% of the pupils order within the same 5 minutes.",
        (("rps", 9000 * 0.6 / 300),),
    ),
    "on top of what is there": (
        "Today we process 300,000 payments a day; the contract with a bank adds 600,000 payments a day from May.",
        (("per second", 900_000 / 86_400),),
    ),
    "interval for the hours at work": (
        "We run 600 vans. A van sends its position every 20 seconds while it drives (8 hours on a working day).",
        (("per second", 30), ("per day", 600 * 8 * 3600 / 20)),
    ),
    "what a year adds": (
        "A registry where clerks register 4,000 deeds per day.",
        (("deeds", 4000 * 365),),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_combined(name: str) -> None:
    text, wanted = CASES[name]
    found = read(text)
    for unit, value in wanted:
        has(found, value, unit, within=1.03)


def test_the_largest_is_not_all_of_them() -> None:
    found = read(CASES["the median whole holds so many"][0])
    assert found.workload.users.value == pytest.approx(120_000)


def test_a_rate_between_two_times_of_the_day_is_the_peak() -> None:
    found = read("A parking garage app. Between 16:00 and 18:00 drivers open the gate up to 600 times per minute.")
    rates = [s for s in found.workload.steps if s.unit == "per second" and s.value == pytest.approx(10)]
    assert all(o.average.value < 10 for o in found.domain.operations), rates


def test_a_peak_over_the_working_hours_is_higher_over_the_day() -> None:
    found = read("An office tool for 5,000 staff. Monday morning is twice the mean of the working hours.")
    factor = next(s for s in found.workload.steps if s.id == "peak_factor")
    assert factor.value == pytest.approx(2 * 24 / 9)


def test_a_share_of_the_messages_is_no_growth() -> None:
    found = read("We send 50,000 messages per day. 80% of the messages leave between 8:00 and 9:00.")
    assert max(s.value for s in found.workload.steps if s.unit == "per day") == pytest.approx(50_000)


def test_what_we_fetch_at_an_interval_is_no_load_of_the_devices() -> None:
    found = read("There are 900 trucks. The weather service has to be polled every 2 minutes.")
    assert not [s for s in found.workload.steps if s.unit == "per second" and s.value == pytest.approx(900 / 120)]


def test_few_actors_do_not_ask_as_often_as_many() -> None:
    found = read(
        "# Newsletter\n\n- Publishers: 200\n- Subscribers: 4 million\n\nA publisher defines segments. "
        "A subscriber reads issues and changes his preferences."
    )
    assert found.workload.users.value == pytest.approx(4e6)
    segment = [o for o in found.domain.operations if o.actor == "publisher"]
    assert segment and all(o.average.value < 1 for o in segment)


def test_what_is_looked_up_near_somebody_has_a_place() -> None:
    found = read("A rep wants to see the accounts around him on a map. A rep creates accounts with name and phone.")
    assert any(a.name == "location" for a in entity(found, "account").attributes)


def test_taking_in_and_checking_a_reading_is_one_request() -> None:
    found = read(
        "There are 12,000 sensors. A sensor sends a reading every 60 seconds. "
        "The system validates readings and stores readings."
    )
    assert 200 <= found.workload.average.value < 200 * 1.5
    taken = [o for o in found.domain.operations if o.average.value == pytest.approx(200)]
    assert [o.entity for o in taken] == ["reading"], "one operation takes it in"
