"""An endpoint of the model as an operation of OpenAPI."""

from http import HTTPStatus

from archsmith.kernel.phrases import duration, listed
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.domain import Consistency, Entity, Operation
from archsmith.render.contracts.api.bodies import Bodies
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.headers import cache_control, response_headers
from archsmith.render.contracts.api.jobs import job_link
from archsmith.render.contracts.api.parameters import Parameters
from archsmith.render.contracts.api.problems import Problems, policy_of
from archsmith.render.contracts.api.security import Security
from archsmith.render.contracts.api.values import identifier
from archsmith.render.contracts.words import brief_says, prose, title
from archsmith.render.view import View


class Operations:
    """Builds the operations of a design."""

    def __init__(
        self,
        view: View,
        parameters: Parameters,
        bodies: Bodies,
        problems: Problems,
        security: Security,
        components: Components,
    ) -> None:
        self._view = view
        self._parameters = parameters
        self._bodies = bodies
        self._problems = problems
        self._security = security
        self._components = components

    def of(self, endpoint: Endpoint) -> Json:
        """The whole operation."""
        request = self._bodies.request(endpoint)
        found: Json = {
            "operationId": endpoint.operation_id,
            "tags": [tag_of(self._view.entities[endpoint.entity])],
            "summary": title(endpoint.summary),
            "description": self._description(endpoint),
            "security": self._security.of(endpoint),
        }
        parameters = self._parameters.of(endpoint)
        if parameters:
            found["parameters"] = parameters
        if request:
            found["requestBody"] = {"required": endpoint.request is not Body.ACTION, "content": request.as_data()}
        return {**found, "responses": self._responses(endpoint)}

    def _responses(self, endpoint: Endpoint) -> Json:
        content = self._bodies.response(endpoint)
        said = content.summary if content else _DONE.get(endpoint.success, "Done.")
        response: Json = {"description": title(said) + "."}
        headers = response_headers(
            endpoint, policy_of(self._view, endpoint), self._location(endpoint), self._components
        )
        if headers:
            response["headers"] = headers
        if content:
            response["content"] = content.as_data()
        found: Json = {str(endpoint.success): response}
        if endpoint.etag and endpoint.method == "GET":
            found[str(int(HTTPStatus.NOT_MODIFIED))] = {
                "description": "The version that the caller has is the current one."
            }
        return found | self._problems.of(endpoint)

    def _location(self, endpoint: Endpoint) -> str:
        """Where to read what was made; empty where the API has no such place."""
        base = base_path(self._view)
        if endpoint.response is Body.ACCEPTED and endpoint.method != "GET":
            path = job_link(self._view, endpoint)
            return f"{base}{path}" if path else ""
        if endpoint.success != HTTPStatus.CREATED:
            return ""
        for other in self._view.arch.endpoints:
            if other.method == "GET" and other.entity == endpoint.entity and other.response is Body.ONE:
                collection, _, last = other.path.rpartition("/")
                if last.startswith("{") and "{" not in collection:
                    return f"{base}{collection}/{identifier(endpoint.entity)}"
        return ""

    def _description(self, endpoint: Endpoint) -> str:
        served = [self._view.operations[o] for o in (endpoint.operation, *endpoint.also) if o in self._view.operations]
        if endpoint.response is Body.ACCEPTED and endpoint.method == "GET":
            return "Work that takes long answers at once with a job; this is where the job's state and result are read."
        lines = [*dict.fromkeys(said for o in served if (said := brief_says(o.why)))]
        lines += self._effects(endpoint, served[0])
        lines += self._promises(endpoint, served[0])
        return " ".join(lines) or title(endpoint.summary) + "."

    def _effects(self, endpoint: Endpoint, operation: Operation) -> list[str]:
        found = []
        entities, systems = self._view.entities, {s.id: s.name for s in self._view.domain.systems}
        touched = [prose(entities[e].name) for e in operation.touches if e in entities]
        if operation.to_state:
            found.append(f"Moves the {prose(entities[endpoint.entity].name)} to `{prose(operation.to_state)}`.")
        if touched:
            found.append(f"Changes {listed(touched)} in the same transaction.")
        if operation.calls:
            when = "before it answers" if operation.calls_sync else "after it has answered"
            found.append(f"Calls {listed(prose(systems.get(s, s)) for s in operation.calls)} {when}.")
        events = {e.id: e.name for e in self._view.domain.events}
        if operation.emits:
            found.append(f"Publishes {listed(f'`{prose(events.get(e, e))}`' for e in operation.emits)}.")
        return found

    def _promises(self, endpoint: Endpoint, operation: Operation) -> list[str]:
        found = [f"Answers within {duration(operation.latency_p95.value)} in 95% of cases."]
        if endpoint.method == "GET" and operation.consistency is Consistency.EVENTUAL and operation.freshness:
            found.append(f"What it shows may be {duration(operation.freshness.value)} old.")
        for rule in self._view.arch.policies.ownership:
            if endpoint.scopes and rule.entity == endpoint.entity and rule.actor == operation.actor:
                actor = next((a.name for a in self._view.domain.actors if a.id == rule.actor), str(rule.actor))
                found.append(f"A {prose(actor)} reaches only their own.")
        limit = policy_of(self._view, endpoint)
        if limit:
            found.append(f"At most {limit.limit} requests in {duration(limit.window)} for each caller.")
        if endpoint.method == "GET" and endpoint.cache:
            found.append(f"Sent with `Cache-Control: {cache_control(endpoint)}`.")
        return found


_DONE = {202: "Taken; the work is done later.", 204: "Done; there is nothing to show."}


def base_path(view: View) -> str:
    """The path that all paths of the document are below."""
    return f"/v{view.arch.api_version.partition('.')[0]}"


def tag_of(entity: Entity) -> str:
    """The tag of an entity's operations."""
    name = title(entity.plural or entity.name)
    return name[:1].upper() + name[1:]
