"""What AsyncAPI has to say of a design: the whole document but for its words, made without a renderer's code."""

from collections.abc import Iterator
from typing import Any, Final

from archsmith.kernel.ids import ElementId
from archsmith.kernel.phrases import duration, listed, number
from archsmith.kernel.units import DAY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.wires import Wire, wire_of
from archsmith.model.architecture import Flow, Retry, Store
from archsmith.model.channels import Channel
from archsmith.model.contracts import EventContract
from archsmith.model.design import Design
from archsmith.model.shapes import Source
from archsmith.verify.parity_bindings import channel_bindings, message_bindings, operation_bindings
from archsmith.verify.parity_words import numbers

Json = dict[str, Any]
HOST: Final = "your-domain.invalid"
_UUID: Final = {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36}
_TRACE: Final = "^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"
_CLOUD_EVENT: Final[Json] = {
    "type": "object",
    "required": ["specversion", "id", "source", "type", "time", "datacontenttype", "dataschema", "data"],
    "properties": {
        "specversion": {"type": "string", "const": "1.0"},
        "id": _UUID,
        "source": {"type": "string", "format": "uri-reference", "maxLength": 255},
        "type": {"type": "string", "maxLength": 255},
        "subject": {"type": "string", "maxLength": 255},
        "time": {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 35},
        "datacontenttype": {"type": "string", "const": "application/json"},
        "dataschema": {"type": "string", "format": "uri", "maxLength": 500},
        "partitionkey": {"type": "string", "minLength": 1, "maxLength": 255},
        "tenantid": _UUID,
        "traceparent": {"type": "string", "minLength": 55, "maxLength": 55, "pattern": _TRACE},
        "data": {"type": "object"},
    },
}
"""The attributes of CloudEvents 1.0 with the bounds that we give them."""
_MEDIA: Final = "application/cloudevents+json; charset=UTF-8"


class EventsModel:
    """The document of one design."""

    def __init__(self, design: Design) -> None:
        self._arch, catalogue = design.architecture, Catalogue()
        self._stores: dict[str, Store] = {s.id: s for s in self._arch.stores}
        self._used = tuple(dict.fromkeys(str(c.store) for c in self._arch.channels))
        found = {s: wire_of(catalogue, self._stores[s].engine) for s in self._used}
        self._wires: dict[str, Wire] = {s: w for s, w in found.items() if w}
        self._flows = {f.id: f for f in self._arch.flows}
        self._contracts = {c.type: c for c in self._arch.event_contracts}
        shapes = {s.entity: s for s in self._arch.shapes}
        self.optional = {
            c.name: frozenset(f.name for f in shapes[c.entity].fields if not f.required) if c.entity else frozenset()
            for c in self._arch.event_contracts
        }
        """The fields that the data of a message may lack, by its name."""
        owned = (s.entity for s in self._arch.shapes if any(f.source is Source.TENANT for f in s.fields))
        self._tenants = frozenset(owned)

    def document(self) -> Json:
        """The document, with `figures` where its words state some."""
        channels = self._arch.channels
        messages = {self._contracts[t].name: self._message(self._contracts[t], c) for c in channels for t in c.messages}
        return {
            "asyncapi": "3.1.0",
            "id": f"urn:{self._system}:messages",
            "info": {
                "version": self._arch.api_version,
                "contact": {"url": f"https://{HOST}/support", "email": f"api@{HOST}"},
                "license": {"url": f"https://{HOST}/terms"},
                "tags": [{"name": str(s.id)} for s in self._arch.services],
            },
            "defaultContentType": _MEDIA,
            "servers": {s: self._server(self._stores[s], self._wires[s]) for s in self._used},
            "channels": {c.id: self._channel(c) for c in channels},
            "operations": {name: o for c in channels for name, o in self._operations(c)},
            "components": {
                "schemas": {"CloudEvent": _CLOUD_EVENT},
                "messages": messages,
                "securitySchemes": {s: _secured(self._wires[s]) for s in self._used},
            },
        }

    @property
    def _system(self) -> str:
        return self._arch.event_contracts[0].type.partition(".")[0]

    def _server(self, store: Store, wire: Wire) -> Json:
        host = wire.hosts.get(store.engine, "{host}")
        region = self._arch.regions[0] if self._arch.regions else "region"
        known = {"region": region, "host": f"{store.id}.{HOST}"}
        names = [part.partition("}")[0] for part in host.split("{")[1:]]
        variables = {name: {"default": known.get(name, name)} for name in names}
        return {
            "host": f"{host}:{wire.port}",
            "protocol": wire.protocol,
            **({"protocolVersion": wire.version} if wire.version else {}),
            **({"variables": variables} if variables else {}),
            "security": [{"$ref": f"#/components/securitySchemes/{store.id}"}],
            "figures": numbers(f"{store.product}: {wire.order}"),
        }

    def _channel(self, channel: Channel) -> Json:
        store, out = self._stores[channel.store], self._out(channel)
        names = [self._contracts[t].name for t in channel.messages]
        bindings = channel_bindings(self._wires[channel.store].protocol, channel, store, out)
        return {
            "address": channel.address,
            "figures": _told(channel, out),
            "servers": [{"$ref": f"#/servers/{channel.store}"}],
            "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
            **({"parameters": {channel.parameter: _parameter(channel)}} if channel.parameter else {}),
            **({"bindings": bindings} if bindings else {}),
            **_promises(channel, out),
        }

    def _operations(self, channel: Channel) -> Iterator[tuple[str, Json]]:
        names = [self._contracts[t].name for t in channel.messages]
        for action, ends in (("send", channel.senders), ("receive", channel.receivers)):
            for end in ends:
                bindings = self._bound(channel, end, reads=action == "receive")
                yield (
                    f"{action}-{channel.id}-{_name(end)}",
                    {
                        "action": action,
                        "channel": {"$ref": f"#/channels/{channel.id}"},
                        "messages": [{"$ref": f"#/channels/{channel.id}/messages/{name}"} for name in names],
                        **({"tags": [{"name": _name(end)}]} if end.startswith("service:") else {}),
                        **({"bindings": bindings} if bindings else {}),
                    },
                )

    def _bound(self, channel: Channel, end: ElementId, *, reads: bool) -> Json:
        return operation_bindings(self._wires[channel.store].protocol, channel, _name(end) if reads else "")

    def _message(self, contract: EventContract, channel: Channel) -> Json:
        file = f"messages/{contract.name}.json"
        asked = self._asked(contract, channel)
        own = {
            "type": "object",
            **({"required": asked} if asked else {}),
            "properties": {
                "type": {"const": contract.type},
                "dataschema": {"const": f"https://api.{HOST}/schemas/{file}"},
                "data": {"$ref": f"./schemas/{file}"},
            },
        }
        bindings = message_bindings(self._wires[channel.store].protocol, channel)
        return {
            "name": contract.type,
            "contentType": _MEDIA,
            "payload": {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, own]},
            "examples": [self._example(contract, channel, asked)],
            **({"bindings": bindings} if bindings else {}),
        }

    def _asked(self, contract: EventContract, channel: Channel) -> list[str]:
        """The attributes that a message must have beside those of every CloudEvent."""
        tenant = contract.entity in self._tenants and not contract.timed
        wanted = {"subject": "id" in contract.attributes, "partitionkey": bool(channel.key), "tenantid": tenant}
        return [name for name, asked in wanted.items() if asked]

    def _example(self, contract: EventContract, channel: Channel, asked: list[str]) -> Json:
        kind, _, sender = next(iter(channel.senders), "service:").partition(":")
        return {
            "name": "example",
            "attributes": sorted([*_CLOUD_EVENT["required"], *asked]),
            "specversion": "1.0",
            "source": f"/{self._system}/{sender}" + ("/ID" if kind == "actor" else ""),
            "type": contract.type,
            "datacontenttype": "application/json",
            "dataschema": f"https://api.{HOST}/schemas/messages/{contract.name}.json",
            "data": sorted(set(contract.attributes) - self.optional[contract.name])
            if contract.attributes
            else ["due_at"],
        }

    def _out(self, channel: Channel) -> Flow | None:
        flows = (self._flows[f] for f in channel.flows)
        return next((f for f in flows if f.source == f"store:{channel.store}"), None)


def _secured(wire: Wire) -> Json:
    """The scheme with its words, as they are those of the catalogue."""
    return {**wire.security, "says": wire.security["description"]}


def _name(end: ElementId) -> str:
    return end.partition(":")[2]


def _waits(retry: Retry) -> list[float]:
    return [min(retry.cap, retry.first * retry.factor**n) for n in range(retry.attempts - 1)]


def _told(channel: Channel, out: Flow | None) -> str:
    """The figures that the words of a channel state, in their order."""
    said = [channel.order, duration(channel.keep * DAY), f"{number(channel.peak)} messages/s"]
    if out and out.retry:
        said += [channel.again, f"{out.retry.attempts},", listed(map(duration, _waits(out.retry)), 9), "at most"]
    if channel.dead_letter:
        said += [f"`{channel.dead_letter}`", duration(channel.dead_keep * DAY)]
    return numbers(" . ".join(said))


def _promises(channel: Channel, out: Flow | None) -> Json:
    """What it promises, by the words that the reader gives the document's extensions."""
    retry, timeout = (out.retry, out.timeout) if out else (None, None)
    tries: Json = {"attempts": retry.attempts, "waits": _waits(retry), "jitter": "full"} if retry else {}
    return {
        "delivery": "at-least-once",
        **({"ordered within": "partitionkey", "ordered by": channel.key} if channel.key else {}),
        "partitions": channel.partitions,
        **({"formula": channel.formula} if channel.formula else {}),
        "average": channel.average,
        "peak": channel.peak,
        "unit": "messages/s",
        "message bytes": round(channel.message),
        "days kept": channel.keep,
        **tries,
        **({"seconds to answer": timeout} if timeout else {}),
        **({"parked at": channel.dead_letter, "days parked": channel.dead_keep} if channel.dead_letter else {}),
    }


def _parameter(channel: Channel) -> Json:
    if channel.parameter == "partition":
        values = [str(n) for n in range(channel.partitions)]
        return {"figures": numbers(f"{channel.partitions}."), "enum": values}
    return {"figures": "", "location": "$message.payload#/partitionkey"}
