"""Long-running work as a resource: what a 202 answers with, and where its state is read."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from archsmith.knowledge.examples.values import FIRST_DAY, identifier, stamp
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.render.contracts.api.components import Components, Json
from archsmith.render.contracts.api.problems import problem_schema
from archsmith.render.contracts.json_schema import PROPERTIES_MAX, moment, uuid
from archsmith.render.view import View

_MEANS: Final = {
    "ready": "waits for its turn",
    "running": "is being done",
    "done": "has a result",
    "failed": "failed",
    "cancelled": "was taken back before it was done",
}
"""What the states of a job mean, in words."""


def job_schema(view: View, components: Components) -> Json:
    """The reference to the schema of a job."""
    states = view.arch.rules.job_states
    told = "; ".join(f"`{name}`: {_MEANS.get(name, name)}" for name in states)
    schema = {
        "type": "object",
        "description": "Work that goes on after the answer. Ask for it again until it is neither ready nor running.",
        "required": ["id", "state", "created_at"],
        "properties": {
            "id": {**uuid(), "readOnly": True, "description": "Identifies the job."},
            "state": {"type": "string", "enum": list(states), "description": f"How far it is. {told}."},
            "created_at": {**moment(), "description": "When the work was asked for."},
            "finished_at": {**moment(), "description": "When it was over, one way or another; absent until then."},
            "result": {
                "type": "object",
                "maxProperties": PROPERTIES_MAX,
                "additionalProperties": True,
                "description": "What came out, such as a link to a file; absent until it is done.",
            },
            "problem": {"$ref": problem_schema(components)["$ref"], "description": "Why it failed; absent otherwise."},
        },
    }
    return components.shared("Job", schema)


def job_example(endpoint: Endpoint, problem: Json | None = None) -> Json:
    """A job that was just asked for; where its state is read, one that is done."""
    found: Json = {"id": identifier("job"), "state": "ready", "created_at": stamp(FIRST_DAY)}
    if endpoint.act is Act.JOB_CANCEL:
        return found | {"state": "cancelled", "finished_at": stamp(FIRST_DAY + timedelta(seconds=20))}
    if endpoint.success != HTTPStatus.OK:
        return found
    over = stamp(FIRST_DAY + timedelta(seconds=48))
    if problem:
        return found | {"state": "failed", "finished_at": over, "problem": problem}
    return found | {"state": "done", "finished_at": over, "result": {"rows": 418}}


def job_link(view: View, endpoint: Endpoint) -> str:
    """Where the state of the work that an endpoint starts is read, with an example id; empty where nowhere."""
    for other in view.arch.endpoints:
        if other.service == endpoint.service and other.method == "GET" and other.response is Body.ACCEPTED:
            return other.path.partition("{")[0] + identifier("job")
    return ""
