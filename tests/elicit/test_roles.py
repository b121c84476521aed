"""Phrase tables: the same thing said in many ways must be read the same."""

import pytest
from tests.elicit.reading import numbers, requirements


@pytest.mark.parametrize(
    ("text", "value", "unit", "role"),
    [
        ("Buyers have ten minutes to pay.", 10, "minutes", "limit"),
        ("A consent lasts 180 days at most.", 180, "days", "limit"),
        ("The link is valid for 48 hours.", 48, "hours", "limit"),
        ("A code expires after 10 minutes.", 10, "minutes", "limit"),
        ("Members may cancel with 30 days notice.", 30, "days", "limit"),
        ("We warn the agent 15 minutes before a breach.", 15, "minutes", "limit"),
        ("Refunds are possible up to 14 days after the purchase.", 14, "days", "limit"),
        ("Patients can change the slot until 24 hours before the visit.", 24, "hours", "limit"),
        ("A driver has 30 seconds to accept a ride.", 30, "s", "limit"),
        ("The trial is 14 days.", 14, "days", "limit"),
        ("Session timeout 20 minutes.", 20, "minutes", "limit"),
        ("An application that is not completed within 180 days shall expire.", 180, "days", "limit"),
        ("Positions may be at most an hour old.", 1, "hours", "latency"),
        ("Prices are never older than 5 minutes.", 5, "minutes", "latency"),
        ("A map that is never more than a minute old.", 1, "minutes", "latency"),
        ("New lessons are playable 30 minutes after the upload at the latest.", 30, "minutes", "latency"),
        ("Answer within an hour.", 1, "hours", "latency"),
        ("The contract with the current supplier ends in 11 months.", 11, "months", "deadline"),
        ("2 devs, 6 weeks, some AWS.", 6, "weeks", "deadline"),
        ("First release with the new platform in 9 months.", 9, "months", "deadline"),
        ("Invoices seven years.", 7, "years", "retention"),
        ("Photos: six months.", 6, "months", "retention"),
        ("Carts are dropped after a month.", 1, "months", "retention"),
        ("We keep drafts no longer than 3 months.", 3, "months", "retention"),
        ("Audit trail ten years, session data 30 days.", 30, "days", "retention"),
        ("We have 18 months.", 18, "months", "deadline"),
        ("The grant runs out in 7 months.", 7, "months", "deadline"),
        ("We must be finished before summer, in about five months.", 5, "months", "deadline"),
        ("An invitation link can be used for three days.", 3, "days", "limit"),
        ("Students get 90 minutes for the exam.", 90, "minutes", "limit"),
        ("Meetings last 90 minutes on average.", 90, "minutes", "other"),
        ("The average stay is 4 nights.", 4, "days", "other"),
        ("A lesson lasts 18 minutes.", 18, "minutes", "other"),
        ("A call takes about 6 minutes on average.", 6, "minutes", "other"),
        ("The portal may be down for an hour at night.", 1, "hours", "availability"),
        ("It must not be down for more than an hour.", 1, "hours", "availability"),
    ],
)
def test_spans_of_time(text: str, value: float, unit: str, role: str) -> None:
    assert (value, unit, role) in [(n.value, n.unit, n.role.value) for n in numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "I have been running the shop for 12 years.",
        "We are a family business, 30 years old.",
        "She spends two hours a day on the phone.",
        "The office is open 10 hours a day.",
        "One day we may sell tickets too.",
    ],
)
def test_spans_that_bind_nothing(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("The API allows us 100,000 calls per day.", 100_000, "limit"),
        ("Each key gets a rate limit, default 20 requests per second.", 20, "limit"),
        ("The core system tolerates no more than 150 requests per second.", 150, "limit"),
        ("Balances are fetched at most 4 times a day per account.", 4, "limit"),
        ("Their interface is limited to 10 requests per second.", 10, "limit"),
        ("The supplier throttles us at 600 requests per minute.", 600, "limit"),
        ("Quota: 5,000 calls per hour per client.", 5000, "limit"),
        ("No more than 5 login attempts per minute per IP address.", 5, "limit"),
        ("The free plan includes 1,000 requests per day.", 1000, "limit"),
        ("Up to 600 calls per minute per workspace.", 600, "limit"),
        ("We must not exceed 100 requests per second.", 100, "limit"),
        ("A user can request at most 3 codes per hour.", 3, "limit"),
        ("We expect at most 400 orders per hour.", 400, "load"),
        ("The system must handle up to 500 requests per second.", 500, "load"),
        ("There are at most 20 bookings a day.", 20, "load"),
        ("The site must allow 2,000 orders a day.", 2000, "load"),
        ("Up to 2,500 orders per minute at the peak.", 2500, "load"),
        ("We get no more than 200 claims a week.", 200, "load"),
        ("Each courier makes up to 30 deliveries per day.", 30, "load"),
    ],
)
def test_a_permitted_rate_is_no_load(text: str, value: float, role: str) -> None:
    assert (value, role) in [(n.value, n.role.value) for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We have 40 rowers, each reserves a boat about 5 times a month.", [40, 5]),
        ("A tenant reports a defect once a year.", [1]),
        ("Our plumbers restock 3 times per quarter.", [3]),
        ("Every angler opens the map once a week.", [1]),
        ("Plumbers are paid out once a month.", []),
        ("The report is printed three times a year.", []),
        ("We repaint the boats once a year.", []),
    ],
)
def test_how_often_people_do_something_is_a_load(text: str, values: list[float]) -> None:
    assert [n.value for n in numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("At present it's a Shopify store with 900 courses, 65 teachers, 140k buyers.", ["current"] * 3),
        ("How it works today: 61,000 members in 40 clubs.", ["current"] * 2),
        ("At the moment 31,000 customers have an account and we expect 90,000 customers.", ["current", "target"]),
        ("The club has 6,000 people. If the app works we could have 80,000 people.", ["current", "target"]),
        ("We currently process 1,200 invoices a day and plan for 5,000 invoices a day.", ["current", "target"]),
        ("There are 3,000 members now, 10,000 members by 2028.", ["current", "target"]),
        ("We have 900 shops, 65 suppliers and 140,000 buyers today.", ["current"] * 3),
        ("So far 300 shops use it.", ["current"]),
        ("As of today: 5,000 subscribers and 70 authors.", ["current"] * 2),
        ("Our current volume is 4,000 parcels a day.", ["current"]),
        ("Today people phone, so the system must handle 200 bookings a day.", ["target"]),
        ("We need 500 users on day one.", ["target"]),
        ("We begin with 25 shops and want to have 90 shops at the end of next year.", ["current", "target"]),
    ],
)
def test_what_a_word_of_the_present_governs(text: str, status: list[str]) -> None:
    assert [n.status.value for n in numbers(text)] == status


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("I would like to stay under 120 USD a month until we earn something.", 120),
        ("Operating cost below $6,500 a month.", 6500),
        ("Infrastructure may cost 45,000 USD a month.", 45_000),
        ("Monthly cost must not exceed $900.", 900),
        ("Keep it below 2,000 USD per month.", 2000),
        ("I had thought of 1,800 dollars a month all in.", 1800),
        ("The bill should be no more than 12,000 USD a year.", 1000),
        ("It must not cost more than 400 USD a month.", 400),
        ("Ceiling: USD 3,000 per month.", 3000),
        ("Max 50 USD/month for everything.", 50),
        ("The cloud bill is capped at 9,000 USD a month.", 9000),
        ("Our sponsor pays 200 USD a month.", 200),
        ("A membership costs 19 USD a month.", None),
        ("The premium plan is $49 per month.", None),
        ("Users pay 5 dollars a month.", None),
        ("We charge 10 USD a month per shop.", None),
        ("Rent for a flat is up to 900 USD a month.", None),
        ("Sellers who earn more than USD 2,000 a year are checked.", None),
        ("The old provider costs us 700 USD a month.", None),
        ("Transfers above 10,000 USD a month need a second approval.", None),
    ],
)
def test_budget_a_month(text: str, month: float | None) -> None:
    budget = requirements(text).needs.budget
    assert (budget.value if budget is not None else None) == month


@pytest.mark.parametrize(
    ("text", "point", "time"),
    [
        ("After a disaster we shall be working again within 4 hours and lose at most 15 minutes of data.", 15, 240),
        ("RPO zero for paid orders, RTO 15 minutes.", 0, 15),
        ("RPO 0, RTO 30 minutes.", 0, 30),
        ("RTO: 4h / RPO: 1h", 60, 240),
        ("Recovery time objective: 2 hours. Recovery point objective: 5 minutes.", 5, 120),
        ("The service must be restored within 2 hours.", None, 120),
        ("After a failure it should be back up and running in 30 minutes.", None, 30),
        ("If the data centre burns down, we need to be back within 8 hours.", None, 480),
        ("It must run again within 20 minutes of an outage.", None, 20),
        ("We can afford to lose 10 minutes of data.", 10, None),
        ("Losing up to 5 minutes of readings is acceptable.", 5, None),
        ("In a crash we may not lose more than a minute of orders.", 1, None),
        ("At most one hour of bookings may be lost.", 60, None),
        ("A cancelled seat is available again within 30 seconds.", None, None),
    ],
)
def test_recovery(text: str, point: float | None, time: float | None) -> None:
    needs = requirements(text).needs
    found = tuple(f.value / 60 if f is not None else None for f in (needs.rpo, needs.rto))
    assert found == (point, time)


@pytest.mark.parametrize(
    ("text", "value", "unit", "role"),
    [
        ("Normal day: 900,000 visits, 14 page views each, 70,000 tickets sold.", 70_000, "per day", "load"),
        ("Normal day: 900,000 visits, 14 page views each, 70,000 tickets sold.", 14, "ratio", "ratio"),
        ("1.2 million fans in the waiting room, 400,000 in the first minute.", 400_000, "users", "load"),
        ("Places that have two to ten desks are listed.", 2, "ratio", "ratio"),
        ("Hosts upload photos (5 per place).", 5, "ratio", "ratio"),
        ("There are 22,000 logins per day, 60% of them between 7 and 9 am.", 60, "percent", "load"),
        ("There are about 90 places in the country.", 90, "places", "population"),
        ("Payments over NOK 250,000 need a second handler.", 250_000, "NOK", "limit"),
    ],
)
def test_counts_and_thresholds(text: str, value: float, unit: str, role: str) -> None:
    assert (value, unit, role) in [(n.value, n.unit, n.role.value) for n in numbers(text)]
