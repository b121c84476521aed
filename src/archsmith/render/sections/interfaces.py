"""What holds for GraphQL, gRPC and messages, in sentences of the section on the API."""

from collections.abc import Iterator

from archsmith.kernel.units import DAY
from archsmith.model.channels import Channel
from archsmith.model.contracts import Over
from archsmith.render import show
from archsmith.render.markdown import code, listed, table
from archsmith.render.prose import some
from archsmith.render.view import View


def styled(view: View) -> Iterator[str]:
    """How operations that are no HTTP of their own are called, and what guards them."""
    fields, methods = view.arch.over(Over.GRAPHQL), view.arch.over(Over.GRPC)
    if fields:
        keyed = [code(e.path) for e in fields if e.idempotency_key]
        locked = [code(e.path) for e in fields if e.etag and e.method == "MUTATION"]
        yield (
            f"{len(fields)} operations are fields of one GraphQL schema at `POST /graphql`: lists are connections, a "
            "mutation answers with what it did or with one of its problems, and only the operations of "
            "[api/persisted/manifest.json](api/persisted/manifest.json) run."
        )
        yield f"`idempotency_key` makes these safe to repeat: {some(keyed, 6)}." if keyed else ""
        yield f"`expected_version` guards {some(locked, 6)}." if locked else ""
    if methods:
        keyed = [code(e.path) for e in methods if e.idempotency_key]
        yield f"{len(methods)} operations are methods of gRPC; errors come as `google.rpc.Status`."
        yield f"`request_id` makes these safe to repeat: {some(keyed, 6)}." if keyed else ""


def inside(view: View) -> str:
    """Methods that services call of each other; nothing where there are none."""
    own = [r for r in view.arch.rpcs if r.callers]
    if not own:
        return ""
    names = some([code(f"{r.service}.{r.name}") for r in own], 6)
    return f"Services call each other by gRPC, as [proto/](proto/) says: {names}."


def carried(view: View) -> list[str]:
    """How messages are delivered: a sentence, and a table of the channels."""
    contracts, channels = view.arch.event_contracts, view.arch.channels
    if not contracts:
        return []
    if not channels:
        what = listed([code(c.type) for c in contracts])
        return [
            f"In the database, and over no broker, stay {what}: [api/schemas/messages/](api/schemas/messages/) has "
            "what each of them carries."
        ]
    said = (
        "Messages are CloudEvents 1.0 in JSON, delivered at least once; the whole contract is "
        "[api/asyncapi.yaml](api/asyncapi.yaml)."
    )
    head = ("Channel", "Carries", "Order", "Partitions", "Peak", "Kept", "Parked at")
    return [said, table(head, [_channel(c) for c in channels], right=(3, 4))]


def _channel(channel: Channel) -> tuple[str, ...]:
    return (
        code(channel.address, in_table=True),
        some([code(t, in_table=True) for t in channel.messages], 3),
        code(channel.key, in_table=True) if channel.key else "none",
        show.number(channel.partitions),
        show.rate(channel.peak),
        show.duration(channel.keep * DAY),
        code(channel.dead_letter, in_table=True) if channel.dead_letter else "",
    )
