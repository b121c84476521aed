"""Entity-relationship diagrams, one a service: its tables where it has any, else the entities' own attributes."""

from dataclasses import dataclass

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.architecture import Service
from archsmith.model.contracts import Table
from archsmith.model.domain import Cardinality, Entity
from archsmith.render.diagrams.graph import handle
from archsmith.render.diagrams.mermaid import label
from archsmith.render.markdown import clean, clip
from archsmith.render.plain import WIDTH, boxes, columns
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Field:
    """A column or an attribute: type, name, and `PK`, `FK` or nothing."""

    kind: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Box:
    """A table or an entity."""

    id: str
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A reference from `many` to `one`, with the crow's feet at both ends."""

    many: str
    one: str
    feet: str
    label: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """What an ER diagram shows."""

    title: str
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]


def diagram(view: View, service: Service) -> Diagram:
    """The service's own data. A reference to another service's entity is a plain column: no key crosses a service."""
    own = [view.entities[e] for e in service.entities if e in view.entities]
    tables = {t.name: t for e in own for t in view.tables_of.get(e.id, ())}
    drawn = [_table(t) for t in tables.values()] + [_entity(e) for e in own if e.id not in view.tables_of]
    ties = [tie for t in tables.values() for tie in _keys(t, set(tables))]
    ids = {e.id for e in own}
    ties += [tie for e in own if e.id not in view.tables_of for tie in _relations(view, e, ids)]
    return Diagram(f"{service.name}: entities", tuple(drawn), tuple(ties))


def keys(shown: Diagram) -> Diagram:
    """The same with references only, for a page that lists the columns beside it."""
    few = tuple(Box(b.id, b.name, tuple(f for f in b.fields if f.key == "FK")) for b in shown.boxes)
    return Diagram(shown.title, few, shown.ties)


def mermaid(shown: Diagram) -> str:
    """As a Mermaid erDiagram."""
    lines = ["erDiagram"]
    for box in shown.boxes:
        fields = [f"    {_word(f.kind)} {_word(f.name)}{f' {f.key}' if f.key else ''}" for f in box.fields]
        lines.append(f'  {handle(box.id)}["{label(box.name, 60)}"]{" {" if fields else ""}')
        lines += [*fields, "  }"] if fields else []
    lines += [f'  {handle(t.many)} {t.feet} {handle(t.one)} : "{label(t.label, 40)}"' for t in shown.ties]
    return "\n".join(lines) + "\n"


def text(shown: Diagram) -> str:
    """As boxes and a list of references."""
    names = {b.id: clip(b.name, 40) for b in shown.boxes}
    contents = [
        [clip(b.name, 60), *(f"{f.key or '  '} {clean(f.name)}: {clean(f.kind)}" for f in b.fields)]
        for b in shown.boxes
    ]
    lines = [clean(shown.title), "", *boxes(contents, WIDTH)]
    if shown.ties:
        lines += ["", "PK primary key, FK foreign key; read as: many ──> one", ""]
        lines += columns(
            [(names[t.many], "──>", names[t.one], f"by {clean(t.label)}") for t in shown.ties], (30, 3, 30, 30)
        )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table) -> Box:
    foreign = {c for key in table.foreign_keys for c in key.columns}
    fields = (
        Field(c.type, c.name, "PK" if c.name in table.primary_key else "FK" if c.name in foreign else "")
        for c in table.columns
    )
    return Box(f"table_{table.name}", table.name, tuple(fields))


def _keys(table: Table, drawn: set[str]) -> list[Tie]:
    optional = {c.name for c in table.columns if c.nullable}
    unique = {frozenset(u) for u in table.uniques} | {frozenset(table.primary_key)}
    unique |= {frozenset(i.columns) for i in table.indexes if i.unique and not i.where}
    ties = []
    for key in table.foreign_keys:
        if key.target not in drawn:
            continue
        left = "|o" if frozenset(key.columns) in unique else "}o"
        right = "o|" if optional & set(key.columns) else "||"
        ties.append(Tie(f"table_{table.name}", f"table_{key.target}", f"{left}--{right}", ", ".join(key.columns)))
    return ties


def _entity(entity: Entity) -> Box:
    fields = [Field("uuid", "id", "PK")] if all(a.name != "id" for a in entity.attributes) else []
    fields += [Field(a.type, a.name, "PK" if a.name == "id" else "") for a in entity.attributes]
    fields += [
        Field("uuid", f"{snake(r.name)}_id", "FK")
        for r in entity.relations
        if r.cardinality is not Cardinality.MANY_TO_MANY
    ]
    return Box(f"entity_{entity.id}", entity.name, tuple(fields))


def _relations(view: View, entity: Entity, own: set[EntityId]) -> list[Tie]:
    feet = {Cardinality.MANY_TO_ONE: "}o", Cardinality.ONE_TO_ONE: "|o", Cardinality.MANY_TO_MANY: "}o"}
    ties = []
    for relation in entity.relations:
        if relation.target not in own or relation.target in view.tables_of:
            continue
        many = relation.cardinality is Cardinality.MANY_TO_MANY
        right = "o{" if many else "||" if relation.required else "o|"
        ends = f"{feet[relation.cardinality]}--{right}"
        ties.append(Tie(f"entity_{entity.id}", f"entity_{relation.target}", ends, relation.name))
    return ties


def _word(raw: str) -> str:
    """A type or a column as one word of Mermaid's grammar (`numeric(12,2)` becomes `numeric_12_2`)."""
    return snake(raw) if raw.strip() else "unknown"
