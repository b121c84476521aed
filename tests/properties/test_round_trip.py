"""Every value of the model goes to JSON and comes back equal, and the same value gives the same bytes."""

import importlib
import inspect
import pkgutil
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.values import values

import archsmith.model
from archsmith.kernel.canonical import Malformed, from_json, from_plain, to_json, to_plain
from archsmith.model.base import Value
from archsmith.model.design import Design
from archsmith.pipeline import State


def model_types() -> list[type[Value]]:
    """Every value type that the model declares."""
    found: dict[str, type[Value]] = {}
    for module in pkgutil.iter_modules(archsmith.model.__path__):
        home = importlib.import_module(f"archsmith.model.{module.name}")
        classes = inspect.getmembers(home, inspect.isclass)
        found |= {n: k for n, k in classes if issubclass(k, Value) and k is not Value and k.__module__ == home.__name__}
    return [found[name] for name in sorted(found)]


@pytest.mark.parametrize("kind", model_types(), ids=lambda k: k.__name__)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_json_and_back(kind: type[Value], data: Any) -> None:
    """Equal after the round trip, and byte-identical after two."""
    value = data.draw(values(kind))
    written = to_json(value)
    again = from_json(written, kind)
    assert again == value
    assert to_json(again) == written
    assert from_plain(to_plain(value), kind) == value


@pytest.mark.parametrize("kind", model_types(), ids=lambda k: k.__name__)
def test_frozen_slotted_documented(kind: type[Value]) -> None:
    """No value can be changed, or grow fields; each says what it is."""
    config = kind.__struct_config__
    assert config.frozen
    assert config.forbid_unknown_fields
    assert not hasattr(kind, "__dict__") or not config.dict
    assert kind.__doc__


def test_unknown_fields_and_bad_types_are_told_with_their_path() -> None:
    """The message names the place."""
    with pytest.raises(Malformed, match=r"\$\.brief"):
        from_json(b'{"brief": {"name": 1}}', State)
    with pytest.raises(Malformed, match="unknown field"):
        from_json(b'{"nonsense": 1}', State)
    with pytest.raises(Malformed):
        from_json(b"\xff", State)


def test_schema_describes_every_type() -> None:
    """The published schema of design.json reaches every stage's result."""
    schema = msgspec.json.schema(Design)
    assert {"Requirements", "Domain", "Decisions", "Architecture", "Report", "Plan"} <= set(schema["$defs"])
