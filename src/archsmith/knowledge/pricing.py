"""Money from price keys: dollars a month, with tiers and regions."""

import functools
import math

from archsmith.kernel.units import HOURS_PER_MONTH, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, REGIONS, Instance
from archsmith.knowledge.prices import CURRENCIES, PRICES, Price

_PER = {"1k": 1e3, "10k": 1e4, "1M": 1e6, "TiB": 1099.51, "GiB": 1.073742}


def price(catalogue: Catalogue, key: str) -> Price:
    """The row of a price. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(PRICES)[key]


def usd(catalogue: Catalogue, key: str) -> float:
    """The price in US dollars for its own unit."""
    row = price(catalogue, key)
    return row.value * catalogue.table(CURRENCIES)[row.currency].usd


def unit_size(row: Price) -> float:
    """How many requests, messages or GB one price buys.

    >>> unit_size(Price(id="x", value=1, unit="1M requests", region="any", source="s"))
    1000000.0
    """
    return _PER.get(row.unit.split()[0], 1.0)


def monthly(catalogue: Catalogue, key: str, quantity: float = 1.0) -> UsdPerMonth:
    """Dollars a month for `quantity` of something held all month (by the hour x 730, or by the month), or used in it
    (requests, GB: the quantity is then that of the whole month)."""
    return UsdPerMonth(_rate(catalogue, key) * quantity)


@functools.lru_cache(maxsize=4096)
def _rate(catalogue: Catalogue, key: str) -> float:
    """Dollars a month for one of what a price is for. Kept, since a run asks for the same ones in every space."""
    row = price(catalogue, key)
    rate = usd(catalogue, key) / unit_size(row)
    return rate * HOURS_PER_MONTH if row.unit.endswith("hour") else rate


def instance_month(catalogue: Catalogue, instance: str | Instance) -> UsdPerMonth:
    """Dollars a month for one instance in the provider's cheapest region."""
    row = catalogue.table(INSTANCES)[instance] if isinstance(instance, str) else instance
    return UsdPerMonth(sum(monthly(catalogue, key, quantity) for key, quantity in row.prices.items()))


def region_factor(catalogue: Catalogue, region: str) -> float:
    """By how much a region is dearer than the provider's cheapest; 1 where the region is not known."""
    row = catalogue.table(REGIONS).get(region)
    return row.factor if row else 1.0


def egress_tiers(catalogue: Catalogue, provider: str) -> tuple[tuple[float, float], ...]:
    """What a GB costs that leaves a provider for the internet: (GB a month up to, dollars), the last without end.

    Empty for a provider that the catalogue does not know.
    """
    row = catalogue.table(PROVIDERS).get(provider)
    if row is None:
        return ()
    free = ((row.egress_free, 0.0),) if row.egress_free else ()
    paid = ((row.egress_free + top if top > 0 else math.inf, monthly(catalogue, key)) for top, key in row.egress)
    return (*free, *paid)
