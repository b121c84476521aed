"""What a broker is told when a channel is made, by its protocol: the bindings of AsyncAPI, made from the model."""

from typing import Any, Final

from archsmith.model.architecture import Flow, Store
from archsmith.model.channels import Channel
from archsmith.model.contracts import MessageKind

Json = dict[str, Any]
_VERSIONS: Final = {
    "kafka": "0.5.0", "sqs": "0.2.0", "amqp": "0.3.0", "nats": "0.1.0", "mqtt": "0.2.0", "googlepubsub": "0.2.0",
}  # fmt: skip
"""Versions of the bindings of AsyncAPI 3 that its parser knows."""
_SECONDS: Final = 86_400


def channel_bindings(protocol: str, channel: Channel, store: Store, out: Flow | None) -> Json:
    """Those of a channel; empty where AsyncAPI has none for the protocol."""
    if protocol == "kafka-secure":
        keep = {"cleanup.policy": ["delete"], "retention.ms": round(channel.keep * _SECONDS * 1000)}
        topic = {"topic": channel.address, "partitions": channel.partitions, "replicas": channel.copies}
        return _bound("kafka", {**topic, "topicConfiguration": keep})
    if protocol == "sqs":
        return _bound("sqs", _queues(channel, out))
    if protocol == "amqps" and store.engine == "rabbitmq":
        event = channel.kind is MessageKind.EVENT
        own: Json = {"name": channel.address, "durable": True, "autoDelete": False, "vhost": "/"}
        own |= {"type": "fanout"} if event else {"exclusive": False}
        return _bound("amqp", {"is": "routingKey", "exchange": own} if event else {"is": "queue", "queue": own})
    return {}


def _queues(channel: Channel, out: Flow | None) -> Json:
    """A queue and the queue of what failed there."""
    fifo = channel.address.endswith(".fifo")
    groups = {"deduplicationScope": "messageGroup", "fifoThroughputLimit": "perMessageGroupId"} if fifo else {}
    attempts = out.retry.attempts if out and out.retry else 1
    queue = {
        "name": channel.address,
        "fifoQueue": fifo,
        **groups,
        "visibilityTimeout": round(channel.hidden),
        "messageRetentionPeriod": round(channel.keep * _SECONDS),
        "redrivePolicy": {"deadLetterQueue": {"name": channel.dead_letter}, "maxReceiveCount": attempts},
    }
    kept = {"fifoQueue": fifo, "messageRetentionPeriod": round(channel.dead_keep * _SECONDS)}
    return {"queue": queue, "deadLetterQueue": {"name": channel.dead_letter, **kept}}


def operation_bindings(protocol: str, channel: Channel, reader: str) -> Json:
    """Those of who sends (no `reader`) and of who reads, whose name is that of its group."""
    match protocol:
        case "kafka-secure" if reader:
            return _bound("kafka", {"groupId": {"type": "string", "enum": [reader]}})
        case "nats" if reader:
            return _bound("nats", {"queue": reader})
        case "mqtts":
            return _bound("mqtt", {"qos": 1, "retain": channel.kind is MessageKind.COMMAND})
        case "amqps":
            return _bound("amqp", {"ack": True} if reader else {"deliveryMode": 2})
    return {}


def message_bindings(protocol: str, channel: Channel) -> Json:
    """Where the broker takes the key from."""
    if protocol == "kafka-secure" and channel.key:
        return _bound("kafka", {"key": {"type": "string"}})
    if protocol == "googlepubsub" and channel.key:
        return _bound("googlepubsub", {"orderingKey": "partitionkey"})
    return {}


def _bound(name: str, said: Json) -> Json:
    return {name: {**said, "bindingVersion": _VERSIONS[name]}}
