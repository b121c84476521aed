"""Which rows change after they were made, and which are only added."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.kernel.ids import EntityId
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind

_ADDING: Final = frozenset(
    {Access.APPEND, Access.GET, Access.LIST, Access.SEARCH, Access.AGGREGATE, Access.EXPORT}
)  # fmt: skip
_SERIES: Final = frozenset({*_ADDING, Access.CREATE, Access.DELETE, Access.NOTIFY})
"""What leaves the rows of a series as they are: old ones go, no row becomes another."""


def changes(ctx: Context, entity: EntityId) -> bool:
    """Whether rows change after they were made. Those that are only appended (measurements, log entries) do not."""
    own = ctx.operations_on[entity]
    touched = any(entity in o.touches for o in ctx.domain.operations)
    series = any(o.access is Access.APPEND or o.kind is OperationKind.STREAM for o in own)
    appended = bool(own) and all(
        o.access in (_SERIES if series else _ADDING) or (o.kind is OperationKind.STREAM and o.access is Access.CREATE)
        for o in own
    )
    return touched or not appended or not any(o.access in (Access.APPEND, Access.CREATE) for o in own)
