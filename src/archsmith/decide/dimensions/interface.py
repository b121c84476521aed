"""How callers talk to the system: the API, and what is pushed to them."""

from archsmith.decide import calls
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import figure, work
from archsmith.kernel.ids import OptionId, TechId
from archsmith.model.decisions import Dimension


def api_style(ground: Ground) -> tuple[Option, ...]:
    """REST, GraphQL or gRPC: what each takes to build and to keep. Who asks for gRPC between services gets it there."""
    rows = (("rest", "REST with OpenAPI", 0.2), ("graphql", "GraphQL", 1.0), ("grpc", "gRPC", 0.8))
    inside = "grpc" if calls.meant_inside(ground) else ""
    return tuple(
        Option(
            axis="api",
            dimension=Dimension.API_STYLE,
            key=ident,
            id=OptionId(ident),
            label=label,
            tech=TechId(ident) if ident in ground.techs and ident != inside else None,
            gives=(f"api:{ident}",),
            ops=ops,
            build=ground.figure(f"api.{ident}_days"),
            why=work(ops, ground.figure(f"api.{ident}_days"), "to build"),
        )
        for ident, label, ops in rows
    )


def realtime(ground: Ground) -> tuple[Option, ...]:
    """What is pushed: nothing, answers to a timer, an event stream, or a two-way channel."""
    demand = ground.demand
    if not demand.real_time:
        return (
            Option(
                axis="realtime",
                dimension=Dimension.REALTIME,
                key="none",
                id=OptionId("none"),
                label="none",
                gives=("realtime:none",),
                why="no result is pushed",
            ),
        )
    polls = demand.concurrent_polls
    work = polls / 60 / (1 - demand.headroom)
    return (
        Option(
            axis="realtime",
            dimension=Dimension.REALTIME,
            key="polling",
            id=OptionId("polling"),
            label="polling every 5 s",
            gives=("realtime:polling",),
            build=ground.figure("realtime.polling_days"),
            compute=work,
            store=work * 0.5,
            why=f"{figure(polls)} more requests/s at the peak",
        ),
        Option(
            axis="realtime",
            dimension=Dimension.REALTIME,
            key="sse",
            id=OptionId("sse"),
            label="server-sent events",
            gives=("realtime:push",),
            needs=(("long_connections",),),
            build=ground.figure("realtime.sse_days"),
            ops=0.3,
            why=f"one way, over plain HTTP, in place of {figure(polls)} requests/s that ask; the browser reconnects",
        ),
        Option(
            axis="realtime",
            dimension=Dimension.REALTIME,
            key="websocket",
            id=OptionId("websocket"),
            label="web sockets",
            gives=("realtime:push", "realtime:two_way"),
            needs=(("long_connections",),),
            build=ground.figure("realtime.websocket_days"),
            ops=0.6,
            why="two ways; connections are balanced and drained by us",
        ),
    )
