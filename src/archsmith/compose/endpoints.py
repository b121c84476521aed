"""Pass: the HTTP API. Each operation that a caller triggers gets an endpoint; like requests share one; then comes what
they need beside them."""

from dataclasses import dataclass, field
from http import HTTPStatus

from archsmith.compose.actors import has_endpoint, open_to_all, reads
from archsmith.compose.api.access import opened
from archsmith.compose.api.board import Board
from archsmith.compose.api.callbacks import callbacks
from archsmith.compose.api.files import content, download_link, files
from archsmith.compose.api.needs import needs
from archsmith.compose.api.profiles import profiles
from archsmith.compose.api.signing import signing
from archsmith.compose.api.steps import states_of
from archsmith.compose.api.streams import streams
from archsmith.compose.api.things import Things, takes_file
from archsmith.compose.api.told import told
from archsmith.compose.api.webhooks import subscriptions
from archsmith.compose.api.words import operation_id, plural_segment, summary
from archsmith.compose.api.work import work
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters, query_parameters
from archsmith.compose.problems import refused
from archsmith.compose.rate_limits import class_of, limit_id
from archsmith.compose.routes import Route, routes, same_request, shape
from archsmith.kernel.names import slug
from archsmith.kernel.units import Seconds
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, Operation, same_for_all
from archsmith.model.requirements import OperationKind

BESIDE = (work, files, needs, profiles, streams, signing, callbacks, subscriptions)
"""What endpoints need beside them, in this order: what comes later sees what came before."""


@dataclass
class _Taken:
    """A route and the operations that it serves; the first one names it."""

    route: Route
    operations: list[Operation] = field(default_factory=list)


def endpoints(ctx: Context, draft: Draft) -> None:
    """Routes are handed out in domain order, so that what the brief names first gets the plainest path."""
    things = Things(ctx)
    taken: dict[tuple[str, str], _Taken] = {}
    for operation in ctx.domain.operations:
        if has_endpoint(ctx, operation):
            _place(ctx, things, operation, taken)
    board = Board(ctx, draft, things)
    for entry in taken.values():
        board.add(_endpoint(board, entry))
    for beside in BESIDE:
        beside(board)
    used = {scope for endpoint in board.endpoints for scope in endpoint.scopes}
    draft.scopes[:] = [scope for scope in draft.scopes if scope.id in used]  # what guests may do needs none
    draft.endpoints += [refused(board, opened(board, endpoint)) for endpoint in board.endpoints]


def _place(ctx: Context, things: Things, operation: Operation, taken: dict[tuple[str, str], _Taken]) -> None:
    wished = routes(ctx, things, operation)
    for route in wished:
        other = taken.get(shape(route.method, route.path))
        if other is None:
            taken[shape(route.method, route.path)] = _Taken(route, [operation])
            return
        if same_request(ctx, things, other.operations[0], operation):
            other.operations.append(operation)
            return
    route = _apart(wished[-1], operation, taken)
    taken[shape(route.method, route.path)] = _Taken(route, [operation])


def _apart(last: Route, operation: Operation, taken: dict[tuple[str, str], _Taken]) -> Route:
    """A route of its own: a step beside the last wish, since nothing stands on a step; anything else below it. Below a
    collection it stands for several, as all that stands there."""
    above, _, step = last.path.rpartition("/")
    beside = last.act in (Act.STEP, Act.RUN) and above.endswith("}")
    named = slug(operation.id) if last.path.endswith("}") or last.act is Act.RUN else plural_segment(operation.id)
    base, words = (above, f"{step}-{slug(operation.id)}") if beside else (last.path, named)
    own = Unique(path for method, path in taken if method == last.method)
    free = own.take(f"{shape(last.method, base)[1]}/{words}", operation.id, "-", limit=2048).rpartition("/")[2]
    return Route(last.method, f"{base}/{free}", last.act, last.words)


def _endpoint(board: Board, entry: _Taken) -> Endpoint:
    ctx, operation, route = board.ctx, entry.operations[0], entry.route
    entity = ctx.entities[board.things.subject(operation)]
    names = ctx.names[entity.id]
    request, response, success = _bodies(board, operation, route)
    takes = told(board, operation) if route.act is Act.STEP else ()
    lock = board.shapes[entity.id].lock if entity.id in board.shapes else ""
    locked = bool(lock) and (route.act in (Act.UPDATE, Act.DELETE) or (response is Body.ONE and route.act is Act.GET))
    listing = (
        query_parameters(ctx, entry.operations, route, response is Body.PAGE)
        if route.act in (Act.LIST, Act.SUMMARY)
        else []
    )
    group = ctx.group_of[operation.id]
    before, target = states_of(ctx, board.shapes[entity.id], operation) if route.act is Act.STEP else ((), "")
    scopes = _scopes(board, entry.operations)
    kinds, most = content(board, entity) if Body.FILE in (request, response) else ((), None)
    return Endpoint(
        operation=operation.id,
        also=tuple(o.id for o in entry.operations[1:]),
        service=group.id,
        entity=entity.id,
        act=route.act,
        operation_id=operation_id(route.act, names.singular, names.collection.replace("-", "_"), route.words),
        method=route.method,
        path=route.path,
        summary=summary(route.act, entity, route.words),
        parameters=(*path_parameters(ctx, route.path), *listing),
        request=Body.FIELDS if takes else request,
        response=response,
        takes=takes,
        gives=download_link(board) if route.act is Act.DOWNLOAD else (),
        media_types=kinds,
        max_bytes=most,
        success=success,
        problems=(),
        from_states=before,
        to_state=target,
        retry_after=Seconds(ctx.parameter("job.ask_again")) if response is Body.ACCEPTED else None,
        scopes=scopes,
        idempotency_key=route.method == "POST" and _makes(board.things, entry.operations, success),
        etag=locked,
        cache=_cache(ctx, operation) if reads(operation) else None,
        shared=not scopes,
        rate_limit=limit_id(group.id, class_of(ctx, operation)),
        because=ctx.because(Dimension.API_STYLE, Dimension.PARTITION),
    )


def _makes(things: Things, operations: list[Operation], success: int) -> bool:
    """Whether a repeat would make a second one."""
    return success == HTTPStatus.CREATED or any(_unsafe(things, o) for o in operations)


def _unsafe(things: Things, operation: Operation) -> bool:
    """Whether doing it twice does harm. A report is known again by its sender and its time."""
    if reads(operation) or operation.kind is OperationKind.STREAM:
        return False
    return things.creates(operation) or not operation.idempotent or bool(operation.calls)


def _bodies(board: Board, operation: Operation, route: Route) -> tuple[Body, Body, int]:
    """What goes in, what comes out, and the status of success."""
    ctx, entity = board.ctx, board.ctx.entities[operation.entity]
    small = entity.blob_bytes.value <= ctx.parameter("upload.direct_above")
    match route.act:
        case Act.GET:
            return Body.NONE, Body.ONE, HTTPStatus.OK
        case Act.LIST:
            return Body.NONE, Body.PAGE, HTTPStatus.OK
        case Act.SUMMARY:
            return Body.NONE, Body.SUMMARY, HTTPStatus.OK
        case Act.DOWNLOAD if board.filed:
            return Body.NONE, Body.FIELDS, HTTPStatus.OK
        case Act.DOWNLOAD:
            return Body.NONE, Body.FILE, HTTPStatus.OK
        case Act.CREATE if small and takes_file(ctx, operation) and operation.access is not Access.APPEND:
            return Body.FILE, Body.ONE, HTTPStatus.CREATED
        case Act.CREATE if operation.kind is OperationKind.STREAM:
            return Body.CREATE, Body.NONE, HTTPStatus.ACCEPTED
        case Act.CREATE:
            return Body.CREATE, Body.ONE, HTTPStatus.CREATED
        case Act.UPDATE:
            return Body.UPDATE, Body.ONE, HTTPStatus.OK
        case Act.RUN:
            return Body.FILE if operation.access is Access.IMPORT else Body.NONE, Body.ACCEPTED, HTTPStatus.ACCEPTED
        case _ if operation.access is Access.DELETE:
            return Body.NONE, Body.NONE, HTTPStatus.NO_CONTENT
        case _:
            return Body.NONE, Body.ONE, HTTPStatus.OK


def _scopes(board: Board, operations: list[Operation]) -> tuple[str, ...]:
    """Open where one of the callers needs no sign-in: the same request can't be both."""
    if any(open_to_all(board.ctx, o) for o in operations):
        return ()
    return tuple(sorted({board.rights.scope(o) for o in operations}))


def _cache(ctx: Context, operation: Operation) -> Seconds | None:
    """As long as the data may be old, for what is nobody's own."""
    same = same_for_all(ctx.entities[operation.entity], operation)
    return operation.freshness.value if operation.freshness and same else None
