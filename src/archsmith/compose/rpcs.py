"""Pass: methods of gRPC, out of the endpoints that it carries and of the calls between services."""

from collections.abc import Iterator

from msgspec.structs import replace

from archsmith.compose.asked import Asked, Deed, asked, cause, row_of
from archsmith.compose.context import Context, ident_of
from archsmith.compose.draft import Draft
from archsmith.compose.flows.outside import GRPC
from archsmith.compose.names import Unique
from archsmith.kernel.ids import ElementId, ServiceId
from archsmith.kernel.names import pascal
from archsmith.model.architecture import Flow, Mode
from archsmith.model.contracts import Act, Body, Endpoint, Over
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Gives, Rpc
from archsmith.model.shapes import Field, Source

_IDS_MAX = 100
"""Rows that are asked for at once: a page at its longest."""


def rpcs(ctx: Context, draft: Draft) -> None:
    """Those of the API in the order of the endpoints, then those between services in the order of the flows."""
    draft.rpcs += [_public(ctx, draft, e) for e in draft.endpoints if e.over is Over.GRPC]
    inside: dict[tuple[ServiceId, str], Rpc] = {}
    names = {s.id: Unique(r.name for r in draft.rpcs if r.service == s.id) for s in draft.services}
    for flow in draft.flows:
        if flow.mode is Mode.SYNC and flow.protocol == GRPC:
            for wish, rpc in _between(ctx, draft, flow):
                known = inside.get((rpc.service, wish))
                inside[rpc.service, wish] = _shared(known, rpc) if known else _named(names, rpc)
    draft.rpcs += inside.values()


def _named(names: dict[ServiceId, Unique], rpc: Rpc) -> Rpc:
    return replace(rpc, name=names[rpc.service].take(rpc.name, rpc.name, ""))


def _shared(known: Rpc, rpc: Rpc) -> Rpc:
    """The method with one more caller, who may wait longer."""
    waits = max((d for d in (known.deadline, rpc.deadline) if d is not None), default=None)
    return replace(
        known,
        callers=tuple(dict.fromkeys([*known.callers, *rpc.callers])),
        operations=tuple(dict.fromkeys([*known.operations, *rpc.operations])),
        deadline=waits,
    )


def _public(ctx: Context, draft: Draft, endpoint: Endpoint) -> Rpc:
    """A method of the API: its request has the parameters and the body of the endpoint."""
    gives = {Act.LIST: Gives.PAGE, Act.DELETE: Gives.NOTHING}.get(endpoint.act, Gives.ONE)
    flows = [f for f in draft.flows if endpoint.operation in f.operations and f.source.startswith("actor:")]
    return Rpc(
        service=endpoint.service,
        name=endpoint.path,
        summary=endpoint.summary,
        entity=endpoint.entity,
        operations=(endpoint.operation, *endpoint.also),
        takes=tuple({f.name: f for f in _taken(ctx, draft, endpoint)}.values()),
        gives=gives,
        safe=endpoint.act in (Act.LIST, Act.GET, Act.SUMMARY, Act.JOB),
        keyed=endpoint.idempotency_key,
        deadline=next((f.timeout for f in flows if f.timeout), None),
        scopes=endpoint.scopes,
        errors=endpoint.problems,
        because=endpoint.because,
    )


def _taken(ctx: Context, draft: Draft, endpoint: Endpoint) -> Iterator[Field]:
    """Parameters, body, and the version that a change is based on."""
    yield from _parameters(endpoint)
    yield from _body(ctx, draft, endpoint)
    shape = draft.shape_of(endpoint.entity)
    lock = shape.field(shape.lock) if shape.lock else None
    if lock and endpoint.etag and endpoint.act in (Act.UPDATE, Act.DELETE, Act.STEP):
        yield replace(lock, name="expected_version", description="The version that the caller has read")


def _parameters(endpoint: Endpoint) -> Iterator[Field]:
    for p in endpoint.parameters:
        if p.name not in ("cursor", "limit"):
            kind = AttributeType.TEXT if p.type is AttributeType.STATE else p.type
            yield Field(
                name=p.name,
                source=Source.DESIGN,
                type=kind,
                description=p.description,
                required=p.required,
                many=p.many,
            )


def _body(ctx: Context, draft: Draft, endpoint: Endpoint) -> tuple[Field, ...]:
    """What a client sends beside the parameters: neither set by us nor told by who calls."""
    if endpoint.request not in (Body.CREATE, Body.UPDATE):
        return endpoint.takes
    actor = ctx.operations[endpoint.operation].actor
    told = {r.column for r in draft.ownership if r.entity == endpoint.entity and r.actor in (actor, None)}
    fields = draft.shape_of(endpoint.entity).fields
    sent = (f for f in fields if f.shown and not f.read_only and f.name not in told)
    return tuple(replace(f, required=False) if endpoint.request is Body.UPDATE else f for f in sent)


def _between(ctx: Context, draft: Draft, flow: Flow) -> Iterator[tuple[str, Rpc]]:
    """What one service asks of another: rows by their ids, or its part of a change, and the undoing of it."""
    for one in asked(ctx, ServiceId(ident_of(flow.target)), flow.operations):
        build = _read if one.deed is Deed.READ else _change
        yield build(ctx, draft, flow, one)


def _read(ctx: Context, draft: Draft, flow: Flow, one: Asked) -> tuple[str, Rpc]:
    entity = ctx.entities[one.entity]
    plural = entity.plural
    ids = row_of(entity, "ids", f"Ids of {plural}", _IDS_MAX)
    name = f"BatchGet{draft.shape_of(one.entity).plural_name}"
    said = f"The {plural} with these ids, in their order"
    return name, _inside(ctx, flow, one, name, said, (ids,), Gives.MANY)


def _change(ctx: Context, draft: Draft, flow: Flow, one: Asked) -> tuple[str, Rpc]:
    entity = ctx.entities[one.entity]
    row = row_of(entity, f"{ctx.names[entity.id].singular}_id", f"Id of the {entity.name} that changes")
    done = f"{pascal(one.operation.name)}On{draft.shape_of(one.entity).type_name}"
    name, said = done, f"The part of {one.operation.name} that changes the {entity.name}"
    if one.deed is Deed.UNDO:
        name = f"Undo{done}"
        said = f"Takes back what {done} did, where {one.operation.name} fails later on; nothing is there to undo: OK"
    return name, _inside(ctx, flow, one, name, said, (row, cause(ctx, one)), Gives.ONE)


def _inside(
    ctx: Context,
    flow: Flow,
    one: Asked,
    name: str,
    said: str,
    takes: tuple[Field, ...],
    gives: Gives,
) -> Rpc:
    safe = one.deed is Deed.READ
    return Rpc(
        service=one.service,
        name=name,
        summary=said,
        entity=one.entity,
        operations=(one.operation.id,),
        takes=takes,
        gives=gives,
        safe=safe,
        keyed=not safe,
        deadline=flow.timeout,
        callers=(ElementId(flow.source),),
        errors=(404, 503) if safe else (404, 409, 422, 503),
        because=ctx.because(Dimension.INTERNAL_CALLS, Dimension.API_STYLE),
    )
