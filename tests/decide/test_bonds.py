"""A requirement binds a decision only where it can be shown how; where none does, none is given."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.decide.shop import DERIVATION, REQUIREMENTS, TARGETS, fact
from tests.designs import example

from archsmith.decide.bonds import MOST, first
from archsmith.decide.run import decide
from archsmith.decide.sources import Sources
from archsmith.kernel.ids import RequirementId, TechId
from archsmith.kernel.provenance import Derived, Span, Stated
from archsmith.kernel.units import PerSecond, Probability, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.base import Figure
from archsmith.model.decisions import Decisions, Dimension
from archsmith.model.domain import Derivation
from archsmith.model.requirements import (
    Priority,
    Requirement,
    RequirementClass,
    Requirements,
    Stance,
    TechnologyWish,
)

CATALOGUE = Catalogue()
EXAMPLES = Path(__file__).parents[2] / "examples"


def at(line: int, column: int, quote: str) -> Span:
    return Span(file="shop.md", line=line, column=column, end_line=line, end_column=column + len(quote), quote=quote)


def required(ident: str, line: int, words: str) -> Requirement:
    return Requirement(
        id=RequirementId(ident),
        kind=RequirementClass.CONSTRAINT,
        priority=Priority.MUST,
        statement=words,
        why=Stated(at=at(line, 1, words)),
    )


ROWS = (
    required("R-901", 40, "Hosting on AWS, up 99.95% of the time, for 200 dollars a month"),
    required("R-902", 41, "Refunds stay in the old system"),
    required("R-903", 42, "9,000 orders a day and 1,000 returns a day"),
)
SAID = msgspec.structs.replace(REQUIREMENTS, requirements=(*REQUIREMENTS.requirements, *ROWS))


def test_a_fact_comes_from_the_requirement_in_whose_words_it_stands() -> None:
    said = Sources(SAID, DERIVATION)
    assert said.of(Stated(at=at(40, 12, "AWS"))) == ("R-901",)
    assert said.of(Stated(at=at(40, 200, "AWS"))) == ()
    assert said.of(Stated(at=at(43, 1, "AWS"))) == ()
    assert said.of(Derived(rule="sum")) == ()


def test_a_figure_of_the_load_comes_from_the_numbers_that_carry_it() -> None:
    def step(ident: str, value: float, formula: str, why: Stated | Derived) -> Figure:
        return Figure(id=ident, what=ident, value=value, unit="per second", formula=formula, why=why)

    steps = (
        step("n1", 9000.0, "9000", Stated(at=at(42, 1, "9,000 orders a day"))),
        step("n2", 100.0, "100", Stated(at=at(40, 12, "AWS"))),
        step("sum", 9100.0, "9000 + 100", Derived(rule="sum", inputs=("n1", "n2"))),
        step("rate", 0.1, "9100 / 86400", Derived(rule="rate", inputs=("sum",))),
    )
    derivation = msgspec.structs.replace(DERIVATION, workload=msgspec.structs.replace(DERIVATION.workload, steps=steps))
    found = Sources(SAID, derivation).behind(fact(PerSecond(0.1), Derived(rule="rate", inputs=("rate",))))
    assert found == {"R-903": pytest.approx(9000 / 9100)}


def bound(found: Decisions, dimension: Dimension) -> dict[str, str]:
    decision = next(d for d in found.decisions if d.dimension is dimension)
    return {str(b.requirement): b.how for b in decision.binding}


def test_a_demand_binds_what_it_names_and_a_target_what_it_would_flip() -> None:
    wish = TechnologyWish(name="AWS", tech=TechId("aws"), stance=Stance.MUST_USE, why=Stated(at=at(40, 12, "AWS")))
    targets = msgspec.structs.replace(
        TARGETS,
        availability=fact(Probability(0.9995), Stated(at=at(40, 20, "99.95%"))),
        budget=fact(UsdPerMonth(5000.0), Stated(at=at(40, 45, "200 dollars"))),
    )
    found = decide(
        msgspec.structs.replace(SAID, must_use=(wish,)),
        msgspec.structs.replace(DERIVATION, targets=targets),
        CATALOGUE,
    )
    assert bound(found, Dimension.PROVIDER)["R-901"] == "demands AWS"
    flipped = [b.how for d in found.decisions for b in d.binding if b.requirement == "R-901" and "99." in b.how]
    assert flipped
    every = {b.requirement for d in found.decisions for b in d.binding}
    assert "R-902" not in every


def test_what_is_simply_the_cheapest_is_bound_by_nothing() -> None:
    found = decide(SAID, DERIVATION, CATALOGUE)
    for dimension in (Dimension.CI, Dimension.API_STYLE):
        assert not bound(found, dimension)


def test_each_requirement_is_told_once_and_the_strongest_first() -> None:
    one, two = RequirementId("R-901"), RequirementId("R-902")
    rows: list[tuple[tuple[RequirementId, ...], str]]
    rows = [((one,), "demands it"), ((one, two), "rules out X"), ((), "nothing")]
    assert [(b.requirement, b.how) for b in first(rows)] == [(one, "demands it"), (two, "rules out X")]
    rows = [((RequirementId(f"R-{n:03}"),), "x") for n in range(20)]
    assert len(first(rows)) == MOST


def connected(requirements: Requirements, derivation: Derivation) -> set[str]:
    """Requirements that share words with a target, a need, a wish, a regime, a system or a number of the load, or that
    ask for an operation; found by their lines alone."""
    needs, targets = requirements.needs, derivation.targets
    facts = [getattr(x, name) for x in (needs, targets) for name in x.__struct_fields__]
    rows: list[Any] = [f for group in facts for f in (group if isinstance(group, tuple) else (group,)) if f is not None]
    rows += [*requirements.technologies, *requirements.must_use, *requirements.must_not_use, *requirements.systems]
    rows += [*requirements.regimes, *derivation.workload.steps, *(o.latency_p95 for o in derivation.domain.operations)]
    lines = {n for r in rows if isinstance(r.why, Stated) for n in range(r.why.at.line, r.why.at.end_line + 1)}
    found = {str(i) for o in derivation.domain.operations for i in o.requirements}
    for row in requirements.requirements:
        if isinstance(row.why, Stated) and lines & set(range(row.why.at.line, row.why.at.end_line + 1)):
            found.add(str(row.id))
    return found


@pytest.mark.parametrize("name", ["clinic", "startup", "tickets"])
def test_no_example_quotes_a_requirement_that_has_nothing_to_do_with_the_decision(name: str) -> None:
    made = example(name)
    found, known = made.decisions, connected(made.requirements, made.derivation)
    names = {t.name for t in CATALOGUE.table(TECHNOLOGIES).values()} | {"data may be in", "store with transactions"}
    names |= {w.name for w in made.requirements.technologies}
    bonds = [(d, b) for d in found.decisions for b in d.binding]
    assert bonds
    for decision, bond in bonds:
        assert str(bond.requirement) in known, (decision.title, bond)
        rivals = {x.label for x in decision.losers} | {decision.choice, *names}
        figures = any(c.isdigit() for c in bond.how)
        assert figures or any(label in bond.how for label in rivals), bond
    unbound = [d for d in found.decisions if not d.binding]
    assert unbound, "where nothing binds, it is simply the cheapest"
