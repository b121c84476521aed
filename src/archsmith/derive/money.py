"""Money that the brief states: revenue, and a budget that is a share of it."""

import re
from typing import Final

from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import plural
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import YEAR, UsdPerHour
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_INCOME: Final = re.compile(r"\b(?:revenue|turnover|income|donations?|sales|takings|gifts?)\b")
_PRICE: Final = re.compile(
    r"\b(?:price|plan|fee|paid|pay|cost|subscription|membership|gift|order value|ticket|fare|average)\b"
)
_AN_HOUR: Final = re.compile(
    r"\b(?:(?:one|an|each|every|per|a lost) hour\b[^.;]{0,60}\b(?:costs?|loses?|is worth)\b|"
    r"(?:outage|downtime|standstill|unavailab\w+|failure|down)\b[^.;]{0,60}\b(?:costs?|loses?)\b[^.;]{0,60}"
    r"\b(?:(?:an|one|each|every|per) hour|hourly)\b)"
)
"""`one hour costs about 18,000 pounds`, `downtime costs us 4,000 euros per hour`."""
_YEARLY: Final = re.compile(r"\b(?:year|annual|yearly|p\.?a\.?)\b")
_CURRENCIES: Final = {
    "eur": "EUR",
    "euro": "EUR",
    "€": "EUR",
    "gbp": "GBP",
    "pound": "GBP",
    "£": "GBP",
    "chf": "CHF",
    "usd": "USD",
    "dollar": "USD",
    "$": "USD",
}


def currency_of(q: Quantity) -> str:
    """The currency of an amount, `USD` where none is named."""
    for word, code in _CURRENCIES.items():
        if word in f"{q.number.unit} {q.quote}".lower():
            return code
    return "USD"


def income(loads: Loads) -> tuple[Figure, str, str] | None:
    """Stated income: figure, its period (`year` or `month`) and its currency. Totals first, else payers x price."""
    ledger = loads.ledger
    amounts = [q for q in loads.numbers if q.dim is Dim.MONEY and q.number.role is NumberRole.OTHER]
    for q in sorted(amounts, key=lambda q: -q.value):
        text = loads.context.around(q.number.why)
        if q.value >= 10_000 and _INCOME.search(f"{q.number.what} {text}".lower()):
            period = "year" if _YEARLY.search(f"{q.number.unit} {q.number.what} {text}") or not q.period else "month"
            return (
                ledger.state(
                    q.number.id, f"income a {period}", q.value, f"{currency_of(q)} per {period}", q.number.why
                ),
                period,
                currency_of(q),
            )
    payers = next(
        (
            q
            for q in loads.numbers
            if q.dim is Dim.COUNT
            and q.number.role is NumberRole.POPULATION
            and re.search(r"\bpa(?:ying|id)\b", f"{q.number.what} {q.quote}".lower())
        ),
        None,
    )
    price = next(
        (
            q
            for q in amounts
            if _PRICE.search(f"{q.number.what} {q.quote} {loads.context.around(q.number.why)}".lower())
            and q.value < 10_000
        ),
        None,
    )
    if payers is None or price is None:
        return None
    period = "year" if _YEARLY.search(f"{price.number.unit} {price.quote}") else "month"
    count = loads.people.of(payers.noun) or ledger.state(
        payers.number.id, plural(payers.noun), payers.value, "users", payers.number.why
    )
    each = ledger.state(price.number.id, f"price a {period}", price.value, currency_of(price), price.number.why)
    return (
        ledger.ratio(
            "income", f"income a {period}", f"{currency_of(price)} per {period}", "payers x price", (count, each)
        ),
        period,
        currency_of(price),
    )


def budget_steps(loads: Loads) -> None:
    """`at most 20% of revenue`, `1 percent of donations`: what that comes to."""
    share = next(
        (
            q
            for q in loads.numbers
            if q.number.role is NumberRole.BUDGET and q.number.unit.lower() in ("percent", "%", "ratio")
        ),
        None,
    )
    earned = income(loads) if share is not None else None
    if share is None or earned is None:
        return
    figure, period, currency = earned
    unit = currency if period == "year" else f"{currency} per {period}"
    part = loads.ledger.state(
        share.number.id, "share of income that running it may cost", share.value, "ratio", share.number.why
    )
    loads.ledger.ratio("budget", f"technology budget per {period}", unit, "income x share", (figure, part))


def revenue_per_year(loads: Loads, lore: Lore) -> Figure | None:
    """Income of a year in US dollars, or None where the brief states none."""
    earned = income(loads)
    if earned is None:
        return _from_deeds(loads, lore)
    figure, period, currency = earned
    times: tuple[Figure | float, ...] = (figure,) if period == "year" else (figure, 12.0)
    return _dollars(loads, lore, "revenue_year", times, currency)


def outage_per_hour(loads: Loads, lore: Lore) -> Fact[UsdPerHour] | None:
    """What the brief says that an hour without service costs, in US dollars; None where it does not."""
    for q in loads.numbers:
        text = loads.context.around(q.number.why)
        if q.dim is Dim.MONEY and q.number.role is NumberRole.OTHER and not q.period and _AN_HOUR.search(text):
            cost = loads.ledger.state(
                q.number.id, "cost of an hour without service", q.value, currency_of(q), q.number.why
            )
            dollars = _dollars(loads, lore, "outage_cost", (cost,), currency_of(q), "cost of an hour without service")
            return Fact(value=UsdPerHour(dollars.value), why=q.number.why)
    return None


def _from_deeds(loads: Loads, lore: Lore) -> Figure | None:
    """`Average gift 32 euros` x gifts of a year."""
    for q in loads.numbers:
        if (
            q.dim is Dim.MONEY
            and q.number.role is NumberRole.OTHER
            and re.search(r"\b(?:average|mean)\b", f"{q.number.what} {q.quote}")
        ):
            load = next(
                (
                    ld
                    for noun, ld in loads.found.items()
                    if loads.world.find(noun) is not None and loads.world.find(noun) is loads.world.find(q.noun)
                ),
                None,
            )
            if load is not None:
                each = loads.ledger.state(q.number.id, f"mean {q.noun}", q.value, currency_of(q), q.number.why)
                return _dollars(loads, lore, "revenue_year", (load.average, float(YEAR), each), currency_of(q))
    return None


def _dollars(
    loads: Loads,
    lore: Lore,
    ident: str,
    times: tuple[Figure | float, ...],
    currency: str,
    what: str = "income a year",
) -> Figure:
    unit = "USD per year" if what == "income a year" else "USD per hour"
    if currency != "USD":
        times = (*times, lore.assume(loads.ledger, "usd_per", currency.lower(), what=f"US dollars for one {currency}"))
    return loads.ledger.ratio(ident, what, unit, "amount x exchange rate", times)
