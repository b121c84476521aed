"""What `archsmith read` knows after reading: one typed value, and its JSON, its YAML and its JSON Schema."""

import json
from typing import Any, Final

import msgspec
import yaml

from archsmith.kernel.canonical import to_json, to_plain
from archsmith.model.base import Value
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements
from archsmith.render.assumptions import Assumption, assumptions

READING_SCHEMA: Final = "archsmith/reading/1"


class Reading(Value, frozen=True, kw_only=True):
    """What was understood of a brief, before any technology is chosen.

    `requirements` is what the brief says and `derivation` what follows from it, both as in design.json; `assumptions`
    is what nobody said. `schema` is the version of this structure, `generator` that of archsmith.
    """

    schema: str = READING_SCHEMA
    generator: str
    requirements: Requirements
    derivation: Derivation
    assumptions: tuple[Assumption, ...]


def reading(requirements: Requirements, derivation: Derivation, generator: str) -> Reading:
    """The reading out of the results of `elicit` and `derive`."""
    found = assumptions(derivation)
    return Reading(generator=generator, requirements=requirements, derivation=derivation, assumptions=found)


def as_json(read: Reading) -> bytes:
    """Canonical JSON."""
    return to_json(read)


def as_yaml(read: Reading) -> bytes:
    """The same as YAML in block style, keys in the same order."""
    text = yaml.dump(to_plain(read), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=120)
    return text.encode("utf-8", "replace")


def reading_schema() -> bytes:
    """JSON Schema 2020-12 of `as_json` and `as_yaml`, UTF-8, keys sorted, ending in a newline."""
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{READING_SCHEMA.replace('/', ':')}",
        "title": "archsmith reading",
        **msgspec.json.schema(Reading),
    }
    return (json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """No anchors: equal parts are written out."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_DUMPER: Final = _Dumper
