"""Pass: the channels by which messages cross brokers.

It reads the flows, so that senders, receivers, rates and retries are those of the architecture.
"""

import math
from collections.abc import Sequence

from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.messages import Travels
from archsmith.compose.names import Unique
from archsmith.compose.partitions import ENVELOPE, partitions
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.names import slug
from archsmith.kernel.units import Bytes, Days, PerSecond, Seconds
from archsmith.knowledge.wires import Wire, wire_of
from archsmith.model.architecture import Flow, Store
from archsmith.model.channels import Channel
from archsmith.model.contracts import EventContract, MessageKind
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation

_WAYS = {MessageKind.JOB: "jobs", MessageKind.REPORT: "reports", MessageKind.COMMAND: "commands"}
_COPIES = 3
"""Brokers that keep a message: one may fail while another is being restarted."""
_FIELD_BYTES = 48
"""Bytes of a field with its name in JSON, for messages whose size nobody states: half of the fields are ids."""


def channels(ctx: Context, draft: Draft) -> None:
    """For each broker that stands apart its channels: one an aggregate for events, one a job, one a kind of report."""
    travels, names = Travels(ctx, draft), Unique()
    for store in draft.stores:
        if store.role is not StoreRole.BROKER:
            continue
        messages = travels.by(store)
        wire = wire_of(ctx.catalogue, store.engine)
        if wire is not None:
            maker = _Maker(ctx, draft, store, wire, travels.flows(store), names)
            for group in _grouped(messages):
                maker.add(group)


def _grouped(messages: Sequence[EventContract]) -> list[list[EventContract]]:
    """Events and reports of one aggregate go together, so that its order holds; each job has a queue of its own."""
    found: dict[tuple[str, str], list[EventContract]] = {}
    for m in messages:
        found.setdefault((m.kind, m.type if m.kind is MessageKind.JOB else m.channel), []).append(m)
    return list(found.values())


_UNORDERED = {
    True: "Any worker takes the next message: jobs are in no order.",
    False: "Messages are in no order: each stands for itself, and its time says when it was.",
}


class _Maker:
    """Makes the channels of one broker."""

    def __init__(
        self, ctx: Context, draft: Draft, store: Store, wire: Wire, flows: tuple[list[Flow], list[Flow]], names: Unique
    ) -> None:
        self._ctx, self._draft, self._store, self._wire = ctx, draft, store, wire
        self._into, self._out = flows
        self._names, self._addresses = names, Unique()
        self._traits = ctx.technologies[store.engine].traits

    def add(self, messages: list[EventContract]) -> None:
        """One channel for these messages; where the broker hands a message to one reader only, one a reader."""
        receivers = self._ends(self._out, messages, source=False)
        if messages[0].kind is MessageKind.COMMAND:
            receivers = receivers or self._devices()
        copies = "fan_out" in self._traits or messages[0].kind is not MessageKind.EVENT or len(receivers) < 2
        for group in [receivers] if copies else [[r] for r in receivers]:
            self._draft.channels.append(self._channel(messages, group, "" if copies else group[0].partition(":")[2]))

    def _channel(self, messages: list[EventContract], receivers: list[ElementId], reader: str) -> Channel:
        first, ctx, wire = messages[0], self._ctx, self._wire
        operations = [ctx.operations[m.operation] for m in messages if m.operation]
        peak, size = math.fsum(o.peak.value for o in operations), _size(messages, operations)
        ordered = wire.ordered and bool(first.key)
        cut = ordered or wire.partition_bytes > 0  # jobs in a log are cut by readers too
        count, formula = partitions(ctx, wire, peak, size, receivers) if cut else (1, "")
        address, parameter = self._address(first, count, reader, ordered)
        flows = [f for f in (*self._into, *self._out) if self._carries(f, messages)]
        log = "replay" in self._traits and first.kind is not MessageKind.JOB
        senders = self._ends(self._into, messages, source=True) or self._starters(first, receivers)
        return Channel(
            id=self._names.take(
                slug("-".join(p for p in (_WAYS.get(first.kind, ""), _thing(first), reader) if p)), address
            ),
            store=self._store.id,
            kind=first.kind,
            entity=first.entity,
            address=address,
            parameter=parameter,
            messages=tuple(m.type for m in messages),
            senders=tuple(senders),
            receivers=tuple(receivers),
            flows=tuple(f.id for f in flows),
            key=first.key if ordered else "",
            order=wire.order if ordered else _UNORDERED[first.kind is MessageKind.JOB],
            again=wire.again,
            partitions=count,
            formula=formula,
            average=PerSecond(math.fsum(o.average.value for o in operations)),
            peak=PerSecond(peak),
            message=size,
            copies=max(1, min(_COPIES, self._store.nodes)),
            hidden=self._hidden(flows),
            keep=Days(ctx.parameter("log.keep" if log else "inbox.keep")),
            dead_letter="" if wire.separator == "/" or not receivers else self._dead(address, parameter),
            dead_keep=Days(ctx.parameter("inbox.keep")),
            because=self._store.because,
        )

    def _address(self, first: EventContract, count: int, reader: str, ordered: bool) -> tuple[str, str]:
        """Its name at the broker, and the parameter that stands in it."""
        system, wire = slug(self._ctx.domain.title), self._wire
        if wire.separator == "/":
            parameter = f"{first.key}" if first.key.endswith("_id") else "device_id"
            tail = [_WAYS[first.kind]] if first.kind is MessageKind.COMMAND else []
            return self._addresses.take(
                "/".join([system, f"{{{parameter}}}", *tail, first.channel]), first.type
            ), parameter
        parts = [system, _WAYS.get(first.kind, ""), _thing(first), reader]
        wish = wire.separator.join(p for p in parts if p)
        name = self._addresses.take(wish, first.type, "-", wire.longest)
        if wire.protocol == "nats" and count > 1:
            return f"{name}.{{partition}}", "partition"
        return (f"{name}.fifo" if wire.protocol == "sqs" and ordered else name), ""

    def _hidden(self, flows: Sequence[Flow]) -> Seconds:
        """As long as its work may take, by the flow that hands it out."""
        waits = (f.timeout for f in flows if f in self._out and f.timeout)
        return next(waits, Seconds(self._ctx.parameter("queue.hidden")))

    def _dead(self, address: str, parameter: str) -> str:
        """Where a message is parked: beside its channel, never in a partition."""
        plain = address.removesuffix(f".{{{parameter}}}") if parameter else address
        if self._wire.protocol == "sqs" and plain.endswith(".fifo"):
            return f"{plain.removesuffix('.fifo')}-dead.fifo"
        if self._store.engine == "service_bus":
            return f"{plain}/$deadletterqueue"
        return f"{plain}{self._wire.separator}dead"

    def _ends(self, flows: Sequence[Flow], messages: list[EventContract], *, source: bool) -> list[ElementId]:
        ends = (f.source if source else f.target for f in flows if self._carries(f, messages))
        return list(dict.fromkeys(ends))

    def _carries(self, flow: Flow, messages: list[EventContract]) -> bool:
        """Whether a flow carries one of these: by the event, else by the operation."""
        told = {m.event for m in messages if m.event}
        asked = {m.operation for m in messages if not m.event}
        return bool(told & set(flow.events)) or bool(asked & set(flow.operations))

    def _starters(self, first: EventContract, receivers: list[ElementId]) -> list[ElementId]:
        """Who puts a job in the queue that no flow carries there: the clock, or whoever heard the event."""
        scheduler = self._draft.utility("scheduler")
        if first.timed and scheduler is not None:
            return [element("utility", scheduler.id)]
        owner = service_element(self._ctx.group_of[first.operation].id) if first.operation else None
        return [owner] if owner else receivers

    def _devices(self) -> list[ElementId]:
        """The devices that are connected to this gateway."""
        return list(dict.fromkeys(f.source for f in self._into if f.source.startswith("actor:")))


def _thing(message: EventContract) -> str:
    """What the channel is called after: the aggregate, or the job."""
    return message.type.split(".")[-2] if message.kind is MessageKind.JOB else message.channel


def _size(messages: list[EventContract], operations: list[Operation]) -> Bytes:
    """Bytes of a message with its envelope: what a source sends, else the fields that it carries."""
    if messages[0].kind is MessageKind.REPORT:
        return Bytes(ENVELOPE + max(o.request_bytes.value for o in operations))
    return Bytes(ENVELOPE + _FIELD_BYTES * max(1, *(len(m.attributes) for m in messages)))
