"""How a pool of requests is divided by what is done: looking most, changing little, ending seldom."""

from collections.abc import Sequence
from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.drafts import OperationDraft
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.knowledge.naming import Naming
from archsmith.model.domain import LOOKS, Access

_WEIGHT: Final = {Access.GET: 5.0, Access.LIST: 3.0, Access.SEARCH: 3.0, Access.AGGREGATE: 1.0}
_CHANGE: Final = 0.15
"""Weights of reads, and of a change, in the requests of people who look around."""
_LOOKING: Final = _WEIGHT[Access.GET] + _WEIGHT[Access.LIST]


class Shares:
    """The shares of operations in one pool, each with its reason."""

    def __init__(self, product: Product, lore: Lore) -> None:
        self._product, self._naming = product, Naming(lore.catalogue)
        self._seldom = lore.default("cancel_share").value

    def of(self, operations: Sequence[OperationDraft], *, looking: bool) -> list[float]:
        """Of each operation its share. With `looking` most of the pool is looked around, even where the brief names
        nothing that is looked at: then the shares do not add up to all of it."""
        weights = [self._weight(o) for o in operations]
        named = not looking or any(o.access in LOOKS or o.share for o in operations)
        whole = sum(weights) + (0.0 if named else _LOOKING)
        return [weight / whole for weight in weights]

    def _weight(self, operation: OperationDraft) -> float:
        """What seldom happens is done as seldom as where those that are made are counted."""
        if operation.share:
            return operation.share * 20
        seldom = operation.access not in LOOKS and is_seldom(operation, self._naming)
        return _CHANGE * self._seldom if seldom else _WEIGHT.get(operation.access, _CHANGE)

    def reason(self, operation: OperationDraft) -> str:
        """Why its share is what it is."""
        how = {
            Access.GET: "single things are looked at most",
            Access.LIST: "lists lead to the single things",
            Access.SEARCH: "searches lead to the single things",
            Access.AGGREGATE: "reports are seldom opened",
        }
        few = f"changes such as '{operation.verb}' are few beside the looking"
        if is_seldom(operation, self._naming):
            few = f"'{operation.verb}' is as {1 / self._seldom:.0f} times rarer than other changes"
        return how.get(operation.access, few) + ", scaled to 100%"

    def source(self, operation: OperationDraft) -> str:
        """Where its share is from."""
        main = self._product.main if operation.share else None
        return f"archetypes/{main.id}" if main else "defaults/share_by_access"


def is_seldom(operation: OperationDraft, naming: Naming) -> bool:
    """Whether it is done to a few of those that were made: what goes wrong, and what people themselves end."""
    if any(naming.has("seldom_verbs", word) for word in operation.verb.split(" ")):
        return True
    return operation.actor != SYSTEM.id and naming.has("ending_verbs", operation.verb)
