"""Trade-off figures: what structure, learning, switching and risk cost, as estimates with reason and range."""

from typing import Final

from archsmith.knowledge.capacity import Coefficient
from archsmith.knowledge.catalogue import Catalogue, Table

TRADEOFFS: Final = Table("tradeoffs", Coefficient)


def tradeoff(catalogue: Catalogue, ident: str) -> float:
    """The value of a trade-off figure in its unit. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(TRADEOFFS)[ident].value
