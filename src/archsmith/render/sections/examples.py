"""Worked calls of the API, taken from the examples of the OpenAPI document: what is shown here is checked there."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec.structs import replace

from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.contracts import Endpoint
from archsmith.render.contracts.api.document import document
from archsmith.render.view import View

Json = dict[str, Any]


def exchanges(view: View, endpoints: Iterable[Endpoint]) -> Iterator[tuple[str, str]]:
    """A request and its response for each endpoint, as HTTP text."""
    wanted = tuple(endpoints)
    if not wanted:
        return
    shown = document(_part(view, wanted), Catalogue())
    for endpoint in wanted:
        operation = shown["paths"][endpoint.path][endpoint.method.lower()]
        yield _request(shown, endpoint, operation), _response(shown, endpoint, operation)


def _part(view: View, wanted: tuple[Endpoint, ...]) -> View:
    """The design with these endpoints and those that read the same entities, so that no more than these is built."""
    entities = {e.entity for e in wanted}
    few = tuple(e for e in view.arch.endpoints if e in wanted or (e.method == "GET" and e.entity in entities))
    return View(replace(view.design, architecture=replace(view.arch, endpoints=few)))


def _request(shown: Json, endpoint: Endpoint, operation: Json) -> str:
    base = urlsplit(shown["servers"][0]["url"]).path
    path, query, headers = f"{base}{endpoint.path}", [], []
    for parameter in (_resolved(shown, p) for p in operation.get("parameters", ())):
        name, example = parameter["name"], parameter.get("example")
        if example is None or isinstance(example, dict | list):
            continue
        match parameter["in"]:
            case "path":
                path = path.replace(f"{{{name}}}", _quoted(example))
            case "query" if name != "cursor" and _is_shown(parameter):
                query.append(f"{name}={_quoted(example)}")
            case "header" if parameter.get("required"):
                headers.append(f"{name}: {_plain(example)}")
    line = f"{endpoint.method} {path}{'?' if query else ''}{'&'.join(query)} HTTP/1.1"
    if endpoint.scopes:
        headers.insert(0, "Authorization: Bearer …")
    return _message(line, headers, operation.get("requestBody", {}).get("content", {}))


def _is_shown(parameter: Json) -> bool:
    """Whether a first request names it: a choice only with what it is by default, since no row has to have another."""
    default = parameter["schema"].get("default")
    return default == parameter["example"] or (default is None and "enum" not in parameter["schema"])


def _response(shown: Json, endpoint: Endpoint, operation: Json) -> str:
    response = _resolved(shown, operation["responses"][str(endpoint.success)])
    headers = []
    for name, header in response.get("headers", {}).items():
        example = _resolved(shown, header).get("example")
        if name in ("Location", "ETag") and example is not None:
            headers.append(f"{name}: {_plain(example)}")
    return _message(f"HTTP/1.1 {endpoint.success}", headers, response.get("content", {}))


def _message(line: str, headers: list[str], content: Json) -> str:
    """The text of a message: its first body, if it has one."""
    for media, body in content.items():
        example = next((e.get("value") for e in body.get("examples", {}).values()), body.get("example"))
        written = json.dumps(example, indent=2, ensure_ascii=False)
        return "\n".join([line, *headers, f"Content-Type: {media}", "", written])
    return "\n".join([line, *headers])


def _resolved(shown: Json, part: Json) -> Json:
    """The component behind a reference, or the part itself."""
    if "$ref" not in part:
        return part
    found: Any = shown
    for key in part["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    resolved: Json = found
    return resolved


def _quoted(example: object) -> str:
    return quote(_plain(example), safe="", errors="replace")  # half a character of a brief has no bytes


def _plain(example: object) -> str:
    return str(example).lower() if isinstance(example, bool) else str(example)
