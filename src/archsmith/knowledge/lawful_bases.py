"""What allows a controller to keep data about people, by the nature of the data: assumptions to be confirmed."""

from typing import Final

from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value
from archsmith.model.domain import DataClass


class LawfulBasis(Value, frozen=True, kw_only=True):
    """A rule for `regimes`: the first that fits data counts. It fits where all that is said holds: `words` are last
    words of the data's name (all names where there are none), `classes` its worst class, `staff`: it is about people
    who work for the owner, `among`: somebody of these names stands in the domain. `condition`: for health alone.
    """

    id: str
    regimes: tuple[str, ...]
    words: tuple[str, ...] = ()
    classes: tuple[DataClass, ...] = ()
    among: tuple[str, ...] = ()
    staff: bool = False
    basis: str
    clause: str
    condition: str = ""
    erasure: str
    reason: str
    source: str


LAWFUL_BASES: Final = Table("lawful_bases", LawfulBasis)


def rules(catalogue: Catalogue, regime: str) -> tuple[LawfulBasis, ...]:
    """The rules of a regime, in the order in which they are tried; none for one that asks for no basis."""
    return tuple(r for r in catalogue.table(LAWFUL_BASES).values() if regime in r.regimes)
