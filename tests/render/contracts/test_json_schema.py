"""Fields as JSON Schema: each limit of the model refuses what lies beyond it, and takes what lies on it."""

from typing import Any

import jsonschema_rs
import pytest

from archsmith.kernel.ids import EntityId
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source
from archsmith.render.contracts.json_schema import PLACE, field_schema, nullable, object_schema


def field(kind: AttributeType, **more: Any) -> Field:
    return Field(
        name=more.pop("name", "thing"), source=Source.ATTRIBUTE, type=kind, description="A thing", required=True, **more
    )


def takes(schema: Any, value: Any) -> bool:
    whole = {"components": {"schemas": {"Place": PLACE}}, "allOf": [schema]}
    return jsonschema_rs.validator_for(whole, validate_formats=True).is_valid(value)


@pytest.mark.parametrize(
    ("made", "good", "bad"),
    [
        (field(AttributeType.TEXT, min_length=1, max_length=3), ["a", "åß😀", "a\nb"], ["", "abcd", "a\x00", 1, None]),
        (field(AttributeType.TEXT, max_length=3, pattern="^[A-Z]{3}$"), ["EUR"], ["eur", "EU"]),
        (field(AttributeType.INTEGER, minimum=0, maximum=9), [0, 9], [-1, 10, 1.5, "1"]),
        (field(AttributeType.DECIMAL, precision=5, scale=2), [999.99, -999.99], [1000, -1000]),
        (field(AttributeType.DECIMAL, precision=5, scale=2, minimum=0), [0, 999.99], [-0.01]),
        (field(AttributeType.MONEY, precision=5, scale=2, minimum=0), ["0", "999.99"], ["1000", "-1", "1.999", 5]),
        (field(AttributeType.MONEY, precision=5, scale=2), ["-999.99"], ["-1000"]),
        (field(AttributeType.STATE, states=("open", "shut")), ["open", "shut"], ["closed", None]),
        (field(AttributeType.DATE), ["2026-03-02"], ["2026-3-2", "2026-02-30"]),
        (field(AttributeType.TIMESTAMP), ["2026-03-02T09:30:00Z", "2026-03-02T09:30:00.5+01:00"], ["2026-03-02"]),
        (field(AttributeType.UUID), ["318dec7a-410c-4dcc-a54e-f0267d2f5007"], ["318dec7a"]),
        (field(AttributeType.EMAIL, max_length=20), ["mara@example.com"], ["mara", f"{'m' * 20}@example.com"]),
        (field(AttributeType.GEO), [{"latitude": 90, "longitude": -180}], [{"latitude": 91, "longitude": 0}, {}]),
        (
            field(AttributeType.UUID, many=True, max_items=1, refers=EntityId("desk")),
            [[], ["318dec7a-410c-4dcc-a54e-f0267d2f5007"]],
            [["318dec7a-410c-4dcc-a54e-f0267d2f5007", "9c46ac8c-6fb3-480a-bf82-ecd49ff34a06"], "318dec7a"],
        ),
    ],
    ids=lambda value: value.type.value if isinstance(value, Field) else "",
)
def test_limits_hold(made: Field, good: list[Any], bad: list[Any]) -> None:
    schema = field_schema(made)
    assert [v for v in good if not takes(schema, v)] == []
    assert [v for v in bad if takes(schema, v)] == []
    assert [v for v in [*good, None] if not takes(nullable(schema), v)] == []


def test_who_sets_a_field_is_said() -> None:
    assert field_schema(field(AttributeType.TEXT, read_only=True))["readOnly"]
    assert field_schema(field(AttributeType.TEXT, write_only=True))["writeOnly"]
    assert not {"readOnly", "writeOnly"} & field_schema(field(AttributeType.TEXT)).keys()


def test_a_name_that_was_changed_is_told_without_markup() -> None:
    said = field_schema(field(AttributeType.TEXT, original="<b>größe</b>"))["description"]
    assert said == 'A thing. In the brief: "\\<b\\>größe\\</b\\>".'


def test_an_object_is_closed_or_open() -> None:
    parts = (field(AttributeType.TEXT, name="a"), field(AttributeType.BOOLEAN, name="b"))
    closed = object_schema(parts, "two things", closed=True)
    assert takes(closed, {"a": "", "b": True})
    assert not takes(closed, {"a": "", "b": True, "c": 1})
    assert not takes(closed, {"a": ""})
    patch = object_schema(parts, "two things", closed=False, required=False)
    assert takes(patch, {"c": 1})
