"""The Pareto front: what could be had in place of the chosen design, and what for."""

from archsmith.kernel.units import HoursPerMonth, Probability, Seconds, UsdPerMonth
from archsmith.model.base import Value


class FrontPoint(Value, frozen=True, kw_only=True):
    """A design that no other one beats in all of ownership, bill, availability, work and time of a request.

    `wins`: goals in which it is the best of the front. `ownership`: its cost a month, all counted. `response`: the mean
    of a request in services and store at the peak, by M/M/c: to compare with, not the percentiles of the report.
    `differs`: its choices that are not those of the chosen design.
    """

    name: str
    chosen: bool = False
    wins: tuple[str, ...] = ()
    infrastructure: UsdPerMonth
    ownership: UsdPerMonth
    availability: Probability
    ops_hours: HoursPerMonth
    response: Seconds
    differs: tuple[str, ...] = ()
