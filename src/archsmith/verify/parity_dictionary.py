"""The data dictionary read back: each column of each set of data, with all that is said of it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import listed
from archsmith.knowledge.dictionary import OWN_CLASSES
from archsmith.model.architecture import Architecture
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Table
from archsmith.model.decisions import StoreRole
from archsmith.model.design import Design
from archsmith.model.domain import DataClass, Entity
from archsmith.model.processing import Processing
from archsmith.model.shapes import Field, Shape, Source
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.parity_sql_model import kept_for
from archsmith.verify.ports import chosen, verdict

Said = dict[str, str | frozenset[str]]
_PEOPLE: Final = frozenset({Source.SUBJECT, Source.OWNER})
_PLACE: Final = frozenset({"data", "column"})
_AXES: Final = ("", "_latitude", "_longitude", "_lower")
_FORMULA: Final = re.compile(r"^'(?=[=+@-])")
"""What keeps a spreadsheet from taking a cell for a formula."""
_DONE: Final = {"delete": "deleted", "anonymise": "anonymised", "archive": "archived"}


class DictionaryParity:
    """The data dictionary has every column of every table and every field of other stores, with type, need, key, rule,
    class, owner, time, copies and, where people are meant, the reason why it may be kept."""

    id = "V-PARITY-DICTIONARY"
    what = "the data dictionary says what the model says"
    tool = "archsmith"
    patterns = ("design.json", "+db/dictionary.csv")
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the rows, cell by cell."""
        wanted, said = list(_visible(_Model(design_of(files)).facts())), list[Fact]()
        for file in chosen(files, ("db/dictionary.csv",)):
            rows = csv.DictReader(io.StringIO(file.content.decode(), newline=""))
            said += _visible(fact for row in rows for fact in _said(row))
        return verdict(self, files, compare(said, wanted), command="compare with design.json")


def _visible(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts by what can be seen of them: a cell is one line, and has no character that no screen shows."""
    for fact in facts:
        value = fact.value
        shown = _line(value) if isinstance(value, str) else frozenset(map(_line, value))
        if shown or not value:
            yield fact._replace(value=shown)


def _said(row: dict[str, str]) -> Iterator[Fact]:
    cells: Said = {name: _FORMULA.sub("", text) for name, text in row.items() if name not in _PLACE}
    cells["also in"] = _parts(row["also in"])
    yield from facts_at(f"{row['data']}.{row['column']}", cells)


class _Model:
    """What the model says of each column."""

    def __init__(self, design: Design) -> None:
        self._arch: Architecture = design.architecture
        self._domain = design.derivation.domain
        self._entities = {e.id: e for e in self._domain.entities}
        self._shapes = {s.entity: s for s in self._arch.shapes}
        self._small = len(self._arch.services) <= 1 and design.derivation.targets.team.value <= 3
        self._places = {p.entity: p for p in design.decisions.placements}

    def facts(self) -> Iterator[Fact]:
        """All sets of data: tables, then what other stores keep."""
        for table in self._arch.tables:
            yield from self._table(table)
        kept = {t.entity for t in self._arch.tables}
        for entity in self._domain.entities:
            if entity.id not in kept and entity.id in self._shapes and entity.id in self._places:
                yield from self._entity(entity, self._shapes[entity.id])

    def _table(self, table: Table) -> Iterator[Fact]:
        entity = self._entities.get(table.entity) if table.entity else None
        shape = self._shapes.get(table.entity) if table.entity else None
        months = entity.retention.value if entity and entity.retention else table.retention
        ends = any(c.name == "expires_at" for c in table.columns)
        whole = self._whole(str(table.store), entity, months, ends, element("table", table.name))
        unique = {c for u in table.uniques for c in u} | {c for i in table.indexes if i.unique for c in i.columns}
        foreign = {c for k in table.foreign_keys for c in k.columns}
        for column in table.columns:
            name = column.name
            field = _field_of(shape, name)
            key = "PK" if name in table.primary_key else "FK" if name in foreign else "UQ" if name in unique else ""
            kind = (
                _class(field) if field else DataClass.INTERNAL if shape else OWN_CLASSES.get(name, DataClass.INTERNAL)
            )
            said: Said = {
                "type": column.type,
                "required": "no" if column.nullable else "yes",
                "key": key,
                "meaning": _line(column.comment or name),
                "rule": _line(column.check),
                "class": str(kind),
                "encrypted": "yes" if field and field.encrypted else "no",
            }
            yield from facts_at(f"{table.name}.{name}", {**said, **whole})

    def _entity(self, entity: Entity, shape: Shape) -> Iterator[Fact]:
        store, months = str(self._places[entity.id].store), entity.retention.value if entity.retention else None
        whole = self._whole(store, entity, months, any(f.name == "expires_at" for f in shape.fields), ElementId(""))
        for field in shape.fields:
            kind = f"{field.type} ({', '.join(field.states)})" if field.states else str(field.type)
            said: Said = {
                "type": f"list of {kind}" if field.many else kind,
                "required": "yes" if field.required else "no",
                "key": "PK" if field.source is Source.KEY else "FK" if field.refers else "UQ" if field.unique else "",
                "meaning": _line(field.description),
                "class": str(_class(field)),
                "encrypted": "yes" if field.encrypted else "no",
            }
            yield from facts_at(f"{snake(entity.plural or entity.name)}.{field.name}", {**said, **whole})

    def _whole(self, store: str, entity: Entity | None, months: float | None, ends: bool, own: ElementId) -> Said:
        """What holds for the whole set."""
        about = element("entity", entity.id) if entity else own
        reasons = [p for p in self._arch.processing if p.data == about]
        return {
            "store": store,
            "owner": self._owner(entity, store),
            "kept": self._kept(entity, months, ends),
            "also in": _parts("; ".join(self._copies(entity, store))),
            "about": listed(s for p in reasons for s in p.subjects) if any(p.subjects for p in reasons) else "",
            "basis": "; ".join(_basis(p) for p in reasons),
            "purpose": "; ".join(dict.fromkeys(p.purpose for p in reasons)),
            "when asked to erase": "; ".join(dict.fromkeys(p.erasure for p in reasons)),
        }

    def _owner(self, entity: Entity | None, store: str) -> str:
        services = {s.id: s for s in self._arch.services}
        if entity is not None:
            service = next((s for s in self._arch.services if entity.id in s.entities), None)
        else:
            holder = next((s for s in self._arch.stores if s.id == store), None)
            first = self._arch.services[0] if self._arch.services else None
            service = services.get(holder.owner, first) if holder and holder.owner else first
        if service is None:
            return ""
        modules = service.modules if len(service.modules) > 1 and not self._small else ()
        module = next((m.name for m in modules if entity and entity.id in m.entities), "")
        return f"{service.name}, {module}" if module and module.lower() != service.name.lower() else service.name

    def _kept(self, entity: Entity | None, months: float | None, ends: bool) -> str:
        if not months:
            return "until expires_at" if ends else "no limit"
        rules = self._arch.policies.retention
        action = next((r.action for r in rules if entity and r.entity == entity.id), "delete")
        return f"{kept_for(months)}, then {_DONE.get(action, action)}"

    def _copies(self, entity: Entity | None, store: str) -> Iterator[str]:
        stores = {s.id: s for s in self._arch.stores}
        if entity is not None:
            placed = self._places.get(entity.id)
            yield from (stores[c].name for c in (placed.copies if placed else ()) if c in stores and not stores[c].host)
            yield from (s.name for s in stores.values() if s.role is StoreRole.CACHE and entity.id in s.entities)
            if entity.blob_bytes.value > 0:
                yield from [s.name for s in stores.values() if s.role is StoreRole.OBJECTS][:1]
            own = {e.id: e.name for e in self._domain.events if e.entity == entity.id}
            contracts = self._arch.event_contracts
            yield from (f"event {own[c.event]}" for c in contracts if c.attributes and c.event in own)
        backup = next((s.backup for s in stores.values() if s.id == store), None)
        if backup is not None:
            days = round(backup.keep)
            yield f"backups, for {days} day{'s' * (days != 1)}"


def _field_of(shape: Shape | None, column: str) -> Field | None:
    """The field that a column is of, or one of its parts."""
    stems = (column.removesuffix(end) for end in _AXES)
    return next((f for stem in stems if shape and (f := shape.field(stem))), None)


def _class(field: Field) -> DataClass:
    return DataClass.PERSONAL if field.source in _PEOPLE else field.data_class


def _basis(reason: Processing) -> str:
    more = f" and {reason.condition}" if reason.condition else ""
    return f"{reason.regime}: {reason.basis} ({reason.clause}{more})"


def _parts(cell: str) -> frozenset[str]:
    """What a cell lists, in any order; a name that holds the separator falls apart on both sides alike."""
    return frozenset(filter(None, _line(cell).split("; ")))


def _line(text: str) -> str:
    """One line of what can be seen."""
    if text.isprintable() and "\ufffd" not in text:
        return " ".join(text.split())
    shown = (c for c in text if c.isspace() or (c.isprintable() and c != "\ufffd"))
    return " ".join("".join(" " if c.isspace() else c for c in shown).split())
