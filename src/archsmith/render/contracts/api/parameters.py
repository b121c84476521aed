"""Parameters: those of the model, and the header fields that standards add to operations with a trait."""

from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import duration
from archsmith.knowledge.examples.rows import Rows
from archsmith.knowledge.examples.values import identifier
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Endpoint, Parameter
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.headers import ETAG, ETAG_SCHEMA
from archsmith.render.contracts.api.responses import CURSOR, cursor_schema
from archsmith.render.contracts.json_schema import bare_schema, uuid
from archsmith.render.contracts.words import sentence
from archsmith.render.view import View

_WORDS_MAX: Final = 200
_KEY: Final = "^[A-Za-z0-9_-]+$"
"""Of an Idempotency-Key."""


class Parameters:
    """The parameters of a design's endpoints."""

    def __init__(self, view: View, fields: Bodies, rows: Rows, components: Components) -> None:
        self._view = view
        self._fields = fields
        self._rows = rows
        self._components = components
        self._ids = {f"{snake(shape.type_name)}_id": ident for ident, shape in fields.shapes.items()}
        self._ids |= {f"{snake(e.name)}_id": e.id for e in view.domain.entities}

    def of(self, endpoint: Endpoint) -> list[Json]:
        """Path, query, then header parameters."""
        found = [self._parameter(p, endpoint) for p in endpoint.parameters]
        if endpoint.idempotency_key:
            found.append(self._components.add("parameters", "IdempotencyKey", self._idempotency()))
        if endpoint.etag and endpoint.method == "GET":
            found.append(self._components.add("parameters", "IfNoneMatch", _IF_NONE_MATCH))
        elif endpoint.etag:
            found.append(self._components.add("parameters", "IfMatch", _IF_MATCH))
        return found

    def _parameter(self, parameter: Parameter, endpoint: Endpoint) -> Json:
        schema, example = self._schema(parameter, endpoint)
        if parameter.default:
            example = schema["default"] = _read(parameter.default, schema)
        found: Json = {"name": parameter.name, "in": parameter.place, "description": sentence(parameter.description)}
        if parameter.required or parameter.place == "path":
            found["required"] = True
        if parameter.many:
            found |= {"style": "form", "explode": False}
            most = _several(schema, self._view.arch.rules.select_max)
            several = {"type": "array", "minItems": 1, "maxItems": most, "uniqueItems": True}
            schema, example = {**several, "items": schema}, [example]
        return {**found, "schema": schema, "example": example}

    def _schema(self, parameter: Parameter, endpoint: Endpoint) -> tuple[Json, Any]:
        shape = self._fields.shapes[endpoint.entity]
        if parameter.choices:
            choices = list(dict.fromkeys(parameter.choices))
            return {"type": "string", "enum": choices}, choices[0]
        field = shape.of(parameter.attribute) or shape.field(parameter.attribute) if parameter.attribute else None
        if field is not None and not field.many and field.type is parameter.type:
            schema = bare_schema(field)
            schema.pop("minLength", None) if field.type is AttributeType.TEXT else None
            return schema, self._bound(parameter, field, endpoint.entity)
        if parameter.type is AttributeType.UUID:
            return uuid(), self._id(parameter, endpoint)
        if parameter.name == "cursor":
            return cursor_schema(self._view.arch.rules), CURSOR
        bare = _bare(parameter)
        schema = bare_schema(bare)
        if parameter.type is AttributeType.TEXT:
            return schema, self._search(endpoint.entity, bare.max_length)
        return schema, self._rows.message(bare, snake(shape.type_name))

    def _id(self, parameter: Parameter, endpoint: Endpoint) -> str:
        """The id that the body's example shows for the same thing."""
        if parameter.name == "job_id":
            return identifier("job")
        name = parameter.name
        for field in self._fields.shapes[endpoint.entity].fields:
            if field.refers is not None and field.name == name:
                return identifier(field.refers)
        return identifier(self._ids.get(name, endpoint.entity))

    def _bound(self, parameter: Parameter, field: Field, entity: EntityId) -> Any:
        """One end of a range: of two examples the smaller or the larger; a single value else."""
        rows = [self._rows.of(entity, n) for n in (0, 1)]
        shape = self._fields.shapes[entity]
        values = [r.get(field.name, self._rows.value(shape, field, n)) for n, r in enumerate(rows)]
        if parameter.name.endswith(("_max", "_to", "_before")):
            return max(values, key=_size)
        return min(values, key=_size) if parameter.name.endswith(("_min", "_from", "_after")) else values[0]

    def _search(self, entity: EntityId, longest: int | None) -> str:
        """A word that the example of the entity has."""
        row = self._rows.of(entity)
        texts = [f.name for f in self._fields.read(entity) if f.type is AttributeType.TEXT and f.name in row]
        value = str(row[texts[0]]) if texts else "example"
        return value.split(" ", 1)[0].lower()[:longest]

    def _idempotency(self) -> Json:
        rules = self._view.arch.rules
        return {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "Chosen by the client, one for each intent (a UUID will do). A request that is sent again "
            f"with the same key and the same content is done once and gets the first answer. It is remembered for "
            f"{duration(rules.keys_kept)}.",
            "schema": {"type": "string", "minLength": rules.key_min, "maxLength": rules.key_max, "pattern": _KEY},
            "example": identifier("idempotency key"),
        }


def _bare(parameter: Parameter) -> Field:
    """The parameter as a field of no row; a text's `maximum` counts its characters."""
    is_text = parameter.type is AttributeType.TEXT
    return Field(
        name=parameter.name,
        source=Source.MESSAGE,
        type=parameter.type,
        description=parameter.description,
        required=parameter.required,
        min_length=1 if is_text else None,
        max_length=(parameter.maximum or _WORDS_MAX) if is_text else None,
        minimum=None if is_text else parameter.minimum,
        maximum=None if is_text else parameter.maximum,
    )


def _several(schema: Json, most: int) -> int:
    return min(len(schema["enum"]), most) if "enum" in schema else most


def _read(default: str, schema: Json) -> Any:
    """The default of a parameter as a value of its type."""
    if schema.get("type") == "integer":
        return int(default)
    if schema.get("type") == "number":
        return float(default)
    return default == "true" if schema.get("type") == "boolean" else default


def _size(value: Any) -> tuple[float, str]:
    """An order for amounts in text, numbers and dates."""
    try:
        return float(value), ""
    except (TypeError, ValueError):
        return 0.0, str(value)


_IF_MATCH: Final[Json] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that the caller has read: nobody's change is overwritten unseen.",
    "schema": ETAG_SCHEMA,
    "example": ETAG,
}
_IF_NONE_MATCH: Final[Json] = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the version that the caller has. If it is still the current one, the answer is 304.",
    "schema": ETAG_SCHEMA,
    "example": ETAG,
}
