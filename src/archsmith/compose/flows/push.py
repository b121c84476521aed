"""What is pushed to callers: results in real time, and commands to devices."""

from archsmith.compose.actors import Caller, caller
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.flows.build import add
from archsmith.compose.flows.entry import device_gateway
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, listed
from archsmith.model.architecture import Mode
from archsmith.model.decisions import Dimension
from archsmith.model.requirements import OperationKind


def pushes(ctx: Context, draft: Draft) -> None:
    """Services push to the live channel, and the gateway carries commands down to devices."""
    channel = next(iter(draft.edges_of("realtime_channel")), None)
    live = [o for o in ctx.domain.operations if o.real_time]
    if channel is not None and live:
        for actor in ctx.domain.actors:
            own = [o for o in live if o.actor == actor.id]
            if own:
                again = min(o.latency_p95.value for o in own)
                add(
                    draft,
                    element("edge", channel.id),
                    element("actor", actor.id),
                    Mode.ASYNC,
                    channel.product,
                    f"live: {listed(o.name for o in own)}",
                    own,
                    because=channel.because,
                    idempotent=True,
                    fallback=f"the client connects again with the id of the last message, and asks every "
                    f"{duration(max(again, 1.0))} until it has",
                    crosses_boundary=True,
                )
    _commands(ctx, draft)


def _commands(ctx: Context, draft: Draft) -> None:
    gateway = device_gateway(draft)
    devices = [a for a in ctx.domain.actors if caller(ctx, a) is Caller.DEVICE]
    words = {word for a in devices for word in a.name.lower().split()}
    steering = [
        o
        for o in ctx.domain.operations
        if o.kind is OperationKind.COMMAND
        and caller(ctx, ctx.actors[o.actor]) is Caller.PERSON
        and (words & set(ctx.entities[o.entity].name.lower().split()) or ctx.naming.any_in("steering_words", o.name))
    ]
    if gateway is None or not devices or not steering:
        return
    for group in dict.fromkeys(ctx.group_of[o.id].id for o in steering):
        add(
            draft,
            service_element(group),
            element("store", gateway.id),
            Mode.ASYNC,
            "MQTT over TLS, QoS 1",
            listed(o.name for o in steering if ctx.group_of[o.id].id == group),
            [o for o in steering if ctx.group_of[o.id].id == group],
            because=tuple(dict.fromkeys([*gateway.because, *ctx.because(Dimension.REALTIME)])),
            fallback=f"the command stays retained until the {devices[0].name} is back, which drops one that is too old",
        )
