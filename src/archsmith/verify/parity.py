"""The API read back and compared with design.json: whatever differs is a failure."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from archsmith.kernel.canonical import from_json
from archsmith.model.artifacts import Artifact, Check
from archsmith.model.contracts import Endpoint
from archsmith.model.design import Design
from archsmith.verify.openapi import OPENAPI_FILES
from archsmith.verify.ports import ToolMissing, chosen, verdict, yaml_of


class OpenApiParity:
    """Every endpoint of the model is in the OpenAPI documents, with its method, path and operationId, and no other.

    Of each endpoint: path and query parameters, the status of success and of every problem, and the scopes.
    """

    id = "V-PARITY-API"
    what = "OpenAPI says what the model says"
    tool = "archsmith"
    patterns = ("design.json", *OPENAPI_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares operations, then what each of them says."""
        wanted = {_key(e): e for e in design_of(files).architecture.endpoints}
        found: dict[tuple[str, str, str], Any] = {}
        for file in chosen(files, OPENAPI_FILES):
            found |= dict(_operations(yaml_of(file.content)))
        facts = [f"missing: {_named(key)}" for key in sorted(wanted.keys() - found.keys())]
        facts += [f"not in the model: {_named(key)}" for key in sorted(found.keys() - wanted.keys())]
        for key in sorted(wanted.keys() & found.keys()):
            facts += _differences(wanted[key], found[key])
        return verdict(self, files, facts, command="compare with design.json")


def design_of(files: Sequence[Artifact]) -> Design:
    """The model among the files. Raises ToolMissing where there is none."""
    for file in files:
        if file.path == "design.json":
            return _read(file.content)
    raise ToolMissing("there is no design.json to compare with")


def _key(endpoint: Endpoint) -> tuple[str, str, str]:
    return endpoint.path, endpoint.method.lower(), endpoint.operation_id


def _named(key: tuple[str, str, str]) -> str:
    path, method, ident = key
    return f"{method.upper()} {path} ({ident})"


def _operations(document: Any) -> Iterator[tuple[tuple[str, str, str], Any]]:
    methods = {"get", "put", "post", "delete", "patch"}
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            if method in methods:
                yield (path, method, str(operation.get("operationId"))), operation


def _differences(endpoint: Endpoint, operation: Any) -> Iterator[str]:
    parameters = {(p["name"], p["in"]) for p in operation.get("parameters", ()) if "name" in p}
    yield from _compared(endpoint, "parameters", parameters, {(p.name, p.place) for p in endpoint.parameters})
    answers = {str(status) for status in operation.get("responses", ())} - {"304"}
    yield from _compared(endpoint, "answers", answers, {str(s) for s in (endpoint.success, *endpoint.problems)})
    scopes = {scope for asked in operation.get("security", ()) for of in asked.values() for scope in of}
    yield from _compared(endpoint, "scopes", scopes, set(endpoint.scopes))


def _compared(endpoint: Endpoint, what: str, found: set[Any], wanted: set[Any]) -> Iterator[str]:
    if found != wanted:
        said, model = (", ".join(sorted(map(str, names))) or "none" for names in (found - wanted, wanted - found))
        yield f"{endpoint.operation_id}: {what} differ; only in the document: {said}; only in the model: {model}"


@functools.lru_cache(maxsize=1)
def _read(content: bytes) -> Design:
    return from_json(content, Design)
