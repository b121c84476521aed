"""Rows of the catalogue by the names that figures and sources use for them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.defaults import DEFAULTS
from archsmith.knowledge.effort import EFFORT, RISKS
from archsmith.knowledge.instances import INSTANCES, REGIONS
from archsmith.knowledge.limits import LIMITS
from archsmith.knowledge.prices import PRICES, PROMISES
from archsmith.knowledge.region_modes import REGION_MODES
from archsmith.knowledge.releases import RELEASE_WAYS
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.knowledge.thirdparty import ASSUMPTIONS, DELAYS, THIRD_PARTIES
from archsmith.knowledge.tradeoffs import TRADEOFFS

_BARE: Final[tuple[Table[Any], ...]] = (
    CAPACITY,
    TRADEOFFS,
    ASSUMPTIONS,
    DEFAULTS,
    PRICES,
    PROMISES,
    LIMITS,
    DELAYS,
    INSTANCES,
)
"""Tables whose rows are named by their id alone; where an id is in two, the first is meant."""
_QUALIFIED: Final[tuple[Table[Any], ...]] = (
    *_BARE,
    TECHNOLOGIES,
    THIRD_PARTIES,
    RELEASE_WAYS,
    REGION_MODES,
    REGIONS,
    EFFORT,
    RISKS,
    RESILIENCE,
)
"""Tables whose rows are named `table/id` or `table.id`."""
_WORD: Final = re.compile(r"[A-Za-z][\w./-]*\w")


def rows(catalogue: Catalogue) -> Mapping[str, Any]:
    """All of them by name."""
    found: dict[str, Any] = {}
    for table in _BARE:
        for ident, row in catalogue.table(table).items():
            found.setdefault(ident, row)
    for table in _QUALIFIED:
        for ident, row in catalogue.table(table).items():
            found.setdefault(f"{table.name}/{ident}", row)
            found.setdefault(f"{table.name}.{ident}", row)
    return found


def named_in(text: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The rows that a source names, in its order."""
    return tuple(dict.fromkeys(w for w in _WORD.findall(text) if w in known))
