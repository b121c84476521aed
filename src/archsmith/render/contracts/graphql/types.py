"""Types from the shapes: objects with their relations, connections, enums of states."""

from collections.abc import Iterator
from typing import Final

from archsmith.kernel.names import camel, plain
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import AttributeType
from archsmith.model.graph import Graph, GraphRole
from archsmith.model.shapes import Field, Shape
from archsmith.render.contracts.graphql.words import block, limits, named, told
from archsmith.render.contracts.words import sentence
from archsmith.render.view import View

_PLACE: Final = "A point on earth (WGS 84), in degrees."
_COORDINATES: Final = (
    "  latitude: Float! @constraint(min: -90, max: 90)\n  longitude: Float! @constraint(min: -180, max: 180)\n"
)


class Types:
    """The types of one schema. Names of fields are those of the shapes in camel case, as GraphQL has it."""

    def __init__(self, view: View, graph: Graph, endpoints: tuple[Endpoint, ...]) -> None:
        self.view, self.graph, self.endpoints = view, graph, endpoints
        self.fields = Bodies(view.design)
        shown = {e.entity for e in endpoints}
        self.shapes = {s.entity: s for s in view.arch.shapes if s.entity in shown}
        self.enums = {t.values: t.name for t in graph.types if t.role is GraphRole.ENUM}

    def shown(self, shape: Shape) -> list[Field]:
        """The fields that callers see."""
        return self.fields.read(shape.entity)

    def object(self, shape: Shape) -> str:
        """An entity as callers see it, with the objects that it refers to."""
        lines = [f"{block(sentence(shape.description))}type {shape.type_name} implements Node {{"]
        taken, reads = {f.name for f in self.shown(shape)}, f' @cost(weight: "{self.graph.read_cost}")'
        for field in self.shown(shape):
            kind = "ID" if field.name == "id" else named(field, self.enums)
            lines.append(
                f"{block(told(field), '  ')}  {camel(field.name)}: {kind}{'!' if field.required else ''}{limits(field)}"
            )
            target = self.shapes.get(field.refers) if field.refers and not field.many else None
            object_name = field.name.removesuffix("_id")
            if target is not None and object_name not in taken:
                said = f"The {plain(self.view.entity_name(target.entity))} itself, as far as the caller may see it."
                lines.append(f"{block(said, '  ')}  {camel(object_name)}: {target.type_name}{reads}")
        if shape.lock and shape.lock not in taken:
            lines.append(f"{block('Counts changes: send it back with a change.', '  ')}  {camel(shape.lock)}: Int!")
        return "\n".join(lines) + "\n}\n"

    def connection(self, shape: Shape) -> str:
        """A page of a list, by the specification of Relay's connections."""
        edge, whole = (self.graph.name(role, shape.entity) for role in (GraphRole.EDGE, GraphRole.CONNECTION))
        one, many = plain(self.view.entity_name(shape.entity)), self.view.entities[shape.entity].plural
        row = f"  node: {shape.type_name}!\n  cursor: String!\n"
        page = f"  edges: [{edge}!]!\n  pageInfo: PageInfo!\n"
        return (
            f"{block(sentence(f'One {one} of a page'))}type {edge} {{\n{row}}}\n\n"
            f"{block(sentence(f'A page of {many}'))}type {whole} {{\n{page}}}\n"
        )

    def shared(self) -> Iterator[str]:
        """What several types use."""
        yield block("Anything with an id that is unique in the whole API.") + "interface Node {\n  id: ID!\n}\n\n"
        yield (
            block("Where a page stands in its list.")
            + "type PageInfo {\n  hasNextPage: Boolean!\n  hasPreviousPage: Boolean!\n  startCursor: String\n"
            "  endCursor: String\n}\n"
        )
        if any(f.type is AttributeType.GEO for s in self.shapes.values() for f in self.shown(s)):
            yield f"\n{block(_PLACE)}type Place {{\n{_COORDINATES}}}\n"
            yield f"\n{block(_PLACE)}input PlaceInput {{\n{_COORDINATES}}}\n"
        if any(e.response is Body.ACCEPTED or e.act is Act.JOB for e in self.endpoints):
            yield (
                f"\n{block('Work in the background and how far it is.')}type Job {{\n  id: UUID!\n"
                f"  state: String!\n  createdAt: DateTime!\n  result: JSON\n}}\n"
            )
