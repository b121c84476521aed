"""Refusals that belong to rules of the business: each is a problem type of its own, so that a client can tell them."""

from http import HTTPStatus

from archsmith.compose.api.board import Board
from archsmith.compose.api.words import with_article
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import listed, number
from archsmith.model.contracts import Act, Body, Endpoint, Refusal
from archsmith.model.domain import Entity, Operation
from archsmith.model.shapes import Source

_CONFLICT = int(HTTPStatus.CONFLICT)
_UNPROCESSABLE = int(HTTPStatus.UNPROCESSABLE_ENTITY)


def refusals(board: Board, endpoint: Endpoint) -> tuple[Refusal, ...]:
    """The rules that a request may break: in what state, taken by whom, too many, already there, not paid."""
    operations = [board.ctx.operations[o] for o in (endpoint.operation, *endpoint.also)]
    entity = board.ctx.entities[endpoint.entity]
    found: list[Refusal] = []
    if endpoint.from_states:
        found.append(_state(endpoint, "job" if endpoint.act is Act.JOB_CANCEL else entity.name))
    if endpoint.tag:
        return tuple(found)
    if not endpoint.companion:
        found += [_late(board, entity, o) for o in operations if o.until is not None]
    if endpoint.act is Act.CREATE and endpoint.success != HTTPStatus.ACCEPTED:
        found += _taken(board, entity, operations) + _too_many(board, entity)
    if endpoint.request in (Body.CREATE, Body.UPDATE, Body.FILE, Body.BATCH) and endpoint.act is not Act.RUN:
        found += _doubles(board, entity)
    if not endpoint.companion and _pays(board, operations):
        found.append(_declined(entity))
    if endpoint.act is Act.UPLOADED:
        found.append(_incomplete(entity))
    return tuple({r.type: r for r in found}.values())


def _state(endpoint: Endpoint, name: str) -> Refusal:
    verb = endpoint.path.rpartition("/")[2]
    said = listed((s.replace("_", " ") for s in endpoint.from_states), 6).replace(" and ", " or ")
    target = endpoint.to_state.replace("_", " ")
    one = with_article(name)
    return Refusal(
        type=slug(f"{slug(name)}-state-forbids-{verb}"),
        status=_CONFLICT,
        title=f"The state of the {name} does not allow this",
        detail=f"{one[:1].upper()}{one[1:]} gets {target} only from {said}.",
        description=f"Only from {said} does {one} get {target}. Read it again: somebody else may have been faster.",
        states=endpoint.from_states,
    )


def _late(board: Board, entity: Entity, operation: Operation) -> Refusal:
    """A time after which the brief does not allow it any more."""
    assert operation.until is not None, "asked only of operations with a limit"
    verb, one = operation.verb.replace("_", " "), with_article(entity.name)
    said = f"It is possible to {verb} {one} {operation.until.value}"
    return Refusal(
        type=slug(f"{slug(entity.name)}-too-late-to-{slug(verb)}"),
        status=_CONFLICT,
        title=f"It is too late to {verb} the {entity.name}",
        detail=f"{said}.",
        description=f"{said}, by the clock of the server. After that it stays as it is: trying again does not help.",
    )


def _taken(board: Board, entity: Entity, operations: list[Operation]) -> list[Refusal]:
    """What only one can have may be gone when the request arrives."""
    if not any(board.ctx.naming.has("claim_verbs", o.verb.replace("_", " ")) for o in operations):
        return []
    target = _claimed(board, entity, operations)
    if target is None:
        return []
    one = board.ctx.entities[target].name
    return [
        Refusal(
            type=slug(f"{slug(one)}-taken"),
            status=_CONFLICT,
            title=f"The {one} is taken",
            detail=f"Somebody else was faster: this {one} is not free any more.",
            description=f"Of two requests for the same {one} one is refused. Show what is free now.",
        )
    ]


def _claimed(board: Board, entity: Entity, operations: list[Operation]) -> EntityId | None:
    """What is claimed: something that changes along with it, is no part of it, and is neither a person nor money."""
    shape = board.shapes.get(entity.id)
    referred = [f.refers for f in shape.fields if f.source is Source.REFERENCE and f.required] if shape else []
    touched = [e for o in operations for e in o.touches]
    parts = {e for e, r in board.ctx.part_of.items() if r.target == entity.id}
    for near in [e for e in touched if e in referred] + touched:
        other = board.ctx.entities[near]
        money = board.ctx.kins.of(other.name) == "money"
        if near not in parts and near != entity.id and not board.things.is_person(near) and not money:
            return near
    return None


def _too_many(board: Board, entity: Entity) -> list[Refusal]:
    """A limit that the brief states: how many parts one whole has."""
    names = {entity.name.lower(), entity.plural.lower()}
    for said in board.ctx.requirements.relations:
        if said.most and said.part.lower() in names:
            most, many = number(said.most), entity.plural or entity.name
            return [
                Refusal(
                    type=slug(f"{slug(entity.name)}-limit-reached"),
                    status=_CONFLICT,
                    title=f"There are as many {many} as there may be",
                    detail=f"{with_article(said.whole).capitalize()} has at most {most} {many}.",
                    description=f"The brief allows {most} {many} for {with_article(said.whole)}. Remove one first.",
                )
            ]
    return []


def _doubles(board: Board, entity: Entity) -> list[Refusal]:
    shape = board.shapes.get(entity.id)
    fields = [f for f in shape.fields if f.unique and not f.read_only and f.shown] if shape else []
    return [
        Refusal(
            type=slug(f"{slug(entity.name)}-{slug(f.name)}-taken"),
            status=_CONFLICT,
            title=f"Another {entity.name} has this {f.name.replace('_', ' ')}",
            detail=f"There is {with_article(entity.name)} with this {f.name.replace('_', ' ')} already.",
            description=f"`{f.name}` is unique among {entity.plural or entity.name}.",
        )
        for f in fields
    ]


def _pays(board: Board, operations: list[Operation]) -> bool:
    """Whether the caller learns at once that the provider declines."""
    kinds = {s.id: s.kind for s in board.ctx.domain.systems}
    pays = (o for o in operations if any(kinds.get(s) == "payment" for s in o.calls) and o.calls_sync)
    return any(board.ctx.naming.has("payment_verbs", o.verb.replace("_", " ")) for o in pays)


def _declined(entity: Entity) -> Refusal:
    return Refusal(
        type="payment-declined",
        status=_UNPROCESSABLE,
        title="The payment was declined",
        detail="The payment provider declined this means of payment.",
        description=f"The {entity.name} stays as it was, and no money moved. Offer another means of payment.",
    )


def _incomplete(entity: Entity) -> Refusal:
    return Refusal(
        type="file-incomplete",
        status=_CONFLICT,
        title="The file is not there as it was announced",
        detail="Length or checksum differ from what was told, or nothing has arrived.",
        description=f"The {entity.name} is not shown before its file is whole. Get a new link and send it again.",
    )
