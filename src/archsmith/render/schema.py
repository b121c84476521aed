"""JSON Schemas of what is printed as JSON, made from the types that write it."""

import json

import msgspec

from archsmith.model.argument import ARGUMENT_SCHEMA, Explained
from archsmith.model.comparison import COMPARISON_SCHEMA, WHAT_IF_SCHEMA, Comparison, WhatIf
from archsmith.model.design import DESIGN_SCHEMA, Design
from archsmith.model.shelf import CATALOG_SCHEMA, Catalog


def design_schema() -> bytes:
    """Of the whole design, which is design.json."""
    return schema_of(Design, DESIGN_SCHEMA, "archsmith design")


def argument_schema() -> bytes:
    """Of what `archsmith explain --json` prints."""
    return schema_of(Explained, ARGUMENT_SCHEMA, "archsmith argument for decisions")


def catalog_schema() -> bytes:
    """Of what `archsmith catalog ... --json` prints."""
    return schema_of(Catalog, CATALOG_SCHEMA, "archsmith catalogue")


def comparison_schema() -> bytes:
    """Of what `archsmith diff --json` prints."""
    return schema_of(Comparison, COMPARISON_SCHEMA, "archsmith comparison of two designs")


def what_if_schema() -> bytes:
    """Of what `archsmith what-if --json` prints."""
    return schema_of(WhatIf, WHAT_IF_SCHEMA, "archsmith comparison of a design and a changed one")


def schema_of(kind: type, name: str, title: str) -> bytes:
    """JSON Schema 2020-12 of a type, UTF-8, keys sorted, ending in a newline. `name` is that of the structure."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        "title": title,
        **msgspec.json.schema(kind),
    }
    return (json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
