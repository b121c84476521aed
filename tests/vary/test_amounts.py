"""How a changed value may be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archsmith.vary.amounts import Kind, Unfit, amount

TAKEN = [
    ("10x", Kind.COUNT, "factor", 10),
    ("x3", Kind.COUNT, "factor", 3),
    ("0.5 x", Kind.TIME, "factor", 0.5),
    ("+20%", Kind.MONEY, "factor", 1.2),
    ("-30 %", Kind.SIZE, "factor", 0.7),
    ("20000", Kind.COUNT, "value", 20_000),
    ("20,000", Kind.COUNT, "value", 20_000),
    ("20k", Kind.COUNT, "value", 20_000),
    ("1.5M", Kind.COUNT, "value", 1_500_000),
    ("99.99", Kind.SHARE, "value", 0.9999),
    ("99.9 %", Kind.SHARE, "value", 0.999),
    ("0.995", Kind.SHARE, "value", 0.995),
    ("200ms", Kind.TIME, "value", 0.2),
    ("4 h", Kind.TIME, "value", 14_400),
    ("6", Kind.MONTHS, "value", 6),
    ("1 year", Kind.MONTHS, "value", 12),
    ("5000", Kind.MONEY, "value", 5_000),
    ("€5k a month", Kind.MONEY, "value", 5_000),
    ("500 GB", Kind.SIZE, "value", 5e11),
    ("300 rps", Kind.RATE, "value", 300),
]


@pytest.mark.parametrize(("text", "kind", "field", "value"), TAKEN)
def test_factors_and_values_are_taken(text: str, kind: Kind, field: str, value: float) -> None:
    assert getattr(amount(text, kind), field) == pytest.approx(value)


@pytest.mark.parametrize(("text", "currency"), [("5000 EUR", "EUR"), ("$70", "USD"), ("£1,200", "GBP"), ("90", "")])
def test_money_keeps_the_currency_that_is_written(text: str, currency: str) -> None:
    assert amount(text, Kind.MONEY).currency == currency


REFUSED = [
    ("", Kind.COUNT),
    ("many", Kind.COUNT),
    ("-5", Kind.COUNT),
    ("0", Kind.COUNT),
    ("0.2", Kind.COUNT),
    ("nan", Kind.COUNT),
    ("1e400", Kind.COUNT),
    ("0x", Kind.COUNT),
    ("-100%", Kind.COUNT),
    ("9999999x", Kind.COUNT),
    ("1..5x", Kind.COUNT),
    ("100", Kind.SHARE),
    ("2x", Kind.SHARE),
    ("200", Kind.TIME),
    ("5 parsecs", Kind.TIME),
    ("12", Kind.SIZE),
    ("maybe", Kind.FLAG),
    ("a;b", Kind.WORDS),
    ("9" * 100, Kind.COUNT),
]


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_is_no_value_is_refused_with_an_example(text: str, kind: Kind) -> None:
    with pytest.raises(Unfit, match=r"\w"):
        amount(text, kind)


@given(st.text(max_size=80), st.sampled_from(Kind))
def test_anything_is_a_value_or_refused(text: str, kind: Kind) -> None:
    try:
        found = amount(text, kind)
    except Unfit:
        return
    assert (found.factor, found.value, found.words, found.flag) != (None, None, (), None)
    assert found.value is None or 0 < found.value <= 1e15
    assert found.factor is None or found.factor > 0
