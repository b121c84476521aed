"""AsyncAPI read back and compared with design.json."""

from collections.abc import Iterator, Sequence
from typing import Any

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.wires import wire_of
from archsmith.model.architecture import Architecture, Flow
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.channels import Channel
from archsmith.model.contracts import EventContract
from archsmith.model.shapes import Shape, Source
from archsmith.verify.asyncapi import ASYNCAPI_FILES
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import verdict, yaml_of


class EventsParity:
    """Servers, channels with their promises, messages and operations of the document are those of the model."""

    id = "V-PARITY-EVENTS"
    what = "AsyncAPI says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *ASYNCAPI_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the document's facts with the model's."""
        document = next(f for f in files if f.path.endswith("asyncapi.yaml"))
        facts = compare(_said(yaml_of(document.content)), _wanted(design_of(files).architecture))
        return verdict(self, files, facts, command="compare with design.json")


def _said(document: Any) -> Iterator[Fact]:
    for name, server in document.get("servers", {}).items():
        yield from facts_at(f"server {name}", {"protocol": server.get("protocol", "")})
    for name, channel in document.get("channels", {}).items():
        yield from facts_at(f"channel {name}", _channel_said(channel))
    for name, message in document.get("components", {}).get("messages", {}).items():
        known = document.get("components", {}).get("schemas", {})
        yield from facts_at(f"message {name}", _message_said(message, known))
    for name, operation in document.get("operations", {}).items():
        sent = frozenset(_last(m) for m in operation.get("messages", ()))
        action, channel = str(operation.get("action")), _last(operation.get("channel", {}))
        yield from facts_at(f"operation {name}", {"action": action, "channel": channel, "carries": sent})


def _channel_said(channel: Any) -> dict[str, str | frozenset[str]]:
    dead, retry = channel.get("x-dead-letter", {}), channel.get("x-retry", {})
    return {
        "address": str(channel.get("address")),
        "servers": frozenset(_last(s) for s in channel.get("servers", ())),
        "messages": frozenset(n for n, m in channel.get("messages", {}).items() if _last(m) == n),
        "parameters": frozenset(channel.get("parameters", {})),
        "partitions": str(channel.get("x-partitions", {}).get("count", "")),
        "order": str(channel.get("x-ordering", {}).get("holds", "")),
        "kept": str(channel.get("x-retention", "")),
        "dead letters": str(dead.get("address", "")),
        "dead letters kept": str(dead.get("retention", "")),
        "tries": str(retry.get("attempts", "")),
        "waits": " ".join(f"{w:g}" for w in retry.get("waits-seconds", ())),
        "timeout": f"{t:g}" if (t := channel.get("x-timeout-seconds")) else "",
        **_bound(channel.get("bindings", {})),
    }


def _bound(bindings: Any) -> dict[str, str]:
    """What a broker is told when the channel is made, where that repeats a promise."""
    kafka, queue = bindings.get("kafka", {}), bindings.get("sqs", {}).get("queue", {})
    keep = kafka.get("topicConfiguration", {}).get("retention.ms")
    found = {"topic": kafka.get("topic", ""), "topic partitions": str(kafka.get("partitions", ""))}
    found |= {"topic kept": f"{keep} ms" if keep else "", "queue": queue.get("name", "")}
    redrive = queue.get("redrivePolicy", {})
    found["queue parks at"] = redrive.get("deadLetterQueue", {}).get("name", "")
    return found | {"queue tries": str(redrive.get("maxReceiveCount", ""))}


def _message_said(message: Any, known: Any) -> dict[str, str | frozenset[str]]:
    parts = message.get("payload", {}).get("allOf", ())
    own: dict[str, Any] = next((p for p in parts if "properties" in p), {})
    fixed = own.get("properties", {})
    return {
        "name": str(message.get("name")),
        "media type": str(message.get("contentType", "")),
        "form": " ".join(_last(p) for p in parts if "$ref" in p and _last(p) in known),
        "type": str(fixed.get("type", {}).get("const")),
        "schema": str(fixed.get("dataschema", {}).get("const", "")).rpartition("/schemas/")[2],
        "data": str(fixed.get("data", {}).get("$ref", "")).rpartition("schemas/")[2],
        "envelope": frozenset(own.get("required", ())),
        "examples": frozenset(str(e.get("payload", {}).get("type")) for e in message.get("examples", ())),
    }


def _wanted(architecture: Architecture) -> Iterator[Fact]:
    catalogue = Catalogue()
    flows = {f.id: f for f in architecture.flows}
    contracts = {c.type: c for c in architecture.event_contracts}
    stores = {s.id: s for s in architecture.stores}
    shapes = {s.entity: s for s in architecture.shapes}
    for ident in dict.fromkeys(c.store for c in architecture.channels):
        wire = wire_of(catalogue, stores[ident].engine)
        yield from facts_at(f"server {ident}", {"protocol": wire.protocol if wire else ""})
    for channel in architecture.channels:
        names = frozenset(contracts[t].name for t in channel.messages)
        out = next((flows[f] for f in channel.flows if flows[f].source == f"store:{channel.store}"), None)
        protocol = wire.protocol if (wire := wire_of(catalogue, stores[channel.store].engine)) else ""
        yield from facts_at(f"channel {channel.id}", _channel_wanted(channel, out, names, protocol))
        for action, ends in (("send", channel.senders), ("receive", channel.receivers)):
            for end in ends:
                place = f"operation {action}-{channel.id}-{end.partition(':')[2]}"
                yield from facts_at(place, {"action": action, "channel": channel.id, "carries": names})
        for contract in (contracts[t] for t in channel.messages):
            shape = shapes.get(contract.entity) if contract.entity else None
            yield from facts_at(f"message {contract.name}", _message_wanted(contract, channel, shape))


def _channel_wanted(
    channel: Channel, out: Flow | None, names: frozenset[str], protocol: str
) -> dict[str, str | frozenset[str]]:
    retry = out.retry if out else None
    waits = [min(retry.cap, retry.first * retry.factor**n) for n in range(retry.attempts - 1)] if retry else []
    said: dict[str, str | frozenset[str]] = {
        "address": channel.address,
        "servers": frozenset({str(channel.store)}),
        "messages": names,
        "parameters": frozenset({channel.parameter} if channel.parameter else ()),
        "partitions": str(channel.partitions),
        "order": channel.key,
        "kept": f"P{channel.keep:g}D",
        "dead letters": channel.dead_letter,
        "dead letters kept": f"P{channel.dead_keep:g}D" if channel.dead_letter else "",
        "tries": str(retry.attempts) if retry else "",
        "waits": " ".join(f"{w:g}" for w in waits),
        "timeout": f"{out.timeout:g}" if out and out.timeout else "",
    }
    if protocol == "kafka-secure":
        said |= {
            "topic": channel.address,
            "topic partitions": str(channel.partitions),
            "topic kept": f"{round(channel.keep * 86_400_000)} ms",
        }
    if protocol == "sqs":
        said |= {"queue": channel.address, "queue parks at": channel.dead_letter}
        said["queue tries"] = str(retry.attempts) if retry and channel.dead_letter else ""
    return said


def _message_wanted(contract: EventContract, channel: Channel, shape: Shape | None) -> dict[str, str | frozenset[str]]:
    tenant = shape is not None and any(f.source is Source.TENANT for f in shape.fields)
    asked = {"subject"} if "id" in contract.attributes else set()
    asked |= {"partitionkey"} if channel.key else set()
    asked |= {"tenantid"} if tenant and not contract.timed else set()
    file = f"messages/{contract.name}.json"
    return {
        "name": contract.type,
        "media type": "application/cloudevents+json; charset=UTF-8",
        "form": "CloudEvent",
        "type": contract.type,
        "schema": file,
        "data": file,
        "envelope": frozenset(asked),
        "examples": frozenset({contract.type}),
    }


def _last(reference: Any) -> str:
    return str(reference.get("$ref", "")).rpartition("/")[2]
