"""The rows of each table: those of the API's examples, with references that lead somewhere and keys that differ."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from archsmith.kernel.ids import EntityId
from archsmith.knowledge.dialects import is_home
from archsmith.knowledge.examples.distinct import distinct, is_crowded, ordered_spans
from archsmith.knowledge.examples.rows import Rows
from archsmith.knowledge.examples.values import identifier, stamp
from archsmith.knowledge.samples import Samples
from archsmith.model.contracts import Column, Table
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape, Source

Row = dict[str, Any]
TENANTS: Final = 2
"""Two, so that it can be seen that neither sees the other's rows."""
_ROOTS: Final = 3
_MORE_PARTS: Final = 2
"""There are two parts more than there are wholes, so that some wholes have two."""
_STEP: Final = timedelta(hours=3)
_ENDS: Final = re.compile(r"_(latitude|longitude)$")


class Seed:
    """Rows for the tables of one database. Row n of a table refers to row n of others, which is of its tenant."""

    def __init__(self, tables: tuple[Table, ...], shapes: Mapping[EntityId, Shape], samples: Samples) -> None:
        self._shapes = shapes
        self._rows = Rows(shapes, samples)
        self._entities = {t.name: t.entity for t in tables}
        tenants = any(c.name == "tenant_id" for t in tables for c in t.columns)
        self.roots = 2 * TENANTS if tenants else _ROOTS

    def of(self, table: Table) -> list[Row]:
        """The rows of a table, by column; none of a table that the service itself fills while it runs."""
        if table.entity is not None:
            return self._of_entity(table, self._shapes[table.entity])
        return self._organisations(table) if is_home(table) else self._links(table)

    def fits(self, table: Table) -> bool:
        """Whether there can be as many rows as other tables refer to."""
        return table.entity is None or not is_crowded(table, self._shapes[table.entity])

    def tenant(self, index: int) -> str:
        """The id of the tenant that the n-th rows belong to."""
        return identifier("tenant", (index % self.roots) * TENANTS // self.roots)

    def _of_entity(self, table: Table, shape: Shape) -> list[Row]:
        part = any(f.part_of for f in shape.fields) and not table.overlaps
        made = [self._row(table, shape, index) for index in range(self.roots + (_MORE_PARTS if part else 0))]
        return distinct(table, shape, [ordered_spans(table, row) for row in made], self.roots)

    def _row(self, table: Table, shape: Shape, index: int) -> Row:
        base = self._in_state(shape, self._rows.of(shape.entity, index), index)
        row: Row = {}
        for column in (c for c in table.columns if not c.generated):
            field = field_of(shape, column.name)
            if field is not None:
                row[column.name] = self._value(shape, field, column, base, index)
        return row

    def _value(self, shape: Shape, field: Field, column: Column, base: Row, index: int) -> Any:
        if field.encrypted:
            return bytes.fromhex(identifier(f"{shape.entity} {field.name}", index).replace("-", ""))
        match field.source:
            case Source.KEY:
                return identifier(shape.entity, index)
            case Source.TENANT:
                return self.tenant(index)
            case Source.SUBJECT | Source.OWNER:
                return identifier(f"{shape.entity} {field.name}", index % self.roots)
            case Source.LOCK:
                return 1
            case _ if field.refers is not None:
                return self._reference(shape, field, index)
        value = base.get(field.name)
        if value is None and field.required:
            value = self._rows.value(shape, field, index)
        return value[column.name.rpartition("_")[2]] if isinstance(value, dict) and _ENDS.search(column.name) else value

    def _reference(self, shape: Shape, field: Field, index: int) -> str | None:
        assert field.refers is not None, "asked only of references"
        if field.refers != shape.entity:
            return identifier(field.refers, index % self.roots)
        before = index % self.roots - 1
        same = before >= 0 and self.tenant(before) == self.tenant(index)
        if same or field.required:
            return identifier(field.refers, before if same and not (field.required and field.unique) else index)
        return None

    def _in_state(self, shape: Shape, base: Row, index: int) -> Row:
        """The row further on its way, the later the row: its state, and when it came there."""
        field = next((f for f in shape.fields if f.states and f.type is AttributeType.STATE), None)
        if field is None:
            return base
        state = field.states[index % len(field.states)]
        changed = {field.name: state}
        moment = shape.field(f"{state}_at")
        began = state == field.states[0] or "created_at" not in base
        if moment is not None and moment.type is AttributeType.TIMESTAMP and not began:
            when = stamp(datetime.fromisoformat(base["created_at"]) + _STEP)
            changed |= {moment.name: when} | ({"updated_at": when} if "updated_at" in base else {})
        return base | changed

    def _organisations(self, table: Table) -> list[Row]:
        known = {c.name for c in table.columns}
        found = [{"id": identifier("tenant", n), "name": said} for n, said in enumerate(("Alder & Finch", "Blue Kite"))]
        return [{k: v for k, v in row.items() if k in known} for row in found]

    def _links(self, table: Table) -> list[Row]:
        """Rows of a table that only ties two others, both of which stand here."""
        targets = {c: self._entities.get(k.target) for k in table.foreign_keys for c in k.columns if c != "tenant_id"}
        ends = [c for c in table.primary_key if c != "tenant_id"]
        if len(ends) < 2 or not all(targets.get(c) for c in ends):
            return []
        rows = []
        for index in range(self.roots):
            row: Row = {c: identifier(entity, index) for c, entity in targets.items() if entity is not None}
            if any(c.name == "tenant_id" for c in table.columns):
                row["tenant_id"] = self.tenant(index)
            rows.append(row)
        return rows


def field_of(shape: Shape, column: str) -> Field | None:
    """The field that a column holds; of a place there are two."""
    found = shape.field(column)
    return shape.field(_ENDS.sub("", column)) if found is None and _ENDS.search(column) else found
