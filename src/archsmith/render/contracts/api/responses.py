"""What comes out on success: for each kind of body its schema and an example that fits what was sent."""

from collections.abc import Callable
from typing import Final

from archsmith.knowledge.examples.rows import Row
from archsmith.knowledge.examples.values import FIRST_DAY, stamp
from archsmith.model.api_rules import ApiRules
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field
from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.api.content import BINARY, JSON, Content
from archsmith.render.contracts.api.jobs import job_example, job_schema
from archsmith.render.contracts.api.problems import problem_schema
from archsmith.render.contracts.api.requests import FILE_TEXT, Requests, file_schema
from archsmith.render.contracts.api.schemas import Schemas
from archsmith.render.contracts.api.streams import stream
from archsmith.render.contracts.json_schema import integer, moment, text, uuid
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.view import View

CURSOR: Final = "eyJhZnRlciI6IjIwMjYtMDMtMDIifQ"
"""What a cursor looks like: opaque to the client."""
_TOTALLED: Final = frozenset({AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL})
_SUM: Final[Json] = {"type": "string", "format": "decimal", "maxLength": 40, "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


def cursor_schema(rules: ApiRules) -> Json:
    """What a cursor may be."""
    return {"type": "string", "maxLength": rules.cursor_max, "pattern": "^[A-Za-z0-9_-]+$"}


class Responses:
    """The bodies of a design's successes."""

    def __init__(self, view: View, schemas: Schemas, requests: Requests) -> None:
        self._view = view
        self._schemas = schemas
        self._requests = requests

    def of(self, endpoint: Endpoint) -> Content | None:
        """What comes out; None where nothing does."""
        return _BUILD[endpoint.response](self, endpoint)

    def _name(self, endpoint: Endpoint) -> str:
        return prose(self._view.entities[endpoint.entity].name)

    def _plural(self, endpoint: Endpoint) -> str:
        entity = self._view.entities[endpoint.entity]
        return prose(entity.plural or entity.name)

    def _row(self, endpoint: Endpoint) -> Row:
        """The row as the endpoint leaves it."""
        rows, entity = self._schemas.rows, endpoint.entity
        if endpoint.request is Body.UPDATE:
            return rows.changed(entity, changes=self._requests.change(endpoint))
        return rows.changed(entity, endpoint.to_state) if endpoint.to_state else rows.of(entity)

    def _one(self, endpoint: Endpoint) -> Content:
        value = self._schemas.row(endpoint.entity, self._row(endpoint))
        return Content(JSON, self._schemas.read(endpoint.entity), value, f"The {self._name(endpoint)}")

    def _page(self, endpoint: Endpoint) -> Content:
        largest = (
            next((p.maximum for p in endpoint.parameters if p.name == "limit"), None) or self._schemas.rules.page_max
        )
        schema: Json = {
            "type": "object",
            "description": sentence(f"One page of {self._plural(endpoint)}"),
            "required": ["items"],
            "properties": {
                "items": {
                    "type": "array",
                    "maxItems": largest,
                    "items": self._schemas.read(endpoint.entity),
                    "description": f"The {self._plural(endpoint)} of this page, in the order of `sort`.",
                },
                "next": {
                    **cursor_schema(self._schemas.rules),
                    "description": "The `cursor` of the next page; absent on the last one.",
                },
            },
        }
        name = self._schemas.components.entity_name(endpoint.entity, "Page")
        rows = [self._schemas.rows.of(endpoint.entity, n) for n in (0, 1)]
        by = next((p.default for p in endpoint.parameters if p.name == "sort"), "")
        rows.sort(key=lambda row: str(row.get(by.lstrip("-+"), "")), reverse=by.startswith("-"))
        value = {"items": [self._schemas.row(endpoint.entity, row) for row in rows], "next": CURSOR}
        said = f"Two {self._plural(endpoint)}, and more on the next page"
        return Content(JSON, self._schemas.named(name, schema), value, said)

    def _summary(self, endpoint: Endpoint) -> Content:
        """Counts by group, and the sums of what can be added up."""
        counted = {**integer(0, 2**53 - 1), "description": sentence(f"How many {self._plural(endpoint)} it has")}
        properties: Json = {
            "key": {**text(200), "description": "What the group has in common."},
            "count": counted,
        }
        value: Json = {"key": FIRST_DAY.strftime("%Y-%m"), "count": 42}
        for field in self._schemas.fields.read(endpoint.entity):
            if field.type in _TOTALLED and field.attribute:
                properties[f"{field.name}_total"] = {**_SUM, "description": f"Sum of `{field.name}` in the group."}
                value[f"{field.name}_total"] = _forty_two_times(field, self._schemas.rows.of(endpoint.entity))
        group: Json = {"type": "object", "required": ["key", "count"], "properties": properties}
        group["description"] = sentence(f"{self._plural(endpoint)} that have something in common")
        schema: Json = {
            "type": "object",
            "description": sentence(f"Figures about {self._plural(endpoint)}, in groups"),
            "required": ["as_of", "groups"],
            "properties": {
                "as_of": {**moment(), "description": "The state of the data that this is about."},
                "groups": {
                    "type": "array",
                    "maxItems": self._schemas.rules.groups_max,
                    "items": group,
                    "description": "One for each value that occurs, the largest first.",
                },
            },
        }
        name = self._schemas.components.name(f"{endpoint.operation_id}_result")
        example = {"as_of": stamp(FIRST_DAY), "groups": [value]}
        return Content(JSON, self._schemas.named(name, schema), example, "One group")

    def _job(self, endpoint: Endpoint) -> Content:
        value = job_example(endpoint)
        said = {"ready": "Work that waits for its turn", "done": "Work that is done"}.get(value["state"], "Taken back")
        return Content(JSON, job_schema(self._view, self._schemas.components), value, said)

    def _given(self, endpoint: Endpoint) -> Content | None:
        """The fields of `gives`."""
        if not endpoint.gives:
            return None
        link = "A link, and until when it works." if endpoint.act in (Act.DOWNLOAD, Act.UPLOAD) else ""
        said = link or f"What comes of it to {endpoint.summary[:1].lower()}{endpoint.summary[1:]}."
        schema = self._schemas.object(endpoint.gives, said, closed=False)
        name = self._schemas.components.name(f"{endpoint.operation_id}_result")
        row = self._schemas.rows.of(endpoint.entity)
        value = {f.name: self._schemas.rows.said(endpoint.entity, row, f) for f in endpoint.gives}
        return Content(JSON, self._schemas.named(name, schema), value, endpoint.summary)

    def _outcomes(self, endpoint: Endpoint) -> Content:
        """What became of each item of a batch (207)."""
        components = self._schemas.components
        most = endpoint.batch or self._schemas.rules.batch_max
        outcome: Json = {
            "type": "object",
            "description": "What became of one item.",
            "required": ["index", "status"],
            "properties": {
                "index": {**integer(0, most - 1), "description": "Its place in the request."},
                "status": {**integer(200, 599), "description": "The status that it would have had alone."},
                "id": {**uuid(), "description": f"Id of the {self._name(endpoint)} that was made."},
                "problem": {"$ref": problem_schema(components)["$ref"], "description": "Why it was refused."},
            },
        }
        schema: Json = {
            "type": "object",
            "description": "One outcome for each item, in their order.",
            "required": ["items"],
            "properties": {
                "items": {
                    "type": "array",
                    "maxItems": most,
                    "items": components.shared("BatchOutcome", outcome),
                    "description": "As many as were sent.",
                }
            },
        }
        name = components.entity_name(endpoint.entity, "BatchResult")
        made = self._schemas.rows.of(endpoint.entity)["id"]
        value = {"items": [{"index": 0, "status": 201, "id": made}]}
        return Content(JSON, self._schemas.named(name, schema), value, "The item was made")

    def _download(self, endpoint: Endpoint) -> Content:
        kind = endpoint.media_types[0] if endpoint.media_types else BINARY
        return Content(kind, file_schema(endpoint), FILE_TEXT, "The file")

    def _stream(self, endpoint: Endpoint) -> Content | None:
        return stream(self._view, self._schemas, endpoint)

    def _nothing(self, _endpoint: Endpoint) -> None:
        return None


def _forty_two_times(field: Field, row: Row) -> str:
    value = float(row.get(field.name, 0))
    return f"{42 * value:.2f}" if field.type is AttributeType.MONEY else f"{42 * value:.3f}".rstrip("0").rstrip(".")


_BUILD: Final[dict[Body, Callable[[Responses, Endpoint], Content | None]]] = {
    Body.NONE: Responses._nothing,
    Body.ONE: Responses._one,
    Body.PAGE: Responses._page,
    Body.SUMMARY: Responses._summary,
    Body.ACCEPTED: Responses._job,
    Body.FILE: Responses._download,
    Body.FIELDS: Responses._given,
    Body.BATCH: Responses._outcomes,
    Body.EVENTS: Responses._stream,
}
