"""`api/schemas/`: an entity is one JSON Schema (2020-12), and the data of a message refers to its fields.

Written where messages use them; a design whose only contract is HTTP has all of its schemas in OpenAPI.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from archsmith.kernel.ids import ArtifactPath, EntityId, element
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.examples.rows import Row, Rows
from archsmith.knowledge.examples.values import FIRST_DAY, stamp
from archsmith.knowledge.samples import Samples
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import EventContract, MessageKind
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape
from archsmith.render.contracts.json_schema import PLACE, Schema, moment, object_schema
from archsmith.render.contracts.words import sentence
from archsmith.render.placeholders import host
from archsmith.render.view import View

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
BASE: Final = f"https://{host('api')}/schemas/"
"""Where the files are served; the host is set when the system is deployed, as in OpenAPI."""
FOLDER: Final = "api/schemas/"
_PLACE_FILE: Final = "Place.json"


def shared_schemas(design: Design) -> Iterable[Artifact]:
    """The files of entities in the order of the model, of places, then of messages."""
    view = View(design)
    used = dict.fromkeys(c.entity for c in design.architecture.event_contracts if c.entity and c.attributes)
    shapes = [s for s in design.architecture.shapes if s.entity in used]
    rows = rows_of(design)
    for shape in shapes:
        yield _file(f"{shape.type_name}.json", entity_schema(shape, rows), shape.entity)
    if any(f.type is AttributeType.GEO for s in shapes for f in _shown(s)):
        yield _file(_PLACE_FILE, {"$schema": DIALECT, "$id": BASE + _PLACE_FILE, "title": "Place", **PLACE})
    by_entity = {s.entity: s for s in shapes}
    for contract in design.architecture.event_contracts:
        about = by_entity.get(contract.entity) if contract.entity else None
        yield _file(path_of(contract), message_schema(view, contract, about, rows), contract.entity)


def rows_of(design: Design) -> Rows:
    """The example rows of a design: the same in all contracts."""
    return Rows({s.entity: s for s in design.architecture.shapes}, Samples(Catalogue()))


def path_of(contract: EventContract) -> str:
    """The file of a message's data, within `api/schemas/`."""
    return f"messages/{contract.name}.json"


def entity_schema(shape: Shape, rows: Rows) -> Schema:
    """An entity as callers and subscribers see it; more fields may come, so nothing is forbidden."""
    body = object_schema(_shown(shape), shape.description, closed=False, place=_PLACE_FILE)
    head = {"$schema": DIALECT, "$id": f"{BASE}{shape.type_name}.json", "title": shape.type_name}
    return {**head, **body, "examples": [_kept(rows.whole(shape.entity), [f.name for f in _shown(shape)])]}


def message_schema(view: View, contract: EventContract, shape: Shape | None, rows: Rows) -> Schema:
    """The data of a message: fields of its entity, each by reference to where it is defined."""
    head: dict[str, Any] = {"$schema": DIALECT, "$id": BASE + path_of(contract), "title": contract.name}
    head |= {"description": said(view, contract), "type": "object"}
    if shape is None or not contract.attributes:
        due = {**moment(), "description": "When the work was due; a worker skips a run that it has done."}
        return {**head, "required": ["due_at"], "properties": {"due_at": due}, "examples": [data_of(contract, rows)]}
    fields = [f for name in contract.attributes if (f := shape.field(name))]
    required = [f.name for f in fields if f.required]
    properties = {f.name: {"$ref": f"../{shape.type_name}.json#/properties/{f.name}"} for f in fields}
    asked = {"required": required} if required else {}
    return {**head, **asked, "properties": properties, "examples": [data_of(contract, rows)]}


def data_of(contract: EventContract, rows: Rows) -> Row:
    """The data of a message's example."""
    if contract.entity is None or not contract.attributes:
        return {"due_at": stamp(FIRST_DAY)}
    return _kept(rows.whole(contract.entity), contract.attributes)


def _kept(row: Row, names: Iterable[str]) -> Row:
    return {name: row[name] for name in names if name in row}


def said(view: View, contract: EventContract) -> str:
    """What a message tells or asks, in a sentence."""
    operation = view.operation_name(contract.operation) if contract.operation else contract.type
    thing = view.entity_name(contract.entity) if contract.entity else "row"
    match contract.kind:
        case MessageKind.JOB:
            return sentence(f"{operation}: work for one worker" + ("" if contract.timed else f", on the {thing} named"))
        case MessageKind.REPORT:
            return sentence(f"A {thing} as its source saw it ({operation})")
        case MessageKind.COMMAND:
            return sentence(f"{operation}: what the device is told to do")
        case _:
            return sentence(f"It follows {operation}; what is not in it is asked for by the {thing}'s id")


def _shown(shape: Shape) -> list[Field]:
    return [f for f in shape.fields if f.shown and not f.write_only]


def _file(name: str, schema: Schema, entity: EntityId | None = None) -> Artifact:
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    shows = (element("entity", entity),) if entity else ()
    content = text.encode("utf-8", "replace")
    return Artifact(path=ArtifactPath(FOLDER + name), content=content, shows=shows)
