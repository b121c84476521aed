"""ER diagrams read back: entities, attributes with types and keys, relations with their ends, against the model."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import slug, snake
from archsmith.model.architecture import Service
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.model.domain import Cardinality, Entity, Relation
from archsmith.model.shapes import Source
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.parity_store_kept import letters
from archsmith.verify.ports import chosen, verdict

_FENCED: Final = re.compile(r"(?m)^`{3,}mermaid\n(erDiagram\n[^`]*)^`{3,}$")
_BOX: Final = re.compile(r'  (\w+)\["([^"]*)"\]( \{)?')
_FIELD: Final = re.compile(r"    (\w+) (\w+)((?: (?:PK|FK|UK),?)*)")
_TIE: Final = re.compile(r'  (\w+) ([|}][|o](?:--|\.\.)[|o][|{]) (\w+) : "([^"]*)"')
_CODE: Final = re.compile(r"#(\d+);")
_ODD: Final = re.compile(r"[^A-Za-z0-9]+")
_MANY: Final = {Cardinality.MANY_TO_ONE: "}o", Cardinality.ONE_TO_ONE: "|o", Cardinality.MANY_TO_MANY: "}o"}
_CUT: Final = "…"
"""What the name of a box or a line ends with that is too long for it."""


class ErParity:
    """Each service's diagram has its entities, as tables or as what another store keeps, every attribute with its type
    and key, and every relation, with what is one and what many, what is needed and what may be missing."""

    id = "V-PARITY-ER"
    what = "ER diagrams say what the model says"
    tool = "archsmith"
    patterns = ("design.json", "architecture.md", "+diagrams/er-*.mmd")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the diagram of each service, and those of the document, which have references only."""
        design = design_of(files)
        wanted = [(s, _Wanted(design, s)) for s in design.architecture.services]
        whole = {f"diagrams/er-{slug(s.id)}.mmd": list(w.facts()) for s, w in wanted if w.shown}
        found = {f.path: f.content.decode() for f in chosen(files, ("diagrams/er-*.mmd",))}
        facts = [f"missing: {path}" for path in sorted(whole.keys() - found.keys())]
        for path, text in found.items():
            facts += [f"{path}: {told}" for told in _differences(text, whole.get(path, []))]
        for file in chosen(files, ("architecture.md",)):
            few = [list(w.facts(keys=True)) for _, w in wanted if w.shown]
            fenced = [m[1] for m in _FENCED.finditer(file.content.decode())]
            if len(fenced) != len(few):
                facts.append(f"{file.path}: {len(fenced)} ER diagrams, the model has {len(few)}")
            for text, model in zip(fenced, few, strict=False):
                facts += [f"{file.path}: {told}" for told in _differences(text, model)]
        return verdict(self, files, facts, command="compare with design.json")


def _differences(text: str, wanted: list[Fact]) -> list[str]:
    said = list(read(text))
    return compare(said, _cut(wanted, said))


def read(text: str) -> Iterator[Fact]:
    """What a diagram says, line by line; a line that is none of ours, or stands there twice, is a fact too."""
    box, ties, seen = "", 0, set[str]()
    for number, line in enumerate(text.splitlines()):
        if number == 0 and line == "erDiagram":
            continue
        if found := _BOX.fullmatch(line):
            box = _once(found[1], seen)
            yield from facts_at(box, {"name": _name(found[2]), "columns": "yes" if found[3] else ""})
        elif box and (found := _FIELD.fullmatch(line)):
            yield from facts_at(_once(f"{box}.{found[2]}", seen), {"type": found[1], "keys": found[3].strip()})
        elif tie := _TIE.fullmatch(line):
            ties += 1
            yield Fact(f"relation {ties}", "is", f"{tie[1]} {tie[2]} {tie[3]}: {_name(tie[4])}")
        elif line != "  }" or not box:
            yield Fact(f"line {number + 1}", "is", line)
        box = "" if line == "  }" else box


def _once(place: str, seen: set[str]) -> str:
    while place in seen:
        place += " again"
    seen.add(place)
    return place


def _name(label: str) -> str:
    """The letters of a label, in which codes stand for characters that Mermaid could act on, and whether it is cut."""
    shown = _CODE.sub(lambda found: chr(int(found[1])), label)
    return letters(shown) + (_CUT if shown.endswith(_CUT) else "")


def _cut(wanted: Iterable[Fact], said: Iterable[Fact]) -> list[Fact]:
    """What is wanted, with names cut where the diagram cuts them."""
    short = {(f.place, f.what): f.value for f in said if isinstance(f.value, str) and f.value.endswith(_CUT)}
    found = []
    for fact in wanted:
        value = short.get((fact.place, fact.what), fact.value)
        begins = isinstance(value, str) and isinstance(fact.value, str) and fact.value.startswith(value[:-1])
        found.append(fact._replace(value=value) if begins else fact)
    return found


class _Wanted:
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
