"""Where an operation stands in the API: method and path, resource-oriented, one level of nesting for owned parts.

Names follow the Zalando RESTful API guidelines (plural kebab-case segments, snake_case parameters); what is more than
making, reading, changing and deleting is a step below one row (`POST /orders/{order_id}/cancel`), and the only place
of a verb.
"""

from dataclasses import dataclass

from archsmith.compose.actors import signs_in
from archsmith.compose.api.things import Things
from archsmith.compose.api.words import plural_segment
from archsmith.compose.context import Context
from archsmith.compose.names import Unique
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug
from archsmith.model.contracts import Act
from archsmith.model.domain import Access, Entity, Operation
from archsmith.model.requirements import OperationKind

_MANNER = frozenset({"live", "online", "real", "time"})
"""Words that say how something is looked at, and not at what."""


@dataclass(frozen=True, slots=True)
class Route:
    """Method, path and what happens there. `words`: the verb of a step or of a run, or what a summary is of."""

    method: str
    path: str
    act: Act
    words: str = ""


def shape(method: str, path: str) -> tuple[str, str]:
    """Two paths that differ in the names of their parameters only are the same path to a client.

    >>> shape("GET", "/orders/{order_id}")
    ('GET', '/orders/{}')
    """
    return method, "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def collection_path(ctx: Context, entity: EntityId) -> str:
    """The path of all rows of an entity; for an owned part, below the row that owns it."""
    names = ctx.names[entity]
    whole = nested_in(ctx, entity)
    if whole is None:
        return f"/{names.collection}"
    owner = ctx.names[whole]
    short = slug(names.collection.removeprefix(f"{slug(ctx.entities[whole].name)}-"))
    return f"/{owner.collection}/{{{owner.parameter}}}/{short}"


def nested_in(ctx: Context, entity: EntityId) -> EntityId | None:
    """The whole below which an entity stands. Parts of parts stand apart, and are selected by their whole."""
    whole = ctx.part_of.get(entity)
    return whole.target if whole is not None and whole.target not in ctx.part_of else None


def item_path(ctx: Context, entity: EntityId) -> str:
    """The path of one row of an entity."""
    return f"{collection_path(ctx, entity)}/{{{ctx.names[entity].parameter}}}"


def routes(ctx: Context, things: Things, operation: Operation) -> list[Route]:
    """The routes that an operation may have, the best first; the next one where another operation has it already."""
    entity = ctx.entities[operation.entity]
    if signs_in(ctx, operation):
        return [_session(ctx, operation)]
    if things.creates(operation):
        return [Route("POST", collection_path(ctx, things.subject(operation)), Act.CREATE)]
    rows, row = collection_path(ctx, entity.id), item_path(ctx, entity.id)
    rest = _rest(operation, entity)
    match operation.access:
        case Access.GET:
            return [*_file(ctx, operation, entity, row), Route("GET", row, Act.GET)]
        case Access.LIST | Access.SEARCH:
            return [Route("GET", rows, Act.LIST)]
        case Access.AGGREGATE:
            apart = f"/{ctx.names[entity.id].collection}"  # of all, in whatever whole they stand
            return _figures(things, entity, apart, rest, operation, "statistics")
        case Access.COMPUTE if operation.kind is OperationKind.QUERY:
            return _figures(things, entity, rows, rest, operation, "results")
        case Access.UPDATE if _is_patch(ctx, operation):
            return [Route("PATCH", row, Act.UPDATE)]
        case Access.DELETE if ctx.naming.has("delete_verbs", operation.verb):
            return [Route("DELETE", row, Act.DELETE)]
        case Access.EXPORT | Access.IMPORT:
            each = str(operation.access)
            found = [Route("POST", f"{rows}/{each}s", Act.RUN, each)]
            return [*found, Route("POST", f"{rows}/{slug(f'{rest} {each}s')}", Act.RUN, f"{each} {rest}")]
        case Access.COMPUTE | Access.NOTIFY:
            return _steps(row, operation, rest, Act.RUN)
        case _:
            return _steps(row, operation, rest, Act.STEP)


def own_collection(ctx: Context, wish: str) -> str:
    """The collection of something of signing in; another name where the business has such things of its own."""
    taken = {names.collection for names in ctx.names.values()}
    return Unique(taken).take(f"sign-in-{wish}" if wish in taken else wish, f"{wish} of the design", "-")


def _session(ctx: Context, operation: Operation) -> Route:
    words, rows = slug(operation.verb).split("-"), f"/{own_collection(ctx, 'sessions')}"
    leaves = "out" in words or "off" in words
    return Route("DELETE" if leaves else "POST", f"{rows}/self" if leaves else rows, Act.SIGN)


def _figures(things: Things, entity: Entity, rows: str, rest: str, operation: Operation, usual: str) -> list[Route]:
    """Where figures about all rows are read: the collection itself where its rows are nothing but figures."""
    if things.are_figures(entity) and not rest:
        return [Route("GET", rows, Act.SUMMARY), Route("GET", f"{rows}/{usual}", Act.SUMMARY, usual)]
    said = slug(operation.name).removeprefix(f"{slug(operation.verb)}-")
    whole = said.rpartition("-")[2] in slug(f"{entity.name} {entity.plural}").split(
        "-"
    )  # "monthly" of "monthly report"
    words = plural_segment(said if whole else rest) if rest else usual
    full = plural_segment(slug(operation.id)) if slug(operation.id) != words else f"{words}-{usual}"
    return [Route("GET", f"{rows}/{words}", Act.SUMMARY, words), Route("GET", f"{rows}/{full}", Act.SUMMARY, full)]


def _steps(row: str, operation: Operation, rest: str, act: Act) -> list[Route]:
    verb = slug(operation.verb)
    own = slug(f"{verb}-{rest}") if rest else verb
    found = [Route("POST", f"{row}/{verb}", act, operation.verb)]
    return found if own == verb else [*found, Route("POST", f"{row}/{own}", act, own.replace("-", " "))]


def same_request(ctx: Context, things: Things, first: Operation, other: Operation) -> bool:
    """Whether two operations with the same route are one request: caller and words differ, the work does not."""
    if signs_in(ctx, first) and signs_in(ctx, other):
        return True
    if things.creates(first) and things.creates(other):
        return things.subject(first) == things.subject(other)
    both = {first.access, other.access}
    return first.entity == other.entity and (len(both) == 1 or both <= {Access.LIST, Access.SEARCH})


def _is_patch(ctx: Context, operation: Operation) -> bool:
    return any(ctx.naming.has(verbs, operation.verb) for verbs in ("update_verbs", "create_verbs"))


def _file(ctx: Context, operation: Operation, entity: Entity, row: str) -> list[Route]:
    fetches = entity.blob_bytes.value > 0 and ctx.naming.has("download_verbs", operation.verb)
    return [Route("GET", f"{row}/file", Act.DOWNLOAD)] if fetches else []


def _rest(operation: Operation, entity: Entity) -> str:
    """What the operation's name says beside its verb and its entity: `statistics` in "view loan statistics"."""
    known = {*slug(f"{entity.name} {entity.plural} {operation.verb}").split("-"), *_MANNER}
    rest = "-".join(word for word in slug(operation.name).split("-") if word not in known)
    return slug(rest) if rest else ""
