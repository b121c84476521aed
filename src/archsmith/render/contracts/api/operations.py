"""An endpoint of the model as an operation of OpenAPI."""

from http import HTTPStatus
from typing import Final

from archsmith.knowledge.examples.values import identifier, token
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.domain import Entity
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.content import Content
from archsmith.render.contracts.api.descriptions import Descriptions
from archsmith.render.contracts.api.headers import limit_headers, response_headers
from archsmith.render.contracts.api.jobs import job_link
from archsmith.render.contracts.api.parameters import Parameters
from archsmith.render.contracts.api.problems import Problems, policy_of
from archsmith.render.contracts.api.requests import Requests
from archsmith.render.contracts.api.responses import Responses
from archsmith.render.contracts.api.security import Security
from archsmith.render.contracts.words import title
from archsmith.render.placeholders import host
from archsmith.render.view import View

_DONE: Final = {
    HTTPStatus.SWITCHING_PROTOCOLS: "From here on both sides speak WebSocket (RFC 6455).",
    HTTPStatus.CREATED: "It was made.",
    HTTPStatus.ACCEPTED: "Taken; the work is done later.",
    HTTPStatus.NO_CONTENT: "Done; there is nothing to show.",
    HTTPStatus.FOUND: "The file is at the signed link in `Location`.",
}
FILES: Final = f"https://{host('files')}"
"""Where the object store is reached: a host that can't exist (RFC 2606), to be replaced."""


class Operations:
    """Builds the operations of a design."""

    def __init__(
        self,
        view: View,
        parameters: Parameters,
        requests: Requests,
        responses: Responses,
        problems: Problems,
        security: Security,
        components: Components,
    ) -> None:
        self._view = view
        self._parameters = parameters
        self._requests = requests
        self._responses = responses
        self._problems = problems
        self._security = security
        self._components = components
        self._descriptions = Descriptions(view)

    def of(self, endpoint: Endpoint) -> Json:
        """The whole operation."""
        request = self._requests.of(endpoint)
        found: Json = {
            "operationId": endpoint.operation_id,
            "tags": [tag_of(endpoint, self._view.entities[endpoint.entity])],
            "summary": title(endpoint.summary),
            "description": self._descriptions.of(endpoint),
            "x-audience": endpoint.audience.value,
            "security": self._security.of(endpoint),
            **self._security.scopes(endpoint),
            **self._callers(endpoint),
        }
        parameters = self._parameters.of(endpoint)
        if parameters:
            found["parameters"] = parameters
        if request:
            found["requestBody"] = {"required": True, "content": request.as_data()}
        return {**found, "responses": self._answers(endpoint)}

    def _callers(self, endpoint: Endpoint) -> Json:
        """Which of our services call it, how long each waits for one try, and how often it tries."""
        waits = {}
        for flow in self._view.arch.calls_of(endpoint):
            tries = flow.retry.attempts if flow.retry else 1
            timeout = {"timeout_ms": round(flow.timeout * 1000)} if flow.timeout else {}
            waits[flow.source.partition(":")[2]] = {**timeout, "attempts": tries}
        return {"x-callers": waits} if waits else {}

    def _answers(self, endpoint: Endpoint) -> Json:
        content = self._responses.of(endpoint)
        said = self._told(endpoint, content)
        limit = policy_of(self._view, endpoint)
        response: Json = {"description": title(said) + "."}
        if headers := response_headers(endpoint, limit, self._location(endpoint), self._components):
            response["headers"] = headers
        if content:
            response["content"] = content.as_data()
        found: Json = {str(endpoint.success): response}
        if endpoint.etag and endpoint.method == "GET":
            unchanged: Json = {"description": "The version that the caller has is the current one."}
            if headers := limit_headers(limit, self._components):
                unchanged["headers"] = headers
            found[str(int(HTTPStatus.NOT_MODIFIED))] = unchanged
        return found | self._problems.of(endpoint)

    def _told(self, endpoint: Endpoint, content: Content | None) -> str:
        """What any such answer holds, whatever its example shows."""
        if content is None:
            return _DONE.get(HTTPStatus(endpoint.success), "Done.")
        several = self._view.entities[endpoint.entity].plural or self._view.entities[endpoint.entity].name
        if endpoint.response is Body.PAGE:
            return f"A page of {several}; the last one has no `next`" if not endpoint.tag else content.summary
        if endpoint.response is Body.SUMMARY:
            return f"Figures about {several}, one group for each value that occurs"
        if endpoint.response is Body.FIELDS and endpoint.act in (Act.DOWNLOAD, Act.UPLOAD):
            return "The link, and until when it works"
        return content.summary

    def _location(self, endpoint: Endpoint) -> str:
        """Where to read what was made, or the file; empty where the API has no such place."""
        base = base_path(self._view)
        if endpoint.success == HTTPStatus.FOUND:
            return f"{FILES}/{identifier(endpoint.entity)}?signature={token(endpoint.entity)}"
        if endpoint.response is Body.ACCEPTED and endpoint.method != "GET" and endpoint.act is not Act.JOB_CANCEL:
            path = job_link(self._view, endpoint)
            return f"{base}{path}" if path else ""
        if endpoint.success != HTTPStatus.CREATED or endpoint.response is not Body.ONE:
            return ""
        for other in self._view.arch.endpoints:
            if other.entity == endpoint.entity and other.act is Act.GET and other.response is Body.ONE:
                return f"{base}{self._filled(other)}"
        return ""

    def _filled(self, endpoint: Endpoint) -> str:
        """The path of an endpoint with the ids of the examples."""
        path = endpoint.path
        for parameter in self._parameters.of(endpoint):
            if parameter.get("in") == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
        return path


def base_path(view: View) -> str:
    """The path that all paths of the document are below."""
    return view.arch.api.base_path if view.arch.api else f"/v{view.arch.api_version.partition('.')[0]}"


def tag_of(endpoint: Endpoint, entity: Entity) -> str:
    """The tag of an endpoint: its own, or that of its entity's operations."""
    name = title(endpoint.tag or entity.plural or entity.name)
    return name[:1].upper() + name[1:]
