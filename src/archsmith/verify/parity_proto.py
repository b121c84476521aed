"""Protocol Buffers read back from what buf compiled, and compared with design.json."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.kernel.names import snake
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.rpcs import Gives, Rpc
from archsmith.model.shapes import Field
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import chosen, verdict
from archsmith.verify.proto import PROTO_FILES, descriptors

_LEVELS: Final = {(True, False): "NO_SIDE_EFFECTS", (False, True): "IDEMPOTENT"}
_TYPES: Final = {
    AttributeType.MONEY: "Decimal", AttributeType.DATE: "Date", AttributeType.GEO: "LatLng",
    AttributeType.DECIMAL: "double", AttributeType.BOOLEAN: "bool", AttributeType.TIMESTAMP: "Timestamp",
    AttributeType.JSON: "Struct",
}  # fmt: skip
_INT_MAX: Final = 2**31 - 1


class ProtoParity:
    """Services have the methods of the model, with their requests, and messages the fields of the shapes."""

    id = "V-PARITY-PROTO"
    what = "Protocol Buffers say what the model says"
    tool = "archsmith"
    patterns = ("design.json", *PROTO_FILES)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the facts of the compiled module with the model's."""
        compiled = descriptors(chosen(files, PROTO_FILES))
        facts = compare(_said(compiled), _wanted(design_of(files)))
        return verdict(self, files, facts, command="buf build; compare with design.json")


def _said(compiled: Any) -> Iterator[Fact]:
    for file in compiled.get("file", ()):
        package = str(file.get("package", ""))
        if package.startswith("google.") or package.endswith(".types.v1"):
            continue
        messages = {m["name"]: m for m in file.get("messageType", ())}
        enums = {e["name"]: [v["name"] for v in e["value"]] for e in file.get("enumType", ())}
        for service in file.get("service", ()):
            for method in service.get("method", ()):
                place = f"{package} {method['name']}"
                level = method.get("options", {}).get("idempotencyLevel", "")
                answer = [f["name"] for f in messages[_short(method["outputType"])].get("field", ())]
                yield from facts_at(place, {"level": level, "answers": frozenset(answer)})
                yield from _fields_said(place, messages[_short(method["inputType"])], enums)
                yield from _rows_said(package, messages, messages[_short(method["outputType"])], enums)


def _rows_said(package: str, messages: Any, answer: Any, enums: dict[str, list[str]]) -> Iterator[Fact]:
    """The message of the rows that a method answers with."""
    for field in answer.get("field", ()):
        name = _short(field.get("typeName", ""))
        if field["name"] in ("record", "records") and name in messages:
            yield Fact(f"{package} row {name.removesuffix('Record')}")
            yield from _fields_said(f"{package} row {name.removesuffix('Record')}", messages[name], enums)


def _fields_said(place: str, message: Any, enums: dict[str, list[str]]) -> Iterator[Fact]:
    for field in message.get("field", ()):
        kind = _short(field.get("typeName", "")) or str(field["type"]).removeprefix("TYPE_").lower()
        many = "many" if field.get("label") == "LABEL_REPEATED" else ""
        states = ""
        if kind in enums:
            head = len(enums[kind][0].removesuffix("UNSPECIFIED"))
            kind, states = "enum", " ".join(value[head:].lower() for value in enums[kind][1:])
        optional = "optional" if field.get("proto3Optional") else ""
        yield from facts_at(
            f"{place}.{field['name']}", {"type": kind, "states": states, "many": many, "may lack": optional}
        )


def _wanted(design: Design) -> Iterator[Fact]:
    company = snake(design.derivation.domain.title)
    shapes = {s.entity: s for s in design.architecture.shapes}
    for rpc in design.architecture.rpcs:
        module = snake(rpc.service) if snake(rpc.service) != "types" else "types_service"
        package = f"{company}.{module}.v1"
        level = _LEVELS.get((rpc.safe, rpc.keyed and not rpc.safe), "")
        shape = shapes[rpc.entity]
        known = {f.states for f in shape.fields if f.states} if rpc.gives is not Gives.NOTHING else set()
        for other in design.architecture.rpcs:
            if other.service == rpc.service and other.gives is not Gives.NOTHING:
                known |= {f.states for f in shapes[other.entity].fields if f.states}
        yield from facts_at(f"{package} {rpc.name}", {"level": level, "answers": _answers(rpc)})
        for field in _request(rpc):
            yield from facts_at(f"{package} {rpc.name}.{field.name}", _field(field, known))
        if rpc.gives is not Gives.NOTHING:
            place = f"{package} row {shape.type_name.removesuffix('Record')}"
            yield Fact(place)
            shown = [f for f in shape.fields if (f.shown and not f.write_only) or f.name == shape.lock]
            for field in shown:
                yield from facts_at(f"{place}.{field.name}", _field(field, known))


def _request(rpc: Rpc) -> Iterator[Field]:
    yield from rpc.takes
    said = {f.name for f in rpc.takes}
    extra = [("request_id", AttributeType.TEXT)] if rpc.keyed else []
    extra += (
        [("page_size", AttributeType.INTEGER), ("page_token", AttributeType.TEXT)] if rpc.gives is Gives.PAGE else []
    )
    for name, kind in extra:
        if name not in said:
            yield Field(name=name, source="design", type=kind, description="", required=True)  # type: ignore[arg-type]


def _answers(rpc: Rpc) -> frozenset[str]:
    known = {Gives.ONE: {"record"}, Gives.MANY: {"records"}, Gives.PAGE: {"records", "next_page_token"}}
    return frozenset(known.get(rpc.gives, set()))


def _field(field: Field, known: set[tuple[str, ...]]) -> dict[str, str]:
    kind = _TYPES.get(field.type, "string")
    if field.type is AttributeType.INTEGER:
        kind = "int64" if max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX else "int32"
    states = field.states if field.type is AttributeType.STATE and field.states in known else ()
    kind = "enum" if states else kind
    whole = kind in ("Decimal", "Date", "LatLng", "Timestamp", "Struct")
    lacks = "" if field.required or field.many or whole else "optional"
    return {"type": kind, "states": " ".join(states), "many": "many" if field.many else "", "may lack": lacks}


def _short(name: str) -> str:
    return name.rpartition(".")[2]
