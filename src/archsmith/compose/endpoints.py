"""Pass: the HTTP API. Each operation that a caller triggers gets an endpoint; like requests share one."""

from dataclasses import dataclass, field
from http import HTTPStatus

from archsmith.compose.actors import has_endpoint, open_to_all, reads
from archsmith.compose.companions import job_states, read_back
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters, query_parameters
from archsmith.compose.problems import problems
from archsmith.compose.rate_limits import class_of, limit_id
from archsmith.compose.routes import Route, routes, same_request, shape
from archsmith.compose.scopes import scope_of
from archsmith.kernel.names import slug, snake
from archsmith.kernel.units import Seconds
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, Operation, same_for_all
from archsmith.model.requirements import OperationKind


@dataclass
class _Taken:
    """A route and the operations that it serves; the first one names it."""

    route: Route
    operations: list[Operation] = field(default_factory=list)


def endpoints(ctx: Context, draft: Draft) -> None:
    """Routes are handed out in domain order, so that what the brief names first gets the plainest path."""
    taken: dict[tuple[str, str], _Taken] = {}
    for operation in ctx.domain.operations:
        if has_endpoint(ctx, operation):
            _place(ctx, operation, taken)
    identifiers = Unique()
    for entry in taken.values():
        draft.endpoints.append(_endpoint(ctx, entry, identifiers))
    read_back(ctx, draft, identifiers)
    job_states(ctx, draft, identifiers)


def _place(ctx: Context, operation: Operation, taken: dict[tuple[str, str], _Taken]) -> None:
    wished = routes(ctx, operation)
    for route in wished:
        other = taken.get(shape(route.method, route.path))
        if other is None:
            taken[shape(route.method, route.path)] = _Taken(route, [operation])
            return
        if same_request(ctx, other.operations[0], operation):
            other.operations.append(operation)
            return
    last = wished[-1]
    own = Unique(path for method, path in taken if method == last.method)
    path = own.take(f"{shape(last.method, last.path)[1]}/{slug(operation.id)}", operation.id, "-", limit=2048)
    route = Route(last.method, f"{last.path}/{path.rsplit('/', 1)[1]}", last.item)
    taken[shape(route.method, route.path)] = _Taken(route, [operation])


def _endpoint(ctx: Context, entry: _Taken, identifiers: Unique) -> Endpoint:
    operation, route = entry.operations[0], entry.route
    entity = ctx.entities[operation.entity]
    request, response, success = _bodies(ctx, operation, route)
    scopes = _scopes(ctx, entry.operations)
    creates = operation.access is Access.CREATE
    streams = operation.kind is OperationKind.STREAM  # a report is known again by its sender and its time
    unsafe = route.method == "POST" and not reads(operation) and not streams and (creates or not operation.idempotent)
    etag = route.method in ("PATCH", "DELETE") or (route.method == "GET" and route.item and response is Body.ONE)
    parameters = [
        *path_parameters(ctx, route.path),
        *(query_parameters(ctx, entry.operations, route, response is Body.PAGE) if route.method == "GET" else ()),
    ]
    group = ctx.group_of[operation.id]
    return Endpoint(
        operation=operation.id,
        also=tuple(o.id for o in entry.operations[1:]),
        service=group.id,
        entity=entity.id,
        operation_id=_identifier(operation, identifiers),
        method=route.method,
        path=route.path,
        summary=_summary(operation, entry.operations),
        parameters=tuple(parameters),
        request=request,
        response=response,
        success=success,
        problems=problems(ctx, operation, route, request, scopes, unsafe, bool(parameters)),
        scopes=scopes,
        idempotency_key=unsafe,
        etag=etag,
        cache=_cache(ctx, operation) if reads(operation) else None,
        rate_limit=limit_id(group.id, class_of(ctx, operation)),
        because=ctx.because(Dimension.API_STYLE, Dimension.PARTITION),
    )


def _bodies(ctx: Context, operation: Operation, route: Route) -> tuple[Body, Body, int]:
    """What goes in, what comes out, and the status of success."""
    entity = ctx.entities[operation.entity]
    small = 0 < entity.blob_bytes.value <= ctx.parameter("upload.direct_above")
    match operation.access:
        case Access.GET if route.path.endswith("/file"):
            return Body.NONE, Body.FILE, HTTPStatus.OK
        case Access.GET:
            return Body.NONE, Body.ONE, HTTPStatus.OK
        case Access.LIST | Access.SEARCH:
            return Body.NONE, Body.PAGE, HTTPStatus.OK
        case Access.AGGREGATE | Access.COMPUTE if reads(operation):
            return Body.NONE, Body.SUMMARY, HTTPStatus.OK
        case Access.CREATE if small and ctx.naming.has("upload_verbs", operation.verb):
            return Body.FILE, Body.ONE, HTTPStatus.CREATED
        case Access.CREATE | Access.APPEND if operation.kind is OperationKind.STREAM:
            return Body.CREATE, Body.NONE, HTTPStatus.ACCEPTED
        case Access.CREATE | Access.APPEND:
            return Body.CREATE, Body.ONE, HTTPStatus.CREATED
        case Access.UPDATE if route.method == "PATCH":
            return Body.UPDATE, Body.ONE, HTTPStatus.OK
        case Access.DELETE:
            return Body.NONE, Body.NONE, HTTPStatus.NO_CONTENT
        case Access.IMPORT:
            return Body.FILE, Body.ACCEPTED, HTTPStatus.ACCEPTED
        case Access.EXPORT | Access.COMPUTE | Access.NOTIFY:
            return Body.ACTION, Body.ACCEPTED, HTTPStatus.ACCEPTED
        case _:
            return Body.ACTION, Body.ONE, HTTPStatus.OK


def _scopes(ctx: Context, operations: list[Operation]) -> tuple[str, ...]:
    """Open where one of the callers needs no sign-in: the same request can't be both."""
    if any(open_to_all(ctx, o) for o in operations):
        return ()
    return tuple(sorted({scope_of(ctx, o) for o in operations}))


def _cache(ctx: Context, operation: Operation) -> Seconds | None:
    """As long as the data may be old, for what is nobody's own."""
    shared = same_for_all(ctx.entities[operation.entity], operation)
    return operation.freshness.value if operation.freshness and shared else None


def _identifier(operation: Operation, identifiers: Unique) -> str:
    name = snake(operation.name)
    return identifiers.take(name, operation.id)


def _summary(operation: Operation, operations: list[Operation]) -> str:
    said = dict.fromkeys(o.name for o in operations)
    first = operation.name[:1].upper() + operation.name[1:]
    others = [name for name in said if name != operation.name]
    return f"{first}; also: {', '.join(others)}" if others else first
