"""AsyncAPI read back and compared with design.json, node by node."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.model.design import Design
from archsmith.model.promises import Promise
from archsmith.verify.asyncapi import ASYNCAPI_FILES
from archsmith.verify.parity import design_of
from archsmith.verify.parity_events_model import EventsModel
from archsmith.verify.parity_facts import compare
from archsmith.verify.parity_tree import WORDS, tree_facts
from archsmith.verify.parity_words import numbers
from archsmith.verify.ports import verdict, yaml_of

_EXAMPLE: Final = ("specversion", "type", "datacontenttype", "dataschema")
_UUID: Final = re.compile(r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
"""A device that names itself."""
_PEOPLE: Final = ("contact", "license")
_DAYS: Final = re.compile(r"P(\d+(?:\.\d+)?)D")
_TERMS: Final = {
    Promise.DELIVERY: "delivery",
    Promise.ORDERING: {"key": "ordered within", "holds": "ordered by"},
    Promise.PARTITIONS: {"count": "partitions", "formula": "formula"},
    Promise.RATE: {"average": "average", "peak": "peak", "unit": "unit"},
    Promise.MESSAGE: "message bytes",
    Promise.RETENTION: "days kept",
    Promise.RETRY: {"attempts": "attempts", "waits-seconds": "waits", "jitter": "jitter"},
    Promise.TIMEOUT: "seconds to answer",
    Promise.DEAD_LETTER: {"address": "parked at", "retention": "days parked"},
}
"""What each extension tells, in the words of the model that it is compared with."""


class EventsParity:
    """The document is what the model asks for, in every node that is not a word for people or a value of an example.

    Words that state figures (how long a message is kept, how often it is tried) state those of the model.
    """

    id = "V-PARITY-EVENTS"
    what = "AsyncAPI says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *ASYNCAPI_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the document's facts with the model's."""
        document = next(f for f in files if f.path.endswith("asyncapi.yaml"))
        facts = event_differences(design_of(files), yaml_of(document.content))
        return verdict(self, files, facts, command="compare with design.json")


def event_differences(design: Design, document: Any) -> list[str]:
    """What the parsed document says otherwise than the model."""
    model = EventsModel(design)
    said = tree_facts("document", _read(document, model.optional))
    wanted = tree_facts("document", model.document())
    return [line.replace("document.", "") for line in compare(said, wanted)]


def _read(document: Any, optional: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    """The document with the figures of its words, without names of people, and with what an example has to show."""
    parts = document["components"]
    info = {k: _unnamed(v) if k in _PEOPLE else v for k, v in document["info"].items()}
    channels = {k: _channel(v) for k, v in document["channels"].items()}
    messages = {
        key: {**node, "examples": [_example(e, optional.get(key, frozenset())) for e in node["examples"]]}
        for key, node in parts["messages"].items()
    }
    security = {k: {**v, "says": v["description"]} for k, v in parts["securitySchemes"].items()}
    return {
        **document,
        "info": info,
        "servers": _each_told(document["servers"]),
        "channels": channels,
        "components": {**parts, "messages": messages, "securitySchemes": security},
    }


def _each_told(nodes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {**node, "figures": numbers(node["description"])} for key, node in nodes.items()}


def _channel(channel: Mapping[str, Any]) -> dict[str, Any]:
    said = {**_promised(channel), "figures": numbers(channel["description"])}
    return said | ({"parameters": _each_told(channel["parameters"])} if "parameters" in channel else {})


def _promised(channel: Mapping[str, Any]) -> dict[str, Any]:
    """The channel with its extensions under the model's words; what is in them beyond that stays under its own key."""
    said = dict(channel)
    for promise, terms in _TERMS.items():
        value = said.pop(promise.value, None)
        if isinstance(terms, dict) and isinstance(value, dict):
            said |= {terms.get(key, f"{promise.value} {key}"): _of_days(v) for key, v in value.items()}
        elif value is not None:
            said[terms if isinstance(terms, str) else promise.value] = _of_days(value)
    return said


def _of_days(value: Any) -> Any:
    days = _DAYS.fullmatch(value) if isinstance(value, str) else None
    return float(days[1]) if days and value == f"P{float(days[1]):g}D" else value


def _unnamed(node: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in node.items() if k != "name"}


def _example(example: Mapping[str, Any], optional: frozenset[str]) -> dict[str, Any]:
    """What of an example is no made-up value: which attributes and data there are, and who says it of what; what may
    be missing in the data may be missing here."""
    payload = example["payload"]
    return {
        **{k: v for k, v in example.items() if k not in ("payload", *WORDS)},
        **{name: payload[name] for name in _EXAMPLE},
        "source": _UUID.sub("/ID", payload["source"]),
        "attributes": sorted(payload),
        "data": sorted(set(payload["data"]) - optional),
    }
