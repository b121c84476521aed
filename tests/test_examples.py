"""What a reviewer expects of the three examples, whatever the wording."""

import functools
import json
from typing import Any

from tests.designs import example

from archsmith.model.design import Design
from archsmith.render.summary import summary_json


@functools.cache
def made(name: str) -> tuple[Design, Any]:
    """The design of an example, and its summary."""
    whole = example(name)
    return whole, json.loads(summary_json(whole))


def test_the_start_up_is_not_over_built() -> None:
    whole, summary = made("startup")
    assert summary["pattern"]["name"] == "modular_monolith"
    assert len(whole.architecture.services) == 1
    assert whole.report.cost.within_budget
    assert not {"kubernetes", "service_mesh", "event_stream"} & {c["kind"] for c in summary["components"]}


def test_the_start_up_is_sized_by_what_it_says() -> None:
    whole, _ = made("startup")
    rates = {o.name: o.average.value * 86_400 for o in whole.derivation.domain.operations}
    assert 145 < rates["book desk"] < 151  # 1,500 members, three times a month each
    assert 595 < rates["search desk"] < 605
    assert any(round(s.value) == 4500 and s.unit == "per month" for s in whole.derivation.workload.steps)


def test_the_regulated_one_has_its_regime_its_classes_and_its_controls() -> None:
    whole, summary = made("clinic")
    assert {"regime": "HIPAA", "status": "required"} in [
        {k: r[k] for k in ("regime", "status")} for r in summary["compliance"]
    ]
    assert any(e.data_class == "health" for e in whole.derivation.domain.entities)
    assert any(c.regime == "HIPAA" and c.elements for c in whole.report.controls)
    assert all(r.startswith("us-") for r in whole.architecture.regions)


def test_the_busy_one_scales_out_with_figures() -> None:
    whole, summary = made("tickets")
    assert whole.derivation.workload.peak.value > 30_000
    assert any(s.count > 4 and s.subject.startswith("service:") for s in whole.decisions.sizings)
    assert {"autoscaling", "cdn", "relational_db"} <= {c["kind"] for c in summary["components"]}
    assert whole.architecture.regions == ("eu-central-1",)
