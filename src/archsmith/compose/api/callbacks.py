"""What systems outside tell us: webhooks that come in."""

import math
from http import HTTPStatus
from typing import Final

from archsmith.compose.api.board import Board
from archsmith.compose.api.messages import moment, said
from archsmith.compose.names import Unique, named
from archsmith.compose.rate_limits import limited
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug, snake
from archsmith.model.contracts import Act, Audience, Body, Endpoint
from archsmith.model.domain import AttributeType
from archsmith.model.requirements import ExternalSystem

_TELLING: Final = frozenset({"payment"})
"""Kinds of systems that answer later, by a call of theirs: a payment is authorised, settled, disputed in its own time
(Stripe, Adyen and Mollie documentation: webhooks)."""


def callbacks(board: Board) -> None:
    """One endpoint for each such system that an operation asks."""
    names = Unique(path.split("/")[1] for path in dict.fromkeys(e.path for e in board.endpoints))
    for system in board.ctx.domain.systems:
        asking = [o for o in board.ctx.domain.operations if system.id in o.calls]
        if system.kind in _TELLING and asking and board.endpoints:
            called = {e.operation: e for e in reversed(board.endpoints) if not e.companion}
            first = next((called[o.id] for o in asking if o.id in called), None)
            _callback(
                board, first or board.endpoints[0], system, names.take(f"{slug(system.id)}-events", system.id, "-")
            )


def _callback(board: Board, first: Endpoint, system: ExternalSystem, collection: str) -> None:
    who = named(system.name)
    takes = (
        said(
            "id",
            AttributeType.TEXT,
            "Of the event: one that came before is confirmed and left alone",
            max_length=255,
            example="evt_7QmZt4Kq2w",
        ),
        said(
            "type",
            AttributeType.TEXT,
            "What happened, in the provider's words",
            max_length=100,
            example="payment.succeeded",
        ),
        moment("created_at", "When it happened; events may arrive out of order"),
        said("data", AttributeType.JSON, "What it is about, as the provider documents it"),
    )
    asking = [o for o in board.ctx.domain.operations if system.id in o.calls]
    peak = math.fsum(o.peak.value for o in asking)
    limit = limited(board.ctx, first.service, f"{slug(system.id)}-events", peak, 1.0)  # one sender tells of all of them
    board.draft.rate_limits.append(limit)
    board.beside(
        first, Act.CALLBACK, "POST", f"/{collection}",
        f"What comes of a payment is known when {who} says so, not when the client comes back.",
        entity=_told_of(board, first), operation_id=f"receive_{snake(system.id)}_event", tag="Callbacks",
        summary=f"Receive an event of {system.name}", audience=Audience.PARTNER,
        scopes=(), proofs=("webhook_signature",),
        request=Body.FIELDS, takes=takes, response=Body.NONE, success=HTTPStatus.ACCEPTED,
        rate_limit=limit.id, cache=None,
    )  # fmt: skip


def _told_of(board: Board, first: Endpoint) -> EntityId:
    """The payment, where there are records of it."""
    touched = board.ctx.operations[first.operation].touches
    return next((e for e in touched if "payment" in slug(board.ctx.entities[e].name)), first.entity)
