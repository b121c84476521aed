"""Entity-relationship diagrams, one a service: its tables, the design's own among them, else the fields of entities."""

from dataclasses import dataclass

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.architecture import Service
from archsmith.model.contracts import Table
from archsmith.model.domain import Cardinality, Entity, Relation
from archsmith.model.shapes import Shape, Source
from archsmith.render.diagrams.graph import handle
from archsmith.render.diagrams.mermaid import label
from archsmith.render.markdown import clean, clip
from archsmith.render.plain import WIDTH, boxes, columns
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Field:
    """A column or a field: type, name, and `PK`, `FK`, `UK`, several of them with commas, or nothing."""

    kind: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Box:
    """A table or an entity. `own`: a table of the design itself."""

    id: str
    name: str
    fields: tuple[Field, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A reference from `many` to `one`, with the crow's feet at both ends; dotted where no key of the database holds
    it, since the other end is kept elsewhere."""

    many: str
    one: str
    feet: str
    label: str

    @property
    def dotted(self) -> bool:
        """Whether it leads out of the service's database."""
        return ".." in self.feet


@dataclass(frozen=True, slots=True)
class Diagram:
    """What an ER diagram shows."""

    title: str
    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]


def diagram(view: View, service: Service) -> Diagram:
    """The service's own data. What it refers to in another service stands as an empty box, tied by a dotted line."""
    own = [view.entities[e] for e in service.entities if e in view.entities]
    tables = {t.name: t for e in own for t in view.tables_of.get(e.id, ())}
    tables |= {t.name: t for t in _of_the_design(view, service, tables)}
    shapes = {s.entity: s for s in view.arch.shapes}
    bare = [e for e in own if e.id not in view.tables_of]
    drawn = [_table(t) for t in tables.values()] + [_entity(e, shapes.get(e.id)) for e in bare]
    ties = [tie for t in tables.values() for tie in _keys(t, set(tables))]
    ids = {e.id for e in own}
    ties += [tie for e in own for tie in _relations(view, e, ids)]
    away = [(e, r) for e in own for r in e.relations if r.target not in ids and r.target in view.entities]
    drawn += [_elsewhere(view, target) for target in dict.fromkeys(r.target for _, r in away)]
    ties += [_outward(view, entity, relation) for entity, relation in away]
    return Diagram(f"{service.name}: entities", tuple(drawn), tuple(ties))


def _of_the_design(view: View, service: Service, tables: dict[str, Table]) -> list[Table]:
    """Tables of no entity that belong to the service: they tie its tables, are named for it, or it is alone there."""
    stores = {t.store for t in tables.values()}
    others = {t.store for t in view.arch.tables if t.entity and t.name not in tables}
    return [
        t
        for t in view.arch.tables
        if t.entity is None
        and t.store in stores
        and (
            t.store not in others
            or t.name.startswith(f"{snake(service.id)}_")
            or any(k.target in tables for k in t.foreign_keys)
        )
    ]


def _elsewhere(view: View, target: EntityId) -> Box:
    keeper = next((s.name for s in view.arch.services if target in s.entities), "elsewhere")
    return Box(f"away_{target}", f"{view.entity_name(target)}, kept by {keeper}", ())


def _outward(view: View, entity: Entity, relation: Relation) -> Tie:
    feet = _feet(relation, "..")
    return Tie(_box_of(view, entity.id), f"away_{relation.target}", feet, f"{relation.name}, by id")


def _box_of(view: View, entity: EntityId) -> str:
    tables = view.tables_of.get(entity, ())
    return f"table_{tables[0].name}" if tables else f"entity_{entity}"


def _feet(relation: Relation, line: str) -> str:
    right = "||" if relation.required else "o|"
    left = "|o" if relation.cardinality is Cardinality.ONE_TO_ONE else "}o"
    return f"{left}{line}{'o{' if relation.cardinality is Cardinality.MANY_TO_MANY else right}"


def keys(shown: Diagram) -> Diagram:
    """The same with references only, for a page that lists the columns beside it."""
    tied = {end for t in shown.ties for end in (t.many, t.one)}
    few = (
        Box(b.id, b.name, tuple(f for f in b.fields if "FK" in f.key), b.own)
        for b in shown.boxes
        if not b.own or b.id in tied
    )
    return Diagram(shown.title, tuple(few), shown.ties)


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
        lines += ["", "PK primary key, FK foreign key, UK unique; read as: many ──> one, ┄┄> where no key holds it", ""]
        lines += columns(
            [(names[t.many], "┄┄>" if t.dotted else "──>", names[t.one], f"by {clean(t.label)}") for t in shown.ties],
            (30, 3, 30, 30),
        )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table) -> Box:
    foreign = {c for key in table.foreign_keys for c in key.columns}
    unique = {u[-1] for u in (*table.uniques, *(i.columns for i in table.indexes if i.unique)) if len(u) == 1}
    fields = []
    for column in table.columns:
        marks = [m for m, of in (("PK", table.primary_key), ("FK", foreign), ("UK", unique)) if column.name in of]
        fields.append(Field(column.type, column.name, ", ".join(marks)))
    return Box(f"table_{table.name}", table.name, tuple(fields), table.entity is None)


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


def _entity(entity: Entity, shape: Shape | None) -> Box:
    """An entity of a store without tables, by the fields that its documents have."""
    fields = []
    for f in shape.fields if shape else ():
        key = "PK" if f.source is Source.KEY else "FK" if f.refers else "UK" if f.unique else ""
        fields.append(Field(f"{f.type}s" if f.many else f.type, f.name, key))
    return Box(f"entity_{entity.id}", entity.name, tuple(fields))


def _relations(view: View, entity: Entity, own: set[EntityId]) -> list[Tie]:
    """Relations within the service that no key of a database holds: between documents, and between stores."""
    stores = {t.store for t in view.tables_of.get(entity.id, ())}
    ties = []
    for relation in entity.relations:
        others = {t.store for t in view.tables_of.get(relation.target, ())}
        if relation.target not in own or stores & others:
            continue
        feet, named = _feet(relation, ".." if stores or others else "--"), f"{relation.name}, by id"
        ends = _box_of(view, entity.id), _box_of(view, relation.target)
        ties.append(Tie(*ends, feet, named if stores or others else relation.name))
    return ties


def _word(raw: str) -> str:
    """A type or a column as one word of Mermaid's grammar (`numeric(12,2)` becomes `numeric_12_2`)."""
    return snake(raw) if raw.strip() else "unknown"
