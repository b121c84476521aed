"""Pass: methods of gRPC, out of the endpoints that it carries and of the calls between services."""

from collections.abc import Iterator

from msgspec.structs import replace

from archsmith.compose.actors import reads
from archsmith.compose.context import Context, ident_of
from archsmith.compose.draft import Draft
from archsmith.compose.flows.outside import GRPC
from archsmith.compose.names import Unique
from archsmith.kernel.ids import ElementId, EntityId, ServiceId
from archsmith.kernel.names import pascal
from archsmith.model.architecture import Flow, Mode
from archsmith.model.contracts import Act, Body, Endpoint, Over
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.flow_choices import Way
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
    service = ServiceId(ident_of(flow.target))
    for operation in (ctx.operations[o] for o in flow.operations):
        for entity in dict.fromkeys((operation.entity, *operation.touches)):
            if ctx.owner_of[entity].id != service:
                continue
            if reads(operation):
                yield from [_read(ctx, draft, flow, operation, entity)]
            else:
                yield from _changes(ctx, draft, flow, operation, entity)


def _read(ctx: Context, draft: Draft, flow: Flow, operation: Operation, entity: EntityId) -> tuple[str, Rpc]:
    shape = draft.shape_of(entity)
    ids = Field(
        name="ids",
        source=Source.REFERENCE,
        type=AttributeType.UUID,
        description=f"Ids of {ctx.entities[entity].plural}",
        required=True,
        refers=entity,
        many=True,
        max_items=_IDS_MAX,
    )
    name = f"BatchGet{shape.plural_name}"
    said = f"The {ctx.entities[entity].plural} with these ids, in their order"
    return name, _inside(ctx, flow, operation, entity, name, said, (ids,), Gives.MANY, safe=True)


def _changes(
    ctx: Context, draft: Draft, flow: Flow, operation: Operation, entity: EntityId
) -> Iterator[tuple[str, Rpc]]:
    shape, own = draft.shape_of(entity), ctx.entities[operation.entity]
    row = Field(
        name=f"{ctx.names[entity].singular}_id",
        source=Source.REFERENCE,
        type=AttributeType.UUID,
        description=f"Id of the {ctx.entities[entity].name} that changes",
        required=True,
        refers=entity,
    )
    cause = replace(row, name="caused_by_id", description=f"Id of the {own.name} because of which", refers=own.id)
    name = f"{pascal(operation.name)}On{shape.type_name}"
    said = f"The part of {operation.name} that changes the {ctx.entities[entity].name}"
    yield name, _inside(ctx, flow, operation, entity, name, said, (row, cause), Gives.ONE, safe=False)
    saga = any(c.operation == operation.id and c.way is Way.SAGA for c in ctx.decisions.flows)
    if saga:
        undone = f"Undo{name}"
        text = f"Takes back what {name} did, where {operation.name} fails later on; nothing is there to undo: OK"
        yield undone, _inside(ctx, flow, operation, entity, undone, text, (row, cause), Gives.ONE, safe=False)


def _inside(
    ctx: Context,
    flow: Flow,
    operation: Operation,
    entity: EntityId,
    name: str,
    said: str,
    takes: tuple[Field, ...],
    gives: Gives,
    *,
    safe: bool,
) -> Rpc:
    return Rpc(
        service=ServiceId(ident_of(flow.target)),
        name=name,
        summary=said,
        entity=entity,
        operations=(operation.id,),
        takes=takes,
        gives=gives,
        safe=safe,
        keyed=not safe,
        deadline=flow.timeout,
        callers=(ElementId(flow.source),),
        errors=(404, 503) if safe else (404, 409, 422, 503),
        because=ctx.because(Dimension.INTERNAL_CALLS, Dimension.API_STYLE),
    )
