"""What requests carry: for each kind of body its schema and an example that fits it."""

from collections.abc import Callable
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.phrases import listed, size
from archsmith.kernel.units import Bytes
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.shapes import Field
from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.api.content import BINARY, JSON, MERGE_PATCH, MULTIPART, Content
from archsmith.render.contracts.api.schemas import Schemas
from archsmith.render.contracts.json_schema import nullable
from archsmith.render.contracts.words import prose
from archsmith.render.view import View

FILE_TEXT: Final = "(the bytes of the file)"


class Requests:
    """The request bodies of a design's endpoints."""

    def __init__(self, view: View, schemas: Schemas) -> None:
        self._view = view
        self._schemas = schemas
        self._fields = schemas.fields

    def of(self, endpoint: Endpoint) -> Content | None:
        """What goes in; None where nothing does."""
        return _BUILD[endpoint.request](self, endpoint)

    def change(self, endpoint: Endpoint) -> Json:
        """The values that the example of a change sends."""
        shape = self._fields.shapes[endpoint.entity]
        return self._schemas.rows.change(shape, self._fields.sent(endpoint, endpoint.entity))

    def _name(self, endpoint: Endpoint) -> str:
        return prose(self._view.entities[endpoint.entity].name)

    def _sent(self, endpoint: Endpoint, entity: EntityId, skipped: frozenset[str] = frozenset()) -> list[Field]:
        return [f for f in self._fields.sent(endpoint, entity) if f.name not in skipped]

    def _values(self, fields: list[Field], entity: EntityId) -> Json:
        row = self._schemas.rows.of(entity)
        return {f.name: row[f.name] for f in fields if f.name in row}

    def _creation(self, endpoint: Endpoint) -> tuple[Json, Json]:
        """The reference to the schema of what makes a new row, and an example."""
        entity = endpoint.entity
        fields = self._sent(endpoint, entity)
        schema = self._schemas.object(fields, f"What it takes to make a new {self._name(endpoint)}.", closed=True)
        example = self._values(fields, entity)
        for prop, part in self._fields.parts(endpoint):
            own = self._sent(endpoint, part, self._fields.back(part, entity))
            said = f"One of the {prop.replace('_', ' ')} of the {self._name(endpoint)}."
            item = self._kept(part, "Create", self._schemas.object(own, said, closed=True), f"{entity} {part} item")
            schema["properties"][prop] = {
                "type": "array",
                "minItems": 1,
                "maxItems": self._schemas.rules.parts_max,
                "items": item,
                "description": f"At least one; made together with the {self._name(endpoint)}, or not at all.",
            }
            schema.setdefault("required", []).append(prop)
            example[prop] = [self._values(own, part)]
        return self._kept(entity, "Create", schema, f"{endpoint.operation_id}_request"), example

    def _create(self, endpoint: Endpoint) -> Content:
        reference, example = self._creation(endpoint)
        return Content(JSON, reference, example, f"A new {self._name(endpoint)}")

    def _batch(self, endpoint: Endpoint) -> Content:
        reference, example = self._creation(endpoint)
        schema = {
            "type": "object",
            "description": "Several at once; each is done or refused by itself.",
            "required": ["items"],
            "properties": {
                "items": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": endpoint.batch or self._schemas.rules.batch_max,
                    "items": reference,
                    "description": "In the order in which the answer tells of them.",
                }
            },
            "additionalProperties": False,
        }
        named = self._kept(endpoint.entity, "Batch", schema, f"{endpoint.operation_id}_request")
        return Content(JSON, named, {"items": [example]}, "A batch of one")

    def _update(self, endpoint: Endpoint) -> Content:
        fields = self._sent(endpoint, endpoint.entity)
        said = "What changes (RFC 7396): a field that is left out stays as it is, null takes an optional one away."
        schema = self._schemas.object(fields, said, closed=True, required=False)
        for field in fields:
            if not field.required:
                schema["properties"][field.name] = nullable(schema["properties"][field.name])
        if fields:
            schema["minProperties"] = 1
        reference = self._kept(endpoint.entity, "Update", schema, f"{endpoint.operation_id}_request")
        example = self.change(endpoint)
        told = listed(f"`{name}`" for name in example) or "Nothing"
        return Content(MERGE_PATCH, reference, example, f"{told} of the {self._name(endpoint)} changes")

    def _told(self, endpoint: Endpoint) -> Content | None:
        """The fields of `takes`."""
        if not endpoint.takes:
            return None
        closed = endpoint.act is not Act.CALLBACK  # the sender adds fields when it likes
        said = f"What it takes to {endpoint.summary[:1].lower()}{endpoint.summary[1:]}."
        schema = self._schemas.object(endpoint.takes, said, closed=closed)
        name = self._schemas.components.name(f"{endpoint.operation_id}_request")
        return Content(JSON, self._schemas.named(name, schema), self._example(endpoint), endpoint.summary)

    def _example(self, endpoint: Endpoint) -> Json:
        row = self._schemas.rows.of(endpoint.entity)
        return {f.name: self._schemas.rows.said(endpoint.entity, row, f) for f in endpoint.takes}

    def _upload(self, endpoint: Endpoint) -> Content:
        fields = self._sent(endpoint, endpoint.entity) if endpoint.response is Body.ONE else []
        said = f"A file, and what belongs to the {self._name(endpoint)}." if fields else "A file."
        schema = self._schemas.object(fields, said, closed=True)
        schema["properties"] = {"file": file_schema(endpoint), **schema["properties"]}
        schema["required"] = ["file", *schema.get("required", ())]
        reference = self._kept(endpoint.entity, "Upload", schema, f"{endpoint.operation_id}_request")
        example = {"file": FILE_TEXT, **self._values(fields, endpoint.entity)}
        kinds = {"file": {"contentType": ", ".join(endpoint.media_types)}} if endpoint.media_types else {}
        return Content(MULTIPART, reference, example, "A file", kinds)

    def _kept(self, entity: EntityId, use: str, schema: Json, otherwise: str) -> Json:
        """The component of that use; where a different one has the name already, one named by `otherwise`."""
        components = self._schemas.components
        name = components.entity_name(entity, use)
        if components.has("schemas", name) and components.schema(name) != schema:
            name = components.name(otherwise)
        return components.add("schemas", name, schema)

    def _nothing(self, _endpoint: Endpoint) -> None:
        return None


def file_schema(endpoint: Endpoint) -> Json:
    """The bytes of a file, no more than the endpoint takes."""
    limit = f" At most {size(Bytes(endpoint.max_bytes))}." if endpoint.max_bytes else ""
    kinds = f" One of {listed(endpoint.media_types, 8)}." if endpoint.media_types else ""
    return {
        "type": "string",
        "format": "binary",
        "contentMediaType": BINARY,
        **({"maxLength": endpoint.max_bytes} if endpoint.max_bytes else {}),
        "description": f"The file itself.{kinds}{limit}",
    }


_BUILD: Final[dict[Body, Callable[[Requests, Endpoint], Content | None]]] = {
    Body.NONE: Requests._nothing,
    Body.CREATE: Requests._create,
    Body.UPDATE: Requests._update,
    Body.FILE: Requests._upload,
    Body.FIELDS: Requests._told,
    Body.BATCH: Requests._batch,
}
