"""A figure of the business is kept: families of sentences, each with its value, unit, role and status."""

import pytest
from tests.elicit.reading import numbers


def read(text: str) -> set[tuple[float, str, str]]:
    return {(n.value, n.unit, n.role.value) for n in numbers(text)}


def statuses(text: str) -> dict[float, str]:
    return {n.value: n.status.value for n in numbers(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We look after 14,200 pumping points under contract.", (14_200, "points", "population")),
        ("Certificates are checked by 1,850 issuing offices.", (1_850, "sites", "population")),
        ("The valley has 92,000 inhabitants.", (92_000, "users", "population")),
        ("The first 12 clinics go live in spring.", (12, "sites", "population")),
        ("12 guards walk the halls at night.", (12, "users", "population")),
        ("Send the rest to one of our four contractors.", (4, "users", "population")),
        ("The file has 4.2 million lines.", (4_200_000, "lines", "size")),
        ("Carts of up to 250 order lines shall be accepted.", (250, "lines", "limit")),
    ],
)
def test_a_count_of_things_people_or_places(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2024 the depot had 8,300 pickups by truck and van.", (8_300, "per year", "load")),
        ("Last month 2,150 complaints came in by letter.", (2_150, "per month", "load")),
        ("Last year 410,000 registrations went through it.", (410_000, "per year", "load")),
        ("We get complaints every week. After a flood 700 came in on a single day.", (700, "per day", "load")),
        ("We expect 90,000 logins in the first hour.", (90_000, "per hour", "load")),
        ("We plan with 40,000 applications per cycle.", (40_000, "per cycle", "load")),
        ("Lookups by the shops: 1,200 queries/s sustained.", (1_200, "per second", "load")),
    ],
)
def test_what_happens_in_a_time(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 the depot had 8,300 pickups by truck and van.",
        "Last month 8,300 complaints came in by letter.",
        "In the last season 8,300 bookings were received.",
        "8,300 taps under contract, 31,000 planned by the summer of 2028.",
    ],
)
def test_a_period_that_lies_behind_and_a_figure_that_is_outgrown_are_of_today(text: str) -> None:
    assert statuses(text)[8_300] == "current"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Take three or four pictures of every parcel.", 3),
        ("There are 9 messages for one parcel.", 9),
        ("A freight order has five papers.", 5),
        ("An applicant uploads 9 documents on average.", 9),
        ("Up to 250 bottles a cart are allowed. The average is 9.", 9),
        ("Per order: 14 papers, of which 3 are signed.", 14),
        ("Per order: 14 papers, of which 3 are signed.", 3),
        ("A lorry takes 33 pallets.", 33),
        ("There are 2.6 faces on a picture.", 2.6),
    ],
)
def test_how_many_of_each(text: str, value: float) -> None:
    assert (value, "ratio", "ratio") in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The depots hold 3,400 pallets, the yard 900.", (900, "pallets", "population")),
        ("Then the trailers. We own 85, and a farm gets one.", (85, "trailers", "population")),
        ("There are 62 singers on the books, roughly 40 come.", (40, "users", "population")),
        ("9,000 sessions at the same time. Quiet evening: 1,300.", (1_300, "sessions", "load")),
        ("We serve 14,200 taps in 60 towns; 31,000 planned.", (31_000, "taps", "population")),
        ("Receipts are stored 6 years, photos two.", (2, "years", "retention")),
        ("Payslips are archived for ten years, 30 for apprentices.", (30, "years", "retention")),
        ("Photos are deleted after 90 days. Too long, make that 30.", (30, "days", "retention")),
        ("The bill is $18k a month, $3k of it for storage. Target: 12k.", (12_000, "USD per month", "budget")),
    ],
)
def test_what_was_just_said_is_left_out(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Claim letters themselves stay for six years.",
        "When a tenant moves out their file should go after six years.",
        "After six years they can go.",
        "Tickets and responses: six years.",
        "Every look-up is itself logged, six years.",
    ],
)
def test_how_long_something_is_kept(text: str) -> None:
    assert (6, "years", "retention") in read(text)


def test_people_who_stay_are_not_kept() -> None:
    assert not {role for _, _, role in read("Guests may stay for six months.")} & {"retention"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("350 euro a month of hosting charges at most.", (350, "EUR per month", "budget")),
        ("The council gave us £90 a year.", (90, "GBP per year", "budget")),
        ("Money is the weak spot: 120 euros a month.", (120, "EUR per month", "budget")),
        ("Target: 12,000 euro.", (12_000, "EUR", "budget")),
        ("Until 50 euro the clerk refunds without asking.", (50, "EUR", "limit")),
        ("The new terms cap the fee at €15.", (15, "EUR", "limit")),
        ("The bill is $18k a month, $3k of it for storage.", (3_000, "USD", "other")),
    ],
)
def test_money(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


def test_a_sum_of_today_is_no_budget() -> None:
    assert [(n.role.value, n.status.value) for n in numbers("The current bill is $18k a month.")] == [
        ("other", "current")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 % of alarms shall reach the officer within 15 seconds.", (90, "percent", "ratio")),
        ("A visit lasts 1 hour 20 minutes on average.", (80, "minutes", "other")),
        ("Nine of ten calls are answered by the robot.", (90, "percent", "ratio")),
        ("The film is cut in 10 s segments.", (10, "s", "other")),
        ("If the till does not work for two hours we write on paper.", (2, "hours", "availability")),
        ("A parcel not collected after 48 hours goes back.", (48, "hours", "limit")),
        ("On our work we give 6 months guarantee.", (6, "months", "limit")),
        ("Orders grow by a quarter every year.", (25, "percent per year", "growth")),
    ],
)
def test_spans_and_shares(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2011 a big month had 300 orders, we sold 4 vans and my brother is 52.",
        "Analysts expect 3.5 million charging points in Europe.",
        "The help desk is open, at the 2027 volume too.",
        "Send a text two days and two hours before.",
    ],
)
def test_what_only_decorates_is_no_population(text: str) -> None:
    assert not {n.value for n in numbers(text) if n.role.value in ("population", "load")}


def test_letters_of_the_post_are_no_characters() -> None:
    assert (60, "per day", "load") in read("The help desk answers 60 letters a day.")
