"""A body: media type, schema and an example side by side."""

from dataclasses import dataclass, field
from typing import Any

from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.words import title

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
MULTIPART = "multipart/form-data"
EVENT_STREAM = "text/event-stream"
BINARY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Content:
    """What a request or a response carries. `summary` says what the example shows; `encoding` is that of parts."""

    media_type: str
    schema: Json
    example: Any
    summary: str
    encoding: Json = field(default_factory=dict)

    def as_data(self) -> Json:
        """The content map of OpenAPI."""
        body: Json = {
            "schema": self.schema,
            "examples": {"example": {"summary": title(self.summary), "value": self.example}},
        }
        return {self.media_type: body | ({"encoding": self.encoding} if self.encoding else {})}
