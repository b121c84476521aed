"""What endpoints need to be of use: what is made can be read, what is read can be found, what is named is chosen."""

from http import HTTPStatus

from archsmith.compose.api.access import open_things, reading
from archsmith.compose.api.board import Board
from archsmith.compose.api.things import is_file, stateful
from archsmith.compose.ownership import actor_entity
from archsmith.compose.parameters import page_parameters, path_parameters
from archsmith.compose.routes import collection_path, item_path
from archsmith.kernel.ids import EntityId
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.shapes import Source

_ON_ONE = frozenset({Act.UPDATE, Act.DELETE, Act.STEP, Act.DOWNLOAD, Act.UPLOAD})


def needs(board: Board) -> None:
    """Goes on until nothing is missing: what is added here needs its own parents and lists again."""
    public = open_things(board)
    for endpoint in board.endpoints:  # it grows as we go
        if endpoint.tag:  # about no entity
            continue
        name, several = _words(board, endpoint.entity)
        if endpoint.success == HTTPStatus.CREATED and endpoint.act is Act.CREATE:
            _one(board, endpoint, endpoint.entity, public, f"A new {name} is read back at its Location.")
            _corrected(board, endpoint)
        if endpoint.act in _ON_ONE or (endpoint.act is Act.RUN and "}" in endpoint.path.rpartition("/")[0]):
            said = f"Who is to {endpoint.summary[:1].lower()}{endpoint.summary[1:]} sees it first."
            _one(board, endpoint, endpoint.entity, public, said)
        if endpoint.act is Act.LIST:
            _one(board, endpoint, endpoint.entity, public, f"One of the {several} of a list, in full.")
        if endpoint.act is Act.GET:
            _all(board, endpoint, public, f"The ids of {several} are found here.")
        whole = board.ctx.part_of.get(endpoint.entity) if "{" in endpoint.path else None
        if whole is not None:
            parent = board.ctx.entities[whole.target].name
            _one(board, endpoint, whole.target, public, f"Each of the {several} belongs to one {parent}.")
        for target in _chosen(board, endpoint):
            other = board.ctx.entities[target].name
            _one(board, endpoint, target, public, f"A {name} refers to a {other}, which is chosen first.")


def _words(board: Board, entity: EntityId) -> tuple[str, str]:
    found = board.ctx.entities[entity]
    return found.name, found.plural or found.name


def _one(board: Board, cause: Endpoint, entity: EntityId, public: frozenset[EntityId], reason: str) -> None:
    """One row of an entity."""
    path = item_path(board.ctx, entity)
    known = board.get("GET", path)
    if known is not None:
        for scope in known.scopes:
            board.grant(scope, [cause])
        return
    lock = board.shapes[entity].lock if entity in board.shapes else ""
    scopes = reading(board, entity, public, [cause])
    board.beside(cause, Act.GET, "GET", path, reason, entity=entity, scopes=scopes, etag=bool(lock))


def _corrected(board: Board, cause: Endpoint) -> None:
    """A change of what somebody entered; not of money, messages and files, which are sent anew.

    What people from outside commit themselves to goes through states, by steps.
    """
    ctx, entity = board.ctx, board.ctx.entities[cause.entity]
    enters = any(
        ctx.naming.has("entry_verbs", ctx.operations[o].verb.replace("_", " ")) for o in (cause.operation, *cause.also)
    )
    shape = board.shapes.get(entity.id)
    settable = shape is not None and any(f.shown and not f.read_only and not f.refers for f in shape.fields)
    committed = stateful(entity) and not _by_staff(board, cause)
    final = committed or is_file(entity) or ctx.kins.of(entity.name) in ("money", "message")
    if not enters or not settable or final or cause.request is not Body.CREATE:
        return
    assert shape is not None
    board.beside(
        cause, Act.UPDATE, "PATCH", item_path(ctx, entity.id), f"Who enters {entity.plural} corrects them.",
        request=Body.UPDATE, etag=bool(shape.lock), cache=None,
    )  # fmt: skip


def _all(board: Board, cause: Endpoint, public: frozenset[EntityId], reason: str) -> None:
    """All rows of an entity that the caller may see; who the others are is for staff."""
    entity = cause.entity
    path = collection_path(board.ctx, entity)
    if board.get("GET", path) is not None or (board.things.is_person(entity) and not _by_staff(board, cause)):
        return
    scopes = reading(board, entity, public, [cause])
    board.beside(
        cause,
        Act.LIST,
        "GET",
        path,
        reason,
        scopes=scopes,
        response=Body.PAGE,
        parameters=(
            *path_parameters(board.ctx, path),
            *page_parameters(board.ctx, board.ctx.entities[entity], path, board.ctx.operations[cause.operation].actor),
        ),
        cache=None if cause.companion else cause.cache,
        shared=not scopes,
    )


def _by_staff(board: Board, endpoint: Endpoint) -> bool:
    return board.ctx.actors[board.ctx.operations[endpoint.operation].actor].internal


def _chosen(board: Board, endpoint: Endpoint) -> list[EntityId]:
    """What a caller must name who makes a row, or may name who narrows a list: not what the path says, nor who calls,
    nor people one may not list."""
    if endpoint.act is Act.LIST and not endpoint.companion:
        entity, asked = board.ctx.entities[endpoint.entity], {p.attribute for p in endpoint.parameters}
        targets = [r.target for r in entity.relations if f"{r.name}_id" in asked]
        return [t for t in targets if not board.things.is_person(t)]
    if endpoint.request is not Body.CREATE or endpoint.success != HTTPStatus.CREATED:
        return []
    shape = board.shapes.get(endpoint.entity)
    said = {p.name for p in endpoint.parameters}
    callers = {board.ctx.operations[o].actor for o in (endpoint.operation, *endpoint.also)}
    themselves = {actor_entity(board.ctx, a) for a in callers}
    owned = {r.column for r in board.draft.ownership if r.entity == endpoint.entity}
    return [
        f.refers
        for f in (shape.fields if shape else ())
        if f.source is Source.REFERENCE and f.refers and f.required and not f.many and not f.part_of
        if f.name not in said | owned and f.refers not in themselves and not board.things.is_person(f.refers)
    ]
