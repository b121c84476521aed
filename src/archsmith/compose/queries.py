"""What operations ask of a table: each look-up once, with the columns that it compares, ranges over and orders by."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import SUBJECT, parties, whose
from archsmith.compose.parameters import parent_relations
from archsmith.kernel.ids import OperationId, StoreId
from archsmith.model.architecture import Topology
from archsmith.model.contracts import Act, Endpoint, Query
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, AttributeType, Entity, Operation

SEARCH: Final = "search_words"
"""The generated column of full-text search."""
_KINDS: Final = {Access.LIST: "page", Access.SEARCH: "page", Access.AGGREGATE: "count", Access.EXPORT: "all"}
_ORDERED: Final = frozenset(
    {AttributeType.DATE, AttributeType.TIMESTAMP, AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL}
)
"""Types whose filters are ranges."""


def queries(
    ctx: Context, draft: Draft, entity: Entity, store: StoreId, known: set[str], tenant: str, series: str
) -> list[Query]:
    """The look-ups in the table of an entity that has the columns `known`, in the order of the operations.

    `series`: the column by which its rows arrive, where they are a series; nobody asks for all of that at once.
    """
    found: list[Query] = []
    for operation in ctx.operations_on[entity.id]:
        if operation.access is Access.GET:
            found.append(Query(name=operation.id, kind="row", operations=(operation.id,), equal=("id",)))
        elif operation.access is Access.SEARCH and searches_elsewhere(draft, store):
            continue
        elif operation.access in _KINDS:
            found += [_words(operation, tenant)] if operation.access is Access.SEARCH and SEARCH in known else []
            found.append(_listed(ctx, entity, operation, known, tenant, series))
    for endpoint in draft.endpoints:
        if endpoint.entity == entity.id and endpoint.act is Act.LIST and not endpoint.tag:  # a tag: of no entity
            for name, asking in [*_listings(ctx, entity, endpoint), *_of_others(ctx, draft, entity, endpoint)]:
                found.append(replace(_listed(ctx, entity, asking, known, tenant, series), name=name))
    if SUBJECT in known:
        found.append(Query(name=f"the caller's own {entity.name}", kind="row", equal=(SUBJECT,)))
    found += _owned(ctx, entity, tenant)
    return _merged([*found, *_of_wholes(ctx, entity, known, tenant)])


def _of_others(ctx: Context, draft: Draft, entity: Entity, endpoint: Endpoint) -> Iterator[tuple[str, Operation]]:
    """The same list for whoever else may ask for it, and gets only what is theirs."""
    asking = {ctx.operations[o].actor for o in (endpoint.operation, *endpoint.also)}
    holders = dict.fromkeys(a for s in draft.scopes if s.id in endpoint.scopes for a in s.actors if a not in asking)
    plain = _plainly(ctx, entity, endpoint)
    for actor in holders:
        if whose(ctx, entity, actor):
            yield f"{endpoint.operation_id} for a {ctx.actors[actor].name}", replace(plain, actor=actor)


def _plainly(ctx: Context, entity: Entity, endpoint: Endpoint) -> Operation:
    """What a list asks by its path alone, in its first order."""
    orders = next((p.choices for p in endpoint.parameters if p.name == "sort"), ())
    column = orders[0].removeprefix("-") if orders else ""
    sort = next((name for name, known in ctx.names[entity.id].columns.items() if known == column), column)
    whole = {f"{r.name}_id" for r in entity.relations if r.owns}
    asked = [p.attribute or p.name for p in endpoint.parameters if p.place == "path" or p.attribute in whole]
    operation = ctx.operations[endpoint.operation]
    return replace(operation, entity=endpoint.entity, access=Access.LIST, filters=tuple(asked), sort=sort)


def _listings(ctx: Context, entity: Entity, endpoint: Endpoint) -> Iterator[tuple[str, Operation]]:
    """What a list asks that no operation asks by itself: its whole where it goes with one, and each parent alone."""
    plain = _plainly(ctx, entity, endpoint)
    asked = plain.filters
    if endpoint.companion:
        yield endpoint.operation_id, plain
    told = {f for o in (endpoint.operation, *endpoint.also) for f in ctx.operations[o].filters}
    for relation in parent_relations(ctx, entity):
        name = f"{relation.name}_id"
        if name in {p.attribute for p in endpoint.parameters} - {*asked, *(told if not endpoint.companion else ())}:
            said = f"{endpoint.operation_id} by {ctx.names[entity.id].references[relation.name]}"
            yield said, replace(plain, filters=(*asked, name))


def searches_elsewhere(draft: Draft, store: StoreId) -> bool:
    """Whether words are looked for in an engine of its own, not in this store."""
    searching = [s for s in draft.stores if s.role is StoreRole.SEARCH]
    inside = any(s.topology is Topology.EMBEDDED and s.host == store for s in searching)
    return not inside and any(s.topology is not Topology.EMBEDDED for s in searching)


def _words(operation: Operation, tenant: str) -> Query:
    equal = (tenant,) if tenant else ()
    return Query(name=f"{operation.id} by words", kind="words", operations=(operation.id,), equal=equal)


def _listed(ctx: Context, entity: Entity, operation: Operation, known: set[str], tenant: str, series: str) -> Query:
    """Equality (tenant, owner, filters), a range, and the order of the page with the key as tie-breaker."""
    names = ctx.names[entity.id]
    relations = {f"{name}_id": column for name, column in names.references.items()}
    types = {a.name: a.type for a in entity.attributes}
    equal, ranges = [tenant] if tenant else [], list[str]()
    through: tuple[tuple[str, str], ...] = ()
    path = whose(ctx, entity, operation.actor)
    if path:
        through, owner = _way(ctx, entity, path)
        equal += [owner] if through or owner in known else []
    for name in operation.filters:
        column = relations.get(name) or names.columns.get(name, "")
        if column in known and not is_wide(types.get(name)):
            (ranges if types.get(name) in _ORDERED else equal).append(column)
    sort = names.columns.get(operation.sort, operation.sort)
    if sort not in known or is_wide(types.get(operation.sort)):
        sort = ranges[0] if ranges else series or "created_at"
    ranges = ranges or ([series] if series else [])
    kind = _KINDS[operation.access]
    span = sort if sort in ranges else ranges[0] if ranges else ""
    return Query(
        name=operation.id,
        kind=kind,
        operations=(operation.id,),
        equal=tuple(dict.fromkeys(equal)),
        span=span,
        order=(sort, "id") if kind == "page" else (),
        through=through,
    )


def _way(ctx: Context, entity: Entity, path: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The steps to the table that names whose it is, and its column there; no steps where it is this one."""
    *steps, owner = path.split(".")
    at, found = entity, []
    for step in steps:
        names = ctx.names[at.id].references
        relation = next(r for r in at.relations if names[r.name] == step)
        at = ctx.entities[relation.target]
        found.append((step, ctx.names[at.id].table))
    return tuple(found), owner


def _owned(ctx: Context, entity: Entity, tenant: str) -> list[Query]:
    """The look-ups by owner that begin in this table and end in another that refers to it."""
    table, found = ctx.names[entity.id].table, []
    for other in ctx.domain.entities:
        if other.owner is None or other.id == entity.id:
            continue
        for actor in (other.owner, *parties(ctx, other)):
            asking = [o.id for o in ctx.operations_on[other.id] if o.actor == actor and o.access in _KINDS]
            steps, owner = _way(ctx, other, whose(ctx, other, actor)) if asking else ((), "")
            if steps and steps[-1][1] == table:
                said = f"{asking[0]}: {entity.plural} of the caller"
                found.append(_plain(said, "parts", asking, (tenant, owner)))
            for at, (_, through) in enumerate(steps[:-1]):
                if through == table:
                    said = f"{asking[0]}: {entity.plural} on the way to the caller"
                    found.append(_plain(said, "parts", asking, (tenant, steps[at + 1][0])))
    return found


def _of_wholes(ctx: Context, entity: Entity, known: set[str], tenant: str) -> list[Query]:
    """Parts are read with their whole; rows that refer to another are looked for when that one is deleted."""
    names, found = ctx.names[entity.id], []
    for relation in entity.relations:
        column, whole = names.references[relation.name], ctx.entities[relation.target]
        if column not in known:
            continue
        deleting = [o.id for o in ctx.operations_on[whole.id] if o.access is Access.DELETE]
        if relation.owns:
            reading = [o.id for o in ctx.operations_on[whole.id] if o.access is Access.GET]
            changing = [o.id for o in ctx.domain.operations if entity.id in o.touches and o.entity == whole.id]
            asking = [*reading, *changing, *deleting]
            found.append(_plain(f"{entity.plural} of a {whole.name}", "parts", asking, (tenant, column)))
        elif deleting:
            said = f"{entity.plural} that refer to a {whole.name} ({column})"
            found.append(_plain(said, "parts", deleting, (tenant, column)))
    return found


def _plain(name: str, kind: str, operations: list[OperationId], equal: tuple[str, ...]) -> Query:
    return Query(name=name, kind=kind, operations=tuple(dict.fromkeys(operations)), equal=tuple(c for c in equal if c))


def _merged(found: list[Query]) -> list[Query]:
    """Queries that ask the same are one, for the operations of all."""
    kept: dict[tuple[object, ...], Query] = {}
    for query in found:
        key = (query.kind, query.equal, query.span, query.order, query.through)
        first = kept.setdefault(key, query)
        operations = tuple(dict.fromkeys([*first.operations, *query.operations]))
        kept[key] = replace(first, operations=operations)
    return list(kept.values())


def is_wide(kind: AttributeType | None) -> bool:
    """Whether values are too large or too shapeless for a B-tree."""
    return kind in (AttributeType.JSON, AttributeType.GEO, AttributeType.FILE)
