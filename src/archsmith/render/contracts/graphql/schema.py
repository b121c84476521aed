"""`api/schema.graphql`: types from the shapes, fields of the roots from the endpoints that GraphQL carries."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.model.api_rules import ApiRules
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Act, Endpoint, Over, Parameter
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.graph import Graph, GraphRole, argument
from archsmith.render.contracts.graphql.directives import DIRECTIVES
from archsmith.render.contracts.graphql.limits import directive, told
from archsmith.render.contracts.graphql.mutations import Mutations
from archsmith.render.contracts.graphql.types import Types
from archsmith.render.contracts.graphql.words import (
    SCALARS,
    block,
    plain_type,
    quoted,
    value_name,
)
from archsmith.render.contracts.words import prose, sentence, title
from archsmith.render.view import View

PATH = ArtifactPath("api/schema.graphql")
_HEAD = "# Written by archsmith from design.json; change the brief or the requirements, not this file.\n\n"


def graphql(design: Design) -> Iterable[Artifact]:
    """The schema; none for a design that has no GraphQL."""
    schema = schema_of(design)
    if schema is not None:
        text = _HEAD + "\n".join(schema.parts())
        shows = dict.fromkeys(element("operation", o) for e in schema.endpoints for o in (e.operation, *e.also))
        yield Artifact(path=PATH, content=text.encode("utf-8", "replace"), shows=tuple(shows))


def schema_of(design: Design) -> "Schema | None":
    """The schema of a design; None where it has none."""
    graph, rules = design.architecture.graph, design.architecture.api
    if graph is None or rules is None:
        return None
    return Schema(View(design), graph, rules, design.architecture.over(Over.GRAPHQL))


class Argument(NamedTuple):
    """An argument of a field. `default` is empty where there is none; `bound`: its `@constraint`."""

    name: str
    type: str
    default: str = ""
    bound: str = ""

    @property
    def declared(self) -> str:
        """As the schema says it."""
        return f"{self.name}: {self.type}{f' = {self.default}' if self.default else ''}{self.bound}"


class Schema:
    """One schema. Names of fields and arguments are those of the shapes and the parameters, in camel case."""

    def __init__(self, view: View, graph: Graph, rules: ApiRules, endpoints: tuple[Endpoint, ...]) -> None:
        self.view, self.graph, self.rules, self.endpoints = view, graph, rules, endpoints
        self.types = Types(view, graph, endpoints)
        self.enums, self.shapes = self.types.enums, self.types.shapes
        self.mutations = Mutations(self.types)

    def parts(self) -> Iterator[str]:
        """The definitions, one after the other."""
        queries = [e for e in self.endpoints if e.method == "QUERY"]
        mutations = [e for e in self.endpoints if e.method == "MUTATION"]
        yield self._root(bool(mutations))
        yield DIRECTIVES
        yield "\n".join(
            f'{block(said)}scalar {name} @specifiedBy(url: "{url}")\n' for name, (said, url) in SCALARS.items()
        )
        yield "".join(self.types.shared())
        for states, name in self.enums.items():
            values = "".join(f"  {value_name(s)}\n" for s in states)
            yield f"enum {name} {{\n{values}}}\n"
        for shape in self.shapes.values():
            yield self.types.object(shape)
        lists = dict.fromkeys(e.entity for e in queries if e.act is Act.LIST)
        for entity in lists:
            yield self.types.connection(self.shapes[entity])
        yield from self._sorts(queries)
        yield self._roots("Query", queries, node=True)
        if mutations:
            yield from self.mutations.problems(mutations)
            for endpoint in mutations:
                yield from self.mutations.of(endpoint)
            yield self._roots("Mutation", mutations, node=False)

    def _root(self, mutates: bool) -> str:
        name = title(self.view.domain.title) or "Service"
        said = (
            f"The API of {name}, served at POST /graphql. {told(self.graph, self.rules)}\n\n"
            "Lists are connections: send `endCursor` of a page as `after` to get the page after it. Mutations answer "
            "with what they did or with one of their problems, which are data; errors of GraphQL are for what the "
            "caller can do nothing about.\n\n"
            "Fields may be added at any time. One that is to go carries `@deprecated` with its successor first, for "
            f"{self.rules.notice:g} months. Sign-in, files and what others call back are in openapi.yaml."
        )
        roots = "  query: Query\n" + ("  mutation: Mutation\n" if mutates else "")
        return f"{block(said)}schema {directive(self.graph, self.rules)} {{\n{roots}}}\n"

    def _sorts(self, queries: list[Endpoint]) -> Iterator[str]:
        for endpoint in queries:
            for parameter in endpoint.parameters:
                if parameter.name == "sort" and parameter.choices:
                    values = "".join(f"  {_direction(c)}\n" for c in parameter.choices)
                    yield f"enum {self._sort(endpoint)} {{\n{values}}}\n"

    def _sort(self, endpoint: Endpoint) -> str:
        return self.graph.name(GraphRole.SORT, endpoint.operation_id)

    def _roots(self, name: str, endpoints: list[Endpoint], *, node: bool) -> str:
        first = [f"{block('Anything by its id.', '  ')}  node(id: ID!): Node{self._weight('QUERY')}"] if node else []
        lines = [*first, *(self._field(e) for e in endpoints)]
        return f"type {name} {{\n" + "\n".join(lines) + "\n}\n"

    def _field(self, endpoint: Endpoint) -> str:
        """A field of a root: arguments, type, cost, scopes."""
        said = " ".join(filter(None, (sentence(endpoint.summary), prose(endpoint.description))))
        arguments = [a.declared for a in self.arguments(endpoint)]
        text = f"({', '.join(arguments)})" if arguments else ""
        scopes = f" @requiresScopes(scopes: [[{', '.join(map(quoted, endpoint.scopes))}]])" if endpoint.scopes else ""
        return f"{block(said, '  ')}  {endpoint.path}{text}: {self._answer(endpoint)}{self._cost(endpoint)}{scopes}"

    def _cost(self, endpoint: Endpoint) -> str:
        if endpoint.act is Act.LIST:
            return ' @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)'
        return self._weight(endpoint.method)

    def _weight(self, method: str) -> str:
        cost = self.graph.change_cost if method == "MUTATION" else self.graph.read_cost
        return f' @cost(weight: "{cost}")'

    def _answer(self, endpoint: Endpoint) -> str:
        if endpoint.method == "MUTATION":
            return f"{self.graph.name(GraphRole.RESULT, endpoint.operation_id)}!"
        shape = self.shapes[endpoint.entity]
        if endpoint.act is Act.LIST:
            return f"{self.graph.name(GraphRole.CONNECTION, shape.entity)}!"
        if endpoint.act is Act.JOB:
            return "Job"
        return "JSON" if endpoint.act is Act.SUMMARY else shape.type_name

    def arguments(self, endpoint: Endpoint) -> list[Argument]:
        """The arguments of a field: parameters of the endpoint, then what pages, inputs and locks need."""
        kept = [p for p in endpoint.parameters if p.name not in ("cursor", "limit")]
        found = [self._parameter(endpoint, p) for p in kept]
        if endpoint.act is Act.LIST:
            most, usual = self.rules.page_max, self.rules.page_size
            found.append(Argument("first", "Int", str(usual), f" @constraint(min: 1, max: {most})"))
            found.append(Argument("after", "String", "", f" @constraint(maxLength: {self.rules.cursor_max})"))
        if endpoint.method == "MUTATION" and self.mutations.input(endpoint):
            found.append(Argument("input", f"{self.graph.name(GraphRole.INPUT, endpoint.operation_id)}!"))
        if endpoint.method == "MUTATION" and endpoint.idempotency_key:
            bound = f" @constraint(minLength: {self.rules.key_min}, maxLength: {self.rules.key_max})"
            found.append(Argument("idempotencyKey", "String!", "", bound))
        if endpoint.method == "MUTATION" and self._locks(endpoint):
            found.append(Argument("expectedVersion", "Int!"))
        return list({a.name: a for a in found}.values())

    def _locks(self, endpoint: Endpoint) -> bool:
        changes = endpoint.act in (Act.UPDATE, Act.DELETE, Act.STEP)
        return endpoint.etag and changes and bool(self.shapes[endpoint.entity].lock)

    def _parameter(self, endpoint: Endpoint, parameter: Parameter) -> Argument:
        shape = self.shapes[endpoint.entity]
        field = shape.of(parameter.attribute) or shape.field(parameter.attribute) if parameter.attribute else None
        if parameter.name == "sort" and parameter.choices:
            default = _direction(parameter.default) if parameter.default in parameter.choices else ""
            return Argument(argument(parameter.name), self._sort(endpoint), default)
        one = self.enums.get(field.states) if field and field.states else None
        if one is None:
            one = "ID" if parameter.place == "path" else plain_type(parameter.type)
        kind = f"[{one}!]" if parameter.many else one
        long = field is not None and field.type is AttributeType.TEXT and field.max_length
        bound = f" @constraint(maxLength: {long})" if long else ""
        return Argument(argument(parameter.name), kind + ("!" if parameter.required else ""), "", bound)


def _direction(choice: str) -> str:
    """A value of `sort`: `-price` is `PRICE_DESC`."""
    return f"{choice[1:].upper()}_DESC" if choice.startswith("-") else f"{choice.upper()}_ASC"
