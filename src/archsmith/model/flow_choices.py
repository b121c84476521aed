"""How each operation that reaches beyond its own aggregate keeps things in step: one choice a flow."""

import enum

from archsmith.kernel.ids import ElementId, OperationId
from archsmith.model.base import Value


class Way(enum.StrEnum):
    """How a change and what follows it are kept in step."""

    TRANSACTION = "transaction"
    """One commit in one store: all or nothing."""
    SAGA = "saga"
    """Steps in several services, each with a step that undoes it."""
    OUTBOX = "outbox"
    """An event that is stored with the change and handed over after the commit."""
    JOB = "job"
    """Work that is stored with the change and done later."""
    CALL = "call"
    """A call that the caller waits for."""
    LOG = "log"
    """A record that is confirmed as soon as a log has kept it."""


class FlowChoice(Value, frozen=True, kw_only=True):
    """From an operation to an element beyond its aggregate (service, store, system).

    `waits`: whether the caller waits for it. `guarantee`: what may be counted on when something fails in between.
    `compensation`: what undoes a half of it, empty where there are no halves. `instead`: the way that lost, with its
    figure.
    """

    operation: OperationId
    target: ElementId
    way: Way
    waits: bool
    guarantee: str
    compensation: str = ""
    reason: str
    instead: str = ""
