"""What AsyncAPI says of one protocol: bindings of channels, operations and messages."""

from collections.abc import Callable
from typing import Any, Final

from archsmith.kernel.units import DAY
from archsmith.model.architecture import Flow, Store
from archsmith.model.channels import Channel

Json = dict[str, Any]
_KAFKA: Final = "0.5.0"


def channel_binding(protocol: str, channel: Channel, store: Store, out: Flow | None) -> Json:
    """The `bindings` of a channel; empty where AsyncAPI has none for the protocol."""
    make = _CHANNELS.get(protocol)
    return make(channel, store, out) if make else {}


def operation_binding(protocol: str, channel: Channel, reader: str) -> Json:
    """The `bindings` of an operation; `reader` names the group of consumers, empty for a sender."""
    match protocol:
        case "kafka-secure" if reader:
            return {"kafka": {"groupId": {"type": "string", "enum": [reader]}, "bindingVersion": _KAFKA}}
        case "nats" if reader:
            return {"nats": {"queue": reader, "bindingVersion": "0.1.0"}}
        case "mqtts":
            return {"mqtt": {"qos": 1, "retain": channel.kind == "command", "bindingVersion": "0.2.0"}}
        case "amqps":
            sent: Json = {"deliveryMode": 2} if not reader else {"ack": True}
            return {"amqp": {**sent, "bindingVersion": "0.3.0"}}
    return {}


def message_binding(protocol: str, channel: Channel) -> Json:
    """The `bindings` of a message: where the broker takes the key from."""
    if protocol == "kafka-secure" and channel.key:
        key = {"type": "string", "description": f"The {_words(channel.key)}: `partitionkey` of the CloudEvent."}
        return {"kafka": {"key": key, "bindingVersion": _KAFKA}}
    if protocol == "googlepubsub" and channel.key:
        return {"googlepubsub": {"orderingKey": "partitionkey", "bindingVersion": "0.2.0"}}
    return {}


def _words(key: str) -> str:
    return f"id of the {key.removesuffix('_id').replace('_', ' ')}"


def _kafka(channel: Channel, _store: Store, _out: Flow | None) -> Json:
    keep = round(channel.keep * DAY * 1000)
    return {
        "kafka": {
            "topic": channel.address,
            "partitions": channel.partitions,
            "replicas": channel.copies,
            "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": keep},
            "bindingVersion": _KAFKA,
        }
    }


def _sqs(channel: Channel, _store: Store, out: Flow | None) -> Json:
    fifo = channel.address.endswith(".fifo")
    queue: Json = {
        "name": channel.address,
        "fifoQueue": fifo,
        **({"deduplicationScope": "messageGroup", "fifoThroughputLimit": "perMessageGroupId"} if fifo else {}),
        "visibilityTimeout": round(channel.hidden),
        "messageRetentionPeriod": round(channel.keep * DAY),
        "redrivePolicy": {
            "deadLetterQueue": {"name": channel.dead_letter},
            "maxReceiveCount": out.retry.attempts if out and out.retry else 1,
        },
    }
    dead = {
        "name": channel.dead_letter,
        "fifoQueue": fifo,
        "messageRetentionPeriod": round(channel.dead_keep * DAY),
    }
    return {"sqs": {"queue": queue, "deadLetterQueue": dead, "bindingVersion": "0.2.0"}}


def _amqp(channel: Channel, store: Store, _out: Flow | None) -> Json:
    if store.engine != "rabbitmq":
        return {}
    name = channel.address
    if channel.kind == "event":
        exchange = {"name": name, "type": "fanout", "durable": True, "autoDelete": False, "vhost": "/"}
        return {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}}
    queue = {"name": name, "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}
    return {"amqp": {"is": "queue", "queue": queue, "bindingVersion": "0.3.0"}}


_CHANNELS: Final[dict[str, Callable[[Channel, Store, Flow | None], Json]]] = {
    "kafka-secure": _kafka,
    "sqs": _sqs,
    "amqps": _amqp,
}
