"""The GraphQL schema read back, and compared with design.json."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Endpoint, Over
from archsmith.model.design import Design
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Shape
from archsmith.verify.graphql import graphql_core
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare, facts_at
from archsmith.verify.ports import verdict

_ROOTS: Final = {"QUERY": "Query", "MUTATION": "Mutation"}
_TYPES: Final = {
    AttributeType.UUID: "UUID", AttributeType.DECIMAL: "Float", AttributeType.MONEY: "Decimal",
    AttributeType.BOOLEAN: "Boolean", AttributeType.DATE: "Date", AttributeType.TIMESTAMP: "DateTime",
    AttributeType.URL: "URL", AttributeType.FILE: "URL", AttributeType.JSON: "JSON", AttributeType.GEO: "Place",
}  # fmt: skip
_TEXTS: Final = frozenset({AttributeType.TEXT, AttributeType.EMAIL, AttributeType.PHONE, AttributeType.URL})
_INT_MAX: Final = 2**31 - 1


class GraphQlParity:
    """Roots have the endpoints that GraphQL carries, types the fields of the shapes with their types and limits."""

    id = "V-PARITY-GRAPHQL"
    what = "the GraphQL schema says what the model says"
    tool = "archsmith"
    patterns = ("design.json", "+api/schema.graphql")
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the schema's facts with the model's."""
        text = next(f.content.decode() for f in files if f.path == "api/schema.graphql")
        design = design_of(files)
        facts = compare(_said(graphql_core().parse(text), design), _wanted(design))
        return verdict(self, files, facts, command="compare with design.json")


def _said(document: Any, design: Design) -> Iterator[Fact]:
    """Of the schema: fields of the roots, fields of the entities' types, values of enums."""
    shapes = {s.type_name for s in _shown(design)}
    enums = {
        d.name.value: " ".join(v.name.value for v in d.values) for d in document.definitions if _kind(d) == "enum_type"
    }
    for definition in document.definitions:
        if _kind(definition) != "object_type":
            continue
        name = definition.name.value
        if name in _ROOTS.values():
            for field in definition.fields:
                if field.name.value != "node":
                    yield from facts_at(f"{name}.{field.name.value}", _root_said(field))
        elif name in shapes:
            yield Fact(name)
            for field in definition.fields:
                if "cost" not in _directives(field):
                    yield from facts_at(f"{name}.{field.name.value}", _field_said(field, enums))


def _root_said(field: Any) -> dict[str, str | frozenset[str]]:
    sets = _directives(field).get("requiresScopes", {}).get("scopes", [])
    names = {a.name.value for a in field.arguments or ()}
    return {
        "scopes": frozenset(scope for one in sets for scope in one),
        "selects by": frozenset(names - {"first", "after", "input", "idempotency_key", "expected_version"}),
        "key": str("idempotency_key" in names),
    }


def _field_said(field: Any, enums: dict[str, str]) -> dict[str, str]:
    kind = _printed(field.type)
    limits = _directives(field).get("constraint", {})
    bare = kind.strip("[]!")
    return {
        "type": kind.replace(bare, "enum") if bare in enums else kind,
        "states": enums.get(bare, ""),
        "limits": " ".join(f"{k}={v}" for k, v in sorted(limits.items())),
    }


def _wanted(design: Design) -> Iterator[Fact]:
    for endpoint in design.architecture.over(Over.GRAPHQL):
        yield from facts_at(f"{_ROOTS[endpoint.method]}.{endpoint.path}", _root_wanted(endpoint))
    for shape in _shown(design):
        yield Fact(shape.type_name)
        for field in shape.fields:
            if field.shown and not field.write_only:
                yield from facts_at(f"{shape.type_name}.{field.name}", _field_wanted(field))
        if shape.lock:
            yield from facts_at(f"{shape.type_name}.{shape.lock}", {"type": "Int!"})


def _root_wanted(endpoint: Endpoint) -> dict[str, str | frozenset[str]]:
    said = frozenset(p.name for p in endpoint.parameters if p.name not in ("cursor", "limit"))
    key = endpoint.idempotency_key and endpoint.method == "MUTATION"
    return {"scopes": frozenset(endpoint.scopes), "selects by": said, "key": str(key)}


def _field_wanted(field: Field) -> dict[str, str]:
    states = field.states if field.type is AttributeType.STATE else ()
    one = _TYPES.get(field.type, "String")
    if field.type is AttributeType.INTEGER:
        one = "SafeInt" if max(abs(field.minimum or 0), abs(field.maximum or 0)) > _INT_MAX else "Int"
    one = "enum" if states else "ID" if field.name == "id" else one
    one = f"[{one}!]" if field.many else one
    whole = field.type in (AttributeType.INTEGER, AttributeType.DECIMAL)
    limits: dict[str, object] = {"pattern": field.pattern or None, "maxItems": field.max_items if field.many else None}
    limits |= {"minLength": field.min_length, "maxLength": field.max_length} if field.type in _TEXTS else {}
    limits |= {"min": field.minimum, "max": field.maximum} if whole else {}
    return {
        "type": f"{one}!" if field.required else one,
        "states": " ".join(s.upper() for s in states),
        "limits": " ".join(f"{k}={v}" for k, v in sorted(limits.items()) if v is not None),
    }


def _shown(design: Design) -> list[Shape]:
    used = {e.entity for e in design.architecture.over(Over.GRAPHQL)}
    return [s for s in design.architecture.shapes if s.entity in used]


def _kind(definition: Any) -> str:
    return str(definition.kind).removesuffix("_definition")


def _printed(node: Any) -> str:
    if node.kind == "non_null_type":
        return f"{_printed(node.type)}!"
    return f"[{_printed(node.type)}]" if node.kind == "list_type" else str(node.name.value)


def _directives(node: Any) -> dict[str, dict[str, Any]]:
    return {d.name.value: {a.name.value: _value(a.value) for a in d.arguments or ()} for d in node.directives or ()}


def _value(node: Any) -> Any:
    return [_value(v) for v in node.values] if node.kind == "list_value" else node.value
