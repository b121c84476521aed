"""Mutations: their inputs, and their results as unions of what they did and the problems they may meet."""

from collections.abc import Iterator
from http import HTTPStatus

from archsmith.kernel.names import camel
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import AttributeType
from archsmith.model.graph import GraphRole
from archsmith.model.shapes import Field
from archsmith.render.contracts.graphql.types import Types
from archsmith.render.contracts.graphql.words import block, limits, named, told
from archsmith.render.contracts.words import sentence


class Mutations:
    """The definitions of mutations, over the types of one schema."""

    def __init__(self, types: Types) -> None:
        self._types, self._graph, self.enums = types, types.graph, types.enums

    def input(self, endpoint: Endpoint) -> list[Field]:
        """What a mutation takes beside its arguments."""
        if endpoint.request is Body.NONE:
            return []
        if endpoint.request is Body.FIELDS:
            return list(endpoint.takes)
        sent = self._types.fields.sent(endpoint, endpoint.entity)
        return sent if endpoint.request in (Body.CREATE, Body.UPDATE) else list(endpoint.takes)

    def of(self, endpoint: Endpoint) -> Iterator[str]:
        """Input, payload and result of a mutation."""
        said = sentence(endpoint.summary)
        taken = self.input(endpoint)
        if taken:
            yield self._input_type(endpoint, said, taken, partial=endpoint.request is Body.UPDATE)
        shape = self._types.shapes[endpoint.entity]
        made = "job: Job!" if endpoint.response is Body.ACCEPTED else f"record: {shape.type_name}"
        if endpoint.act is Act.DELETE:
            made = "deletedId: ID!"
        payload, result = (self.name(role, endpoint) for role in (GraphRole.PAYLOAD, GraphRole.RESULT))
        yield f"{block(said)}type {payload} {{\n  {made}\n}}\n"
        yield f"union {result} = {' | '.join(self.members(endpoint))}\n"

    def members(self, endpoint: Endpoint) -> list[str]:
        """What a mutation may answer with: its payload first, then its problems."""
        found = [self.name(GraphRole.PAYLOAD, endpoint), *(self._problem(s) for s in endpoint.problems)]
        found += [self._problem(r.type) for r in endpoint.refusals]
        return [name for name in dict.fromkeys(found) if name]

    def name(self, role: GraphRole, endpoint: Endpoint) -> str:
        """The name of a type of an endpoint."""
        return self._graph.name(role, endpoint.operation_id)

    def _input_type(self, endpoint: Endpoint, said: str, taken: list[Field], *, partial: bool) -> str:
        lines = []
        for field in taken:
            kind = "PlaceInput" if field.type is AttributeType.GEO else named(field, self.enums)
            needed = "!" if field.required and not partial else ""
            lines.append(f"{block(told(field), '  ')}  {camel(field.name)}: {kind}{needed}{limits(field)}")
        name = self.name(GraphRole.INPUT, endpoint)
        return f"{block(said)}input {name} {{\n" + "\n".join(lines) + "\n}\n"

    def problems(self, mutations: list[Endpoint]) -> Iterator[str]:
        """The interface of problems, and a type for each that a mutation may answer with."""
        own = "  type: String!\n  title: String!\n  detail: String\n"
        yield block("A problem of RFC 9457: tell them apart by their type.") + f"interface Problem {{\n{own}}}\n"
        errors = '  """Path of the value in the input."""\n  pointer: String!\n  detail: String!\n'
        yield f"{block('What is wrong with one value.')}type FieldError {{\n{errors}}}\n"
        for status in sorted({s for e in mutations for s in e.problems if self._problem(s)}):
            more = {422: "  errors: [FieldError!]!\n", 429: "  retryAfterSeconds: Int!\n"}.get(status, "")
            said = HTTPStatus(status).phrase.capitalize()
            head = block(f"{said} ({status} over HTTP).")
            yield f"{head}type {self._problem(status)} implements Problem {{\n{own}{more}}}\n"
        refusals = {r.type: r for e in mutations for r in e.refusals}
        for kind, refusal in sorted(refusals.items()):
            yield f"{block(sentence(refusal.description))}type {self._problem(kind)} implements Problem {{\n{own}}}\n"

    def _problem(self, of: int | str) -> str:
        """The type of a status or a refusal; empty for what is no data but an error of GraphQL."""
        return self._graph.name(GraphRole.PROBLEM, of)
