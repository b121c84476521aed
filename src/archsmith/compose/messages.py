"""What travels by a broker: the events that are told there, and contracts of jobs, reports and commands."""

from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.compose.actors import Caller, caller, reports
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.event_contracts import MessageNames, carried
from archsmith.kernel.ids import OperationId, element
from archsmith.kernel.names import slug
from archsmith.model.architecture import Flow, Store, Topology
from archsmith.model.contracts import EventContract, MessageKind
from archsmith.model.domain import Operation
from archsmith.model.requirements import OperationKind
from archsmith.model.shapes import Shape, Source

_SENT: Final = frozenset({Source.REFERENCE, Source.ATTRIBUTE, Source.CURRENCY})
"""Where the fields come from that a source or a commander fills in."""


class Travels:
    """The messages by broker, in the order of the flows."""

    def __init__(self, ctx: Context, draft: Draft) -> None:
        self._ctx, self._draft, self._names = ctx, draft, MessageNames(ctx, draft)
        self._made: dict[tuple[MessageKind, OperationId], EventContract] = {}

    def by(self, store: Store) -> tuple[EventContract, ...]:
        """The messages that go by a broker; those that are no events are added to the contracts when first met."""
        into, out = self.flows(store)
        told = {e for flow in (*into, *out) for e in flow.events}
        events = [c for c in self._draft.event_contracts if c.event in told]
        caused = {o.id for c in events if c.event for o in self._ctx.consumers.get(c.event, ())}
        work = {o for flow in out for o in flow.operations} - caused
        found: dict[str, EventContract] = {c.type: c for c in events}
        for operation, kind in self._asked(store, into, out, work):
            contract = self._contract(operation, kind)
            found[contract.type] = contract
        return tuple(found.values())

    def flows(self, store: Store) -> tuple[list[Flow], list[Flow]]:
        """Flows into a broker, and out of it."""
        me = element("store", store.id)
        every = self._draft.flows
        return [f for f in every if f.target == me], [f for f in every if f.source == me]

    def _asked(
        self, store: Store, into: Sequence[Flow], out: Sequence[Flow], work: set[OperationId]
    ) -> Iterator[tuple[Operation, MessageKind]]:
        """Reports, commands and jobs; what the clock starts in a table of ours is a row that only we write."""
        gateway = "iot_gateway" in store.kinds
        for flow in (*into, *out):
            for ident in flow.operations:
                operation = self._ctx.operations[ident]
                if operation.kind is OperationKind.STREAM or (gateway and reports(self._ctx, operation)):
                    yield operation, MessageKind.REPORT
                elif gateway and flow.source.startswith("service:"):
                    yield operation, MessageKind.COMMAND
                elif ident in work and not (store.topology is Topology.EMBEDDED and operation.every is not None):
                    yield operation, MessageKind.JOB

    def _contract(self, operation: Operation, kind: MessageKind) -> EventContract:
        known = self._made.get((kind, operation.id))
        if known is None:
            known = self._made[kind, operation.id] = self._new(operation, kind)
            self._draft.event_contracts.append(known)
        return known

    def _new(self, operation: Operation, kind: MessageKind) -> EventContract:
        entity = self._ctx.entities[operation.entity]
        shape = self._draft.shape_of(entity.id)
        timed = kind is MessageKind.JOB and operation.every is not None
        said = {
            MessageKind.JOB: (f"jobs.{slug(operation.name)}", f"{operation.name} job"),
            MessageKind.COMMAND: (f"commands.{slug(operation.name)}", f"{operation.name} command"),
        }.get(kind, (f"{slug(entity.name)}.reported", f"{entity.name} reported"))
        ident, name = self._names.take(*said, f"{kind}.{operation.id}")
        key, held_by = self._key(operation, kind, shape)
        return EventContract(
            event=None,
            kind=kind,
            type=ident,
            name=name,
            channel=self._ctx.names[entity.id].collection,
            key=key,
            key_field=held_by,
            entity=entity.id,
            operation=operation.id,
            attributes=() if timed else _fields(shape, kind),
            timed=timed,
            because=self._ctx.because(),
        )

    def _key(self, operation: Operation, kind: MessageKind, shape: Shape) -> tuple[str, str]:
        """What keeps the order, and the field of the data that holds it: the device; of what nobody reports as such,
        whose row it is (its first reference); nothing for a job."""
        actor = self._ctx.actors[operation.actor]
        first = next((f.name for f in shape.fields if f.refers and f.required and not f.many), "")
        if kind is MessageKind.JOB:
            return "", "id"
        if kind is MessageKind.COMMAND or caller(self._ctx, actor) is Caller.DEVICE:
            return f"{slug(actor.name, '_')}_id" if kind is MessageKind.REPORT else "device_id", first or "id"
        return first, first or "id"


def _fields(shape: Shape, kind: MessageKind) -> tuple[str, ...]:
    """A job names its row, and its worker reads the rest; a source or a commander says what it may set."""
    if kind is MessageKind.JOB:
        return ("id",)
    sent = tuple(
        f.name for f in shape.fields if f.source in _SENT and f.shown and not (f.read_only or f.write_only or f.many)
    )
    return ("id", *sent) if kind is MessageKind.COMMAND else sent or carried(shape)
