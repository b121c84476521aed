"""Forms that standards and the guide lay down, whatever the design: schemas, read as those of a document are."""

import functools
from collections.abc import Sequence
from typing import Any, Final

from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.parity_json import CHARACTERS, said_at

Schema = dict[str, Any]

HOST: Final = "your-domain.invalid"
"""Stands for the domain until the system is deployed (RFC 2606)."""
_UUID: Final[Schema] = {"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36}
_MOMENT: Final[Schema] = {"type": "string", "format": "date-time", "minLength": 20, "maxLength": 35}
_REFERENCE: Final[Schema] = {"type": "string", "format": "uri-reference", "maxLength": 2048}
_VISIBLE: Final[Schema] = {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"}
TAG: Final[Schema] = {"type": "string", "maxLength": 64, "pattern": r'^(W/)?"[!#-~]*"$'}
KEY: Final[Schema] = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
"""An Idempotency-Key, whose length is the design's."""
CURSOR: Final[Schema] = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
SUM: Final[Schema] = {"type": "string", "format": "decimal", "maxLength": 40, "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
STREAM: Final[Schema] = {"type": "string", "maxLength": 65_536, "pattern": CHARACTERS}
HEADERS: Final[dict[str, Schema]] = {
    "ETag": TAG, "Cache-Control": _VISIBLE, "RateLimit-Policy": _VISIBLE, "RateLimit": _VISIBLE,
    "WWW-Authenticate": _VISIBLE, "Location": _REFERENCE,
    "Retry-After": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400},
}  # fmt: skip
"""Header fields of answers."""


def _text(longest: int) -> Schema:
    return {"type": "string", "maxLength": longest, "pattern": CHARACTERS}


def _whole(low: int, high: int) -> Schema:
    form = "int32" if high < 2**31 else "int64"
    return {"type": "integer", "format": form, "minimum": low, "maximum": high}


PROBLEM: Final[Schema] = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": _REFERENCE,
        "title": _text(200),
        "status": _whole(400, 599),
        "detail": _text(2000),
        "instance": _REFERENCE,
        "errors": {
            "type": "array",
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": _text(500), "detail": _text(500)},
            },
        },
    },
}
"""RFC 9457."""


def job(states: Sequence[str]) -> Schema:
    """Work that goes on after the answer, in one of these states."""
    result = {"type": "object", "maxProperties": 100, "additionalProperties": True}
    return {
        "type": "object",
        "required": ["id", "state", "created_at"],
        "properties": {
            "id": {**_UUID, "readOnly": True},
            "state": {"type": "string", "enum": list(states)},
            "created_at": _MOMENT,
            "finished_at": _MOMENT,
            "result": result,
            "problem": PROBLEM,
        },
    }


def outcomes(most: int) -> Schema:
    """What became of each item of a batch."""
    outcome = {
        "type": "object",
        "required": ["index", "status"],
        "properties": {"index": _whole(0, most - 1), "status": _whole(200, 599), "id": _UUID, "problem": PROBLEM},
    }
    return {
        "type": "object",
        "required": ["items"],
        "properties": {"items": {"type": "array", "maxItems": most, "items": outcome}},
    }


def summary(sums: list[str], most: int) -> Schema:
    """Groups with their counts and the sums of some fields."""
    group = {
        "type": "object",
        "required": ["key", "count"],
        "properties": {"key": _text(200), "count": _whole(0, 2**53 - 1), **dict.fromkeys(sums, SUM)},
    }
    groups = {"type": "array", "maxItems": most, "items": group}
    return {"type": "object", "required": ["as_of", "groups"], "properties": {"as_of": _MOMENT, "groups": groups}}


def cloud_event(kind: str) -> Schema:
    """The envelope of CloudEvents 1.0; what is in `data` is the event's own."""
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": {"type": "string", "const": "1.0"},
            "id": _UUID,
            "source": _REFERENCE,
            "type": {"type": "string", "const": kind},
            "time": _MOMENT,
            "datacontenttype": {**_VISIBLE, "maxLength": 100},
        },
    }


def form(schema: Schema) -> list[Fact]:
    """The facts of a form."""
    return said_at("", schema, lambda node: node)


@functools.cache
def problem() -> tuple[Fact, ...]:
    """The body of an answer that tells of a problem."""
    place = " body application/problem+json"
    return (*facts_at(place, {"example": "yes"}), *(f._replace(place=f"{place}{f.place}") for f in form(PROBLEM)))


@functools.lru_cache(maxsize=512)
def header(name: str, value: str = "", said: frozenset[str] = frozenset()) -> tuple[Fact, ...]:
    """A header field of an answer: its form, its value where the model has one, and the figures of its words."""
    place = f" header {name}"
    found = [Fact(f"{place}{f.place}", f.what, f.value) for f in form(HEADERS[name])]
    return (*found, *facts_at(place, {"example": "yes", "value": value, "figures": said}))


DELIVERY: Final = _UUID
"""Of the header field that names a message that is sent to others."""
