"""Where an operation stands in the API: method and path, resource-oriented, one level of nesting for owned parts.

Names follow the Zalando RESTful API guidelines (plural kebab-case segments, snake_case parameters); a change of state
is an action below the resource (`POST /orders/{order_id}/cancel`).
"""

from dataclasses import dataclass

from archsmith.compose.actors import signs_in
from archsmith.compose.context import Context
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug
from archsmith.model.domain import Access, Entity, Operation
from archsmith.model.requirements import OperationKind


@dataclass(frozen=True, slots=True)
class Route:
    """Method and path; `item`: the path ends at, or hangs below, one row of the entity."""

    method: str
    path: str
    item: bool = False


def shape(method: str, path: str) -> tuple[str, str]:
    """Two paths that differ in the names of their parameters only are the same path to a client.

    >>> shape("GET", "/orders/{order_id}")
    ('GET', '/orders/{}')
    """
    return method, "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def collection_path(ctx: Context, entity: EntityId) -> str:
    """The path of all rows of an entity; for an owned part, below the row that owns it."""
    names = ctx.names[entity]
    whole = ctx.part_of.get(entity)
    if whole is None or whole.target not in ctx.names:
        return f"/{names.collection}"
    owner = ctx.names[whole.target]
    short = slug(names.collection.removeprefix(f"{slug(ctx.entities[whole.target].name)}-"))
    return f"/{owner.collection}/{{{owner.parameter}}}/{short}"


def item_path(ctx: Context, entity: EntityId) -> str:
    """The path of one row of an entity."""
    whole = ctx.part_of.get(entity)
    parameter = ctx.names[entity].parameter
    if whole is not None and ctx.names[whole.target].parameter == parameter:
        parameter = f"part_{parameter}"
    return f"{collection_path(ctx, entity)}/{{{parameter}}}"


def routes(ctx: Context, operation: Operation) -> list[Route]:
    """The routes that an operation may have, the best first; the next one where another operation has it already."""
    entity = ctx.entities[operation.entity]
    rows, row, verb = collection_path(ctx, entity.id), item_path(ctx, entity.id), slug(operation.verb)
    rest = _rest(operation, entity)
    own = f"{verb}-{rest}" if rest else verb
    if signs_in(ctx, operation):
        leaves = "out" in verb.split("-") or "off" in verb.split("-")
        return [Route("DELETE", "/sessions/current") if leaves else Route("POST", "/sessions")]
    match operation.access:
        case Access.GET:
            return [*_file(ctx, operation, entity, row), Route("GET", row, item=True)]
        case Access.LIST | Access.SEARCH:
            return [Route("GET", rows)]
        case Access.AGGREGATE:
            return [Route("GET", f"{rows}/{rest or 'summary'}"), Route("GET", f"{rows}/{own}")]
        case Access.CREATE | Access.APPEND:
            return [Route("POST", rows), Route("POST", f"{rows}/{verb}"), Route("POST", f"{rows}/{own}")]
        case Access.UPDATE if _is_patch(ctx, operation):
            return [Route("PATCH", row, item=True)]
        case Access.DELETE if ctx.naming.has("delete_verbs", operation.verb):
            return [Route("DELETE", row, item=True)]
        case Access.EXPORT:
            return [Route("POST", f"{rows}/exports"), Route("POST", f"{rows}/exports/{own}")]
        case Access.IMPORT:
            return [Route("POST", f"{rows}/imports"), Route("POST", f"{rows}/imports/{own}")]
        case Access.COMPUTE if operation.kind is OperationKind.QUERY:
            return [Route("GET", f"{rows}/{rest or verb}"), Route("GET", f"{rows}/{own}")]
        case _:
            return [Route("POST", f"{row}/{verb}", item=True), Route("POST", f"{row}/{own}", item=True)]


def same_request(ctx: Context, first: Operation, other: Operation) -> bool:
    """Whether two operations with the same route are one request: caller and words differ, the work does not."""
    both = {first.access, other.access}
    if signs_in(ctx, first) and signs_in(ctx, other):
        return True
    if first.entity != other.entity or (len(both) > 1 and not both <= {Access.LIST, Access.SEARCH}):
        return False
    if other.access in (Access.CREATE, Access.APPEND):
        return other.verb == first.verb or ctx.naming.has("create_verbs", other.verb)
    return True


def _is_patch(ctx: Context, operation: Operation) -> bool:
    return any(ctx.naming.has(verbs, operation.verb) for verbs in ("update_verbs", "create_verbs"))


def _file(ctx: Context, operation: Operation, entity: Entity, row: str) -> list[Route]:
    fetches = entity.blob_bytes.value > 0 and ctx.naming.has("download_verbs", operation.verb)
    return [Route("GET", f"{row}/file", item=True)] if fetches else []


def _rest(operation: Operation, entity: Entity) -> str:
    """What the operation's name says beside its verb and its entity: `statistics` in "view loan statistics"."""
    known = set(slug(f"{entity.name} {entity.plural} {operation.verb}").split("-"))
    rest = "-".join(word for word in slug(operation.name).split("-") if word not in known)
    return slug(rest) if rest else ""
