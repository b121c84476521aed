"""Capacity coefficients: how much one vCPU or one node does, as planning figures below the measured ceilings."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Coefficient(Value, frozen=True, kw_only=True):
    """A planning figure. `ceiling` is the benchmark that it comes from, `divided_by` and `reason` how."""

    id: str
    value: float
    unit: str
    low: float
    high: float
    source: str
    as_of: str = ""
    ceiling: float | None = None
    divided_by: float | None = None
    reason: str = ""


CAPACITY: Final = Table("capacity", Coefficient)


def coefficient(catalogue: Catalogue, ident: str) -> float:
    """The value of a coefficient in its unit. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(CAPACITY)[ident].value
