"""A design with next to nothing in it is rendered too: a part without rows is left out, not faked."""

from itertools import pairwise

import pytest
from msgspec.structs import replace
from tests.render.reading import parsed
from tests.render.sample import sample_design

from archsmith.model.decisions import Clash
from archsmith.model.design import Design, Status
from archsmith.model.requirements import Requirements
from archsmith.render import render


def bare() -> Design:
    design = sample_design()
    arch, report, plan = design.architecture, design.report, design.plan
    policies = replace(
        arch.policies, authentication=(), scopes=(), ownership=(), rate_limits=(), encryption=(), retention=()
    )
    return replace(
        design,
        requirements=Requirements(title="Thing", source="brief.md"),
        decisions=replace(design.decisions, decisions=(), sizings=(), objective=(), services=(), placements=()),
        architecture=replace(
            arch, services=(), stores=(), edges=(), utilities=(), deployments=(), flows=(), policies=policies, slos=(),
            endpoints=(), tables=(), event_contracts=(), regions=(),
        ),
        report=replace(
            report, figures=(), stations=(), latencies=(), availability=(), recovery=(), growth=(), controls=(),
            threats=(), findings=(), cost=replace(report.cost, lines=()),
        ),
        plan=replace(plan, packages=(), milestones=(), risks=(), gates=(), rollout=(), roles=(), deferred=()),
    )  # fmt: skip


def test_a_bare_design_is_rendered() -> None:
    files = {str(a.path): a.content.decode() for a in render(bare())}
    assert {"README.md", "architecture.md", "design.json", "summary.json"} <= set(files)
    assert not [p for p in files if p.startswith(("cost/", "security/threats", "plan/risks", "decisions/"))]


@pytest.mark.parametrize("design", [sample_design(), bare()], ids=["sample", "bare"])
def test_no_heading_stands_over_nothing(design: Design) -> None:
    document = next(a.content.decode() for a in render(design) if a.path == "architecture.md")
    tokens = [t for t in parsed(document) if t.type != "inline" and t.level == 0]
    for before, after in pairwise(tokens):
        if before.type == "heading_close":
            assert not (after.type == "heading_open" and after.tag <= before.tag), before.map


def test_clashing_requirements_come_first_in_the_brief_s_words() -> None:
    design = sample_design()
    spans = tuple(r.why.at for r in design.requirements.requirements[3:5] if hasattr(r.why, "at"))
    clash = Clash(
        requirements=(), constraints=(), spans=spans, fact="0.8 s and 99.9% need more than the budget",
        relaxations=("raise the budget to 500 USD",),
    )  # fmt: skip
    design = replace(design, status=Status.INFEASIBLE, decisions=replace(design.decisions, clash=clash))
    document = next(a.content.decode() for a in render(design) if a.path == "architecture.md")
    summary = document.split("## 1. Executive summary")[1]
    assert summary.lstrip().startswith("**The requirements of Seed shop can't all be met.**")
    assert "“Product pages in 0.8 seconds”, line 9" in summary
    assert "Raise the budget to 500 USD." in summary
