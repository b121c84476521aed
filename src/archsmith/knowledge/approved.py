"""The list of approved technologies: a house rule that only a folder of one's own fills."""

from collections.abc import Mapping
from typing import Final

from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.base import Value


class Approved(Value, frozen=True, kw_only=True):
    """A technology that may be used. Of its category nothing else may, but for what is approved beside it."""

    id: TechId
    reason: str = ""


APPROVED: Final = Table("approved", Approved)


def approved(catalogue: Catalogue) -> Mapping[str, frozenset[TechId]]:
    """The approved technologies by category; a category that the list does not name is free."""
    techs = catalogue.table(TECHNOLOGIES)
    found: dict[str, set[TechId]] = {}
    for row in catalogue.table(APPROVED).values():
        tech = techs.get(row.id)
        if tech is not None:
            found.setdefault(tech.category, set()).add(tech.id)
    return {category: frozenset(ids) for category, ids in found.items()}
