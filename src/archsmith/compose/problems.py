"""The problems (RFC 9457) that an endpoint may answer with: by what it takes, what it does, and what the rules say."""

from http import HTTPStatus

from msgspec.structs import replace

from archsmith.compose.api.board import Board
from archsmith.compose.api.refusals import refusals
from archsmith.compose.context import Context
from archsmith.compose.flows.rules import waits
from archsmith.model.contracts import Act, Body, Endpoint

_ANYWHERE = (
    HTTPStatus.BAD_REQUEST,  # a header field may be wrong where nothing else is taken
    HTTPStatus.UNAUTHORIZED,  # a token that is sent must be good, even where none is asked for (RFC 6750, section 3.1)
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def refused(board: Board, endpoint: Endpoint) -> Endpoint:
    """The endpoint with its problems; its parameters, bodies and proofs must stand."""
    rules = refusals(board, endpoint)
    return replace(endpoint, refusals=rules, problems=statuses(board.ctx, endpoint, {r.status for r in rules}))


def statuses(ctx: Context, endpoint: Endpoint, ruled: set[int]) -> tuple[int, ...]:
    """The status codes, in order; `ruled` are those of the business. Those of `_ANYWHERE` apply to every request."""
    found = {*ruled, *_ANYWHERE}
    if endpoint.scopes or endpoint.callers:
        found.add(HTTPStatus.FORBIDDEN)
    if "{" in endpoint.path:
        found.add(HTTPStatus.NOT_FOUND)
    if endpoint.idempotency_key:
        found.add(HTTPStatus.CONFLICT)
    if endpoint.etag and endpoint.method in ("PATCH", "DELETE"):
        found |= {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED}
    if endpoint.request is not Body.NONE or endpoint.idempotency_key:
        found.add(HTTPStatus.UNPROCESSABLE_ENTITY)
    if endpoint.request is Body.FILE or endpoint.act is Act.UPLOAD:
        found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    operations = [ctx.operations[o] for o in (endpoint.operation, *endpoint.also)]
    if not endpoint.companion and any(waits(ctx, o) for o in operations):
        found |= {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
    return tuple(sorted(int(code) for code in found))
