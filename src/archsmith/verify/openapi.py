"""OpenAPI documents: valid as such, and every example valid against its schema."""

import importlib.metadata
import json
from collections.abc import Iterator, Sequence
from typing import Any

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, verdict, yaml_of

OPENAPI_FILES = ("api/openapi*.yaml", "api/*/openapi*.yaml")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class OpenApi:
    """The document is valid OpenAPI 3.1."""

    id = "V-OPENAPI"
    what = "OpenAPI documents are valid"
    tool = "openapi-spec-validator"
    patterns = OPENAPI_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Validates each document."""
        try:
            from openapi_spec_validator import OpenAPIV31SpecValidator
        except ImportError as error:
            raise ToolMissing("openapi-spec-validator is not installed: pip install 'archsmith[verify]'") from error
        facts = [
            f"{file.path}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
            for file in files
            for error in OpenAPIV31SpecValidator(yaml_of(file.content)).iter_errors()
        ]
        version = importlib.metadata.version("openapi-spec-validator")
        return verdict(self, files, facts, version=version, command="OpenAPIV31SpecValidator.iter_errors")


class Examples:
    """Each example of a request, a response, a parameter or a component validates against the schema beside it."""

    id = "V-EXAMPLES"
    what = "every example validates against its schema"
    tool = "jsonschema-rs"
    patterns = OPENAPI_FILES
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Validates all examples; a document without any fails."""
        import jsonschema_rs

        facts: list[str] = []
        for file in files:
            document = yaml_of(file.content)
            pairs = list(_examples(document, "#"))
            if not pairs:
                facts.append(f"{file.path}: no example in it")
            components = document.get("components", {})
            validators: dict[str, Any] = {}
            for place, schema, value in pairs:
                key = json.dumps(schema, sort_keys=True)
                if key not in validators:
                    needed = _needed(schema, components)  # all of them for each would take their square
                    whole = {"$schema": _DIALECT, "components": needed, "allOf": [schema]}
                    validators[key] = jsonschema_rs.validator_for(whole, validate_formats=True)
                validator = validators[key]
                facts += [f"{file.path} {place}: {e.message}" for e in validator.iter_errors(value)]
        version = importlib.metadata.version("jsonschema-rs")
        return verdict(self, files, facts, version=version, command="validator_for(schema).iter_errors(example)")


def _needed(schema: Any, components: Any) -> dict[str, dict[str, Any]]:
    """The components that a schema refers to, by way of others too."""
    found: dict[str, dict[str, Any]] = {}
    left = [schema]
    while left:
        node = left.pop()
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            left.extend(node.values())
            kind, _, name = str(node.get("$ref", "")).removeprefix("#/components/").partition("/")
            target = components.get(kind, {}).get(name)
            if target is not None and name not in found.setdefault(kind, {}):
                found[kind][name] = target
                left.append(target)
    return found


def _examples(node: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Place, schema and value of each `example`, `examples` of media types, parameters and schemas."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from _examples(item, f"{place}/{i}")
    if not isinstance(node, dict):
        return
    schema = node.get("schema")
    if isinstance(schema, dict):
        if "example" in node:
            yield f"{place}/example", schema, node["example"]
        named = node.get("examples")
        if isinstance(named, dict):
            for name, entry in named.items():
                if isinstance(entry, dict) and "value" in entry:
                    yield f"{place}/examples/{name}", schema, entry["value"]
    elif "type" in node and isinstance(node.get("examples"), list):
        for i, value in enumerate(node["examples"]):
            yield f"{place}/examples/{i}", {k: v for k, v in node.items() if k != "examples"}, value
    for key, value in node.items():
        if key not in {"example", "examples", "enum", "const", "default"}:
            yield from _examples(value, f"{place}/{key}")
