"""What people see and correct about themselves: the row of whoever calls, known by the token."""

from archsmith.compose.actors import Caller, caller
from archsmith.compose.api.board import Board
from archsmith.compose.ownership import actor_entity, subject_entities
from archsmith.compose.routes import collection_path
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.model.contracts import Act, Body, Endpoint

_SIGNED_IN = frozenset({"oidc", "password"})


def profiles(board: Board) -> None:
    """Two for each kind of people from outside who own something here: reading and correcting their own record."""
    ctx = board.ctx
    subjects = subject_entities(ctx, board.draft)
    methods = {a.actor: a.method for a in board.draft.authentication}
    for actor in ctx.domain.actors:
        entity = actor_entity(ctx, actor.id)
        if entity is None or entity not in subjects or actor.internal:
            continue
        if methods.get(actor.id) in _SIGNED_IN and caller(ctx, actor) is Caller.PERSON:
            first = _first(board, actor.id)
            if first is not None:
                _profile(board, first, entity, actor.id)


def _first(board: Board, actor: ActorId) -> Endpoint | None:
    """The first thing that such a person does."""
    own = (e for e in board.endpoints if board.ctx.operations[e.operation].actor == actor)
    return next((e for e in own if not e.companion), None)


def _profile(board: Board, first: Endpoint, entity: EntityId, actor: ActorId) -> None:
    name, names = board.ctx.entities[entity].name, board.ctx.names[entity]
    path, shape = f"{collection_path(board.ctx, entity)}/self", board.shapes.get(entity)
    if "{" in path:
        return
    locked = bool(shape and shape.lock)
    read, write = f"{names.collection}:read-own", f"{names.collection}:write-own"
    board.grant(read, [first], f"See your own {name} record", only=actor)
    made = f"The record of a {name} is made at the first sign-in;"
    board.beside(
        first, Act.GET, "GET", path, f"{made} people may see what is kept about them.", entity=entity,
        operation_id=f"get_own_{names.singular}", summary=f"Get your own {name} record", scopes=(read,), etag=locked,
        cache=None,
    )  # fmt: skip
    if shape is None or not any(f.shown and not f.read_only and not f.refers for f in shape.fields):
        return
    board.grant(write, [first], f"Correct your own {name} record", only=actor)
    board.beside(
        first, Act.UPDATE, "PATCH", path, f"{made} people may correct what is kept about them.", entity=entity,
        operation_id=f"update_own_{names.singular}", summary=f"Correct your own {name} record", request=Body.UPDATE,
        scopes=(write,), etag=locked, cache=None,
    )  # fmt: skip
