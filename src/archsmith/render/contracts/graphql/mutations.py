"""Mutations: their inputs, and their results as unions of what they did and the problems they may meet."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from archsmith.kernel.names import pascal
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.render.contracts.graphql.types import Types
from archsmith.render.contracts.graphql.words import block, limits, named, told
from archsmith.render.contracts.words import sentence

_RAISED: Final = frozenset({400, 401, 404, 428, 500, 502, 503, 504})
"""Statuses that come as errors of GraphQL: nothing that the caller's next step depends on."""


class Mutations:
    """The definitions of mutations, over the types of one schema."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self.names, self.enums = types.names, types.enums

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
        base, said = pascal(endpoint.operation_id), sentence(endpoint.summary)
        taken = self.input(endpoint)
        if taken:
            yield self._input_type(base, said, taken, partial=endpoint.request is Body.UPDATE)
        shape = self._types.shapes[endpoint.entity]
        made = "job: Job!" if endpoint.response is Body.ACCEPTED else f"record: {shape.type_name}"
        if endpoint.act is Act.DELETE:
            made = "deleted_id: ID!"
        payload = self.names.take(f"{base}Payload")
        yield f"{block(said)}type {payload} {{\n  {made}\n}}\n"
        result = self.names.take(f"{base}Result")
        yield f"union {result} = {' | '.join(self.members(endpoint))}\n"

    def members(self, endpoint: Endpoint) -> list[str]:
        """What a mutation may answer with: its payload first, then its problems."""
        found = [self.names.take(f"{pascal(endpoint.operation_id)}Payload")]
        found += [self._problem(s) for s in _answered(endpoint)] + [self._refusal(r.type) for r in endpoint.refusals]
        return list(dict.fromkeys(found))

    def _input_type(self, base: str, said: str, taken: list[Field], *, partial: bool) -> str:
        lines = []
        for field in taken:
            kind = "PlaceInput" if field.type is AttributeType.GEO else named(field, self.enums)
            needed = "!" if field.required and not partial else ""
            lines.append(f"{block(told(field), '  ')}  {field.name}: {kind}{needed}{limits(field)}")
        return f"{block(said)}input {self.names.take(base + 'Input')} {{\n" + "\n".join(lines) + "\n}\n"

    def problems(self, mutations: list[Endpoint]) -> Iterator[str]:
        """The interface of problems, and a type for each that a mutation may answer with."""
        own = "  type: String!\n  title: String!\n  detail: String\n"
        yield block("A problem of RFC 9457: tell them apart by their type.") + f"interface Problem {{\n{own}}}\n"
        errors = '  """Path of the value in the input."""\n  pointer: String!\n  detail: String!\n'
        yield f"{block('What is wrong with one value.')}type FieldError {{\n{errors}}}\n"
        for status in sorted({s for e in mutations for s in _answered(e)}):
            more = {422: "  errors: [FieldError!]!\n", 429: "  retry_after_seconds: Int!\n"}.get(status, "")
            said = HTTPStatus(status).phrase.capitalize()
            head = block(f"{said} ({status} over HTTP).")
            yield f"{head}type {self._problem(status)} implements Problem {{\n{own}{more}}}\n"
        refusals = {r.type: r for e in mutations for r in e.refusals}
        for kind, refusal in sorted(refusals.items()):
            yield f"{block(sentence(refusal.description))}type {self._refusal(kind)} implements Problem {{\n{own}}}\n"

    def _problem(self, status: int) -> str:
        return self.names.take(f"{pascal(HTTPStatus(status).phrase)}Problem")

    def _refusal(self, kind: str) -> str:
        return self.names.take(f"{pascal(kind)}Problem")


def _answered(endpoint: Endpoint) -> list[int]:
    """Statuses of problems that are data: those that depend on the input or the state."""
    return [status for status in endpoint.problems if status not in _RAISED]
