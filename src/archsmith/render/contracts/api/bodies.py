"""What requests and responses carry: for each kind of body its schema and an example that fits it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.names import snake
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.domain import AttributeType, Entity
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.fields import Field, Fields
from archsmith.render.contracts.api.jobs import job_example, job_schema
from archsmith.render.contracts.api.types import PLACE
from archsmith.render.contracts.words import sentence, title
from archsmith.render.view import View

CURSOR: Final = "eyJhZnRlciI6IjIwMjYtMDMtMDIifQ"
"""What a cursor looks like: opaque to the client."""
_BINARY: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
_TOTALLED: Final = frozenset({AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL})


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its media type, its schema (mostly a reference) and an example under a name."""

    media_type: str
    schema: Json
    example: Any
    summary: str

    def as_data(self) -> Json:
        """The content map of OpenAPI, with the example named by the media type's use."""
        return {
            self.media_type: {
                "schema": self.schema,
                "examples": {"example": {"summary": title(self.summary), "value": self.example}},
            }
        }


class Bodies:
    """The bodies of a design's endpoints; the schemas they need are added to the components."""

    def __init__(self, view: View, fields: Fields, components: Components) -> None:
        self._view = view
        self._fields = fields
        self._components = components

    def request(self, endpoint: Endpoint) -> Content | None:
        """What goes in; None where nothing does."""
        entity = self._view.entities[endpoint.entity]
        return _REQUESTS[endpoint.request](self, endpoint, entity)

    def response(self, endpoint: Endpoint) -> Content | None:
        """What comes out on success; None where nothing does."""
        entity = self._view.entities[endpoint.entity]
        return _RESPONSES[endpoint.response](self, endpoint, entity)

    def read(self, entity: Entity) -> Json:
        """The reference to the schema of an entity as it is read."""
        name = self._components.schema_name(entity.id)
        if not self._components.has("schemas", name):
            self._components.add("schemas", name, {})  # holds the place, in case a part refers back
            fields = [f for f in self._fields.of(entity) if not f.secret]
            schema = self._object(fields, entity.description.strip() or f"One of the {entity.plural}", closed=False)
            for prop, part in self._fields.parts_of(entity):
                schema["properties"][prop] = {"type": "array", "items": self.read(part), "readOnly": True}
            self._components.schema(name).update(schema)
        return {"$ref": f"#/components/schemas/{name}"}

    def example(self, entity: Entity, index: int = 0, state: str = "") -> Json:
        """An entity as it is read."""
        found = {f.name: f.example(index) for f in self._fields.of(entity) if not f.secret}
        for prop, part in self._fields.parts_of(entity):
            found[prop] = [self.example(part, index)]
        if state:
            found |= dict.fromkeys(self._states(entity, state), state)
        return found

    def _states(self, entity: Entity, state: str) -> list[str]:
        return [f.name for f in self._fields.of(entity) if state in f.schema.get("enum", ())]

    def _object(self, fields: Iterable[Field], said: str, *, closed: bool, required: bool = True) -> Json:
        kept = list(fields)
        if any("$ref" in f.schema for f in kept):
            self._components.add("schemas", "Place", PLACE)
        schema: Json = {"type": "object", "description": sentence(said)}
        wanted = [f.name for f in kept if f.required]
        if required and wanted:
            schema["required"] = wanted
        schema["properties"] = {f.name: f.schema for f in kept}
        return schema | ({"additionalProperties": False} if closed else {})

    def _sent(self, endpoint: Endpoint, entity: Entity) -> list[Field]:
        """The fields that a client sends: neither set by us, nor said by the path, nor told by who calls."""
        said = {p.name for p in endpoint.parameters if p.place == "path"}
        operation = self._view.operations[endpoint.operation]
        for rule in self._view.arch.policies.ownership:
            if rule.entity == entity.id and rule.actor in (operation.actor, None):
                said.add(rule.column)
        return [f for f in self._fields.of(entity) if not f.set_by_us and f.name not in said]

    def _create(self, endpoint: Endpoint, entity: Entity) -> Content:
        fields = self._sent(endpoint, entity)
        schema = self._object(fields, f"What it takes to make a new {entity.name}.", closed=True)
        example = {f.name: f.example(0) for f in fields}
        for prop, part in self._fields.parts(endpoint):
            back = {f"{snake(r.name)}_id" for r in part.relations if r.target == entity.id}
            own = [f for f in self._sent(endpoint, part) if f.name not in back]
            item = self._object(own, f"One of the {part.plural} of the {entity.name}.", closed=True)
            items = self._named(part.id, "Create", item, f"{entity.id}-{part.id}")
            schema["properties"][prop] = {"type": "array", "minItems": 1, "items": items}
            schema.setdefault("required", []).append(prop)
            example[prop] = [{f.name: f.example(0) for f in own}]
        reference = self._named(entity.id, "Create", schema, endpoint.operation_id)
        return Content("application/json", reference, example, f"A new {entity.name}")

    def _update(self, endpoint: Endpoint, entity: Entity) -> Content:
        fields = [_patched(f) for f in self._sent(endpoint, entity)]
        schema = self._object(
            fields,
            "What changes (RFC 7396): a field that is left out stays as it is, null takes an optional one away.",
            closed=True,
            required=False,
        )
        if fields:
            schema["minProperties"] = 1
        reference = self._named(entity.id, "Update", schema, endpoint.operation_id)
        example = {f.name: f.example(1) for f in fields[:2]}
        return Content("application/merge-patch+json", reference, example, f"Two fields of a {entity.name} change")

    def _action(self, endpoint: Endpoint, entity: Entity) -> Content | None:
        """What may be told along with an action: the fields that a row may lack until then."""
        fields = [f for f in self._sent(endpoint, entity) if not f.required] if "{" in endpoint.path else []
        if not fields:
            return None
        summary = f"What may be told when one does this: {endpoint.summary}."
        schema = self._object(fields, summary, closed=True)
        reference = self._named(endpoint.operation_id, "Request", schema)
        return Content("application/json", reference, {fields[0].name: fields[0].example(0)}, "With one field")

    def _upload(self, endpoint: Endpoint, entity: Entity) -> Content:
        fields = self._sent(endpoint, entity) if endpoint.response is Body.ONE else []
        schema = self._object(fields, f"A file, and what belongs to the {entity.name}.", closed=True)
        file: Json = {**_BINARY, "description": "The file itself."}
        schema["properties"] = {"file": file, **schema["properties"]}
        schema["required"] = ["file", *schema.get("required", ())]
        reference = self._named(entity.id, "Upload", schema, endpoint.operation_id)
        example = {"file": "(bytes of the file)", **{f.name: f.example(0) for f in fields}}
        return Content("multipart/form-data", reference, example, "A file")

    def _named(self, owner: str, shape: str, schema: Json, otherwise: str = "") -> Json:
        """The component of that shape; where a different one has the name already, one named by `otherwise`."""
        name = self._components.schema_name(owner, shape)
        if otherwise and self._components.has("schemas", name) and self._components.schema(name) != schema:
            name = self._components.schema_name(otherwise, "Request")
        return self._components.add("schemas", name, schema)

    def _one(self, endpoint: Endpoint, entity: Entity) -> Content:
        operation = self._view.operations[endpoint.operation]
        value = self.example(entity, 0, snake(operation.to_state) if operation.to_state else "")
        if endpoint.request is Body.UPDATE:
            value |= self._update(endpoint, entity).example
        return Content("application/json", self.read(entity), value, f"The {entity.name}")

    def _page(self, endpoint: Endpoint, entity: Entity) -> Content:
        following = {
            "type": "string",
            "description": "Cursor of the next page; absent on the last one.",
        }
        largest = next((p.maximum for p in endpoint.parameters if p.name == "limit"), None)
        most = {"maxItems": largest} if largest else {}
        schema: Json = {
            "type": "object",
            "description": sentence(f"One page of {entity.plural}"),
            "required": ["items"],
            "properties": {"items": {"type": "array", **most, "items": self.read(entity)}, "next": following},
        }
        reference = self._named(entity.id, "Page", schema)
        value = {"items": [self.example(entity, 0), self.example(entity, 1)], "next": CURSOR}
        return Content("application/json", reference, value, f"Two {entity.plural}, and more on the next page")

    def _summary(self, endpoint: Endpoint, entity: Entity) -> Content:
        """Counts by group, and the sums of what can be added up."""
        totals = [a for a in entity.attributes if a.type in _TOTALLED]
        shown = {f.name: f for f in self._fields.of(entity)}
        group: Json = {
            "type": "object",
            "required": ["key", "count"],
            "properties": {
                "key": {"type": "string", "description": "What the group has in common."},
                "count": {
                    "type": "integer",
                    "format": "int64",
                    "minimum": 0,
                    "description": sentence(f"How many {entity.plural}"),
                },
            },
        }
        value: Json = {"key": "2026-03", "count": 42}
        for attribute in (a for a in totals if a.name in shown):
            group["properties"][f"{attribute.name}_total"] = {
                **_unbounded(shown[attribute.name].schema),
                "description": sentence(f"Sum of {attribute.name} in the group"),
            }
            value[f"{attribute.name}_total"] = shown[attribute.name].example(0)
        schema: Json = {
            "type": "object",
            "description": sentence(endpoint.summary),
            "required": ["as_of", "groups"],
            "properties": {
                "as_of": {
                    "type": "string",
                    "format": "date-time",
                    "description": "The state of the data that this is about.",
                },
                "groups": {"type": "array", "items": group},
            },
        }
        reference = self._named(endpoint.operation_id, "Result", schema)
        example = {"as_of": "2026-03-02T09:30:00Z", "groups": [value]}
        return Content("application/json", reference, example, "One group")

    def _job(self, _endpoint: Endpoint, _entity: Entity) -> Content:
        reference = self._components.add("schemas", "Job", job_schema(self._view))
        return Content("application/json", reference, job_example(self._view), "Work that waits for its turn")

    def _download(self, _endpoint: Endpoint, _entity: Entity) -> Content:
        return Content("application/octet-stream", dict(_BINARY), "(bytes of the file)", "The file")

    def _nothing(self, _endpoint: Endpoint, _entity: Entity) -> None:
        return None


def _patched(field: Field) -> Field:
    """The field as a merge patch takes it: null removes what may be absent."""
    if field.required or "type" not in field.schema:
        return field
    schema = {**field.schema, "type": [field.schema["type"], "null"]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return Field(field.name, schema, field.example, field.required)


def _unbounded(schema: Json) -> Json:
    """The schema of a sum: the type of its parts, without their bounds."""
    kept = {k: v for k, v in schema.items() if k in ("type", "format")}
    if kept.get("type") == "integer":
        kept["format"] = "int64"
    return kept


_Build = Callable[[Bodies, Endpoint, Entity], Content | None]

_REQUESTS: Final[dict[Body, _Build]] = {
    Body.NONE: Bodies._nothing,
    Body.CREATE: Bodies._create,
    Body.UPDATE: Bodies._update,
    Body.ACTION: Bodies._action,
    Body.FILE: Bodies._upload,
}
_RESPONSES: Final[dict[Body, _Build]] = {
    Body.NONE: Bodies._nothing,
    Body.ONE: Bodies._one,
    Body.PAGE: Bodies._page,
    Body.SUMMARY: Bodies._summary,
    Body.ACCEPTED: Bodies._job,
    Body.FILE: Bodies._download,
}
