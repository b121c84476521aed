"""Sets of data with their fields: each table of a database, and each entity that another kind of store keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import ElementId, EntityId, ServiceId, StoreId, element
from archsmith.kernel.names import snake
from archsmith.knowledge.dictionary import OWN_CLASSES
from archsmith.model.contracts import Column, Table
from archsmith.model.domain import DataClass, Entity
from archsmith.model.processing import Processing
from archsmith.model.shapes import Field, Shape, Source
from archsmith.render.view import View, grouped

_PEOPLE: Final = frozenset({Source.SUBJECT, Source.OWNER})


@dataclass(frozen=True, slots=True)
class Item:
    """A column or a field. `key` is PK, FK, UQ or empty."""

    name: str
    type: str
    required: bool
    meaning: str
    data_class: DataClass
    key: str = ""
    encrypted: bool = False
    limits: str = ""


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is kept together: a table, or an entity in a store without tables. `entity` None for the design's own."""

    name: str
    about: str
    store: StoreId
    entity: Entity | None
    items: tuple[Item, ...]
    data_class: DataClass
    service: ServiceId | None
    months: float | None
    processing: tuple[Processing, ...]

    @property
    def element(self) -> ElementId:
        """What it is in the model."""
        return element("entity", self.entity.id) if self.entity else element("table", self.name)


def data_sets(view: View) -> tuple[DataSet, ...]:
    """All of them: tables in the order of the model, then entities without one."""
    shapes = {s.entity: s for s in view.arch.shapes}
    reasons = grouped((p.data, p) for p in view.arch.processing)
    found = [_of_table(view, t, shapes, reasons) for t in view.arch.tables]
    found += [
        _of_entity(view, e, shapes[e.id], reasons)
        for e in view.domain.entities
        if e.id not in view.tables_of and e.id in shapes and e.id in view.placements
    ]
    return tuple(found)


def _of_table(
    view: View, table: Table, shapes: dict[EntityId, Shape], reasons: dict[ElementId, tuple[Processing, ...]]
) -> DataSet:
    entity = view.entities.get(table.entity) if table.entity else None
    shape = shapes.get(entity.id) if entity else None
    items = tuple(_column(table, c, shape) for c in table.columns)
    kept = entity.retention.value if entity and entity.retention else table.retention
    service = _service(view, entity, table.store)
    key = element("entity", entity.id) if entity else element("table", table.name)
    worst = entity.data_class if entity else _worst(i.data_class for i in items)
    return DataSet(table.name, table.comment, table.store, entity, items, worst, service, kept, reasons.get(key, ()))


def _of_entity(view: View, entity: Entity, shape: Shape, reasons: dict[ElementId, tuple[Processing, ...]]) -> DataSet:
    items = tuple(_field(f) for f in shape.fields)
    kept = entity.retention.value if entity.retention else None
    store = view.placements[entity.id].store
    about = entity.description.strip() or entity.name
    return DataSet(
        snake(entity.plural or entity.name), about, store, entity, items, entity.data_class,
        _service(view, entity, store), kept, reasons.get(element("entity", entity.id), ()),
    )  # fmt: skip


def _column(table: Table, column: Column, shape: Shape | None) -> Item:
    field = _field_of(shape, column.name) if shape else None
    unique = any(column.name in u for u in table.uniques) or any(
        i.unique and column.name in i.columns for i in table.indexes
    )
    foreign = any(column.name in k.columns for k in table.foreign_keys)
    key = "PK" if column.name in table.primary_key else "FK" if foreign else "UQ" if unique else ""
    return Item(
        column.name, column.type, not column.nullable, column.comment or column.name, _class(field, column.name, shape),
        key, field.encrypted if field else False, column.check,
    )  # fmt: skip


def _field_of(shape: Shape, column: str) -> Field | None:
    """The field that a column is of: of the same name, or the place whose latitude it is, or the address in lower
    case."""
    stems = (column, *(column.removesuffix(end) for end in ("_latitude", "_longitude", "_lower")))
    return next((f for stem in stems if (f := shape.field(stem))), None)


def _field(field: Field) -> Item:
    kind = f"{field.type} ({', '.join(field.states)})" if field.states else str(field.type)
    kind = f"list of {kind}" if field.many else kind
    key = "PK" if field.source is Source.KEY else "FK" if field.refers else "UQ" if field.unique else ""
    worst = DataClass.PERSONAL if field.source in _PEOPLE else field.data_class
    return Item(field.name, kind, field.required, field.description, worst, key, field.encrypted)


def _class(field: Field | None, name: str, shape: Shape | None) -> DataClass:
    if field is not None:
        return DataClass.PERSONAL if field.source in _PEOPLE else field.data_class
    return OWN_CLASSES.get(name, DataClass.INTERNAL) if shape is None else DataClass.INTERNAL


def _worst(classes: Iterable[DataClass]) -> DataClass:
    order = list(DataClass)
    return max(classes, key=order.index, default=DataClass.INTERNAL)


def _service(view: View, entity: Entity | None, store: StoreId) -> ServiceId | None:
    if entity is not None:
        return next((s.id for s in view.arch.services if entity.id in s.entities), None)
    found = view.stores.get(store)
    return found.owner if found and found.owner else (view.arch.services[0].id if view.arch.services else None)
