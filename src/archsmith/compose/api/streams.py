"""What is pushed to clients that wait for it."""

from http import HTTPStatus

from archsmith.compose.api.access import READS
from archsmith.compose.api.board import Board
from archsmith.kernel.phrases import duration
from archsmith.kernel.units import Seconds
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.decisions import Dimension


def streams(board: Board) -> None:
    """Beside each read whose result is pushed, a stream of what changes in it."""
    chosen = board.ctx.decision(Dimension.REALTIME)
    if chosen is None or chosen.option not in ("sse", "websocket"):
        return
    success = HTTPStatus.SWITCHING_PROTOCOLS if chosen.option == "websocket" else HTTPStatus.OK
    for endpoint in list(board.endpoints):
        operations = [board.ctx.operations[o] for o in (endpoint.operation, *endpoint.also)]
        live = [o for o in operations if o.real_time]
        if endpoint.companion or endpoint.act not in READS or not live:
            continue
        ages = [o.freshness.value for o in live if o.freshness]
        said = f"What it shows may be at most {duration(min(ages))} old." if ages else "What it shows is live."
        board.beside(
            endpoint, Act.STREAM, "GET", f"{endpoint.path}/updates", said,
            response=Body.EVENTS, success=success, events=tuple(_events(board, endpoint)),
            heartbeat=Seconds(board.ctx.parameter("stream.heartbeat")),
        )  # fmt: skip


def _events(board: Board, endpoint: Endpoint) -> list[str]:
    """The events of what is watched, and of its parts."""
    parts = {e for e, r in board.ctx.part_of.items() if r.target == endpoint.entity}
    return [e.id for e in board.ctx.domain.events if e.entity == endpoint.entity or e.entity in parts]
