"""Work that takes long, and work on many things at once."""

from http import HTTPStatus
from typing import Final

from archsmith.compose.api.board import Board
from archsmith.compose.scopes import jobs
from archsmith.kernel.names import slug
from archsmith.kernel.units import Seconds
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.requirements import OperationKind

JOB_STATES: Final = ("ready", "running", "done", "failed")
"""How far work is that takes long; it can be stopped in the first two."""
CANCELLED: Final = "cancelled"


def work(board: Board) -> None:
    """A job for each service that answers 202 with one; a collection of batches where the brief sends many at once."""
    for service in dict.fromkeys(e.service for e in board.endpoints):
        started = [e for e in board.endpoints if e.service == service and e.response is Body.ACCEPTED]
        if started:
            _jobs(board, started, service)
    for endpoint in list(board.endpoints):
        if endpoint.act is Act.CREATE and endpoint.success == HTTPStatus.CREATED and _in_bulk(board, endpoint):
            _batches(board, endpoint)


def _jobs(board: Board, started: list[Endpoint], service: str) -> None:
    name = jobs(board.ctx)
    path = f"/{name}/{{job_id}}"
    if board.get("GET", path):
        path = f"/{slug(service)}-{name}/{{job_id}}"
    read, write = f"{name}:read", f"{name}:write"
    board.grant(read, started, "See how far work is that takes long")
    board.grant(write, started, "Stop work that takes long")
    wait = Seconds(board.ctx.parameter("job.ask_again"))
    said = f"Tells how far it is when somebody asks to {board.said(started)}."
    board.beside(
        started[0], Act.JOB, "GET", path, said,
        operation_id="get_job", tag="Jobs", summary="Get a job", response=Body.ACCEPTED, scopes=(read,),
        retry_after=wait,
    )  # fmt: skip
    board.beside(
        started[0], Act.JOB_CANCEL, "POST", f"{path}/cancel", "What was started by mistake need not run to its end.",
        operation_id="cancel_job", tag="Jobs", summary="Cancel a job", response=Body.ACCEPTED, scopes=(write,),
        from_states=JOB_STATES[:2], to_state=CANCELLED,
    )  # fmt: skip


def _in_bulk(board: Board, endpoint: Endpoint) -> bool:
    """Whether a requirement of the operation speaks of many at once; what streams in has its own ways."""
    operations = [board.ctx.operations[o] for o in (endpoint.operation, *endpoint.also)]
    wanted = {r for o in operations if o.kind is OperationKind.COMMAND for r in o.requirements}
    said = (r.statement for r in board.ctx.requirements.requirements if r.id in wanted)
    return any(board.ctx.naming.any_in("bulk_phrases", f" {s} ") for s in said)


def _batches(board: Board, endpoint: Endpoint) -> None:
    entity = board.ctx.entities[endpoint.entity]
    names = board.ctx.names[entity.id]
    most = board.ctx.parameter.whole("batch.max")
    board.beside(
        endpoint, Act.CREATE, "POST", f"{endpoint.path}/batches",
        f"The brief has many {entity.plural} sent at once: each is made or refused for itself.",
        operation_id=f"create_{names.singular}_batch", summary=f"Create up to {most} {entity.plural}",
        request=Body.BATCH, response=Body.BATCH, success=HTTPStatus.MULTI_STATUS, batch=most, idempotency_key=True,
    )  # fmt: skip
