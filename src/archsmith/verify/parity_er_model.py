"""What the ER diagram of a service has to show, as facts; made without a renderer's code."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.architecture import Service
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.model.domain import Cardinality, Entity, Relation
from archsmith.model.shapes import Source
from archsmith.verify.parity_facts import Fact, facts_at, seen
from archsmith.verify.parity_store_kept import letters

_ODD: Final = re.compile(r"[^A-Za-z0-9]+")
_MANY: Final = {Cardinality.MANY_TO_ONE: "}o", Cardinality.ONE_TO_ONE: "|o", Cardinality.MANY_TO_MANY: "}o"}
LEGEND: Final = "PK primary key, FK foreign key, UK unique; read as: many ──> one, ┄┄> where no key holds it"
"""What a drawing in plain text says of its marks, where it has references."""
_WIDE, _NARROW = 60, 40
"""Characters of a box's name in the box, and in a list of references."""


class ErModel:
    """What the diagram of a service has to show: its own data, and empty boxes for what it refers to elsewhere."""

    def __init__(self, design: Design, service: Service) -> None:
        self._arch, self._service = design.architecture, service
        self._entities = {e.id: e for e in design.derivation.domain.entities}
        self._shapes = {s.entity: s for s in self._arch.shapes}
        self._own = [self._entities[e] for e in service.entities if e in self._entities]
        self._held = {e: [t for t in self._arch.tables if t.entity == e] for e in self._entities}
        tables = {t.name: t for e in self._own for t in self._held[e.id]}
        self._tables = list((tables | {t.name: t for t in self._of_the_design(tables)}).values())
        self._bare = [e for e in self._own if not self._held[e.id]]
        self._away = [(e, r) for e in self._own for r in e.relations if self._is_away(r)]

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._tables or self._bare or self._away)

    @property
    def framed(self) -> bool:
        """Whether a name has a stroke in it of which boxes in plain text are made."""
        return any(stroke in name for _, name, _, _ in self._boxes() for stroke in "│┌└")

    def _is_away(self, relation: Relation) -> bool:
        return relation.target in self._entities and relation.target not in {e.id for e in self._own}

    def _of_the_design(self, own: dict[str, Table]) -> Iterator[Table]:
        """Tables of no entity: those beside the service's own, if they refer to these, bear its name, or nobody else's
        are there."""
        stores = {t.store for t in own.values()}
        shared = {t.store for t in self._arch.tables if t.entity and t.name not in own}
        for table in self._arch.tables:
            refers = any(key.target in own for key in table.foreign_keys)
            named = table.name.startswith(f"{snake(self._service.id)}_")
            if table.entity is None and table.store in stores and (refers or named or table.store not in shared):
                yield table

    def facts(self, *, keys: bool = False) -> Iterator[Fact]:
        """All of it; with `keys` only what refers, and of the design's own tables those that some line leads to."""
        yield Fact("diagram", "is", "erDiagram")
        ties = list(self._ties())
        ends = {end for one, _, other, _ in ties for end in (one, other)}
        for ident, name, own, fields in self._boxes():
            if keys and own and ident not in ends:
                continue
            shown = [f for f in fields if not keys or "FK" in f[2]]
            yield from facts_at(ident, {"name": letters(name), "columns": "yes" if shown else ""})
            for kind, field, marks in shown:
                yield from facts_at(f"{ident}.{snake(field)}", {"type": snake(kind), "keys": marks})
        for number, (one, feet, other, name) in enumerate(ties, 1):
            yield Fact(f"relation {number}", "is", f"{one} {feet} {other}: {letters(name)}")

    def plain(self) -> Iterator[Fact]:
        """The same as it stands in boxes of plain text, and in the list below: box by box, reference by reference."""
        yield Fact("title", "is", letters(f"{self._service.name}: entities"))
        names: dict[str, str] = {}
        for number, (ident, name, _, fields) in enumerate(self._boxes(), 1):
            names[ident] = _clipped(name, _NARROW)
            lines = [_clipped(name, _WIDE), *(f"{marks} {field}: {kind}" for kind, field, marks in fields)]
            yield Fact(f"box {number}", "is", letters(" ".join(lines)))
        number = 0
        for number, (one, feet, other, name) in enumerate(self._ties(), 1):
            place, words = f"reference {number}", letters(f"{names[one]} {names[other]} by {name}")
            yield Fact(place, "held by", "nothing" if ".." in feet else "a key")
            yield Fact(place, "has", "".join(sorted(words)))
            yield Fact(place, "is", words)
        if number:
            yield Fact("below", LEGEND, "told")

    def _boxes(self) -> Iterator[tuple[str, str, bool, list[tuple[str, str, str]]]]:
        for t in self._tables:
            yield _ident("table", t.name), t.name, t.entity is None, list(_columns(t))
        for e in self._bare:
            yield _ident("entity", e.id), e.name, False, list(self._fields(e))
        for target in dict.fromkeys(r.target for _, r in self._away):
            keeper = next((s.name for s in self._arch.services if target in s.entities), "elsewhere")
            yield _ident("away", target), f"{self._entities[target].name}, kept by {keeper}", False, []

    def _fields(self, entity: Entity) -> Iterator[tuple[str, str, str]]:
        shape = self._shapes.get(entity.id)
        for f in shape.fields if shape else ():
            key = "PK" if f.source is Source.KEY else "FK" if f.refers else "UK" if f.unique else ""
            yield f"{f.type}s" if f.many else str(f.type), f.name, key

    def _ties(self) -> Iterator[tuple[str, str, str, str]]:
        """Keys of the database, relations within a store without them, and what leads out, by its id."""
        drawn = {t.name for t in self._tables}
        for t in self._tables:
            for key in t.foreign_keys:
                if key.target in drawn:
                    columns = ", ".join(key.columns)
                    yield _ident("table", t.name), _feet_of(t, key.columns), _ident("table", key.target), columns
        own = {e.id for e in self._own}
        within = [(e, r) for e in self._own for r in e.relations if r.target in own]
        for e, r in within:
            here, there = ({t.store for t in self._held[end]} for end in (e.id, r.target))
            if not here and not there:
                yield self._box(e.id), _feet(r, "--"), self._box(r.target), r.name
            elif not here & there:
                yield self._box(e.id), _feet(r, ".."), self._box(r.target), f"{r.name}, by id"
        for e, r in self._away:
            yield self._box(e.id), _feet(r, ".."), _ident("away", r.target), f"{r.name}, by id"

    def _box(self, entity: EntityId) -> str:
        held = self._held[entity]
        return _ident("table", held[0].name) if held else _ident("entity", entity)


def _clipped(name: str, limit: int) -> str:
    """A name that is cut at a space where it is too long."""
    line = " ".join(seen(name).split())
    cut = line[: limit - 1]
    return line if len(line) <= limit else cut[: cut.rfind(" ")] if " " in cut[limit // 2 - 1 :] else cut


def _ident(kind: str, name: str) -> str:
    return _ODD.sub("_", f"{kind}_{name}")


def _feet(relation: Relation, line: str) -> str:
    right = "||" if relation.required else "o|"
    return f"{_MANY[relation.cardinality]}{line}{'o{' if relation.cardinality is Cardinality.MANY_TO_MANY else right}"


def _feet_of(table: Table, columns: Sequence[str]) -> str:
    """One where no two rows may have the same, else many; and whether a row may have none."""
    alone = [*table.uniques, table.primary_key, *(i.columns for i in table.indexes if i.unique and not i.where)]
    missing = any(c.nullable for c in table.columns if c.name in columns)
    return f"{'|o' if any(set(u) == set(columns) for u in alone) else '}o'}--{'o|' if missing else '||'}"


def _columns(table: Table) -> Iterator[tuple[str, str, str]]:
    foreign = {c for key in table.foreign_keys for c in key.columns}
    unique = {u[0] for u in (*table.uniques, *(i.columns for i in table.indexes if i.unique)) if len(u) == 1}
    for c in table.columns:
        marks = [m for m, of in (("PK", table.primary_key), ("FK", foreign), ("UK", unique)) if c.name in of]
        yield c.type, c.name, ", ".join(marks)
