"""Messages as CloudEvents 1.0 in structured JSON: the envelope, what is fixed in it for each message, and examples.

Structured, not binary, on every broker: the same bytes lie in the outbox, in the queue and in the parked message, one
schema checks all of it, and no broker's headers are needed, of which MQTT 3.1.1 has none and SQS but ten.
"""

from datetime import timedelta
from typing import Any, Final

from archsmith.knowledge.examples.rows import Rows
from archsmith.knowledge.examples.values import FIRST_DAY, identifier, stamp
from archsmith.model.channels import Channel
from archsmith.model.contracts import EventContract
from archsmith.model.shapes import Shape, Source
from archsmith.render.contracts.json_schema import moment, uuid
from archsmith.render.contracts.schemas.shared import BASE, data_of, path_of, said
from archsmith.render.view import View

Json = dict[str, Any]
CONTENT_TYPE: Final = "application/cloudevents+json; charset=UTF-8"
_JOB_AFTER: Final = timedelta(seconds=1)
_LONGEST: Final = 255
_TRACE: Final = "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"

ENVELOPE: Final[Json] = {
    "type": "object",
    "title": "CloudEvent",
    "description": "The envelope of every message (CloudEvents 1.0, JSON format).",
    "required": ["specversion", "id", "source", "type", "time", "datacontenttype", "dataschema", "data"],
    "properties": {
        "specversion": {"type": "string", "const": "1.0", "description": "Version of CloudEvents."},
        "id": {**uuid(), "description": "Unique for its source: a consumer that has seen it drops the repeat."},
        "source": {"type": "string", "format": "uri-reference", "maxLength": _LONGEST, "description": "Who sends it."},
        "type": {"type": "string", "maxLength": _LONGEST, "description": "What it is, with its major version."},
        "subject": {"type": "string", "maxLength": _LONGEST, "description": "Id of the row that it is about."},
        "time": {**moment(), "description": "When it happened, not when it was sent."},
        "datacontenttype": {"type": "string", "const": "application/json", "description": "How `data` is written."},
        "dataschema": {"type": "string", "format": "uri", "maxLength": 500, "description": "JSON Schema of `data`."},
        "partitionkey": {
            "type": "string", "minLength": 1, "maxLength": _LONGEST,
            "description": "Messages with the same key keep their order (extension Partitioning).",
        },
        "tenantid": {**uuid(), "description": "Whose data it is: the consumer sets it before it touches a row."},
        "traceparent": {
            "type": "string", "minLength": 55, "maxLength": 55, "pattern": _TRACE,
            "description": "The trace that it belongs to (extension Distributed Tracing, W3C Trace Context).",
        },
        "data": {"type": "object", "description": "See `dataschema`."},
    },
}  # fmt: skip


class Messages:
    """The messages of a design."""

    def __init__(self, view: View, rows: Rows) -> None:
        self._view, self._rows = view, rows
        self._shapes = {s.entity: s for s in view.arch.shapes}
        self._system = next((c.type.partition(".")[0] for c in view.arch.event_contracts), "")

    def payload(self, contract: EventContract, channel: Channel) -> Json:
        """The schema of a whole message."""
        fixed: Json = {
            "type": {"const": contract.type},
            "dataschema": {"const": BASE + path_of(contract)},
            "data": {"$ref": f"./schemas/{path_of(contract)}"},
        }
        required = [name for name, wanted in self._wanted(contract, channel) if wanted]
        asked = {"required": required} if required else {}
        return {
            "allOf": [{"$ref": "#/components/schemas/CloudEvent"}, {"type": "object", **asked, "properties": fixed}]
        }

    def example(self, contract: EventContract, channel: Channel) -> Json:
        """A message as it is sent."""
        data = data_of(contract, self._rows)
        subject = str(data.get("id") or "")
        device = channel.key.removesuffix("_id").replace("_", " ")
        key = data.get(contract.key_field) or subject or identifier(device)
        values = {"subject": subject, "partitionkey": str(key), "tenantid": identifier("tenant")}
        wanted = {name: values[name] for name, asked in self._wanted(contract, channel) if asked}
        head = {"specversion": "1.0", "id": identifier(f"message {contract.type}"), "source": self.source(channel)}
        when = {"time": stamp(FIRST_DAY + _JOB_AFTER), "datacontenttype": "application/json"}
        return {**head, "type": contract.type, **wanted, **when, "dataschema": BASE + path_of(contract), "data": data}

    def source(self, channel: Channel) -> str:
        """Who sends what a channel carries, as the `source` of its messages; a device names itself."""
        kind, _, name = next(iter(channel.senders), "service:").partition(":")
        ident = f"/{identifier(channel.key)}" if kind == "actor" else ""
        return f"/{self._system}/{name}{ident}"

    def _wanted(self, contract: EventContract, channel: Channel) -> tuple[tuple[str, bool], ...]:
        """Which attributes a message must have beside those that all have."""
        shape = self._shapes.get(contract.entity) if contract.entity else None
        return (
            ("subject", "id" in contract.attributes),
            ("partitionkey", bool(channel.key)),
            ("tenantid", shape is not None and _has_tenant(shape) and not contract.timed),
        )

    def of(self, contract: EventContract, channel: Channel) -> Json:
        """A message as AsyncAPI has it, without bindings."""
        return {
            "name": contract.type,
            "title": contract.name,
            "summary": said(self._view, contract),
            "contentType": CONTENT_TYPE,
            "payload": self.payload(contract, channel),
            "examples": [
                {
                    "name": "example",
                    "summary": f"{contract.name} as it lies in the broker.",
                    "payload": self.example(contract, channel),
                }
            ],
        }


def _has_tenant(shape: Shape) -> bool:
    return any(f.source is Source.TENANT for f in shape.fields)
