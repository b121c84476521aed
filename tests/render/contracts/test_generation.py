"""What others make of the documents: requests for every operation, and no word from any linter, brief by brief."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok
from tests.designs import ROOT, example, undoubted

from archsmith.kernel import safeyaml
from archsmith.model.artifacts import Artifact, Outcome
from archsmith.model.design import Design
from archsmith.render.contracts.api.document import openapi
from archsmith.render.contracts.api.lint_rules import lint_rules
from archsmith.verify.openapi import Examples, OpenApi
from archsmith.verify.openapi_style import RedoclyLints, SpectralLints
from archsmith.verify.ports import chosen

BRIEFS = sorted((ROOT / "tests" / "corpus" / "briefs").glob("*.md"))


def made(document: Any) -> Iterator[tuple[str, int]]:
    """How many valid requests schemathesis makes of each operation when it is asked for one."""
    schema = schemathesis.openapi.from_dict(document)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        yield operation.label, generated(operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))


def generated(requests: SearchStrategy[Any]) -> int:
    """How many requests come out where one is asked for."""
    seen: list[Any] = []

    @given(case=requests)
    @settings(max_examples=1, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def generate(case: Any) -> None:
        seen.append(case)

    generate()
    return len(seen)


def files(design: Design) -> tuple[Artifact, ...]:
    return (*openapi(design), *lint_rules(design))


def documents(design: Design) -> list[Any]:
    return [safeyaml.load(f.content.decode()) for f in openapi(design)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["startup", "tickets", "clinic"])
def test_requests_can_be_made_of_every_operation(name: str) -> None:
    design = example(name)
    labels = {label for document in documents(design) for label, count in made(document) if count}
    assert labels == {f"{e.method} {e.path}" for e in design.architecture.endpoints}


@pytest.mark.all
@pytest.mark.usefixtures("npm_tools")
@pytest.mark.parametrize("brief", BRIEFS, ids=lambda path: path.stem)
def test_any_brief_gives_documents_that_hold(brief: Path) -> None:
    """Valid, without a word from Spectral or Redocly, each example right, and each operation can be called."""
    design = undoubted(brief)
    found = files(design)
    for tool in (OpenApi(), Examples(), SpectralLints(), RedoclyLints()):
        check = tool.check(chosen(found, tool.patterns))
        assert (check.outcome, check.facts) == (Outcome.PASSED, ())
    assert [label for document in documents(design) for label, count in made(document) if not count] == []
