"""Example rows: the same booking in every request and answer, its moments in order, its state that of the step."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.knowledge.examples.values import FIRST_DAY, Values, identifier, stamp
from archsmith.knowledge.samples import Samples
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape, Source

Row = dict[str, Any]
_LATER: Final = timedelta(hours=3, minutes=12)
"""After which a row of the examples is changed."""
_CHANGED: Final = (AttributeType.TEXT, AttributeType.MONEY, AttributeType.INTEGER, AttributeType.DECIMAL,
                   AttributeType.BOOLEAN, AttributeType.EMAIL, AttributeType.PHONE, AttributeType.URL,
                   AttributeType.DATE, AttributeType.TIMESTAMP, AttributeType.GEO)  # fmt: skip
"""Types of a field that a change is shown with, the most telling first."""

_LIMITS: Final = ("type", "pattern", "min_length", "max_length", "minimum", "maximum", "states", "refers", "many")
"""What a value has to fit."""


class Rows:
    """Example rows of the shapes of a design. Their fields are in the order of the shape."""

    def __init__(self, shapes: Mapping[EntityId, Shape], samples: Samples) -> None:
        self._shapes = shapes
        self._values = Values(samples)
        self._made: dict[tuple[EntityId, int], Row] = {}

    def of(self, entity: EntityId, index: int = 0) -> Row:
        """The `index`-th example row, as it was made: all fields, those too that no caller sees."""
        key = (entity, index)
        if key not in self._made:
            shape = self._shapes[entity]
            row = {f.name: self.value(shape, f, index) for f in shape.fields if self._has(shape, f, "")}
            self._made[key] = self._settled(shape, row, "", changed=False)
        return dict(self._made[key])

    def whole(self, entity: EntityId) -> Row:
        """The first row with all its fields, those too that it gets later in its life."""
        shape = self._shapes[entity]
        return self._settled(shape, {f.name: self.value(shape, f) for f in shape.fields}, "", changed=False)

    def changed(self, entity: EntityId, state: str = "", changes: Row | None = None) -> Row:
        """The first row after a change: in that state, with those values, later."""
        shape = self._shapes[entity]
        row = {f.name: self.value(shape, f, 0) for f in shape.fields if self._has(shape, f, state)}
        for field in shape.fields:
            if state and state in field.states:
                row[field.name] = state
        return self._settled(shape, row | (changes or {}), state, changed=True)

    def value(self, shape: Shape, field: Field, index: int = 0) -> Any:
        """The value of a field of the `index`-th row."""
        if field.source is Source.KEY:
            return identifier(shape.entity, index)
        if field.refers is not None:
            found = identifier(field.refers, index + (1 if field.refers == shape.entity else 0))
            return [found] if field.many else found
        return self._values.of(field, snake(shape.entity), index)

    def message(self, field: Field, about: str = "") -> Any:
        """The value of a field that stands in no row."""
        if field.example:
            return field.example
        return identifier(field.refers) if field.refers is not None else self._values.of(field, about or "message")

    def said(self, entity: EntityId, row: Row, field: Field) -> Any:
        """The value of a field that a message has: the row's own, where it is no other field of the same name."""
        own = self._shapes[entity].field(field.name)
        same = own is not None and all(getattr(own, limit) == getattr(field, limit) for limit in _LIMITS)
        return row[field.name] if same and field.name in row else self.message(field)

    def change(self, shape: Shape, fields: list[Field]) -> Row:
        """A change that shows: one field with another value than the row has; empty where none can change."""
        before = self.of(shape.entity)
        ranked = sorted((f for f in fields if f.type in _CHANGED), key=lambda f: _CHANGED.index(f.type))
        for field in ranked:
            for index in (1, 2, 3):
                value = _other(field, before.get(field.name), self.value(shape, field, index))
                if value != before.get(field.name):
                    return {field.name: value}
        return {}

    @staticmethod
    def _has(shape: Shape, field: Field, state: str) -> bool:
        """Whether a row in that state has the field: when it was paid is known of what has been paid."""
        if field.required or not field.read_only or field.type is not AttributeType.TIMESTAMP:
            return True
        return field.name.removesuffix("_at") == state or all(not f.states for f in shape.fields)

    @staticmethod
    def _settled(shape: Shape, row: Row, state: str, *, changed: bool) -> Row:
        """With what the system notes in order: all when the row was made, and what the change brought when it came."""
        noted = [f.name for f in shape.fields if f.read_only and f.type is AttributeType.TIMESTAMP and f.name in row]
        made = row.get("created_at") or stamp(FIRST_DAY)
        later = stamp(datetime.fromisoformat(made) + _LATER) if changed else made
        for name in noted:
            row[name] = later if name in ("updated_at", f"{state}_at") else made
        return row


def _other(field: Field, before: Any, value: Any) -> Any:
    """Another value for a field whose samples are all alike."""
    return not before if field.type is AttributeType.BOOLEAN else value
