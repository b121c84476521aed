"""`api/asyncapi.yaml`: one AsyncAPI 3 document for all that crosses the brokers of a design."""

import itertools
from collections.abc import Iterable, Iterator

from archsmith.kernel.ids import ArtifactPath, ElementId, element
from archsmith.kernel.phrases import duration, listed, number
from archsmith.kernel.units import DAY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.wires import Wire, wire_of
from archsmith.model.architecture import Flow, Retry, Store
from archsmith.model.artifacts import Artifact
from archsmith.model.channels import Channel
from archsmith.model.design import Design
from archsmith.model.promises import Promise
from archsmith.render.contracts.events.bindings import Json, channel_binding, message_binding, operation_binding
from archsmith.render.contracts.events.messages import CONTENT_TYPE, ENVELOPE, Messages
from archsmith.render.contracts.schemas.shared import rows_of, said
from archsmith.render.contracts.words import sentence, title
from archsmith.render.contracts.yaml_text import dump
from archsmith.render.placeholders import DOMAIN
from archsmith.render.placeholders import host as named_host
from archsmith.render.view import View

PATH = ArtifactPath("api/asyncapi.yaml")
_HEAD = "# Written by archsmith from design.json; change the brief or the requirements, not this file.\n"
_CONVENTIONS = (
    "Each message is a CloudEvent 1.0 in structured JSON: the same text lies in the outbox, in the broker and in a "
    "parked message, and one schema checks it. Delivery is at least once: consumers keep the `id` of what they have "
    "handled, in the transaction of its effect. Fields and types may be added at any time: ignore what you do not "
    "know. What would break a consumer comes as a type with the next version, sent beside the old one until nobody "
    "reads that."
)


def asyncapi(design: Design) -> Iterable[Artifact]:
    """The document; none for a design whose messages cross no broker."""
    if not design.architecture.channels:
        return
    text = _HEAD + dump(document(View(design), Catalogue()))
    shows = dict.fromkeys(element("store", c.store) for c in design.architecture.channels)
    yield Artifact(path=PATH, content=text.encode("utf-8", "replace"), shows=tuple(shows))


def document(view: View, catalogue: Catalogue) -> Json:
    """The document as data, channels in the order of the model."""
    writer = _Writer(view, catalogue)
    channels = {c.id: writer.channel(c) for c in view.arch.channels}
    operations = {k: v for c in view.arch.channels for k, v in writer.operations(c)}
    return {
        "asyncapi": "3.1.0",
        "id": f"urn:{view.arch.event_contracts[0].type.partition('.')[0]}:messages",
        "info": _info(view),
        "defaultContentType": CONTENT_TYPE,
        "servers": {str(s.id): writer.server(s) for s in writer.stores},
        "channels": channels,
        "operations": operations,
        "components": {
            "schemas": {"CloudEvent": ENVELOPE},
            "messages": dict(sorted(writer.messages.items())),
            "securitySchemes": {str(s.id): dict(writer.wires[s.id].security) for s in writer.stores},
        },
    }


def _info(view: View) -> Json:
    name = title(view.domain.title) or "Service"
    return {
        "title": f"{name} messages",
        "version": view.arch.api_version,
        "description": _CONVENTIONS,
        "contact": {"name": f"The team of {name}", "url": f"https://{DOMAIN}/support", "email": f"api@{DOMAIN}"},
        "license": {"name": "All rights reserved", "url": f"https://{DOMAIN}/terms"},
        "tags": [{"name": str(s.id), "description": sentence(s.purpose)} for s in view.arch.services],
    }


class _Writer:
    """Writes the parts of one document; messages are gathered as channels are written."""

    def __init__(self, view: View, catalogue: Catalogue) -> None:
        self.view = view
        used = dict.fromkeys(c.store for c in view.arch.channels)
        self.stores = [view.stores[s] for s in used]
        self.wires: dict[str, Wire] = {s.id: w for s in self.stores if (w := wire_of(catalogue, s.engine))}
        self.messages: dict[str, Json] = {}
        self._made = Messages(view, rows_of(view.design))
        self._flows = {f.id: f for f in view.arch.flows}
        self._contracts = {c.type: c for c in view.arch.event_contracts}

    def server(self, store: Store) -> Json:
        """A broker: where it is, what it speaks, how its clients prove who they are."""
        wire = self.wires[store.id]
        host = wire.hosts.get(store.engine, "{host}")
        region = self.view.arch.regions[0] if self.view.arch.regions else "region"
        known = {
            "region": (region, "Region of the design."),
            "host": (named_host(str(store.id)), "Name of the broker."),
        }
        variables = {
            name: {"default": known.get(name, (name, ""))[0], "description": known.get(name, ("", f"The {name}."))[1]}
            for name in (part.split("}")[0] for part in host.split("{")[1:])
        }
        found: Json = {"host": f"{host}:{wire.port}", "protocol": wire.protocol}
        found |= {"protocolVersion": wire.version} if wire.version else {}
        found |= {"title": title(store.name), "description": sentence(f"{store.product}: {wire.order}")}
        found |= {"variables": variables} if variables else {}
        return {**found, "security": [{"$ref": f"#/components/securitySchemes/{store.id}"}]}

    def channel(self, channel: Channel) -> Json:
        """A queue, topic or subject with its messages and its promises."""
        store, wire = self.view.stores[channel.store], self.wires[channel.store]
        contracts = [self._contracts[t] for t in channel.messages]
        for contract in contracts:
            made = self._made.of(contract, channel)
            bindings = message_binding(wire.protocol, channel)
            self.messages[contract.name] = made | ({"bindings": bindings} if bindings else {})
        out = self._out(channel)
        found: Json = {
            "address": channel.address,
            "title": title(channel.id),
            "description": self._promises(channel, out),
            "servers": [{"$ref": f"#/servers/{store.id}"}],
            "messages": {c.name: {"$ref": f"#/components/messages/{c.name}"} for c in contracts},
        }
        if channel.parameter:
            found["parameters"] = {channel.parameter: _parameter(channel)}
        bindings = channel_binding(wire.protocol, channel, store, out)
        found |= {"bindings": bindings} if bindings else {}
        return found | self._extensions(channel, out)

    def operations(self, channel: Channel) -> Iterator[tuple[str, Json]]:
        """Who sends into a channel, and who takes out of it."""
        for end in channel.senders:
            yield self._operation(channel, end, "send")
        for end in channel.receivers:
            yield self._operation(channel, end, "receive")

    def _operation(self, channel: Channel, end: ElementId, action: str) -> tuple[str, Json]:
        name = end.partition(":")[2]
        contracts = [self._contracts[t] for t in channel.messages]
        reader = name if action == "receive" else ""
        bindings = operation_binding(self.wires[channel.store].protocol, channel, reader)
        found: Json = {
            "action": action,
            "channel": {"$ref": f"#/channels/{channel.id}"},
            "title": title(f"{self.view.name(end)} {action}s {channel.id}"),
            "summary": sentence(f"{self.view.name(end)} {action}s {listed(c.name for c in contracts)}"),
            "description": " ".join(said(self.view, c) for c in contracts),
            "messages": [{"$ref": f"#/channels/{channel.id}/messages/{c.name}"} for c in contracts],
        }
        if end.startswith("service:"):
            found["tags"] = [{"name": name}]
        return f"{action}-{channel.id}-{name}", found | ({"bindings": bindings} if bindings else {})

    def _out(self, channel: Channel) -> Flow | None:
        """The flow by which its messages are taken out."""
        me = element("store", channel.store)
        return next((self._flows[f] for f in channel.flows if self._flows[f].source == me), None)

    def _promises(self, channel: Channel, out: Flow | None) -> str:
        kept = f"Kept for {duration(channel.keep * DAY)}; {number(channel.peak)} messages/s at the peak."
        tried = f"{channel.again} Tries: {_tries(out.retry)}." if out and out.retry else ""
        dead = (
            f"Parked at `{channel.dead_letter}` for {duration(channel.dead_keep * DAY)}, with an alarm."
            if (channel.dead_letter)
            else ""
        )
        nobody = "" if channel.receivers else "Nobody of this design reads it yet: it is there for others to subscribe."
        return " ".join(p for p in (channel.order, kept, tried, dead, nobody) if p)

    def _extensions(self, channel: Channel, out: Flow | None) -> Json:
        """The promises as figures."""
        partitions = {"count": channel.partitions} | ({"formula": channel.formula} if channel.formula else {})
        dead = {"address": channel.dead_letter, "retention": _days(channel.dead_keep)}
        said = {
            Promise.DELIVERY: "at-least-once",
            Promise.ORDERING: {"key": "partitionkey", "holds": channel.key} if channel.key else None,
            Promise.PARTITIONS: partitions,
            Promise.RATE: {"average": channel.average, "peak": channel.peak, "unit": "messages/s"},
            Promise.MESSAGE: round(channel.message),
            Promise.RETENTION: _days(channel.keep),
            Promise.RETRY: _retry(out.retry) if out and out.retry else None,
            Promise.TIMEOUT: (out.timeout or None) if out else None,
            Promise.DEAD_LETTER: dead if channel.dead_letter else None,
        }
        return {key.value: value for key, value in said.items() if value is not None}


def _days(days: float) -> str:
    """ISO 8601."""
    return f"P{days:g}D"


def waits(retry: Retry) -> list[float]:
    """Seconds between the tries at most: min(cap, first * factor^n); full jitter takes a part of each."""
    return [min(retry.cap, retry.first * retry.factor**n) for n in range(retry.attempts - 1)]


def _tries(retry: Retry) -> str:
    return f"{retry.attempts}, after {listed((duration(w) for w in waits(retry)), 9)} at most"


def _retry(retry: Retry) -> Json:
    return {"attempts": retry.attempts, "waits-seconds": waits(retry), "jitter": "full"}


def _parameter(channel: Channel) -> Json:
    if channel.parameter == "partition":
        said = f"Hash of `partitionkey` modulo {channel.partitions}."
        return {"description": said, "enum": [str(n) for n in itertools.islice(itertools.count(), channel.partitions)]}
    thing = channel.parameter.removesuffix("_id").replace("_", " ")
    return {
        "description": f"Id of the {thing}; its certificate lets it use this one only.",
        "location": "$message.payload#/partitionkey",
    }
