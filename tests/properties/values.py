"""Hypothesis strategies for any model value, made from its declared field types."""

import enum
import functools
import types
import typing
from typing import Any, NewType

import msgspec
from hypothesis import strategies as st

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=64)
INTS = st.integers(-(2**40), 2**40)


@functools.cache
def values(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a declared type: structs, enums, unions, tuples, mappings and unit types."""
    if isinstance(kind, NewType):
        return values(kind.__supertype__, depth)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT,
        float: FLOATS,
        int: INTS,
        bool: st.booleans(),
        bytes: st.binary(max_size=12),
        type(None): st.none(),
    }
    if kind in plain:
        return plain[kind]
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(values(a, depth) for a in typing.get_args(kind)))
    if origin is tuple:
        return _tuples(typing.get_args(kind), depth)
    if origin is dict:
        keys, held = typing.get_args(kind)
        return st.dictionaries(values(keys, depth + 1), values(held, depth + 1), max_size=2)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(list(kind))
    return _struct(kind, depth)


def _tuples(args: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    if args[-1] is not Ellipsis:
        return st.tuples(*(values(a, depth + 1) for a in args))
    longest = 2 if depth < 1 else 1 if depth < 3 else 0
    return st.lists(values(args[0], depth + 1), max_size=longest).map(tuple) if longest else st.just(())


def _struct(kind: Any, depth: int) -> st.SearchStrategy[Any]:
    struct = typing.get_origin(kind) or kind
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType), kind
    fields = {f.name: f for f in msgspec.structs.fields(kind)}
    return st.builds(struct, **{name: values(field.type, depth + 1) for name, field in fields.items()})
