"""Canonical JSON: the same value gives the same bytes, and reads back to an equal value."""

import re
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
_HALF: Final = re.compile(r"[\ud800-\udfff]")


class Malformed(ValueError):
    """The bytes are no JSON, or not of the wanted type. The message names the path (`$.services[3].id`)."""


def to_json(value: object) -> bytes:
    """UTF-8 JSON, keys in declared order, indented by one space, ending in a newline.

    Half of a surrogate pair is no character, and no UTF-8: U+FFFD stands for it.
    """
    try:
        encoded = msgspec.json.encode(value, order="deterministic")
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_whole(to_plain(value)), order="deterministic")
    return msgspec.json.format(encoded, indent=1) + b"\n"


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(key): _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list | tuple) else value


def from_json(data: bytes, kind: type[T]) -> T:
    """The value of type `kind`. Raises Malformed where the bytes do not describe one."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error


def to_plain(value: object) -> Any:
    """Dicts, lists, strings and numbers only: what a YAML or a JSON dumper takes."""
    return msgspec.to_builtins(value, order="deterministic")


def from_plain(data: object, kind: type[T]) -> T:
    """The value of type `kind` from dicts and lists. Raises Malformed with the path where it does not fit."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error


def typed(value: T) -> T:
    """The value as it reads back from JSON: ints that stand for floats become them, keys stand in order.

    Without it a value would differ from itself read back from JSON, though the two compare equal, and sums along a
    mapping would differ in their last digit.
    """
    return msgspec.json.decode(msgspec.json.encode(value, order="deterministic"), type=type(value))
