"""Parameters: those of the model, and the header fields that standards add to operations with a trait."""

from typing import Any

from archsmith.kernel.names import snake
from archsmith.model.contracts import Endpoint, Parameter
from archsmith.model.domain import Attribute, AttributeType, Entity
from archsmith.render.contracts.api.bodies import CURSOR
from archsmith.render.contracts.api.bounds import bounds
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.fields import Fields
from archsmith.render.contracts.api.headers import ETAG
from archsmith.render.contracts.api.types import schema_of
from archsmith.render.contracts.api.values import identifier
from archsmith.render.contracts.words import sentence
from archsmith.render.view import View


class Parameters:
    """The parameters of a design's endpoints."""

    def __init__(self, view: View, fields: Fields, components: Components) -> None:
        self._view = view
        self._fields = fields
        self._components = components

    def of(self, endpoint: Endpoint) -> list[Json]:
        """Path, query, then header parameters."""
        entity = self._view.entities[endpoint.entity]
        found = [self._parameter(p, entity) for p in endpoint.parameters]
        if endpoint.idempotency_key:
            found.append(self._components.add("parameters", "IdempotencyKey", self._idempotency()))
        if endpoint.etag and endpoint.method == "GET":
            found.append(self._components.add("parameters", "IfNoneMatch", _IF_NONE_MATCH))
        elif endpoint.etag:
            found.append(self._components.add("parameters", "IfMatch", _IF_MATCH))
        return found

    def _parameter(self, parameter: Parameter, entity: Entity) -> Json:
        attribute = next((a for a in entity.attributes if a.name == parameter.attribute), None)
        schema, example = self._schema(parameter, attribute, entity)
        found: Json = {"name": parameter.name, "in": parameter.place, "description": sentence(parameter.description)}
        if parameter.required or parameter.place == "path":
            found["required"] = True
        return {**found, "schema": schema, "example": example}

    def _schema(self, parameter: Parameter, attribute: Attribute | None, entity: Entity) -> tuple[Json, Any]:
        if parameter.choices:
            states = parameter.type is AttributeType.STATE
            choices = list(dict.fromkeys(map(snake, parameter.choices) if states else parameter.choices))
            schema: Json = {"type": "string", "enum": choices}
            return self._defaulted(schema, parameter), parameter.default or choices[0]
        if attribute is not None and parameter.type is attribute.type:
            schema = dict(schema_of(attribute, self._fields.column(entity, attribute.name)))
            schema.pop("minLength", None)
            return schema, self._bound(parameter, attribute, entity)
        plain = Attribute(name=parameter.name, type=parameter.type, description="", required=False, why=entity.why)
        schema = dict(schema_of(plain, None))
        example: Any = self._fields.value(plain, entity)
        if parameter.type is AttributeType.UUID:
            return schema, self._id(parameter, entity)
        if parameter.type is AttributeType.TEXT:
            schema |= {"maxLength": parameter.maximum} if parameter.maximum else {}
            example = CURSOR if parameter.name == "cursor" else self._search(entity, parameter.maximum)
        else:
            schema |= {
                k: v for k, v in (("minimum", parameter.minimum), ("maximum", parameter.maximum)) if v is not None
            }
        schema = self._defaulted(schema, parameter)
        return schema, schema.get("default", example)

    def _id(self, parameter: Parameter, entity: Entity) -> str:
        """The id that the body's example shows for the same thing."""
        for relation in entity.relations:
            if parameter.name == f"{snake(relation.name)}_id":
                return identifier(relation.target)
        if parameter.name == "job_id":
            return identifier("job")
        named = [e for e in self._view.domain.entities if parameter.name.removeprefix("part_") == f"{snake(e.name)}_id"]
        return identifier(named[0].id if named else entity.id)

    def _bound(self, parameter: Parameter, attribute: Attribute, entity: Entity) -> Any:
        """One end of a range: of two examples the smaller or the larger; a single value else."""
        values = [self._fields.value(attribute, entity, n) for n in (0, 1)]
        if parameter.name.endswith(("_max", "_to")):
            return max(values, key=_size)
        return min(values, key=_size) if parameter.name.endswith(("_min", "_from")) else values[0]

    def _search(self, entity: Entity, longest: int | None) -> str:
        """A word that the example of the entity has."""
        texts = [a for a in entity.attributes if a.type is AttributeType.TEXT]
        value = str(self._fields.value(texts[0], entity)) if texts else "example"
        return value.split(" ", 1)[0].lower()[:longest]

    @staticmethod
    def _defaulted(schema: Json, parameter: Parameter) -> Json:
        if not parameter.default:
            return schema
        kind = schema.get("type")
        value: Any = parameter.default
        if kind == "integer":
            value = int(value)
        elif kind == "number":
            value = float(value)
        elif kind == "boolean":
            value = value == "true"
        return {**schema, "default": value}

    def _idempotency(self) -> Json:
        column = next(
            (c for t in self._view.arch.tables if t.entity is None for c in t.columns if c.name == "idempotency_key"),
            None,
        )
        return {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "Chosen by the client, one for each intent (a UUID will do). A request that is sent again "
            "with the same key is done once and gets the first answer.",
            "schema": {"type": "string", "minLength": 1, **bounds(column)},
            "example": identifier("idempotency key"),
        }


def _size(value: Any) -> tuple[float, str]:
    """An order for amounts in text, numbers and dates."""
    try:
        return float(value), ""
    except (TypeError, ValueError):
        return 0.0, str(value)


_IF_MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that the caller has read: nobody's change is overwritten unseen.",
    "schema": {"type": "string"},
    "example": ETAG,
}
_IF_NONE_MATCH: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the version that the caller has. If it is still the current one, the answer is 304.",
    "schema": {"type": "string"},
    "example": ETAG,
}
