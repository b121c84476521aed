"""What the server refuses before it runs an operation: depth and cost, from the pages and the types of the design."""

from collections.abc import Mapping
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.model.shapes import Shape
from archsmith.render.view import View

_LEVELS: Final = 4
"""Levels of a list: the connection, its edges, the node, and its fields."""
_PAGE, _MOST, _NOTICE = 25, 100, 6


class Limits:
    """Limits of one schema. Cost counts rows: a page of so many, each with the objects that its type refers to."""

    def __init__(self, view: View, shapes: Mapping[EntityId, Shape]) -> None:
        rules = view.arch.api
        self.page_size = rules.page_size if rules else _PAGE
        self.page_max = rules.page_max if rules else _MOST
        self.notice = f"{rules.notice if rules else _NOTICE:g}"
        relations = [sum(1 for f in s.fields if f.refers in shapes and not f.many) for s in shapes.values()]
        self.relations = max(relations, default=0)
        self.depth = _LEVELS + (2 if self.relations else 0)
        self.cost = self.page_max * (1 + self.relations)

    @property
    def directive(self) -> str:
        """The same figures as a directive of the schema."""
        return (
            f"@limits(maxDepth: {self.depth}, maxCost: {self.cost}, maxPageSize: {self.page_max}, "
            f"maxAliases: {self.page_size}, persistedOnly: true)"
        )

    @property
    def said(self) -> str:
        """The figures in a sentence."""
        return (
            f"An operation is at most {self.depth} levels deep (a list has {_LEVELS}, an object in it two more) and "
            f"costs at most {self.cost}: a page of {self.page_max} rows x (1 + {self.relations} objects beside "
            "a row). In production only the operations of persisted/manifest.json run."
        )
