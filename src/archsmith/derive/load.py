"""One stated load, and its unit."""

from typing import Final

from msgspec import Struct

from archsmith.derive.quantities import Quantity
from archsmith.derive.words import head
from archsmith.model.base import Figure

REQUESTS: Final = frozenset("request query call hit page view search feed impression".split())
"""Nouns of which each is one request to the system, so that their rates are in rps."""


class Load(Struct):
    """One noun's load, in events a second.

    `average`; `busy`: the mean of the busiest season or day; `burst`: of a stated rush. `counted`: the stated figure in
    its own period, grown. `words`: the sentence it stands in. `job`: the system does it by itself
    in a run, so that nobody asks for it. `operation`: the one that it is the rate of, where its words name it.
    """

    noun: str
    average: Figure
    quantity: Quantity
    counted: Figure
    busy: Figure | None = None
    burst: Figure | None = None
    words: str = ""
    job: bool = False
    operation: str = ""

    @property
    def unit(self) -> str:
        """`rps` for requests, else `per second`."""
        return unit_of(self.noun)


def unit_of(noun: str) -> str:
    """`rps` where each of the things is a request to the system, else `per second`.

    >>> unit_of("feed request"), unit_of("mail")
    ('rps', 'per second')
    """
    return "rps" if head(noun) in REQUESTS else "per second"
