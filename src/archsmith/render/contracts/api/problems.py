"""Problem responses (RFC 9457): one shared response for each status, with an example for each type that occurs."""

from http import HTTPStatus

from archsmith.knowledge.problems import ProblemType
from archsmith.model.architecture import RateLimit
from archsmith.model.contracts import Endpoint
from archsmith.model.domain import AttributeType
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.headers import challenge, limit_headers, retry_after
from archsmith.render.contracts.api.values import identifier
from archsmith.render.view import View

PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Which problem it is: compare this."},
        "title": {"type": "string", "description": "The type in words; the same each time."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "The HTTP status, for logs."},
        "detail": {"type": "string", "description": "What happened this time."},
        "instance": {"type": "string", "format": "uri-reference", "description": "This occurrence, for support."},
        "errors": {
            "type": "array",
            "description": "The values that are not valid, where that is the problem.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) to the value."},
                    "detail": {"type": "string", "description": "Which rule it breaks."},
                },
            },
        },
    },
}  # fmt: skip
_MEDIA_TYPE = "application/problem+json"
_SERVER_ERRORS = 500


class Problems:
    """The problem responses of a design's endpoints."""

    def __init__(self, view: View, catalogue: dict[int, tuple[ProblemType, ...]], components: Components) -> None:
        self._view = view
        self._catalogue = catalogue
        self._components = components
        self._limit = next(iter(view.arch.policies.rate_limits), None)
        self._traits = {trait for endpoint in view.arch.endpoints for trait in self._traits_of(endpoint)}

    def of(self, endpoint: Endpoint) -> Json:
        """References to the responses, by status."""
        return {str(status): self._response(status) for status in sorted(set(endpoint.problems))}

    def _response(self, status: int) -> Json:
        types = self._catalogue.get(status)
        if not types:
            raise KeyError(f"problems.yaml has no type for status {status}, which an endpoint may answer with")
        name = types[0].name
        if not self._components.has("responses", name):
            self._components.add("schemas", "Problem", PROBLEM)
            self._components.add("responses", name, self._shared(types))
        return {"$ref": f"#/components/responses/{name}"}

    def _shared(self, types: tuple[ProblemType, ...]) -> Json:
        kept = [t for t in types if not t.when or t.when in self._traits] or list(types[:1])
        response: Json = {"description": types[0].description}
        headers = self._headers(types[0].status)
        if headers:
            response["headers"] = headers
        response["content"] = {
            _MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {t.id: {"summary": t.title, "value": _example(t)} for t in kept},
            }
        }
        return response

    def _headers(self, status: int) -> Json:
        found = limit_headers(self._limit, self._components) if self._limit and status < _SERVER_ERRORS else {}
        if status == HTTPStatus.UNAUTHORIZED:
            return challenge() | found
        waits = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        return retry_after(self._limit) | found if waits else found

    def _traits_of(self, endpoint: Endpoint) -> list[str]:
        """Which of the special cases of the catalogue an endpoint can have."""
        entity = self._view.entities[endpoint.entity]
        found = ["key"] if endpoint.idempotency_key else []
        if any(a.type is AttributeType.STATE for a in entity.attributes):
            found.append("state")
        if any(a.unique and not a.read_only for a in entity.attributes):
            found.append("unique")
        return found


def _example(kind: ProblemType) -> Json:
    found: Json = {
        "type": f"/problems/{kind.id}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.detail,
        "instance": f"/problems/occurrences/{identifier(kind.id)}",
    }
    if kind.errors:
        found["errors"] = [{"pointer": "/name", "detail": "is longer than it may be"}]
    return found


def policy_of(view: View, endpoint: Endpoint) -> RateLimit | None:
    """The rate limit of an endpoint."""
    return next((p for p in view.arch.policies.rate_limits if p.id == endpoint.rate_limit), None)
