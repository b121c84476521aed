"""Who may call an endpoint, and how a caller proves who it is."""

from msgspec.structs import replace

from archsmith.compose.actors import Caller, caller, guests_welcome
from archsmith.compose.api.board import Board
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.model.contracts import Act, Audience, Endpoint
from archsmith.model.domain import DataClass

READS = frozenset({Act.GET, Act.LIST, Act.SUMMARY, Act.DOWNLOAD})
SIGNED_LINK = "signed_link"
"""A link that was mailed to somebody without an account: it opens what that person made, and nothing else."""
_MILD = frozenset({DataClass.PUBLIC, DataClass.INTERNAL})


def open_things(board: Board) -> frozenset[EntityId]:
    """The entities that anybody may read: those with an open read, and what such requests stand below or refer to.

    What is about people or worse stays closed, unless the brief opens it itself.
    """
    bare = [e for e in board.endpoints if not e.scopes and not e.proofs and not e.tag]
    found = {e.entity for e in bare if e.act in READS}
    todo = list(dict.fromkeys(e.entity for e in bare))
    for entity in todo:
        for near in _near(board, entity):
            if near not in found and board.ctx.entities[near].data_class in _MILD:
                found.add(near)
                todo.append(near)
    return frozenset(found | {e for e in board.shapes if _is_term(board, e, found)})


def _is_term(board: Board, entity: EntityId, public: set[EntityId]) -> bool:
    """Whether it says on what terms something is offered that anybody may see: who sees the desk sees when it opens."""
    own = board.ctx.entities[entity]
    if own.data_class not in _MILD or not board.ctx.kins.tells_of_offer(own.name):
        return False
    return any(f.refers in public for f in board.shapes[entity].fields)


def _near(board: Board, entity: EntityId) -> list[EntityId]:
    """The whole that an entity is part of, and what a row of it must refer to."""
    whole = board.ctx.part_of.get(entity)
    shape = board.shapes.get(entity)
    required = [f.refers for f in shape.fields if f.refers and f.required and not f.many] if shape else []
    return ([whole.target] if whole else []) + [e for e in required if not board.things.is_person(e)]


def reading(board: Board, entity: EntityId, public: frozenset[EntityId], causes: list[Endpoint]) -> tuple[str, ...]:
    """The scopes that reading an entity takes; the callers of `causes` get them. None where anybody may."""
    if entity in public:
        return ()
    scope = board.rights.read(entity)
    board.grant(scope, causes)
    return (scope,)


def opened(board: Board, endpoint: Endpoint) -> Endpoint:
    """The endpoint with its audience and the proofs that it takes."""
    actors = _actors(board, endpoint)
    proofs = endpoint.proofs
    if endpoint.scopes and not proofs:
        methods = {a.actor: a.method for a in board.draft.authentication}
        proofs = tuple(dict.fromkeys(methods[a] for a in actors if methods.get(a, "anonymous") != "anonymous"))
        proofs = proofs or tuple(dict.fromkeys(m for m in methods.values() if m != "anonymous"))[:1]
        if _made_by_guests(board, endpoint):
            proofs = (*proofs, SIGNED_LINK)
        if not proofs:  # nobody has an account: a scope is nothing that anyone could get
            endpoint, proofs = replace(endpoint, scopes=()), (SIGNED_LINK,)
    elif not proofs and _made_by_guests(board, endpoint) and _is_private(board, endpoint):
        proofs = (SIGNED_LINK,)
    audience = endpoint.audience if endpoint.act is Act.CALLBACK else _audience(board, actors)
    return replace(endpoint, audience=audience, proofs=proofs)


def _actors(board: Board, endpoint: Endpoint) -> list[ActorId]:
    """Those whose operation it is, and all who have its scope."""
    own = [board.ctx.operations[o].actor for o in (endpoint.operation, *endpoint.also)]
    holders = [a for s in board.draft.scopes if s.id in endpoint.scopes for a in s.actors]
    return list(dict.fromkeys([*own, *holders]))


def _made_by_guests(board: Board, endpoint: Endpoint) -> bool:
    """Whether it shows or steps on one thing that somebody without an account may have made."""
    if endpoint.tag or endpoint.act not in (Act.GET, Act.STEP, Act.DOWNLOAD):
        return False
    made = [e for e in board.endpoints if e.entity == endpoint.entity and e.act is Act.CREATE and not e.scopes]
    makers = [board.ctx.actors[board.ctx.operations[e.operation].actor] for e in made]
    return any(guests_welcome(board.ctx, a) or caller(board.ctx, a) is Caller.ANONYMOUS for a in makers)


def _is_private(board: Board, endpoint: Endpoint) -> bool:
    """Whether what it reaches concerns whoever made it: to know an id is no proof."""
    return board.ctx.entities[endpoint.entity].data_class not in _MILD


def _audience(board: Board, actors: list[ActorId]) -> Audience:
    people = [board.ctx.actors[a] for a in actors if not board.ctx.actors[a].internal]
    if any(caller(board.ctx, a) in (Caller.PERSON, Caller.ANONYMOUS) for a in people):
        return Audience.PUBLIC
    return Audience.PARTNER if people else Audience.STAFF
