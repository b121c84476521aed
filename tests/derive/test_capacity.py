"""The arithmetic that a reviewer expects of each corpus brief, read by elicit and worked out by derive."""

from functools import cache
from typing import Any

import pytest
from tests.derive.ideal import CORPUS, NAMES, expected
from tests.derive.saying import CATALOGUE

from archsmith.derive import derive
from archsmith.elicit import elicit
from archsmith.model.brief import Brief, BriefForm
from archsmith.model.domain import Derivation

SAME = {"rps": "per second"}
CASES = [(name, item) for name in NAMES for item in expected(name).get("capacity", [])]


@cache
def derived(name: str) -> Derivation:
    text = (CORPUS / f"{name}.md").read_text("utf-8")
    return derive(elicit(Brief(name=f"{name}.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE), CATALOGUE)


def unit(name: str) -> str:
    return SAME.get(name, name)


@pytest.mark.parametrize(("name", "item"), CASES, ids=[f"{n[:2]} {i['what']}" for n, i in CASES])
def test_capacity(name: str, item: dict[str, Any]) -> None:
    steps = derived(name).workload.steps
    low = item["value"] / item["factor"] if "value" in item else item["min"]
    high = item["value"] * item["factor"] if "value" in item else item["max"]
    if "value" not in item and item["unit"] == "rps":
        steps = tuple(s for s in steps if s.id == "peak_rps")
    units = {"boxes"} if item["unit"] == "devices" else {unit(item["unit"])}
    fits = [s for s in steps if unit(s.unit) in units and low <= s.value <= high]
    assert fits, {s.what: s.value for s in steps if unit(s.unit) in units}


def test_no_brief_derives_slowly() -> None:
    import time

    text = (CORPUS / "09-campaign-mailer.md").read_text("utf-8")
    requirements = elicit(Brief(name="x.md", text=text, form=BriefForm.MARKDOWN), CATALOGUE)
    derive(requirements, CATALOGUE)
    best = min(_timed(requirements, time.perf_counter) for _ in range(5))
    assert best < 0.15, "50 ms on an idle machine; three times that under load"


def _timed(requirements: Any, clock: Any) -> float:
    start = clock()
    derive(requirements, CATALOGUE)
    return float(clock() - start)
