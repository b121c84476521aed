"""Channels: the queues, topics and subjects by which messages cross a broker, with what each of them promises."""

from archsmith.kernel.ids import DecisionId, ElementId, EntityId, FlowId, StoreId
from archsmith.kernel.units import Bytes, Days, PerSecond, Seconds
from archsmith.model.base import Value
from archsmith.model.contracts import MessageKind


class Channel(Value, frozen=True, kw_only=True):
    """A queue, a topic or a subject of a broker that stands apart from the database.

    `id` names it in a document, `address` at the broker, with `{parameter}` where one stands in it. `messages` are
    CloudEvents types. `flows` are those of the architecture by which they travel: timeouts and retries are theirs.
    `key`: what messages are kept in order by, empty where they are not; `order` and `again` say in words how order is
    kept and how a message is tried again. `partitions` follow from `formula`. `message` is the size of one with its
    envelope; the brokers keep `copies` of it. Where a broker hides what somebody works on, it does so for `hidden`.
    What failed for the last time is parked at `dead_letter` (empty: nowhere) for `dead_keep`.
    """

    id: str
    store: StoreId
    kind: MessageKind
    entity: EntityId | None
    address: str
    parameter: str = ""
    messages: tuple[str, ...]
    senders: tuple[ElementId, ...]
    receivers: tuple[ElementId, ...]
    flows: tuple[FlowId, ...]
    key: str = ""
    order: str
    again: str
    partitions: int = 1
    formula: str = ""
    average: PerSecond
    peak: PerSecond
    message: Bytes
    copies: int = 1
    hidden: Seconds
    keep: Days
    dead_letter: str = ""
    dead_keep: Days
    because: tuple[DecisionId, ...]
