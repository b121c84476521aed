"""Budgets in US dollars: for running a month, for building once; a share of an income where the brief says so."""

from typing import Final

from archsmith.elicit.numbers import Found, of_role
from archsmith.elicit.reading import Reading
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import Usd, UsdPerMonth
from archsmith.knowledge.prices import CURRENCIES
from archsmith.model.requirements import Number, NumberRole

_MONTHS_PER: Final = {"day": 1 / 30.4, "week": 1 / 4.35, "month": 1.0, "quarter": 3.0, "year": 12.0}


def usd(reading: Reading, value: float, currency: str) -> float | None:
    """An amount in US dollars by the dated table, or None where the currency is not in it."""
    row = reading.catalogue.table(CURRENCIES).get(currency)
    return round(value * row.usd, 2) if row is not None else None


def _money(number: Number) -> tuple[str, str]:
    currency, _, period = number.unit.partition(" per ")
    return currency, period


def per_month(reading: Reading, value: float, unit: str) -> float | None:
    """An amount such as 900 `EUR per quarter` in US dollars a month; None for another unit or an unknown currency."""
    currency, _, period = unit.partition(" per ")
    amount = usd(reading, value, currency) if period in _MONTHS_PER else None
    return None if amount is None else round(amount / _MONTHS_PER[period], 2)


def running_budget(reading: Reading, numbers: list[Found]) -> Fact[UsdPerMonth] | None:
    """What running it may cost, in US dollars a month; None where no limit is stated."""
    for f in of_role(numbers, NumberRole.BUDGET):
        amount = per_month(reading, f.number.high or f.number.value, f.number.unit)
        if amount is not None:
            return Fact(value=UsdPerMonth(amount), why=f.number.why)
    return _share_budget(reading, numbers)


def _share_budget(reading: Reading, numbers: list[Found]) -> Fact[UsdPerMonth] | None:
    """A share of an income that the brief states: "20% of revenue" with payers and a price, "1 percent" of a
    yearly total.
    """
    share = next((f for f in of_role(numbers, NumberRole.BUDGET) if f.number.unit == "percent"), None)
    if share is None:
        return None
    others = [f for f in numbers if f.number.role is NumberRole.OTHER]
    totals = [f for f in others if f.number.value >= 100_000 and _money(f.number)[0] == f.number.unit]
    for f in totals:
        amount = usd(reading, f.number.value, f.number.unit)
        if amount is not None:
            return Fact(value=UsdPerMonth(round(amount * share.number.value / 100 / 12, 2)), why=share.number.why)
    price = next(
        (f for f in others if f.number.value < 10_000 and usd(reading, 1, _money(f.number)[0]) is not None), None
    )
    payers = next(
        (
            f
            for f in numbers
            if f.number.role is NumberRole.POPULATION
            and {"paying", "paid", "subscriber", "pay"} & set(f.context.clause)
        ),
        None,
    )
    if price is None or payers is None:
        return None
    currency, period = _money(price.number)
    each = (usd(reading, price.number.value, currency) or 0.0) / _MONTHS_PER.get(period, 1.0)
    return Fact(
        value=UsdPerMonth(round(each * payers.number.value * share.number.value / 100, 2)), why=share.number.why
    )


def building_budget(reading: Reading, numbers: list[Found]) -> Fact[Usd] | None:
    """What building it may cost, in US dollars; None where no sum is stated."""
    for f in of_role(numbers, NumberRole.BUDGET):
        currency, period = _money(f.number)
        if not period and f.number.unit != "percent" and f.number.value >= 5_000:
            amount = usd(reading, f.number.high or f.number.value, currency)
            if amount is not None:
                return Fact(value=Usd(amount), why=f.number.why)
    return None
