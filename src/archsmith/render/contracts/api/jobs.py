"""Long-running work as a resource: what a 202 answers with, and where its state is read."""

from archsmith.model.contracts import Body, Endpoint, Table
from archsmith.render.contracts.api.bounds import bounds
from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.api.values import identifier
from archsmith.render.view import View

_STATES = ("ready", "running", "done", "failed")


def _states(view: View) -> list[str]:
    """The states of the table of jobs; a design whose jobs wait elsewhere uses the same words."""
    table: Table | None = next(
        (t for t in view.arch.tables if t.entity is None and {"run_at", "state"} <= {c.name for c in t.columns}), None
    )
    column = next((c for c in table.columns if c.name == "state"), None) if table else None
    return list(bounds(column).get("enum", _STATES))


def job_schema(view: View) -> Json:
    """The schema of a job."""
    return {
        "type": "object",
        "description": "Work that runs in the background. Ask again until `state` is the last one or a failure.",
        "required": ["id", "state", "created_at"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "readOnly": True, "description": "Identifies the job."},
            "state": {"type": "string", "enum": _states(view), "description": "How far it is."},
            "created_at": {"type": "string", "format": "date-time", "description": "When it was asked for."},
            "result": {
                "type": "object",
                "additionalProperties": True,
                "description": "What came out, such as a link to a file; absent until it is done.",
            },
            "problem": {"$ref": "#/components/schemas/Problem", "description": "Why it failed; absent otherwise."},
        },
    }


def job_example(view: View) -> Json:
    """A job that was just asked for."""
    return {"id": identifier("job"), "state": _states(view)[0], "created_at": "2026-03-02T09:30:00Z"}


def job_link(view: View, endpoint: Endpoint) -> str:
    """Where the state of the work that an endpoint starts is read, with an example id; empty where nowhere."""
    for other in view.arch.endpoints:
        if other.service == endpoint.service and other.method == "GET" and other.response is Body.ACCEPTED:
            return other.path.partition("{")[0] + identifier("job")
    return ""
