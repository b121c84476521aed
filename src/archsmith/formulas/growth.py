"""Steady growth: the factor after some months, and the month in which a capacity is reached."""

import math
from typing import TypeVar

from archsmith.formulas._checks import not_negative, positive
from archsmith.kernel.units import Months, Ratio

Quantity = TypeVar("Quantity", bound=float)


def growth_factor(monthly_rate: Ratio, months: Months) -> Ratio:
    """(1 + monthly rate) ^ months. Rate above -1 (0.05 is 5 % a month), months >= 0, else ValueError.

    >>> round(growth_factor(Ratio(0.05), Months(12)), 6)
    1.795856
    """
    return Ratio(math.exp(not_negative("months", months) * _log_step(monthly_rate)))


def months_until(current: Quantity, capacity: Quantity, monthly_rate: Ratio) -> Months | None:
    """Months until `current` (>= 0) has grown to `capacity` (> 0, same unit); 0 if it is there, None if it never is.

    Rate above -1 a month, else ValueError.

    >>> months_until(100.0, 200.0, Ratio(1.0)), months_until(100.0, 200.0, Ratio(-0.01))
    (1.0, None)
    """
    not_negative("current", current)
    positive("capacity", capacity)
    step = _log_step(monthly_rate)
    if current >= capacity:
        return Months(0.0)
    if current == 0 or step <= 0:
        return None
    return Months(math.log(capacity / current) / step)


def _log_step(rate: float) -> float:
    if not (math.isfinite(rate) and rate > -1):
        raise ValueError(f"a growth rate must be above -1 and finite, got {rate}")
    return math.log1p(rate)
