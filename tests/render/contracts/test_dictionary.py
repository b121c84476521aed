"""The data dictionary says of each column what the model says, once in a page and once in a table."""

import csv
import io

from msgspec.structs import replace
from tests.render.contracts.designs import designed, many_shops, rendered, shop
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.kernel.ids import TechId
from archsmith.model.design import Design

PAGE, CSV = "db/dictionary.md", "db/dictionary.csv"


def rows(design: Design) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered(design)[CSV])))


def test_each_column_of_each_table_is_there_once() -> None:
    design = many_shops()
    said = [(r["data"], r["column"], r["type"], r["required"] == "yes") for r in rows(design)]
    model = [(t.name, c.name, c.type, not c.nullable) for t in design.architecture.tables for c in t.columns]
    assert said == model


def test_it_tells_keys_classes_and_what_is_kept() -> None:
    found = {(r["data"], r["column"]): r for r in rows(shop())}
    assert found["orders", "id"]["key"] == "PK"
    assert found["orders", "customer_id"]["key"] == "FK"
    assert found["customers", "email"]["class"] == "personal"
    assert found["orders", "status"]["rule"] == "status IN ('placed', 'paid', 'shipped', 'cancelled')"
    assert found["orders", "total"]["kept"].startswith("7 years, then ")


def test_without_people_there_is_no_word_of_a_basis() -> None:
    design = shop()
    plain = replace(design, architecture=replace(design.architecture, processing=()))
    assert "basis" not in rows(plain)[0]
    assert "Basis" not in rendered(plain)[PAGE]


def test_an_entity_without_a_table_has_its_fields() -> None:
    decisions = sample_decisions()
    sizings = tuple(replace(s, tech=TechId("mongodb")) if s.tech == "postgresql" else s for s in decisions.sizings)
    design = designed(sample_derivation(), replace(decisions, sizings=sizings))
    assert not [t for t in design.architecture.tables if t.entity]
    found = {(r["data"], r["column"]): r["type"] for r in rows(design)}
    assert found["orders", "status"] == "state (placed, paid, shipped, cancelled)"


def test_no_cell_is_a_formula() -> None:
    derivation = sample_derivation()
    entities = tuple(
        replace(e, attributes=tuple(replace(a, description="=HYPERLINK(1)") for a in e.attributes))
        for e in derivation.domain.entities
    )
    design = designed(replace(derivation, domain=replace(derivation.domain, entities=entities)), sample_decisions())
    assert {r["meaning"] for r in rows(design)} >= {"'=HYPERLINK(1)"}
