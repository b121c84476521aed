"""What building takes, and what may go wrong while building and running: our estimates, with reason and range."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class WorkUnit(Value, frozen=True, kw_only=True):
    """Person-days (or the unit named) for one of something: likely value, best and worst case."""

    id: str
    value: float
    low: float
    high: float
    reason: str
    unit: str = "person-days"
    source: str = "estimate"


class RiskFigure(Value, frozen=True, kw_only=True):
    """A number behind a risk: a probability in the time of building or in a year, or money."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    reason: str
    source: str = "estimate"


EFFORT: Final = Table("effort", WorkUnit)
RISKS: Final = Table("risks", RiskFigure)


def days(catalogue: Catalogue, ident: str) -> WorkUnit:
    """A row of the effort table. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(EFFORT)[ident]


def figure(catalogue: Catalogue, ident: str) -> float:
    """A figure of the risk table. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(RISKS)[ident].value
