"""Habits of figures: what a number is of, whose it is, and when it holds; each with several sentences of its kind."""

import pytest
from tests.elicit.reading import numbers, requirements


def read(text: str) -> set[tuple[float, str, str]]:
    return {(round(n.value, 4), n.unit, n.role.value) for n in numbers(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Results should appear in a second or two.", (1, "s", "latency")),
        ("We have 300+ shops.", (300, "sites", "population")),
        ("The rest belongs to 140 or so owners who pay us monthly.", (140, "users", "population")),
        ("There are half a dozen admins.", (6, "users", "population")),
        ("It is kept for seven (7) years.", (7, "years", "retention")),
        ("There are 12,34,567 members.", (1_234_567, "users", "population")),
        ("We store 1e6 events per day.", (1e6, "per day", "load")),
        ("A petition shall not exceed 5,000 characters.", (5000, "characters", "limit")),
        ("Upon reaching 20,000 signatures a petition is referred to the committee.", (20_000, "signatures", "limit")),
        ("Members must have attained the age of sixteen.", (16, "years", "limit")),
        ("Two large portals with 25 requests a minute each.", (25, "per minute per portal", "load")),
        ("We expect 60,000 signatures within one hour.", (60_000, "per hour", "load")),
        ("We have 12,000 visitors and 900 orders a day.", (900, "per day", "load")),
        ("Each order has 3 lines on average.", (3, "ratio", "ratio")),
        ("We onboard ten schools a month, each with 600 pupils and 50 teachers.", (50, "ratio", "ratio")),
        ("Half of our users are in Germany.", (50, "percent", "ratio")),
        ("Nine visits out of ten end without a signature.", (90, "percent", "ratio")),
        ("38 million accounts, +60 % per year.", (60, "percent per year", "growth")),
        ("Traffic grows 15% month over month.", (15, "percent per month", "growth")),
        ("Our IT: 4 administrators, no developers.", (4, "engineers", "team")),
        ("If the screens take more than a second they will complain.", (1, "s", "latency")),
        ("Data older than 2 years moves to cold storage.", (2, "years", "retention")),
        ("RPO zero for payments, 15 minutes for everything else.", (15, "minutes", "recovery")),
        ("We charge £1.9m a year per client.", (1_900_000, "GBP per year", "other")),
        ("We have six months and 250k EUR.", (250_000, "EUR", "budget")),
        ("We pay 3,100 EUR a month for boxes that idle, the target is 2k all in.", (2000, "EUR per month", "budget")),
    ],
)
def test_what_a_number_says(text: str, expected: tuple[float, str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call us at +47 22 33 44 55.",
        "The phone (555) 123-4567 rings all day.",
        "The telephone is busy from 7 until 10 o'clock.",
        "At year end we print 1099s for owners.",
        "It must conform to EN 301 549.",
        "The supplier is paid T+2 after delivery.",
        "Masters are 4K video.",
        "Bernard is the only one who knows, and he's 63.",
        "The average pensioner is 74.",
        "Request for Proposal 2025-118 was sent out.",
        "Since January 2025 DORA applies.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Members: 18k now -> 45k by 2027.", {(18_000, "current"), (45_000, "target")}),
        ("We plan to grow from 300 to 5,000 users.", {(300, "current"), (5000, "target")}),
        ("We are at 700 deliveries a day now; by summer that should be 2,000.", {(700, "current"), (2000, "target")}),
        ("Some 612,000 customers have some form of meter today.", {(612_000, "current")}),
        ("Volume: 3 TB (today), 10 TB (2028).", {(3, "current"), (10, "target")}),
    ],
)
def test_figures_of_today_and_later(text: str, expected: set[tuple[float, str]]) -> None:
    assert {(n.value, n.status.value) for n in numbers(text)} == expected


def test_units_and_periods_of_a_table_stand_in_its_labels() -> None:
    table = "| Operation | Peak (req/s) | p95 (ms) |\n|---|---|---|\n| Search | 250 | 300 |\n| Checkout | 40 | 800 |"
    assert read(table) == {
        (250, "per second", "load"),
        (40, "per second", "load"),
        (300, "ms", "latency"),
        (800, "ms", "latency"),
    }
    table = "| Item | Today | Target 2029 |\n|---|---|---|\n| Gifts per year | 41 000 | 56 000 |\n"
    table += "| Photos per gift | 5 | 8 |"
    assert {(41_000, "per year", "load"), (56_000, "per year", "load"), (8, "ratio", "ratio")} <= read(table)


def test_spans_are_an_outage_only_where_something_is_down() -> None:
    assert (2, "hours", "availability") in read("The site may be down for at most 2 hours a month.")
    assert "availability" not in {r for _, _, r in read("If the run can come down to 2 hours I would sleep better.")}


def test_names_of_recovery_side_by_side_take_their_spans_in_order() -> None:
    needs = requirements("RTO/RPO: 4h/15min").needs
    assert needs.rto is not None
    assert needs.rpo is not None
    assert (float(needs.rto.value), float(needs.rpo.value)) == (14_400.0, 900.0)
