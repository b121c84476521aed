"""What the GraphQL schema and its persisted operations have to say of a design."""

from collections.abc import Iterator
from typing import Any

from archsmith.kernel.names import camel
from archsmith.model.api_rules import ApiRules
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Body, Endpoint, Over, Parameter
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.graph import Graph, GraphRole, argument
from archsmith.model.shapes import Field, Shape
from archsmith.verify.parity_graphql_forms import (
    CONNECTION,
    JOB,
    PLACE,
    PROBLEM,
    constraint,
    field_type,
    forms,
    kind,
    limited,
    plain_type,
)
from archsmith.verify.parity_words import numbers

Json = dict[str, Any]
_PAGES = frozenset({"cursor", "limit"})
_ERRORS = {"type": "[FieldError!]!"}


class GraphModel:
    """The schema of one design. Raises ValueError where it has none."""

    def __init__(self, design: Design) -> None:
        graph, rules = design.architecture.graph, design.architecture.api
        if graph is None or rules is None:
            raise ValueError("design.json has no GraphQL")
        self._graph: Graph = graph
        self._rules: ApiRules = rules
        self._endpoints = design.architecture.over(Over.GRAPHQL)
        used = {e.entity for e in self._endpoints}
        self._shapes = {s.entity: s for s in design.architecture.shapes if s.entity in used}
        self._bodies = Bodies(design)
        self._enums = {t.values: t.name for t in graph.types if t.role is GraphRole.ENUM}

    def schema(self) -> Json:
        """Each definition by its kind and name."""
        queries = [e for e in self._endpoints if e.method == "QUERY"]
        changes = [e for e in self._endpoints if e.method == "MUTATION"]
        found = {**forms(), "schema": self._head(bool(changes)), **self._enum_types()}
        for shape in self._shapes.values():
            found[f"object_type {shape.type_name}"] = self._object(shape)
        if any(f.type is AttributeType.GEO for s in self._shapes.values() for f in self._bodies.read(s.entity)):
            found["object_type Place"] = {"implements": [], "fields": PLACE}
            found["input_object_type PlaceInput"] = {"fields": PLACE}
        if any(e.response is Body.ACCEPTED or e.act is Act.JOB for e in self._endpoints):
            found["object_type Job"] = {"implements": [], "fields": JOB}
        for shape in (self._shapes[e] for e in dict.fromkeys(e.entity for e in queries if e.act is Act.LIST)):
            found |= self._pages(shape)
        node = {"type": "Node", "arguments": {"id": {"type": "ID!"}}, **self._weight("QUERY")}
        found["object_type Query"] = {"implements": [], "fields": {"node": node, **self._roots(queries)}}
        if changes:
            found |= self._problems(changes)
            for endpoint in changes:
                found |= self._change(endpoint)
            found["object_type Mutation"] = {"implements": [], "fields": self._roots(changes)}
        return found

    def _head(self, changes: bool) -> Json:
        graph, rules = self._graph, self._rules
        said = (
            f"{graph.max_depth} levels, {graph.list_depth}, {graph.max_cost}: {rules.page_max} rows "
            f"1 + {graph.relations} objects , {rules.notice:g} months"
        )
        limits = {
            "maxDepth": str(graph.max_depth),
            "maxCost": str(graph.max_cost),
            "maxPageSize": str(rules.page_max),
            "maxAliases": str(graph.max_aliases),
            "persistedOnly": "true",
        }
        roots = {"query": "Query", **({"mutation": "Mutation"} if changes else {})}
        return {"roots": roots, "@limits": limits, "figures": numbers(said)}

    def _enum_types(self) -> Json:
        found: Json = {f"enum_type {name}": {s.upper(): {} for s in states} for states, name in self._enums.items()}
        sorts = [t for t in self._graph.types if t.role is GraphRole.SORT]
        found |= {f"enum_type {t.name}": {_direction(v): {} for v in t.values} for t in sorts}
        return {name: {"values": values} for name, values in found.items()}

    def _object(self, shape: Shape) -> Json:
        shown = self._bodies.read(shape.entity)
        fields: Json = {}
        for field in shown:
            one = "ID" if field.name == "id" else field_type(field, self._enums)
            fields[camel(field.name)] = {"type": one + ("!" if field.required else ""), **constraint(field)}
            target = self._shapes.get(field.refers) if field.refers and not field.many else None
            beside = field.name.removesuffix("_id")
            if target and beside not in {f.name for f in shown}:
                fields[camel(beside)] = {"type": target.type_name, **self._weight("QUERY")}
        if shape.lock and camel(shape.lock) not in fields:
            fields[camel(shape.lock)] = {"type": "Int!"}
        return {"implements": ["Node"], "fields": fields}

    def _pages(self, shape: Shape) -> Json:
        edge = self._graph.name(GraphRole.EDGE, shape.entity)
        row = {"node": {"type": f"{shape.type_name}!"}, "cursor": {"type": "String!"}}
        page = {"edges": {"type": f"[{edge}!]!"}, **CONNECTION}
        return {
            f"object_type {edge}": {"implements": [], "fields": row},
            f"object_type {self._graph.name(GraphRole.CONNECTION, shape.entity)}": {"implements": [], "fields": page},
        }

    def _roots(self, endpoints: list[Endpoint]) -> Json:
        return {e.path: self._root(e) for e in endpoints}

    def _root(self, endpoint: Endpoint) -> Json:
        arguments = self._arguments(endpoint)
        quoted = ", ".join(f'"{s}"' for s in endpoint.scopes)
        marks = {"@requiresScopes": {"scopes": f"[[{quoted}]]"}} if endpoint.scopes else {}
        sized = {"slicingArguments": '["first"]', "sizedFields": '["edges"]', "requireOneSlicingArgument": "false"}
        cost = {"@listSize": sized} if endpoint.act is Act.LIST else self._weight(endpoint.method)
        return {
            "type": self._answer(endpoint),
            **({"arguments": arguments} if arguments else {}),
            **cost,
            **marks,
        }

    def _weight(self, method: str) -> Json:
        cost = self._graph.change_cost if method == "MUTATION" else self._graph.read_cost
        return {"@cost": {"weight": f'"{cost}"'}}

    def _answer(self, endpoint: Endpoint) -> str:
        if endpoint.method == "MUTATION":
            return f"{self._name(GraphRole.RESULT, endpoint)}!"
        if endpoint.act is Act.LIST:
            return f"{self._graph.name(GraphRole.CONNECTION, endpoint.entity)}!"
        known = {Act.JOB: "Job", Act.SUMMARY: "JSON"}
        return known.get(endpoint.act) or self._shapes[endpoint.entity].type_name

    def _name(self, role: GraphRole, endpoint: Endpoint) -> str:
        return self._graph.name(role, endpoint.operation_id)

    def _arguments(self, endpoint: Endpoint) -> Json:
        found = {argument(p.name): self._parameter(endpoint, p) for p in endpoint.parameters if p.name not in _PAGES}
        if endpoint.act is Act.LIST:
            pages = {"min": "1", "max": str(self._rules.page_max)}
            found["first"] = {"type": "Int", "default": str(self._rules.page_size), "@constraint": pages}
            found["after"] = {"type": "String", "@constraint": {"maxLength": str(self._rules.cursor_max)}}
        if endpoint.method == "MUTATION":
            found |= self._sent(endpoint)
        return found

    def _sent(self, endpoint: Endpoint) -> Json:
        found: Json = {"input": {"type": f"{self._name(GraphRole.INPUT, endpoint)}!"}} if self._input(endpoint) else {}
        if endpoint.idempotency_key:
            bounds = {"minLength": str(self._rules.key_min), "maxLength": str(self._rules.key_max)}
            found["idempotencyKey"] = {"type": "String!", "@constraint": bounds}
        based = endpoint.etag and endpoint.act in (Act.UPDATE, Act.DELETE, Act.STEP)
        return found | ({"expectedVersion": {"type": "Int!"}} if based and self._shapes[endpoint.entity].lock else {})

    def _parameter(self, endpoint: Endpoint, parameter: Parameter) -> Json:
        shape, name = self._shapes[endpoint.entity], parameter.attribute
        field = (shape.of(name) or shape.field(name)) if name else None
        if parameter.name == "sort" and parameter.choices:
            usual = {"default": _direction(parameter.default)} if parameter.default in parameter.choices else {}
            return {"type": self._name(GraphRole.SORT, endpoint), **usual}
        one = self._enums.get(field.states) if field and field.states else None
        one = one or ("ID" if parameter.place == "path" else plain_type(parameter.type))
        one = f"[{one}!]" if parameter.many else one
        return {"type": one + ("!" if parameter.required else ""), **limited(field)}

    def _input(self, endpoint: Endpoint) -> list[Field]:
        if endpoint.request is Body.NONE:
            return []
        sent = endpoint.request in (Body.CREATE, Body.UPDATE)
        return self._bodies.sent(endpoint, endpoint.entity) if sent else list(endpoint.takes)

    def _change(self, endpoint: Endpoint) -> Json:
        """Input, payload and result of a mutation."""
        payload = self._name(GraphRole.PAYLOAD, endpoint)
        found = {
            f"object_type {payload}": {"implements": [], "fields": self._made(endpoint)},
            f"union_type {self._name(GraphRole.RESULT, endpoint)}": {"types": self._members(endpoint)},
        }
        taken = self._input(endpoint)
        if taken:
            partial = endpoint.request is Body.UPDATE
            fields = {camel(f.name): self._taken(f, partial=partial) for f in taken}
            found[f"input_object_type {self._name(GraphRole.INPUT, endpoint)}"] = {"fields": fields}
        return found

    def _taken(self, field: Field, *, partial: bool) -> Json:
        one = "PlaceInput" if field.type is AttributeType.GEO else field_type(field, self._enums)
        return {"type": one + ("!" if field.required and not partial else ""), **constraint(field)}

    def _made(self, endpoint: Endpoint) -> Json:
        if endpoint.act is Act.DELETE:
            return {"deletedId": {"type": "ID!"}}
        if endpoint.response is Body.ACCEPTED:
            return {"job": {"type": "Job!"}}
        return {"record": {"type": self._shapes[endpoint.entity].type_name}}

    def _members(self, endpoint: Endpoint) -> list[str]:
        problems = (*endpoint.problems, *(r.type for r in endpoint.refusals))
        named = (self._graph.name(GraphRole.PROBLEM, p) for p in problems)
        return [n for n in dict.fromkeys([self._name(GraphRole.PAYLOAD, endpoint), *named]) if n]

    def _problems(self, changes: list[Endpoint]) -> Json:
        errors = {"pointer": {"type": "String!"}, "detail": {"type": "String!"}}
        found: Json = {
            "interface_type Problem": {"implements": [], "fields": PROBLEM},
            "object_type FieldError": {"implements": [], "fields": errors},
        }
        more = {"422": {"errors": _ERRORS}, "429": {"retryAfterSeconds": {"type": "Int!"}}}
        for one in (t for t in self._graph.types if t.role is GraphRole.PROBLEM):
            said = {"implements": ["Problem"], "fields": {**PROBLEM, **more.get(one.of, {})}}
            found[f"object_type {one.name}"] = said | ({"status": one.of} if one.of.isdigit() else {})
        return found

    def operations(self) -> Json:
        """The persisted operations, by the names of their files."""
        manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": len(self._endpoints)}
        return {"manifest": manifest, **{e.operation_id: self._operation(e) for e in self._endpoints}}

    def _operation(self, endpoint: Endpoint) -> Json:
        method, arguments = endpoint.method.lower(), self._arguments(endpoint)
        variables = {
            name: {k: v for k, v in said.items() if k in ("type", "default")} for name, said in arguments.items()
        }
        handed = {name: f"${name}" for name in arguments}
        field = {**handed, "selects": dict(self._selected(endpoint))}
        said = {"operation": method, "name": endpoint.path, "variables": variables, "selects": {endpoint.path: field}}
        return {"0": said, "row": {"name": endpoint.path, "type": method}, "listed": True}

    def _selected(self, endpoint: Endpoint) -> Iterator[tuple[str, Json]]:
        scalars = _select(*self._scalars(self._shapes[endpoint.entity]))
        job = _select("id", "state", "createdAt")
        if endpoint.method == "MUTATION":
            made = {"job": job} if endpoint.response is Body.ACCEPTED else {"record": scalars}
            made = _select("deletedId") if endpoint.act is Act.DELETE else made
            yield "__typename", _leaf()
            yield f"... on {self._name(GraphRole.PAYLOAD, endpoint)}", {"selects": _inner(made)}
            if self._members(endpoint)[1:]:
                yield "... on Problem", {"selects": _inner(_select("type", "title", "detail"))}
        elif endpoint.act is Act.LIST:
            yield "edges", {"selects": _inner({**_select("cursor"), "node": scalars})}
            yield "pageInfo", {"selects": _inner(_select("hasNextPage", "endCursor"))}
        elif endpoint.act is Act.JOB:
            yield from _inner(_select("id", "state", "createdAt", "result")).items()
        elif endpoint.act is not Act.SUMMARY:
            yield from _inner(scalars).items()

    def _scalars(self, shape: Shape) -> list[str | tuple[str, Json]]:
        shown = self._bodies.read(shape.entity)
        point = _select("latitude", "longitude")
        found: list[str | tuple[str, Json]] = [
            (camel(f.name), point) if kind(f) == "Place" else camel(f.name) for f in shown
        ]
        return found + ([camel(shape.lock)] if shape.lock and shape.lock not in {f.name for f in shown} else [])


def _leaf() -> Json:
    return {"selects": {}}


def _select(*names: str | tuple[str, Json]) -> Json:
    """Fields that are asked for, some with fields of their own."""
    return {(n if isinstance(n, str) else n[0]): ({} if isinstance(n, str) else n[1]) for n in names}


def _inner(fields: Json) -> Json:
    return {name: {"selects": _inner(inner)} for name, inner in fields.items()}


def _direction(choice: str) -> str:
    return f"{choice[1:].upper()}_DESC" if choice.startswith("-") else f"{choice.upper()}_ASC"
