"""Webhooks that go out: what is told, to whom, and the subscriptions by which receivers say where."""

import re
from http import HTTPStatus
from typing import Final

from archsmith.compose.api.board import Board
from archsmith.compose.api.messages import moment, said
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import page_parameters, path_parameters
from archsmith.kernel.ids import EventId
from archsmith.kernel.names import slug, snake
from archsmith.model.contracts import Act, Body, Endpoint, Webhook
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field

SUBSCRIPTIONS: Final = "webhook-subscriptions"
_HTTPS: Final = "^https://"


def webhooks(ctx: Context, draft: Draft) -> None:
    """Pass: one an event, with the type and the attributes of its contract."""
    contracts = {c.event: c for c in draft.event_contracts}
    receivers, names = _receivers(ctx), _names_of(ctx)
    for event in ctx.told:
        entity, contract = ctx.entities[event.entity], contracts[event.id]
        done = event.name.rpartition(".")[2].replace("_", " ").replace("-", " ")
        draft.webhooks.append(
            Webhook(
                name=names[event.id],
                event=event.id,
                entity=entity.id,
                type=contract.type,
                summary=f"{entity.name[:1].upper()}{entity.name[1:]} {done}",
                description=f"This has happened to one of the {entity.plural or entity.name}.",
                attributes=contract.attributes,
                receivers=tuple(receivers),
                because=ctx.because(Dimension.BROKER, Dimension.API_STYLE),
            )
        )


def _names_of(ctx: Context) -> dict[EventId, str]:
    """What the events are called in subscriptions: `order_placed`."""
    taken = Unique()
    return {
        e.id: taken.take(snake(f"{ctx.entities[e.entity].name} {e.name.rpartition('.')[2]}"), e.id) for e in ctx.told
    }


def _receivers(ctx: Context) -> list[str]:
    """The systems and the actors outside whom the requirement names, else all partners, else whoever subscribes."""
    text = " ".join(r.statement.lower() for r in ctx.asked("webhook_phrases"))
    outside = [*(s.name for s in ctx.domain.systems), *(a.name for a in ctx.domain.actors if not a.internal)]
    named = [name for name in outside if re.search(rf"\b{re.escape(name.lower())}", text)]
    return named or [s.name for s in ctx.domain.systems if s.kind == "partner"] or ["whoever has subscribed"]


def subscriptions(board: Board) -> None:
    """Receivers say themselves where they want to be told of what, unless the business has records of that."""
    known = {slug(board.ctx.entities[e.entity].name) for e in board.endpoints if e.act is Act.CREATE}
    if not board.endpoints or not board.ctx.told or known & {"webhook", "webhook-subscription", "webhook-endpoint"}:
        return
    _Subscriptions(board).add()


class _Subscriptions:
    def __init__(self, board: Board) -> None:
        self._board = board
        events = board.ctx.told
        causes = {e.operation for e in events}
        self._first = next((e for e in board.endpoints if e.operation in causes), board.endpoints[0])
        self._kinds = tuple(_names_of(board.ctx).values())
        board.grant(f"{SUBSCRIPTIONS}:read", [self._first])
        board.grant(f"{SUBSCRIPTIONS}:write", [self._first])

    def add(self) -> None:
        """List, make, read, end, and a new secret."""
        rows, row = f"/{SUBSCRIPTIONS}", f"/{SUBSCRIPTIONS}/{{webhook_subscription_id}}"
        url = said("url", AttributeType.URL, "Where events are sent; https only", max_length=2048, pattern=_HTTPS)
        kinds = [said("event", AttributeType.STATE, "What is told", states=self._kinds)]
        one = (said("id", AttributeType.UUID, "Identifies the subscription"), url, *kinds,
               said("active", AttributeType.BOOLEAN, "False once deliveries have failed for too long"),
               moment("created_at", "When it was made"))  # fmt: skip
        secret = said("secret", AttributeType.TEXT, "Signs each message; shown this once", secret=True,
                      min_length=32, max_length=100, example="whsec_EXAMPLEEXAMPLEEXAMPLEEXAMPLE")  # fmt: skip
        entity = self._board.ctx.entities[self._first.entity]
        actor = self._board.ctx.operations[self._first.operation].actor
        self._put(Act.LIST, "list", "GET", rows, "List webhook subscriptions", response=Body.PAGE, gives=one,
                  parameters=tuple(page_parameters(self._board.ctx, entity, "", actor)))  # fmt: skip
        self._put(Act.CREATE, "create", "POST", rows, "Create a webhook subscription", request=Body.FIELDS,
                  takes=(url, *kinds), gives=(*one, secret), success=HTTPStatus.CREATED,
                  idempotency_key=True)  # fmt: skip
        self._put(Act.GET, "get", "GET", row, "Get a webhook subscription", gives=one)
        self._put(Act.DELETE, "delete", "DELETE", row, "Delete a webhook subscription", response=Body.NONE,
                  success=HTTPStatus.NO_CONTENT)  # fmt: skip
        self._put(Act.STEP, "rotate", "POST", f"{row}/rotate-secret", "Rotate the secret of a webhook subscription",
                  gives=(secret,), operation_id="rotate_webhook_subscription_secret")  # fmt: skip

    def _put(
        self, act: Act, verb: str, method: str, path: str, summary: str, gives: tuple[Field, ...] = (), **facts: object
    ) -> Endpoint | None:
        scope = f"{SUBSCRIPTIONS}:{'read' if method == 'GET' else 'write'}"
        several = "s" if act is Act.LIST else ""
        usual: dict[str, object] = {
            "operation_id": f"{verb}_webhook_subscription{several}", "tag": "Webhooks", "summary": summary,
            "scopes": (scope,), "response": Body.FIELDS, "gives": gives, "cache": None,
            "parameters": tuple(path_parameters(self._board.ctx, path)),
        }  # fmt: skip
        reason = "Receivers say where they want to be told of what."
        return self._board.beside(self._first, act, method, path, reason, "", **{**usual, **facts})
