"""ER diagrams: keys are marked, the design's own tables are there, what is kept elsewhere is tied by a dotted line."""

from msgspec.structs import replace
from tests.compose.engines import decided
from tests.render.contracts.designs import designed, shop
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.kernel.ids import TechId
from archsmith.model.design import Design
from archsmith.render.diagrams import er
from archsmith.render.view import View


def test_keys_are_marked_and_own_tables_shown() -> None:
    view = View(shop())
    drawn = er.diagram(view, view.arch.services[0])
    assert {b.name for b in drawn.boxes} == {t.name for t in view.arch.tables}
    fields = {(b.name, f.name): f.key for b in drawn.boxes for f in b.fields}
    assert fields["orders", "id"] == "PK"
    assert fields["order_lines", "order_id"] == "FK"
    assert fields["customers", "subject"] == "UK"
    assert "customer_id FK" in er.mermaid(drawn)
    assert "idempotency_keys" not in {b.name for b in er.keys(drawn).boxes}, "the document shows what is tied"


def test_what_another_service_keeps_is_tied_by_a_dotted_line() -> None:
    design = shop()
    one = design.architecture.services[0]
    apart = replace(one, entities=tuple(e for e in one.entities if e != "customer"))
    other = replace(
        one, id=type(one.id)("people"), name="People", entities=tuple(e for e in one.entities if e == "customer")
    )
    view = View(replace(design, architecture=replace(design.architecture, services=(apart, other))))
    drawn = er.diagram(view, apart)
    assert "customer, kept by People" in {b.name for b in drawn.boxes}
    assert [t.feet for t in drawn.ties if t.one == "away_customer"] == ["}o..||"]
    assert "┄┄>" in er.text(drawn)


def in_two_stores() -> Design:
    """The shop whose payments alone lie in DynamoDB."""
    frame = sample_decisions()
    away = decided("dynamodb", frame)
    placed = zip(frame.placements, away.placements, strict=True)
    placements = tuple(there if here.entity == "payment" else here for here, there in placed)
    sizings = (*frame.sizings, *(s for s in away.sizings if s not in frame.sizings))
    return designed(sample_derivation(), replace(away, sizings=sizings, placements=placements))


def test_what_another_store_of_the_service_keeps_is_tied_by_a_dotted_line() -> None:
    """No key of a database can hold it."""
    view = View(in_two_stores())
    drawn = er.diagram(view, view.arch.services[0])
    ties = [(t.many, t.feet, t.one, t.label) for t in drawn.ties if t.dotted]
    assert ties == [("entity_payment", "}o..||", "table_orders", "order, by id")]


def test_documents_have_the_fields_of_their_shape() -> None:
    decisions = sample_decisions()
    sizings = tuple(replace(s, tech=TechId("mongodb")) if s.tech == "postgresql" else s for s in decisions.sizings)
    view = View(designed(sample_derivation(), replace(decisions, sizings=sizings)))
    drawn = er.diagram(view, view.arch.services[0])
    order = next(b for b in drawn.boxes if b.id == "entity_order")
    shape = next(s for s in view.arch.shapes if s.entity == "order")
    assert [f.name for f in order.fields] == [f.name for f in shape.fields]
