"""All contracts of the sample pass the field's own tools, are the same each time, and come quickly."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from tests.compose.domains import cases
from tests.render.contracts.designs import artifacts, designed, many_shops, rendered, shop

from archsmith.model.artifacts import Outcome
from archsmith.model.decisions import Decisions
from archsmith.model.design import Design
from archsmith.model.domain import Derivation
from archsmith.verify.registry import TOOLS, verify

IN_PROCESS = tuple(t for t in TOOLS if t.id in {"V-YAML", "V-YAMLLINT", "V-OPENAPI", "V-EXAMPLES", "V-SQL-PARSE"})
PARITY = tuple(t for t in TOOLS if t.id.startswith("V-PARITY"))


@pytest.mark.slow
@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize("design", [shop, many_shops], ids=lambda f: f.__name__)
def test_every_tool_passes(design: Callable[[], Design], postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)
    found = {c.id: (c.outcome, c.facts) for c in verify(artifacts(design()), full=True).checks}
    assert set(found) >= {"V-OPENAPI", "V-EXAMPLES", "V-SQL-RUN", "V-DOCKERFILE", "V-COMPOSE", "V-PARITY-SQL"}
    assert {i: facts for i, (outcome, facts) in found.items() if outcome is not Outcome.PASSED} == {}


@pytest.mark.slow
@settings(max_examples=25)
@given(cases())
def test_any_small_domain_gives_valid_contracts(case: tuple[Derivation, Decisions]) -> None:
    files = artifacts(designed(*case))
    failed = {c.id: c.facts for c in verify(files, full=True, tools=(*IN_PROCESS, *PARITY)).checks if c.facts}
    assert failed == {}


def test_the_same_design_gives_the_same_bytes() -> None:
    assert rendered(shop()) == rendered(shop())


def test_it_is_quick() -> None:
    design = shop()
    rendered(design)
    times = []
    for _ in range(5):
        begin = time.process_time()
        rendered(design)
        times.append(time.process_time() - begin)
    assert min(times) < 0.12, "seconds of the processor, which other programs do not lengthen much"
