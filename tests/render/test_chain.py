"""No number without a formula and inputs: every figure of a design leads down to quotes, facts and assumptions."""

import functools
from pathlib import Path

import pytest
from tests.cli.asking import data, run
from tests.designs import designed

from archsmith.kernel.provenance import Assumed, Derived, Given, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.changes import Origin
from archsmith.render.argument import explain
from archsmith.render.argument.trace import Known, chain, known, leaf, resolves

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus" / "briefs"
BRIEFS = {
    **{name: ROOT / "examples" / name / "brief.md" for name in ("startup", "clinic", "tickets")},
    **{name: CORPUS / f"{name}.md" for name in ("05-expense-claims", "06-greenhouse-climate", "12-tool-library")},
}

pytestmark = pytest.mark.slow


@functools.cache
def figures(name: str) -> Known:
    return known(designed(BRIEFS[name]), Catalogue())


@pytest.mark.parametrize("name", BRIEFS)
def test_every_input_of_every_figure_leads_somewhere(name: str) -> None:
    found = figures(name)
    dead = [
        f"{figure.id} rests on {i}"
        for figure in found.figures.values()
        if isinstance(figure.why, Derived)
        for i in figure.why.inputs
        if not resolves(i, found, figure)
    ]
    assert not dead


@pytest.mark.parametrize("name", BRIEFS)
def test_every_computed_figure_has_arithmetic_and_inputs(name: str) -> None:
    bare = [
        figure.id
        for figure in figures(name).figures.values()
        if isinstance(figure.why, Derived)
        and not (figure.why.inputs and (figure.formula or figure.why.rule))
        and not (figure.value == 0 and figure.formula == "0")  # a sum of nothing
    ]
    assert not bare


@pytest.mark.parametrize("name", BRIEFS)
def test_chains_end_at_quotes_facts_and_assumptions(name: str) -> None:
    found = figures(name)
    for figure in found.figures.values():
        steps = chain(figure, found)
        told: set[str] = set()
        for step, after in zip(steps, [*steps[1:], None], strict=True):
            last = after is None or after.depth <= step.depth
            if last and step.id not in told and step.origin is Origin.DERIVED and step.formula != "0":
                assert step.id in found.words, f"{figure.id}: {step.id} is computed, of nothing"
            told.add(step.id)


@pytest.mark.parametrize("name", BRIEFS)
def test_what_is_stated_is_quoted_and_what_is_assumed_has_a_reason(name: str) -> None:
    for figure in figures(name).figures.values():
        if isinstance(figure.why, Stated):
            assert figure.why.at.quote, figure.id
        elif isinstance(figure.why, Assumed):
            assert figure.why.reason and figure.why.source, figure.id
        else:
            assert isinstance(figure.why, Derived | Given), figure.id


@pytest.mark.parametrize("name", BRIEFS)
def test_rows_of_the_catalogue_that_figures_rest_on_have_a_source(name: str) -> None:
    found = figures(name)
    inputs = {i for f in found.figures.values() if isinstance(f.why, Derived) for i in f.why.inputs}
    for row in sorted(i for i in inputs if i not in found.figures and i in found.rows):
        assert all(step.source for step in leaf(row, 0, found)), row


@pytest.mark.parametrize("name", BRIEFS)
def test_each_table_of_the_report_has_its_names(name: str) -> None:
    design, names = designed(BRIEFS[name]), figures(name).figures
    report = design.report
    assert all(f"station.{s.deployment or s.element}" in names for s in report.stations)
    assert all(f"ceiling.{c.id}" in names for c in report.ceilings)
    assert all(names[f"latency.{x.operation}"].value == x.p95 for x in report.latencies)
    assert all(names[f"bill.{x.id}"].value == x.month for x in report.cost.lines)
    assert all(names[f"availability.{p.slo}"].value == p.predicted for p in report.availability)
    assert all(names[f"growth.{g.factor:g}x.month"].value == g.month for g in report.growth)
    assert all(names[f"objective.{t.name}"].value == t.month for t in design.decisions.objective)
    assert all(names[f"{o.id}.peak"].value == o.peak.value for o in design.derivation.domain.operations)
    assert names["cost.total"].value == report.cost.total


def test_the_bill_leads_to_the_price_list_and_to_the_brief() -> None:
    explained = explain(designed(BRIEFS["clinic"]), "cost.total", Catalogue())
    steps = explained.chain  # type: ignore[union-attr]
    assert steps[0].id == "cost.total"
    assert any(s.origin is Origin.STATED and "line" in s.source for s in steps)
    assert any(s.unit.startswith("USD per") and s.origin is Origin.GIVEN for s in steps)


def test_the_command_lists_the_names_and_traces_each(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("design", BRIEFS["12-tool-library"], "-o", out, "-q")
    listed = data(run("explain", "figures", out, "--json"))["figures"]
    names = [f["id"] for f in listed]
    assert {"peak", "cost.total", "availability", "objective"} <= set(names)
    shown = run("explain", "figures", out).stdout
    assert all(name in shown for name in names[:5])
    for name in names[:: max(1, len(names) // 25)]:
        steps = data(run("explain", "figure", name, out, "--json"))["chain"]
        assert steps[0]["id"] == name, name
    row = data(run("explain", "queries.per_request", out, "--json"))["chain"]
    assert row[0]["origin"] == "assumed" and "estimate" in row[0]["source"]
