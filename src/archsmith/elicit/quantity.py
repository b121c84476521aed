"""A quantity: a number with its unit, its period and its hedge, and the tokens that it covers."""

from msgspec import Struct
from msgspec.structs import replace


class Quantity(Struct, frozen=True, kw_only=True):
    """`kind`: count, time, size, bits, money, percent, rate, factor, interval, odds.

    `value` (with `high` in a range) is in `unit` (empty for a count); `per` is the period of a rate, `each` marks
    "each".
    `start` and `end` are indexes of tokens; the hedge before and the period after are inside. `core` is the numeral's
    first
    token and `mid` the one after its unit.
    """

    kind: str
    value: float
    high: float | None
    unit: str
    per: str
    hedge: str
    each: bool
    start: int
    core: int
    mid: int
    end: int


def moved(quantity: Quantity, **changes: object) -> Quantity:
    """The quantity with other fields."""
    return replace(quantity, **changes)  # names are checked by the struct
