"""What a call to an outside system is like, by kind: delay, availability, price; and other delays on the way."""

from typing import Final

from archsmith.knowledge.catalogue import Table
from archsmith.model.base import Value


class ThirdParty(Value, frozen=True, kw_only=True):
    """A kind of outside system (`payment`, `mail`, ...). `p50`/`p99` of a call in seconds, `availability` 0 to 1.

    `price` is a price key for one call, empty where it is a cost of the business and not of running the system (`note`
    says so) or is not known. `low`/`high`: range of `p50`.
    """

    id: str
    p50: float
    p99: float
    availability: float
    source: str
    reason: str
    low: float | None = None
    high: float | None = None
    price: str = ""
    note: str = ""


class DelayFact(Value, frozen=True, kw_only=True):
    """A delay that a part adds to a request: `p50` and `p99` in seconds, equal where it hardly varies. `low`/`high`:
    range of `p50` where it is our estimate."""

    id: str
    p50: float
    p99: float
    source: str
    as_of: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""


class Assumption(Value, frozen=True, kw_only=True):
    """A figure that `evaluate` needs and nobody published: our estimate with its reason and range."""

    id: str
    value: float
    unit: str
    low: float
    high: float
    source: str
    reason: str


THIRD_PARTIES: Final = Table("thirdparty", ThirdParty)
DELAYS: Final = Table("delays", DelayFact)
ASSUMPTIONS: Final = Table("evaluation", Assumption)
