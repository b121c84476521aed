"""The published schema accepts what `render` writes."""

import json

import jsonschema_rs
from tests.render.sample import sample_design

from archsmith.kernel.canonical import from_json
from archsmith.model.design import Design
from archsmith.render import render
from archsmith.render.schema import design_schema


def test_a_design_fits_its_schema_and_reads_back() -> None:
    body = next(a.content for a in render(sample_design()) if a.path == "design.json")
    schema = json.loads(design_schema())
    assert [str(e) for e in jsonschema_rs.validator_for(schema).iter_errors(json.loads(body))] == []
    assert from_json(body, Design) == sample_design()


def test_the_schema_refuses_what_is_no_design() -> None:
    schema = json.loads(design_schema())
    assert not jsonschema_rs.validator_for(schema).is_valid({"schema": "archsmith/design/1"})
