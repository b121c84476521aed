"""Problem responses (RFC 9457): one shared response for each status, an own one where the business refuses."""

from http import HTTPStatus
from typing import Final

from archsmith.knowledge.examples.values import identifier
from archsmith.knowledge.problems import ProblemType, kept
from archsmith.model.architecture import RateLimit
from archsmith.model.bodies import Bodies
from archsmith.model.contracts import Endpoint, Refusal
from archsmith.model.shapes import Field
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.headers import REFERENCE, challenge, limit_headers, retry_after
from archsmith.render.contracts.json_schema import integer, text
from archsmith.render.contracts.words import prose, sentence
from archsmith.render.markdown import clean, clip
from archsmith.render.view import View

MEDIA_TYPE: Final = "application/problem+json"
_TITLE_MAX: Final = 200
_PROBLEM: Final[Json] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {
            **REFERENCE,
            "description": "Which problem it is: compare this. It leads to a section of the page of problems, which "
            "says what to do about it. More types may come.",
        },
        "title": {**text(_TITLE_MAX), "description": "The type in words; the same each time."},
        "status": {**integer(400, 599), "description": "The HTTP status, for logs."},
        "detail": {**text(2000), "description": "What happened this time, for people to read; do not parse it."},
        "instance": {**REFERENCE, "description": "This occurrence: name it when you ask for help."},
        "errors": {
            "type": "array",
            "maxItems": 100,
            "description": "The values that are not valid, where that is the problem.",
            "items": {
                "type": "object",
                "description": "A value that is not valid.",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {**text(500), "description": "JSON pointer (RFC 6901) to the value in the request."},
                    "detail": {**text(500), "description": "Which rule it breaks."},
                },
            },
        },
    },
}  # fmt: skip


def problem_schema(components: Components) -> Json:
    """The reference to the schema of a problem."""
    return components.shared("Problem", _PROBLEM)


def type_of(name: str) -> str:
    """The `type` of a problem: a section of the page of problems, below the API's host."""
    return f"/problems#{name}"


class Problems:
    """The problem responses of a design's endpoints."""

    def __init__(
        self, view: View, fields: Bodies, catalogue: dict[int, tuple[ProblemType, ...]], components: Components
    ) -> None:
        self._fields = fields
        self._catalogue = catalogue
        self._components = components
        self._limits = {p.id: p for p in view.arch.policies.rate_limits}
        self._limit = next(iter(view.arch.policies.rate_limits), None)
        self._traits = {trait for endpoint in view.arch.endpoints for trait in fields.traits(endpoint)}

    def of(self, endpoint: Endpoint) -> Json:
        """The responses by status: references to shared ones, but where the business has rules of its own."""
        statuses = sorted({*endpoint.problems, *(r.status for r in endpoint.refusals)})
        return {str(status): self._response(endpoint, status) for status in statuses}

    def _types(self, status: int) -> tuple[ProblemType, ...]:
        types = self._catalogue.get(status)
        if not types:
            raise KeyError(f"problems.yaml has no type for status {status}, which an endpoint may answer with")
        return types

    def _response(self, endpoint: Endpoint, status: int) -> Json:
        own = [r for r in endpoint.refusals if r.status == status]
        types = self._types(status)
        if own:
            return self._own(endpoint, status, own)
        limit = self._limits.get(endpoint.rate_limit) if endpoint.rate_limit else None
        usual = limit == self._limit or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        name = types[0].name if usual else f"{types[0].name}-{limit.id if limit else 'unlimited'}"
        if not self._components.has("responses", name):
            met = kept(types, self._traits)
            examples = {t.id: _shown(t.title, self._example(t, None)) for t in met}
            made = self._built(types[0].description, status, self._limit if usual else limit, examples)
            self._components.add("responses", name, made)
        return {"$ref": f"#/components/responses/{name}"}

    def _own(self, endpoint: Endpoint, status: int, refusals: list[Refusal]) -> Json:
        """The rules of the business first, then what else has the same status."""
        said = " ".join(dict.fromkeys(sentence(r.description) for r in refusals if r.description))
        examples = {r.type: _shown(r.title, refused(r)) for r in refusals}
        traits = set(self._fields.traits(endpoint)) - {"state"}
        for kind in kept(self._types(status), traits):
            if not kind.when or kind.when in traits:
                examples.setdefault(kind.id, _shown(kind.title, self._example(kind, endpoint)))
        said = said or self._types(status)[0].description
        return self._built(
            said, status, self._limits.get(endpoint.rate_limit) if endpoint.rate_limit else None, examples
        )

    def _built(self, said: str, status: int, limit: RateLimit | None, examples: Json) -> Json:
        content = {"schema": problem_schema(self._components), "examples": examples}
        headers = self._headers(status, limit)
        return {"description": said, **({"headers": headers} if headers else {}), "content": {MEDIA_TYPE: content}}

    def _headers(self, status: int, limit: RateLimit | None) -> Json:
        found = limit_headers(limit if status < HTTPStatus.INTERNAL_SERVER_ERROR else None, self._components)
        if status == HTTPStatus.UNAUTHORIZED:
            return challenge() | found
        waits = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        return retry_after(round(limit.window) if limit else 1) | found if waits else found

    def _example(self, kind: ProblemType, endpoint: Endpoint | None) -> Json:
        found = _problem(kind.id, kind.title, kind.status, kind.detail)
        if kind.errors:
            found["errors"] = [self._error(endpoint)]
        return found

    def _error(self, endpoint: Endpoint | None) -> Json:
        """A field that such a request really has, with the limit that it breaks."""
        shapes = [self._fields.shapes[endpoint.entity]] if endpoint else list(self._fields.shapes.values())
        for shape in shapes:
            for field in shape.fields:
                if field.shown and not field.read_only and field.max_length:
                    return {"pointer": f"/{field.name}", "detail": _limit(field)}
        return {"pointer": "", "detail": "A required field is missing."}


def refused(refusal: Refusal) -> Json:
    """The example of a problem of the business."""
    return _problem(refusal.type, refusal.title, refusal.status, refusal.detail)


def _problem(name: str, title: str, status: int, detail: str) -> Json:
    return {
        "type": type_of(name),
        "title": clip(title, _TITLE_MAX),
        "status": status,
        "detail": clean(detail),
        "instance": f"/problems/occurrences/{identifier(name)}",
    }


def _limit(field: Field) -> str:
    return f"Longer than {field.max_length} characters."


def _shown(summary: str, value: Json) -> Json:
    return {"summary": prose(summary), "value": value}


def policy_of(view: View, endpoint: Endpoint) -> RateLimit | None:
    """The rate limit of an endpoint."""
    return next((p for p in view.arch.policies.rate_limits if p.id == endpoint.rate_limit), None)
