import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.elicit.reading import numbers, reading

from archsmith.elicit.quantity import Quantity


def quantities(text: str) -> list[Quantity]:
    return [q for s in reading(text).sentences for q in s.quantities]


@pytest.mark.parametrize(
    ("phrase", "kind", "value", "unit", "per"),
    [
        ("4,200 articles", "count", 4200, "", ""),
        ("1'500 members", "count", 1500, "", ""),
        ("1.500 users", "count", 1500, "", ""),
        ("2.5 million rows", "count", 2_500_000, "", ""),
        ("1.8M addresses", "count", 1_800_000, "", ""),
        ("9 bn impressions", "count", 9e9, "", ""),
        ("85k owners", "count", 85_000, "", ""),
        ("3 lakh farmers", "count", 300_000, "", ""),
        ("2 crore records", "count", 20_000_000, "", ""),
        ("half a million readers", "count", 500_000, "", ""),
        ("a million cards", "count", 1_000_000, "", ""),
        ("a dozen shops", "count", 12, "", ""),
        ("two and a half million points", "count", 2_500_000, "", ""),
        ("twenty-five thousand seats", "count", 25_000, "", ""),
        ("three hundred and twenty vets", "count", 320, "", ""),
        ("fourteen hotels", "count", 14, "", ""),
        ("1,900 orders per day", "count", 1900, "", "day"),
        ("260 claims a month", "count", 260, "", "month"),
        ("500M redirects/month", "count", 5e8, "", "month"),
        ("2M samples/s", "count", 2e6, "", "second"),
        ("55,000 visits on a normal day", "count", 55_000, "", "day"),
        ("240,000 on a Sunday", "count", 240_000, "", "day"),
        ("4,800 applications annually", "count", 4800, "", "year"),
        ("12,000 jobs weekly", "count", 12_000, "", "week"),
        ("10k rps", "rate", 10_000, "", "second"),
        ("600 rpm", "rate", 600, "", "minute"),
        ("99.9 %", "percent", 99.9, "percent", ""),
        ("99,95 %", "percent", 99.95, "percent", ""),
        ("99.999%", "percent", 99.999, "percent", ""),
        ("three nines", "percent", 99.9, "percent", ""),
        ("4 nines", "percent", 99.99, "percent", ""),
        ("30 percent", "percent", 30, "percent", ""),
        ("11 per cent", "percent", 11, "percent", ""),
        ("EUR 1,500 a month", "money", 1500, "EUR", "month"),
        ("10 euro a month", "money", 10, "EUR", "month"),
        ("$4k per month", "money", 4000, "USD", "month"),
        ("$12,000/month", "money", 12_000, "USD", "month"),
        ("2 million pounds", "money", 2e6, "GBP", ""),
        ("£300", "money", 300, "GBP", ""),
        ("1,200 € monthly", "money", 1200, "EUR", "month"),
        ("CHF 300 a month", "money", 300, "CHF", "month"),
        ("INR 15 lakh per year", "money", 1_500_000, "INR", "year"),
        ("400 KB", "size", 400, "KB", ""),
        ("2 GB", "size", 2, "GB", ""),
        ("600 bytes", "size", 600, "bytes", ""),
        ("1.5 seconds", "time", 1.5, "s", ""),
        ("20 ms", "time", 20, "ms", ""),
        ("50ms", "time", 50, "ms", ""),
        ("half a second", "time", 0.5, "s", ""),
        ("half an hour", "time", 0.5, "hours", ""),
        ("six years", "time", 6, "years", ""),
        ("3 h", "time", 3, "hours", ""),
        ("two business days", "time", 2, "days", ""),
        ("every 20 seconds", "interval", 20, "s", ""),
        ("every five minutes", "interval", 5, "minutes", ""),
        ("once a minute", "interval", 1, "times", "minute"),
        ("twice a day", "interval", 2, "times", "day"),
        ("10 times per second", "interval", 10, "times", "second"),
        ("three times that", "factor", 3, "ratio", ""),
        ("twice as many growers", "factor", 2, "ratio", ""),
        ("20x", "factor", 20, "ratio", ""),
        ("double that in summer", "factor", 2, "ratio", ""),
        ("tenfold", "factor", 10, "ratio", ""),
        ("1 out of 60", "odds", 60, "ratio", ""),
        ("one in ten", "odds", 10, "ratio", ""),
    ],
)
def test_value_unit_period(phrase: str, kind: str, value: float, unit: str, per: str) -> None:
    found = quantities(f"There are {phrase}." if kind != "interval" else f"It reports {phrase}.")
    assert found, phrase
    q = found[0]
    assert (q.kind, q.unit, q.per) == (kind, unit, per)
    assert math.isclose(q.value, value)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("2 to 8 seconds", 2, 8),
        ("10-20k users", 10_000, 20_000),
        ("between 5,000 and 7,000 sessions", 5000, 7000),
        ("300–500 people", 300, 500),
        ("4 to 6 pictures", 4, 6),
    ],
)
def test_ranges(phrase: str, low: float, high: float) -> None:
    q = quantities(f"It has {phrase}.")[0]
    assert (q.value, q.high) == (low, high)


@pytest.mark.parametrize(
    ("phrase", "hedge"),
    [
        ("about 11 pages", "about"),
        ("up to 500 MB", "up to"),
        ("at least 3 copies", "at least"),
        ("no more than 20 ms", "at most"),
        ("must not take longer than 3 seconds", "at most"),
        ("more than 6 months", "over"),
        ("under 1 second", "under"),
        ("< 50 ms", "under"),
        ("within 60 seconds", "within"),
        ("max. 2 GB", "at most"),
        ("fewer than 40 errors", "under"),
    ],
)
def test_hedges(phrase: str, hedge: str) -> None:
    assert quantities(f"It is {phrase}." if "must" not in phrase else f"It {phrase}.")[0].hedge == hedge


@pytest.mark.parametrize(
    "text",
    [
        "Screens follow WCAG 2.1 AA.",
        "Statistics follow the IAB 2.2 rules.",
        "Response 24/7 is wanted.",
        "It starts at 20:00 and ends at 10:30.",
        "This is draft v0.3 of the paper.",
        "We start on 2027-03-01.",
        "That comes in phase 2.",
        "See section 4.2 for more.",
        "It is the 3rd attempt.",
        "We are ISO 27001 certified.",
        "The kitchen closes at 4 pm.",
        "Founded in 1998 by two brothers.",
    ],
)
def test_names_and_times_are_no_numbers(text: str) -> None:
    assert [n for n in numbers(text) if n.role != "geography"] == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "role"),
    [
        ("We have 28,000 students.", 28_000, "users", "population"),
        ("There are 850 things to lend.", 850, "items", "population"),
        ("The chain has 31 practices.", 31, "sites", "population"),
        ("Staff (9 people) change prices.", 9, "users", "population"),
        ("1,450 appointments a day are booked.", 1450, "per day", "load"),
        ("Up to 9,000 students sit an exam at the same moment.", 9000, "users", "load"),
        ("Files of up to 500 MB are uploaded.", 500, "MB", "limit"),
        ("A photo is 400 KB.", 400, "KB", "size"),
        ("Pages load in 1.5 seconds.", 1.5, "s", "latency"),
        ("An alarm is sent within 60 seconds.", 60, "s", "latency"),
        ("Uptime 99.9 % is needed.", 99.9, "percent", "availability"),
        ("There must be no interruption longer than 30 seconds.", 30, "s", "availability"),
        ("The RTO is 15 minutes.", 15, "minutes", "recovery"),
        ("At most 5 minutes of data may be lost.", 5, "minutes", "recovery"),
        ("Receipts must be kept 7 years.", 7, "years", "retention"),
        ("IP addresses are dropped after 24 hours.", 24, "hours", "retention"),
        ("The guest is reported within 24 hours of check-in.", 24, "hours", "limit"),
        ("We can spend EUR 800 a month on hosting.", 800, "EUR per month", "budget"),
        ("An investor gave us 2 million pounds.", 2e6, "GBP", "budget"),
        ("We have four developers.", 4, "engineers", "team"),
        ("We are a team of 6 engineers.", 6, "engineers", "team"),
        ("Three squads of 6 engineers build it.", 18, "engineers", "team"),
        ("It must be live in 9 months.", 9, "months", "deadline"),
        ("We expect twice as many growers in two years.", 2, "ratio", "growth"),
        ("Traffic grows 40 % per year.", 40, "percent per year", "growth"),
        ("There are 6 photos per article.", 6, "ratio", "ratio"),
        ("Each claim has 4 receipts each.", 4, "ratio", "ratio"),
        ("About 8% of clicks are junk.", 8, "percent", "ratio"),
        ("A box reports once a minute.", 1, "minutes", "load"),
        ("The position is updated every 10 seconds.", 10, "s", "load"),
        ("Above 500 EUR the lead approves too.", 500, "EUR", "limit"),
        ("Membership is 20 euro per year.", 20, "EUR per year", "other"),
        ("We serve three cities.", 3, "cities", "geography"),
    ],
)
def test_role_and_unit(text: str, value: float, unit: str, role: str) -> None:
    found = [(n.value, n.unit, n.role.value) for n in numbers(text)]
    assert (value, unit, role) in found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We have 3,000 shows today.", "current"),
        ("There are 40 cooks now.", "current"),
        ("We want 15,000 lunches a day.", "target"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert numbers(text)[0].status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "Last August it happened 40 times.",
        "The old server fell over twice in January.",
        "We have 20 years of experience.",
        "The market is worth 3 billion dollars.",
        "When 2 out of 10 gave up we learnt a lot.",
    ],
)
def test_anecdotes_are_no_requirements(text: str) -> None:
    assert numbers(text) == []


@given(
    st.integers(1, 999),
    st.sampled_from(["", "k", "M"]),
    st.sampled_from(["per second", "a second", "/s", "each second"]),
)
def test_a_rate_reads_the_same_however_it_is_written(count: int, scale: str, period: str) -> None:
    gap = "" if period.startswith("/") else " "
    q = quantities(f"The gateway accepts {count}{scale} requests{gap}{period}.")[0]
    assert (q.value, q.per) == (count * {"": 1, "k": 1e3, "M": 1e6}[scale], "second")


@given(st.integers(1_000, 999_999_999))
def test_grouping_does_not_matter(value: int) -> None:
    plain, grouped = (quantities(f"It has {text} rows.")[0].value for text in (str(value), f"{value:,}"))
    assert plain == grouped == value
