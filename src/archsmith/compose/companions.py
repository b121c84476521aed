"""Endpoints that others need: reading back what was made, and the state of long-running work."""

from http import HTTPStatus

from msgspec.structs import replace

from archsmith.compose.actors import signs_in
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters
from archsmith.compose.routes import item_path, shape
from archsmith.compose.scopes import jobs, read_scope
from archsmith.kernel.ids import ActorId, OperationId, ServiceId
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Scope
from archsmith.model.contracts import Body, Endpoint

_PROBLEMS = (400, 401, 403, 404, 429, 500, 503)


def read_back(ctx: Context, draft: Draft, identifiers: Unique) -> None:
    """What is made can be read at its `Location`; what is changed under `If-Match` has an `ETag` to be read first."""
    taken = {shape(e.method, e.path) for e in draft.endpoints}
    for endpoint in list(draft.endpoints):
        path = item_path(ctx, endpoint.entity)
        made = endpoint.success == HTTPStatus.CREATED or (endpoint.etag and endpoint.method != "GET")
        if not made or signs_in(ctx, ctx.operations[endpoint.operation]) or shape("GET", path) in taken:
            continue
        taken.add(shape("GET", path))
        scope = read_scope(ctx, endpoint.entity)
        name = ctx.entities[endpoint.entity].name
        _open(ctx, draft, scope, f"read {ctx.entities[endpoint.entity].plural}", [endpoint])
        draft.endpoints.append(
            Endpoint(
                operation=endpoint.operation,
                companion=True,
                service=endpoint.service,
                entity=endpoint.entity,
                operation_id=identifiers.take(f"get_{ctx.names[endpoint.entity].singular}", endpoint.entity),
                method="GET",
                path=path,
                summary=f"Read the {name} back",
                parameters=tuple(path_parameters(ctx, path)),
                request=Body.NONE,
                response=Body.ONE,
                success=HTTPStatus.OK,
                problems=_PROBLEMS,
                scopes=(scope,),
                idempotency_key=False,
                etag=True,
                rate_limit=endpoint.rate_limit,
                because=endpoint.because,
            )
        )


def job_states(ctx: Context, draft: Draft, identifiers: Unique) -> None:
    """Long-running work answers 202 with a job; this is where its state is read."""
    for service in dict.fromkeys(e.service for e in draft.endpoints):
        started = [e for e in draft.endpoints if e.service == service and e.response is Body.ACCEPTED]
        if started:
            _open(ctx, draft, f"{jobs(ctx)}:read", "see how far long-running work is", started)
            draft.endpoints.append(_job(ctx, draft, started[0], service, identifiers))


def _open(ctx: Context, draft: Draft, ident: str, what: str, endpoints: list[Endpoint]) -> None:
    """Adds the operations of the endpoints, and their callers, to a scope; makes it where there is none."""
    operations = [o for e in endpoints for o in (e.operation, *e.also)]
    known = next((at for at, scope in enumerate(draft.scopes) if scope.id == ident), None)
    if known is None:
        description = f"Lets {listed(ctx.actors[a].name for a in _actors(ctx, operations))} {what}"
        draft.scopes.append(Scope(id=ident, description=description, operations=(), actors=()))
        known = len(draft.scopes) - 1
    scope = draft.scopes[known]
    merged = list(dict.fromkeys([*scope.operations, *operations]))
    draft.scopes[known] = replace(scope, operations=tuple(merged), actors=tuple(_actors(ctx, merged)))
    draft.scopes.sort(key=lambda s: s.id)


def _actors(ctx: Context, operations: list[OperationId]) -> list[ActorId]:
    return list(dict.fromkeys(ctx.operations[o].actor for o in operations))


def _job(ctx: Context, draft: Draft, first: Endpoint, service: ServiceId, identifiers: Unique) -> Endpoint:
    path = f"/{jobs(ctx)}/{{job_id}}"
    if any(e.path == path for e in draft.endpoints):
        path = f"/{jobs(ctx)}/of-{slug(service)}/{{job_id}}"
    return Endpoint(
        operation=first.operation,
        companion=True,
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
        problems=_PROBLEMS,
        scopes=(f"{jobs(ctx)}:read",),
        idempotency_key=False,
        etag=False,
        rate_limit=first.rate_limit,
        because=first.because,
    )
