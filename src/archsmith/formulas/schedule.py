"""Estimates of work: three points to mean and spread, sums, and working days to calendar months."""

import math
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from archsmith.formulas._checks import not_negative, positive, share
from archsmith.kernel.units import Count, Days, Months, PersonDays, Ratio

WORKING_DAYS_PER_MONTH: Final = Days(21.0)
"""261 week days a year less 9 public holidays, over 12; leave and illness are not in it."""


class Estimate(Struct, frozen=True, kw_only=True):
    """Mean and standard deviation, both in person-days."""

    mean: PersonDays
    deviation: PersonDays


def three_point(optimistic: PersonDays, likely: PersonDays, pessimistic: PersonDays) -> Estimate:
    """PERT: mean (a + 4 m + b) / 6, standard deviation (b - a) / 6; 0 <= a <= m <= b, else ValueError.

    Source: Malcolm, Roseboom, Clark and Fazar, Operations Research 7 (1959).

    >>> three_point(PersonDays(2), PersonDays(4), PersonDays(12))
    Estimate(mean=5.0, deviation=1.6666666666666667)
    """
    if not 0 <= optimistic <= likely <= pessimistic < math.inf:
        raise ValueError(f"need 0 <= optimistic <= likely <= pessimistic, got {optimistic}, {likely}, {pessimistic}")
    return Estimate(
        mean=PersonDays((optimistic + 4 * likely + pessimistic) / 6),
        deviation=PersonDays((pessimistic - optimistic) / 6),
    )


def total(estimates: Iterable[Estimate], common: Ratio) -> Estimate:
    """Sum of estimates. `common` (0 to 1) is the correlation between any two: 0 independent, 1 all wrong together.

    Independence makes a long plan look certain; one team's estimates tend to err the same way. Raises ValueError
    outside.
    Source: variance of a sum of equally correlated variables.

    >>> total(
    ...     [
    ...         Estimate(mean=PersonDays(10), deviation=PersonDays(3)),
    ...         Estimate(mean=PersonDays(20), deviation=PersonDays(4)),
    ...     ],
    ...     Ratio(0),
    ... )
    Estimate(mean=30.0, deviation=5.0)
    """
    parts = tuple(estimates)
    rho = share("common", common)
    straight = math.fsum(e.deviation for e in parts)
    variance = (1 - rho) * math.fsum(e.deviation**2 for e in parts) + rho * straight**2
    return Estimate(mean=PersonDays(math.fsum(e.mean for e in parts)), deviation=PersonDays(math.sqrt(variance)))


def calendar_months(working_days: Days) -> Months:
    """Calendar months that hold this many working days (>= 0) at 21 a month, else ValueError.

    >>> calendar_months(Days(63))
    3.0
    """
    return Months(not_negative("working_days", working_days) / WORKING_DAYS_PER_MONTH)


def working_days(effort: PersonDays, people: Count, focus: Ratio) -> Days:
    """Working days that `people` (> 0) need for the effort (>= 0), with a share `focus` (0 < focus <= 1) of their time.

    The work is taken as divisible; a critical path may make it longer. Raises ValueError outside.

    >>> working_days(PersonDays(60), Count(2), Ratio(0.75))
    40.0
    """
    at_work = positive("people", people) * share("focus", positive("focus", focus))
    return Days(not_negative("effort", effort) / at_work)
