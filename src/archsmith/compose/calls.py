"""Pass: endpoints that only our own services call, where they ask each other over HTTPS.

They stand in the document of the service that is called, below `/internal`, which the edge does not let through.
"""

import math
from http import HTTPStatus
from typing import Final

from msgspec.structs import replace

from archsmith.compose.asked import Asked, Deed, asked, cause
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import total_peak
from archsmith.compose.flows.outside import GRPC, between, called
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters
from archsmith.compose.problems import statuses
from archsmith.compose.rate_limits import limit_id, limited
from archsmith.kernel.ids import ServiceId
from archsmith.kernel.names import snake
from archsmith.model.contracts import INTERNAL, Act, Audience, Body, Endpoint, Parameter
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType

_PEERS: Final = "peers"
"""The class of requests whose callers are services."""


def calls(ctx: Context, draft: Draft) -> None:
    """One for each thing that is asked for, whoever asks; and what each service takes from its peers at most."""
    if called(ctx) == GRPC:
        return
    made: dict[tuple[ServiceId, str, str], Endpoint] = {}
    peaks: dict[ServiceId, list[float]] = {}
    for source, target, waits, operations in between(ctx, draft):
        if waits:
            peaks.setdefault(target, []).append(total_peak(operations))
            for one in asked(ctx, target, (o.id for o in operations)):
                endpoint = _read(ctx, source, one) if one.deed is Deed.READ else _change(ctx, source, one)
                key = (endpoint.service, endpoint.method, endpoint.path)
                made[key] = _shared(made[key], endpoint) if key in made else endpoint
    for service, loads in peaks.items():
        draft.rate_limits.append(limited(ctx, service, _PEERS, math.fsum(loads), len(loads)))
    names = Unique(e.operation_id for e in draft.endpoints)
    for endpoint in made.values():
        named = replace(endpoint, operation_id=names.take(endpoint.operation_id, endpoint.path))
        draft.endpoints.append(replace(named, problems=statuses(ctx, named, set())))


def _shared(known: Endpoint, other: Endpoint) -> Endpoint:
    """The endpoint with one more caller."""
    also = dict.fromkeys([*known.also, *(o for o in (other.operation, *other.also) if o != known.operation)])
    return replace(known, also=tuple(also), callers=tuple(dict.fromkeys([*known.callers, *other.callers])))


def _read(ctx: Context, source: ServiceId, one: Asked) -> Endpoint:
    names, plural = ctx.names[one.entity], ctx.entities[one.entity].plural
    ids = Parameter(
        name="ids",
        place="query",
        type=AttributeType.UUID,
        required=True,
        description=f"Ids of {plural}; what is not there is left out of the answer",
        attribute="id",
        many=True,
    )
    return replace(
        _endpoint(ctx, source, one, f"{INTERNAL}/{names.collection}"),
        operation_id=f"get_{snake(names.collection)}_by_ids",
        summary=f"Get {plural} by their ids",
        parameters=(ids,),
        response=Body.PAGE,
    )


def _change(ctx: Context, source: ServiceId, one: Asked) -> Endpoint:
    names, name = ctx.names[one.entity], ctx.entities[one.entity].name
    undo = one.deed is Deed.UNDO
    verb = f"undo-{one.operation.id}" if undo else one.operation.id
    path = f"{INTERNAL}/{names.collection}/{{{names.parameter}}}/{verb}"
    part = f"the part of '{one.operation.name}' that changes {ctx.entities[one.entity].plural}"
    return replace(
        _endpoint(ctx, source, one, path),
        act=Act.STEP,
        operation_id=f"{snake(verb)}_on_{names.singular}",
        method="POST",
        summary=f"Take back {part}" if undo else f"Do {part}",
        parameters=tuple(path_parameters(ctx, path)),
        request=Body.FIELDS,
        response=Body.NONE if undo else Body.ONE,
        takes=(cause(ctx, one),),
        success=HTTPStatus.NO_CONTENT if undo else HTTPStatus.OK,
        idempotency_key=True,
        reason=f"Where '{one.operation.name}' fails later on, what was done to the {name} is taken back; where nothing "
        "was done, that is a success too."
        if undo
        else f"'{one.operation.name}' changes what this service keeps, and answers when that is done.",
    )


def _endpoint(ctx: Context, source: ServiceId, one: Asked, path: str) -> Endpoint:
    return Endpoint(
        operation=one.operation.id,
        companion=True,
        reason=f"'{one.operation.name}' shows what this service keeps.",
        service=one.service,
        entity=one.entity,
        act=Act.GET,
        audience=Audience.COMPONENT,
        operation_id="",
        method="GET",
        path=path,
        summary="",
        parameters=(),
        request=Body.NONE,
        response=Body.ONE,
        success=HTTPStatus.OK,
        problems=(),
        scopes=(),
        proofs=("service_token",),
        callers=(source,),
        idempotency_key=False,
        etag=False,
        rate_limit=limit_id(one.service, _PEERS),
        because=ctx.because(Dimension.INTERNAL_CALLS, Dimension.PARTITION),
    )
