"""Additions to an OpenAPI document: what nobody decided, but what would be valid there."""

from collections.abc import Iterator
from typing import Any, Final

Path = tuple[Any, ...]
_TEXT: Final = {"type": "string", "maxLength": 9}
_PARAMETERS: Final = tuple(
    {"name": "extra", "in": place, "schema": _TEXT, "example": "x"} for place in ("query", "header")
)
_OPERATION: Final = {"operationId": "extra", "responses": {"204": {"description": "Done."}}}
_TOP: Final[tuple[tuple[Path, Any], ...]] = (
    (("paths", "/extra"), {"get": _OPERATION}),
    (("webhooks", "extra"), {"post": _OPERATION}),
    (("components", "schemas", "Extra"), _TEXT),
    (("components", "responses", "Extra"), {"description": "Extra."}),
    (("components", "parameters", "Extra"), _PARAMETERS[0]),
    (("components", "headers", "Extra"), {"schema": _TEXT}),
    (("components", "securitySchemes", "extra"), {"type": "http", "scheme": "basic"}),
    (("components", "pathItems"), {"extra": {"get": _OPERATION}}),
    (("security",), [{}]),
    (("externalDocs",), {"url": "https://example.com"}),
    (("x-extra",), True),
    (("info", "termsOfService"), "https://example.com"),
)
_METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options")
_OF_OPERATIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("deprecated", True), ("servers", [{"url": "https://example.com"}]), ("callbacks", {}), ("x-extra", 1),
    ("externalDocs", {"url": "https://example.com"}),
)  # fmt: skip
_WAYS: Final[tuple[dict[str, list[str]], ...]] = ({"extra": []}, {"openId": ["extra"]}, {})
_OF_SCHEMAS: Final[tuple[tuple[str, Any], ...]] = (
    ("minLength", 2), ("maxLength", 2), ("pattern", "^x$"), ("format", "hostname"), ("minimum", 7), ("maximum", 7),
    ("multipleOf", 2), ("enum", ["x"]), ("const", "x"), ("default", "x"), ("readOnly", True), ("writeOnly", True),
    ("deprecated", True), ("nullable", True), ("not", {"type": "null"}), ("allOf", [_TEXT]), ("oneOf", [_TEXT]),
    ("uniqueItems", True), ("minItems", 2), ("maxItems", 2), ("minProperties", 2), ("maxProperties", 2),
    ("additionalProperties", False), ("unevaluatedProperties", False), ("x-extra", 1), ("required", ["extra"]),
    ("properties", {"extra": _TEXT}), ("items", _TEXT), ("if", _TEXT),
)  # fmt: skip
"""What restricts or loosens a schema; a keyword that is there already is left to the other edits."""


def additions(document: Any) -> Iterator[tuple[Path, str, Any]]:
    """The document after each addition, edited in place, with the path of what is more."""
    for path, value in _all(document):
        *outer, key = path
        holder = document
        for step in outer:
            if isinstance(holder, dict) and step not in holder:
                break
            holder = holder[step]
        else:
            if isinstance(holder, list):
                holder.append(value)
                yield path, f"add {'.'.join(map(str, path))}", document
                holder.pop()
            elif key not in holder:
                holder[key] = value
                yield path, f"add {'.'.join(map(str, path))} {value}", document
                del holder[key]


def _all(document: Any) -> Iterator[tuple[Path, Any]]:
    yield from _TOP
    yield ("servers", len(document["servers"])), {"url": "https://example.com"}
    yield ("tags", len(document["tags"])), {"name": "Extra"}
    for path, item in list(document["paths"].items()):
        yield next((("paths", path, m), _OPERATION) for m in _METHODS if m not in item)
        yield ("paths", path, "parameters"), [_PARAMETERS[0]]
        for method, operation in list(item.items()):
            yield from _operation(("paths", path, method), operation)
    for name, response in list(document["components"].get("responses", {}).items()):
        yield from _answer(("components", "responses", name), response)
    for name, scheme in list(document["components"].get("securitySchemes", {}).items()):
        for flow in list(scheme.get("flows", {})):
            yield ("components", "securitySchemes", name, "flows", flow, "scopes", "extra"), "Extra."
    for path in list(_schemas(document, ())):
        yield from (((*path, key), value) for key, value in _OF_SCHEMAS)


def _operation(path: Path, operation: Any) -> Iterator[tuple[Path, Any]]:
    yield from (((*path, key), value) for key, value in _OF_OPERATIONS)
    yield from (((*path, "security", len(operation["security"])), w) for w in _WAYS if w not in operation["security"])
    if "parameters" in operation:
        yield from (((*path, "parameters", len(operation["parameters"])), one) for one in _PARAMETERS)
    yield (*path, "parameters"), [_PARAMETERS[0]]
    yield (*path, "requestBody"), {"content": {"text/plain": {"schema": _TEXT}}}
    yield (*path, "requestBody", "content", "text/plain"), {"schema": _TEXT}
    yield (*path, "responses", "418"), {"description": "Extra."}
    yield (*path, "responses", "default"), {"description": "Extra."}
    for status, response in list(operation["responses"].items()):
        if "$ref" not in response:
            yield from _answer((*path, "responses", status), response)


def _answer(path: Path, response: Any) -> Iterator[tuple[Path, Any]]:
    yield (*path, "headers", "X-Extra"), {"schema": _TEXT}
    yield (*path, "headers"), {"X-Extra": {"schema": _TEXT}}
    yield (*path, "content", "text/plain"), {"schema": _TEXT}
    yield (*path, "content"), {"text/plain": {"schema": _TEXT}}
    yield (*path, "links"), {"extra": {"operationId": "extra"}}


def _schemas(node: Any, path: Path) -> Iterator[Path]:
    """The paths of all schemas that are written out."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key in ("example", "examples"):
            continue
        named = path[-1:] in (("properties",), ("schemas",))
        if (key in ("schema", "items") or named) and isinstance(value, dict) and "$ref" not in value:
            yield (*path, key)
        yield from _schemas(value, (*path, key))
