"""Which operations are treated as messages of a stream: deriving, choosing and evaluating must agree on it."""

from typing import Final

from archsmith.model.domain import Access, Operation
from archsmith.model.requirements import OperationKind

MASS: Final = 20.0
"""Appended rows a second on average from which an entity is treated as a stream, not as records."""
FLOOD: Final = 500.0
"""Operations a second on average from which a write is treated as a message of a stream."""


def is_stream(operation: Operation, growth: float) -> bool:
    """Streams by kind; rows appended in masses; writes too many for records; queries that leave a row each time.

    `growth`: rows a second on average that the operation's entity grows by. Jobs and reactions are none.
    """
    rate = operation.average.value
    if operation.kind in (OperationKind.BATCH, OperationKind.EVENT):
        return False
    if operation.kind is OperationKind.STREAM or (operation.access is Access.APPEND and rate >= MASS):
        return True
    if operation.kind is OperationKind.QUERY:
        return rate >= FLOOD and growth >= rate / 2
    return rate >= FLOOD
