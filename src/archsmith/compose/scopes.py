"""Pass: OAuth scopes, two for each aggregate (`orders:read`, `orders:write`), and who may have them."""

from archsmith.compose.actors import has_endpoint, open_to_all, reads
from archsmith.compose.api.things import Things
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Scope
from archsmith.model.domain import Operation


def scopes(ctx: Context, draft: Draft) -> None:
    """Collects the operations that are called over the API by the scope that opens them, in domain order."""
    things = Things(ctx)
    opened: dict[str, list[Operation]] = {}
    for operation in ctx.domain.operations:
        if has_endpoint(ctx, operation) and not open_to_all(ctx, operation):
            opened.setdefault(scope_of(ctx, things, operation), []).append(operation)
    draft.scopes += [_scope(ctx, ident, opened[ident]) for ident in sorted(opened)]


def jobs(ctx: Context) -> str:
    """The collection of long-running work: `jobs`, or another name where the business has jobs of its own."""
    taken = {names.collection for names in ctx.names.values()}
    return Unique(taken).take("background-jobs" if "jobs" in taken else "jobs", "jobs of the design", "-")


def scope_of(ctx: Context, things: Things, operation: Operation) -> str:
    """The scope that opens an operation: that of its thing's aggregate, for reading or for writing."""
    return f"{_root(ctx, things.subject(operation))}:{'read' if reads(operation) else 'write'}"


def read_scope(ctx: Context, entity: EntityId) -> str:
    """The scope that opens an entity for reading."""
    return f"{_root(ctx, entity)}:read"


def write_scope(ctx: Context, entity: EntityId) -> str:
    """The scope that opens an entity for changes."""
    return f"{_root(ctx, entity)}:write"


def _root(ctx: Context, ident: EntityId) -> str:
    entity = ctx.entities[ident]
    return ctx.names[entity.aggregate if entity.aggregate in ctx.entities else entity.id].collection


def _scope(ctx: Context, ident: str, operations: list[Operation]) -> Scope:
    actors: list[ActorId] = list(dict.fromkeys(o.actor for o in operations))
    return Scope(
        id=ident,
        description=f"Lets {listed(ctx.actors[a].name for a in actors)} {listed((o.name for o in operations), 6)}",
        operations=tuple(o.id for o in operations),
        actors=tuple(actors),
    )
