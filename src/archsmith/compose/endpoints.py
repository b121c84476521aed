"""Pass: the HTTP API. Each operation that a caller triggers gets an endpoint; like requests share one."""

from dataclasses import dataclass, field
from http import HTTPStatus

from archsmith.compose.actors import has_endpoint, open_to_all, reads
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters, query_parameters
from archsmith.compose.problems import problems
from archsmith.compose.rate_limits import class_of, limit_id
from archsmith.compose.routes import Route, routes, same_request
from archsmith.compose.scopes import jobs, scope_of
from archsmith.kernel.ids import ServiceId
from archsmith.kernel.names import slug, snake
from archsmith.kernel.units import Seconds
from archsmith.model.architecture import Scope
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Access, DataClass, Operation
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
    _jobs(ctx, draft, identifiers)


def _shape(route: Route) -> tuple[str, str]:
    """Two paths that differ in the names of their parameters only are the same path to a client."""
    return route.method, "/".join("{}" if part.startswith("{") else part for part in route.path.split("/"))


def _place(ctx: Context, operation: Operation, taken: dict[tuple[str, str], _Taken]) -> None:
    wished = routes(ctx, operation)
    for route in wished:
        other = taken.get(_shape(route))
        if other is None:
            taken[_shape(route)] = _Taken(route, [operation])
            return
        if same_request(ctx, other.operations[0], operation):
            other.operations.append(operation)
            return
    last = wished[-1]
    own = Unique(path for method, path in taken if method == last.method)
    path = own.take(f"{_shape(last)[1]}/{slug(operation.id)}", operation.id, "-", limit=2048)
    route = Route(last.method, f"{last.path}/{path.rsplit('/', 1)[1]}", last.item)
    taken[_shape(route)] = _Taken(route, [operation])


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
    entity = ctx.entities[operation.entity]
    shared = entity.data_class in (DataClass.PUBLIC, DataClass.INTERNAL) and entity.owner is None
    return operation.freshness.value if operation.freshness and shared else None


def _identifier(operation: Operation, identifiers: Unique) -> str:
    name = snake(operation.name)
    return identifiers.take(name, operation.id)


def _summary(operation: Operation, operations: list[Operation]) -> str:
    said = dict.fromkeys(o.name for o in operations)
    first = operation.name[:1].upper() + operation.name[1:]
    others = [name for name in said if name != operation.name]
    return f"{first}; also: {', '.join(others)}" if others else first


def _jobs(ctx: Context, draft: Draft, identifiers: Unique) -> None:
    """Long-running work answers 202 with a job; this is where its state is read."""
    for service in dict.fromkeys(e.service for e in draft.endpoints):
        started = [e for e in draft.endpoints if e.service == service and e.response is Body.ACCEPTED]
        if started:
            _job_scope(ctx, draft, started)
            draft.endpoints.append(_job(ctx, draft, started[0], service, identifiers))


def _job_scope(ctx: Context, draft: Draft, started: list[Endpoint]) -> None:
    ids = [o for e in started for o in (e.operation, *e.also)]
    opens = f"{jobs(ctx)}:read"
    known = [scope for scope in draft.scopes if scope.id == opens]
    operations = dict.fromkeys([*(o for scope in known for o in scope.operations), *ids])
    draft.scopes[:] = [scope for scope in draft.scopes if scope.id != opens]
    draft.scopes.append(
        Scope(
            id=opens,
            description="Lets whoever started long-running work see how far it is",
            operations=tuple(operations),
            actors=tuple(dict.fromkeys(ctx.operations[o].actor for o in operations)),
        )
    )


def _job(ctx: Context, draft: Draft, first: Endpoint, service: ServiceId, identifiers: Unique) -> Endpoint:
    path = f"/{jobs(ctx)}/{{job_id}}"
    if any(e.path == path for e in draft.endpoints):
        path = f"/{jobs(ctx)}/of-{slug(service)}/{{job_id}}"
    return Endpoint(
        operation=first.operation,
        service=service,
        entity=first.entity,
        operation_id=identifiers.take("get_job", service),
        method="GET",
        path=path,
        summary="See how far long-running work is",
        parameters=tuple(path_parameters(ctx, path)),
        request=Body.NONE,
        response=Body.ACCEPTED,
        success=HTTPStatus.OK,
        problems=(400, 401, 403, 404, 429, 503),
        scopes=(f"{jobs(ctx)}:read",),
        idempotency_key=False,
        etag=False,
        rate_limit=first.rate_limit,
        because=first.because,
    )
