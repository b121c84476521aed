"""The JSON Schema of design.json, made from the types that write it."""

import json
from typing import Final

import msgspec

from archsmith.model.design import DESIGN_SCHEMA, Design

_ID: Final = f"urn:{DESIGN_SCHEMA.replace('/', ':')}"


def design_schema() -> bytes:
    """JSON Schema 2020-12 of the whole design, UTF-8, keys sorted, ending in a newline."""
    schema = msgspec.json.schema(Design)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID,
        "title": "archsmith design",
        **schema,
    }
    return (json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
