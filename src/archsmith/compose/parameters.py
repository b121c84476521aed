"""Path and query parameters of an endpoint: what a query selects by, how it is ordered, and where a page begins."""

import re

from archsmith.compose.context import Context
from archsmith.compose.ownership import ownership_path, whose
from archsmith.compose.routes import Route
from archsmith.kernel.ids import ActorId
from archsmith.model.contracts import Parameter
from archsmith.model.domain import (
    Access,
    Attribute,
    AttributeType,
    Cardinality,
    DataClass,
    Entity,
    Operation,
    Relation,
)

_RANGES = {
    AttributeType.DATE: (("from", "on or after"), ("to", "before")),
    AttributeType.TIMESTAMP: (("from", "at or after"), ("to", "before")),
    AttributeType.MONEY: (("min", "at least"), ("max", "at most")),
    AttributeType.INTEGER: (("min", "at least"), ("max", "at most")),
    AttributeType.DECIMAL: (("min", "at least"), ("max", "at most")),
}
_NO_FILTER = frozenset({AttributeType.JSON, AttributeType.FILE, AttributeType.GEO})


def path_parameters(ctx: Context, path: str) -> list[Parameter]:
    """One for each name in braces."""
    titles = {names.parameter: ctx.entities[e].name for e, names in ctx.names.items()}
    found = []
    for name in re.findall(r"{(\w+)}", path):
        title = titles.get(name) or name.removesuffix("_id")
        found.append(_parameter(name, "path", AttributeType.UUID, f"Id of the {title}", required=True))
    return found


def query_parameters(ctx: Context, operations: list[Operation], route: Route, paged: bool) -> list[Parameter]:
    """Filters, search words, order and page of the operations that share a route; each name once."""
    entity = ctx.entities[operations[0].entity]
    found: dict[str, Parameter] = {}
    for operation in operations:
        for parameter in [*_search(ctx, operation, entity), *_filters(ctx, operation, entity, route)]:
            found.setdefault(parameter.name, parameter)
    if paged:
        actors = {o.actor for o in operations}
        for parameter in [
            *parents(ctx, entity, route.path, actors),
            *_sort(ctx, operations, entity),
            *_page(ctx, entity),
        ]:
            found.setdefault(parameter.name, parameter)
    return list(found.values())


def page_parameters(ctx: Context, entity: Entity, path: str, actor: ActorId) -> list[Parameter]:
    """Parents, order and page of a list for which no operation asks for more."""
    return [*parents(ctx, entity, path, {actor}), *_sort(ctx, [], entity), *_page(ctx, entity)]


def parents(ctx: Context, entity: Entity, path: str, actors: set[ActorId]) -> list[Parameter]:
    """What a row belongs to, by which a list is narrowed: prices of this desk, notes about this patient.

    Not what the path names already, nor whoever calls.
    """
    if not path.endswith(f"/{ctx.names[entity.id].collection}"):
        return []
    found = []
    for relation in parent_relations(ctx, entity):
        column = ctx.names[entity.id].references[relation.name]
        implied = all(column == whose(ctx, entity, actor) for actor in actors)
        if not implied and f"{{{column}}}" not in path:
            said = f"Only {entity.plural} of this {ctx.entities[relation.target].name}"
            found.append(_parameter(column, "query", AttributeType.UUID, said, attribute=f"{relation.name}_id"))
    return found


def parent_relations(ctx: Context, entity: Entity) -> list[Relation]:
    """The whole of a part; of other things what each row must refer to, or the one thing that it may refer to beside
    its owner."""
    single = [r for r in entity.relations if r.cardinality is not Cardinality.MANY_TO_MANY and r.target != entity.id]
    wholes = [r for r in single if r.owns]
    if wholes:
        return wholes
    own = _own(ctx, entity)
    others = [r for r in single if ctx.names[entity.id].references[r.name] != own]
    alone = others if len(others) == 1 else []
    return [r for r in single if r.required or r in alone]


def _own(ctx: Context, entity: Entity) -> str:
    """The column that names the owner; empty without one, and where another row names him."""
    path = ownership_path(ctx, entity) if entity.owner is not None else ""
    return "" if "." in path else path


def _search(ctx: Context, operation: Operation, entity: Entity) -> list[Parameter]:
    if operation.access is not Access.SEARCH:
        return []
    words = [a.name for a in searched(entity)]
    said = f"Words to look for in {', '.join(words)}" if words else f"Words to look for in {entity.plural}"
    return [_parameter("q", "query", AttributeType.TEXT, said, maximum=ctx.parameter.whole("query.max_length"))]


def searched(entity: Entity) -> list[Attribute]:
    """The attributes that a search by words looks into: texts that are neither secret nor about a payment or a body."""
    hidden = (DataClass.CREDENTIAL, DataClass.CARD, DataClass.HEALTH, DataClass.FINANCIAL)
    return [a for a in entity.attributes if a.type is AttributeType.TEXT and a.data_class not in hidden]


def _filters(ctx: Context, operation: Operation, entity: Entity, route: Route) -> list[Parameter]:
    attributes = {a.name: a for a in entity.attributes}
    relations = {f"{r.name}_id": r for r in entity.relations}
    found: list[Parameter] = []
    for name in operation.filters:
        column = ctx.names[entity.id].references[relations[name].name] if name in relations else ""
        implied = bool(column) and column == whose(ctx, entity, operation.actor)
        if implied or f"{{{column}}}" in route.path:
            continue
        if name in relations:
            target = ctx.entities[relations[name].target]
            said = f"Only {entity.plural} of this {target.name}"
            found.append(_parameter(column, "query", AttributeType.UUID, said, attribute=name))
        elif name in attributes:
            found += _of_attribute(ctx, entity, attributes[name])
    return found


def _of_attribute(ctx: Context, entity: Entity, attribute: Attribute) -> list[Parameter]:
    column = ctx.names[entity.id].columns[attribute.name]
    if attribute.type in _NO_FILTER:
        return []
    if attribute.type in _RANGES:
        return [
            _parameter(
                f"{column}_{end}",
                "query",
                attribute.type,
                f"Only {entity.plural} whose {attribute.name} is {said} this",
                attribute=attribute.name,
            )
            for end, said in _RANGES[attribute.type]
        ]
    said = f"Only {entity.plural} with this {attribute.name}"
    return [_parameter(column, "query", attribute.type, said, attribute=attribute.name, choices=attribute.states)]


def _sort(ctx: Context, operations: list[Operation], entity: Entity) -> list[Parameter]:
    columns = ctx.names[entity.id].columns
    known = {a.name: columns.get(a.name, a.name) for a in entity.attributes} | {"created_at": "created_at"}
    fields = [known[o.sort] for o in operations if o.sort in known] or ["created_at"]
    choices = [choice for field in dict.fromkeys(fields) for choice in (field, f"-{field}")]
    newest = next((f"-{f}" for f in fields if f.endswith("_at")), fields[0])
    return [
        _parameter(
            "sort",
            "query",
            AttributeType.TEXT,
            "Order of the page; a minus reverses it",
            choices=tuple(choices),
            default=newest,
        )
    ]


def _page(ctx: Context, entity: Entity) -> list[Parameter]:
    size, most = ctx.parameter.whole("page.default"), ctx.parameter.whole("page.max")
    return [
        _parameter("cursor", "query", AttributeType.TEXT, "Where the page begins: `next` of the page before"),
        _parameter(
            "limit",
            "query",
            AttributeType.INTEGER,
            f"How many {entity.plural} a page holds",
            default=str(size),
            minimum=1,
            maximum=most,
        ),
    ]


def _parameter(
    name: str,
    place: str,
    kind: AttributeType,
    description: str,
    *,
    required: bool = False,
    attribute: str = "",
    choices: tuple[str, ...] = (),
    default: str = "",
    minimum: int | None = None,
    maximum: int | None = None,
) -> Parameter:
    return Parameter(
        name=name,
        place=place,
        type=kind,
        required=required,
        description=description,
        attribute=attribute,
        choices=choices,
        default=default,
        minimum=minimum,
        maximum=maximum,
    )
