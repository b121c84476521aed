"""Parameters of the rules by which timeouts, retries, limits and copies are computed."""

from collections.abc import Mapping
from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Parameter(Value, frozen=True, kw_only=True):
    """A parameter of a rule: value, unit, source. Where the source is `estimate`, `reason` says how it was reached."""

    id: str
    value: float
    unit: str
    source: str
    reason: str
    low: float | None = None
    high: float | None = None


RESILIENCE: Final = Table("resilience", Parameter)


class Parameters:
    """The parameters of a catalogue, by id."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._rows: Mapping[str, Parameter] = catalogue.table(RESILIENCE)

    def __call__(self, ident: str) -> float:
        """The value of a parameter, in its unit. Raises KeyError for an unknown one, which is a bug of the caller."""
        return self._rows[ident].value

    def whole(self, ident: str) -> int:
        """The value of a parameter that counts something."""
        return round(self._rows[ident].value)
