"""One figure written in many ways, in many sentences, reads the same."""

import math
from typing import Final

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.elicit.reading import numbers

from archsmith.model.requirements import Number

SPAN: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "month": 2_630_000.0}
ONES: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
TENS: Final = " . twenty thirty forty fifty sixty seventy eighty ninety".split(" ")[1:]


def in_words(n: int) -> str:
    """
    >>> in_words(12_500), in_words(45), in_words(300_000)
    ('twelve thousand five hundred', 'forty-five', 'three hundred thousand')
    """
    if n >= 1_000_000:
        rest = n % 1_000_000
        return f"{in_words(n // 1_000_000)} million" + (f" {in_words(rest)}" if rest else "")
    if n >= 1000:
        rest = n % 1000
        return f"{in_words(n // 1000)} thousand" + (f" {in_words(rest)}" if rest else "")
    if n >= 100:
        rest = n % 100
        return f"{in_words(n // 100)} hundred" + (f" and {in_words(rest)}" if rest else "")
    if n < len(ONES):
        return ONES[n]
    if n < 20:
        return "sixteen seventeen eighteen nineteen".split()[n - 16]
    return TENS[n // 10 - 1] + (f"-{ONES[n % 10]}" if n % 10 else "")


def writings(n: int) -> list[str]:
    """The ways to write a whole number that lose nothing."""
    out = [str(n), f"{n:,}", f"{n:,}".replace(",", " "), f"{n:,}".replace(",", "'"), f"{n:_}", in_words(n)]
    out.append(f"{n:,}".replace(",", "\u00a0"))
    for scale, names in ((1000, ("k", "K", " thousand")), (1_000_000, ("M", " million", " mio", "mn"))):
        if n >= scale and n * 100 % scale == 0:
            out += [f"{n / scale:.12g}{name}" for name in names]
    if n >= 100_000 and n % 10_000 == 0:
        out += [f"{n / 100_000:.12g} lakh", f"{n / 1e6:.12g} million"]
    if n == 500_000:
        out.append("half a million")
    return out


WHOLE: Final = st.one_of(
    st.integers(20, 999),
    st.integers(10, 999).map(lambda n: n * 100),
    st.integers(1, 999).map(lambda n: n * 10_000),
)
HEDGES: Final = ("", "about ", "around ", "roughly ", "some ", "approximately ", "~", "close to ", "in the region of ")
PERIODS: Final = st.sampled_from(
    [
        (span, form)
        for span in ("second", "minute", "hour", "day")
        for form in (
            f" per {span}",
            f" a{'n' * (span == 'hour')} {span}",
            f" every {span}",
            f"/{span}",
            f" each {span}",
        )
    ]
)
RATES: Final = (
    "The service handles {} requests{}.",
    "We expect {} orders{}.",
    "At the moment there are {} bookings{}.",
    "- Load: {} messages{}",
    "Our customers place {} orders{} and want to see them at once.",
    "On a normal day the tills send us {} transactions{}, and nobody counts them.",
    "Nobody knows why, but {} searches{} reach the old server.",
    "It has to cope with {} events{} (measured last spring).",
)


def rates(text: str) -> list[float]:
    """The loads of a text, each a second."""
    found = [n for n in numbers(text) if n.role.value in ("load", "limit") and n.unit.startswith("per ")]
    return [n.value / SPAN[n.unit.split()[1]] for n in found]


@given(WHOLE, st.data(), st.sampled_from(HEDGES), PERIODS, st.sampled_from(RATES))
def test_a_rate_reads_the_same_in_every_sentence(
    count: int, data: st.DataObject, hedge: str, period: tuple[str, str], carrier: str
) -> None:
    written = data.draw(st.sampled_from(writings(count)))
    assume(not (hedge == "~" and not written[0].isdigit()))
    text = carrier.format(hedge + written, period[1])
    assert [r for r in rates(text) if math.isclose(r, count / SPAN[period[0]], rel_tol=1e-9)], text


@pytest.mark.parametrize("carrier", RATES)
@pytest.mark.parametrize(
    "written",
    [
        "10,000 {} per second",
        "ten thousand {} a second",
        "10k {}/s",
        "36M {} an hour",
        "864 million {} a day",
        "600,000 {} per minute",
        "0.6 million {} a minute",
        "600k {} each minute",
        "10 000 {} every second",
        "36 million {} per hour",
        "8,640 lakh {} per day",
        "86.4 crore {} a day",
    ],
)
def test_ten_thousand_a_second(carrier: str, written: str) -> None:
    noun = carrier.split("{}")[1].strip()
    text = carrier.replace("{} " + noun + "{}", written.format(noun))
    assert [r for r in rates(text) if math.isclose(r, 10_000, rel_tol=1e-9)], text


@pytest.mark.parametrize(
    "written", ["10k rps", "10,000 req/s", "10K QPS", "10,000 TPS", "600k rpm", "10000 RPS", "10 k rps"]
)
@pytest.mark.parametrize(
    "carrier", ["The gateway must sustain {}.", "- Peak: {}", "Peak load is {} in December.", "We see {} at the peak."]
)
def test_units_of_rates(written: str, carrier: str) -> None:
    assert rates(carrier.format(written)) == [10_000.0]


PEOPLE: Final = (
    "We have {} customers.",
    "There are {} registered members in three cities.",
    "{} students use it.",
    "The club has {} members, most of them over sixty.",
    "About {} patients are treated by us.",
    "- Users: {}",
    "- {} teachers",
    "| Who | How many |\n|---|---|\n| Customers | {} |",
    "| Item | Value |\n|---|---|\n| Number of customers | {} |",
)


@given(WHOLE, st.data(), st.sampled_from(PEOPLE))
def test_a_population_reads_the_same_in_every_sentence(count: int, data: st.DataObject, carrier: str) -> None:
    text = carrier.format(data.draw(st.sampled_from(writings(count))))
    found = [(n.value, n.unit, n.role.value) for n in numbers(text)]
    assert (float(count), "users", "population") in [(round(v, 6), u, r) for v, u, r in found], text


SECONDS: Final = (
    "Pages load within {}.",
    "A search must be answered in under {}.",
    "The p95 of the API shall not exceed {}.",
    "- Response time: at most {}",
    "Results appear in less than {} even at the peak.",
    "No page may take longer than {}.",
)


@given(st.integers(1, 40).map(lambda n: n * 100), st.sampled_from(SECONDS), st.data())
def test_a_latency_reads_the_same_in_ms_and_s(ms: int, carrier: str, data: st.DataObject) -> None:
    forms = [
        f"{ms} ms",
        f"{ms}ms",
        f"{ms:,} milliseconds",
        f"{ms / 1000:g} s",
        f"{ms / 1000:g} seconds",
        f"{ms / 1000:g}s",
    ]
    text = carrier.format(data.draw(st.sampled_from(forms)))
    found = [n.value * {"ms": 1.0, "s": 1000.0}[n.unit] for n in numbers(text) if n.role.value == "latency"]
    assert [v for v in found if math.isclose(v, ms)], text


CURRENCIES: Final = {
    "EUR": ("€{}", "{} €", "EUR {}", "{} euros", "{} EUR"),
    "USD": ("${}", "USD {}", "{} dollars", "US${}", "{} USD"),
    "GBP": ("£{}", "GBP {}", "{} pounds"),
    "INR": ("₹{}", "Rs {}", "Rs. {}", "INR {}", "{} rupees"),
    "CHF": ("CHF {}", "{} francs"),
    "AUD": ("A${}", "AUD {}"),
}
BUDGETS: Final = (
    "Hosting may cost {} a month.",
    "Our budget for running it is {} per month.",
    "- Hosting budget: {}/month",
    "We can spend {} per month on servers.",
    "The bill must stay below {} a month.",
)


@given(
    st.sampled_from(sorted(CURRENCIES)), st.integers(2, 900).map(lambda n: n * 100), st.data(), st.sampled_from(BUDGETS)
)
def test_a_budget_reads_the_same_in_every_habit(currency: str, amount: int, data: st.DataObject, carrier: str) -> None:
    form = data.draw(st.sampled_from(CURRENCIES[currency]))
    figures = [str(amount), f"{amount:,}"] + ([f"{amount / 1000:g}k"] if amount >= 1000 else [])
    text = carrier.format(form.format(data.draw(st.sampled_from(figures))))
    found = [(n.value, n.unit, n.role.value) for n in numbers(text)]
    assert (float(amount), f"{currency} per month", "budget") in found, text


NAMES: Final = (
    "FR-{}: The system shall list orders.",
    "See clause {} of the contract.",
    "We are certified by ISO {}.",
    "Problems follow RFC {}.",
    "It was agreed in section {} of the annex.",
    "Ticket #{} explains it.",
    "Version {} runs today.",
    "Build it on PostgreSQL {}.",
    "Art. {} of the law applies.",
)


@given(st.integers(1, 9999), st.sampled_from(NAMES))
@example(27001, NAMES[2])
@example(9457, NAMES[3])
def test_numbers_of_names_are_no_quantities(number: int, carrier: str) -> None:
    assert [n for n in numbers(carrier.format(number)) if n.value == number] == []


@given(
    st.integers(1950, 2060),
    st.sampled_from(
        [
            "We started in {}.",
            "Since {} we sell seeds.",
            "It goes live in May {}.",
            "By {} it must run.",
            "In {} orders doubled.",
        ]
    ),
)
def test_years_are_no_quantities(year: int, carrier: str) -> None:
    assert [n for n in numbers(carrier.format(year)) if n.value == year] == []


@given(
    st.integers(2, 400),
    st.integers(2, 9),
    st.sampled_from(["{}-{} {}", "{} to {} {}", "between {} and {} {}", "{}–{} {}"]),
)
def test_ranges_keep_both_ends(low: int, times: int, form: str) -> None:
    assume(low * times < 1900 or low * times > 2100)
    text = f"A day brings {form.format(low, low * times, 'orders')}."
    ends: list[Number] = [n for n in numbers(text) if n.value == low and n.high == low * times]
    assert len(ends) == 1, text
