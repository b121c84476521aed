"""The reading as data: typed, with a schema that it keeps, the same in YAML and in JSON."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
from tests.render.readings.shown import BRIEFS, read

from archsmith.cli.schema import text as schema
from archsmith.files.reader import read_brief
from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import from_json, to_json
from archsmith.model.brief import Brief
from archsmith.render.reading import READING_SCHEMA, Reading, as_json, as_yaml, reading_schema


@pytest.fixture(scope="module", params=BRIEFS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def understood(request: pytest.FixtureRequest) -> Reading:
    path: Path = request.param
    brief = read_brief(path)
    assert isinstance(brief, Brief)
    return read(brief)


def test_json_keeps_its_published_schema(understood: Reading) -> None:
    validator = jsonschema_rs.validator_for(json.loads(schema("reading")))
    data = json.loads(as_json(understood))
    assert [str(e) for e in validator.iter_errors(data)] == []
    del data["requirements"]["title"]
    data["derivation"]["workload"]["peak"]["value"] = "many"
    assert len(list(validator.iter_errors(data))) == 2


def test_json_reads_back_to_an_equal_value(understood: Reading) -> None:
    written = as_json(understood)
    again = from_json(written, Reading)
    assert again == understood
    assert to_json(again) == written


def test_yaml_says_the_same_as_json(understood: Reading) -> None:
    assert safeyaml.load(as_yaml(understood).decode()) == json.loads(as_json(understood))


def test_the_schema_names_what_it_describes() -> None:
    found = json.loads(reading_schema())
    assert found["$id"] == "urn:archsmith:reading:1"
    assert READING_SCHEMA == "archsmith/reading/1"
    assert {"Requirements", "Domain", "Workload", "Assumption"} <= set(found["$defs"])
