"""What answers each requirement: by name where the design names it, by its words where something was read there."""

from tests.designs import example

from archsmith.model.design import Design


def answers(design: Design, words: str) -> tuple[str, ...]:
    (said,) = (r for r in design.requirements.requirements if words in r.statement)
    (row,) = (c for c in design.report.coverage if c.requirement == said.id)
    return row.by


def test_each_requirement_has_its_row_in_order() -> None:
    design = example("startup")
    assert [c.requirement for c in design.report.coverage] == [r.id for r in design.requirements.requirements]


def test_a_deed_is_answered_by_its_operation_and_a_ban_by_the_decision_that_keeps_it() -> None:
    design = example("startup")
    assert {"operation:cancel-desk", "operation:refund-payment"} <= set(answers(design, "gets the money back"))
    assert "decision:D-007" in answers(design, "No Kubernetes please")
    assert any(a.startswith("figure:") for a in answers(design, "Perhaps 4,000 searches a day"))


def test_a_rule_that_a_constraint_keeps_is_answered_by_what_it_keeps() -> None:
    assert "entity:booking" in answers(example("startup"), "never be booked twice")
    assert answers(example("tickets"), "A seat must never be sold twice")


def test_what_nothing_rests_on_is_told() -> None:
    design = example("startup")
    bare = {c.requirement for c in design.report.coverage if not c.by}
    told = [f for f in design.report.findings if f.id == "REQ001"]
    assert len(told) == (1 if bare else 0)
    assert all(r in told[0].fact for r in bare)
