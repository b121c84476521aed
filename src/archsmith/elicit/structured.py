"""The structured way in: requirements.yaml as it is written, read back and described for editors."""

from typing import Any, Final

import msgspec

from archsmith.elicit.yaml_in import from_yaml
from archsmith.elicit.yaml_out import SCHEMA, to_yaml
from archsmith.model.requirements import Requirements

__all__ = ["from_yaml", "json_schema", "to_yaml"]

_OPTIONAL: Final = frozenset(
    {
        "why",
        "id",
        "status",
        "role",
        "priority",
        "kind",
        "stance",
        "tech",
        "internal",
        "actor",
        "reason",
        "confidence",
        "title",
        "source",
    }
)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of requirements.yaml: what `from_yaml` takes, with what a person may leave out."""
    (root,), definitions = msgspec.json.schema_components((Requirements,), ref_template="#/$defs/{name}")
    for name, definition in definitions.items():
        properties = definition.get("properties", {})
        if "required" in definition:
            definition["required"] = [k for k in definition["required"] if k not in _OPTIONAL or name in _PROVENANCE]
        if name == "Stated":
            properties["read_as"] = {"type": "number", "description": "The value as it was read."}
    for name in [n for n in definitions if n.startswith("Fact")]:
        record = definitions[name]
        scalar = record["properties"]["value"]
        definitions[name] = {"anyOf": [scalar, record]}
    for name in ("TechnologyWish", "Excluded", "Actor", "ExternalSystem", "Mention"):
        definitions[name] = {"anyOf": [{"type": "string"}, definitions[name]]}
    definitions["Requirements"]["properties"] = {
        "schema": {"const": SCHEMA},
        **definitions["Requirements"]["properties"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://archsmith.dev/schema/requirements-1.json",
        "title": "archsmith requirements",
        **root,
        "$defs": definitions,
    }


_PROVENANCE: Final = frozenset({"Stated", "Given", "Assumed", "Derived", "Span", "Finding"})
