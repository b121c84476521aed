"""The problems (RFC 9457) that an endpoint may answer with, by what it takes and what it does."""

from http import HTTPStatus

from archsmith.compose.context import Context
from archsmith.compose.routes import Route
from archsmith.model.contracts import Body
from archsmith.model.domain import Access, AttributeType, Operation


def problems(
    ctx: Context,
    operation: Operation,
    route: Route,
    request: Body,
    scopes: tuple[str, ...],
    keyed: bool,
    parameters: bool,
) -> tuple[int, ...]:
    """The status codes, in order. 429, 500 and 503 apply everywhere: each service has limits, each may have an error of
    its own, and each may be overloaded."""
    entity = ctx.entities[operation.entity]
    found = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
    if parameters or request is not Body.NONE:
        found.add(HTTPStatus.BAD_REQUEST)
    if scopes:
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    if "{" in route.path:
        found.add(HTTPStatus.NOT_FOUND)
    unique = any(a.unique for a in entity.attributes)
    stated = any(a.type is AttributeType.STATE for a in entity.attributes)
    creates = operation.access in (Access.CREATE, Access.APPEND)
    patched = route.method == "PATCH" and (unique or stated)
    if keyed or patched or operation.access is Access.TRANSITION or (creates and unique):
        found.add(HTTPStatus.CONFLICT)
    if route.method in ("PATCH", "DELETE"):
        found |= {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED}
    if request is not Body.NONE:
        found.add(HTTPStatus.UNPROCESSABLE_ENTITY)
    if request is Body.FILE:
        found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    return tuple(sorted(int(code) for code in found))
