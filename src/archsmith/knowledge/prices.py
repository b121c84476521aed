"""Prices, currencies, and the availability that is promised or expected: rows with source and date."""

from typing import Final

from archsmith.knowledge.catalogue import Table
from archsmith.model.base import Value


class Price(Value, frozen=True, kw_only=True):
    """A list price on demand. `unit`: what one `value` buys (`hour`, `1M requests`); `check`: a second source.

    Where `source` is `estimate` nobody published one that we found: `reason`, `low` and `high` say how far to trust it.
    """

    id: str
    value: float
    unit: str
    region: str
    source: str
    as_of: str = ""
    currency: str = "USD"
    check: float | None = None
    confidence: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""


class Currency(Value, frozen=True, kw_only=True):
    """US dollars for one unit of a currency. `low`/`high`: where it may be in the time of the design."""

    id: str
    usd: float
    as_of: str = ""
    source: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""


class Promise(Value, frozen=True, kw_only=True):
    """Availability (0 to 1) that a provider promises, or that we expect of what we run ourselves."""

    id: str
    value: float
    source: str
    as_of: str = ""
    conditions: str = ""
    confidence: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""


PRICES: Final = Table("prices", Price)
CURRENCIES: Final = Table("currencies", Currency)
PROMISES: Final = Table("sla", Promise)
